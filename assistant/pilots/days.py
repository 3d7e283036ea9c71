"""Dates as people write them: 31 March, end of Q2, in eight weeks. What can be read in two ways is asked."""

import calendar
import re
from datetime import date, timedelta

from assistant.errors import InputRefusedError

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ORDINAL = r"(?:st|nd|rd|th)?"
_WORDS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12,
}  # fmt: skip
_LEAD_IN = re.compile(
    r"^(?:by|on|until|till|before|no later than|the|around|about|at|latest|due)\s+(?:the\s+)?"
)


class UnclearDateError(InputRefusedError):
    """A date that can be read in two ways, or in none."""


def read_date(text: str, *, today: date) -> date:
    """The day that `text` names; without a year the next one from `today` on. Raises `UnclearDateError`."""
    shown = " ".join(str(text).split())
    plain = shown.lower().strip(" .,;:!")
    while (shorter := _LEAD_IN.sub("", plain)) != plain:
        plain = shorter
    for reader in (_iso, _numbers, _day_of_month, _month, _quarter, _year, _span):
        try:
            found = reader(plain, today)
        except (ValueError, OverflowError):
            break
        if found is not None:
            return found
    raise UnclearDateError(f"“{shown[:40]}” is no date", next_step="Write it as 2027-03-31 or 31 March 2027")


def show_date(day: date | None) -> str:
    """A day as people read it: 31 March 2027."""
    return "not known" if day is None else f"{day.day} {day:%B %Y}"


def find_date(text: str, *, today: date) -> date | None:
    """The first date named inside a sentence; None where there is none that is clear."""
    pattern = (
        rf"\d{{4}}-\d\d?-\d\d?|\d{{1,2}}{_ORDINAL}\s+(?:of\s+)?(?:{_MONTH})\.?(?:,?\s+\d{{4}})?|(?:{_MONTH})\.?\s+\d{{1,2}}{_ORDINAL}\b(?:,?\s+\d{{4}})?|"
        rf"(?:end of|mid)[ -](?:{_MONTH}|q[1-4]|the (?:year|quarter|month)|year|quarter|month)\b(?:\s+\d{{4}})?|q[1-4]\b(?:\s+\d{{4}})?|"
        rf"(?:in|within)\s+(?:\d+|{'|'.join(_WORDS)})\s+(?:day|week|month|quarter)s?|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|"
        rf"(?:by|until|before|in)\s+(?:{_MONTH})\b(?:\s+\d{{4}})?"
    )
    for match in re.finditer(pattern, text, re.IGNORECASE):
        try:
            return read_date(match.group(0), today=today)
        except UnclearDateError:
            continue
    return None


def _iso(text: str, _today: date) -> date | None:
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?", text)
    return date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _numbers(text: str, _today: date) -> date | None:
    match = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})", text)
    if match is None:
        return None
    one, two, year = (int(part) for part in match.groups())
    year += 2000 if year < 100 else 0
    if "." in text or one > 12 or one == two:
        return date(year, two, one)
    if two > 12:
        return date(year, one, two)
    first, second = date(year, two, one), date(year, one, two)
    raise UnclearDateError(
        f"“{text}” could be {show_date(first)} or {show_date(second)}",
        next_step=f"Write {first.isoformat()} or {second.isoformat()}",
    )


def _day_of_month(text: str, today: date) -> date | None:
    match = re.fullmatch(rf"(\d{{1,2}}){_ORDINAL}\s+(?:of\s+)?({_MONTH})\.?,?(?:\s+(\d{{4}}))?", text)
    other = re.fullmatch(rf"({_MONTH})\.?\s+(\d{{1,2}}){_ORDINAL},?(?:\s+(\d{{4}}))?", text)
    if match:
        day, month, year = match.groups()
    elif other:
        month, day, year = other.groups()
    else:
        return None
    if year:
        return date(int(year), _MONTHS[month], int(day))
    found = date(today.year, _MONTHS[month], int(day))
    return found if found >= today else found.replace(year=today.year + 1)


def _month(text: str, today: date) -> date | None:
    match = re.fullmatch(rf"(?:in\s+)?(?:(end of|mid)[ -])?(?:in\s+)?({_MONTH})\.?(?:\s+(\d{{4}}))?", text)
    if match is None:
        return None
    month = _MONTHS[match[2]]
    year = int(match[3]) if match[3] else today.year + (month < today.month)
    return date(year, month, 15) if match[1] == "mid" else _last(year, month)


def _quarter(text: str, today: date) -> date | None:
    match = re.fullmatch(
        r"(?:in\s+)?(?:end of\s+)?(?:q([1-4])|(?:the |this )?(quarter|month))(?:\s+(\d{4}))?(?:'s end)?", text
    )
    if match is None:
        return None
    if match[2] == "month":
        return _last(today.year, today.month)
    number = int(match[1]) if match[1] else (today.month + 2) // 3
    year = int(match[3]) if match[3] else today.year + (number * 3 < today.month)
    return _last(year, number * 3)


def _year(text: str, today: date) -> date | None:
    match = re.fullmatch(r"(?:the\s+)?(?:end of\s+)?(?:the\s+)?(?:year|year[- ]end|(\d{4}))", text)
    return date(int(match[1]) if match[1] else today.year, 12, 31) if match else None


def _span(text: str, today: date) -> date | None:
    match = re.fullmatch(
        rf"(?:in|within)\s+(\d+|{'|'.join(_WORDS)})\s+(day|week|month|quarter)s?(?:\s+time)?", text
    )
    if match is None:
        return None
    count = int(match[1]) if match[1].isdigit() else _WORDS[match[1]]
    return today + timedelta(days=count * {"day": 1, "week": 7, "month": 30, "quarter": 91}[match[2]])


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
