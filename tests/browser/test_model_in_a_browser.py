"""The page with a chat model over the wire: its draft, a refresh and a stop in the middle of it, and its failure."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from serving import served
from support.chat_service import KEY, ChatService, chat_service, hangs, says, status

pytestmark = pytest.mark.browser

THIRTY = "He only ever gives me thirty minutes, how should I use them?"
REPLY = (
    "Keep the half hour and make it worth more; an hour without an outcome in it would only drag [1]. "
    "A VP's day is cut into half hours for customers and forecasts too; "
    "thirty minutes is often simply the size of a meeting [2]."
)


@pytest.fixture(scope="module")
def modelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, ChatService]]:
    """Where the real command serves pages with a chat model, and that model's service."""
    with chat_service() as service, pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_BASE_URL", service.url)
        patch.setenv("OPENAI_API_KEY", KEY)
        patch.setenv("COUNTERPART_MODEL", "openai-compatible:tiny")
        program = (sys.executable, "-c", "from assistant.cli import main; main()")
        with served(tmp_path_factory.mktemp("modelled"), *program) as address:
            yield address, service


@contextmanager
def asked(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".cp-lead").first).to_be_visible()
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(THIRTY)
    box.press("Enter")
    yield page
    context.close()


def test_a_draft_grows_survives_a_refresh_and_gives_way_to_the_checked_words(
    browser: Browser, modelled: tuple[str, ChatService]
) -> None:
    address, service = modelled
    service.behave(says(f"{REPLY} Nine of ten VPs prefer an hour [1].", pause=0.3))
    with asked(browser, address) as page:
        expect(page.locator(".cp-draft")).to_contain_text("Keep the half hour")
        expect(page.get_by_text("not yet checked")).to_be_visible()
        expect(page.locator("a.cp-cite")).to_have_count(0)
        page.reload()
        expect(page.locator(".cp-draft")).to_contain_text("Keep the half hour")
        expect(page.locator("a.cp-cite")).to_have_count(2)
        expect(page.locator(".cp-draft")).to_have_count(0)
        expect(page.locator(".cp-answer")).not_to_contain_text("Nine of ten")
        expect(page.locator(".cp-answer")).to_have_count(1)
    assert [len(request["messages"]) for request in service.asked].count(2) == 1  # asked once, then watched


def test_stop_ends_the_request_and_the_part_that_passed_stays_marked_as_stopped(
    browser: Browser, modelled: tuple[str, ChatService]
) -> None:
    address, service = modelled
    service.gone.clear()
    service.behave(says(REPLY + " and so on" * 600, pause=0.05))
    with asked(browser, address) as page:
        expect(page.locator(".cp-draft")).to_contain_text("size of a meeting")
        page.get_by_test_id("stChatInputStopButton").click()
        expect(page.locator(".cp-note")).to_contain_text("You stopped this answer")
        assert service.gone.wait(20)
        page.reload()
        expect(page.locator(".cp-note")).to_contain_text("You stopped this answer")
        expect(page.locator("a.cp-cite").first).to_be_visible()


def test_asked_again_and_stopped_before_a_word_the_earlier_answer_is_back_and_after_one_both_are_there(
    browser: Browser, modelled: tuple[str, ChatService]
) -> None:
    address, service = modelled
    service.behave(says(REPLY))
    with asked(browser, address) as page:
        expect(page.locator("a.cp-cite")).to_have_count(2)
        expect(page.get_by_role("button", name="Answer again")).to_have_count(1)
        answer = page.locator(".cp-answer").inner_text()
        service.behave(hangs)
        page.get_by_role("button", name="Answer again").click()
        expect(page.locator("a.cp-cite")).to_have_count(0)
        page.locator(".st-key-stop-answer button").click()
        expect(page.locator("a.cp-cite")).to_have_count(2)
        assert page.locator(".cp-answer").inner_text() == answer
        service.behave(status(500))
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        page.get_by_role("button", name="Answer again").click()
        expect(page.locator(".cp-version")).to_have_text(["2 of 2"])
        expect(page.locator(".cp-note")).to_contain_text("server failed")
        page.get_by_role("button", name="Earlier answer").click()
        expect(page.locator(".cp-version")).to_have_text(["1 of 2"])
        expect(page.locator(".cp-answer")).to_have_text([re.compile(re.escape(answer.split()[0]))])
        expect(page.locator(".cp-note")).to_have_count(0)


def test_a_key_that_is_not_accepted_is_told_in_one_line_below_the_composed_answer(
    browser: Browser, modelled: tuple[str, ChatService]
) -> None:
    address, service = modelled
    service.behave(status(401, f"Incorrect API key: {KEY}"))
    with asked(browser, address) as page:
        expect(page.locator(".cp-note")).to_contain_text("does not accept the key")
        expect(page.locator("a.cp-cite").first).to_be_visible()
        assert KEY not in page.content()
