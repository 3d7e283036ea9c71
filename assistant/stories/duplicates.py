"""The same event told twice: which stories probably are that, and one story made of both."""

import re
from collections.abc import Sequence
from functools import cache

from assistant.stories.find import Candidate
from assistant.stories.same_event import EmbedWords, SameEvent, likeliest
from assistant.stories.story import MAX_TEXT, Fields, Story

CANDIDATES = 10
WORTH_READING = 0.5
"""Least cosine similarity of two stories that are compared word by word."""


def likely_same(
    fields: Fields, candidates: Sequence[Candidate], *, embed_words: EmbedWords
) -> list[tuple[Story, float]]:
    """The story that probably tells of the same event as `fields`, with the probability; empty where none does."""
    near = [each.story for each in candidates[:CANDIDATES] if each.relevance >= WORTH_READING]
    if not near:
        return []
    same, (first, *others) = SameEvent.load(), embed_words([fields.text, *(story.text for story in near)])
    told = [same(fields.text, story.text, first, words) for story, words in zip(near, others, strict=True)]

    def beside(best: int) -> list[float]:
        return [
            0.0 if at == best else same(near[best].text, near[at].text, others[best], words)
            for at, words in enumerate(others)
        ]

    best = likeliest(told, beside, same.threshold)
    return [] if best is None else [(near[best], told[best])]


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
