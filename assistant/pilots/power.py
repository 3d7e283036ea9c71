"""What a pilot's numbers can show before it starts: the least change it can tell from luck, the chance to see the target.

Two-sided 5%, 80%. `n` counts opportunities. The methods are exact under their model:

- proportion: the binomial test against a known value; Fisher's exact test between two groups. The power is summed
  over every possible outcome (Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions, 3rd ed., ch. 2
  and 4). Above a million possible tables the z test stands in, as in R's power.prop.test, and is named.
- mean: Student's t test, by the noncentral t distribution (Cohen, Statistical Power Analysis, 2nd ed., ch. 2).
- time: exponential times, no one still waiting; 2·sum/mean is chi-squared with 2n degrees of freedom, so that a
  ratio of two means is F (Lawless, Statistical Models and Methods for Lifetime Data, 2nd ed., ch. 4). For exponential
  times the ratio of the medians is the ratio of the means.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from assistant.errors import InputRefusedError
from assistant.pilots.distributions import (
    binomial,
    chi_squared_below,
    chi_squared_edge,
    f_below,
    f_edge,
    normal_below,
    normal_edge,
    shifted_student_above,
    student_edge,
)

Kind = Literal["proportion", "mean", "time"]

ALPHA, POWER = 0.05, 0.80
_MOST_TABLES = 1_000_000
_MOST_TIMES = 1_000.0


@dataclass(frozen=True, slots=True)
class Power:
    """`smallest_detectable_change` is absolute, in the metric's unit, towards the target; None where no change would do.

    `false_alarm_chance` is how often the test cries wolf where nothing changed: an exact test of a few keeps below
    the 5% it was set to.
    """

    smallest_detectable_change: float | None
    chance_to_see_target: float
    test: str
    method: str
    false_alarm_chance: float

    def as_contract(self) -> dict[str, Any]:
        """The object of `counterpart pilot power --json`."""
        change = self.smallest_detectable_change
        return {
            "smallest_detectable_change": None if change is None else float(f"{change:.6g}"),
            "chance_to_see_target": round(self.chance_to_see_target, 6),
            "test": self.test,
            "method": self.method,
            "false_alarm_chance": round(self.false_alarm_chance, 6),
        }


def power_of(
    kind: Kind,
    *,
    n: int,
    baseline: float,
    target: float,
    comparison_n: int | None = None,
    sd: float | None = None,
    alpha: float = ALPHA,
    power: float = POWER,
) -> Power:
    """What `n` opportunities can show. Proportions are 0 to 1; times are medians above 0.

    Without `comparison_n` the baseline counts as a known value. Raises `InputRefusedError` for values that make no
    sense: no opportunity, a target equal to the baseline, a mean without its spread.
    """
    _refuse(kind, n=n, baseline=baseline, target=target, comparison_n=comparison_n, sd=sd)
    if kind == "proportion":
        seen, limit = _proportion(n, comparison_n, baseline, target, alpha)
    elif kind == "mean":
        seen, limit = _mean(n, comparison_n, baseline, target, float(sd or 0), alpha)
    else:
        seen, limit = _time(n, comparison_n, baseline, target, alpha)
    two = comparison_n is not None
    large = kind == "proportion" and n * (comparison_n or 0) > _MOST_TABLES
    return Power(
        smallest_detectable_change=_smallest(seen, baseline, limit, power),
        chance_to_see_target=seen(target),
        test=_LARGE_TEST if large else _TESTS[kind, two],
        method=_LARGE_METHOD if large else _METHODS[kind],
        false_alarm_chance=_false_alarms(kind, n, comparison_n, baseline, alpha),
    )


_TESTS: dict[tuple[Kind, bool], str] = {
    ("proportion", False): "exact binomial test against a known value",
    ("proportion", True): "Fisher's exact test",
    ("mean", False): "one-sample t test",
    ("mean", True): "two-sample t test, equal variances",
    ("time", False): "exact chi-squared test of an exponential median against a known value",
    ("time", True): "exact F test of the ratio of two exponential medians",
}
_METHODS: dict[Kind, str] = {
    "proportion": "exact: summed over every possible outcome; two-sided 5%, power 80%",
    "mean": "noncentral t distribution; two-sided 5%, power 80%",
    "time": "exact under exponential times with nobody still waiting; two-sided 5%, power 80%",
}


_LARGE_TEST = "z test of two proportions"
_LARGE_METHOD = "normal approximation, since the groups are too large to sum up; two-sided 5%, power 80%"


def _refuse(
    kind: Kind, *, n: int, baseline: float, target: float, comparison_n: int | None, sd: float | None
) -> None:
    checks = (
        (n < 1, "There has to be at least one opportunity", "Give --n as a whole number above 0"),
        (comparison_n is not None and comparison_n < 1, "The comparison group has nobody in it", "Leave it out"),
        (target == baseline, "The target is the baseline, so there is no change to see", "Give another target"),
        (
            kind == "proportion" and not (0 <= baseline <= 1 and 0 <= target <= 1),
            "A share lies between 0% and 100%", "Correct the baseline or the target",
        ),
        (kind == "time" and min(baseline, target) <= 0, "A time is longer than nothing", "Give medians above 0"),
        (kind == "mean" and not (sd and sd > 0), "For a mean the spread between opportunities is needed",
         "Give --sd, the standard deviation; a list of last quarter's values has it"),
    )  # fmt: skip
    for refused, what, next_step in checks:
        if refused:
            raise InputRefusedError(what, next_step=next_step)


def _smallest(seen: Callable[[float], float], baseline: float, limit: float, power: float) -> float | None:
    """The distance from the baseline towards `limit` from which on the chance is at least `power`."""
    if seen(limit) < power:
        return None
    low, high = baseline, limit
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if seen(middle) >= power else (middle, high)
    return abs(high - baseline)


def _proportion(
    n: int, m: int | None, baseline: float, target: float, alpha: float
) -> tuple[Callable[[float], float], float]:
    up, limit = target > baseline, 1.0 if target > baseline else 0.0
    if m is None:
        import numpy as np

        counts = np.arange(n + 1)
        side = counts > n * baseline if up else counts < n * baseline
        found = counts[_binomial_rejects(n, baseline, alpha) & side]
        return lambda p: float(binomial(found, n, p).sum()), limit
    if n * m > _MOST_TABLES:
        return _z_test(n, m, baseline, alpha), limit
    table = _fisher_rejects(n, m, alpha, up)
    return lambda p: _chance(table, n, m, p, baseline), limit


def _z_test(n: int, m: int, baseline: float, alpha: float) -> Callable[[float], float]:
    """Power of the two-sided z test, as in R's power.prop.test, for groups of any two sizes."""
    edge = normal_edge(1 - alpha / 2)

    def seen(p: float) -> float:
        pooled = (n * p + m * baseline) / (n + m)
        under_null = (pooled * (1 - pooled) * (1 / n + 1 / m)) ** 0.5
        under_target = (p * (1 - p) / n + baseline * (1 - baseline) / m) ** 0.5
        if under_target == 0:
            return float(abs(p - baseline) > edge * under_null)
        return normal_below((abs(p - baseline) - edge * under_null) / under_target)

    return seen


