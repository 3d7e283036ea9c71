"""Answers on their way: each asking is worked on once, however many tabs, redraws and presses there are."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from ui_helpers import ask, click, shown

from assistant.advice.coach import Coach
from assistant.bootstrap import House
from assistant.errors import StoreError
from assistant.records import Message
from ui.components.working import begin_work, work_of, worked_on

Page = Callable[..., AppTest]
THIRTY = "He only ever gives me thirty minutes, how should I use them?"
ROLE = "learning-executive"


class Gate:
    """Answers wait until it is open; counts what the coach was asked."""

    def __init__(self) -> None:
        self.open, self.asked = threading.Event(), list[str]()
        self.fault: Exception | None = None


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate, at_once = Gate(), Coach.advise

    def advise(self: Coach, question: str, **named: Any) -> Any:
        gate.asked.append(question)
        assert gate.open.wait(60)
        if gate.fault is not None:
            raise gate.fault
        return at_once(self, question, **named)

    monkeypatch.setattr(Coach, "advise", advise)
    yield gate
    gate.open.set()


@pytest.fixture
def question(house: House) -> Message:
    talk = house.conversations.create(house.viewer, ROLE)
    return house.conversations.ask(house.viewer, talk.id, THIRTY)


def ended(question: Message) -> None:
    if work := work_of(question.id):
        work.watch(lambda _: None)


def said(house: House, question: Message) -> list[str]:
    return [each.author for each in house.conversations.messages(house.viewer, question.conversation_id)]


def test_however_often_the_work_is_begun_the_coach_is_asked_once(
    house: House, gate: Gate, question: Message
) -> None:
    for _ in range(3):
        begin_work(house, house.viewer, question, role=ROLE)
    gate.open.set()
    ended(question)
    assert gate.asked == [THIRTY]
    assert said(house, question) == ["user", "coach"]
    begin_work(
        house, house.viewer, question, role=ROLE
    )  # a tab that read the page before the answer was there
    ended(question)
    assert said(house, question) == ["user", "coach"]


def test_two_tabs_that_ask_again_at_once_leave_one_answer(
    house: House, gate: Gate, question: Message
) -> None:
    gate.open.set()
    begin_work(house, house.viewer, question, role=ROLE)
    ended(question)
    gate.open.clear()
    waiting = []
    for text in (THIRTY, THIRTY, "How do I open the first thirty minutes?"):
        waiting.append(house.conversations.revise(house.viewer, question.conversation_id, question.id, text))
        begin_work(house, house.viewer, waiting[-1], role=ROLE)
    gate.open.set()
    ended(question)
    assert gate.asked == [THIRTY, THIRTY, "How do I open the first thirty minutes?"]
    kept = house.conversations.messages(house.viewer, question.conversation_id)
    assert [each.author for each in kept] == ["user", "coach"]
    assert kept[0].text == kept[1].detail["question"] == "How do I open the first thirty minutes?"


def test_a_fault_is_told_and_the_question_is_answered_when_it_is_asked_for(
    page: Page, house: House, gate: Gate
) -> None:
    gate.fault = StoreError("The disk is full", kept="Your question is kept")
    gate.open.set()
    tab = ask(page(), THIRTY)
    assert "The disk is full" in shown(tab)
    gate.fault = None
    click(tab, "answer-now")
    assert shown(tab).count('class="cp-answer"') == 1
    assert "The disk is full" not in shown(tab)


def test_a_tab_that_has_not_seen_the_newest_question_replaces_nothing(page: Page, house: House) -> None:
    stale = ask(page(), THIRTY)
    talk = stale.query_params["c"]
    ask(page(c=talk), "why?")
    answer = house.conversations.messages(house.viewer, talk)[1]
    click(stale, f"again-{answer.id}")
    assert "went on in another tab" in shown(stale)
    assert len(house.conversations.messages(house.viewer, talk)) == 4


def test_a_question_that_is_sent_twice_is_asked_once(page: Page, house: House, gate: Gate) -> None:
    talk = house.conversations.create(house.viewer, ROLE)
    tab = page(c=talk.id)
    asked = house.conversations.ask(house.viewer, talk.id, THIRTY)
    begin_work(house, house.viewer, asked, role=ROLE)
    assert worked_on(asked.id)
    threading.Timer(0.5, gate.open.set).start()
    ask(tab, THIRTY)
    assert gate.asked == [THIRTY]
    assert shown(tab).count('class="cp-question"') == 1
    assert said(house, asked) == ["user", "coach"]
