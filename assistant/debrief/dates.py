"""Days as people name them after a meeting: by Friday, end of next week, the 3rd, in two weeks.

A weekday is the next such day after the one it was written on, "next Friday" the Friday of the following week, the end
of a week its Friday, "the 3rd" the next 3rd, a day and month without a year the next such day. What is no one day
("soon", "Q2", "before the offsite") has words and no day, and a number that reads two ways (4/5) is never guessed.

Own code: dateparser 1.5, parsedatetime 2.6, recurrent 0.4 and timefhuman 0.1 were tried on 26 such phrases and each read
several of them as another day without a word ("next Friday" as this one, "by the 3rd" as the 11th of next year).
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.errors import InputRefusedError

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
_WEEKDAYS = {name: at for at, name in enumerate(_DAYS)} | _SHORT_DAYS
_MONTHS = {name.lower(): at for at, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: at for name, at in _MONTHS.items()} | {"sept": 9}
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "a couple of": 2, "couple of": 2,
}  # fmt: skip
_ORDINALS = {
    name: at
    for at, name in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), start=1
    )
} | {"twelfth": 12, "eleventh": 11, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
     "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "thirty-first": 31} | {
    f"twenty{between}{name}": 20 + at
    for between in "- "
    for at, name in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"), start=1
    )
}  # fmt: skip
_ORDINAL_WORDS = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_WD = rf"(?:{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})"
_MON = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_ORD = r"(?:st|nd|rd|th)"
_N = rf"(?:\d{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
_LEAD = re.compile(
    r"(?:(?:by|before|until|till|til|no later than|not later than|latest|on|due|for|from|within|in time for|come)\s+)"
    r"(?:at\s+the\s+latest\s+)?(?:(?:close|end|cob|eod)(?:\s+of\s+(?:play|business|day))?\s+(?:on\s+)?)?(?:the\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A day that a text names: where, in which words, with what leads to it ("by Friday"), and which day it is."""

    start: int
    end: int
    words: str
    day: date | None


Reader = Callable[[re.Match[str], date], date | None]


def named_days(text: str, *, today: date) -> list[Named]:
    """Every day or time that the text names, in order; the longest reading of each place."""
    found: list[tuple[int, int, date | None]] = []
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(text):
            try:
                day = read(match, today)
            except (ValueError, OverflowError):
                continue
            found.append((match.start(), match.end(), day))
    named: list[Named] = []
    for start, end, day in sorted(found, key=lambda each: (each[0], -each[1], each[2] is None)):
        if named and start < named[-1].end:
            continue
        if re.match(r"['’]s\b", text[end:]) and not re.search(r"\b(?:at|in|during)\s+$", text[:start], re.I):
            continue  # "Thursday's desk" says which desk, "at Thursday's stand-up" when
        if _describes(text, start, end) or _is_we_would(text, start, end):
            continue
        lead = _LEAD.search(text[:start])
        begin = lead.start() if lead else start
        begin = max(begin, named[-1].end if named else 0)
        named.append(Named(begin, end, text[begin:end], day))
    return named


def _describes(text: str, start: int, end: int) -> bool:
    """Whether a weekday only says which one is meant: "about the Monday slot", but not "at his Thursday meeting"."""
    if not re.fullmatch(rf"(?:the\s+)?{_WD}", text[start:end], re.IGNORECASE):
        return False
    thing = re.match(
        r"\s+(?:\w+\s+)?(?:slot|call|meeting|stand-?up|huddle|review|session|pipeline|forecast|deal desk|one-to-ones?)\b",
        text[end:],
        re.I,
    )
    owner = re.search(
        r"\b(?P<where>\w+)?\s+(?:the|his|her|our|my|their|your|a|that)\s+$", f" {text[:start]}", re.IGNORECASE
    )
    led = text[start:end].lower().startswith("the ")
    if (
        thing is None
        or (owner is None and not led)
        or (led and re.search(r"\b(?:at|in|on)\s+$", text[:start], re.I))
    ):
        return False
    return not owner or (owner["where"] or "").lower() not in ("at", "in", "on", "during", "before")


def _is_we_would(text: str, start: int, end: int) -> bool:
    """Whether "wed" is "we'd" that somebody typed in a hurry: "we said wed both count"."""
    return (
        text[start:end] == "wed"
        and re.search(r"\b(?:said|agreed|that|and|so|decided)\s+$", text[:start]) is not None
    )


def _weekday(match: re.Match[str], today: date) -> date:
    """The next one; "next" names the week after this, and "week" or "after next" a week more."""
    at = _WEEKDAYS[match["day"].lower()]
    which, tail = (match["which"] or "").lower(), (match["tail"] or "").lower()
    coming = today + timedelta(days=(at - today.weekday() - 1) % 7 + 1)
    of_next = _monday(today) + timedelta(days=7 + at)
    if "after next" in tail:
        return of_next + timedelta(days=7) if which or coming == of_next else of_next
    if re.search(r"next week", tail) or which.startswith("next"):
        return of_next
    if tail.strip() in ("week", "a week") or which.startswith(("a week", "week")):
        return coming + timedelta(days=7)
    return coming


