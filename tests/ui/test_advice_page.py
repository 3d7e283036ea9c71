"""The coach's page, as somebody uses it."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest
from ui_helpers import ask, click, run, shown

from assistant.advice.conversation import answer_of
from assistant.bootstrap import House

Page = Callable[..., AppTest]
THIRTY = "He only ever gives me thirty minutes, how should I use them?"


def test_an_empty_page_says_what_this_is_and_offers_questions_to_start_from(page: Page) -> None:
    tab = page()
    starters = [button.label for button in tab.button if str(button.key).startswith("starter-")]
    assert THIRTY in starters
    assert "names the card it comes from" in shown(tab)
    assert "no access control" in shown(tab)


def test_switching_the_role_changes_the_starters(page: Page) -> None:
    tab = page()
    before = {button.key for button in tab.button}
    tab.button_group(key="role").set_value("sales-vp")
    run(tab)
    after = [button for button in tab.button if str(button.key).startswith("starter-sales-vp")]
    assert len(after) == 4
    assert not {button.key for button in after} & before


def test_a_starter_is_answered_with_markers_that_name_their_sources(page: Page, house: House) -> None:
    tab = page()
    click(tab, "starter-learning-executive-0")
    assert 'class="cp-cite"' in shown(tab)
    answer = answer_of(house.conversations.messages(house.viewer, str(tab.query_params["c"]))[-1])
    assert answer is not None
    for citation in answer.citations:
        assert any(
            str(b.key).endswith(f"-{citation.marker}") and citation.section in b.label for b in tab.button
        )


def test_an_opened_source_shows_the_passage_with_the_quoted_words_marked(page: Page, house: House) -> None:
    tab = ask(page(), THIRTY)
    source = next(button for button in tab.button if str(button.key).startswith("source-"))
    click(tab, source.key)
    answer = answer_of(house.conversations.messages(house.viewer, str(tab.query_params["c"]))[-1])
    assert answer is not None
    assert f"<mark>{answer.citations[0].quote}</mark>".replace("'", "&#x27;") in shown(tab)
    assert "Our playbook says so" in shown(tab)
    click(tab, "close-source")
    assert "<mark>" not in shown(tab)


def test_a_refresh_and_another_tab_find_the_conversation_again(page: Page) -> None:
    first = ask(page(), "How do I find out which outcome my VP really cares about?")
    again = page(c=first.query_params["c"])
    assert "which outcome my VP really cares about" in shown(again)
    assert 'class="cp-cite"' in shown(again)


def test_a_question_that_was_kept_without_an_answer_can_be_answered_later(page: Page, house: House) -> None:
    talk = house.conversations.create(house.viewer, "learning-executive")
    house.conversations.ask(house.viewer, talk.id, THIRTY)
    tab = page(c=talk.id)
    assert "it has no answer yet" in shown(tab)
    click(tab, "answer-now")
    assert 'class="cp-cite"' in shown(tab)
    messages = house.conversations.messages(house.viewer, talk.id)
    assert [message.author for message in messages] == ["user", "coach"]


def test_tricks_with_html_and_images_in_a_question_are_shown_as_text(page: Page) -> None:
    trick = (
        "My VP wrote <img src=x onerror=alert(1)> ![a](http://evil.example/a.png) [b](javascript:alert(1))"
    )
    tab = ask(page(), trick)
    html = shown(tab)
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "<img" not in html
    assert "![a]" in html
    assert 'href="http' not in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize("blank", ["   ", "\u200b", "\x00\x01"])
def test_a_blank_question_leads_to_words_and_no_fault(page: Page, blank: str) -> None:
    tab = ask(page(), blank)
    assert "Something went wrong" not in shown(tab)


def test_what_somebody_else_said_stays_out_of_sight(page: Page, house: House) -> None:
    mine = house.conversations.create(house.viewer, "learning-executive", title="Only mine")
    other = next(person for person in house.people.list() if person.id != house.viewer.person_id)
    tab = page(**{"as": other.id, "c": mine.id})
    assert "That conversation is not here" in shown(tab)
    assert not any(button.key == f"open-{mine.id}" for button in tab.button)


def test_whoever_is_picked_stays_picked_in_the_address(page: Page, house: House) -> None:
    vp = next(person for person in house.people.list() if person.role == "sales-vp")
    tab = page()
    tab.selectbox(key="person").set_value(vp.id)
    run(tab)
    assert tab.query_params["as"] == vp.id
    assert any(str(button.key).startswith("starter-sales-vp") for button in tab.button)


def test_a_conversation_is_renamed_pinned_deleted_and_brought_back(page: Page, house: House) -> None:
    talk = house.conversations.create(house.viewer, "learning-executive", title="Before")
    tab = page(c=talk.id)
    tab.text_input(key=f"title-{talk.id}").set_value("After *stars*")
    click(tab, f"rename-send-{talk.id}")
    assert house.conversations.get(house.viewer, talk.id).title == "After *stars*"
    click(tab, "pin")
    assert house.conversations.list(house.viewer)[0].id == talk.id
    click(tab, "delete")
    assert talk.id not in {found.id for found in house.conversations.list(house.viewer)}
    click(tab, "undo-delete")
    assert house.conversations.list(house.viewer)[0].id == talk.id


def test_conversations_are_found_by_what_was_said_in_them(page: Page, house: House) -> None:
    talk = house.conversations.create(house.viewer, "learning-executive", title="Platypus")
    tab = page()
    tab.text_input(key="find").set_value("platypus")
    run(tab)
    opened = [button for button in tab.button if str(button.key).startswith("open-")]
    assert [button.key for button in opened] == [f"open-{talk.id}"]


def test_a_long_conversation_shows_its_newest_part_and_the_rest_when_asked(page: Page, house: House) -> None:
    talk = house.conversations.create(house.viewer, "coach")
    for number in range(30):
        house.conversations.ask(house.viewer, talk.id, f"question number {number} of many")
        house.conversations.answer(house.viewer, talk.id, f"answer number {number}")
    tab = page(c=talk.id)
    assert "question number 29 of" in shown(tab)
    assert "question number 3 of" not in shown(tab)
    click(tab, "earlier")
    assert "question number 3 of" in shown(tab)


def held(tab: AppTest, house: House) -> tuple[str, list[str]]:
    """The id of the conversation that a tab looks at, and the ids of its messages."""
    talk = str(tab.query_params["c"])
    return talk, [message.id for message in house.conversations.messages(house.viewer, talk)]


def test_answering_again_replaces_the_answer_and_keeps_the_question(page: Page, house: House) -> None:
    tab = ask(page(), THIRTY)
    talk, (question, answer) = held(tab, house)
    click(tab, f"again-{answer}")
    assert held(tab, house)[1][0] == question
    assert held(tab, house)[1][1] != answer
    assert house.conversations.unanswered(house.viewer, talk) is None
    assert 'class="cp-cite"' in shown(tab)


def test_an_edited_question_is_asked_in_its_place(page: Page, house: House) -> None:
    tab = ask(page(), THIRTY)
    talk, (question, answer) = held(tab, house)
    click(tab, f"edit-{answer}")
    tab.text_area(key=f"edited-{question}").set_value("How do I get his first outcome out of him?")
    click(tab, f"send-{question}")
    texts = [message.text for message in house.conversations.messages(house.viewer, talk)]
    assert texts[0] == "How do I get his first outcome out of him?"
    assert len(texts) == 2
    assert THIRTY not in shown(tab)


def test_thumbs_are_kept_in_the_records_and_shown_again(page: Page, house: House) -> None:
    tab = ask(page(), THIRTY)
    talk, (_, answer) = held(tab, house)
    tab.feedback(key=f"thumbs-{answer}").set_value(0)
    run(tab)
    assert [remark.verdict for remark in house.feedback.of(house.viewer, [answer])] == ["unhelpful"]
    assert page(c=talk).feedback(key=f"thumbs-{answer}").value == 0


def test_a_source_that_is_wrong_is_reported_with_a_reason_and_found_at_its_card(
    page: Page, house: House
) -> None:
    tab = ask(page(), THIRTY)
    _, (_, answer) = held(tab, house)
    tab.text_area(key=f"report-why-{answer}").set_value("My VP starts late, this would not fit")
    click(tab, f"report-send-{answer}")
    (report,) = house.feedback.reports(house.viewer)
    assert (report.reason, report.question) == ("My VP starts late, this would not fit", THIRTY)
    tab.switch_page("views/playbook.py")
    tab.query_params["card"] = str(report.card_id)
    run(tab)
    assert "this would not fit" in shown(tab)
    click(tab, f"resolve-{report.id}")
    assert house.feedback.reports(house.viewer) == []


def test_a_question_that_was_read_wrongly_is_put_right_and_answered_again(page: Page, house: House) -> None:
    tab = ask(page(), "How do I lift the win rate with my Dallas team?")
    talk, (question, first) = held(tab, house)
    tab.text_input(key=f"correct-group-{first}").set_value("the Porto team")
    click(tab, f"correct-send-{first}")
    _, (kept, second) = held(tab, house)
    answer = answer_of(house.conversations.messages(house.viewer, talk)[-1])
    assert answer is not None
    assert (kept, answer.understood.corrected, answer.understood.facts.group) == (
        question,
        True,
        "the Porto team",
    )
    assert second != first
