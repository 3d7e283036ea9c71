"""`counterpart ui` in headless Chromium: what no simulated page can show."""

import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Locator, expect
from watched import Watched

pytestmark = pytest.mark.browser

THIRTY = "He only ever gives me thirty minutes, how should I use them?"


def test_a_question_is_answered_a_source_opens_and_a_refresh_finds_it_all_again(tab: Watched) -> None:
    page = tab.page
    tab.ask(THIRTY)
    page.locator("a.cp-cite").first.click()
    quote = page.locator(".st-key-source mark").first
    expect(quote).to_be_visible()
    assert len(quote.inner_text().split()) >= 4
    expect(page.locator(".st-key-source")).to_contain_text("Our playbook says so")
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-source")).to_have_count(0)

    page.reload()
    expect(page.locator(".cp-question")).to_have_text(THIRTY)
    expect(page.locator("a.cp-cite").first).to_be_visible()


def test_a_marker_is_reached_and_pressed_with_the_keyboard(tab: Watched) -> None:
    tab.ask(THIRTY)
    marker = tab.page.locator("a.cp-cite").first
    assert (marker.get_attribute("aria-label") or "").startswith("Source 1: ")
    marker.focus()
    marker.press("Enter")
    expect(tab.page.locator(".st-key-source mark").first).to_be_visible()
    expect(tab.page.locator(".st-key-close-source button")).to_be_focused()
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".st-key-source")).to_have_count(0)
    expect(tab.page.locator("a.cp-cite").first).to_be_focused()
    tab.page.keyboard.press(" ")
    expect(tab.page.locator(".st-key-source mark").first).to_be_visible()


def test_an_image_in_a_question_is_text_and_nothing_is_fetched(tab: Watched) -> None:
    tab.ask('My VP sent ![x](http://evil.example/x.png) <img src="http://evil.example/y.png"> what do I say?')
    expect(tab.page.locator(".cp-question")).to_contain_text("![x](http://evil.example/x.png)")
    assert tab.page.locator(".stMain img").count() == 0


def test_words_to_say_are_copied_without_their_markers(tab: Watched) -> None:
    page = tab.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=tab.address)
    tab.ask("What do I say when she wants a course for everyone?")
    page.locator("button.cp-copy").first.click()
    expect(page.locator(".cp-said")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert len(copied.split()) > 5
    assert not re.search(r"\[\d+\]", copied)


def test_nothing_on_the_page_is_wider_than_the_window(tab: Watched) -> None:
    tab.ask(THIRTY)
    assert tab.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_stop_keeps_the_question_drops_the_answer_and_lets_it_be_asked_for_later(
    browser: Browser, unhurried: tuple[str, Path]
) -> None:
    address, gate = unhurried
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(THIRTY)
    box.press("Enter")
    expect(page.locator(".cp-question")).to_have_text(THIRTY)  # written down before anything else
    stop = page.get_by_test_id("stChatInputStopButton").or_(
        page.locator(".st-key-stop-answer button:visible")
    )
    stop.first.click()
    expect(
        page.locator(".st-key-unanswered", has_text="Stopped").first
    ).to_be_visible()  # although the coach is still at it
    gate.touch()
    expect(page.locator(".st-key-unanswered", has_text="Stopped")).to_have_count(1)
    expect(page.get_by_test_id("stSpinner")).to_be_hidden()
    expect(page.locator(".cp-answer")).to_have_count(0)

    page.reload()
    expect(page.locator(".cp-question")).to_have_text(THIRTY)
    expect(page.locator(".cp-answer")).to_have_count(0)
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator("a.cp-cite").first).to_be_visible()
    expect(page.locator(".cp-question")).to_have_count(1)
    context.close()


def test_a_question_is_kept_and_answered_although_the_page_is_left_the_moment_it_is_sent(
    browser: Browser, unhurried: tuple[str, Path]
) -> None:
    address, gate = unhurried
    page = browser.new_page()
    page.goto(address)
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(THIRTY)
    box.press("Enter")
    page.goto(address)
    page.locator("[class*=st-key-open-] button").click()
    expect(page.get_by_test_id("stSpinner")).to_be_visible()
    gate.touch()
    expect(page.locator("a.cp-cite").first).to_be_visible()
    expect(page.locator(".cp-question")).to_have_count(1)
    page.close()


def test_an_answer_that_is_under_way_can_be_stopped_after_a_refresh(
    browser: Browser, unhurried: tuple[str, Path]
) -> None:
    address, gate = unhurried
    page = browser.new_page()
    page.goto(address)
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(THIRTY)
    box.press("Enter")
    expect(page.locator(".cp-question")).to_have_text(THIRTY)
    page.reload()
    page.locator(".st-key-stop-answer button").click()
    expect(page.locator(".st-key-unanswered", has_text="Stopped").first).to_be_visible()
    gate.touch()
    expect(page.get_by_role("button", name="Ask again")).to_be_visible()
    expect(page.locator(".cp-answer")).to_have_count(0)
    page.close()


