"""What people paste into the coach's page that is no question."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from ui_helpers import ask, click, run, shown

from assistant.advice.conversation import MAX_CHARACTERS
from assistant.bootstrap import House
from knowledge.store import engine
from ui.house import close_houses, open_house

Page = Callable[..., AppTest]
APP = Path(__file__).parents[2] / "ui" / "app.py"
LONG = "My VP cancels every meeting. " * 700


def kept(tab: AppTest, house: House) -> list[str]:
    talk = tab.query_params.get("c")
    return [m.text for m in house.conversations.messages(house.viewer, str(talk))] if talk else []


def test_twenty_thousand_characters_are_refused_beside_the_words_and_none_is_lost(
    page: Page, house: House
) -> None:
    tab = ask(page(), LONG)
    assert "20,299 characters" in shown(tab)
    assert "8,000 at most" in shown(tab)
    (area,) = tab.text_area
    assert area.value == LONG.strip()
    assert kept(tab, house) == []


def test_a_long_question_that_was_shortened_is_asked(page: Page, house: House) -> None:
    tab = ask(page(), LONG)
    tab.text_area[0].set_value("My VP cancels every meeting. What now?")
    click(tab, "shorten-ask")
    assert kept(tab, house)[0] == "My VP cancels every meeting. What now?"
    assert "at most" not in shown(tab)


def test_a_long_question_that_is_still_too_long_stays_to_be_shortened(page: Page) -> None:
    tab = ask(page(), LONG)
    tab.text_area[0].set_value("x" * (MAX_CHARACTERS + 1))
    click(tab, "shorten-ask")
    assert "8,001 characters" in shown(tab)
    click(tab, "shorten-leave")
    assert len(tab.text_area) == 0


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "\u200b", "\x00\x01"])
def test_an_empty_question_keeps_nothing_and_breaks_nothing(page: Page, house: House, blank: str) -> None:
    tab = ask(page(), blank)
    assert kept(tab, house) == []
    assert "Something went wrong" not in shown(tab)


@pytest.mark.parametrize(
    "question",
    [
        "👩‍💼 says 👍🏽 to everything, what do I do? 😬",
        "我的销售副总裁从来不给我时间",
        "كيف أتحدث مع مديري؟",
        "Как поговорить с начальником отдела продаж?",
        "My VP \u202eyas ot\u202c what do I do?",
        "z̶a̶l̶g̶o̶ what do I tell my VP?",
    ],
)
def test_emoji_and_other_scripts_are_kept_as_they_are_and_answered(
    page: Page, house: House, question: str
) -> None:
    tab = ask(page(), question)
    asked, answer = kept(tab, house)
    assert asked.replace(" ", "") == "".join(c for c in question if c not in "\u202e\u202c ")
    assert answer
    assert "Something went wrong" not in shown(tab)


@pytest.mark.parametrize(
    "trick",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "![x](http://evil.example/x.png)",
        "[x](javascript:alert(1))",
        "$\\href{javascript:alert(1)}{x}$",
        ":material/home: :red[x]",
    ],
)
def test_markup_in_a_question_is_text_on_the_page_in_the_list_and_in_the_title(
    page: Page, house: House, trick: str
) -> None:
    tab = ask(page(), f"{trick} What do I say to my VP about one team?")
    html = shown(tab)
    for part in ("<script", "<img", "<svg", 'href="http', 'href="javascript'):
        assert part not in html
    talk = str(tab.query_params["c"])
    entry = next(button.label for button in tab.button if button.key == f"open-{talk}")
    assert not re.search(r"(?<!\\)[\[\]<>$:!]", entry), "each mark is taken for what it is"
    assert run(page(c=talk)).text_input(key=f"title-{talk}").value.startswith(trick[:8])


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """An instance on a disk of its own of 60 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk of its own takes the right to mount one")
    monkeypatch.setenv("COUNTERPART_DATA_DIR", str(disk / "data"))
    monkeypatch.setattr(engine, "_PATIENCE_S", 1)
    try:
        yield open_house()
    finally:
        close_houses()
        subprocess.run(["umount", "-l", disk], check=True)


def fill(house: House) -> Path:
    """Leave no room on its disk."""
    path = house.settings.data_dir.parent / "fill"
    with path.open("wb", buffering=0) as file:
        for size in (1_000_000, 4_096, 1):
            try:
                while True:
                    os.write(file.fileno(), b"x" * size)
            except OSError:
                continue
    return path


def test_a_full_disk_is_said_on_the_page_and_the_question_is_not_lost(small: House) -> None:
    tab = run(AppTest.from_file(str(APP), default_timeout=60))
    filled = fill(small)
    ask(tab, "What do I say first?")
    assert "no room left" in shown(tab)
    filled.unlink()
    if stands_in_the_field(tab, "What do I say first?"):
        ask(tab, "What do I say first?")
    else:  # the question still fitted, and the answer did not
        click(tab, "answer-now")
    assert "no room left" not in shown(tab)
    assert [shown(tab).count(f'class="cp-{each}"') for each in ("question", "answer")] == [1, 1]


def test_a_data_directory_that_another_process_locks_is_said_on_the_page_and_nothing_is_lost(
    small: House,
) -> None:
    tab = run(AppTest.from_file(str(APP), default_timeout=60))
    ask(tab, "He only ever gives me thirty minutes.")
    (file,) = small.settings.data_dir.glob("*.db")
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    ask(tab, "And then?")
    assert "held by another process" in shown(tab)
    assert stands_in_the_field(tab, "And then?")
    holder.close()
    ask(tab, "And then?")
    assert "held by another process" not in shown(tab)
    assert [shown(tab).count(f'class="cp-{each}"') for each in ("question", "answer")] == [2, 2]


def stands_in_the_field(tab: AppTest, question: str) -> bool:
    field = tab.chat_input(key="ask").proto
    return bool(field.set_value and field.value == question)
