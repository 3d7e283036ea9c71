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

_BEGINNINGS = ("re", "un", "up", "over", "under", "mis", "out", "pre", "non")
_ENDINGS = ("ed", "ing", "s", "er", "ers")


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


@cache
def ordinary(word: str) -> float:
    """How common a word is, or what it is made of: the parts of a compound, or what a syllable was put to."""
    parts = [part for part in word.split("-") if part]
    if len(parts) > 1:
        return max(common(word), min(map(ordinary, parts)))
    stems = [
        word.removeprefix(begin)
        for begin in _BEGINNINGS
        if word.startswith(begin) and len(word) > len(begin) + 4
    ]
    stems += [
        word.removesuffix(ending)
        for ending in _ENDINGS
        if word.endswith(ending) and len(word) > len(ending) + 3
    ]
    return max([common(word), *(common(stem) for stem in stems), *(common(f"{stem}e") for stem in stems)])


def folded(text: str) -> str:
    """Lower case and without accents, as the lists are compared."""
    bare = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(each for each in bare if not unicodedata.combining(each)).lower()


def _kept(which: str) -> frozenset[str]:
    import numpy as np

    with np.load(NAMES) as kept:
        return frozenset(kept[which].tobytes().decode().split("\n"))
