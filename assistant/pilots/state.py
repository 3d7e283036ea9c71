"""Where a pilot stands: its stage, the check-ins that are due, late or missing, and what comes next."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from assistant.pilots.checks import check
from assistant.pilots.days import show_date
from assistant.pilots.measures import Measures
from assistant.pilots.model import CheckIn, Pilot
from assistant.pilots.scope import statement
from knowledge.cards import Card
from prompts import phrase

Stage = Literal["brief", "scope", "running", "decide", "decided"]
GRACE_DAYS = 2
_EVERY_DAYS, _MOST = 14, 26


@dataclass(frozen=True, slots=True)
class Slot:
    """One day on which a check-in is due, and what became of it."""

    due: date
    state: Literal["done", "late", "missing", "due", "ahead"]
    check_in: CheckIn | None = None


def stage(pilot: Pilot, *, today: date) -> Stage:
    """The chapter of its story that a pilot is in."""
    if pilot.decision is not None:
        return "decided"
    ended = pilot.outcome.by is not None and pilot.outcome.by < today
    if pilot.check_ins:
        return "decide" if ended else "running"
    named = bool((pilot.outcome.metric or pilot.outcome.what) and pilot.group.name and pilot.outcome.by)
    both = pilot.approvals.sponsor is not None and pilot.approvals.learning_owner is not None
    if named and both and pilot.start is not None and pilot.start <= today:
        return "running"
    return "scope" if named else "brief"


def checkpoints(pilot: Pilot) -> tuple[date, ...]:
    """The days on which check-ins are due: as agreed, otherwise every two weeks from the start to the end."""
    if pilot.checkpoints:
        return tuple(sorted(pilot.checkpoints))
    start, by = pilot.start, pilot.outcome.by
    if start is None or by is None or by <= start:
        return ()
    days = [start + timedelta(days=_EVERY_DAYS * n) for n in range(1, _MOST + 1)]
    return tuple([day for day in days if day < by - timedelta(days=_EVERY_DAYS // 2)] + [by])


def slots(pilot: Pilot, *, today: date) -> list[Slot]:
    """Every check-in that is due, with the one that was made for it; a check-in belongs to one day at most."""
    days = checkpoints(pilot)
    taken: dict[date, CheckIn] = {}
    for each in sorted(pilot.check_ins, key=lambda c: c.on):
        due = each.due if each.due in days else None
        if due is None:
            open_days = [day for day in days if day not in taken and day <= each.on + timedelta(days=4)]
            due = open_days[-1] if open_days else None
        if due is not None and due not in taken:
            taken[due] = each
    return [_slot(day, taken.get(day), today) for day in days]


def _slot(day: date, found: CheckIn | None, today: date) -> Slot:
    grace = timedelta(days=GRACE_DAYS)
    if found is not None:
        return Slot(day, "late" if found.on > day + grace else "done", found)
    return Slot(day, "missing" if today > day + grace else "due" if today >= day - grace else "ahead")


def next_step(  # noqa: PLR0911  # one return for each chapter
    pilot: Pilot, *, measures: Measures, today: date, pattern: Card | None = None
) -> str:
    """What comes next, in one line."""
    at = stage(pilot, today=today)
    if at == "decided":
        assert pilot.decision is not None  # noqa: S101  # that is what decided means
        return phrase(
            "pilots", "next-decided", choice=pilot.decision.choice, day=show_date(pilot.decision.on)
        )
    if at == "brief":
        return phrase("pilots", "next-brief")
    if at == "scope":
        problems = check(pilot, measures=measures, today=today, pattern=pattern)
        if problems:
            return phrase(
                "pilots", "next-mend" if len(problems) > 1 else "next-mend-one", count=str(len(problems))
            )
        return phrase("pilots", "next-approve")
    if at == "decide":
        return phrase("pilots", "next-decide")
    missing = [slot for slot in slots(pilot, today=today) if slot.state in {"missing", "due"}]
    if missing:
        return phrase("pilots", f"next-{missing[-1].state}", day=show_date(missing[-1].due))
    ahead = next((slot.due for slot in slots(pilot, today=today) if slot.state == "ahead"), None)
    return (
        phrase("pilots", "next-check-in", day=show_date(ahead)) if ahead else phrase("pilots", "next-decide")
    )


def at_a_glance(pilot: Pilot, *, measures: Measures, today: date) -> dict[str, Any]:
    """What a list shows of it."""
    found = slots(pilot, today=today)
    return {
        "title": pilot.title,
        "state": stage(pilot, today=today),
        "statement": statement(pilot, measures),
        "next": next_step(pilot, measures=measures, today=today),
        "check_ins": len(pilot.check_ins),
        "missing": [slot.due.isoformat() for slot in found if slot.state == "missing"],
        "late": [slot.due.isoformat() for slot in found if slot.state == "late"],
    }
