"""`counterpart review FOLDER`: many at once, resumed where it stopped, and one bad file stops nothing."""

import json
from pathlib import Path

import pytest

from assistant.cli.review_folder import RESULTS, review_folder
from assistant.errors import InputRefusedError
from assistant.moves import MoveScore, Utterance
from assistant.review.readers import read_transcript
from assistant.review.review import Review, review
from knowledge.progress import silent


class Plain:
    """Reads every line as nothing in particular."""

    def read(self, utterances: list[Utterance]) -> list[tuple[MoveScore, ...]]:
        return [(MoveScore("other", 1.0),) for _ in utterances]


def test_what_is_new_is_reviewed_what_is_done_is_kept_and_a_bad_file_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Dana: I need a course.\nInes: What for?\n", encoding="utf-8")
    (tmp_path / "bad.vtt").write_bytes(b"")
    made: list[str] = []

    def make(path: Path) -> Review:
        made.append(path.name)
        return review(read_transcript(path.name, path.read_bytes()), recogniser=Plain(), cards={})  # type: ignore[arg-type]  # a list will do

    review_folder(tmp_path, make, progress=silent, as_json=True)
    first = json.loads(capsys.readouterr().out)["files"]
    assert [row["result"] for row in first] == ["reviewed", "reviewed", "left out"]
    assert "empty" in first[2]["reason"]
    (tmp_path / RESULTS / "b.txt.json").unlink()
    review_folder(tmp_path, make, progress=silent, as_json=False)
    assert made == ["a.txt", "b.txt", "bad.vtt", "b.txt", "bad.vtt"]
    assert "For learning" in " ".join(capsys.readouterr().out.split())


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefusedError, match="no file"):
        review_folder(tmp_path, lambda path: pytest.fail(path.name), progress=silent, as_json=True)


def test_a_result_made_with_other_options_or_broken_is_made_again_and_a_stop_says_how_far_it_came(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("Dana: I need a course.\nInes: What for?\n", encoding="utf-8")
    made: list[str] = []

    def make(path: Path) -> Review:
        made.append(path.name)
        if made == ["a.txt", "b.txt"]:
            raise KeyboardInterrupt
        return review(read_transcript(path.name, path.read_bytes()), recogniser=Plain(), cards={})  # type: ignore[arg-type]  # a list will do

    with pytest.raises(KeyboardInterrupt):
        review_folder(tmp_path, make, progress=silent, as_json=False, asked={"me": None})
    assert "1 of 3 are done and kept" in capsys.readouterr().err
    review_folder(tmp_path, make, progress=silent, as_json=True, asked={"me": None})
    assert made == ["a.txt", "b.txt", "b.txt", "c.txt"]
    (tmp_path / RESULTS / "c.txt.json").write_text("{", encoding="utf-8")
    review_folder(tmp_path, make, progress=silent, as_json=True, asked={"me": None})
    assert made[4:] == ["c.txt"]
    review_folder(tmp_path, make, progress=silent, as_json=True, asked={"me": "Dana"})
    assert made[5:] == ["a.txt", "b.txt", "c.txt"]
