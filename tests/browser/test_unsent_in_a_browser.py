"""What is typed in a real browser and not sent is there again after a refresh."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Response, expect
from watched import Watched

pytestmark = pytest.mark.browser

THIRTY = "He only ever gives me thirty minutes, how should I use them?"


def type_and_refresh(tab: Watched, field: Locator, text: str) -> None:
    with tab.page.expect_response(lambda answer: kept(answer, text)):
        field.fill(text)
    tab.page.reload()


def kept(answer: Response, text: str) -> bool:
    """Whether the server took these words to keep."""
    return answer.url.endswith("/unsent") and answer.ok and text in (answer.request.post_data or "")


def test_what_is_typed_survives_a_refresh_until_it_is_sent_or_left(tab: Watched) -> None:
    page = tab.page
    box = page.get_by_test_id("stChatInputTextArea")
    type_and_refresh(tab, box, "She wants everybody")
    expect(box).to_have_value("She wants everybody")
    tab.ask(THIRTY)
    page.reload()
    expect(page.locator(".cp-answer")).to_be_visible()
    expect(box).to_have_value("")

    page.locator(".st-key-talk-menu button").first.click()
    expect(page.get_by_label("Title")).to_have_value(THIRTY)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Edit question").click()
    editor = page.get_by_label("Your question")
    type_and_refresh(tab, editor, "How do I use thirty minutes?")
    expect(editor).to_have_value("How do I use thirty minutes?")
    page.get_by_role("button", name="Leave it").click()
    expect(editor).to_be_hidden()
    page.reload()
    expect(page.locator(".cp-question")).to_have_text(THIRTY)

    page.get_by_text("A source is wrong").click()
    why = page.get_by_label("What is wrong with it?")
    type_and_refresh(tab, why, "It is not so here")
    page.get_by_text("A source is wrong (not sent yet)").click()
    expect(why).to_have_value("It is not so here")
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_text("The question goes with it.")).to_be_visible()


def test_a_card_that_is_being_written_survives_a_refresh(tab: Watched) -> None:
    page = tab.page
    page.goto(f"{tab.address}/playbook?edit=thirty-minutes")
    text = page.get_by_label("The card, in Markdown")
    text.press("ControlOrMeta+End")
    with page.expect_response(lambda answer: kept(answer, "One more thing to ask.")):
        page.keyboard.insert_text("\n- One more thing to ask.")
    page.reload()
    expect(text).to_have_value(re.compile("One more thing to ask.$"))
    page.get_by_role("button", name="Leave it").click()
    expect(text).to_be_hidden()


def test_the_last_letters_are_there_after_a_refresh_although_nothing_of_them_was_sent_in_time(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    box = page.get_by_test_id("stChatInputTextArea")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    box.press_sequentially("She wants ")
    page.route("**/unsent", lambda route: route.abort())  # what is typed from here on is lost on its way
    box.press_sequentially("everybody trained by March")
    page.reload()
    page.unroute("**/unsent")
    expect(box).to_have_value("She wants everybody trained by March")
    page.reload()
    expect(box).to_have_value("She wants everybody trained by March")
    box.press("Enter")
    expect(page.locator(".cp-question")).to_have_text("She wants everybody trained by March")
    page.reload()
    expect(page.locator(".cp-answer")).to_be_visible()
    expect(box).to_have_value("")
    context.close()
