"""A pilot as a file, and what the checks say about it."""

from datetime import date

import pytest

from assistant.errors import InputRefusedError
from assistant.pilots.amounts import UnclearNumberError, read_number
from assistant.pilots.checks import check, check_contract
from assistant.pilots.days import UnclearDateError, read_date
from assistant.pilots.edit import edited
from assistant.pilots.filing import PilotFileError, read_pilot, write_pilot
from assistant.pilots.measures import Measures
from assistant.pilots.model import Pilot
from assistant.pilots.template import TEMPLATE
from knowledge.cards import shipped_cards

TODAY = date(2026, 11, 23)
BAD = """\
title: Train everyone
outcome: {metric: completion of the negotiation course, by: 2026-12-24}
group: all reps
start: 2026-11-01
activities: two day course
behaviours: [understand value selling]
comparison: Team North
checkpoints: [2027-05-01]
"""


@pytest.fixture(scope="module")
def measures() -> Measures:
    return Measures(shipped_cards())


def read(source: str, measures: Measures) -> Pilot:
    return read_pilot(source, name="p.yaml", measures=measures, today=TODAY)


def problems(source: str, measures: Measures) -> set[str]:
    return {each.id for each in check(read(source, measures), measures=measures, today=TODAY)}


def test_the_template_is_a_pilot_that_is_ready(measures: Measures) -> None:
    result = check_contract(read(TEMPLATE, measures), name="t", measures=measures, today=TODAY)
    assert (result["verdict"], result["problems"]) == ("ready", [])
    assert 0 < result["power"]["chance_to_see_target"] < 1


def test_what_is_written_is_read_again_without_loss(measures: Measures) -> None:
    decided = """\
title: Won
metric: win rate
baseline: 18.5%
target: unknown
rules: {stop: unknown}
check_ins:
  - {id: a1, on: 2027-01-05, numbers: [{successes: "1,200", of: 4000}], story: "“quoted”: yes\\n", mood: 4}
felt_no_progress: [{on: 2027-01-06, by: Dana}]
decision: {choice: stop, on: 2027-02-01, learnt: [the leads were too small]}
"""
    for source in (TEMPLATE, BAD, decided):
        pilot = read(source, measures)
        assert read(write_pilot(pilot), measures) == pilot
    pilot = read(decided, measures)
    assert pilot.unknown == ("outcome.target", "rules.stop")
    assert pilot.check_ins[0].numbers[0].successes == 1200


@pytest.mark.parametrize(
    ("source", "line", "field"),
    [
        ("title: a\noutcome:\n  metric: win rate\n  baseline: twenty\n", 4, "outcome.baseline"),
        ("title: a\nmetric: win rate\nbaseline: 0.2\ntarget: 25\n", 3, "outcome.baseline"),
        ("title: a\nfoo: 3\n", 2, "foo"),
        ("group:\n  name: East\n  size: -3\n", 3, "group.size"),
        ("title: a\ncheck_ins:\n  - id: x\n    on: 2027-02-30\n", 4, "check_ins[1].on"),
        ("title: a\nstart: 03/04/2027\n", 2, "start"),
        ("title: a\ntitle: b\n", 2, "title"),
        ("x: &a 1\ny: *a\n", 2, ""),
        ("a: [\n", 2, ""),
        ("- a\n", 1, ""),
    ],
)
def test_what_is_wrong_in_a_file_is_named_with_its_line_and_field(
    source: str, line: int, field: str, measures: Measures
) -> None:
    with pytest.raises(PilotFileError) as refused:
        read(source, measures)
    assert f"p.yaml, line {line}" in refused.value.message
    assert field in refused.value.message


def test_every_flaw_of_a_bad_pilot_is_found_and_every_fix_mends_it(measures: Measures) -> None:
    pilot = read(BAD, measures)
    found = check(pilot, measures=measures, today=TODAY)
    assert {each.id for each in found} >= {
        "activity-as-outcome", "no-baseline", "no-target", "group-everyone", "no-sponsor", "no-learning-owner",
        "no-manager", "behaviour-vague", "no-reinforcement", "no-stop-rule", "comparison-unexplained", "date-past",
        "dates-out-of-order", "over-holidays",
    }  # fmt: skip
    assert all(each.message and each.fix and each.principle and each.change for each in found)
    for _ in range(5):
        for each in check(pilot, measures=measures, today=TODAY):
            pilot = edited(pilot, each.change)
    assert check(pilot, measures=measures, today=TODAY) == []
    assert any(task.owner and task.due for task in pilot.tasks)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("baseline: 40%", "target-wrong-way"),
        ("baseline: 35%", "target-is-baseline"),
        ("baseline: 2%", "target-implausible"),
        ("baseline: 130%", "target-impossible"),
        ("baseline: unknown", "no-baseline"),
        ("size: 1", "one-rep"),
        ("size: 60", "group-too-large"),
        ("opportunities: 0", "no-opportunities"),
        ("by: 2027-03-05", "metric-too-slow"),
        ("by: 2027-02-01", "end-before-start"),
    ],
)
def test_one_wrong_field_is_one_problem(change: str, problem: str, measures: Measures) -> None:
    name = change.partition(":")[0]
    lines = TEMPLATE.splitlines()
    at = next(i for i, line in enumerate(lines) if line.strip().startswith(f"{name}:"))
    lines[at] = lines[at][: len(lines[at]) - len(lines[at].lstrip())] + change
    assert problem in problems("\n".join(lines), measures)


@pytest.mark.parametrize(
    ("text", "value"),
    [("20%", 20), ("0.2", 0.2), ("1,200", 1200), ("$12k", 12_000), ("€1.250.000,50", 1_250_000.5), ("12,5", 12.5),
     ("1'200", 1200), ("2 weeks", 14), ("-3", -3)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    assert read_number(text).value == value


@pytest.mark.parametrize("text", ["€1.200", "abc", "", "1,2,3.4.5", "nan", "inf", "1e400"])
def test_a_number_that_is_unclear_is_asked(text: str) -> None:
    with pytest.raises(UnclearNumberError):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2027-03-31", date(2027, 3, 31)), ("31 March", date(2027, 3, 31)), ("by end of Q1", date(2027, 3, 31)),
     ("in 2 weeks", date(2026, 12, 7)), ("March 5th, 2027", date(2027, 3, 5)), ("25/12/2026", date(2026, 12, 25))],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(text: str, day: date) -> None:
    assert read_date(text, today=TODAY) == day


def test_a_date_with_two_readings_is_asked() -> None:
    with pytest.raises(UnclearDateError, match="3 April 2027 or 4 March 2027"):
        read_date("03/04/2027", today=TODAY)


def test_a_field_there_is_not_is_refused_and_nothing_changes(measures: Measures) -> None:
    pilot = read(TEMPLATE, measures)
    for changes in ({"nothing": 1}, {"outcome.baseline": "much"}, {"behaviours[9].text": "x"}):
        with pytest.raises(InputRefusedError):
            edited(pilot, changes)
