"""One field of a pilot as it is typed: shown as text, read as text, so that page and command line agree."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant.errors import InputRefusedError
from assistant.pilots.amounts import read_all, read_count, read_number, show
from assistant.pilots.days import read_date, show_date
from assistant.pilots.edit import Changes
from assistant.pilots.measures import Measures
from assistant.pilots.model import Pilot

Kind = Literal["text", "area", "amount", "count", "number", "date", "dates", "lines", "parts", "metric"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field as people meet it. `parts` are the names of a line's parts, split at "|" or the last brackets."""

    name: str
    label: str
    kind: Kind = "text"
    help: str = ""
    parts: tuple[str, ...] = ()


CHAPTERS: Mapping[str, tuple[Field, ...]] = {
    "Outcome": (
        Field("outcome.metric", "Metric", "metric", "One of the metrics library, or your own words"),
        Field("outcome.baseline", "Today", "amount", "20%, $12k, 180 days; “unknown” makes it a task"),
        Field("outcome.target", "Target", "amount", "In the same unit"),
        Field("outcome.by", "By", "date", "31 March, end of Q2"),
        Field("outcome.opportunities", "Opportunities until then", "count", "Deals, first meetings, or people"),
        Field("outcome.cycle_days", "Days one sale takes", "count"),
        Field("outcome.source", "Where the number comes from"),
        Field("outcome.owner", "Who reports it"),
    ),
    "Group": (
        Field("group.name", "One team", help="One whose manager wants it"),
        Field("group.size", "People in it", "count"),
        Field("group.why", "Why them"),
        Field("comparison.name", "Comparison team", help="One that goes on as before"),
        Field("comparison.why", "Why it is alike"),
        Field("comparison.none", "No comparison, because"),
    ),
    "People": (
        Field("sponsor", "Sponsor"),
        Field("learning_owner", "Learning owner"),
        Field("manager", "Front-line manager"),
        Field("decision_owner", "Who decides"),
    ),
    "What sellers do": (
        Field("behaviours", "Behaviours", "parts", "One a line: what they do | how one sees it", ("text", "seen")),
        Field("stop_doing", "What they stop doing"),
        Field("why_not_today", "Why they don't today", "area"),
        Field("reinforcement", "Reinforcement", "parts", "One a line: what | who | how often", ("what", "owner", "cadence")),
        Field("leading", "Early signs", "parts", "One a line: name | source | who", ("name", "source", "owner")),
        Field("lagging", "Other numbers", "parts", "One a line: name | source | who", ("name", "source", "owner")),
    ),
    "Dates and rules": (
        Field("start", "Start", "date"),
        Field("checkpoints", "Check-ins", "dates", "One a line; otherwise every two weeks"),
        Field("rules.go", "Go on if"),
        Field("rules.conditional", "Go on with conditions if"),
        Field("rules.stop", "Stop if"),
        Field("rules.stop_on", "Stop: looked at on", "date"),
        Field("rules.stop_at", "Stop: no better than", "amount"),
        Field("no_progress", "What “no progress” looks like", "area"),
        Field("evidence", "Least evidence"),
    ),
    "The rest": (
        Field("problem", "Business problem", "area"),
        Field("why_now", "Why now", "area"),
        Field("payoff", "What it is worth"),
        Field("hypothesis", "Hypothesis", "area"),
        Field("other_causes", "Causes that training cannot mend", "area"),
        Field("tried", "What was tried", "area"),
        Field("constraints", "What must not suffer", "area"),
        Field("hours_per_rep", "Hours it costs each seller", "number"),
        Field("risks", "Risks", "lines", "One a line"),
        Field("story_plan", "Which stories, told by whom"),
        Field("activities", "What learning does", "parts", "Last of all, one a line: what | minutes", ("what", "minutes")),
    ),
}  # fmt: skip
FIELDS: Mapping[str, Field] = {field.name: field for fields in CHAPTERS.values() for field in fields}


def field_of(name: str) -> Field:
    """The field of this name. Raises `InputRefusedError`."""
    found = FIELDS.get(name)
    if found is None:
        raise InputRefusedError(
            f"There is no field {name[:60]}",
            kept="Nothing was changed",
            next_step=f"There are: {', '.join(FIELDS)}",
        )
    return found