def _weekday_dated(match: re.Match[str], today: date) -> date:
    if match["month"]:
        return _next_date(int(match["number"]), _MONTHS[match["month"].lower()], today)
    return _next_day_of_month(int(match["number"]), today)


def _end_of_week(match: re.Match[str], today: date) -> date:
    friday = _monday(today) + timedelta(days=4)
    if match["next"]:
        return friday + timedelta(days=7)
    return friday if friday >= today else friday + timedelta(days=7)


def _end_of_month(match: re.Match[str], today: date) -> date:
    year, month = today.year, today.month
    if match["next"]:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return _last(year, month)


def _end_of_named_month(match: re.Match[str], today: date) -> date:
    month = _MONTHS[match["month"].lower()]
    year = int(match["year"]) if match["year"] else today.year + (month < today.month)
    return _last(year, month)


def _day_of_month(match: re.Match[str], today: date) -> date:
    number = match["number"] or str(_ORDINALS[match["ordinal"].lower()])
    return _next_day_of_month(int(number), today)


def _day_and_month(match: re.Match[str], today: date) -> date:
    month = _MONTHS[match["month"].lower()]
    number = int(match["number"]) if match["number"] else _ORDINALS[match["ordinal"].lower()]
    if match["year"]:
        return date(int(match["year"]), month, number)
    return _next_date(number, month, today)


def _iso(match: re.Match[str], _today: date) -> date:
    return date(*(int(part) for part in match.groups()))


def _numbers(match: re.Match[str], today: date) -> date | None:
    """Day and month where only one order is possible, or the full stops of a European date."""
    one, two = int(match["one"]), int(match["two"])
    if match["sign"] == "/" and one <= 12 and two <= 12 and one != two:
        return None
    day, month = (two, one) if two > 12 else (one, two)
    if match["year"]:
        year = int(match["year"])
        return date(year + 2000 if year < 100 else year, month, day)
    return _next_date(day, month, today)


def _span(match: re.Match[str], today: date) -> date:
    return _after(today, match["count"], match["unit"])


def _after(today: date, count: str, unit: str) -> date:
    key = count.lower()
    number = int(key) if key.isdigit() else _COUNTS[key]
    if unit.lower().startswith("month"):
        month = today.month - 1 + number
        year, month = today.year + month // 12, month % 12 + 1
        return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    return today + timedelta(days=number * {"d": 1, "w": 7, "f": 14}[unit[0].lower()])


def _in_days(days: int) -> Reader:
    return lambda _match, today: today + timedelta(days=days)


def _no_day(_match: re.Match[str], _today: date) -> None:
    return None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _next_day_of_month(number: int, today: date) -> date:
    year, month = today.year, today.month
    for _ in range(13):
        if number <= calendar.monthrange(year, month)[1] and date(year, month, number) > today:
            return date(year, month, number)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    raise ValueError(number)


def _next_date(number: int, month: int, today: date) -> date:
    """The next such day; one that was a few days ago is last week's, and no day to come."""
    for year in range(today.year, today.year + 5):
        if number <= calendar.monthrange(year, month)[1] and date(year, month, number) >= today:
            return date(year, month, number)
    raise ValueError(number)


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _compiled(pattern: str, read: Reader) -> tuple[re.Pattern[str], Reader]:
    return re.compile(rf"(?<![\w/-]){pattern}(?![\w/]|-\d)", re.IGNORECASE), read


_PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    _compiled(r"(\d{4})-(\d\d?)-(\d\d?)", _iso),
    _compiled(r"(?P<one>\d{1,2})(?P<sign>[./])(?P<two>\d{1,2})(?:[./](?P<year>\d{4}|\d\d))?", _numbers),
    _compiled(
        rf"(?:the\s+)?(?:(?P<number>\d{{1,2}}){_ORD}?|(?P<ordinal>{_ORDINAL_WORDS}))\s+(?:of\s+)?(?P<month>{_MON})\b\.?(?:,?\s+(?P<year>20\d\d))?",
        _day_and_month,
    ),
    _compiled(
        rf"(?P<month>{_MON})\.?\s+(?:the\s+)?(?:(?P<number>\d{{1,2}}){_ORD}?|(?P<ordinal>{_ORDINAL_WORDS}))(?:,?\s+(?P<year>20\d\d))?",
        _day_and_month,
    ),
    _compiled(rf"{_WD}\.?,?\s+(?:the\s+)?(?P<number>\d{{1,2}}){_ORD}?(?:\s+(?:of\s+)?(?P<month>{_MON}))?", _weekday_dated),
    _compiled(
        rf"(?P<which>next\s+week\s+(?:on\s+)?|next\s+|this\s+(?:coming\s+)?|coming\s+|a\s+week\s+(?:on|from)\s+|week\s+on\s+|the\s+)?(?P<day>{_WD})s?(?<!days)\.?"
        r"(?P<tail>\s+(?:of\s+)?next\s+week|\s+after\s+next|\s+a\s+week|\s+week\b(?!\s*(?:end|ly|s)))?",
        _weekday,
    ),
    _compiled(rf"the\s+(?P<number>\d{{1,2}}){_ORD}(?P<ordinal>)", _day_of_month),
    _compiled(rf"(?<=\b(?:on|by) )the\s+(?P<ordinal>{_ORDINAL_WORDS})(?P<number>)(?!\s+[a-z])", _day_of_month),
    _compiled(rf"(?<=by )(?P<number>\d{{1,2}}){_ORD}(?P<ordinal>)", _day_of_month),
    _compiled(r"(?:the\s+)?(?:end|close)\s+of\s+(?:the\s+|this\s+)?(?P<next>next\s+)?week", _end_of_week),
    _compiled(r"(?:eow|week['’]?s\s+end)(?P<next>)", _end_of_week),
    _compiled(r"(?:(?:over|at|by)\s+)?(?:the\s+|this\s+|next\s+)?weekend", _no_day),
    _compiled(
        r"(?:the\s+)?(?:end|last\s+day|close)\s+of\s+(?:the\s+|this\s+)?(?P<next>next\s+)?month|(?:the\s+)?month[\s-]*end(?:ing)?|month's\s+end|eom",
        _end_of_month,
    ),
    _compiled(rf"(?:the\s+)?(?:end|last\s+day)\s+of\s+(?P<month>{_MON})(?:\s+(?P<year>20\d\d))?", _end_of_named_month),
    _compiled(rf"end\s+(?P<month>{_MON})(?P<year>)", _end_of_named_month),
    _compiled(r"the\s+day\s+after\s+tomorrow", _in_days(2)),
    _compiled(r"tomorrow(?:\s+(?:morning|afternoon|evening|night|lunchtime|noon))?|tmrw|tmr|tomoz", _in_days(1)),
    _compiled(r"today|tonight|this\s+(?:afternoon|evening|morning)|(?:by\s+)?eod|end\s+of\s+(?:the\s+)?day", _in_days(0)),
    _compiled(rf"(?:in|within)\s+(?P<count>{_N})\s+(?P<unit>days?|weeks?|months?|fortnights?)(?:\s+time|'\s*time)?", _span),
    _compiled(rf"(?P<count>{_N})\s+(?P<unit>days?|weeks?|months?|fortnights?)\s+(?:from\s+(?:now|today)|today)", _span),
    _compiled(r"(?:early|late|mid|middle\s+of|start\s+of|beginning\s+of|sometime|some\s+time|later)?\s*(?:in\s+)?(?:next|this)\s+(?:week|month|quarter|year)", _no_day),
    _compiled(rf"(?:early|late|mid|middle\s+of|start\s+of|beginning\s+of|sometime\s+in)[\s-]+(?:{_MON}|q[1-4]|(?:the|this|next)\s+(?:week|month|quarter|year))", _no_day),
    _compiled(r"(?:(?:the\s+)?end\s+of\s+)?(?:q[1-4]|(?:the|this|next)\s+(?:quarter|year|half)|year[\s-]end|quarter[\s-]end)(?:\s+20\d\d)?", _no_day),
    _compiled(rf"(?:once|twice)\s+a\s+(?:day|week|month|fortnight)|(?:each|every)\s+(?:second\s+|other\s+|single\s+)?(?:{_WD}|day|week|month|fortnight|quarter)|weekly|monthly|fortnightly|{'|'.join(f'{d}s' for d in _DAYS)}", _no_day),
    _compiled(r"soon|asap|as\s+soon\s+as\s+(?:he|she|they|i|we)\s+can|at\s+some\s+point|one\s+day|some\s+day|when\s+(?:he|she|they|i)\s+(?:gets?|finds?|has|have)\s+(?:a\s+|the\s+|some\s+)?(?:minute|moment|chance|time|round\s+to\s+it)|shortly|in\s+due\s+course", _no_day),
    _compiled(rf"(?<=by )(?:{_MON})(?:\s+20\d\d)?", _no_day),
    _compiled(r"(?<=before )(?:the\s+|our\s+|my\s+|his\s+|her\s+|their\s+|we\s+|i\s+)?(?!then\b|he\b|she\b|they\b)\w+(?:['’]s)?(?:\s+(?:kick-?off|meeting|call|review|day|holiday|break|half|session|offsite|close))?", _no_day),
    _compiled(r"(?<=by )(?:easter|christmas|xmas|new\s+year|thanksgiving|summer|spring|autumn|the\s+(?:qbr|sko|offsite|off-site|kick-?off|board(?:\s+meeting)?))", _no_day),
)  # fmt: skip


def day_of(words: str, *, today: date) -> date:
    """The one day that somebody typed. Raises `InputRefusedError` for none, or for what reads two ways."""
    shown = " ".join(words.split())
    days = [named.day for named in named_days(shown, today=today) if named.day is not None]
    if len(days) != 1:
        raise InputRefusedError(
            f"“{shown[:40]}” is no one day", next_step="Write it as 2026-03-13, Friday or end of the month"
        )
    return days[0]
