"""`counterpart scenarios` and `counterpart rehearse`, as other programs call them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

COUNTERPART = Path(sys.executable).with_name("counterpart")
FIRST = "first-thirty-warm-vague"


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rehearse") / "lines.txt"
    path.write_text("Where in the sale does it get slow?\n\nWhat do you think happens in that first hour?\n")
    return path


def counterpart(*arguments: str, data: Path, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COUNTERPART, *arguments, "--data-dir", str(data)],
        capture_output=True, text=True, input=given, timeout=120, check=False,
    )  # fmt: skip


def test_scenarios_are_listed_as_the_contract_says(tmp_path: Path) -> None:
    done = counterpart("scenarios", "--json", data=tmp_path)
    rows = json.loads(done.stdout)
    assert done.returncode == 0
    assert {"id", "title", "kind", "seat", "levels", "description"} <= set(rows[0])


def test_a_script_gives_the_whole_session(script: Path, tmp_path: Path) -> None:
    done = counterpart(
        "rehearse", "--scenario", FIRST, "--seed", "3", "--script", str(script), "--json", data=tmp_path
    )
    whole = json.loads(done.stdout)
    assert (whole["scenario"], whole["level"], whole["seed"]) == (FIRST, "normal", 3)
    assert (whole["outcome"], whole["ended_by"]) == ("no_agreement", "learner")
    assert [turn["speaker"] for turn in whole["turns"]] == [
        "counterpart",
        "learner",
        "counterpart",
        "learner",
        "counterpart",
    ]
    assert set(whole["turns"][1]["state"]) >= {"patience", "trust", "clarity", "minutes_left"}
    assert whole["hidden_concern"]["discovered"] is False
    assert {"check", "principle", "result", "turn_ids", "quote"} <= set(whole["scorecard"][0])


def test_lines_go_in_and_turns_come_out_one_by_one(tmp_path: Path) -> None:
    done = counterpart(
        "rehearse", "--scenario", FIRST, "--seed", "3", "--json-lines", data=tmp_path,
        given="Where does it get slow?\n\nI have to go.\n",
    )  # fmt: skip
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row.get("speaker") for row in rows[:-1]] == ["counterpart"] * (len(rows) - 1)
    assert rows[-1]["outcome"] == "no_agreement"
    assert "turns" not in rows[-1]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--scenario", "none-such"), "none-such"),
        (("--scenario", FIRST, "--seat", "sales-vp"), "learning-executive"),
        (("--scenario", FIRST, "--level", "brutal"), "brutal"),
    ],
)
def test_what_cannot_be_rehearsed_is_refused_in_one_line(
    arguments: tuple[str, ...], word: str, script: Path, tmp_path: Path
) -> None:
    done = counterpart("rehearse", *arguments, "--script", str(script), "--json", data=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert word in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_check_is_told_and_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "realism.svg"
    arguments = ("--check", "--scenario", FIRST, "--level", "normal", "--seeds", "1", "--chart", str(picture))
    done = counterpart("rehearse", *arguments, data=tmp_path)
    assert done.returncode == 0, done.stderr
    drawn = picture.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert all(kind in drawn for kind in ("partner", "deaf", "order taker"))
