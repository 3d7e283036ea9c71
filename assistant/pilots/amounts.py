"""Numbers as people write them: 20%, 0.2, 1,200, $12k, 90 days. What can be read in two ways is asked, not guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.errors import InputRefusedError

Unit = Literal["percent", "days", "currency", "ratio", "count"]

_SYMBOLS = {"$": "$", "€": "€", "£": "£", "¥": "¥", "usd": "$", "eur": "€", "gbp": "£", "chf": "CHF"}
_SCALES = {"": 1.0, "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_DAYS = {"day": 1.0, "d": 1.0, "week": 7.0, "wk": 7.0, "month": 30.4, "quarter": 91.0, "year": 365.0}
_NUMBER = re.compile(
    r"^(?P<sign>[-−–]?)\s*(?P<money>[$€£¥]|usd|eur|gbp|chf)?\s*(?P<minus>[-−–]?)(?P<digits>\d[\d.,'’\s]*|\.\d+)\s*"
    r"(?P<scale>k|m|mn|bn|thousand|million|billion)?\s*"
    r"(?P<tail>%|percent|per cent|pct|points?|pts?|[$€£¥]|usd|eur|gbp|chf|"
    r"(?:day|d|week|wk|month|quarter|year)s?|x)?$",
    re.IGNORECASE,
)


class UnclearNumberError(InputRefusedError):
    """A number that can be read in two ways, or in none."""


@dataclass(frozen=True, slots=True)
class Written:
    """One number as it was written. `percent` says whether a percent sign stood there; `days` are counted out."""

    value: float
    text: str
    percent: bool = False
    money: str | None = None
    days: bool = False


def read_number(text: str) -> Written:
    """The number in `text`. Raises `UnclearNumberError` for words, and for 1.200, which may be 1200 or 1.2."""
    shown = " ".join(str(text).split())
    match = _NUMBER.match(shown.replace("\u202f", " "))
    if match is None:
        raise UnclearNumberError(
            f"“{shown[:40]}” is no number", next_step="Write it in digits, such as 20% or 1,200"
        )
    value = _value(match["digits"], shown) * _SCALES[(match["scale"] or "").lower()]
    if match["sign"] or match["minus"]:
        value = -value
    tail = (match["tail"] or "").lower()
    money = _SYMBOLS.get((match["money"] or tail).lower())
    span = _DAYS.get(tail) or _DAYS.get(tail.removesuffix("s"))
    percent = tail in {"%", "percent", "per cent", "pct", "point", "points", "pt", "pts"}
    return Written(value * (span or 1.0), shown, percent, money, span is not None)


def read_all(written: Mapping[str, str], *, unit: Unit | None) -> dict[str, float]:
    """Several numbers of one metric, in its unit: percent is counted to 100, time in days.

    They are read together, since 0.2 beside 0.25 is 20%, and 0.2 beside 25 could be either. Raises
    `UnclearNumberError` naming the one that is unclear.
    """
    numbers = {name: read_number(text) for name, text in written.items() if text is not None}
    if unit != "percent":
        for name, number in numbers.items():
            if number.percent and unit is not None:
                raise UnclearNumberError(
                    f"{name}: “{number.text}” is a percentage, and this metric is counted in {_UNITS[unit]}",
                    next_step="Write it in that unit, or name another metric",
                )
        return {name: number.value for name, number in numbers.items()}
    return _percentages(numbers)


def read_count(text: str, name: str, *, least: int = 0) -> int:
    """A whole number of things. Raises `UnclearNumberError` for a fraction, or fewer than `least`."""
    number = read_number(text)
    if number.value != int(number.value) or number.percent or number.value < least:
        raise UnclearNumberError(
            f"{name}: “{number.text}” is no count", next_step=f"Give a whole number of at least {least}"
        )
    return int(number.value)


_UNITS: Mapping[Unit, str] = {
    "percent": "percent", "days": "days", "currency": "money", "ratio": "times", "count": "whole things",
}  # fmt: skip


def show(value: float | None, unit: Unit | None, money: str | None = None) -> str:
    """A number in its unit, as an executive reads it: 23%, 94 days, $12,400, 3.2."""
    if value is None:
        return "not known"
    short = f"{value:,.0f}" if abs(value) >= 100 or value == round(value) else f"{value:,.1f}"
    if unit == "percent":
        return f"{short}%"
    if unit == "days":
        return f"{short} days" if short != "1" else "1 day"
    return f"{money or '$'}{short}" if unit == "currency" else short


def show_change(value: float, unit: Unit | None, money: str | None = None) -> str:
    """A difference in its unit: 12 points, 20 days, $2,000."""
    if unit == "percent":
        short = f"{abs(value):.0f}" if abs(value) >= 10 or value == round(value) else f"{abs(value):.1f}"
        return f"{short} points" if short != "1" else "1 point"
    return show(abs(value), unit, money)


def write(value: float, unit: Unit | None) -> str | float:
    """A number as a file keeps it, so that it is read again as the same one."""
    if unit == "percent":
        return f"{value!r}%".replace(".0%", "%")
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def _percentages(numbers: Mapping[str, Written]) -> dict[str, float]:
    bare = {name: n for name, n in numbers.items() if not n.percent}
    fractions = {name: n for name, n in bare.items() if 0 < abs(n.value) < 1 or n.text in {"1.0", "1.00"}}
    others = [n for name, n in numbers.items() if name not in fractions and n.value != 0]
    all_of_it = all(n.value == 1 and not n.percent for n in others)
    if fractions and not all_of_it:
        name, number = next(iter(fractions.items()))
        raise UnclearNumberError(
            f"{name}: “{number.text}” beside “{others[0].text}” could be {number.value:g}% or {number.value:.0%}",
            next_step="Write both with a percent sign",
        )
    scale = 100.0 if fractions else 1.0
    return {name: n.value * (1.0 if n.percent else scale) for name, n in numbers.items()}


def _value(digits: str, shown: str) -> float:
    text = re.sub(r"['’\s]", "", digits)
    comma, dot = text.rfind(","), text.rfind(".")
    if comma >= 0 and dot >= 0:
        group, point = (",", ".") if dot > comma else (".", ",")
        text = text.replace(group, "").replace(point, ".")
    elif re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", text) or re.fullmatch(r"[1-9]\d{0,2}(\.\d{3}){2,}", text):
        text = text.replace(",", "").replace(".", "")
    elif re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
        raise UnclearNumberError(
            f"“{shown}” could be {int(text.replace('.', '')):,} or {float(text)!r}",
            next_step=f"Write {text.replace('.', '')} or {float(text)!r}0",
        )
    else:
        text = text.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        raise UnclearNumberError(
            f"“{shown[:40]}” is no number", next_step="Write it in digits, such as 1,200"
        ) from None
