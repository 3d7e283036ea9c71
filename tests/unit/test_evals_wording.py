"""Composed and worded answers side by side: a model that quotes loses nothing, one that invents gains nothing."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from support.chat_service import KEY, ChatService, chat_service, reads_out, says, status
from typer.testing import CliRunner

from assistant.advice.wording import Wording
from assistant.bootstrap import House
from assistant.cli import build_app
from assistant.evals.advice import read_cases
from assistant.evals.wording import WordingReport, evaluate_wording
from assistant.providers.openai_chat import OpenAIChat, Service


@pytest.fixture(scope="module")
def service() -> Iterator[ChatService]:
    with chat_service() as running:
        yield running


@pytest.fixture(scope="module")
def evaluated(house: House, service: ChatService) -> Iterator[Callable[[], WordingReport]]:
    model = OpenAIChat(Service("openai-compatible", "tiny", service.url, SecretStr(KEY), retries=0))
    wording = Wording(model, embed=house.embedder.embed, seconds=30)
    cases = [case for case in read_cases("dev") if case.expect == "answer"][:4]

    def evaluate() -> WordingReport:
        return evaluate_wording(
            house.coach,
            wording,
            cases,
            half="dev",
            embed=house.embedder.embed,
            progress=lambda *_: None,
        )

    yield evaluate
    model.close()


def test_a_model_that_reads_passages_out_is_grounded_in_all_it_says(
    service: ChatService, evaluated: Callable[[], WordingReport]
) -> None:
    service.behave(reads_out)
    report = evaluated()
    assert (report.used, report.kept) == (1.0, 1.0)
    assert report.sentences >= report.cases
    assert (report.worded.groundedness, report.worded.citations_valid) == (1.0, 1.0)
    assert report.composed.groundedness > 0.95
    assert report.tokens_in == 120 * len(service.asked)
    assert report.notes == {}


def test_a_model_that_invents_stands_nowhere_and_the_composed_answers_are_measured(
    service: ChatService, evaluated: Callable[[], WordingReport]
) -> None:
    service.behave(says("Nine of ten VPs prefer an hour [1]. Book it now [1]."))
    report = evaluated()
    assert (report.used, report.kept) == (0.0, 0.0)
    assert report.worded == report.composed
    assert sum(report.notes.values()) == report.cases


def test_a_model_that_is_down_is_told_apart_from_one_that_invents(
    service: ChatService, evaluated: Callable[[], WordingReport]
) -> None:
    service.behave(status(401))
    report = evaluated()
    assert (report.used, report.sentences) == (0.0, 0)
    assert any("key" in note or "failed several times" in note for note in report.notes)


def test_whoever_stops_it_has_the_figures_of_the_cases_so_far(
    house: House, service: ChatService, evaluated: Callable[[], WordingReport]
) -> None:
    model = OpenAIChat(Service("openai-compatible", "tiny", service.url, SecretStr(KEY), retries=0))
    cases = [case for case in read_cases("dev") if case.expect == "answer"][:4]

    def enough(_: str, done: int, __: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    service.behave(reads_out)
    report = evaluate_wording(
        house.coach,
        Wording(model, embed=house.embedder.embed, seconds=30),
        cases,
        half="dev",
        embed=house.embedder.embed,
        progress=enough,
    )
    model.close()
    assert (report.asked, report.cases, report.stopped, report.used) == (2, 2, True, 1.0)
    assert not evaluated().stopped


def test_the_command_compares_as_many_cases_as_were_asked_for(
    service: ChatService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.behave(reads_out)
    monkeypatch.setenv("OPENAI_BASE_URL", service.url)
    options = ["--dev", "--model", "openai-compatible:tiny", "--limit", "3", "--data-dir", str(tmp_path)]
    told = CliRunner().invoke(build_app(), ["eval", "advice", *options, "--json"])
    assert told.exit_code == 0, told.output
    report = json.loads(told.stdout)
    assert report["wording"]["model"] == "openai-compatible:tiny"
    assert (report["cases"], report["wording"]["asked"], report["wording"]["stopped"]) == (3, 3, False)
    assert "Wording case 3 of 3" in told.stderr
    assert 1 <= report["wording"]["cases"] <= 3
    assert set(report["wording"]["composed"]) == set(report["wording"]["worded"])
    assert 0 < report["principle_hit"] <= 1
