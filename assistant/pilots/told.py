"""A reading in words: the headline, why, whether sellers do it, what would change it, and what it cannot show."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from assistant.pilots.amounts import show, show_change
from assistant.pilots.days import show_date
from assistant.pilots.estimates import Range
from assistant.pilots.measures import Measures
from assistant.pilots.model import Pilot
from assistant.pilots.needed import needed
from assistant.pilots.reading import LOW_APPLICATION, Reading, scale_of, value_shown
from prompts import phrase


@dataclass(frozen=True, slots=True)
class Told:
    """Every sentence of a reading, in the order in which one reads it; application comes before the numbers' reason."""

    headline: str
    application: tuple[str, ...]
    why: tuple[str, ...]
    change: tuple[str, ...]
    cannot: tuple[str, ...]


def tell(pilot: Pilot, reading: Reading, *, measures: Measures) -> Told:
    """The words for this reading."""
    return Told(
        headline=headline(pilot, reading),
        application=tuple(_application(reading)),
        why=tuple(_why(pilot, reading)),
        change=tuple(_change(pilot, reading, measures)),
        cannot=tuple(_cannot(pilot, reading)),
    )


def reading_contract(pilot: Pilot, reading: Reading, *, measures: Measures) -> dict[str, Any]:
    """The reading for programs."""
    told = tell(pilot, reading, measures=measures)
    found = reading.range
    return {
        "verdict": reading.verdict,
        "reason": reading.reason,
        "headline": told.headline,
        "why": list(told.why),
        "application": list(told.application),
        "what_would_change_it": list(told.change),
        "cannot_show": list(told.cannot),
        "n": reading.tally.n if reading.tally else 0,
        "value": value_shown(pilot, reading.tally),
        "low": None if found is None else found.low,
        "high": None if found is None or found.high == inf else found.high,
        "level": reading.level,
        "unit": pilot.outcome.unit,
        "comparison_value": value_shown(pilot, reading.other),
        "stop_rule_met": reading.stop_rule_met,
        "on": reading.on.isoformat(),
    }


def headline(pilot: Pilot, reading: Reading) -> str:
    """The verdict with its number: what an executive reads first."""
    value, outcome = value_shown(pilot, reading.tally), pilot.outcome
    name = reading.verdict.removesuffix(" to say").replace(" ", "-")
    if value is None or outcome.baseline is None:
        return say(f"{name}-bare") if name in {"no-progress", "too-early"} else say("too-early-bare")
    values = {"value": amount(pilot, value), "base": amount(pilot, outcome.baseline)}
    if name == "some-progress":
        values["target"] = amount(pilot, outcome.target)
    return say(name, **values)


def amount(pilot: Pilot, value: float | None) -> str:
    """A number in the metric's unit, as people read it."""
    if value is not None and value == inf:
        return "any length"
    if value is not None and pilot.outcome.unit in {"percent", "days"} and abs(value) >= 1:
        value = round(value)  # a tenth of a percent of thirty deals would pretend to know more than it does
    return show(value, pilot.outcome.unit, pilot.outcome.money)


def say(name: str, /, **values: str) -> str:
    """A phrase of the reading."""
    return phrase("pilots/reading", name, **values)


def share(part: float) -> str:
    """A share as a percentage."""
    return f"{part:.0%}"


def _why(pilot: Pilot, reading: Reading) -> Iterator[str]:
    reason, found = reading.reason, reading.range
    if reason == "stop-rule":
        rule = pilot.rules.stop
        yield say("stop-rule", rule=rule.rstrip(".")) if rule else say("stop-rule-bare")
    elif reason == "too-soon":
        day = reading.moves_from
        yield say("too-soon", day=show_date(day)) if day else say("too-soon-undated")
    elif reason in {"nothing-counted", "no-baseline", "no-spread"} or found is None:
        yield say(reason if reason in {"nothing-counted", "no-baseline", "no-spread"} else "nothing-counted")
        return
    elif reading.gap is None:
        yield _placed(pilot, reading, found)
    if reading.other is not None and reading.other.value is not None and pilot.comparison:
        yield say("against-group", name=pilot.comparison.name or "the comparison group",
                  value=amount(pilot, value_shown(pilot, reading.other)), n=f"{reading.other.n:,}")  # fmt: skip
    if reading.gap is not None:
        yield _gap(pilot, reading.gap)


