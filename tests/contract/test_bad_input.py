"""What nobody should do to the program, and what disks and neighbours do to it: a clear message, nothing lost."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from support.cards import CARD

from assistant.advice.coach import Coach
from assistant.advice.conversation import MAX_CHARACTERS
from assistant.bootstrap import build_house
from assistant.settings import Settings
from knowledge import setup
from knowledge.cards import shipped_cards
from knowledge.errors import StoreBusyError
from knowledge.samples import Story, shipped_stories, story_drafts
from knowledge.store.engine import Store, sqlite_url
from knowledge.store.tables import Collection, Document, Passage
from ui.components.richtext import answer_html, as_label, passage_html, question_html

PROGRAM = Path(sys.executable).with_name("counterpart")
QUESTION = "He only ever gives me thirty minutes, how should I use them?"
PATIENCE_S = 120
TRICKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](http://127.0.0.1:9/x.png)",
    "[click](javascript:alert(1))",
    "<iframe src='http://127.0.0.1:9'></iframe>",
    '"><svg/onload=alert(1)>',
    "[1] [2](http://127.0.0.1:9)",
    "http://127.0.0.1:9/x.png",
)
ACTIVE = ("<script", "<img", "<iframe", "<svg", 'href="http', 'href="javascript', 'src="', "<a href='")
WRITER = """
import itertools, sys
from pathlib import Path
from knowledge.own_cards import OwnCards
own = OwnCards(Path(sys.argv[1]), shipped=[])
source = sys.stdin.read()
for number in itertools.count():
    own.save(source.replace("Take Dallas.", f"Take Dallas, {number}."))
    print(number, flush=True)
"""


def counterpart(*arguments: str | Path, data_dir: Path) -> "subprocess.CompletedProcess[str]":
    """Run the program."""
    return subprocess.run(command(*arguments, data_dir=data_dir), **OPTIONS, timeout=PATIENCE_S, check=False)


OPTIONS: dict[str, Any] = {
    "stdout": subprocess.PIPE,
    "stderr": subprocess.PIPE,
    "stdin": subprocess.DEVNULL,
    "encoding": "utf-8",
}


def command(*arguments: str | Path, data_dir: Path) -> list[str | Path]:
    return [PROGRAM, *arguments, "--json", "--data-dir", data_dir]


def value(done: "subprocess.CompletedProcess[str]") -> Any:
    """The one JSON value on stdout."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def told(done: "subprocess.CompletedProcess[str]") -> str:
    """The one line on stderr of a command that did nothing."""
    assert (done.returncode, done.stdout) == (1, ""), done
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with one conversation in it."""
    folder = tmp_path_factory.mktemp("template") / "data"
    value(counterpart("ask", QUESTION, "--as", "learning-executive", data_dir=folder))
    return folder


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    """A data directory of this test's own."""
    return Path(shutil.copytree(template, tmp_path / "home"))