def test_documents_are_uploaded_found_taken_out_and_brought_back(tab: Watched, tmp_path: Path) -> None:
    page, note = tab.page, tmp_path / "lyon.md"
    note.write_text("# Lyon\n\nA buyer asked who would train the wards.\n")
    broken = tmp_path / "broken.pdf"
    broken.write_text("no pdf")
    page.goto(f"{tab.address}/documents")
    page.locator("input[type=file]").set_input_files([note, broken])
    expect(page.get_by_test_id("stFileChip")).to_have_count(2)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".cp-outcomes li")).to_have_count(2)
    expect(page.locator(".cp-outcomes")).to_contain_text("Left out: It is no PDF")
    page.get_by_placeholder("What did the regional").fill("who trains the wards?")
    page.keyboard.press("Enter")
    expect(page.locator("[class*=st-key-passage-]").first).to_contain_text("A buyer asked")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("[class*=st-key-held-]")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[class*=st-key-held-]")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("[class*=st-key-held-]")).to_have_count(0)


def test_a_press_counts_although_the_page_moves_or_is_redrawn_before_the_release(tab: Watched) -> None:
    page = tab.page
    starter = page.locator(".st-key-starters button").first
    starter.click(trial=True)  # brought into view, and at rest
    box = starter.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 8)
    page.mouse.down()
    page.evaluate("document.querySelector('.stMainBlockContainer').style.paddingTop = '20rem'")
    page.mouse.up()
    expect(page.locator(".cp-question")).to_have_count(1)
    expect(page.locator(".cp-answer")).to_have_count(1)


def test_a_conversation_is_renamed_pinned_found_deleted_and_brought_back(tab: Watched) -> None:
    page, name = tab.page, f"Thirty with Dana {tab.page.viewport_size}"
    tab.ask(THIRTY)
    menu(tab).get_by_label("Title").fill(name)
    page.get_by_role("button", name="Rename", exact=True).click()
    expect(page.get_by_role("button", name=name)).to_have_count(1)
    menu(tab).get_by_role("button", name="Pin to the top").click()
    expect(page.get_by_text("· Pinned")).to_be_visible()
    page.goto(tab.address)
    expect(page.locator(".cp-lead").first).to_be_visible()
    conversations(tab).get_by_placeholder("Search conversations").fill(name)
    page.keyboard.press("Enter")
    expect(page.locator("[class*=st-key-open-] button")).to_have_count(1)
    page.get_by_role("button", name=name).click()
    expect(page.locator(".cp-question")).to_be_in_viewport()  # nothing lies over it, on a phone either
    menu(tab).get_by_role("button", name="Delete").click()
    expect(page.locator(".st-key-undo")).to_contain_text("Deleted: Thirty with Dana")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".cp-question")).to_have_text(THIRTY)


def menu(tab: Watched) -> Locator:
    """The conversation's menu, opened."""
    opened = tab.page.get_by_test_id("stPopoverBody")
    if not opened.is_visible():
        tab.page.locator(".st-key-talk-menu button").first.click()
    return opened


def conversations(tab: Watched) -> Locator:
    """The side with the conversations, opened."""
    if tab.page.get_by_test_id("stExpandSidebarButton").is_visible():
        tab.page.get_by_test_id("stExpandSidebarButton").click()
    return tab.page.get_by_test_id("stSidebar")


def test_a_conversation_is_exported_as_a_word_document(tab: Watched) -> None:
    tab.ask(THIRTY)
    tab.page.locator(".st-key-talk-menu button").first.click()
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="Export as Word").click()
    written = docx.Document(str(download.value.path()))
    assert download.value.suggested_filename.endswith(".docx")
    assert THIRTY in [paragraph.text for paragraph in written.paragraphs]
    assert "Sources" in [paragraph.text for paragraph in written.paragraphs]


def test_the_pages_carry_a_policy_and_health_is_checked_for_real(browser: Browser, address: str) -> None:
    context = browser.new_context()
    answer = context.request.get(address)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    health = context.request.get(f"{address}/health").json()
    assert health["status"] == "ok"
    assert health["index"]
    context.close()


def test_a_port_that_is_taken_is_said_in_one_line(address: str, tmp_path: Path) -> None:
    port = address.rsplit(":", 1)[1]
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "ui", "--port", port]
    done = subprocess.run(
        [*command, "--data-dir", str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.fullmatch(rf"Port {port} on 127\.0\.0\.1 cannot be used.*--port\.\n", done.stderr)


def test_a_story_is_told_with_one_text_and_one_press_and_the_next_answer_tells_it(tab: Watched) -> None:
    page = tab.page
    page.goto(f"{tab.address}/stories")
    page.get_by_label("What happened?").fill(
        "Rode along with Duarte. New hires here wait until week nine for their first call, so ramp is slow."
    )
    page.get_by_role("button", name="Look it over").first.click()
    expect(page.locator(".st-key-story-review mark")).to_have_text("[person]")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".st-key-story-kept")).to_contain_text("Kept")
    page.goto(tab.address)
    tab.ask("Do you have a story about slow ramp of new hires?")
    expect(page.locator(".cp-answer blockquote").first).to_contain_text("week nine")
    page.goto(f"{tab.address}/stories")
    page.locator("[class*=st-key-story-read-] button").first.click()
    page.get_by_role("button", name="Take out").click()
    expect(page.locator(".st-key-story-gone")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
