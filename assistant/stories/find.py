"""Which story fits an answer: chosen for relevance, then how far it can be trusted, then how recent it is."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.stories.draw import about_counterpart, metric_in
from assistant.stories.grade import Grade
from assistant.stories.story import Story
from knowledge.stopwords import STOP_WORDS

_TRUST: dict[Grade, float] = {"anecdote": 0.0, "verified": 0.03, "measured": 0.05}
_RECENT, _HALF_LIFE_DAYS = 0.04, 180
_SAME_CARD, _SAME_METRIC = 0.10, 0.08
_HELD, _ASKED_METRIC = 0.15, 0.07
ASKED_FLOOR, OFFERED_FLOOR = 0.34, 0.42
"""Least fit of a story where one was asked for, and where nobody asked."""
CLEAR_FLOOR = 0.44
"""Least fit of a story for which a question is answered that would otherwise be declined."""


_ASKING = "story stories example anecdote tell told give know have about time rate metric average"
_REQUEST = re.compile(
    r"\b(?:stor(?:y|ies)|examples?|anecdotes?)\b.{0,60}?\b(?:about|on|of|where|when|in which|for)\b\s+(?P<topic>.{4,})",
    re.IGNORECASE | re.DOTALL,
)


_WHOM = re.compile(r"^(?:\w+ ){1,4}?(?:about|on) (?P<topic>.{3,})", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that the asker may see, and how near it is to the question (cosine similarity, 0 to 1)."""

    story: Story
    relevance: float


def told_about(words: str) -> str:
    """What a story shall be about that is told to somebody: ramp, in "my VP about ramp"."""
    found = _WHOM.search(words) if topic_of(words) == words else None
    return found["topic"].strip(" ?.!") if found else topic_of(words)


def topic_of(words: str) -> str:
    """What a story is wanted about, without the words that ask for it; otherwise the words as they are."""
    found = _REQUEST.search(words)
    return found["topic"].strip(" ?.!") if found else words


def to_tell(topic: str, candidates: Sequence[Candidate], *, today: date) -> Story | None:
    """The one story to tell somebody about this, chosen as answers choose; None where none fits."""
    return choose(candidates, today=today, metric=metric_in(topic), asked=True, topic=topic)


def choose(
    candidates: Sequence[Candidate],
    *,
    today: date,
    card_id: str | None = None,
    metric: str | None = None,
    told: Collection[str] = (),
    asked: bool = False,
    topic: str = "",
    floor: float | None = None,
) -> Story | None:
    """The one story that fits; None where none does. `told` are ids of stories that this talk has heard.

    Where one was `asked` for, its words and metric count for more, and `topic` is what it shall be about. `floor` is the
    least fit. A story about the person one works with is never among them: answers are read aloud to that person.
    """
    least = floor if floor is not None else (ASKED_FLOOR if asked else OFFERED_FLOOR)
    if asked:
        candidates = [_as_asked(each, topic, metric) for each in candidates]
    fitting = [
        (fit(each, today=today, card_id=card_id, metric=metric), each.story)
        for each in candidates
        if each.story.id not in told
        and not about_counterpart(each.story.text, each.story.fields.teller)
        and _relevance(each, card_id, metric) >= least
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def shown_by(card_id: str, stories: Sequence[Story]) -> list[Story]:
    """Those of the stories that illustrate a card, the best checked first, then the newest."""
    found = [story for story in stories if card_id in story.fields.cards]
    return sorted(found, key=lambda story: (-_TRUST[story.grade], -story.day.toordinal()))


def fit(candidate: Candidate, *, today: date, card_id: str | None = None, metric: str | None = None) -> float:
    """Relevance with a little for trust and for being recent, so that these only decide between near ones."""
    age = max(0, (today - candidate.story.day).days)
    recent = _RECENT * 0.5 ** (age / _HALF_LIFE_DAYS)
    return _relevance(candidate, card_id, metric) + _TRUST[candidate.story.grade] + float(recent)


def _as_asked(candidate: Candidate, topic: str, metric: str | None) -> Candidate:
    """Nearer where the story holds the words it was asked for with, or is about the metric."""
    story = candidate.story
    wanted = _stems(topic) - _stems(_ASKING)
    held = _stems(f"{story.title} {story.text} {story.fields.metric} {' '.join(story.fields.tags)}")
    share = len(wanted & held) / len(wanted) if wanted else 0.0
    same = bool(metric) and _plain(metric or "") == _plain(story.fields.metric)
    return replace(candidate, relevance=candidate.relevance + _HELD * share + _ASKED_METRIC * same)


def _stems(text: str) -> frozenset[str]:
    import snowballstemmer

    stemmer = snowballstemmer.stemmer("english")
    words = {word for word in re.findall(r"[^\W\d_]{3,}", text.lower()) if word not in STOP_WORDS}
    return frozenset(stemmer.stemWords(sorted(words)))


def _relevance(candidate: Candidate, card_id: str | None, metric: str | None) -> float:
    fields = candidate.story.fields
    same_card = card_id is not None and card_id in fields.cards
    same_metric = bool(metric) and _plain(metric or "") == _plain(fields.metric)
    return candidate.relevance + _SAME_CARD * same_card + _SAME_METRIC * same_metric


def _plain(metric: str) -> str:
    return metric.lower().replace("-", " ").strip()
