"""The settings page: what words the answers, what leaves the machine, and a trial that says what is wrong."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.chat_service import KEY, ChatService, chat_service, hangs, leaves, says, status
from ui_helpers import click, run, shown

from ui.house import close_houses

Page = Callable[..., AppTest]


@pytest.fixture
def service(house: object, instance_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatService]:
    with chat_service() as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url.replace("127.0.0.1", "localhost"))
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("COUNTERPART_MODEL", "openai-compatible:tiny")
        yield running
    close_houses()


def settings(page: Page) -> AppTest:
    return run(page().switch_page("views/settings.py"))


def test_without_a_model_the_page_says_that_nothing_leaves_the_machine(page: Page) -> None:
    text = shown(settings(page))
    assert "without a chat model" in text
    assert "Nothing. Questions" in text


def test_a_trial_that_works_and_one_that_fails_are_told_in_words_and_the_key_is_never_shown(
    page: Page, service: ChatService
) -> None:
    tab = settings(page)
    assert "tiny" in shown(tab)
    assert "it is shown nowhere" in shown(tab)
    service.behave(says("ready"))
    assert "It works" in shown(click(tab, "model-trial"))
    service.behave(status(401, f"Incorrect API key provided: {KEY}"))
    failed = shown(click(tab, "model-trial"))
    assert "does not accept the key" in failed
    assert "Check OPENAI_API_KEY" in failed
    assert KEY not in failed


def test_each_thing_that_can_be_wrong_is_named_each_time_it_is_tried_and_a_mended_one_works_at_once(
    page: Page, service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERPART_MODEL_SECONDS", "2")
    monkeypatch.setenv("COUNTERPART_MODEL_RETRIES", "0")
    wrong = (
        (status(401), "does not accept the key", "Check OPENAI_API_KEY"),
        (leaves, "cannot be reached", "its host and port in OPENAI_BASE_URL"),
        (status(404, 'model "tiny" not found'), "is not known there", "Check the name in COUNTERPART_MODEL"),
        (status(429, "over", "insufficient_quota"), "its quota is used up", "credit and the limits"),
        (hangs, "did not answer within 2 seconds", "allow more with COUNTERPART_MODEL_SECONDS"),
    )
    tab = settings(page)
    for behaviour, what, to_do in wrong:
        service.behave(behaviour)
        text = shown(click(tab, "model-trial"))
        assert what in text
        assert to_do in text
    service.behave(says("ready"))
    assert "It works" in shown(click(tab, "model-trial"))
