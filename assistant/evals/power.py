"""How often pilots' statistics are wrong, by simulation: what is stated for power, for ranges, and for all looks together.

Every pilot is drawn anew from a seed, read by the product's own functions, and counted. A rate holds where it lies
within two points of what is stated; of a rate that is stated as "at most", less is no fault.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import log
from typing import Any, Literal

from assistant.pilots.estimates import Tally, apart, plausible
from assistant.pilots.measures import Measures
from assistant.pilots.model import CheckIn, Comparison, Numbers, Outcome, Pilot
from assistant.pilots.power import Kind, power_of
from assistant.pilots.reading import read_pilot_numbers

WITHIN = 0.02
SEED = 20_261
_SPREAD = 4.0
_START = date(2027, 1, 4)


@dataclass(frozen=True, slots=True)
class Rate:
    """One stated rate beside what was counted in `trials` simulated pilots; `most` where less is no fault."""

    what: str
    case: str
    stated: float
    counted: float
    trials: int
    most: bool = False

    @property
    def holds(self) -> bool:
        """Whether what is stated is true to within two points."""
        return self.counted <= self.stated + WITHIN and (self.most or self.counted >= self.stated - WITHIN)


def evaluate_power(*, trials: int, progress: Callable[[str, int, int], None]) -> list[Rate]:
    """Every stated rate. The chance to see a target, the false alarms, the coverage of ranges, and six looks at once."""
    import numpy as np

    rng = np.random.default_rng(SEED)
    parts = (_chances, _coverage, _looks)
    found: list[Rate] = []
    for number, part in enumerate(parts):
        progress("Simulating pilots", number, len(parts))
        found += part(rng, trials)
    return found


def as_report(rates: list[Rate]) -> dict[str, Any]:
    """What `counterpart eval power --json` prints."""
    return {
        "rates": len(rates),
        "hold": sum(rate.holds for rate in rates),
        "within": WITHIN,
        "farthest": round(max(_off(rate) for rate in rates), 4),
        "cases": [_shown(rate) for rate in rates],
    }


def _shown(rate: Rate) -> dict[str, Any]:
    return {
        **asdict(rate), "counted": round(rate.counted, 4), "stated": round(rate.stated, 4), "holds": rate.holds,
    }  # fmt: skip


def _off(rate: Rate) -> float:
    return max(0.0, rate.counted - rate.stated) if rate.most else abs(rate.counted - rate.stated)


_CASES: tuple[tuple[Kind, int, int | None, float, float], ...] = (
    ("proportion", 8, None, 0.3, 0.8), ("proportion", 25, None, 0.2, 0.45), ("proportion", 12, 12, 0.2, 0.7),
    ("proportion", 40, 40, 0.22, 0.5), ("mean", 9, None, 10.0, 13.0), ("mean", 20, 20, 10.0, 14.0),
    ("time", 12, None, 180.0, 90.0), ("time", 15, 15, 180.0, 80.0),
)  # fmt: skip


def _chances(rng: Any, trials: int) -> Iterator[Rate]:
    """The chance to see the target, and the false alarms, by the very tests that are named."""
    for kind, n, m, base, target in _CASES:
        stated = power_of(
            kind, n=n, comparison_n=m, baseline=base, target=target, sd=_SPREAD if kind == "mean" else None
        )
        case = f"{kind}, {n}" + (f" against {m}" if m else " against a known value")
        for truth, rate, what in (
            (target, stated.chance_to_see_target, "chance to see the target"),
            (base, stated.false_alarm_chance, "false alarms of the test"),
        ):
            seen = sum(_rejects(kind, rng, n, m, truth, base) for _ in range(trials)) / trials
            yield Rate(what, case, rate, seen, trials)


def _rejects(kind: Kind, rng: Any, n: int, m: int | None, truth: float, base: float) -> bool:  # noqa: PLR0917  # one row of a table
    from scipy import stats

    if kind == "proportion":
        x = int(rng.binomial(n, truth))
        return _share_rejects(x, n, base, *((int(rng.binomial(m, base)), m) if m else ()))
    if kind == "mean":
        ours = rng.normal(truth, _SPREAD, n)
        found = (
            stats.ttest_1samp(ours, base)
            if m is None
            else stats.ttest_ind(ours, rng.normal(base, _SPREAD, m))
        )
        return bool(found.pvalue <= 0.05)
    ours = rng.exponential(truth / log(2), n).mean()
    if m is None:
        p = stats.chi2.cdf(2 * n * ours * log(2) / base, 2 * n)
    else:
        p = stats.f.cdf(ours / rng.exponential(base / log(2), m).mean(), 2 * n, 2 * m)
    return bool(2 * min(p, 1 - p) <= 0.05)


@lru_cache(maxsize=10_000)
def _share_rejects(x: int, n: int, base: float, y: int | None = None, m: int = 0) -> bool:  # likewise
    from scipy import stats

    if y is None:
        return bool(stats.binomtest(x, n, base).pvalue <= 0.05)
    return bool(stats.fisher_exact([[x, n - x], [y, m - y]]).pvalue <= 0.05)


def _coverage(rng: Any, trials: int) -> Iterator[Rate]:
    """How often a 95% range misses the truth: at most 5% where it is exact, about 5% otherwise."""
    for kind, n, m, base, target in _CASES:
        truth = target if m is None else _distance(kind, target, base)
        missed = 0
        for _ in range(trials):
            found = _range(kind, rng, n, m, target, base)
            missed += found is None or not found.low <= truth <= found.high
        case = f"{kind}, {n}" + (f" against {m}" if m else "")
        yield Rate(
            "a 95% range that misses the truth",
            case,
            0.05,
            missed / trials,
            trials,
            most=kind == "proportion",
        )


def _distance(kind: Kind, target: float, base: float) -> float:
    return target / base if kind == "time" else target - base


def _range(kind: Kind, rng: Any, n: int, m: int | None, target: float, base: float) -> Any:  # noqa: PLR0917  # likewise
    ours = _tally(kind, rng, n, target)
    return plausible(ours, level=0.95) if m is None else apart(ours, _tally(kind, rng, m, base), level=0.95)


def _tally(kind: Kind, rng: Any, n: int, truth: float) -> Tally:
    if kind == "proportion":
        return Tally(kind, n, float(rng.binomial(n, truth)))
    if kind == "mean":
        values = rng.normal(truth, _SPREAD, n)
        return Tally(kind, n, float(values.sum()), float(values.std(ddof=1)))
    return Tally(kind, n, float(rng.exponential(truth / log(2), n).sum()))


_PILOTS: tuple[tuple[Kind, int, bool, float, float], ...] = (
    ("proportion", 10, False, 22.0, 45.0), ("proportion", 10, True, 22.0, 50.0), ("time", 3, False, 180.0, 90.0),
)  # fmt: skip


def _looks(rng: Any, trials: int) -> Iterator[Rate]:
    """Six check-ins, each read as it comes in: how often any of the six calls luck progress, or a true target none."""
    rounds = max(200, trials // 8)
    for kind, n, other, base, target in _PILOTS:
        case = f"{kind}, six check-ins of {n}" + (" with a comparison team" if other else "")
        for truth, verdicts, what in (
            (base, {"on track", "some progress"}, "progress called in any of six looks, nothing changed"),
            (target, {"no progress"}, "no progress called in any of six looks, the target is true"),
        ):
            said = sum(_says(rng, kind, n, other, base, target, truth, verdicts) for _ in range(rounds))
            yield Rate(what, case, 0.05, said / rounds, rounds, most=True)


def _says(  # noqa: PLR0917  # likewise
    rng: Any, kind: Kind, n: int, other: bool, base: float, target: float, truth: float, verdicts: set[str]
) -> bool:
    pilot = Pilot(
        title="simulated", start=_START, comparison=Comparison(name="other") if other else None,
        outcome=Outcome(metric="own", kind=kind, unit="percent" if kind == "proportion" else "days",
                        baseline=base, target=target,
                        direction="up" if kind == "proportion" else "down", by=_START + timedelta(days=84)),
    )  # fmt: skip
    check_ins: list[CheckIn] = []
    for number in range(1, 7):
        numbers = [_counted(rng, kind, n, truth, "pilot")]
        numbers += [_counted(rng, kind, n, base, "comparison")] if other else []
        day = _START + timedelta(days=14 * number)
        check_ins.append(CheckIn(id=str(number), on=day, numbers=tuple(numbers)))
        pilot = pilot.model_copy(update={"check_ins": tuple(check_ins)})
        if read_pilot_numbers(pilot, measures=_NO_LIBRARY, today=day).verdict in verdicts:
            return True
    return False


def _counted(rng: Any, kind: Kind, n: int, truth: float, which: Literal["pilot", "comparison"]) -> Numbers:
    if kind == "proportion":
        return Numbers(which=which, successes=int(rng.binomial(n, truth / 100)), of=n)
    return Numbers(which=which, values=tuple(float(each) for each in rng.exponential(truth / log(2), n)))


_NO_LIBRARY = Measures(())
