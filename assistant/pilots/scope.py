"""What both sign: the outcome in one sentence, and what this pilot's numbers could show."""

from typing import Any

from assistant.pilots.amounts import show, show_change
from assistant.pilots.days import show_date
from assistant.pilots.measures import Measures
from assistant.pilots.model import Pilot
from assistant.pilots.power import Power, power_of


def metric_name(pilot: Pilot, measures: Measures) -> str:
    """The metric as people call it, or what they said they want."""
    found = measures.find(pilot.outcome.metric)
    return found.title.lower() if found else pilot.outcome.metric or pilot.outcome.what or "the outcome"


def statement(pilot: Pilot, measures: Measures) -> str:
    """ "Move ramp time from 180 to 120 days for the March class by 30 June 2027"; what is missing stays a visible gap."""
    outcome = pilot.outcome
    start = "…" if outcome.baseline is None else show(outcome.baseline, outcome.unit, outcome.money)
    end = "…" if outcome.target is None else show(outcome.target, outcome.unit, outcome.money)
    by = "…" if outcome.by is None else show_date(outcome.by)
    return f"Move {metric_name(pilot, measures)} from {start} to {end} for {pilot.group.name or '…'} by {by}"


def opportunities(pilot: Pilot) -> int | None:
    """How many chances to succeed the pilot has: as given; for times each person is one."""
    given = pilot.outcome.opportunities
    return pilot.group.size if given is None and pilot.outcome.kind == "time" else given


def power_for(pilot: Pilot) -> Power | None:
    """What the numbers can show, changes in the metric's unit; None while something for it is missing or wrong."""
    outcome, n = pilot.outcome, opportunities(pilot)
    if outcome.kind is None or outcome.baseline is None or outcome.target is None or not n:
        return None
    if outcome.baseline == outcome.target or (outcome.kind == "mean" and not outcome.spread):
        return None
    scale = 100.0 if outcome.kind == "proportion" and outcome.unit == "percent" else 1.0
    base, target = outcome.baseline / scale, outcome.target / scale
    if (outcome.kind == "proportion" and not (0 <= base <= 1 and 0 <= target <= 1)) or (
        outcome.kind == "time" and min(base, target) <= 0
    ):
        return None
    found = power_of(
        outcome.kind, n=n, baseline=base, target=target, comparison_n=_comparison_n(pilot), sd=outcome.spread
    )
    change = found.smallest_detectable_change
    return Power(
        None if change is None else change * scale,
        found.chance_to_see_target,
        found.test,
        found.method,
        found.false_alarm_chance,
    )


def power_contract(pilot: Pilot) -> dict[str, Any] | None:
    """The same as JSON, with the unit; None where nothing can be said."""
    power = power_for(pilot)
    if power is None:
        return None
    return {
        **power.as_contract(),
        "unit": pilot.outcome.unit,
        "n": opportunities(pilot),
        "comparison_n": _comparison_n(pilot),
    }


def change_shown(pilot: Pilot, change: float) -> str:
    """A difference as this pilot's people read it."""
    return show_change(change, pilot.outcome.unit, pilot.outcome.money)


def _comparison_n(pilot: Pilot) -> int | None:
    other = pilot.comparison
    if other is None or other.none or not other.name:
        return None
    given = other.opportunities
    return (other.size if given is None and pilot.outcome.kind == "time" else given) or None