@pytest.fixture(scope="module")
def coach(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    """A coach that all tests of this file may ask."""
    home = shutil.copytree(template, tmp_path_factory.mktemp("coach") / "data")
    house = build_house(Settings(data_dir=home))
    yield house.coach
    house.close()


@pytest.fixture
def small_disk(template: Path, tmp_path: Path) -> Iterator[Path]:
    """A data directory on a disk of 40 MB of its own."""
    where = tmp_path / "disk"
    where.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", where], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("a disk of its own takes the right to mount one")
    try:
        yield Path(shutil.copytree(template, where / "data"))
    finally:
        subprocess.run(["umount", "-l", where], check=True)


def fill(disk: Path) -> Path:
    """Leave not one block."""
    path = disk.parent / "fill"
    with path.open("wb", buffering=0) as file:
        for size in (1_000_000, 4_096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return path


def kept(data_dir: Path, *, collection: str) -> dict[str, int]:
    """Passages by document."""
    store = Store.open(sqlite_url(data_dir))
    query = (
        select(Document.external_id, func.count(Passage.id))
        .join(Collection, Collection.id == Document.collection_id)
        .outerjoin(Passage, Passage.document_id == Document.id)
        .where(Collection.name == collection)
        .group_by(Document.id)
    )
    try:
        with store.read() as session:
            rows = session.execute(query).all()
    finally:
        store.close()
    assert len({name for name, _ in rows}) == len(rows)
    return {row[0]: row[1] for row in rows}


class TestQuestions:
    """Beside what `tests/unit/test_conversation.py` asks of empty, long, odd and foreign questions."""

    @pytest.mark.parametrize("trick", TRICKS)
    def test_tricks_in_a_question_are_text_in_the_answer_and_in_what_is_shown_of_it(
        self, coach: Coach, trick: str
    ) -> None:
        for question in (
            f"{trick} How do I propose a small pilot to the {trick} team?",
            f"My VP of {trick} wants 40 reps in the {trick} region trained by March. What do I say?",
        ):
            answer = coach.advise(question, role="learning-executive")
            page = answer_html(answer.answer, citations=answer.citations, message="m")
            page += question_html(question, message="m")
            assert not [mark for mark in ACTIVE if mark in page], page
            markers = {citation.marker for citation in answer.citations}
            assert markers == set(range(1, len(markers) + 1))

    @pytest.mark.parametrize(
        "text",
        ["🙂" * 500, "你好，我的副总裁只给我三十分钟", "كيف أبدأ؟", "a\u0301\u0302" * 900, "?" * 5_000],
    )
    def test_emoji_and_other_scripts_get_an_answer(self, coach: Coach, text: str) -> None:
        answer = coach.advise(text, role="coach")
        assert answer.answer.strip()

    @pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "\x07"])
    def test_an_empty_question_is_refused_in_one_line(self, home: Path, text: str) -> None:
        done = counterpart("ask", text, "--as", "coach", data_dir=home)
        assert (done.returncode, done.stdout) == (2, "")
        assert "The question is empty" in done.stderr

    def test_twenty_thousand_characters_are_refused_in_one_line(self, home: Path) -> None:
        done = counterpart("ask", "word " * 4_000, "--as", "coach", data_dir=home)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert f"{MAX_CHARACTERS:,} are the most" in done.stderr


