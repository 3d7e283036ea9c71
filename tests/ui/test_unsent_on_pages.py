"""Words that were typed and not sent: a new tab, as after a refresh or a crash, finds them in their field."""

from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from ui_helpers import ask, click, run

from assistant.bootstrap import House
from ui.components.unsent import take_unsent

Page = Callable[..., AppTest]
THIRTY = "He only ever gives me thirty minutes, how should I use them?"
TYPED = "Ask for **one** team <b>first</b> 日本"


def typed(house: House, field: str, text: str = TYPED) -> int:
    """What the page's script sends while somebody types."""
    body = {"person": house.viewer.person_id, "field": field, "showing": "s", "step": 1, "text": text}
    client = TestClient(Starlette(routes=[Route("/unsent", take_unsent, methods=["POST"])]))
    return client.post("/unsent", json=body).status_code


def asked(page: Page, house: House) -> tuple[str, str, str]:
    """Ids of a conversation, its question and its answer."""
    tab = ask(page(), THIRTY)
    talk = tab.query_params["c"]
    question, answer = house.conversations.messages(house.viewer, talk)
    return talk, question.id, answer.id


def test_a_question_that_is_being_changed_is_open_again_and_gone_when_it_is_left(
    page: Page, house: House
) -> None:
    talk, question, _ = asked(page, house)
    assert typed(house, f"edited-{question}") == 201
    tab = page(c=talk)
    assert tab.text_area(key=f"edited-{question}").value == TYPED
    click(tab, f"leave-{question}")
    assert not [area for area in page(c=talk).text_area if area.key == f"edited-{question}"]


def test_a_report_that_is_being_written_is_there_again_and_gone_when_it_is_sent(
    page: Page, house: House
) -> None:
    talk, _, answer = asked(page, house)
    typed(house, f"report-why-{answer}")
    tab = page(c=talk)
    assert tab.text_area(key=f"report-why-{answer}").value == TYPED
    click(tab, f"report-send-{answer}")
    (report,) = (r for r in house.feedback.reports(house.viewer) if r.message_id == answer)
    house.feedback.resolve(house.viewer, report.id)
    assert report.reason == TYPED
    assert page(c=talk).text_area(key=f"report-why-{answer}").value == ""


def test_a_correction_that_is_being_written_is_there_again_and_gone_when_it_is_sent(
    page: Page, house: House
) -> None:
    talk, _, answer = asked(page, house)
    typed(house, f"correct-group-{answer}", "the Lisbon team")
    tab = page(c=talk)
    assert tab.text_input(key=f"correct-group-{answer}").value == "the Lisbon team"
    click(tab, f"correct-send-{answer}")
    assert f"correct-group-{answer}" not in house.unsent.fields(house.viewer)


def test_a_title_that_is_being_changed_is_there_again_and_gone_when_it_is_sent(
    page: Page, house: House
) -> None:
    talk, _, _ = asked(page, house)
    typed(house, f"title-{talk}", "Thirty minutes")
    tab = page(c=talk)
    assert tab.text_input(key=f"title-{talk}").value == "Thirty minutes"
    click(tab, f"rename-send-{talk}")
    assert house.conversations.get(house.viewer, talk).title == "Thirty minutes"
    assert house.unsent.of(house.viewer, f"title-{talk}") is None


def test_a_card_that_is_being_written_is_there_again_and_gone_when_it_is_left(
    page: Page, house: House
) -> None:
    typed(house, "card-text-thirty-minutes")
    tab = page()
    tab.switch_page("views/playbook.py")
    tab.query_params["edit"] = "thirty-minutes"
    run(tab)
    assert tab.text_area(key="card-text-thirty-minutes").value == TYPED
    click(tab, "leave-card")
    tab.query_params["edit"] = "thirty-minutes"
    run(tab)
    assert tab.text_area(key="card-text-thirty-minutes").value == house.own_cards.source("thirty-minutes")


def test_a_card_that_somebody_else_changed_since_the_draft_began_is_not_written_over(
    page: Page, house: House
) -> None:
    def editor() -> AppTest:
        tab = page()
        tab.switch_page("views/playbook.py")
        tab.query_params["edit"] = "thirty-minutes"
        return run(tab)

    editor()  # opened, and something is typed in it
    before = house.own_cards.source("thirty-minutes") or ""
    mine = before.replace("\n## Do\n", "\n## Do\n- Mine comes first. <!-- lead -->\n", 1)
    typed(house, "card-text-thirty-minutes", mine)
    house.own_cards.save(before.replace("\n## Do\n", "\n## Do\n- Theirs comes first.\n", 1))
    try:
        tab = click(editor(), "keep-card")
        assert any("changed by somebody else" in error.value for error in tab.error)
        assert tab.text_area(key="card-text-thirty-minutes").value == mine
        click(tab, "leave-card")
    finally:
        house.own_cards.remove("thirty-minutes")
        house.live.refresh()


def test_a_question_that_was_too_long_waits_to_be_shortened(page: Page, house: House) -> None:
    ask(page(), "long " * 4_000)
    tab = page()
    assert tab.text_area(key="shorter").value == ("long " * 4_000).strip()
    tab.text_area(key="shorter").set_value(THIRTY)
    click(tab, "shorten-ask")
    assert not [area for area in page().text_area if area.key == "shorter"]


def test_nobody_types_for_somebody_who_is_not_here(page: Page, house: House) -> None:
    client = TestClient(Starlette(routes=[Route("/unsent", take_unsent, methods=["POST"])]))
    body = {"person": "ffffffffffff", "field": "ask", "showing": "s", "step": 1, "text": "x"}
    assert client.post("/unsent", json=body).status_code == 400
    assert client.post("/unsent", content=b"no JSON").status_code == 400
    assert client.post("/unsent", content=b"x" * 1_100_000).status_code == 413


@pytest.fixture(autouse=True)
def nothing_typed(house: House) -> None:
    for field in house.unsent.fields(house.viewer):
        house.unsent.drop(house.viewer, field, showing="")
