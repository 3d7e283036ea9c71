"""Documents that are added on the page: whole or not at all, whenever the machine stops."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.bootstrap import House, open_house
from assistant.storage.uploads import OwnDocuments, file_name

WRITER = """
import itertools, sys
from pathlib import Path
from assistant.bootstrap import open_house
with open_house(data_dir=Path(sys.argv[1])) as house:
    for number in itertools.count():
        name = f"notes-{number % 3}.md"
        text = f"# Notes {number}\\n\\n" + f"The ramp time of team {number} is {number} days. " * 60
        outcome = house.documents.add(house.viewer, name, text.encode(), visibility="workspace")
        print(number, outcome.result, flush=True)
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(data_dir=tmp_path / "data") as instance:
        yield instance


def lying(house: House) -> list[str]:
    """What lies in the folder of this person's uploads, hidden files too."""
    folder = house.settings.data_dir / "uploads" / house.viewer.person_id
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_killed_in_the_middle_of_an_upload_the_next_start_is_consistent(tmp_path: Path) -> None:
    data = tmp_path / "data"
    acknowledged = -1
    for seconds in (0.0, 0.05, 0.13):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, data], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            said = [writer.stdout.readline() for _ in range(3)]
            time.sleep(seconds)
            writer.kill()
            said += [line for line in writer.stdout.read().splitlines() if line]
        acknowledged = len(said)
        with open_house(data_dir=data) as house:
            house.documents.take_up(house.viewer)
            held = house.documents.list(house.viewer)
            assert lying(house) == sorted(each.file_name for each in held)
            assert {each.visibility for each in held} == {"workspace"}
            for each in held:  # what is indexed is what lies there
                content = Path(each.source).read_bytes()
                again = house.documents.add(house.viewer, each.file_name, content, visibility="workspace")
                assert again.result == "unchanged"
            assert len(held) == min(3, acknowledged)


def test_a_file_that_arrived_whole_before_the_machine_stopped_is_taken_in(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(house, monkeypatch, b"# Plan\n\nLyon first.\n")
    assert house.documents.list(house.viewer) == []
    (outcome,) = house.documents.take_up(house.viewer)
    assert (outcome.name, outcome.result) == ("plan.md", "new")
    assert [each.file_name for each in house.documents.list(house.viewer)] == ["plan.md"]
    assert lying(house) == ["plan.md"]


def test_the_file_of_before_comes_back_where_the_new_one_cannot_be_read(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.documents.add(house.viewer, "plan.md", b"# Plan\n\nLyon first.\n", visibility="me")
    interrupt(house, monkeypatch, b"\x00\x01\x02 no text \xff\xfe" * 20)
    house.documents.take_up(house.viewer)
    folder = house.settings.data_dir / "uploads" / house.viewer.person_id
    assert (folder / "plan.md").read_bytes() == b"# Plan\n\nLyon first.\n"
    assert lying(house) == ["plan.md"]
    assert len(house.documents.list(house.viewer)) == 1


def test_where_nothing_was_left_unfinished_nothing_is_taken_up(house: House) -> None:
    house.documents.add(house.viewer, "plan.md", b"# Plan\n\nLyon first.\n", visibility="me")
    assert house.documents.take_up(house.viewer) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.md", "passwd.md"),
        ("C:\\Users\\x\\Plan.MD", "Plan.md"),
        ("  .hidden.txt", "hidden.txt"),
        ("😀 日本.pdf", "😀 日本.pdf"),
        ("a\x00b\n.md", "a b.md"),
        ("x" * 400 + ".md", "x" * 178 + ".md"),
    ],
)
def test_a_name_is_one_that_every_file_system_takes(given: str, kept: str) -> None:
    assert file_name(given) == kept


def interrupt(house: House, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Leave an upload of `plan.md` as a machine that stops before the index is written would leave it."""

    class Stopped(BaseException):
        pass

    def stop(*_: object, **__: object) -> None:
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(OwnDocuments, "_ingest", stop)
        patch.setattr("assistant.storage.uploads._end", stop)
        with pytest.raises(Stopped):
            house.documents.add(house.viewer, "plan.md", content, visibility="me")
