"""What one sentence says about an outcome: the metric, from where to where, for whom, by when."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.pilots.amounts import UnclearNumberError, Written, read_all, read_number
from assistant.pilots.days import find_date
from assistant.pilots.edit import Changes
from assistant.pilots.measures import Measure, Measures

_AMOUNT = (
    r"[$€£]?\s?\d+(?:[.,'’]\d+)*\s?(?:%|(?:percent|days?|weeks?|months?|quarters?|points?|million|mn|k|m)\b)?"
)
AMOUNT = re.compile(rf"(?<![\w.,])-?{_AMOUNT}", re.IGNORECASE)
_FROM_TO = re.compile(
    rf"(?:\bfrom\s+)?(?P<a>{_AMOUNT})\s*(?:\bto\b|->|→|–|-(?=\s*\d))\s*(?P<b>{_AMOUNT})(?![\d/])", re.I
)
_TO = re.compile(
    rf"\b(?:to|reach(?:es)?|under|below|above|over|at least|hit)\s+(?P<b>{_AMOUNT})(?![\d/])", re.I
)
_AT = re.compile(rf"\b(?:at|is|now|today|currently)\s+(?:only\s+)?(?P<a>{_AMOUNT})(?![\d/])", re.I)
_TEAM = re.compile(
    r"\b(?:for|in|with|of|at|about)\s+(?:the\s+|our\s+|my\s+)?(?P<team>[A-Z][\w&'-]*(?:\s+[A-Z][\w&'-]*)*(?:\s+(?:team|region|pod|class|cohort|office|desk))?|"
    r"(?:[\w-]+\s+){1,2}(?:team|region|pod|class|cohort|office|desk))\b"
)
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Q[1-4])(?:\s+\d{4})?"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What was found, as changes of a pilot; `measure` is the library's metric, if one was named."""

    changes: Changes
    measure: Measure | None


def read_sentence(text: str, *, measures: Measures, today: date, metric: str | None = None) -> Sentence:
    """All that a sentence says plainly; nothing is guessed. `metric` is what is known already.

    Raises `UnclearNumberError` for numbers that can be read in two ways.
    """
    named = measures.within(text)
    measure = named or measures.find(metric)
    changes: dict[str, object] = {}
    if named is not None:
        changes |= {"outcome.metric": named.id, "outcome.kind": named.kind, "outcome.unit": named.unit,
                    "outcome.direction": named.direction}  # fmt: skip
    changes |= _figures(text, measure)
    day = find_date(text, today=today)
    if day is not None:
        changes["outcome.by"] = day
    group = team(text)
    if group:
        changes["group.name"] = group
    return Sentence(changes, measure)


def team(text: str) -> str | None:
    """The one team that is named, in the words it was named in."""
    match = _TEAM.search(text)
    return match["team"] if match and not _MONTH.fullmatch(match["team"]) else None


def _figures(text: str, measure: Measure | None) -> dict[str, object]:
    both = _FROM_TO.search(text)
    to, at = _TO.search(text), _AT.search(text)
    written: dict[str, str] = {}
    if both and _both(both["a"], both["b"]):
        written = {"outcome.baseline": _unit_of(both["a"], both["b"]), "outcome.target": both["b"]}
    else:
        written |= {"outcome.baseline": at["a"]} if at else {}
        written |= {"outcome.target": to["b"]} if to else {}
    if not written or (measure is None and not any(_clear(each) for each in written.values())):
        return {}
    unit = measure.unit if measure else None
    numbers: dict[str, object] = dict(read_all(written, unit=unit))
    money = next((found.money for found in map(_number, written.values()) if found and found.money), None)
    return numbers | ({"outcome.money": money} if money and unit == "currency" else {})


def _both(first: str, second: str) -> bool:
    """Not a span of years or a time of day."""
    return not all(re.fullmatch(r"(?:19|20)\d\d", each.strip()) for each in (first, second))


def _unit_of(first: str, second: str) -> str:
    """ "18 to 25%" means both, "4 to 3 months" too."""
    tail = re.search(r"(%|percent|days?|weeks?|months?|quarters?|k|m|mn)\s*$", second.strip(), re.I)
    bare = re.fullmatch(r"\s*[$€£]?\s?[\d.,]+\s*", first)
    if tail and bare and not (tail[1] in {"k", "m", "mn"} and len(first.strip()) > 4):
        return f"{first.strip()}{'' if tail[1] == '%' else ' '}{tail[1]}"
    return first.strip()


def _clear(text: str) -> bool:
    found = _number(text)
    return found is not None and (found.percent or found.days or found.money is not None)


def _number(text: str) -> Written | None:
    try:
        return read_number(text)
    except UnclearNumberError:
        return None
