"""The settings page: what words the answers, what leaves the machine, and a trial that says what is wrong."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.chat_service import KEY, ChatService, chat_service, says, status
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
