"""`counterpart moves`: one object out for each line in, whatever the line holds."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from assistant.moves import MOVES

COUNTERPART = Path(sys.executable).with_name("counterpart")
LINES = [
    {
        "id": "a",
        "speaker": "Dana",
        "role": "sales-vp",
        "text": "What would you want to see them do differently?",
    },
    {"id": "b", "speaker": "Ines", "text": "Mm-hm."},
    {"id": 7, "speaker": "Dana", "text": "Is it the Lyon team?"},
]


def run(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COUNTERPART, *arguments, "--data-dir", str(data_dir)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_each_line_has_its_moves_and_a_bad_one_says_why(data_dir: Path, tmp_path: Path) -> None:
    bad = [
        "not json",
        "[1]",
        '{"id": "x", "speaker": "Dana"}',
        '{"id": "y", "text": ["a"]}',
        '{"id":"z","text":""}',
    ]
    file = tmp_path / "talk.jsonl"
    file.write_text("\ufeff" + "\n".join([*map(json.dumps, LINES), "", *bad]), encoding="utf-8")
    done = run(data_dir, "moves", str(file), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    out: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["id"] for each in out] == ["a", "b", "7", "4", "5", "x", "y", "z"]
    assert [sorted(each) == ["error", "id"] for each in out] == [False] * 3 + [True] * 4 + [False]
    moves = [[found["move"] for found in each["moves"]] for each in out if "moves" in each]
    assert moves[:2] == [["open_question"], ["other"]]
    assert "closed_question" in moves[2]
    assert moves[3] == ["other"]
    assert all(
        found["move"] in MOVES and 0 < found["score"] <= 1 for each in out for found in each.get("moves", [])
    )


def test_people_see_a_table_and_markup_in_it_is_only_text(data_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    file.write_text(
        json.dumps(LINES[0] | {"text": "What would [bold]help[/bold] you most?"}), encoding="utf-8"
    )
    done = run(data_dir, "moves", str(file))
    assert done.returncode == 0
    assert "question" in done.stdout
    assert "[bold]help[/bold]" in " ".join(done.stdout.split())


def test_a_file_that_cannot_be_read_is_refused(data_dir: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "away.jsonl", tmp_path):
        done = run(data_dir, "moves", str(path), "--json")
        assert (done.returncode, done.stdout) == (2, "")
        assert "Name a file of JSON lines" in done.stderr