@lru_cache(maxsize=64)
def _binomial_rejects(n: int, known: float, alpha: float) -> Any:
    """For each count 0..n, whether the two-sided binomial test rejects: the sum of all outcomes as unlikely or more."""
    import numpy as np

    chances = binomial(np.arange(n + 1), n, known)
    order = np.argsort(chances)
    sums = np.cumsum(chances[order])
    # outcomes as likely up to rounding belong together, as in R's binom.test
    last = np.searchsorted(chances[order], chances * (1 + 1e-7), side="right") - 1
    return sums[last] <= alpha


@lru_cache(maxsize=64)
def _fisher_rejects(n: int, m: int, alpha: float, up: bool | None) -> Any:
    """For each pair of counts, whether Fisher's test rejects, and in the wanted direction: `up`, down, or either."""
    import numpy as np
    from scipy.special import gammaln

    logs = gammaln(
        np.arange(n + m + 1) + 1.0
    )  # log factorials: choose(n, x) = exp(logs[n] - logs[x] - logs[n - x])
    table = np.zeros((n + 1, m + 1))
    for total in range(n + m + 1):
        x = np.arange(max(0, total - m), min(n, total) + 1)
        y = total - x
        chances = np.exp(
            (logs[n] - logs[x] - logs[n - x]) + (logs[m] - logs[y] - logs[m - y])
            - (logs[n + m] - logs[total] - logs[n + m - total])
        )  # fmt: skip
        order = np.argsort(chances)
        last = np.searchsorted(chances[order], chances * (1 + 1e-7), side="right") - 1
        rejected = np.cumsum(chances[order])[last] <= alpha
        if up is not None:
            more = x * m > y * n
            rejected &= more if up else ~more
        table[x, y] = rejected
    return table


def _chance(table: Any, n: int, m: int, p: float, baseline: float) -> float:
    import numpy as np

    ours, theirs = binomial(np.arange(n + 1), n, p), binomial(np.arange(m + 1), m, baseline)
    return float(ours @ table @ theirs)


def _mean(  # noqa: PLR0917  # the terms of the formula
    n: int, m: int | None, baseline: float, target: float, sd: float, alpha: float
) -> tuple[Callable[[float], float], float]:
    freedom = n - 1 if m is None else n + m - 2
    error = sd * ((1 / n) if m is None else (1 / n + 1 / m)) ** 0.5
    direction = 1.0 if target > baseline else -1.0
    if freedom < 1:
        return lambda _: 0.0, baseline + direction
    edge = student_edge(1 - alpha / 2, freedom)

    def seen(value: float) -> float:
        return shifted_student_above(edge, freedom, direction * (value - baseline) / error)

    return seen, baseline + direction * _MOST_TIMES * error


def _time(
    n: int, m: int | None, baseline: float, target: float, alpha: float
) -> tuple[Callable[[float], float], float]:
    def edge(below: float) -> float:
        return chi_squared_edge(below, 2 * n) if m is None else f_edge(below, 2 * n, 2 * m)

    def under(value: float) -> float:
        return chi_squared_below(value, 2 * n) if m is None else f_below(value, 2 * n, 2 * m)

    if target > baseline:
        upper = edge(1 - alpha / 2)
        return lambda median: 1.0 - under(upper * baseline / median), baseline * _MOST_TIMES * 10
    lower = edge(alpha / 2)
    return lambda median: under(lower * baseline / median), baseline / (_MOST_TIMES * 1_000)


def _false_alarms(kind: Kind, n: int, m: int | None, baseline: float, alpha: float) -> float:
    if kind == "mean":
        return alpha if (n - 1 if m is None else n + m - 2) > 0 else 0.0
    if kind == "time":
        return alpha
    if m is not None and n * m > _MOST_TABLES:
        return alpha
    if m is not None:
        return _chance(_fisher_rejects(n, m, alpha, None), n, m, baseline, baseline)
    import numpy as np

    return float(binomial(np.arange(n + 1), n, baseline)[_binomial_rejects(n, baseline, alpha)].sum())
