"""Times as transcripts write them, in seconds from the start."""

import re

STAMP = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_PARTS = re.compile(r"^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?$")
_CLOCK_FROM = 5 * 3600


def seconds(stamp: str) -> float | None:
    """`55:21` as 3321.0, `1:02:03.5` as 3723.5; None for what is no time."""
    found = _PARTS.match(stamp.strip())
    if found is None:
        return None
    hours, minutes, rest, fraction = found.groups()
    value = int(hours or 0) * 3600 + int(minutes) * 60 + int(rest)
    return value + (int(fraction) / 10 ** len(fraction) if fraction else 0.0)


def of_a_clock(first: float | None) -> bool:
    """Whether times that begin here are the time of day: no meeting's recording begins five hours in."""
    return first is not None and first >= _CLOCK_FROM
