"""The evaluation of advice: its cases are many and apart, and its checks notice what is wrong."""

from collections import Counter

import pytest
from support.advice import LEARNING, ask, talk

from assistant.advice.answer import Answer
from assistant.advice.coach import Coach
from assistant.evals.advice import Case, Half, citations_valid, evaluate_advice, read_cases
from knowledge.cards import ROLES
from knowledge.principles import PRINCIPLES

HALVES: tuple[Half, ...] = ("dev", "held-out")
QUESTION = "He only ever gives me thirty minutes, how should I use them?"


def quiet(what: str, done: int, total: int) -> None:
    """No progress display."""


@pytest.fixture(scope="module")
def answer(coach: Coach) -> Answer:
    return ask(coach, LEARNING, QUESTION)


def test_there_are_as_many_cases_as_were_promised() -> None:
    cases = [case for half in HALVES for case in read_cases(half)]
    refused = [case for case in cases if case.expect in {"refuse", "benchmark"}]
    assert len(cases) - len(refused) >= 120
    assert len(refused) >= 60
    assert {case.role for case in cases} == set(ROLES)
    assert {p for case in cases for p in case.principles} == set(PRINCIPLES)
    assert sum(len(case.turns) > 1 for case in cases) >= 10


def test_no_case_is_in_both_halves() -> None:
    dev, held_out = (read_cases(half) for half in HALVES)
    assert not {case.id for case in dev} & {case.id for case in held_out}
    assert not {case.turns for case in dev} & {case.turns for case in held_out}
    assert all(n == 1 for n in Counter(case.id for case in (*dev, *held_out)).values())
    assert abs(len(dev) - len(held_out)) <= 5


def test_a_sound_answer_is_valid(answer: Answer) -> None:
    assert answer.citations
    assert citations_valid(answer)


@pytest.mark.parametrize(
    "damage", ["unknown marker", "two in one bracket", "wrong order", "not verbatim", "short"]
)
def test_a_damaged_answer_is_not(answer: Answer, damage: str) -> None:
    first, *rest = answer.citations
    changed: dict[str, dict[str, object]] = {
        "unknown marker": {"answer": f"{answer.answer} More. [99]"},
        "two in one bracket": {"answer": answer.answer.replace("[1]", "[1, 2]")},
        "wrong order": {
            "answer": answer.answer.replace("[1]", "[x]").replace("[2]", "[1]").replace("[x]", "[2]")
        },
        "not verbatim": {"citations": (first.model_copy(update={"quote": "Words that no card has."}), *rest)},
        "short": {"citations": (first.model_copy(update={"quote": first.text.split()[0]}), *rest)},
    }
    assert not citations_valid(answer.model_copy(update=changed[damage]))


def case(**wanted: object) -> Case:
    standard: dict[str, object] = {
        "id": "x",
        "role": "learning-executive",
        "turns": (QUESTION,),
        "expect": "answer",
    }
    return Case.model_validate(standard | wanted)


def test_a_case_that_is_met_has_no_failures(coach: Coach) -> None:
    met = case(principles=("le-2", "gap"), shape="plan", must=(r"0–3 min",), must_not=(r"\bsynergy\b",))
    report = evaluate_advice(coach, [met], half="dev", progress=quiet)
    assert report.failures == []
    assert (report.principle_hit, report.right_shape, report.citations_valid) == (1, 1, 1)
    assert report.in_scope_refused == 0
    assert 0 < report.p50_ms <= report.p95_ms


@pytest.mark.parametrize(
    ("check", "wanted"),
    [
        ("principle", {"principles": ("sv-5",)}),
        ("shape", {"principles": ("le-2",), "shape": "message"}),
        ("must", {"principles": ("le-2",), "shape": "plan", "must": ("no such words",)}),
        ("must_not", {"principles": ("le-2",), "shape": "plan", "must_not": ("min",)}),
        ("refusal", {"expect": "refuse"}),
    ],
)
def test_each_check_notices_its_failure(coach: Coach, check: str, wanted: dict[str, object]) -> None:
    report = evaluate_advice(coach, [case(**wanted)], half="dev", progress=quiet)
    assert check in {failure["check"] for failure in report.failures}
    assert report.failures[0]["id"] == "x"


def test_rates_are_over_the_cases_they_apply_to(coach: Coach) -> None:
    refused = case(id="y", turns=("how long do I boil an egg",), expect="refuse")
    report = evaluate_advice(
        coach, [case(principles=("le-2",), shape="plan"), refused], half="dev", progress=quiet
    )
    assert report.cases == 2
    assert report.out_of_scope_refused == 1
    assert report.in_scope_refused == 0
    assert report.principle_hit == 1


def test_progress_is_told_case_by_case(coach: Coach) -> None:
    told: list[tuple[int, int]] = []
    cases = [case(id=str(number)) for number in range(3)]
    evaluate_advice(coach, cases, half="dev", progress=lambda _, done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3)]


def test_a_repetition_is_noticed_over_the_turns_of_a_case(coach: Coach) -> None:
    first, second = talk(coach, LEARNING, QUESTION, "why?")
    assert not set(first.trace.used) & set(second.trace.used)
    report = evaluate_advice(
        coach, [case(turns=(QUESTION, "why?"), shape="why", principles=("le-2",))], half="dev", progress=quiet
    )
    assert report.nothing_repeated == 1
