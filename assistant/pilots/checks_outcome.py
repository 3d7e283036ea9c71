"""Checks of the outcome: named, a result and not an activity, from where to where, and able to move in time."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.pilots.amounts import show
from assistant.pilots.checks import Check, Looked, Problem, say, working_day
from assistant.pilots.days import show_date
from assistant.pilots.edit import Changes
from assistant.pilots.measures import CYCLE_DAYS, Measure, days_to_move

_ACTIVITY = re.compile(
    r"\b(?:train(?:ed|ing|ings)?|courses?|modules?|workshops?|webinars?|e-?learning|curricul\w+|certif\w+|completion|"
    r"complet(?:e|ed|ing) (?:the|a|all)|attend\w*|satisfaction|smile sheets?|roll[- ]?out|sessions? delivered|"
    r"learning hours|training hours|bootcamp|boot camp|academy|content|playbook published|enablement (?:program|days?)|lms)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:win rate|deals?|revenue|pipeline|quota|meetings?|ramp|cycle|conversion|discount\w*|renewals?|customers?|"
    r"forecast\w*|margin|bookings?|stage|opportunit\w+|first call)\b",
    re.IGNORECASE,
)


def is_activity(text: str) -> bool:
    """Whether words name what learning does and no result of selling."""
    return bool(_ACTIVITY.search(text)) and not _RESULT.search(text)


def _named(looked: Looked) -> Iterator[Problem]:
    outcome = looked.pilot.outcome
    texts = [("outcome.metric", outcome.metric), ("outcome.what", outcome.what)]
    for name, text in texts:
        if text and is_activity(text) and looked.measures.find(text) is None:
            change: Changes = {name: None, "activities+": {"what": text}}
            yield _problem("activity-as-outcome", name, "gap", change, say("activity-as-outcome", text=text),
                           say("activity-as-outcome.fix"))  # fmt: skip
            return
    if not outcome.metric and not outcome.what and not looked.tasked("outcome.metric"):
        change = looked.task(say("task.no-outcome"), "outcome.metric", looked.owner)
        fix = say("no-outcome.fix", owner=looked.owner, due=show_date(looked.due))
        yield _problem("no-outcome", "outcome.metric", "sv-2", change, say("no-outcome"), fix)


def _activities_last(looked: Looked) -> Iterator[Problem]:
    pilot = looked.pilot
    named = (pilot.outcome.metric or pilot.outcome.what) and pilot.group.name
    if pilot.activities and not named:
        yield _problem("activities-too-early", "activities", "le-4", {"activities": None},
                       say("activities-too-early"), say("activities-too-early.fix"))  # fmt: skip


def _figures(looked: Looked) -> Iterator[Problem]:
    pilot, outcome = looked.pilot, looked.pilot.outcome
    due = show_date(looked.due)
    if outcome.baseline is None and not looked.tasked("outcome.baseline"):
        what = say("task.no-baseline", metric=looked.metric, group=pilot.group.name or "the group")
        yield _problem("no-baseline", "outcome.baseline", "le-2", looked.task(what, "outcome.baseline", looked.owner),
                       say("no-baseline", metric=looked.metric), say("no-baseline.fix", owner=looked.owner, due=due))  # fmt: skip
    if outcome.target is None and not looked.tasked("outcome.target"):
        change = looked.task(say("task.no-target"), "outcome.target", looked.sponsor)
        yield _problem("no-target", "outcome.target", "sv-2", change, say("no-target"),
                       say("no-target.fix", owner=looked.sponsor, due=due))  # fmt: skip
    if outcome.by is None:
        end = working_day((pilot.start or looked.today) + timedelta(days=max(42, _days(looked))))
        yield _problem("no-date", "outcome.by", "sv-2", {"outcome.by": end}, say("no-date"),
                       say("no-date.fix", due=show_date(end), metric=looked.metric))  # fmt: skip


def _target(looked: Looked) -> Iterator[Problem]:
    outcome = looked.pilot.outcome
    base, target = outcome.baseline, outcome.target
    for name, value in (("baseline", base), ("target", target)):
        if value is not None and _impossible(looked, value):
            text = show(value, outcome.unit, outcome.money)
            yield _problem("target-impossible", f"outcome.{name}", "sv-2", {f"outcome.{name}": None},
                           say("target-impossible", text=text), say("target-impossible.fix"))  # fmt: skip
            return
    if base is None or target is None:
        return
    if base == target:
        change = {
            "outcome.target": None,
            **looked.task(say("task.no-target"), "outcome.target", looked.sponsor),
        }
        fix = say("target-is-baseline.fix", owner=looked.sponsor, due=show_date(looked.due))
        yield _problem("target-is-baseline", "outcome.target", "sv-2", change, say("target-is-baseline"), fix)
    elif outcome.direction is not None and (target > base) != (outcome.direction == "up"):
        shown = {
            name: show(v, outcome.unit, outcome.money) for name, v in (("target", target), ("baseline", base))
        }
        better = "more" if outcome.direction == "up" else "less"
        yield _problem("target-wrong-way", "outcome.target", "sv-2", {"outcome.baseline": target, "outcome.target": base},
                       say("target-wrong-way", metric=looked.metric, better=better, **shown),
                       say("target-wrong-way.fix"))  # fmt: skip
    elif (edge := plausible_edge(looked)) is not None:
        shown = {
            name: show(v, outcome.unit, outcome.money) for name, v in (("target", target), ("baseline", base))
        }
        aim = show(edge, outcome.unit, outcome.money)
        yield _problem("target-implausible", "outcome.target", "sv-2", {"outcome.target": edge},
                       say("target-implausible", **shown), say("target-implausible.fix", value=aim))  # fmt: skip


def _impossible(looked: Looked, value: float) -> bool:
    outcome = looked.pilot.outcome
    if outcome.kind == "proportion":
        return not 0 <= value <= (100 if outcome.unit == "percent" else 1)
    return outcome.kind == "time" and value <= 0


def plausible_edge(looked: Looked) -> float | None:
    """The farthest target that is plausible, where the target lies beyond it; None where it does not.

    Rules of thumb: odds at most tripled, a time at most halved or doubled, a mean moved by at most one and a half
    times the spread between opportunities, or by half of itself where nobody gave the spread.
    """
    outcome = looked.pilot.outcome
    base, target = outcome.baseline, outcome.target
    if base is None or target is None or base == 0:
        return None
    up = target > base
    if outcome.kind == "proportion":
        whole = 100.0 if outcome.unit == "percent" else 1.0
        if not 0 < base < whole:
            return None
        odds = base / (whole - base) * (3 if up else 1 / 3)
        edge = whole * odds / (1 + odds)
    elif outcome.kind == "time":
        edge = base * (2 if up else 0.5)
    else:
        reach = 1.5 * outcome.spread if outcome.spread else abs(base) / 2
        edge = base + reach if up else base - reach
    edge = float(f"{edge:.2g}") if abs(edge) < 1_000 else float(f"{edge:.3g}")
    return edge if (target > edge) == up and target != edge else None


def _slow(looked: Looked) -> Iterator[Problem]:
    pilot, outcome = looked.pilot, looked.pilot.outcome
    measure = looked.measures.find(outcome.metric)
    start = pilot.start or looked.today
    if measure is None or outcome.by is None or outcome.by <= start:
        return
    days = _days(looked)
    earliest = start + timedelta(days=days)
    if earliest <= outcome.by:
        return
    end = working_day(earliest)
    why = (
        ""
        if measure.waits in {"weeks", "quarter"} or (measure.waits == "itself" and outcome.baseline)
        else (
            say("cycle-given", days=str(outcome.cycle_days))
            if outcome.cycle_days
            else say("cycle-assumed", days=str(CYCLE_DAYS))
        )
    )
    message = say(
        "metric-too-slow",
        metric=measure.title,
        earliest=show_date(earliest),
        by=show_date(outcome.by),
        why=why,
    )
    fix = say("metric-too-slow.fix", earliest=show_date(end), instead=_earlier(looked, measure))
    yield _problem("metric-too-slow", "outcome.by", "le-2", {"outcome.by": end}, message.strip(), fix)


def _earlier(looked: Looked, measure: Measure) -> str:
    earlier = [
        looked.measures.all[name].title.lower() for name in measure.earlier if name in looked.measures.all
    ]
    return say("or-earlier", metric=earlier[0]) if earlier else ""


def _days(looked: Looked) -> int:
    outcome = looked.pilot.outcome
    measure = looked.measures.find(outcome.metric)
    if measure is None:
        return outcome.cycle_days or 0
    return days_to_move(measure, cycle_days=outcome.cycle_days, baseline=outcome.baseline)


def earliest_reading(looked: Looked) -> date | None:
    """The day from which the outcome's metric can show a change; None before the start is known."""
    return looked.pilot.start + timedelta(days=_days(looked)) if looked.pilot.start else None


def _many(looked: Looked) -> Iterator[Problem]:
    pilot = looked.pilot
    count = 1 + len(pilot.leading) + len(pilot.lagging)
    if len(pilot.lagging) > 2 or count > 4:
        change = {"leading": [i.model_dump() for i in pilot.leading[:2]], "lagging": None}
        yield _problem("too-many-metrics", "lagging" if len(pilot.lagging) > 2 else "leading", "sv-2", change,
                       say("too-many-metrics", count=str(count)), say("too-many-metrics.fix"))  # fmt: skip


def _problem(  # noqa: PLR0917  # the parts of a problem, in their order
    name: str, place: str, principle: str, change: Changes, message: str, fix: str
) -> Problem:
    return Problem(name, place, principle, message, fix, change)


CHECKS: tuple[Check, ...] = (_named, _activities_last, _figures, _target, _slow, _many)