class TestCards:
    @pytest.mark.parametrize("trick", TRICKS)
    def test_tricks_in_a_card_are_text_wherever_it_is_shown(self, home: Path, trick: str) -> None:
        source = CARD.replace("Take Dallas.", f"Take Dallas {trick} now.").replace(
            "where do we begin", "Who gets the orchid greenhouse first?"
        )
        house = build_house(Settings(data_dir=home))
        try:
            if "[1]" in trick:
                with pytest.raises(Exception, match="a number in square brackets"):
                    house.own_cards.save(source)
                return
            house.own_cards.save(source)
            answer = house.coach.advise(
                "Who gets the orchid greenhouse first? What do I say?", role="sales-vp"
            )
        finally:
            house.close()
        assert answer.trace.spine == "one-team"
        assert trick in answer.answer
        page = answer_html(answer.answer, citations=answer.citations, message="m")
        page += "".join(passage_html(citation) for citation in answer.citations)
        assert not [mark for mark in ACTIVE if mark in page], page

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "x" * 20_000,
            "---\nid: 日本 😀\n---\n## Do\n- Привет.\n",
            "---\nid: a\x00b\x1b[31m\n---\n## Do\n- One.\n",
        ],
        ids=["empty", "20,000 characters", "emoji and other scripts", "control characters"],
    )
    def test_a_card_that_is_none_is_refused_in_one_line_and_nothing_is_kept(
        self, home: Path, tmp_path: Path, text: str
    ) -> None:
        card = tmp_path / "odd.md"
        card.write_text(text, encoding="utf-8")
        done = counterpart("card", "add", card, data_dir=home)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
        assert "\x1b" not in done.stderr
        assert not list((home / "playbook").glob("*.md"))

    def test_a_broken_card_file_costs_nothing_but_itself(self, home: Path) -> None:
        folder = home / "playbook"
        folder.mkdir()
        (folder / "one-team.md").write_text(CARD.replace("## Say", "## Shout"), encoding="utf-8")
        (folder / "thirty-minutes.md").write_bytes(b"\xff\xfe\x00")
        answer = value(counterpart("ask", QUESTION, "--as", "learning-executive", data_dir=home))
        assert answer["citations"][0]["card_id"] == "thirty-minutes"
        listed = value(counterpart("card", "list", data_dir=home))
        assert len(listed["cards"]) == len(shipped_cards())
        assert [error.split(":")[0] for error in listed["errors"]] == [
            f"one-team.md, line {CARD.splitlines().index('## Say') + 1}",
            "thirty-minutes.md, line 1",
        ]

    def test_a_card_being_written_is_never_seen_half_however_its_writer_is_killed(
        self, tmp_path: Path
    ) -> None:
        for life in range(3):
            with subprocess.Popen(
                [sys.executable, "-c", WRITER, tmp_path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            ) as writer:
                assert writer.stdin is not None
                assert writer.stdout is not None
                writer.stdin.write(CARD)
                writer.stdin.close()
                assert writer.stdout.readline()
                time.sleep(0.01 * life)
                writer.kill()
                said = writer.stdout.read().splitlines()
            text = (tmp_path / "one-team.md").read_text(encoding="utf-8")
            assert text.splitlines()[0] == "---"
            assert text.endswith("- Group: one team.\n")
            if said:
                number = int(text.partition("Take Dallas, ")[2].partition(".")[0])
                assert number >= int(said[-1])


class TestStories:
    @pytest.mark.parametrize("trick", TRICKS)
    def test_tricks_in_a_story_are_text_wherever_it_is_shown(self, trick: str) -> None:
        story = Story.model_validate(
            {**shipped_stories()[0].model_dump(), "title": trick, "text": f"We saw {trick}."}
        )
        (draft,) = story_drafts([story])
        text = draft.passages[0].text
        page = answer_html(text, citations=(), message="m")
        assert not [mark for mark in ACTIVE if mark in page], page
        assert "![" not in as_label(draft.title)
        assert "](" not in as_label(draft.title).replace(r"\]", "")

    @pytest.mark.parametrize(
        "text",
        [
            "😀 The rep said “cute” to me 🚀 and 日本 كتاب Привет",
            "a\x07bell and an \x1b[31mescape in what a rep told me",
            "What a rep told me. " * 1_000,
        ],
        ids=["emoji and other scripts", "control characters", "20,000 characters"],
    )
    def test_a_story_is_kept_or_refused_in_one_line(self, home: Path, text: str) -> None:
        done = counterpart("story", "add", "--text", text, data_dir=home)
        assert "Traceback" not in done.stderr
        if done.returncode:
            assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
            return
        story = value(done)["id"]
        shown = value(counterpart("story", "show", story, data_dir=home))
        assert "\x1b" not in json.dumps(shown, ensure_ascii=False)
        assert "\x07" not in json.dumps(shown, ensure_ascii=False)

    def test_an_empty_story_is_refused_in_one_line(self, home: Path) -> None:
        done = counterpart("story", "add", "--text", "  \n ", data_dir=home)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


class TestDisks:
    def test_a_full_disk_is_named_as_one_and_nothing_is_lost(self, small_disk: Path, tmp_path: Path) -> None:
        card, document = tmp_path / "one-team.md", tmp_path / "notes.md"
        card.write_text(CARD, encoding="utf-8")
        document.write_text("# Notes\n\n" + "A line about ramp time. " * 400, encoding="utf-8")
        before = kept(small_disk, collection="playbook")
        filled = fill(small_disk)
        for arguments in (("ask", QUESTION, "--as", "coach"), ("index", document), ("doctor",)):
            done = counterpart(*arguments, data_dir=small_disk)
            assert done.returncode == 1
            assert "no room left" in done.stderr + done.stdout
            assert "Traceback" not in done.stderr
        assert "No space left on device" in told(counterpart("card", "add", card, data_dir=small_disk))
        filled.unlink()
        assert kept(small_disk, collection="playbook") == before
        assert value(counterpart("card", "list", data_dir=small_disk))["errors"] == []
        assert value(counterpart("ask", QUESTION, "--as", "coach", data_dir=small_disk))["citations"]

    def test_a_read_only_disk_is_named_as_one(self, small_disk: Path, tmp_path: Path) -> None:
        card = tmp_path / "one-team.md"
        card.write_text(CARD, encoding="utf-8")
        subprocess.run(["mount", "-o", "remount,ro", small_disk.parent], check=True)
        for arguments in (("ask", QUESTION, "--as", "coach"), ("index", card), ("card", "add", card)):
            assert "Read-only file system" in told(counterpart(*arguments, data_dir=small_disk))
        assert len(value(counterpart("card", "list", data_dir=small_disk))["cards"]) == len(shipped_cards())
        subprocess.run(["mount", "-o", "remount,rw", small_disk.parent], check=True)
        assert value(counterpart("ask", QUESTION, "--as", "coach", data_dir=small_disk))["citations"]


class TestNeighbours:
    """Foreign databases and files in the way: `test_command_line.py`; a torn index: `test_crashes.py`."""

    def test_a_playbook_that_another_process_is_reading_for_too_long_is_said_to_be_busy(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(setup, "_PATIENCE_S", 0.3)
        house = build_house(Settings(data_dir=home))
        try:
            house.own_cards.save(CARD)
            with house.store.alone("playbook") as mine:
                assert mine
                with pytest.raises(StoreBusyError, match="Another process"):
                    house.live.refresh()
                assert "one-team" not in house.coach.cards
            house.live.refresh()
            assert "one-team" in house.coach.cards
        finally:
            house.close()

    def test_two_processes_on_one_fresh_directory_set_it_up_once(self, tmp_path: Path) -> None:
        line = command("ask", QUESTION, "--as", "learning-executive", data_dir=tmp_path / "data")
        both = [subprocess.Popen(line, **OPTIONS) for _ in range(2)]
        answers = [process.communicate(timeout=PATIENCE_S) for process in both]
        assert [process.returncode for process in both] == [0, 0], answers
        first, second = (json.loads(out) for out, _ in answers)
        assert first["answer"] == second["answer"]
        assert first["conversation"] != second["conversation"]
        assert kept(tmp_path / "data", collection="playbook").keys() == {card.id for card in shipped_cards()}

    def test_two_processes_that_index_the_same_folder_leave_every_document_once(
        self, home: Path, tmp_path: Path
    ) -> None:
        folder = documents(tmp_path, 40)
        line = command("index", folder, data_dir=home)
        both = [subprocess.Popen(line, **OPTIONS) for _ in range(2)]
        said = [process.communicate(timeout=PATIENCE_S) for process in both]
        assert [process.returncode for process in both] == [0, 0], said
        found = kept(home, collection="documents")
        assert len(found) == 40
        assert set(found.values()) == {2}

    def test_an_indexing_run_that_is_killed_loses_at_most_its_last_group_and_the_next_one_ends_it(
        self, home: Path, tmp_path: Path
    ) -> None:
        folder = documents(tmp_path, 300)
        line = command("index", folder, data_dir=home)
        for seconds in (2.0, 3.5):
            process = subprocess.Popen(line, **OPTIONS)
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            assert set(kept(home, collection="documents").values()) <= {2}
        report = value(counterpart("index", folder, data_dir=home))
        assert report["added"] + report["unchanged"] == 300
        assert report["skipped"] == []
        assert set(kept(home, collection="documents").values()) == {2}
        found = value(counterpart("search", "the ramp time of team 299", data_dir=home))
        assert "299" in found["results"][0]["text"]

    def test_a_command_that_finds_the_index_torn_answers_first_and_leaves_it_mended(self, home: Path) -> None:
        (database,) = (home / "chroma").glob("chroma.sqlite3")
        database.write_bytes(b"nonsense")
        line = ("ask", QUESTION, "--as", "learning-executive")
        first = counterpart(*line, data_dir=home)
        assert value(first)["citations"]
        assert first.stderr == ""
        assert value(counterpart(*line, data_dir=home))["path"] == "chroma"

    def test_a_reindex_that_is_killed_loses_nothing_and_the_next_one_ends_it(
        self, home: Path, tmp_path: Path
    ) -> None:
        value(counterpart("index", documents(tmp_path, 20), data_dir=home))
        before = {name: kept(home, collection=name) for name in ("documents", "playbook")}
        for seconds in (1.5, 2.5, 4.0):
            process = subprocess.Popen(command("reindex", data_dir=home), **OPTIONS)
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            assert {name: kept(home, collection=name) for name in before} == before
        found = value(counterpart("search", "the ramp time of team 19", data_dir=home))
        assert "19" in found["results"][0]["text"]
        value(counterpart("reindex", data_dir=home))
        assert {name: kept(home, collection=name) for name in before} == before
        assert value(counterpart("ask", QUESTION, "--as", "learning-executive", data_dir=home))["citations"]


def documents(tmp_path: Path, count: int) -> Path:
    """A folder of small files of two passages each."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(count):
        text = f"# Team {number}\n\nThe ramp time of team {number} is {number} days.\n\n# Then\n\nNumber {number}.\n"
        (folder / f"team-{number}.md").write_text(text, encoding="utf-8")
    return folder
