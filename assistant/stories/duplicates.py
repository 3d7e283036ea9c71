"""The same event told twice: how likely two stories are that, and one story made of both.

A retelling says everything again in other words. So both are compared as wholes, clause by clause, and by their
least matched stretches of five words. Another event at the same account shares the subject, and some of its
clauses have nothing to match.
"""

import math
import re
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assistant.stories.find import Candidate
from assistant.stories.story import MAX_TEXT, Fields, Story

Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]

# Logistic regression on the tuning half of the retold events (`counterpart eval duplicates --dev`).
_BIAS, _MEANING, _CLAUSES, _LEAST = -19.6, 10.2, 10.5, 15.1
THRESHOLD = 0.6
CANDIDATES = 10
_WORTH_READING = 0.6
_STRETCH, _STEP, _MOST = 5, 2, 40
_LOWEST = 3


def likely_same(
    fields: Fields, candidates: Sequence[Candidate], *, embed: Embed, threshold: float = THRESHOLD
) -> list[tuple[Story, float]]:
    """Stories that probably tell of the same event as `fields`, with the probability, likeliest first."""
    scored = [
        (each.story, same_event(fields.text, each.story.text, each.relevance, embed=embed))
        for each in candidates[:CANDIDATES]
    ]
    return sorted((pair for pair in scored if pair[1] >= threshold), key=lambda pair: -pair[1])


def same_event(one: str, other: str, meaning: float, *, embed: Embed) -> float:
    """The probability that two texts tell of the same event; `meaning` is the cosine similarity of their vectors."""
    if meaning < _WORTH_READING:
        return 0.0
    clauses, least = features(one, other, embed)
    return 1 / (1 + math.exp(-(_BIAS + _MEANING * meaning + _CLAUSES * clauses + _LEAST * least)))


def features(one: str, other: str, embed: Embed) -> tuple[float, float]:
    """How well the clauses of each are matched in the other on average, and its three least matched stretches.

    Both as cosine similarity, of the text that is matched worse.
    """
    parts = [_clauses(one), _clauses(other), _stretches(one), _stretches(other)]
    rows = embed([text for part in parts for text in part])
    first, second, third, fourth = np.split(rows, np.cumsum([len(part) for part in parts])[:-1])
    clauses, stretches = first @ second.T, third @ fourth.T
    least = [np.sort(stretches.max(axis=axis))[:_LOWEST].mean() for axis in (0, 1)]
    return float(min(clauses.max(axis=0).mean(), clauses.max(axis=1).mean())), float(min(least))


def _clauses(text: str) -> list[str]:
    parts = re.split(r"(?<=[.!?;:])[\s”]+|, (?:and|but|so|since|because) |, ", text)
    return [part.strip() for part in parts if len(part.split()) > 2][:_MOST] or [text]


def _stretches(text: str) -> list[str]:
    words = text.split()
    starts = range(0, max(1, len(words) - _STRETCH + 1), _STEP)
    return [" ".join(words[at : at + _STRETCH]) for at in starts][:_MOST]


def merged(kept: Fields, other: Fields) -> Fields:
    """One story of two: the first one's words and fields; sentences and fields that only the other has are added."""
    have = _rare_words(kept.text)
    new = [
        sentence
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", other.text)
        if (words := _rare_words(sentence)) and sum(word in have for word in words) < 0.6 * len(words)
    ]
    text = "\n\n".join(filter(None, [kept.text, " ".join(new)]))
    values = {
        name: value
        for name, value in other.model_dump().items()
        if name not in {"text", "title"} and value and not getattr(kept, name)
    }
    tags = tuple(dict.fromkeys([*kept.tags, *other.tags]))
    return kept.changed(**{**values, "tags": tags, "text": text if len(text) <= MAX_TEXT else kept.text})


@cache
def _stem(word: str) -> str:
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(word))


def _rare_words(text: str) -> dict[str, float]:
    """Stems of words that say something, each with how much: the rarer, the more."""
    from assistant.stories.wordlists import common

    words = re.findall(r"[^\W\d_]{3,}", text.lower())
    return {_stem(word): max(0.3, 6.0 - common(word)) for word in words if common(word) < 5.6}
