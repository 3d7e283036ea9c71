"""Checks of the days: in order, ahead of us, and not where nobody is at work."""

from collections.abc import Iterator
from datetime import date, timedelta

from assistant.pilots.checks import Check, Looked, Problem, say, working_day
from assistant.pilots.days import show_date


def _past(looked: Looked) -> Iterator[Problem]:
    pilot, today = looked.pilot, looked.today
    agreed = pilot.approvals.sponsor is not None and pilot.approvals.learning_owner is not None
    if pilot.decision is not None or pilot.check_ins or agreed:
        return
    moved = working_day(today + timedelta(days=7))
    by = pilot.outcome.by
    if pilot.start is not None and pilot.start < today:
        value = moved
        yield Problem("date-past", "start", "sv-2", say("date-past", what="The start", day=show_date(pilot.start)),
                      say("date-past.fix", value=show_date(value)), {"start": value})  # fmt: skip
    if by is not None and by < today:
        length = max(42, (by - pilot.start).days if pilot.start else 42)
        value = working_day(moved + timedelta(days=length))
        yield Problem("date-past", "outcome.by", "sv-2", say("date-past", what="The end", day=show_date(by)),
                      say("date-past.fix", value=show_date(value)), {"outcome.by": value})  # fmt: skip


def _order(looked: Looked) -> Iterator[Problem]:
    pilot, by = looked.pilot, looked.pilot.outcome.by
    if pilot.start is not None and by is not None and by <= pilot.start:
        yield Problem("end-before-start", "outcome.by", "sv-2",
                      say("end-before-start", by=show_date(by), start=show_date(pilot.start)), say("end-before-start.fix"),
                      {"start": by, "outcome.by": pilot.start} if by < pilot.start
                      else {"outcome.by": working_day(by + timedelta(days=42))})  # fmt: skip
        return
    for day in pilot.checkpoints:
        if (pilot.start is not None and day < pilot.start) or (by is not None and day > by):
            rest = [each for each in pilot.checkpoints if each != day]
            yield Problem("dates-out-of-order", "checkpoints", "sv-2",
                          say("dates-out-of-order", what="A check-in", day=show_date(day)),
                          say("dates-out-of-order.fix"), {"checkpoints": rest})  # fmt: skip


def _holidays(looked: Looked) -> Iterator[Problem]:
    pilot, by = looked.pilot, looked.pilot.outcome.by
    if pilot.decision is not None:
        return
    days = [("The start", "start", pilot.start), ("The end", "outcome.by", by)]
    days += [("A check-in", f"checkpoints[{n}]", day) for n, day in enumerate(pilot.checkpoints, start=1)]
    for what, place, day in days:
        if day is None or day < looked.today:
            continue
        name = holiday(day)
        if name is not None:
            value = day
            while holiday(value) is not None or value.weekday() >= 5:
                value += timedelta(days=1)
            yield Problem("over-holidays", place, "sv-2", say("over-holidays", what=what, day=show_date(day), holiday=name),
                          say("over-holidays.fix", value=show_date(value)), {place: value})  # fmt: skip
    yield from _year_end(looked)


def _year_end(looked: Looked) -> Iterator[Problem]:
    start, by = looked.pilot.start, looked.pilot.outcome.by
    if start is None or by is None or by <= start or (by - start).days > 3_660:
        return
    days = (by - start).days
    lost = sum(_is_year_end(start + timedelta(days=n)) for n in range(days + 1))
    if lost * 5 > days:
        value = working_day(by + timedelta(days=14))
        yield Problem("over-year-end", "outcome.by", "sv-2", say("over-year-end", days=str(days), lost=str(lost)),
                      say("over-year-end.fix", value=show_date(value)), {"outcome.by": value})  # fmt: skip


def holiday(day: date) -> str | None:
    """What keeps people away on this day: the days around the new year; public holidays are not known here."""
    if _is_year_end(day):
        return "the days around the new year"
    return None


def _is_year_end(day: date) -> bool:
    return (day.month == 12 and day.day >= 22) or (day.month == 1 and day.day <= 2)


CHECKS: tuple[Check, ...] = (_past, _order, _holidays)
