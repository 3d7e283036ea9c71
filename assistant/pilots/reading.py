"""What the check-ins say so far: on track, some progress, no progress or too early, and what would change that.

Verdicts are drawn from the plausible range of the metric, against the comparison group where it was counted too.
While the pilot runs the range is 99.5%, at its end 95%: who looks often finds luck (Haybittle, British Journal of
Radiology 44, 1971, 793-797; Peto et al., British Journal of Cancer 34, 1976, 585-612). `counterpart eval power`
measures how often all looks together are wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import Literal

from assistant.pilots.estimates import Range, Tally, apart, plausible, pooled
from assistant.pilots.measures import Measures, days_to_move
from assistant.pilots.model import CheckIn, Done, Pilot

Verdict = Literal["on track", "some progress", "no progress", "too early to say"]
Against = Literal["baseline", "comparison"]

WHILE_IT_RUNS, AT_THE_END = 0.995, 0.95
LOW_APPLICATION = 0.5
LATELY = 3


@dataclass(frozen=True, slots=True)
class Point:
    """What all numbers up to one check-in came to, in the metric's unit."""

    on: date
    check_in: str
    n: int
    value: float | None
    low: float
    high: float
    other: float | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """One thing that was to be done, and how often it was lately (three check-ins) reported as done; partly counts half."""

    what: str
    done: float
    asked: int
    last: Done | None

    @property
    def share(self) -> float:
        """0 to 1; 0 where nobody reported."""
        return self.done / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """The verdict and what it rests on. Values are in the metric's unit; `reason` names why, for the phrases.

    `range` is the metric's own plausible range, `gap` the distance to the comparison group (for times a ratio).
    """

    verdict: Verdict
    reason: str
    on: date
    points: tuple[Point, ...]
    tally: Tally | None
    other: Tally | None
    range: Range | None
    gap: Range | None
    against: Against
    level: float
    behaviours: tuple[Applied, ...]
    reinforcement: tuple[Applied, ...]
    stop_rule_met: bool
    moves_from: date | None

    @property
    def application(self) -> float | None:
        """How much of what was to be done is done, over all behaviours; None where nobody reported."""
        asked = [each for each in self.behaviours if each.asked]
        return sum(each.share for each in asked) / len(asked) if asked else None


def read_pilot_numbers(pilot: Pilot, *, measures: Measures, today: date, until: int | None = None) -> Reading:
    """The reading on `today`, of all check-ins or of the first `until` of them, oldest first."""
    check_ins = sorted(pilot.check_ins, key=lambda each: (each.on, each.id))[:until]
    on = check_ins[-1].on if check_ins else today
    level = AT_THE_END if _over(pilot, max(on, today) if until is None else on) else WHILE_IT_RUNS
    points = _points(pilot, check_ins, level)
    tally, other = _tallies(pilot, check_ins)
    gap = apart(tally, other, level=level, spread=pilot.outcome.spread) if tally and other else None
    own = plausible(tally, level=level, spread=pilot.outcome.spread) if tally else None
    moves = _moves_from(pilot, measures)
    met = _stop_rule_met(pilot, check_ins, tally, on)
    verdict, reason = _verdict(pilot, own, gap, tally, met=met, soon=moves is not None and on < moves)
    scale = scale_of(pilot)
    return Reading(
        verdict, reason, on, points, tally, other,
        range=_scaled(own, scale), gap=_scaled(gap, 1.0 if pilot.outcome.kind == "time" else scale),
        against="comparison" if gap else "baseline", level=level,
        behaviours=_applied([each.text for each in pilot.behaviours], [c.behaviours for c in check_ins]),
        reinforcement=_applied([each.what for each in pilot.reinforcement], [c.reinforcement for c in check_ins]),
        stop_rule_met=met, moves_from=moves,
    )  # fmt: skip


def scale_of(pilot: Pilot) -> float:
    """What a share of 0 to 1 is multiplied by to be in the metric's unit."""
    return 100.0 if pilot.outcome.kind == "proportion" and pilot.outcome.unit == "percent" else 1.0


def upward(pilot: Pilot) -> bool:
    """Whether more is better."""
    outcome = pilot.outcome
    if outcome.direction is not None:
        return outcome.direction == "up"
    return outcome.baseline is None or outcome.target is None or outcome.target >= outcome.baseline


def value_shown(pilot: Pilot, tally: Tally | None) -> float | None:
    """What a tally comes to, in the metric's unit."""
    return None if tally is None or tally.value is None else tally.value * scale_of(pilot)


def _over(pilot: Pilot, day: date) -> bool:
    return pilot.decision is not None or (pilot.outcome.by is not None and day >= pilot.outcome.by)


