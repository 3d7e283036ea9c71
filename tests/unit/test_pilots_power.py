"""What a pilot's numbers can show, against published values and by simulation."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import beta, binom, binomtest, chi, chi2, f, fisher_exact, nct, norm, t, ttest_1samp

from assistant.errors import InputRefusedError
from assistant.evals.power import evaluate_power
from assistant.pilots import distributions
from assistant.pilots.asked import asked_power
from assistant.pilots.power import _z_test, power_of

TRIALS = 4_000
WITHIN = 0.02


@pytest.mark.parametrize(
    ("n", "other", "change", "sd"), [(20, 20, 1.0, 1.0), (9, None, 3.0, 4.0), (6, 14, 5.0, 4.0)]
)
def test_the_t_test_has_the_power_that_follows_from_its_definition(
    n: int, other: int | None, change: float, sd: float
) -> None:
    # the noncentral t by definition: a shifted normal over the root of an independent chi-squared, integrated by hand
    freedom = n - 1 if other is None else n + other - 2
    shift = change / (sd * (1 / n + (1 / other if other else 0)) ** 0.5)
    edge = t.ppf(0.975, freedom)
    root = chi(freedom, scale=freedom**-0.5)
    by_hand = quad(lambda s: norm.sf(edge * s - shift) * root.pdf(s), 0, 5, epsabs=1e-10)[0]
    found = power_of("mean", n=n, comparison_n=other, baseline=0, target=change, sd=sd)
    assert found.chance_to_see_target == pytest.approx(by_hand, abs=1e-6)


def test_large_groups_have_the_power_that_the_manual_of_r_prints_for_two_shares() -> None:
    # the help page of power.prop.test: n = 50, p1 = .50, p2 = .75 gives power = 0.740; power = .90 needs n = 76.7
    assert _z_test(50, 50, 0.75, 0.05)(0.50) == pytest.approx(0.740, abs=5e-4)
    assert _z_test(76, 76, 0.75, 0.05)(0.50) < 0.90 < _z_test(77, 77, 0.75, 0.05)(0.50)


def test_the_smallest_change_is_the_one_that_is_seen_four_times_in_five() -> None:
    for kind, baseline, target, sd in (
        ("proportion", 0.2, 0.4, None),
        ("mean", 10, 8, 4),
        ("time", 180, 120, None),
    ):
        for other in (None, 30):
            found = power_of(kind, n=30, comparison_n=other, baseline=baseline, target=target, sd=sd)  # type: ignore[arg-type]  # a row of the table
            change = found.smallest_detectable_change
            assert change is not None
            there = baseline + change if target > baseline else baseline - change
            again = power_of(kind, n=30, comparison_n=other, baseline=baseline, target=there, sd=sd)  # type: ignore[arg-type]  # likewise
            assert again.chance_to_see_target == pytest.approx(0.8, abs=1e-4)


@pytest.mark.parametrize(("n", "known", "truth"), [(8, 0.3, 0.8), (25, 0.2, 0.45), (40, 0.5, 0.3)])
def test_the_chance_for_a_share_is_the_share_of_simulated_pilots_that_show_it(
    n: int, known: float, truth: float
) -> None:
    stated = power_of("proportion", n=n, baseline=known, target=truth)
    rng = np.random.default_rng(7)
    seen = {k: binomtest(k, n, known).pvalue <= 0.05 for k in range(n + 1)}
    for p, claim in ((truth, stated.chance_to_see_target), (known, stated.false_alarm_chance)):
        assert abs(np.mean([seen[k] for k in rng.binomial(n, p, TRIALS)]) - claim) < WITHIN


@pytest.mark.parametrize(("n", "m"), [(6, 6), (20, 20), (12, 30)])
def test_the_chance_against_a_comparison_group_is_that_of_simulated_pilots(n: int, m: int) -> None:
    stated = power_of("proportion", n=n, comparison_n=m, baseline=0.2, target=0.7)
    rng = np.random.default_rng(8)
    known: dict[tuple[int, int], bool] = {}

    def rejects(x: int, y: int) -> bool:
        if (x, y) not in known:
            known[x, y] = fisher_exact([[x, n - x], [y, m - y]]).pvalue <= 0.05
        return known[x, y]

    for p, claim in ((0.7, stated.chance_to_see_target), (0.2, stated.false_alarm_chance)):
        pairs = zip(rng.binomial(n, p, TRIALS), rng.binomial(m, 0.2, TRIALS), strict=True)
        assert abs(np.mean([rejects(int(x), int(y)) for x, y in pairs]) - claim) < WITHIN


def test_the_chance_for_a_mean_is_that_of_simulated_pilots() -> None:
    stated = power_of("mean", n=9, baseline=10, target=13, sd=3)
    drawn = np.random.default_rng(9).normal(13, 3, (TRIALS, 9))
    assert abs(np.mean(ttest_1samp(drawn, 10, axis=1).pvalue <= 0.05) - stated.chance_to_see_target) < WITHIN


@pytest.mark.parametrize("other", [None, 15])
def test_the_chance_for_a_median_time_is_that_of_simulated_pilots(other: int | None) -> None:

    stated = power_of("time", n=15, comparison_n=other, baseline=180, target=90)
    rng = np.random.default_rng(10)
    for median, claim in ((90, stated.chance_to_see_target), (180, 0.05)):
        ours = rng.exponential(median / np.log(2), (TRIALS, 15))
        if other is None:
            p = chi2.cdf(2 * ours.sum(axis=1) * np.log(2) / 180, 30)
        else:
            theirs = rng.exponential(180 / np.log(2), (TRIALS, other))
            p = f.cdf(ours.mean(axis=1) / theirs.mean(axis=1), 30, 2 * other)
        assert abs(np.mean(2 * np.minimum(p, 1 - p) <= 0.05) - claim) < WITHIN


def test_one_opportunity_shows_nothing_however_large_the_change() -> None:
    for found in (
        power_of("proportion", n=1, baseline=0.2, target=0.9),
        power_of("mean", n=1, baseline=10, target=90, sd=2),
    ):
        assert (found.smallest_detectable_change, found.chance_to_see_target) == (None, 0.0)


def test_the_change_is_in_the_unit_in_which_the_baseline_was_typed() -> None:
    shares = asked_power("proportion", n="60", baseline="0.2", target="0.3")
    points = asked_power("proportion", n="60", baseline="20%", target="30")
    assert shares.unit == "fraction" and points.unit == "percentage points"
    assert shares.power.smallest_detectable_change is not None
    assert points.power.smallest_detectable_change == pytest.approx(
        100 * shares.power.smallest_detectable_change
    )
    assert shares.power.chance_to_see_target == points.power.chance_to_see_target


@pytest.mark.parametrize(
    ("kind", "n", "baseline", "target", "sd"),
    [
        ("proportion", "0", "20%", "30%", None),
        ("proportion", "-4", "20%", "30%", None),
        ("proportion", "four", "20%", "30%", None),
        ("proportion", "40", "0.2", "30", None),
        ("proportion", "40", "20%", "20%", None),
        ("proportion", "40", "20%", "130%", None),
        ("mean", "40", "12", "15", None),
        ("mean", "40", "12", "15", "0"),
        ("time", "40", "0", "15", None),
        ("luck", "40", "1", "2", None),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    kind: str, n: str, baseline: str, target: str, sd: str | None
) -> None:
    with pytest.raises(InputRefusedError):
        asked_power(kind, n=n, baseline=baseline, target=target, sd=sd)


def test_every_stated_error_rate_is_counted_in_simulated_pilots() -> None:
    rates = evaluate_power(trials=240, progress=lambda *_: None)
    assert len(rates) == 30 and any("six looks" in rate.what for rate in rates)
    for rate in rates:
        noise = 3.5 * (max(rate.stated, 0.05) * (1 - rate.stated) / rate.trials) ** 0.5
        assert rate.counted <= rate.stated + WITHIN + noise, rate
        assert rate.most or rate.counted >= rate.stated - WITHIN - noise, rate


def test_the_distributions_are_those_of_the_statistics_library() -> None:
    for n, p in ((1, 0.0), (8, 0.3), (40, 1.0), (500, 0.01)):
        counts = np.arange(n + 1)
        assert distributions.binomial(counts, n, p) == pytest.approx(binom.pmf(counts, n, p), abs=1e-11)
    for freedom in (1, 7, 38):
        edge = distributions.student_edge(0.975, freedom)
        assert edge == pytest.approx(t.ppf(0.975, freedom))
        for shift in (-3.0, 0.5, 6.0):
            assert distributions.shifted_student_above(edge, freedom, shift) == pytest.approx(
                nct.sf(edge, freedom, shift), abs=1e-7
            )
    assert distributions.beta_edge(0.025, 3, 9) == pytest.approx(beta.ppf(0.025, 3, 9))
    assert distributions.chi_squared_edge(0.025, 7) == pytest.approx(chi2.ppf(0.025, 7))
    assert distributions.f_edge(0.0025, 6, 24) == pytest.approx(f.ppf(0.0025, 6, 24))
