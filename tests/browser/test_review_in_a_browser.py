"""A long talk is reviewed in headless Chromium, and a draft is checked, without a request elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from watched import PATIENCE_MS, Watched

pytestmark = pytest.mark.browser

STORY = (
    "Last Tuesday I sat beside Kofi Mensah in Leeds and he gave eleven per cent away before the buyer asked."
)
SMALL = ("Mhm.", "I see.", "Go on.", "Right, the figures of the week.", "That was a long week for all of us.")
MAIL = "Hi Dana,\n\nresearch shows that blended learning works.\n\nWe would like to roll the academy out to all 240 reps."


def long_talk() -> str:
    """A hundred and sixty turns; what matters stands near the end, on the second page of lines."""
    small = [f"{('Dana', 'Ines')[at % 2]}: {SMALL[at % len(SMALL)]}" for at in range(150)]
    told = [
        "Dana: I need a negotiation course for all my reps by month end.",
        "Ines: Sure, you'll have the negotiation course by the thirtieth.",
        f"Dana: {STORY}",
        "Ines: Mhm.",
        "Dana: And then he lost the deal anyway.",
        "Ines: Let's stay in touch about the course.",
    ]
    return "\n".join([*small, *told])


@pytest.fixture
def wide(browser: Browser, address: str) -> Iterator[Watched]:
    yield from opened(browser, address, 1440, 900)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Watched]:
    yield from opened(browser, address, 390, 844)


def opened(browser: Browser, address: str, width: int, height: int) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    watched = Watched(context.new_page(), address)
    watched.page.goto(address)
    expect(watched.page.locator(".cp-lead").first).to_be_visible(timeout=PATIENCE_MS)
    yield watched
    context.close()
    assert watched.elsewhere == []
    assert watched.complaints == []


def settled(page: Page) -> Page:
    """The page once its script has run: until then what it showed before may stand beside what it shows now."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    return page


def press(page: Page, key: str) -> None:
    settled(page).locator(f".st-key-{key} button").first.click()


def test_a_long_talk_leads_from_finding_to_line_to_story_and_to_a_document(
    wide: Watched, tmp_path: Path
) -> None:
    page = wide.page
    page.goto(f"{wide.address}/review", wait_until="networkidle")
    page.locator(".st-key-review-text textarea").fill(long_talk())
    press(page, "review-send")
    page.locator(".st-key-cast-save").wait_for()
    page.get_by_role("radiogroup", name="Role of Dana").get_by_text("Sales VP").click()
    page.get_by_role("radiogroup", name="Role of Ines").get_by_text("Learning executive").click()
    press(page, "cast-save")
    expect(page.get_by_text("To practise next")).to_be_visible()
    taken = page.locator("[class*=st-key-finding-gap]").filter(has_text="An order was taken as it stood")
    taken.get_by_role("button", name="Line 152").click()
    expect(page.locator("#line-t152")).to_be_in_viewport()

    page.locator("#line-t152").press("ArrowDown")
    page.keyboard.press("Enter")
    side = page.locator(".st-key-source")
    expect(side).to_contain_text("Line 153")
    remark = side.get_by_placeholder("What do you want to remember, or to say?")
    expect(remark).to_have_count(1)
    settled(page)
    remark.fill("Ask him <b>first</b>")
    press(page, "comment-add")
    expect(side.get_by_text("Ask him <b>first</b>")).to_be_visible()
    story = side.get_by_role("button", name="story", exact=True)
    expect(story).to_have_count(1)
    settled(page)
    story.click()
    expect(side.get_by_text("As you said.")).to_be_visible()

    with page.expect_download() as pdf:
        press(page, "review-pdf")
    pdf.value.save_as(tmp_path / "talk.pdf")
    assert (tmp_path / "talk.pdf").read_bytes().startswith(b"%PDF-")

    press(page, "line-story")
    kept = page.locator(".st-key-story-review")
    expect(kept).to_contain_text("And then he lost the deal anyway.")
    expect(kept.locator("mark").first).to_be_visible()
    expect(kept).not_to_contain_text("beside Kofi Mensah in")


def test_a_draft_is_checked_on_a_phone_and_a_refresh_keeps_what_was_taken_or_left(phone: Watched) -> None:
    page = phone.page
    page.goto(f"{phone.address}/draft", wait_until="networkidle")
    page.locator(".st-key-draft-text textarea").fill(MAIL)
    press(page, "draft-check")
    sheet = page.locator(".cp-sheet")
    expect(sheet).to_be_visible()
    expect(sheet).not_to_contain_text("all 240 reps")
    everybody = page.locator("[class*=st-key-change-taken]").filter(has_text="all 240 reps")
    everybody.get_by_role("button", name="Leave mine").click()
    expect(sheet).to_contain_text("all 240 reps")
    page.wait_for_load_state("networkidle")
    page.reload(wait_until="networkidle")
    expect(sheet).to_contain_text("all 240 reps")
