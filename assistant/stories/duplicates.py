"""The same event told twice: how likely two stories are that, and one story made of both.

Two tellings share their meaning, their rarer words, and what is particular: numbers, places, what was said. Another
event at the same account shares the subject and not the particulars.
"""

import math
import re
from collections.abc import Sequence
from functools import cache

from assistant.stories.find import Candidate
from assistant.stories.story import MAX_TEXT, Fields, Story

# Fitted on the tuning half of the labelled pairs (`counterpart eval duplicates --dev`) by logistic regression.
_BIAS, _MEANING, _WORDS, _PARTICULARS, _CLASH = -7.5, 9.0, 5.0, 2.0, -2.0
THRESHOLD = 0.5
CANDIDATES = 10
_SPELT = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip


def likely_same(
    fields: Fields, candidates: Sequence[Candidate], *, threshold: float = THRESHOLD
) -> list[tuple[Story, float]]:
    """Stories that probably tell of the same event as `fields`, with the probability, likeliest first."""
    scored = [
        (each.story, same_event(fields.text, each.story.text, each.relevance))
        for each in candidates[:CANDIDATES]
    ]
    return sorted((pair for pair in scored if pair[1] >= threshold), key=lambda pair: -pair[1])


def same_event(one: str, other: str, meaning: float) -> float:
    """The probability that two texts tell of the same event; `meaning` is the cosine similarity of their vectors."""
    words, particulars, clash = features(one, other)
    score = _BIAS + _MEANING * meaning + _WORDS * words + _PARTICULARS * particulars + _CLASH * clash
    return 1 / (1 + math.exp(-score))


def features(one: str, other: str) -> tuple[float, float, float]:
    """Share of rarer words in common; of particulars in common; and whether numbers or names contradict each other."""
    first, second = _rare_words(one), _rare_words(other)
    shared = sum(weight for word, weight in first.items() if word in second)
    whole = min(sum(first.values()), sum(second.values()))
    mine, theirs = _particulars(one), _particulars(other)
    common = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    return shared / whole if whole else 0.0, common, float(bool(mine and theirs) and not mine & theirs)


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


def _particulars(text: str) -> set[str]:
    """Numbers, written or spelt, and capitalised words inside sentences."""
    numbers = {re.sub(r"[.,]", "", each) for each in re.findall(r"\d+(?:[.,]\d+)*", text)}
    lower = set(re.findall(r"[a-z]+", text.lower()))
    numbers |= {str(value) for word, value in _SPELT.items() if word in lower}
    names = {each.lower() for each in re.findall(r"(?<=[a-z,;] )[A-Z][a-z]{3,}", text)}
    return numbers | names
