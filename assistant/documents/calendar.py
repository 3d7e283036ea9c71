"""Check-ins and promises as an .ics file that any calendar takes in; taking it in again moves what was moved."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from assistant.errors import InputRefusedError
from assistant.pilots.model import Pilot
from assistant.pilots.state import checkpoints
from prompts import phrase

MEDIA_TYPE = "text/calendar"


def reminders_ics(pilot: Pilot, *, pilot_id: str, today: date) -> bytes:
    """One all-day entry for each check-in from today on, and one for the decision; each reminds in the morning.

    Raises `InputRefusedError` where nothing lies ahead.
    """
    from icalendar import Calendar, Event

    ahead = [day for day in checkpoints(pilot) if day >= today]
    by = pilot.outcome.by
    if not ahead and (by is None or by < today):
        raise InputRefusedError(
            "No check-in lies ahead",
            kept="Nothing was written",
            next_step="Give the pilot a start and an end, or checkpoints",
        )
    calendar = Calendar()
    calendar.add("prodid", "-//Counterpart//Pilots//EN")
    calendar.add("version", "2.0")
    entries = [(day, "check-in") for day in ahead] + ([(by, "decision")] if by and by >= today else [])
    for day, name in entries:
        event = Event()
        event.add("uid", f"{pilot_id}-{name}-{day.isoformat()}@counterpart")
        event.add("dtstamp", datetime.now(UTC))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", phrase("pilots/report", f"calendar-{name}", title=pilot.title))
        event.add("description", phrase("pilots/report", f"calendar-{name}-about", id=pilot_id))
        event.add_component(_alarm(pilot.title))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def promises_ics(promises: Sequence[tuple[str, date, str]]) -> bytes:
    """One all-day entry for each promise (id, day, title). Raises `InputRefusedError` where none has a day."""
    from icalendar import Calendar, Event

    if not promises:
        raise InputRefusedError(
            "No open promise has a day",
            kept="Nothing was written",
            next_step="“counterpart promises moved ID --to DATE” gives one a day",
        )
    calendar = Calendar()
    calendar.add("prodid", "-//Counterpart//Promises//EN")
    calendar.add("version", "2.0")
    for promise_id, day, title in promises:
        event = Event()
        event.add("uid", f"{promise_id}@counterpart")
        event.add("dtstamp", datetime.now(UTC))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", title)
        event.add_component(_alarm(title))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _alarm(title: str) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(hours=9))  # an all-day entry begins at midnight
    return alarm
