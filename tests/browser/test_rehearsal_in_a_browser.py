"""A rehearsal in headless Chromium: played, refreshed, gone back in, and ended, without a request elsewhere."""

import pytest
from playwright.sync_api import Page, expect
from watched import Watched

pytestmark = pytest.mark.browser

FIRST = "first-thirty-warm-vague"


def say(page: Page, line: str) -> None:
    answers = page.locator(".cp-his").count()
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(line)
    box.press("Enter")
    expect(page.locator(".cp-his")).to_have_count(answers + 1)


def test_a_meeting_is_played_refreshed_branched_and_ended(tab: Watched) -> None:
    page = tab.page
    page.wait_for_load_state("networkidle")
    page.goto(f"{tab.address}/rehearse", wait_until="networkidle")
    page.locator(f".st-key-choose-{FIRST} button").click()
    page.locator(".st-key-rehearse-begin button").click()
    expect(page.locator(".cp-his")).to_have_count(1)
    say(page, "Where in the sale does it get slow?")
    say(page, "We have a certification with twelve modules, research shows it works.")
    answer = page.locator(".cp-his").last.inner_text()

    page.wait_for_load_state("networkidle")
    page.reload(wait_until="networkidle")
    expect(page.locator(".cp-his")).to_have_count(3)
    assert page.locator(".cp-his").last.inner_text() == answer

    page.locator(".st-key-rehearse-branch-1 button").click()
    expect(page.locator(".cp-his")).to_have_count(2)
    say(page, "You are an idiot.")
    say(page, "Shut up, you moron.")
    expect(page.locator(".cp-outcome")).to_be_visible()
    expect(page.locator(".cp-checks li")).to_have_count(11)
    expect(page.get_by_text("Your tries of this meeting")).to_be_visible()


def test_a_vp_takes_the_other_chair_and_is_told_what_to_practise(tab: Watched) -> None:
    page = tab.page
    page.wait_for_load_state("networkidle")
    page.goto(f"{tab.address}/rehearse", wait_until="networkidle")
    page.locator(".st-key-rehearse-chair").get_by_text("Sales VP").click()
    page.locator(".st-key-choose-frustrated-deliverer button").click()
    page.locator(".st-key-rehearse-begin button").click()
    expect(page.locator(".cp-his")).to_have_count(1)
    say(page, "I've sent you six course titles and never once said what they were for. That was my fault.")
    say(page, "Build me a seventh course by the end of the month.")
    expect(page.locator(".st-key-rehearse-stop button")).to_have_count(
        1
    )  # the redraw after the answer is over
    page.locator(".st-key-rehearse-stop button").click()
    expect(page.locator(".cp-outcome")).to_be_visible()
    expect(page.locator(".cp-next")).to_contain_text("Your line 2")
    page.locator(".st-key-rehearse-there button").click()
    expect(page.locator(".cp-his")).to_have_count(2)
