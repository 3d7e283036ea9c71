"""Whose an undertaking is and by which day, of stretches that `finding.py`, or another finder, takes for one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.debrief.apart import Apart
from assistant.debrief.dates import Named
from assistant.debrief.finding import Stretch, acts
from assistant.debrief.owners import BOTH, COUNTERPART, ME
from assistant.debrief.weigh import KINDS, OWNERS, Floats
from assistant.debrief.whose import ASK, whose

_SAID = r"(?:(?:and|so|then|but|also|now)\s+)*(?:(?:I|he|she|they|we)\s+(?:\w+\s+)?(?:said|told\s+\w+|promised(?:\s+\w+)?|agreed|offered|undertook)\s+(?:that\s+)?)?"
_LEAD = re.compile(
    rf"^{_SAID}(?:(?:I|he|she|they|we|both(?:\s+of\s+us)?|[A-Z][\w’'-]*?|the\s+\w+)(?:\s+(?:both|also|then|now|still|each))*"
    r"(?:['’](?:ll|d)|\s+(?:will|would|shall|owes?(?:\s+(?:me|him|her|us|them))?|gonna)|(?:['’](?:s|m|re)|\s+(?:is|am|are))(?:\s+(?:going\s+)?to|\s+on\s+the\s+hook\s+for)?|\s+(?:agreed|promised|offered|undertook|volunteered|has|have|needs?)\s+to)?"
    r"(?:\s+(?:also|then|now|only|just|first|each|both|personally))*\s+|to\s+|(?:me|him|her|mine|his|hers|us|both|[A-Z][\w-]+)\s*(?::|\s+to)\s+|(?:action|homework|down|up|on)\s+(?:on|for|to|with)\s+(?:me|him|her)(?:\s*:|\s+to)\s+)",
    re.IGNORECASE,
)
_NO_DATE = re.compile(r",?\s*\bno date(?: (?:yet|given|named|set))?\b", re.IGNORECASE)


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


def attribute(told: Apart, stretches: Sequence[Stretch], odds: Floats) -> list[Promise]:
    """Whose each stretch is and by which day, whoever found the stretches: by their words, and else by the owners' odds."""
    return [_attributed(told, stretch, odds) for stretch in stretches]


def _attributed(told: Apart, stretch: Stretch, odds: Floats) -> Promise:
    day = _day(told, stretch)
    who = whose(told, stretch.start, stretch.end)
    if who is None:
        who = _weighed(told, odds, stretch)
    end = stretch.end
    if day is not None and day.start >= end and day.start - end < 60:
        end = day.end
    words = told.text[stretch.start : end]
    return Promise(
        who or None, deed(words, stretch.start, day), day.day if day else None,
        day.words.rstrip(" .,;") if day else None, stretch.start, end,
    )  # fmt: skip


def deed(words: str, start: int, day: Named | None) -> str:
    """What is undertaken: without who does it, and without the day."""
    if day is not None and start <= day.start < start + len(words):
        a, b = day.start - start, day.end - start
        words = f"{words[:a].rstrip(' ,')} {words[b:].lstrip()}"
    words = _NO_DATE.sub("", words)
    words = re.sub(r"\s+", " ", words).strip(' ,.;:!–—-“”"')
    bare = words[lead.end() :] if (lead := _LEAD.match(words)) else words
    return (bare or words)[:200]


def chosen_day(days: Sequence[Named]) -> Named | None:
    """Of several days the one that says by when; one that only describes comes last."""
    if not days:
        return None
    by = [day for day in days if re.match(r"(?:by|before|until|till|no later)\b", day.words, re.I)]
    led = [
        day
        for day in days
        if re.match(r"(?:on|from|due|for|within|in|end|tomorrow|today|tonight|next)\b", day.words, re.I)
    ]
    numbered = [
        day
        for day in days
        if re.search(r"\d(?!\.\d)(?<!\d\.\d)|\bthe\s+[\w -]+(?:first|second|third|th)\b", day.words)
    ]
    for group in (by, numbered, led, list(days)):
        if (real := next((day for day in group if day.day is not None), None)) is not None:
            return real
    return days[0]


def _day(told: Apart, stretch: Stretch) -> Named | None:
    """The day inside the stretch, or in a few words right before or behind it that tell nothing else."""
    inside = [
        day for day in told.days if stretch.start - 12 < day.start < stretch.end and day.end > stretch.start
    ]
    if inside:
        return chosen_day(inside)
    places = stretch.places(told)
    return (_day_behind(told, places[-1]) or _day_before(told, places[0])) if places else None


def _day_behind(told: Apart, last: int) -> Named | None:
    """A day in a few words of their own, in the same sentence or alone in the next."""
    for at in range(last + 1, min(last + 4, len(told.units))):
        near = told.units[at]
        same = near.sentence == told.units[last].sentence
        own = [day for day in told.days if day.start < near.end and day.end > near.start]
        if own and len(near.text.split()) <= (7 if same else 4) and not acts(near):
            return chosen_day(own) if same or (near.first and near.last) else None
        if not same or own or (acts(near) and near.link not in ("where", "which", "who", "that", "when")):
            return None
    return None


def _day_before(told: Apart, first: int) -> Named | None:
    if first == 0 or told.units[first - 1].sentence != told.units[first].sentence:
        return None
    near = told.units[first - 1]
    own = [day for day in told.days if day.start < near.end and day.end > near.start]
    return chosen_day(own) if len(near.text.split()) <= 5 and not acts(near) else None


def _weighed(told: Apart, odds: Floats, stretch: Stretch) -> str:
    places = stretch.places(told)
    if not places:
        return ASK
    owners = odds[places, len(KINDS) :].mean(axis=0)
    words = told.text[stretch.start : stretch.end]
    if OWNERS[int(owners.argmax())] == "other" and (by := re.search(r"\bby,?\s+([A-Z][\w-]+)", words)):
        return by[1]
    return {"me": ME, "both": BOTH}.get(OWNERS[int(owners[:3].argmax())], COUNTERPART)
