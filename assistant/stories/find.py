"""Which story fits an answer: chosen for relevance, then how far it can be trusted, then how recent it is."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.stories.draw import about_counterpart
from assistant.stories.grade import Grade
from assistant.stories.story import Story

_TRUST: dict[Grade, float] = {"anecdote": 0.0, "verified": 0.03, "measured": 0.05}
_RECENT, _HALF_LIFE_DAYS = 0.04, 180
_SAME_CARD, _SAME_METRIC = 0.10, 0.08
ASKED_FLOOR, OFFERED_FLOOR = 0.34, 0.42
"""Least fit of a story where one was asked for, and where nobody asked."""


_REQUEST = re.compile(
    r"\b(?:stor(?:y|ies)|examples?|anecdotes?)\b.{0,60}?\b(?:about|on|of|where|when|in which|for)\b\s+(?P<topic>.{4,})",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that the asker may see, and how near it is to the question (cosine similarity, 0 to 1)."""

    story: Story
    relevance: float


def topic_of(words: str) -> str:
    """What a story is wanted about, without the words that ask for it; otherwise the words as they are."""
    found = _REQUEST.search(words)
    return found["topic"].strip(" ?.!") if found else words


def choose(
    candidates: Sequence[Candidate],
    *,
    today: date,
    card_id: str | None = None,
    metric: str | None = None,
    told: Collection[str] = (),
    asked: bool = False,
) -> Story | None:
    """The one story that fits; None where none does. `told` are ids of stories that this talk has heard.

    A story about the person one works with is never among them: answers are read aloud to that person.
    """
    fitting = [
        (fit(each, today=today, card_id=card_id, metric=metric), each.story)
        for each in candidates
        if each.story.id not in told
        and not about_counterpart(each.story.text, each.story.fields.teller)
        and _relevance(each, card_id, metric) >= (ASKED_FLOOR if asked else OFFERED_FLOOR)
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def fit(candidate: Candidate, *, today: date, card_id: str | None = None, metric: str | None = None) -> float:
    """Relevance with a little for trust and for being recent, so that these only decide between near ones."""
    age = max(0, (today - candidate.story.day).days)
    recent = _RECENT * 0.5 ** (age / _HALF_LIFE_DAYS)
    return _relevance(candidate, card_id, metric) + _TRUST[candidate.story.grade] + float(recent)


def _relevance(candidate: Candidate, card_id: str | None, metric: str | None) -> float:
    fields = candidate.story.fields
    same_card = card_id is not None and card_id in fields.cards
    same_metric = bool(metric) and _plain(metric or "") == _plain(fields.metric)
    return candidate.relevance + _SAME_CARD * same_card + _SAME_METRIC * same_metric


def _plain(metric: str) -> str:
    return metric.lower().replace("-", " ").strip()