def shown(pilot: Pilot, field: Field, measures: Measures) -> str:
    """The field as one would type it again; "unknown" where somebody said so, empty where nobody was asked."""
    value: Any = pilot
    for part in field.name.split("."):
        value = None if value is None else getattr(value, part)
    if value in (None, (), ""):
        return "unknown" if field.name in pilot.unknown else ""
    shower: dict[Kind, Callable[[], str]] = {
        "amount": lambda: show(value, pilot.outcome.unit, pilot.outcome.money),
        "date": lambda: show_date(value),
        "dates": lambda: "\n".join(show_date(day) for day in value),
        "lines": lambda: "\n".join(value),
        "parts": lambda: "\n".join(_line(each, field) for each in value),
        "metric": lambda: measures.find(value).title if measures.find(value) else value,  # type: ignore[union-attr]  # asked before
        "number": lambda: f"{value:g}",
    }
    return shower[field.kind]() if field.kind in shower else str(value)


def typed(pilot: Pilot, field: Field, text: str, *, measures: Measures, today: date) -> Changes:
    """The changes that this text asks for; an empty one empties the field.

    Raises `InputRefusedError` (also as `UnclearNumberError`, `UnclearDateError`) for what is unclear.
    """
    words = text.strip()
    if not words or words.lower() in {"unknown", "?"}:
        rest = tuple(each for each in pilot.unknown if each != field.name)
        return {field.name: None, "unknown": (*rest, field.name) if words else rest}
    reader: dict[Kind, Callable[[], Changes]] = {
        "amount": lambda: _amount(pilot, field, words),
        "count": lambda: {field.name: read_count(words, field.label)},
        "number": lambda: {field.name: read_number(re.sub(r"\s*(?:hours?|hrs?|h)\.?$", "", words)).value},
        "date": lambda: {field.name: read_date(words, today=today)},
        "dates": lambda: {
            field.name: [
                read_date(each, today=today)
                for each in re.split(r"[\n;]+|,\s+(?!\d{4})", words)
                if each.strip()
            ]
        },
        "lines": lambda: {field.name: [each.strip() for each in words.splitlines() if each.strip()]},
        "parts": lambda: {field.name: [_parts(each, field) for each in words.splitlines() if each.strip()]},
        "metric": lambda: _metric(words, measures),
    }
    return reader[field.kind]() if field.kind in reader else {field.name: words}


def _amount(pilot: Pilot, field: Field, words: str) -> Changes:
    name = field.label
    changes: dict[str, Any] = {field.name: read_all({name: words}, unit=pilot.outcome.unit)[name]}
    number = read_number(words)
    if pilot.outcome.unit is None and (number.percent or number.days or number.money):
        kind, unit = (("proportion", "percent") if number.percent else ("time", "days") if number.days
                      else ("mean", "currency"))  # fmt: skip
        changes |= {"outcome.kind": kind, "outcome.unit": unit}
    if number.money:
        changes["outcome.money"] = number.money
    return changes


def _metric(words: str, measures: Measures) -> Changes:
    found = measures.find(words)
    if found is None:
        return {"outcome.metric": words}
    return {
        "outcome.metric": found.id,
        "outcome.kind": found.kind,
        "outcome.unit": found.unit,
        "outcome.direction": found.direction,
    }


def _line(value: Any, field: Field) -> str:
    parts = ["" if (part := getattr(value, name)) is None else str(part) for name in field.parts]
    while parts and not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def _parts(line: str, field: Field) -> dict[str, Any]:
    values = [each.strip() for each in line.split("|")]
    if len(values) > len(field.parts) or not values[0]:
        raise InputRefusedError(
            f"“{line.strip()[:60]}” has not the parts {' | '.join(field.parts)}", kept="Nothing was changed",
            next_step="One a line, its parts set apart by |",
        )  # fmt: skip
    found: dict[str, Any] = {name: value for name, value in zip(field.parts, values, strict=False) if value}
    if "minutes" in found:
        found["minutes"] = read_count(re.sub(r"\s*min(?:ute)?s?\.?$", "", found["minutes"]), "Minutes")
    return found
