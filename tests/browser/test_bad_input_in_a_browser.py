"""What a browser could be talked into by a question or a document, and is not."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from watched import Watched

pytestmark = pytest.mark.browser

TRICKS = (
    "<script>window.tricked = 1</script> <img src=x onerror='window.tricked = 1'>"
    "<svg onload='window.tricked = 1'></svg> ![x](http://evil.example/x.png)"
    " <iframe src='http://evil.example'></iframe> [x](javascript:window.tricked=1) What do I tell my VP?"
)


def untouched(tab: Watched) -> bool:
    """No script of the text ran, and nothing of it became an element."""
    foreign = tab.page.locator(".stMain :is(img, script, iframe, a[href^='http'], a[href^='javascript'])")
    return tab.page.evaluate("window.tricked === undefined") and foreign.count() == 0


def test_no_script_of_a_question_runs_and_no_image_of_it_is_fetched(tab: Watched) -> None:
    tab.ask(TRICKS)
    expect(tab.page.locator(".cp-question")).to_contain_text("![x](http://evil.example/x.png)")
    assert untouched(tab)
    tab.page.reload()
    expect(tab.page.locator(".cp-question")).to_contain_text("<script>window.tricked = 1</script>")
    assert untouched(tab)


def test_no_script_of_a_document_runs_and_no_image_of_it_is_fetched(tab: Watched, tmp_path: Path) -> None:
    page = tab.page
    tricky = tmp_path / "x$y$ ![a](http:evil) :red[b].txt"
    tricky.write_text(f"About the wards in Lyon: {TRICKS}")
    page.goto(f"{tab.address}/documents")
    page.locator("input[type=file]").set_input_files(tricky)
    expect(page.get_by_test_id("stFileChip")).to_have_count(1)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".cp-outcomes li")).to_have_count(1)
    page.get_by_placeholder("What did the regional").fill("wards in Lyon")
    page.keyboard.press("Enter")
    expect(page.locator(".cp-passage").first).to_contain_text("<script>window.tricked = 1</script>")
    assert untouched(tab)
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("[class*=st-key-held-]")).to_have_count(0)


def test_twenty_thousand_pasted_characters_stay_to_be_shortened(tab: Watched) -> None:
    page, long = tab.page, "My VP cancels every meeting. " * 700
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(long)
    box.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("20,299 characters")
    area = page.get_by_label("Your question")
    expect(area).to_have_value(long.strip())
    area.fill("My VP cancels every meeting. What now?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".cp-question")).to_have_text("My VP cancels every meeting. What now?")
    expect(page.locator(".cp-answer")).to_have_count(1)


def test_an_empty_question_cannot_be_sent(tab: Watched) -> None:
    box = tab.page.get_by_test_id("stChatInputTextArea")
    for blank in ("", "   ", "\n\n"):
        box.fill(blank)
        box.press("Enter")
    expect(tab.page.locator(".cp-lead").first).to_be_visible()
    expect(tab.page.locator(".cp-question")).to_have_count(0)
