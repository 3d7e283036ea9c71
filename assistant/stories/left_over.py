"""What two tellings do not share word for word, and whether one denies what the other says."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assistant.stories.wordlists import common

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

RUN = 3
"""So many equal words in a row are the same passage, and are left out."""
_FEW = 4
_RARE = 6.2
_NO = "not no never nobody none nothing neither nor without t cannot unable hardly"  # the t of "didn't"
_DENIALS = frozenset(_NO.split())
_PAIRS = (
    "before after, more less, more fewer, first last, first second, second third, open close, opened closed, "
    "accepted refused, signed refused, signed cancelled, alone together, early late, up down, up fallen, rose fell, "
    "all none, all nobody, everyone nobody, every no, came left, came went, stay leave, stayed left, yes no, "
    "longer shorter, won lost, win lose, good bad, better worse, own other, our their, we they, new old, with without, "
    "on off, in out, started stopped, kept lost, kept dropped, gave took, gave got, high low, higher lower, "
    "right wrong, same different, now then, before until, never always, never once, day night, morning afternoon, "
    "morning evening, renew cancel, renewed cancelled, remembered forgot, quiet talked, silent spoke, full empty, "
    "fast slow, quick slow, public private, buy sell, bought sold, praised complained, thanked complained, "
    "worked failed, works fails, asked told, wrote rang, mail phone"
)
_OPPOSITES = frozenset(frozenset(pair.split()) for pair in _PAIRS.split(", "))


def left_over(one: Sequence[str], other: Sequence[str], found: Floats) -> tuple[float, float]:
    """How well the rest of each text is matched by the rest of the other, rare words counting most: the worse, and the mean.

    `found` `(n, m)` are cosines of words. 1 for both where next to nothing is left.
    """
    rest, rest_of_other = _rests(one, other)
    if not rest.any() or not rest_of_other.any():
        alike = 1.0 if max(rest.sum(), rest_of_other.sum()) < _FEW else 0.5
        return alike, alike
    within = found[rest][:, rest_of_other]
    sides = [
        float(np.average(within.max(axis=1), weights=_weights(one)[rest])),
        float(np.average(within.max(axis=0), weights=_weights(other)[rest_of_other])),
    ]
    return min(sides), sum(sides) / 2


def denials_apart(one: Sequence[str], other: Sequence[str]) -> int:
    """How many more words of denial one of the two has."""
    return abs(sum(word in _DENIALS for word in one) - sum(word in _DENIALS for word in other))


def opposites(one: Sequence[str], other: Sequence[str]) -> int:
    """Pairs of opposite words, one of them only in the one text and the other only in the other."""
    mine, theirs = set(one) - set(other), set(other) - set(one)
    return sum(len(pair & mine) == 1 and len(pair & theirs) == 1 for pair in _OPPOSITES)


def _rests(one: Sequence[str], other: Sequence[str]) -> tuple[Bools, Bools]:
    rest, rest_of_other = np.ones(len(one), bool), np.ones(len(other), bool)
    for run in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        if run.size >= RUN:
            rest[run.a : run.a + run.size] = rest_of_other[run.b : run.b + run.size] = False
    return rest, rest_of_other


def _weights(words: Sequence[str]) -> Floats:
    return np.array([_weight(word) for word in words], dtype=np.float32)


@cache
def _weight(word: str) -> float:
    return max(0.05, _RARE - common(word)) if word.isalpha() and len(word) > 1 else 0.35
