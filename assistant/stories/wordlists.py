"""What names look like, from lists that packages carry; nothing is fetched.

First names and surnames: the United States census of 1990 (`names`) and the twenty-odd languages of `faker`.
How common a word is: `wordfreq`, as a Zipf value (3 is once in a million words).
"""

import re
import unicodedata
from functools import cache
from importlib import import_module, resources

LOCALES = (
    "cs_CZ", "da_DK", "de_DE", "en_GB", "en_IE", "en_IN", "en_NZ", "en_US", "es_ES", "es_MX", "fi_FI", "fr_FR",
    "hu_HU", "id_ID", "it_IT", "nl_NL", "no_NO", "pl_PL", "pt_BR", "pt_PT", "ro_RO", "sv_SE", "tr_TR", "vi_VN",
    "en_PK", "en_KE", "en_NG", "yo_NG", "ha_NG", "ig_NG", "zu_ZA", "sw", "de_AT", "de_CH", "fr_CA", "nl_BE", "is_IS", "tw_GH", "ga_IE", "hr_HR", "sl_SI", "sk_SK", "et_EE", "lt_LT", "lv_LV",
)  # fmt: skip

_COUNT = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
NUMBERS = {word: number for number, word in enumerate(_COUNT.split(), start=2)} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "both": 2, "twice": 2, "second": 2, "third": 3, "noon": 12,
}  # fmt: skip


@cache
def first_names() -> frozenset[str]:
    """First names, folded."""
    return (
        _census("dist.female.first", 5_000) | _census("dist.male.first", 2_000) | _of_languages("first_names")
    )


@cache
def surnames() -> frozenset[str]:
    """Surnames, folded."""
    return _census("dist.all.last", 40_000) | _of_languages("last_names")


@cache
def common(word: str) -> float:
    """How common a word is in English, as a Zipf value; 0 for one that is not known."""
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word, "en", wordlist="small"))


def folded(text: str) -> str:
    """Lower case and without accents, as the lists are compared."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(each for each in bare if not unicodedata.combining(each)).lower()


def _census(name: str, most: int) -> frozenset[str]:
    lines = resources.files("names").joinpath(name).read_text(encoding="ascii").splitlines()
    return frozenset(line.split()[0].lower() for line in lines[:most])


def _of_languages(kind: str) -> frozenset[str]:
    found: set[str] = set()
    for locale in LOCALES:
        try:
            provider = import_module(f"faker.providers.person.{locale}").Provider
        except ModuleNotFoundError:
            continue
        for attribute in (kind, f"{kind}_male", f"{kind}_female", f"{kind}_nonbinary"):
            values = getattr(provider, attribute, ())
            found |= {
                folded(each) for each in values if re.fullmatch(r"[^\W\d_]{2,}(?:[ '’-][^\W\d_]+)*", each)
            }
    return frozenset(found)
