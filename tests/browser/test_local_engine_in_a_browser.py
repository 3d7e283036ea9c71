"""The page with a real language model behind it: too weak to be believed, and so the composed answer stands."""

import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from serving import served
from support.engine import Engine
from watched import Watched

pytestmark = pytest.mark.browser

QUESTION = "What do I say to him when he calls us a cost?"


def test_a_question_is_answered_with_the_engine_and_every_marker_leads_to_a_passage(
    browser: Browser, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in engine.settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("COUNTERPART_MODEL_SECONDS", "30")  # on a busy machine the composed answer comes then
    with served(tmp_path, sys.executable, "-c", "from assistant.cli import main; main()") as address:
        context = browser.new_context()
        tab = Watched(context.new_page(), address)
        tab.page.goto(address)
        expect(tab.page.locator(".cp-lead").first).to_be_visible()
        tab.ask(QUESTION)
        tab.page.locator("a.cp-cite").first.click()
        expect(tab.page.locator(".st-key-source mark").first).to_be_visible()
        tab.page.keyboard.press("Escape")
        tab.page.get_by_text("How this answer was made").first.click()
        expect(tab.page.get_by_text(re.compile("chat model|language model you set up")).first).to_be_visible()
        context.close()
    assert (tab.elsewhere, tab.complaints) == ([], [])