def _tallies(pilot: Pilot, check_ins: Sequence[CheckIn]) -> tuple[Tally | None, Tally | None]:
    kind = pilot.outcome.kind
    if kind is None:
        return None, None
    return pooled(check_ins, kind=kind), pooled(check_ins, kind=kind, which="comparison")


def _points(pilot: Pilot, check_ins: Sequence[CheckIn], level: float) -> tuple[Point, ...]:
    scale, found = scale_of(pilot), []
    for count, check_in in enumerate(check_ins, start=1):
        tally, other = _tallies(pilot, check_ins[:count])
        if tally is None or not any(each.which == "pilot" for each in check_in.numbers):
            continue
        around = _scaled(plausible(tally, level=level, spread=pilot.outcome.spread), scale)
        value = value_shown(pilot, tally)
        low, high = (around.low, around.high) if around else (value or 0.0, value or 0.0)
        found.append(Point(check_in.on, check_in.id, tally.n, value, low, high, value_shown(pilot, other)))
    return tuple(found)


def _moves_from(pilot: Pilot, measures: Measures) -> date | None:
    measure = measures.find(pilot.outcome.metric)
    if measure is None or pilot.start is None:
        return None
    days = days_to_move(measure, cycle_days=pilot.outcome.cycle_days, baseline=pilot.outcome.baseline)
    by = pilot.outcome.by
    moves = pilot.start + timedelta(days=days)
    return min(moves, by) if by else moves


def _stop_rule_met(pilot: Pilot, check_ins: Sequence[CheckIn], tally: Tally | None, on: date) -> bool:
    """As somebody said at the last check-in; otherwise by the rule's own day and number."""
    said = next((each.stop_rule_met for each in reversed(check_ins) if each.stop_rule_met is not None), None)
    if said is not None:
        return said
    rules, value = pilot.rules, value_shown(pilot, tally)
    if rules.stop_at is None or rules.stop_on is None or value is None or on < rules.stop_on:
        return False
    return value <= rules.stop_at if upward(pilot) else value >= rules.stop_at


def _verdict(  # noqa: PLR0911  # one return for each reason
    pilot: Pilot, own: Range | None, gap: Range | None, tally: Tally | None, *,
    met: bool, soon: bool,
) -> tuple[Verdict, str]:  # fmt: skip
    if met:
        return "no progress", "stop-rule"
    if tally is None or (tally.n == 0 and not tally.waiting):
        return "too early to say", "nothing-counted"
    if pilot.outcome.baseline is None and gap is None:
        return "too early to say", "no-baseline"
    found = gap or own
    if found is None:
        return "too early to say", "no-spread"
    zero, goal = _marks(pilot, gap)
    better, beyond, short = _placed(found, zero, goal, up=upward(pilot))
    if better:
        return ("some progress", "short") if short else ("on track", "clear")
    if beyond or short:
        if soon:
            return "too early to say", "too-soon"
        return "no progress", "worse" if beyond else "ruled-out"
    return "too early to say", "too-soon" if soon else "wide"


def _marks(pilot: Pilot, gap: Range | None) -> tuple[float, float | None]:
    """No change, and the target, on the scale of the range that is looked at."""
    outcome, scale = pilot.outcome, scale_of(pilot)
    base, target = outcome.baseline, outcome.target
    if gap is None:
        assert base is not None  # noqa: S101  # asked before
        return base / scale, None if target is None else target / scale
    known = base is not None and target is not None
    if pilot.outcome.kind == "time":
        return 1.0, target / base if known and base else None  # type: ignore[operator]  # known says so
    return 0.0, (target - base) / scale if known else None  # type: ignore[operator]  # likewise


def _placed(found: Range, zero: float, goal: float | None, *, up: bool) -> tuple[bool, bool, bool]:
    """Whether all of the range is better than no change; worse than it; and short of the target."""
    low, high = (found.low, found.high) if up else (-found.high, -found.low)
    mark, end = (zero, goal) if up else (-zero, None if goal is None else -goal)
    return low > mark, high < mark, end is not None and high < end


def _scaled(found: Range | None, scale: float) -> Range | None:
    if found is None or scale == 1.0:
        return found
    value = None if found.value is None else found.value * scale
    return Range(
        value, found.low * scale, found.high if found.high == inf else found.high * scale, found.method
    )


def _applied(names: Sequence[str], marks: Sequence[dict[str, Done]]) -> tuple[Applied, ...]:
    worth: dict[Done, float] = {"done": 1.0, "partly": 0.5, "not done": 0.0}
    found = []
    for name in dict.fromkeys([*names, *(key for each in marks for key in each)]):
        said = [each[name] for each in marks if name in each][-LATELY:]
        found.append(Applied(name, sum(worth[mark] for mark in said), len(said), said[-1] if said else None))
    return tuple(found)
