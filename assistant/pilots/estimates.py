"""What check-ins add up to, and the range in which the truth plausibly lies.

- proportion: Clopper-Pearson against a known value; between two groups Newcombe's hybrid score interval of the
  difference (Statistics in Medicine 17, 1998, 873-890, method 10).
- mean: Student's t; between two groups Welch's. Where no spread was given but the pilot names one, the normal range.
- time: exponential medians; 2·time/mean is chi-squared with 2·events degrees of freedom (Lawless, Statistical Models
  and Methods for Lifetime Data, 2nd ed., ch. 4), near enough while some still wait; two groups as a ratio, by F.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, log, sqrt

from assistant.pilots.distributions import beta_edge, chi_squared_edge, f_edge, normal_edge, student_edge
from assistant.pilots.model import CheckIn, Numbers, Which
from assistant.pilots.power import Kind


@dataclass(frozen=True, slots=True)
class Tally:
    """All that was counted in one group: `n` opportunities (for times those that ended), and their `total`.

    `spread` is a standard deviation; `waiting` how many times have not ended, their time so far is in `total`.
    """

    kind: Kind
    n: int
    total: float
    spread: float | None = None
    waiting: int = 0

    @property
    def value(self) -> float | None:
        """The share, the mean or the median that this comes to; None where nothing was counted."""
        if self.n == 0:
            return None
        return self.total / self.n * (log(2) if self.kind == "time" else 1.0)


@dataclass(frozen=True, slots=True)
class Range:
    """An estimate and its plausible range; `method` says how it was found."""

    value: float | None
    low: float
    high: float
    method: str


def pooled(check_ins: Sequence[CheckIn], *, kind: Kind, which: Which = "pilot") -> Tally | None:
    """What check-ins, oldest first, add up to; numbers "so far" replace what was before. None without any."""
    taken: list[Numbers] = []
    for check_in in check_ins:
        mine = [each for each in check_in.numbers if each.which == which]
        if any(each.so_far for each in mine):
            taken = []
        taken += mine
    if not taken:
        return None
    if kind == "proportion":
        return Tally(kind, sum(each.of or 0 for each in taken), sum(each.successes or 0 for each in taken))
    if kind == "time":
        still = taken[-1].waiting  # who still waits is a state of affairs, not an addition
        ended = sum(len(each.values) + (each.n or 0) for each in taken)
        spent = sum(sum(each.values) + (each.mean or 0) * (each.n or 0) for each in taken)
        return Tally(kind, ended, spent + sum(still), waiting=len(still))
    return _means(taken)


def _means(taken: Iterable[Numbers]) -> Tally:
    n, total, squares, known = 0, 0.0, 0.0, True
    for each in taken:
        n += len(each.values) + (each.n or 0)
        total += sum(each.values) + (each.mean or 0) * (each.n or 0)
        squares += sum(value * value for value in each.values)
        if each.mean is not None and each.n:
            known = known and (each.sd is not None or each.n == 1)
            squares += (each.n - 1) * (each.sd or 0) ** 2 + each.n * each.mean**2
    spread = sqrt(max(0.0, squares - total * total / n) / (n - 1)) if known and n > 1 else None
    return Tally("mean", n, total, spread)


def plausible(tally: Tally, *, level: float, spread: float | None = None) -> Range | None:
    """The plausible range of one group's metric; None where nothing can be said. `spread` stands in for a missing one."""
    tail = (1 - level) / 2
    if tally.kind == "proportion":
        return _share(tally, tail)
    if tally.kind == "time":
        return _time(tally, tail)
    return _mean(tally, tail, spread)


def apart(ours: Tally, theirs: Tally, *, level: float, spread: float | None = None) -> Range | None:
    """How far two groups are apart: a difference, of times a ratio of medians; None where nothing can be said."""
    tail = (1 - level) / 2
    if ours.n == 0 or theirs.n == 0:
        return None
    if ours.kind == "proportion":
        return _shares_apart(ours, theirs, tail)
    if ours.kind == "time":
        return _times_apart(ours, theirs, tail)
    return _means_apart(ours, theirs, tail, spread)


def _share(tally: Tally, tail: float) -> Range | None:
    n, x = tally.n, round(tally.total)
    if n == 0:
        return None
    low = 0.0 if x == 0 else beta_edge(tail, x, n - x + 1)
    high = 1.0 if x == n else beta_edge(1 - tail, x + 1, n - x)
    return Range(x / n, low, high, "Clopper-Pearson, exact")


def _mean(tally: Tally, tail: float, spread: float | None) -> Range | None:
    if tally.n == 0 or tally.value is None:
        return None
    if tally.spread is not None:
        reach = student_edge(1 - tail, tally.n - 1) * tally.spread / sqrt(tally.n)
        return Range(tally.value, tally.value - reach, tally.value + reach, "Student's t")
    if spread:
        reach = normal_edge(1 - tail) * spread / sqrt(tally.n)
        return Range(
            tally.value, tally.value - reach, tally.value + reach, "normal, with the spread in the scope"
        )
    return None


def _time(tally: Tally, tail: float) -> Range | None:
    if tally.total <= 0:
        return None
    twice = 2 * tally.total * log(2)
    low = twice / chi_squared_edge(1 - tail, 2 * tally.n + (2 if tally.waiting else 0))
    high = twice / chi_squared_edge(tail, 2 * tally.n) if tally.n else inf
    return Range(tally.value, low, high, "exponential times, chi-squared")


def _shares_apart(ours: Tally, theirs: Tally, tail: float) -> Range:
    (p, low, high), (q, other_low, other_high) = (_wilson(each, tail) for each in (ours, theirs))
    down, up = sqrt((p - low) ** 2 + (other_high - q) ** 2), sqrt((high - p) ** 2 + (q - other_low) ** 2)
    return Range(p - q, p - q - down, p - q + up, "difference of two shares, Newcombe")


def _wilson(tally: Tally, tail: float) -> tuple[float, float, float]:
    z, n, p = normal_edge(1 - tail), tally.n, tally.total / tally.n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return p, middle - reach, middle + reach


def _times_apart(ours: Tally, theirs: Tally, tail: float) -> Range:
    ratio = (ours.total / ours.n) / (theirs.total / theirs.n)
    freedom = 2 * ours.n, 2 * theirs.n
    return Range(
        ratio, ratio / f_edge(1 - tail, *freedom), ratio / f_edge(tail, *freedom), "ratio of two medians, F"
    )


def _means_apart(ours: Tally, theirs: Tally, tail: float, spread: float | None) -> Range | None:
    assert ours.value is not None and theirs.value is not None  # noqa: S101  # both have counted something
    difference = ours.value - theirs.value
    if ours.spread is None or theirs.spread is None:
        if not spread:
            return None
        reach = normal_edge(1 - tail) * spread * sqrt(1 / ours.n + 1 / theirs.n)
        return Range(
            difference, difference - reach, difference + reach, "normal, with the spread in the scope"
        )
    a, b = ours.spread**2 / ours.n, theirs.spread**2 / theirs.n
    if a + b == 0:
        return Range(difference, difference, difference, "no spread at all")
    freedom = (a + b) ** 2 / (a * a / (ours.n - 1) + b * b / (theirs.n - 1))
    reach = student_edge(1 - tail, freedom) * sqrt(a + b)
    return Range(difference, difference - reach, difference + reach, "difference of two means, Welch")
