"""The real command in headless Chromium."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from serving import chromium, served
from watched import PATIENCE_MS, Watched

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HERE = Path(__file__).parent
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a fresh instance is served by the real command."""
    program = (sys.executable, "-c", "from assistant.cli import main; main()")
    with served(tmp_path_factory.mktemp("served"), *program) as found:
        yield found


@pytest.fixture
def unhurried(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Where an instance is served whose coach waits for a file before it answers, and that file."""
    gate = tmp_path / "gate"
    with served(tmp_path, sys.executable, str(HERE / "unhurried.py"), str(gate)) as found:
        yield found, gate


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["wide", "phone"])
def tab(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Watched]:
    """A new tab at the start page; it may ask nothing of another machine, and the policy blocks nothing."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    watched = Watched(context.new_page(), address)
    watched.page.goto(address)
    expect(watched.page.locator(".cp-lead").first).to_be_visible(timeout=PATIENCE_MS)
    yield watched
    context.close()
    assert watched.elsewhere == []
    assert watched.complaints == []
