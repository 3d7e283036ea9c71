"""`counterpart ui` in headless Chromium: what no simulated page can show."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

pytestmark = pytest.mark.browser

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
THIRTY = "He only ever gives me thirty minutes, how should I use them?"
PATIENCE_MS = 60_000


def chromium() -> str:
    """Where Chromium is; skips without it, or fails under COUNTERPART_TEST_STRICT=1."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("COUNTERPART_TEST_STRICT") == "1":
            pytest.fail("Chromium is not installed: apt install chromium")
        pytest.skip("Chromium is not installed: apt install chromium")
    return found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a fresh instance is served by the real command."""
    chromium()
    folder = tmp_path_factory.mktemp("served")
    command = [
        sys.executable,
        "-c",
        "from assistant.cli import main; main()",
        "ui",
        "--data-dir",
        str(folder / "data"),
    ]
    with (folder / "stderr").open("w") as stderr:
        served = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, text=True)
    try:
        assert served.stdout is not None
        line = served.stdout.readline()
        match = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert match, f"{line!r} {(folder / 'stderr').read_text()}"
        yield match.group(0)
        served.send_signal(signal.SIGINT)
        assert served.wait(timeout=20) in {0, 130}
        assert "Traceback" not in (folder / "stderr").read_text()
    finally:
        served.kill()
        served.wait()
        if served.stdout:
            served.stdout.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield opened
        opened.close()


class Watched:
    """A page, with what it asked for elsewhere and what it complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, self.address.replace("http", "ws"), "blob:", "data:")):
            self.elsewhere.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def ask(self, question: str) -> None:
        box = self.page.get_by_test_id("stChatInputTextArea")
        answers = self.page.locator(".cp-answer").count()
        box.fill(question)
        box.press("Enter")
        expect(self.page.locator(".cp-answer")).to_have_count(answers + 1, timeout=PATIENCE_MS)


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["wide", "phone"])
def tab(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Watched]:
    """A new tab at the start page; it may ask nothing of another machine, and the policy blocks nothing."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    watched = Watched(context.new_page(), address)
    watched.page.goto(address)
    expect(watched.page.locator(".cp-lead")).to_be_visible(timeout=PATIENCE_MS)
    yield watched
    context.close()
    assert watched.elsewhere == []
    assert watched.complaints == []


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
    tab.page.locator("a.cp-cite").first.press(" ")
    expect(tab.page.locator(".st-key-source")).to_have_count(0)


def test_an_image_in_a_question_is_text_and_nothing_is_fetched(tab: Watched) -> None:
    tab.ask('My VP sent ![x](http://evil.example/x.png) <img src="http://evil.example/y.png"> what do I say?')
    expect(tab.page.locator(".cp-question")).to_contain_text("![x](http://evil.example/x.png)")
    assert tab.page.locator(".stMain img").count() == 0


def test_words_to_say_are_copied_without_their_markers(tab: Watched) -> None:
    page = tab.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=tab.address)
    tab.ask("What do I say when she wants a course for everyone?")
    page.locator("button.cp-copy").first.click()
    page.wait_for_function("document.querySelector('.cp-said')?.textContent === 'Copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert len(copied.split()) > 5
    assert not re.search(r"\[\d+\]", copied)


def test_nothing_on_the_page_is_wider_than_the_window(tab: Watched) -> None:
    tab.ask(THIRTY)
    assert tab.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


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
