"""The coach's page with a chat model over the wire: in time, in words, and with markers that lead somewhere."""

import re
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.chat_service import KEY, ChatService, chat_service, drips, hangs, says, status
from ui_helpers import ask, click, run, shown

from assistant.bootstrap import House
from ui.house import close_houses, open_house

Page = Callable[..., AppTest]
QUESTION = "He only ever gives me thirty minutes, how should I use them?"
LIMIT_S = 3.0


@pytest.fixture
def service(instance_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatService]:
    with chat_service() as running:
        monkeypatch.setenv("COUNTERPART_DATA_DIR", str(instance_dir))
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("COUNTERPART_MODEL", "openai-compatible:tiny")
        monkeypatch.setenv("COUNTERPART_MODEL_SECONDS", str(LIMIT_S))
        yield running
    close_houses()


@pytest.fixture
def modelled(service: ChatService) -> House:
    opened = open_house()
    assert opened.wording is not None
    opened.wording.model.warm()
    opened.coach.advise(QUESTION, role="learning-executive")
    return opened


@pytest.mark.parametrize("behaviour", [hangs, drips], ids=["a server that hangs", "a reply without end"])
def test_the_composed_answer_is_on_the_page_once_the_time_is_up(
    page: Page, modelled: House, service: ChatService, behaviour: Callable[..., None]
) -> None:
    service.behave(behaviour)
    tab = page()
    started = time.monotonic()
    text = shown(ask(tab, QUESTION))
    assert time.monotonic() - started < LIMIT_S + 4
    assert f"did not answer within {LIMIT_S:g} seconds" in text
    assert 'class="cp-cite"' in text


def test_markers_lead_to_their_own_passages_after_answering_again_in_another_tab_and_back_at_the_earlier_answer(
    page: Page, modelled: House, service: ChatService
) -> None:
    one, two = modelled.coach.advise(QUESTION, role="learning-executive").citations[:2]
    service.behave(says(f"{one.quote} [1] {two.quote} [2]"))
    tab = ask(page(), QUESTION)
    assert leads(tab) == [(1, one.quote), (2, two.quote)]
    service.behave(says(f"{two.quote} [2] {one.quote} [1]"))
    message = modelled.conversations.messages(modelled.viewer, tab.query_params["c"])[-1]
    click(tab, f"again-{message.id}")
    assert leads(tab) == leads(page(c=tab.query_params["c"])) == [(1, two.quote), (2, one.quote)]
    question = modelled.conversations.messages(modelled.viewer, tab.query_params["c"])[0]
    assert "2 of 2" in shown(tab)
    click(tab, f"version-1-{question.id}")
    assert "1 of 2" in shown(tab)
    assert leads(tab) == leads(page(c=tab.query_params["c"])) == [(1, one.quote), (2, two.quote)]
    click(tab, f"version+1-{question.id}")
    assert leads(tab) == [(1, two.quote), (2, one.quote)]
    # Two answers, each of them words and a form: what was set aside was paid for as well.
    assert "Tokens of the chat model: 480 read, 136 written" in "".join(each.value for each in tab.caption)


def leads(tab: AppTest) -> list[tuple[int, str]]:
    """Each marker on the page with the sentence before it."""
    html = shown(tab)
    answer = html[html.index('class="cp-answer"') :].partition("</div>")[0].partition(">")[2]
    parts = re.split(r"<sup><a[^>]*>(\d+)</a></sup>", answer)
    return [
        (int(number), " ".join(unescape(re.sub(r"<[^>]+>", " ", words)).split()))
        for words, number in zip(parts[::2], parts[1::2], strict=False)
    ]


def test_a_rehearsal_goes_on_with_its_own_lines_and_says_so_where_the_model_is_away(
    page: Page, modelled: House, service: ChatService
) -> None:
    service.behave(status(401))
    tab = page()
    tab.switch_page("views/rehearsal.py")
    run(tab)
    click(tab, "choose-first-thirty-warm-vague")
    click(tab, "rehearse-begin")
    tab.chat_input(key="rehearse-say").set_value("Where in the sale does it get slow?")
    text = shown(run(tab))
    assert text.count('class="cp-his"') == 2
    assert (
        text.count("the chat model was not used, since it does not accept the key") == 2
    )  # below, and how it was made
    assert KEY not in text
    service.behave(says("Nobody told me that, ask Leopold."))
    tab.chat_input(key="rehearse-say").set_value("And then what happens?")
    again = shown(run(tab))
    assert "named something that nobody had said" in again
    assert "Leopold" not in again
    assert "120 read, 34 written" in again
    (record,) = modelled.rehearsals.list(modelled.viewer)
    assert [each and each["why"] for each in record.voiced] == ["it does not accept the key", "facts"]
