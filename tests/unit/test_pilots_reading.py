"""Check-ins as people type them, and what they say so far."""

from datetime import date

import pytest

from assistant.errors import InputRefusedError
from assistant.pilots.checkins import Entered, checked_in, without_check_in
from assistant.pilots.estimates import apart, plausible, pooled
from assistant.pilots.filing import read_pilot, write_pilot
from assistant.pilots.measures import Measures
from assistant.pilots.model import CheckIn, Numbers, Outcome, Pilot
from assistant.pilots.power import Kind
from assistant.pilots.reading import read_pilot_numbers
from assistant.pilots.tallies import read_csv, read_numbers
from assistant.pilots.template import TEMPLATE
from assistant.pilots.told import tell
from knowledge.cards import shipped_cards

LATER = date(2027, 7, 1)


@pytest.fixture(scope="module")
def measures() -> Measures:
    return Measures(shipped_cards())


@pytest.fixture
def pilot(measures: Measures) -> Pilot:
    return read_pilot(TEMPLATE, name="t", measures=measures, today=date(2026, 11, 23))


def alone(pilot: Pilot) -> Pilot:
    return pilot.model_copy(update={"comparison": None})


def with_numbers(pilot: Pilot, *numbers: str, days: tuple[date, ...] = ()) -> Pilot:
    for text, day in zip(
        numbers, days or (date(2027, 4, 26), date(2027, 5, 20), date(2027, 6, 30)), strict=False
    ):
        pilot = checked_in(pilot, Entered(on=day, numbers=text), today=LATER)
    return pilot


@pytest.mark.parametrize(
    ("text", "successes", "of"),
    [("12 of 60", 12, 60), ("12/60", 12, 60), ("20% of 60", 12, 60), ("0.2 of 60", 12, 60), ("0 of 0", 0, 0),
     ("1,200 out of 4,000", 1200, 4000), ("won\nlost\nwon", 2, 3), ("1 of 1", 1, 1), ("33% of 9", 3, 9)],
)  # fmt: skip
def test_a_share_is_read_as_two_counts_however_it_is_written(text: str, successes: int, of: int) -> None:
    found = read_numbers(text, kind="proportion", unit="percent")
    assert (found.successes, found.of) == (successes, of)


@pytest.mark.parametrize(
    "text", ["20%", "0.2", "20", "-3 of 20", "30 of 20", "33% of 10", "many", "", "3 of -2", "nan of 4"]
)
def test_a_share_that_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(InputRefusedError):
        read_numbers(text, kind="proportion", unit="percent")


@pytest.mark.parametrize(
    ("text", "kind", "unit", "expected"),
    [
        ("120, 95, 180+", "time", "days", {"values": (120.0, 95.0), "waiting": (180.0,)}),
        ("4 months; 90 days", "time", "days", {"values": (121.6, 90.0)}),
        ("mean $12k, n 8, sd 2k", "mean", "currency", {"mean": 12_000.0, "n": 8, "sd": 2_000.0}),
        ("$12,400; -$9,100", "mean", "currency", {"values": (12_400.0, -9_100.0)}),
    ],
)
def test_values_and_means_are_read_in_the_metrics_unit(
    text: str, kind: Kind, unit: str, expected: dict[str, object]
) -> None:
    found = read_numbers(text, kind=kind, unit=unit)  # type: ignore[arg-type]  # a row of the table
    assert found.model_dump(exclude_defaults=True) == expected


def test_a_file_of_fifty_thousand_rows_becomes_two_counts_and_a_wrong_row_is_named(pilot: Pilot) -> None:
    rows = [
        "Team;Outcome",
        *(
            f"{'East team' if n % 2 else 'West team'};{'won' if n % 8 == 1 else 'lost'}"
            for n in range(50_000)
        ),
    ]
    ours, theirs = read_csv("\n".join(rows).encode(), pilot=pilot)
    assert (ours.successes, ours.of, theirs.successes, theirs.of) == (6_250, 25_000, 0, 25_000)
    rows[40_000] = "East team;perhaps"
    with pytest.raises(InputRefusedError, match="Row 40001: “perhaps” is neither yes nor no"):
        read_csv("\n".join(rows).encode(), pilot=pilot)


