"""Three weeks of a pair's life in headless Chromium: one of the two never comes here and only answers by mail."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from serving import served
from watched import Watched

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
QUESTION = "I see him tomorrow for thirty minutes. What do I say first?"


@pytest.fixture
def weeks(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Where an instance is served on the day that a file names, and that file."""
    day = tmp_path / "day"
    day.write_text("2026-03-02", encoding="utf-8")
    with served(tmp_path, sys.executable, str(HERE / "weeks.py"), str(day)) as found:
        yield found, day


def still(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def go(page: Page, address: str, path: str = "") -> None:
    page.goto(f"{address}/{path}", wait_until="networkidle")
    still(page)


def typed(page: Page, key: str, words: str) -> None:
    box = page.locator(f".st-key-{key} textarea")
    box.fill(words)
    box.press("Tab")
    still(page)


def press(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").first.click()
    still(page)


def prepared(page: Page, address: str) -> str:
    go(page, address, "prepare")
    return page.locator(".st-key-prepare-paper").inner_text()


def told_after_a_meeting(page: Page, address: str) -> None:
    """The first week: a meeting, told in a paragraph, all of it kept."""
    go(page, address, "debrief")
    typed(
        page, "debrief-text",
        "Half an hour. He wants the East team to get its win rate from 18 to 25%. He'll send me the list of lost deals "
        "by Friday, and I'll listen to five calls by the 13th. He said no to the two-day workshop.",
    )  # fmt: skip
    press(page, "debrief-read")
    page.locator(".st-key-debrief-share label").click()
    still(page)
    press(page, "debrief-keep-all")
    expect(page.locator('[class*="st-key-found-undo-"]').first).to_be_visible()


def he_answers_by_mail(page: Page, address: str) -> None:
    """The second week: his list did not come, and his reply is pasted."""
    go(page, address)
    expect(page.locator('[class*="st-key-waits-late-"]')).to_have_count(1)
    page.locator('[class*="st-key-home-didnt-"] button').first.click()
    expect(page.locator(".st-key-home-said")).to_contain_text("You could say")
    page.locator(".st-key-home-reply-box summary").click()
    typed(
        page,
        "home-reply",
        "Yes. I tell Priya on Monday, you bring one page by 20 March.\n\nSent from my phone",
    )
    press(page, "home-reply-read")
    press(page, "home-reply-keep")
    expect(page.locator(".st-key-home-reply-box")).to_contain_text("Kept")


def both_sentences(page: Page, address: str) -> None:
    """The third: the mirror, with his sentence pasted."""
    go(page, address, "mirror")
    typed(page, "mirror-mine", "Win rate in the East team from 18 to 25% by 30 June; I listen to calls.")
    press(page, "mirror-keep")
    typed(page, "mirror-other", "win rate in the West team to 25% by 30 June, learning must train them")
    press(page, "mirror-paste")
    expect(page.locator(".cp-differs").first).to_contain_text("The team")


def a_pilot_begins_with_what_was_told(page: Page, address: str) -> None:
    go(page, address, "pilots")
    press(page, "pilot-wish-known")
    expect(page.locator(".st-key-pilot-wish input")).to_have_value(re.compile("win rate"))
    press(page, "pilot-wish-send")
    expect(page.locator(".cp-pilot-line")).to_contain_text("East")


def the_report_knows(page: Page, address: str) -> None:
    """What the two said they would do stands in it."""
    go(page, address, "pilots")
    page.locator('[class*="st-key-pilot-open-"] button').first.click()
    still(page)
    page.locator(".st-key-pilot-chapter").get_by_text("Report").click()
    still(page)
    expect(page.get_by_text("What the two said they would do").first).to_be_visible()
    expect(page.get_by_test_id("stMain")).to_contain_text("0 kept, 1 not, 3 open.")


def test_the_fourth_week_is_better_for_the_three_before_it(browser: Browser, weeks: tuple[str, Path]) -> None:
    address, day = weeks
    page = browser.new_page()
    tab = Watched(page, address)
    first = prepared(page, address)
    assert "has not been named yet" in first and "Nothing is kept between you yet" in first
    go(page, address)
    assert page.locator(".st-key-home").count() == 0
    tab.ask(QUESTION)
    answer = page.locator(".cp-answer").last.inner_text()

    told_after_a_meeting(page, address)

    day.write_text("2026-03-09", encoding="utf-8")
    he_answers_by_mail(page, address)
    day.write_text("2026-03-16", encoding="utf-8")
    both_sentences(page, address)
    a_pilot_begins_with_what_was_told(page, address)

    # the fourth: what waits, the page before the meeting, the answer and the report know all that
    day.write_text("2026-03-23", encoding="utf-8")
    fourth = prepared(page, address)
    for known in ("tell Priya", "bring one page", "The team:", "workshop", "they differ"):
        assert known in fourth
    go(page, address)
    assert page.locator('[class*="st-key-waits-"]').count() >= 2
    tab.ask(QUESTION)
    later = page.locator(".cp-answer").last.inner_text()
    assert "East team" in later and "East team" not in answer
    assert "From what you told me: on 2 March the outcome was" in later
    the_report_knows(page, address)
    the_vp_comes_himself(page, address)
    assert tab.elsewhere == []
    page.close()


def the_vp_comes_himself(page: Page, address: str) -> None:
    """Eight minutes of the fourth week: what he owes, his own sentence, and nothing that only she sees."""
    go(page, address)
    page.locator(".st-key-person [role=combobox], .st-key-person input").first.click()
    page.get_by_role("option", name="Sales VP").click()
    still(page)
    home = page.locator(".st-key-home")
    expect(home).to_be_visible()
    minutes = int(re.findall(r"About (\d+) minutes", page.locator(".cp-lead").first.inner_text())[0])
    assert minutes <= 8
    expect(home).to_contain_text("listen to five calls")
    expect(home).not_to_contain_text("workshop")
    page.locator('[class*="st-key-home-happened-"] button').first.click()
    expect(page.locator(".st-key-home-said")).to_contain_text("Noted")
