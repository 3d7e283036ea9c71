"""What names look like, from lists that packages carry; nothing is fetched.

First names and surnames: the United States census of 1990 and some forty languages; `assistant.stories.gather_names`
gathers them.
How common a word is: `wordfreq`, as a Zipf value (3 is once in a million words).
"""

import unicodedata
from functools import cache
from pathlib import Path

NAMES = Path(__file__).parent / "names.npz"
_COUNT = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
NUMBERS = {word: number for number, word in enumerate(_COUNT.split(), start=2)} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "both": 2, "twice": 2, "second": 2, "third": 3, "noon": 12,
}  # fmt: skip


@cache
def first_names() -> frozenset[str]:
    """First names, folded."""
    return _kept("first")


@cache
def surnames() -> frozenset[str]:
    """Surnames, folded."""
    return _kept("last")


@cache
def common(word: str) -> float:
    """How common a word is in English, as a Zipf value; 0 for one that is not known."""
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word, "en", wordlist="small"))


def folded(text: str) -> str:
    """Lower case and without accents, as the lists are compared."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(each for each in bare if not unicodedata.combining(each)).lower()


def _kept(which: str) -> frozenset[str]:
    import numpy as np

    with np.load(NAMES) as kept:
        return frozenset(kept[which].tobytes().decode().split("\n"))