def test_a_long_list_of_times_keeps_what_the_reading_needs() -> None:
    pilot = Pilot(title="x", outcome=Outcome(kind="time", unit="days"))
    (found,) = read_csv(("days\n" + "\n".join(["100", "50+"] * 500)).encode(), pilot=pilot)
    tally = pooled([CheckIn(id="a", on=LATER, numbers=(found,))], kind="time")
    assert tally is not None and (tally.n, tally.total) == (500, 75_000)


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", b"a,b\n1,2\n", b"outcome\nmaybe\n", b"successes,of\n5,3\n"]
)
def test_a_file_that_cannot_be_used_is_refused_whole(data: bytes, pilot: Pilot) -> None:
    with pytest.raises(InputRefusedError):
        read_csv(data, pilot=pilot)


def test_numbers_so_far_replace_what_was_counted_before() -> None:
    check_ins = [
        CheckIn(id="a", on=LATER, numbers=(Numbers(successes=1, of=10),)),
        CheckIn(id="b", on=LATER, numbers=(Numbers(successes=4, of=20, so_far=True),)),
        CheckIn(id="c", on=LATER, numbers=(Numbers(successes=1, of=5),)),
    ]
    tally = pooled(check_ins, kind="proportion")
    assert tally is not None and (tally.total, tally.n) == (5, 25)


def test_a_check_in_is_changed_and_taken_back_and_what_was_not_given_stays(pilot: Pilot) -> None:
    first = checked_in(
        pilot, Entered(on=LATER, numbers="3 of 9", mood="good", behaviours={"asks": "yes"}), today=LATER
    )
    name = first.check_ins[0].id
    second = checked_in(first, Entered(on=LATER, story="She asked."), today=LATER, replaces=name)
    (kept,) = second.check_ins
    assert (kept.story, kept.mood, kept.numbers[0].of) == ("She asked.", 4, 9)
    assert list(kept.behaviours.values()) == ["done"]
    assert without_check_in(second, name).check_ins == ()
    assert checked_in(second, Entered(on=LATER, mood="2"), today=LATER).check_ins[1].id == f"{name}-2"


@pytest.mark.parametrize(
    "entered",
    [Entered(on=LATER), Entered(on=date(2027, 7, 2), mood="3"), Entered(on=LATER, mood="6"), Entered(on=LATER, mood="meh"),
     Entered(on=LATER, behaviours={"3": "done"}), Entered(on=LATER, behaviours={"1": "perhaps"}),
     Entered(on=LATER, numbers="3 of 9", file=("f.csv", b"3,9"))],
)  # fmt: skip
def test_a_check_in_that_is_empty_or_unclear_is_refused(pilot: Pilot, entered: Entered) -> None:
    with pytest.raises(InputRefusedError, match="Nothing was changed"):
        checked_in(pilot, entered, today=LATER)


def test_a_check_in_goes_into_a_file_and_comes_back(pilot: Pilot, measures: Measures) -> None:
    made = checked_in(
        pilot, Entered(on=LATER, numbers="12 of 60", comparison="9 of 58", so_far=True), today=LATER
    )
    assert read_pilot(write_pilot(made), name="t", measures=measures, today=LATER) == made


