"""What the field lives through: stories by theme, counted over time, with buyers' words; and what is rising."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.stories.redact import PLACEHOLDER
from assistant.stories.speaker import said_by_us
from assistant.stories.story import Story

WINDOW = timedelta(days=28)
OTHER = "other"
_MOST_QUOTES = 4
_TELLING = 6
"""Words from which a quotation says something by itself; shorter ones come after those."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Stories about one thing, the newest first.

    `months` counts them by month (first day), without gaps up to now; `recent` and `before` are the last four weeks and the
    four before, in which all stories together grew `growth` times; `quotes` are buyers' words with the story's id.
    """

    key: str
    title: str
    stories: tuple[Story, ...]
    months: tuple[tuple[date, int], ...]
    recent: int
    before: int
    teams: tuple[tuple[str, int], ...]
    quotes: tuple[tuple[str, str], ...]
    wins: int
    failures: int
    growth: float = 1.0

    @property
    def rising(self) -> bool:
        """Told at least twice in four weeks, more often than in the four before, and more than all stories together grew."""
        return (
            self.key != OTHER and self.recent >= 2 and self.recent > (self.before + 0.5) * max(self.growth, 1)
        )


def themes(
    stories: Sequence[Story], *, of: Mapping[str, str], titles: Mapping[str, str], today: date
) -> list[Theme]:
    """Rising ones first, then the largest. `of` is a theme by the id of a story, `titles` their names by theme."""
    groups: dict[str, list[Story]] = {}
    for story in stories:
        groups.setdefault(of.get(story.id, OTHER), []).append(story)
    growth = (_lately(stories, today) + 1) / (_before(stories, today) + 1)
    first = min((story.day for story in stories), default=today)
    found = [
        _theme(key, titles.get(key, "Everything else"), group, first=first, today=today, growth=growth)
        for key, group in groups.items()
    ]
    return sorted(
        found, key=lambda each: (each.key == OTHER, not each.rising, -len(each.stories), each.title)
    )


def _theme(
    key: str, title: str, stories: Sequence[Story], *, first: date, today: date, growth: float
) -> Theme:
    newest = sorted(stories, key=lambda story: story.day, reverse=True)
    counts = Counter(story.day.replace(day=1) for story in stories)
    said = [
        (story.fields.buyer_words.rstrip(",;: "), story.id)
        for story in newest
        if _says_something(story.fields.buyer_words) and not said_by_us(story.fields.buyer_words, story.text)
    ]
    said.sort(key=lambda each: len(each[0].split()) < _TELLING)
    places = Counter(place for story in stories if (place := story.fields.team or story.fields.region))
    return Theme(
        key=key,
        title=title,
        stories=tuple(newest),
        months=tuple((month, counts[month]) for month in months_between(first, today)),
        recent=_lately(stories, today),
        before=_before(stories, today),
        growth=growth,
        teams=tuple(places.most_common(6)),
        quotes=tuple({words: (words, name) for words, name in said}.values())[:_MOST_QUOTES],
        wins=sum(story.fields.result == "win" for story in stories),
        failures=sum(story.fields.result == "failure" for story in stories),
    )


def _lately(stories: Sequence[Story], today: date) -> int:
    return sum(story.day > today - WINDOW for story in stories)


def _before(stories: Sequence[Story], today: date) -> int:
    return sum(today - 2 * WINDOW < story.day <= today - WINDOW for story in stories)


def _says_something(words: str) -> bool:
    return len(PLACEHOLDER.sub("", words).split()) >= 3


def months_between(first: date, last: date) -> list[date]:
    """The first day of each month from one to the other, at most the last twelve."""
    months, month = [], first.replace(day=1)
    while month <= last:
        months.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return months[-12:]
