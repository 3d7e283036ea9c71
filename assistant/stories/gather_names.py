"""`python -m assistant.stories.gather_names`: first names and surnames from what packages carry, into one file.

The United States census of 1990 (package `names`) and the languages of `faker`. Gathering takes seconds, reading the file
a hundredth of one; so those who tell a story do not wait for it.
"""

import re
import sys
from importlib import import_module, resources

import numpy as np

from assistant.stories.wordlists import NAMES, folded

LOCALES = (
    "cs_CZ", "da_DK", "de_DE", "en_GB", "en_IE", "en_IN", "en_NZ", "en_US", "es_ES", "es_MX", "fi_FI", "fr_FR",
    "hu_HU", "id_ID", "it_IT", "nl_NL", "no_NO", "pl_PL", "pt_BR", "pt_PT", "ro_RO", "sv_SE", "tr_TR", "vi_VN",
    "en_PK", "en_KE", "en_NG", "yo_NG", "ha_NG", "ig_NG", "zu_ZA", "sw", "de_AT", "de_CH", "fr_CA", "nl_BE", "is_IS",
    "tw_GH", "ga_IE", "hr_HR", "sl_SI", "sk_SK", "et_EE", "lt_LT", "lv_LV",
)  # fmt: skip
FIRST_NAMES = {"dist.female.first": 5_000, "dist.male.first": 2_000}
SURNAMES = {"dist.all.last": 40_000}


def gathered(census: dict[str, int], kind: str) -> set[str]:
    """Names, folded: the most frequent of the census, and those that are `kind` in any language."""
    return set[str]().union(*(_census(name, most) for name, most in census.items()), _of_languages(kind))


def _census(name: str, most: int) -> set[str]:
    lines = resources.files("names").joinpath(name).read_text(encoding="ascii").splitlines()
    return {line.split()[0].lower() for line in lines[:most]}


def _of_languages(kind: str) -> set[str]:
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
    return found


def main() -> None:
    """Write the file."""
    lists = {"first": gathered(FIRST_NAMES, "first_names"), "last": gathered(SURNAMES, "last_names")}
    plain = {name: "\n".join(sorted(values)).encode() for name, values in lists.items()}
    np.savez_compressed(
        NAMES, first=np.frombuffer(plain["first"], np.uint8), last=np.frombuffer(plain["last"], np.uint8)
    )
    sys.stderr.write(
        f"{len(lists['first']):,} first names and {len(lists['last']):,} surnames in {NAMES.name}\n"
    )


if __name__ == "__main__":
    main()
