"""How many more opportunities would settle it, and how long that takes at the pace so far."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from assistant.pilots.model import Pilot
from assistant.pilots.power import POWER, Kind, power_of
from assistant.pilots.reading import Reading, scale_of

_MOST = 600


@dataclass(frozen=True, slots=True)
class Needed:
    """`more` opportunities beyond those counted; `ready` the day on which they are there, if there is a pace."""

    more: int
    weeks: int | None
    ready: date | None


def needed(pilot: Pilot, reading: Reading) -> Needed | None:
    """What would show the target four times in five; None where it is not known, or more than 600 would be needed."""
    outcome, tally = pilot.outcome, reading.tally
    if (
        outcome.kind is None
        or outcome.baseline is None
        or outcome.target is None
        or outcome.baseline == outcome.target
    ):
        return None
    spread = (tally.spread if tally else None) or outcome.spread
    if outcome.kind == "mean" and not spread:
        return None
    scale = scale_of(pilot)
    base, target = outcome.baseline / scale, outcome.target / scale
    if outcome.kind == "proportion" and not (0 <= base <= 1 and 0 <= target <= 1):
        return None
    total = _enough(outcome.kind, base, target, spread, reading.against == "comparison")
    if total is None:
        return None
    so_far = tally.n if tally else 0
    more = max(0, total - so_far)
    weeks = _weeks(pilot, reading, so_far, more)
    return Needed(more, weeks, None if weeks is None else reading.on + timedelta(weeks=weeks))


def _weeks(pilot: Pilot, reading: Reading, so_far: int, more: int) -> int | None:
    if pilot.start is None or so_far == 0 or reading.on <= pilot.start:
        return None
    a_week = so_far / ((reading.on - pilot.start).days / 7)
    return max(1, round(more / a_week + 0.49))


@lru_cache(maxsize=128)
def _enough(kind: Kind, base: float, target: float, spread: float | None, compared: bool) -> int | None:
    """The least number that shows the target with the power of the scope, found by halving."""

    def seen(n: int) -> bool:
        other = n if compared else None
        found = power_of(kind, n=n, baseline=base, target=target, comparison_n=other, sd=spread)
        return found.chance_to_see_target >= POWER

    most = _MOST // 2 if compared and kind == "proportion" else _MOST
    if not seen(most):
        return None
    low, high = 1, most
    while high - low > max(1, high // 25):  # to four in a hundred: nobody plans to the last deal
        middle = (low + high) // 2
        low, high = (low, middle) if seen(middle) else (middle, high)
    return high
