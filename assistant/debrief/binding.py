"""Promises and their days: which of the days around it is meant, and what is left of the words without it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.debrief.clauses import Clause, Sentence
from assistant.debrief.dates import Named
from assistant.debrief.frames import lemma_of
from assistant.debrief.shapes import NO_DATE
from assistant.debrief.words import ACTIONS

_I = re.IGNORECASE


@dataclass(frozen=True, slots=True)
class Promise:
    """An undertaking. `who` is me, counterpart, both or a name; None where it cannot be told.

    `start` and `end` are the verbatim stretch that says it; `what` is in its words; `due` the day, `due_words` as said.
    """

    who: str | None
    what: str
    due: date | None
    due_words: str | None
    start: int
    end: int
    firm: bool = True
    """Said as an undertaking; a plain present without a day is one only beside another."""


@dataclass(frozen=True, slots=True)
class Place:
    """A clause in its sentence, with every day that the paragraph names."""

    text: str
    parts: Sequence[Clause]
    at: int
    days: Sequence[Named]

    @property
    def clause(self) -> Clause:
        """The clause itself."""
        return self.parts[self.at]

    @property
    def inside(self) -> list[Named]:
        """Days that the clause names."""
        return [day for day in self.days if self.clause.start <= day.start < self.clause.end]

    @property
    def around(self) -> list[Named]:
        """Days in front of the clause or behind it that are its own."""
        return [
            day
            for day in (
                leading_day(self.parts, self.at, self.days),
                day_behind(self.parts, self.at, self.days),
            )
            if day
        ]

    @property
    def is_dated(self) -> bool:
        """Whether it names a day to come, itself or around it."""
        return bool(self.around) or any(day.day is not None for day in self.inside)


def stretches(text: str, start: int, end: int, days: Sequence[Named]) -> list[tuple[int, int]]:
    """Where a second verb has a day of its own it is a second promise: "…, starting Monday, and tell him in two weeks"."""
    for match in re.finditer(r",?\s+and\s+(?:then\s+)?(?P<verb>[a-z]+)\b", text[start:end]):
        at = start + match.start("verb")
        before, after = (
            [d for d in days if d.start < at and d.start >= start],
            [d for d in days if d.start >= at],
        )
        if before and after and lemma_of(match["verb"]) in ACTIONS:
            return [(start, start + match.start()), (at, end)]
    return [(start, end)]


def leading_day(parts: Sequence[Clause], at: int, days: Sequence[Named]) -> Named | None:
    """A day that stands in front, set off by a comma: "By the 19th, he shows me …"."""
    if at == 0:
        return None
    before = parts[at - 1]
    if len(before.text.split()) > 6:
        return None
    return next((day for day in days if before.start <= day.start < before.end), None)


def day_behind(parts: Sequence[Clause], at: int, days: Sequence[Named]) -> Named | None:
    """A day behind a clause that only describes: "I tell Ramesh, who won't like it, on Thursday"."""
    if at + 1 >= len(parts) or not parts[at + 1].relative:
        return None
    after = parts[at + 1]
    tail = re.search(r",\s*(?:on|by|before|until|this|next|tomorrow|today)\b[^,]*$", after.text, _I)
    if tail is None:
        return None
    return next((day for day in days if after.start + tail.start() <= day.start < after.end), None)


def chosen_day(days: Sequence[Named]) -> Named | None:
    """Of several days the one that says by when; one that only describes ("Thursday's desk") comes last."""
    if not days:
        return None
    by = [day for day in days if re.match(r"(?:by|until|till|before|no later)\b", day.words, _I)]
    led = [
        day
        for day in days
        if re.match(r"(?:on|from|due|for|within|in|end|tomorrow|today|tonight|next)\b", day.words, _I)
    ]
    for group in (by, led, list(days)):
        if (real := next((day for day in group if day.day is not None), None)) is not None:
            return real
    return days[0]


def deed(words: str, start: int, days: Sequence[Named]) -> str:
    """What is undertaken, without the day and what trails behind it."""
    for day in sorted(days, key=lambda each: -each.start):
        a, b = day.start - start, day.end - start
        if 0 <= a < len(words):
            words = (
                words[:a].rstrip(" ,")
                + ("" if b >= len(words) or words[b] in ".,;" else " ")
                + words[b:].lstrip(" ")
            )
    words = NO_DATE.sub("", words)
    return re.sub(r"\s+", " ", words).strip(" ,.;:!–—-")[:200]


def with_later_day(promise: Promise, parts: Sequence[Sentence], days: Sequence[Named]) -> Promise:
    """A day that stands alone as the next sentence belongs to the promise before it: "By Friday."."""
    if promise.due_words is not None:
        return promise
    after = next((each for each in parts if each.start >= promise.end), None)
    if after is None or after.start - promise.end > 4 or len(after.text.split()) > 5:
        return promise
    inside = [day for day in days if after.start <= day.start < after.end]
    rest = len(re.sub(r"\W", "", after.text)) - sum(len(re.sub(r"\W", "", day.words)) for day in inside)
    if not inside or rest > 12:
        return promise
    return replace(promise, due=inside[0].day, due_words=inside[0].words, end=inside[0].end, firm=True)


def with_its_day(found: Sequence[Promise]) -> list[Promise]:
    """A promise whose day is told on its own ("I'll have done that by Wednesday") takes it."""
    kept: list[Promise] = []
    for each in found:
        before = kept[-1] if kept else None
        about = re.match(
            r"(?:have\s+)?(?:done|do|did|finish(?:ed)?|get|have)\s+(?:that|it|this|them|both|all\s+(?:that|of\s+it))(?:\s+done)?$",
            each.what,
            _I,
        )
        if (
            about
            and before
            and before.who == each.who
            and before.due_words is None
            and each.start - before.end < 80
        ):
            kept[-1] = replace(before, due=each.due, due_words=each.due_words, end=each.end, firm=True)
        else:
            kept.append(each)
    return kept