@pytest.mark.parametrize(
    ("numbers", "verdict", "reason"),
    [
        ((), "too early to say", "nothing-counted"),
        (("0 of 0",), "too early to say", "nothing-counted"),
        (("1 of 1",), "too early to say", "wide"),
        (("9 of 30", "9 of 30"), "too early to say", "wide"),
        (("5 of 20", "6 of 20", "16 of 30"), "on track", "clear"),
        (("60 of 200", "60 of 200", "60 of 200"), "some progress", "short"),
        (("4 of 20", "4 of 20", "4 of 20"), "no progress", "ruled-out"),
        (("0 of 30", "1 of 30", "2 of 30"), "no progress", "worse"),
    ],
)
def test_the_verdict_follows_from_what_was_counted(
    numbers: tuple[str, ...], verdict: str, reason: str, pilot: Pilot, measures: Measures
) -> None:
    no_rule = alone(pilot).model_copy(update={"rules": pilot.rules.model_copy(update={"stop_at": None})})
    found = read_pilot_numbers(with_numbers(no_rule, *numbers), measures=measures, today=LATER)
    assert (found.verdict, found.reason) == (verdict, reason)
    told = tell(pilot, found, measures=measures)
    assert told.headline and told.change
    assert (
        not numbers or numbers == ("0 of 0",) or any("cannot say what caused" in line for line in told.cannot)
    )


def test_the_stop_rule_counts_from_its_day_on(pilot: Pilot, measures: Measures) -> None:
    early = with_numbers(alone(pilot), "2 of 10", days=(date(2027, 5, 30),))
    late = with_numbers(early, "2 of 10", days=(date(2027, 5, 31),))
    assert not read_pilot_numbers(early, measures=measures, today=date(2027, 5, 30)).stop_rule_met
    found = read_pilot_numbers(late, measures=measures, today=date(2027, 5, 31))
    assert (found.verdict, found.reason) == ("no progress", "stop-rule")
    assert "no better than 22%" in " ".join(tell(late, found, measures=measures).why)


def test_a_metric_that_cannot_have_moved_yet_is_not_called_without_progress(
    pilot: Pilot, measures: Measures
) -> None:
    slow = alone(pilot).model_copy(
        update={"outcome": pilot.outcome.model_copy(update={"metric": "win-rate"})}
    )
    found = read_pilot_numbers(
        with_numbers(slow, "1 of 60", days=(date(2027, 4, 1),)), measures=measures, today=date(2027, 4, 1)
    )
    assert (found.verdict, found.reason) == ("too early to say", "too-soon")


def test_what_is_not_done_is_said_before_what_did_not_move(pilot: Pilot, measures: Measures) -> None:
    made = checked_in(
        alone(pilot), Entered(on=date(2027, 5, 1), numbers="2 of 20", behaviours={"1": "no"}), today=LATER
    )
    told = tell(made, read_pilot_numbers(made, measures=measures, today=date(2027, 5, 1)), measures=measures)
    assert "hardly do it" in told.application[0]
    assert "one manager, two weeks" in told.change[0]


def test_two_groups_are_compared_with_each_other_and_not_with_the_past(
    pilot: Pilot, measures: Measures
) -> None:
    made = checked_in(
        pilot, Entered(on=date(2027, 6, 30), numbers="30 of 50", comparison="29 of 50"), today=LATER
    )
    found = read_pilot_numbers(made, measures=measures, today=LATER)
    assert (found.against, found.verdict) == ("comparison", "too early to say")


def test_ranges_are_those_of_the_textbooks() -> None:
    # Clopper-Pearson for 4 of 20: Agresti, Categorical Data Analysis: (.057, .437); Newcombe 1998, table II (a),
    # method 10, 56/70 against 48/80: .0524 to .3339
    share = plausible(
        pooled([CheckIn(id="a", on=LATER, numbers=(Numbers(successes=4, of=20),))], kind="proportion"),
        level=0.95,
    )  # type: ignore[arg-type]  # there are numbers
    assert share is not None and (round(share.low, 3), round(share.high, 3)) == (0.057, 0.437)
    both = CheckIn(
        id="a",
        on=LATER,
        numbers=(Numbers(successes=56, of=70), Numbers(which="comparison", successes=48, of=80)),
    )
    ours, theirs = (pooled([both], kind="proportion", which=which) for which in ("pilot", "comparison"))  # type: ignore[arg-type]  # a literal
    assert ours is not None and theirs is not None
    gap = apart(ours, theirs, level=0.95)
    assert gap is not None and (round(gap.low, 4), round(gap.high, 4)) == (0.0524, 0.3339)
