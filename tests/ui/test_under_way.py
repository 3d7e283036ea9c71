"""What is under way behind the pages is told on them, and keeps nobody from asking."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from support.cards import CARD
from ui_helpers import ask, run, shown

from assistant.bootstrap import House
from knowledge.embeddings import LocalEmbedder
from knowledge.progress import Board

Page = Callable[..., AppTest]
THIRTY = "He only ever gives me thirty minutes, how should I use them?"


@pytest.fixture
def held_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """What is embedded for cards waits for it."""
    gate, at_once = threading.Event(), LocalEmbedder.embed

    def embed(self: LocalEmbedder, texts: Any, progress: Any = None) -> Any:
        if progress:
            progress("Embedding", 0, len(texts))
            assert gate.wait(60)
        return at_once(self, texts, progress)

    monkeypatch.setattr(LocalEmbedder, "embed", embed)
    yield gate
    gate.set()


@pytest.fixture
def own(house: House) -> Iterator[Path]:
    folder = house.own_cards.files.folder
    folder.mkdir(exist_ok=True)
    assert house.coach.cards  # as a server has it that is warm
    yield folder
    for path in folder.glob("*.md"):
        path.unlink()
    house.live.refresh()


def test_while_changed_cards_are_read_others_see_how_far_it_is_and_are_answered(
    page: Page, house: House, own: Path, held_up: threading.Event
) -> None:
    tab = page()
    (own / "one-team.md").write_text(CARD.replace("Take Dallas.", "Take Lyon and Ghent."), encoding="utf-8")
    at_it = threading.Thread(target=lambda: house.coach)
    at_it.start()
    while not house.board.steps(for_seconds=1.1):
        assert at_it.is_alive()
    run(tab)
    assert "Changed cards are being read: 0 of " in shown(tab)
    assert 'class="cp-cite"' in shown(ask(tab, THIRTY))
    held_up.set()
    at_it.join(60)
    assert "Changed cards" not in shown(run(tab))
    assert "one-team" in house.coach.cards


def test_while_a_torn_index_is_built_again_every_page_says_how_far_it_is_and_questions_are_answered(
    page: Page, house: House
) -> None:
    tab = page()
    with house.board.showing("mending") as done, house.board.showing("index"):
        done("Building the index", 1_200, 30_000)
        while not house.board.steps(for_seconds=1.1):
            pass
        said = shown(run(tab))
        assert "being built again from the database: 1,200 of 30,000" in said
        assert "brought up to date" not in said
        assert 'class="cp-cite"' in shown(ask(tab, THIRTY))
        tab.switch_page("views/stories.py")
        assert "1,200 of 30,000" in shown(run(tab))
    assert "built again" not in shown(run(tab))


def test_changed_cards_are_in_force_on_the_page_that_noticed_them_first(
    page: Page, house: House, own: Path
) -> None:
    (own / "one-team.md").write_text(CARD, encoding="utf-8")
    assert house.live.behind
    page()
    assert not house.live.behind
    assert "one-team" in house.live.playbook.origins


def test_samples_that_are_removed_and_restored_beside_a_running_page_leave_answers_and_come_back(
    page: Page, house: House
) -> None:
    question = "Do you have an example of a team that was trained all at once?"
    assert told(page, house, question) == ["sample"]
    remove_samples(house)
    assert told(page, house, question) == []
    remove_samples(house, "--undo")
    assert told(page, house, question) == ["sample"]


def told(page: Page, house: House, question: str) -> list[str]:
    """What kind of story the page's answer tells."""
    tab = ask(page(), question)
    assert 'class="cp-cite"' in shown(tab)
    answer = house.conversations.messages(house.viewer, tab.query_params["c"])[-1]
    return [c["passage_id"].partition("-")[0] for c in answer.detail["citations"] if c["kind"] == "story"]


def remove_samples(house: House, *more: str) -> None:
    """As another process does it while the page is served."""
    line = [sys.executable, "-c", "from assistant.cli import main; main()", "story", "remove", "--samples"]
    done = subprocess.run(
        [*line, *more, "--data-dir", str(house.settings.data_dir)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_what_ended_or_failed_stands_no_longer_on_the_board() -> None:
    board = Board()
    with pytest.raises(ValueError, match="torn"), board.showing("index") as told:
        told("Writing", 3, 10)
        assert [(step.work, step.done, step.total) for step in board.steps()] == [("index", 3, 10)]
        assert board.steps(for_seconds=5) == ()
        raise ValueError("torn")
    assert board.steps() == ()
