"""A pilot from a one-line wish to a decision, in a real browser."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from watched import PATIENCE_MS, Watched

pytestmark = pytest.mark.browser

TODAY = datetime.now(UTC).astimezone().date()
FELT = re.compile("I don.t feel progress on ramp time with March class")
CHECK_INS = (  # days ago, numbers, whether sellers do it, the story, whether it went well
    (70, "150+, 140+, 160+", "partly", "The first call partner was found in week two.", True),
    (56, "190, 175+", "not done", "Nobody had time for call partners: quarter's end.", False),
    (42, "", "not done", "Two call partners were reassigned.", False),
    (28, "130, 120", "partly", "Ines sat in on four calls and opened a deal of her own.", True),
    (14, "90, 95, 85", "done", "Three of the class opened a deal in one week.", True),
    (0, "70, 65, 80, 75, 60, 72", "done", "The last of the class is ramped.", True),
)


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    watched = Watched(context.new_page(), address)
    watched.page.goto(f"{address}/pilots")
    expect(watched.page.locator(".cp-lead").first).to_be_visible(timeout=PATIENCE_MS)
    yield watched
    context.close()
    assert watched.elsewhere == []
    assert watched.complaints == []


def part(page: Page, key: str) -> Locator:
    """The part of the page with this key."""
    return page.locator(f".st-key-{key}")


def press(page: Page, key: str) -> None:
    part(page, key).locator("button").first.click()


def answer(page: Page, text: str) -> None:
    """Answer the question that is asked, and wait for the next one."""
    asked = page.locator(".cp-ask").inner_text()
    page.locator("[class*='st-key-pilot-answer-'] textarea").first.fill(text)
    press(page, "pilot-answer-send")
    expect(page.locator(".cp-ask")).not_to_have_text(asked)


def chapter(page: Page, name: str) -> None:
    part(page, "pilot-chapter").get_by_role("radio", name=name).click()


def put(page: Page, field: str, text: str) -> None:
    """Type into a field of the scope and leave it."""
    box = (
        page.locator(f"[class*='st-key-pilot-field-{field.replace('.', '-')}']")
        .locator("input, textarea")
        .first
    )
    box.fill(text)
    box.press("Tab")


def become(page: Page, name: str) -> None:
    part(page, "person").locator("input").click()
    page.get_by_role("option", name=name).click()


def test_a_wish_becomes_a_pilot_with_a_report_and_a_decision(tab: Watched, tmp_path: Path) -> None:
    page = tab.page
    part(page, "pilot-wish").locator("input").fill("ramp new hires faster")
    press(page, "pilot-wish-send")
    expect(page.locator(".cp-ask")).to_have_text("Ramp time of whom, from what, to what, by when?")
    answer(page, f"from 180 to 100 days for the March class, by {TODAY.isoformat()}")
    answer(page, "New people take half a year until they carry their number")
    answer(page, "unknown")
    page.reload()  # every answer is kept
    expect(page.locator(".cp-pilot-line")).to_contain_text("from 180 days to 100 days for March class")

    chapter(page, "Scope")
    expect(page.locator(".cp-problem").first).to_be_visible()
    _scope(page)
    _check_in_six_times(page)

    chapter(page, "Report")
    expect(page.locator(".cp-verdict")).to_contain_text("On track")
    part(page, "pilot-documents").get_by_role("button", name="One page, PDF").wait_for()
    with page.expect_download() as found:
        part(page, "pilot-documents").get_by_role("button", name="One page, PDF").click()
    found.value.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")

    chapter(page, "Decision")
    part(page, "pilot-choice").get_by_role("radio", name="Scale").click()
    press(page, "pilot-decide-send")
    expect(page.locator(".cp-trouble")).to_contain_text("next group")
    part(page, "pilot-next-group").locator("input").fill("The September class")
    part(page, "pilot-learnt").locator("textarea").fill("Call partners need an hour that is theirs")
    press(page, "pilot-decide-send")
    expect(page.locator(".cp-verdict")).to_contain_text("Scale")
    press(page, "pilot-next")
    expect(page.locator(".cp-pilot-line")).to_contain_text("The September class")


def _scope(page: Page) -> None:
    """The days, two behaviours, one fix by a click, and a yes from both."""
    page.locator("[class*='st-key-pilot-fix-no-manager']").locator("button").click()
    expect(part(page, "pilot-undo")).to_contain_text("Took the fix: no manager")
    for title, fields in (
        ("What sellers do", {"behaviours": "sits in on two calls a week | the partner notes it",
                             "reinforcement": "asks for one call on Monday | Luis | every week"}),
        ("Dates and rules", {"start": (TODAY - timedelta(days=84)).isoformat()}),
    ):  # fmt: skip
        head = page.locator("summary").filter(has_text=title).first
        if page.locator("details[open]").filter(has=head).count() == 0:
            head.click()
        for field, text in fields.items():
            put(page, field, text)
    expect(page.get_by_text("The start is").first).to_be_visible()  # in the past, and said so
    press(page, "pilot-agree-learning_owner")
    expect(part(page, "pilot-yes-learning_owner")).to_contain_text("Learning executive said yes")
    become(page, "Sales VP")
    press(page, "pilot-agree-sponsor")
    expect(page.locator(".cp-now")).to_have_text("Running")


def _check_in_six_times(page: Page) -> None:
    chapter(page, "Check-ins")
    for count, (ago, numbers, done, story, well) in enumerate(CHECK_INS, start=1):
        part(page, "pilot-in-numbers").locator("input").fill(numbers)
        part(page, "pilot-in-behaviour-0").get_by_role("radio", name=done, exact=True).click()
        part(page, "pilot-in-story").locator("textarea").fill(story)
        part(page, "pilot-in-went").get_by_role("radio", name="well" if well else "badly").click()
        if not part(page, "pilot-in-on").locator("input").is_visible():
            page.locator("summary").filter(has_text="More: a file").click()
        part(page, "pilot-in-on").locator("input").fill((TODAY - timedelta(days=ago)).isoformat())
        press(page, "pilot-in-send")
        expect(page.locator("[class*='st-key-pilot-made-']")).to_have_count(count)
        if ago == 42:  # the bad stretch: said in one tap, without a number
            expect(page.locator(".cp-verdict")).not_to_contain_text("On track")
            press(page, "pilot-felt")
            expect(part(page, "pilot-felt-text").locator("textarea")).to_have_value(FELT)
            press(page, "pilot-felt-close")
    expect(page.locator(".cp-verdict")).to_contain_text("On track")
    expect(part(page, "pilot-chart").locator("canvas, svg").first).to_be_visible()