def _placed(pilot: Pilot, reading: Reading, found: Range) -> str:
    values = {
        "n": f"{reading.tally.n if reading.tally else 0:,}",
        "low": amount(pilot, found.low),
        "high": amount(pilot, found.high),
    }
    if reading.reason in {"clear", "worse", "short"}:
        values["mark"] = f"{amount(pilot, pilot.outcome.baseline)} before"
    if reading.reason in {"short", "ruled-out"}:
        values["target"] = amount(pilot, pilot.outcome.target)
    return say(reading.reason, **values)


def _gap(pilot: Pilot, gap: Range) -> str:
    name = (pilot.comparison.name if pilot.comparison else None) or "the comparison group"
    if pilot.outcome.kind == "time":
        return say("gap-ratio", name=name, low=f"{gap.low:.2g}", high=f"{gap.high:.2g}")
    low, high = (_signed(pilot, value) for value in (gap.low, gap.high))
    return say("gap", name=name, low=low, high=high)


def _signed(pilot: Pilot, value: float) -> str:
    return ("+" if value > 0 else "−" if value < 0 else "") + show_change(
        value, pilot.outcome.unit, pilot.outcome.money
    )


def _application(reading: Reading) -> Iterator[str]:
    done = reading.application
    if done is None:
        if reading.behaviours:
            yield say("applied-none")
    else:
        name = "low" if done < LOW_APPLICATION else "some" if done < 0.8 else "high"
        yield say(f"applied-{name}", share=share(done))
    asked = [each for each in reading.reinforcement if each.asked]
    if asked:
        kept = sum(each.share for each in asked) / len(asked)
        yield say("reinforced-low" if kept < LOW_APPLICATION else "reinforced-high", share=share(kept))


def _change(pilot: Pilot, reading: Reading, measures: Measures) -> Iterator[str]:
    if reading.reason == "stop-rule":
        yield say("change-move-on")
        return
    done = reading.application
    if reading.verdict != "on track" and done is not None and done < LOW_APPLICATION:
        yield say("change-done")
    if reading.verdict == "on track":
        yield say("change-wait")
    elif reading.verdict == "some progress":
        yield say("change-smaller")
    elif reading.verdict == "no progress":
        yield (say("change-cause", causes=pilot.other_causes.rstrip(".")) if pilot.other_causes
               else say("change-cause-open"))  # fmt: skip
    else:
        yield from _settle(pilot, reading, measures)
    if reading.verdict != "too early to say" and reading.against == "baseline":
        yield say("change-compare")


def _settle(pilot: Pilot, reading: Reading, measures: Measures) -> Iterator[str]:
    single = {"nothing-counted": "count", "no-baseline": "baseline", "no-spread": "spread"}.get(
        reading.reason
    )
    if single:
        yield say(f"change-{single}")
        return
    wanted = needed(pilot, reading)
    if wanted is None:
        yield say("change-many")
    elif wanted.more and wanted.weeks and wanted.ready:
        by = pilot.outcome.by
        values = {"more": f"{wanted.more:,}", "weeks": str(wanted.weeks)}
        if by and wanted.ready > by:
            yield say("change-more-late", by=show_date(by), **values)
        else:
            yield say("change-more", day=show_date(wanted.ready), **values)
    elif wanted.more:
        yield say("change-more-undated", more=f"{wanted.more:,}")
    else:
        yield say("change-wait")
    yield from _earlier(pilot, measures)


def _earlier(pilot: Pilot, measures: Measures) -> Iterator[str]:
    if pilot.leading:
        yield say("change-leading", name=f"“{pilot.leading[0].name}”")
        return
    measure = measures.find(pilot.outcome.metric)
    first = (
        next((measures.all[each] for each in measure.earlier if each in measures.all), None)
        if measure
        else None
    )
    if first:
        yield say("change-leading", name=first.title.lower())


def _cannot(pilot: Pilot, reading: Reading) -> Iterator[str]:
    if reading.tally is None or reading.tally.value is None:
        return
    if reading.against == "comparison" and pilot.comparison:
        yield say("cannot-compared", name=pilot.comparison.name or "The comparison group")
    else:
        yield say("cannot-before-after")
    if reading.tally.n < 30:
        yield say("cannot-few", n=f"{reading.tally.n:,}")
    if any(each.asked for each in reading.behaviours):
        yield say("cannot-applied")
    if reading.level > 0.95:
        yield say("cannot-looks", level=f"{reading.level:.1%}")
    found = reading.gap or reading.range
    if found is not None:
        yield say("cannot-method", method=found.method)


__all__ = ["Told", "amount", "headline", "reading_contract", "say", "scale_of", "share", "tell"]
