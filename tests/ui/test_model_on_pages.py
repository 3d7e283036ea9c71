"""The coach's page with a chat model over the wire: in time, in words, and with markers that lead somewhere."""

import json
import re
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.chat_service import KEY, ChatService, chat_service, drips, hangs, says, status
from support.trial import won_trial
from ui_helpers import ask, click, run, shown

from assistant.bootstrap import House
from assistant.records import ReviewRecord
from assistant.review.transcript import Transcript, Turn
from ui.components.review_second import _readings
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
    assert "Tokens of the chat model: 480 read, 136 written" in shown(tab)


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


AWAY = "http://127.0.0.1:9/v1"
TALK = Transcript(
    "talk.txt",
    "text",
    (
        Turn("t1", "Dana", "I need a negotiation course for all my reps by month end."),
        Turn("t2", "Ines", "What would they do differently afterwards?"),
    ),
)
NOBODY_WAITS_LONGER_S = 4 * LIMIT_S


@pytest.fixture(params=["connection refused", "hang"])
def away(request: pytest.FixtureRequest, service: ChatService, monkeypatch: pytest.MonkeyPatch) -> str:
    """A model that is not there in one way or the other; what is said of it."""
    service.behave(hangs)
    if request.param == "hang":
        return f"it did not answer within {LIMIT_S:g} seconds"
    monkeypatch.setenv("OPENAI_BASE_URL", AWAY)
    return "it cannot be reached"


@pytest.fixture
def without(away: str) -> House:
    """The pages of such an instance."""
    opened = open_house()
    assert opened.wording is not None
    opened.wording.model.warm()
    return opened


def test_where_the_model_is_away_the_coach_answers_from_the_playbook_with_one_quiet_line(
    page: Page, without: House, away: str
) -> None:
    text = shown(ask(page(), QUESTION))
    assert text.count(f'cp-note">Composed from the playbook: the chat model was not used, since {away}') == 1
    assert 'class="cp-cite"' in text


def test_where_the_model_is_away_a_rehearsal_goes_on_with_one_quiet_line_and_the_next_line_can_be_said(
    page: Page, without: House, away: str
) -> None:
    tab = page()
    tab.switch_page("views/rehearsal.py")
    run(tab)
    click(tab, "choose-first-thirty-warm-vague")
    click(tab, "rehearse-begin")
    for answers, line in enumerate(("Where in the sale does it get slow?", "And then what happens?"), 2):
        tab.chat_input(key="rehearse-say").set_value(line)
        text = shown(run(tab))
        assert text.count('class="cp-his"') == answers
        assert (
            text.count(
                f'cp-note">The line is the script&#x27;s own: the chat model was not used, since {away}'
            )
            == 1
        )


def test_where_the_model_is_away_a_review_stays_as_it_is_with_one_quiet_line(
    page: Page, without: House, away: str
) -> None:
    tab, record = talk_open(page, without)
    started = time.monotonic()
    click(tab, "second-ask")
    assert time.monotonic() - started < LIMIT_S  # the page does not wait for it
    assert "What you see is the local reading" in shown(tab)
    text = shown(settled(tab, record.id))
    assert f"There is no second reading, since {away}. The local one stands." in text
    assert "second-ask" in {button.key for button in tab.button}


def test_where_the_model_is_away_the_trial_on_the_settings_page_says_so(
    page: Page, without: House, away: str
) -> None:
    tab = run(page().switch_page("views/settings.py"))
    text = shown(click(tab, "model-trial"))
    assert 'class="cp-trouble"' in text
    assert away.removeprefix("it ") in text


def test_a_second_reading_goes_on_beside_the_page_and_can_be_stopped(
    page: Page, modelled: House, service: ChatService
) -> None:
    tab, record = talk_open(page, modelled)
    service.behave(hangs)
    click(tab, "second-ask")
    click(tab, "second-stop")
    text = shown(settled(tab, record.id))
    assert "There is no second reading" not in text
    lines = [{"line": at, "moves": ["candour"]} for at in (1, 2)]
    service.behave(says(json.dumps({"lines": lines})))
    click(tab, "second-ask")
    text = shown(settled(tab, record.id))
    assert "120 read, 34 written" in text
    second = modelled.reviews.get(modelled.viewer, record.id).second
    assert second is not None
    assert [list(moves) for moves in second.turns.values()] == [["candour"], ["candour"]]
    click(tab, "second-away")
    assert modelled.reviews.get(modelled.viewer, record.id).second is None


def talk_open(page: Page, house: House) -> tuple[AppTest, ReviewRecord]:
    """The page with a review of a short talk, which the model of this house may read again."""
    won_trial(house)
    record = house.reviews.add(house.viewer, TALK, {"Dana": "sales-vp", "Ines": "learning-executive"})
    record = house.reviews.cast(house.viewer, record.id, record.roles)
    tab = page()
    tab.query_params["r"] = record.id
    tab.switch_page("views/review.py")
    return run(tab), record


def settled(tab: AppTest, review_id: str) -> AppTest:
    """The page once nothing is read again any more."""
    end = time.monotonic() + NOBODY_WAITS_LONGER_S
    while (work := _readings.get(review_id)) is not None and work.going_on:
        assert time.monotonic() < end
        time.sleep(0.05)
    return run(tab)
