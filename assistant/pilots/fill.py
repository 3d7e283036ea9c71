"""A scope begun from a conversation with the coach, or filled from a pattern of the playbook. Only what stands there is
taken, only where nothing stands yet, and who said it is kept. Behaviours stay blank until the counterpart was asked.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from assistant.pilots.amounts import UnclearNumberError
from assistant.pilots.edit import edited
from assistant.pilots.measures import Measures
from assistant.pilots.model import Pilot, Said
from assistant.pilots.sentences import read_sentence
from knowledge.cards import Card, Section

_RHYTHMS = (
    (r"every second week|every two weeks|fortnight|twice a month", 14),
    (r"every week|weekly|once a week", 7),
    (r"once a month|monthly|every month", 28),
)
_MOST = 26


def from_conversation(
    turns: Sequence[str], *, by: str, measures: Measures, today: date, pattern: Card | None = None
) -> Pilot:
    """A pilot from what somebody said to the coach, oldest first; each sentence of theirs is kept."""
    title = next((" ".join(turn.split()) for turn in turns if turn.strip()), "A pilot")
    pilot = Pilot(title=title if len(title) <= 80 else f"{title[:79].rsplit(' ', 1)[0]}…")
    for turn in turns:
        words = turn.strip()
        if not words:
            continue
        said = Said(field="conversation", words=words[:4_000], by=by, on=today)
        pilot = pilot.model_copy(update={"said": (*pilot.said, said)})
        try:
            found = read_sentence(words, measures=measures, today=today, metric=pilot.outcome.metric)
        except UnclearNumberError:
            continue
        pilot = edited(pilot, found.changes)
    return pilot if pattern is None else from_pattern(pilot, pattern, measures=measures, today=today)


def from_pattern(pilot: Pilot, card: Card, *, measures: Measures, today: date) -> Pilot:
    """The pilot with what its pattern says where nothing stands yet: metric, stop rule, leaders' part, check-ins."""
    changes: dict[str, object] = {"pattern": card.id}
    said: list[Said] = []

    def take(field: str, value: object, words: str) -> None:
        changes[field] = value
        said.append(Said(field=field, words=words, by=f"Playbook: {card.title}"[:200], on=today))

    metric = next((each for each in map(measures.find, card.about.metrics) if each), None)
    if metric and not pilot.outcome.metric and not pilot.outcome.what:
        take("outcome.metric", metric.id, metric.title)
        changes |= {
            "outcome.kind": metric.kind,
            "outcome.unit": metric.unit,
            "outcome.direction": metric.direction,
        }
    stop = _lines(card, "Stop rule")
    if stop and not pilot.rules.stop:
        take("rules.stop", stop[0], stop[0])
    part = [
        line
        for line in _lines(card, "Their part")
        if re.search(r"\b(?:every|each|weekly|hour|protects?|asks?)\b", line)
    ]
    if part and not pilot.reinforcement:
        take(
            "reinforcement", [{"what": line, "owner": pilot.sponsor} for line in part[:2]], " ".join(part[:2])
        )
    rhythm = " ".join(_lines(card, "Cadence"))
    days = _days(pilot, rhythm)
    if days and not pilot.checkpoints:
        take("checkpoints", days, rhythm)
    filled = edited(pilot, changes)
    return filled.model_copy(update={"said": (*filled.said, *said)})


def _lines(card: Card, heading: str) -> list[str]:
    section: Section | None = next((each for each in card.sections if each.heading == heading), None)
    if section is None:
        return []
    return [each.text for each in section.sentences]


def _days(pilot: Pilot, rhythm: str) -> list[date]:
    start, by = pilot.start, pilot.outcome.by
    every = next((days for pattern, days in _RHYTHMS if re.search(pattern, rhythm, re.IGNORECASE)), None)
    if start is None or by is None or every is None or by <= start:
        return []
    count = min(_MOST, (by - start).days // every)
    return [start + timedelta(days=every * n) for n in range(1, count + 1)]
