"""On a phone, in light and dark, nothing is too faint to read or too small for a thumb."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from watched import PATIENCE_MS

pytestmark = pytest.mark.browser

MEASURE = (Path(__file__).parent / "legible.js").read_text(encoding="utf-8")
PAGES = ("playbook", "documents", "stories", "pilots", "rehearse")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_and_buttons_are_large_enough_on_a_phone(
    browser: Browser, address: str, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        color_scheme=scheme,  # type: ignore[arg-type]  # one of the two
        has_touch=True,
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    page.locator(".st-key-starters button").first.click()
    expect(page.locator("a.cp-cite").first).to_be_visible()
    found = {"an answer": measured(page)}
    page.locator("a.cp-cite").first.click()
    expect(page.locator(".st-key-source mark").first).to_be_visible()
    found["a source"] = measured(page)
    for name in PAGES:
        page.goto(f"{address}/{name}")
        expect(page.locator(".stMain h1")).to_be_visible()
        found[name] = measured(page)
    context.close()
    assert {name: what for name, what in found.items() if what["faint"] or what["small"]} == {}


def measured(page: Page) -> dict[str, list[str]]:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_function("document.getAnimations().every((each) => each.playState !== 'running')")
    return dict(page.evaluate(MEASURE))
