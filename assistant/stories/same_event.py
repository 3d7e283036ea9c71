"""Whether two texts tell of the same event: each word sought in the other text, then numbers, names and the outcome.

A word is compared as it stands among its words (the embedding model's state at it), so "cleaning the device" is found
in "wipes it down". What decides is what is left over: the least matched words of either text. Being more alike never
counts against a pair; a copy is always found.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.stories.left_over import denials_apart, left_over, opposites
from assistant.stories.wordlists import NUMBERS

Floats = NDArray[np.float32]
Words = tuple[tuple[str, ...], Floats]
"""The words of a text, and a vector of unit length for each as it stands there: (n, d)."""
EmbedWords = Callable[[Sequence[str]], list[Words]]

WEIGHTS = Path(__file__).parent / "same_event.npz"
FEATURES = (
    "least matched tenth", "least matched third", "what is left over", "names agree", "numbers agree",
    "numbers left over", "same outcome", "as much went well", "as long", "the rest matched", "the rest of both matched",
    "as many denials", "no opposites",
)  # fmt: skip
_GOOD = "won bought signed stayed kept thanked renewed agreed accepted praised paid order ordered approved passed works"
_BAD = (
    "lost left gone quit failed refused cancelled dropped declined rejected complained crashed missed died switched "
    "silent buried"
)
WENT_WELL, WENT_WRONG = frozenset(_GOOD.split()), frozenset(_BAD.split())
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*|[a-z]+")
_NAME = re.compile(r"(?<=[^.!?“:\s]\s)[A-ZÀ-Þ][^\W\d_]+")


@dataclass(frozen=True)
class SameEvent:
    """Logistic regression over `FEATURES`, whose weights are never negative; `threshold` is where F1 was best."""

    embedding: str
    weights: Floats
    bias: float
    threshold: float

    def __call__(self, one: str, other: str, first: Words, second: Words) -> float:
        """The probability that both tell of the same event; `first` and `second` are the words of each."""
        return float(1 / (1 + np.exp(-(features(one, other, first, second) @ self.weights + self.bias))))

    def save(self, path: Path = WEIGHTS) -> None:
        """Keep it in one file."""
        np.savez(
            path,
            embedding=self.embedding,
            weights=self.weights,
            bias=self.bias,
            threshold=self.threshold,
        )

    @classmethod
    @cache
    def load(cls, path: Path = WEIGHTS) -> "SameEvent":
        """The shipped one."""
        with np.load(path) as kept:
            return cls(str(kept["embedding"]), kept["weights"], float(kept["bias"]), float(kept["threshold"]))


def likeliest(
    told: Sequence[float], beside: Callable[[int], Sequence[float]], threshold: float
) -> int | None:
    """Which of several stories a new one tells again; `told` are the probabilities, and `beside(n)` those between the
    `n`th and each of them, itself at 0.

    None where that story has a likelier retelling among them already, unless the new one is likely of that one too.
    """
    best = int(np.argmax(told)) if len(told) else -1
    if best < 0 or told[best] < threshold:
        return None
    between = beside(best)
    rival = int(np.argmax(between))
    return best if between[rival] <= told[best] or told[rival] >= threshold else None


def features(one: str, other: str, first: Words, second: Words) -> Floats:
    """How alike both are in each of `FEATURES`; higher is more alike."""
    found = first[1] @ second[1].T
    best = [found.max(axis=1), found.max(axis=0)]
    tenth, third = (np.array([_least(each, share) for each in best]) for share in (10, 3))
    left = max(float(((1 - each) ** 2).mean()) for each in best)
    numbers = [_numbers(text) for text in (one, other)]
    names = [set(_NAME.findall(text)) for text in (one, other)]
    alone = [
        any(name.lower() not in there.lower() for name in own)
        for own, there in zip(names, (other, one), strict=True)
    ]
    gain = [_went(words) for words, _ in (first, second)]
    return np.array(
        [
            tenth.mean(),
            third.min(),
            -left,
            -float(all(alone)),
            _agree(*numbers),
            -float(len(numbers[0] ^ numbers[1])),
            -float((gain[0][0] > gain[0][1]) != (gain[1][0] > gain[1][1])),
            -float(abs(gain[0][0] - gain[1][0])),
            -abs(float(np.log(len(one) / len(other)))),
            *left_over(first[0], second[0], found),
            -float(denials_apart(first[0], second[0])),
            -float(opposites(first[0], second[0])),
        ],
        dtype=np.float32,
    )


def _least(matched: Floats, share: int) -> float:
    return float(np.sort(matched)[: max(1, len(matched) // share)].mean())


def _numbers(text: str) -> set[str]:
    """Numbers of a text, in digits or in words; one is as often an article."""
    words = (word.replace(",", "") for word in _NUMBER.findall(text.lower()))
    return {
        word if word[0].isdigit() else str(NUMBERS[word])
        for word in words
        if word[0].isdigit() or word in NUMBERS
    }


def _agree(one: set[str], other: set[str]) -> float:
    """Shared numbers among all; a half where there are none to compare."""
    return len(one & other) / len(one | other) if one | other else 0.5


def _went(words: Sequence[str]) -> tuple[int, int]:
    return sum(word in WENT_WELL for word in words), sum(word in WENT_WRONG for word in words)
