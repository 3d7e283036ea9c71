"""`counterpart pilot` as other programs use it: the real program, in a process of its own, on its own data directory."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap import build_house
from assistant.settings import Settings

PROGRAM = Path(sys.executable).with_name("counterpart")
PILOT = """\
title: More second meetings
outcome: {metric: second-meeting rate, baseline: 22%, target: 35%, by: 2031-06-30}
group: East
start: 2026-01-05
behaviours: [asks for a date before the call ends]
"""


class Program:
    """Runs `counterpart pilot …` on one data directory."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def run(self, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        where = {**os.environ, "COUNTERPART_DATA_DIR": str(self.data_dir)}
        return subprocess.run(
            [PROGRAM, "pilot", *arguments], capture_output=True, text=True, env=where, stdin=subprocess.DEVNULL,
            timeout=120, check=False,
        )  # fmt: skip

    def json(self, *arguments: str | Path) -> Any:
        """The one JSON value on stdout."""
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    folder = tmp_path_factory.mktemp("pilots")
    build_house(Settings(data_dir=folder)).close()
    yield Program(folder)


@pytest.fixture(scope="module")
def pilot_id(program: Program, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("file") / "p.yaml"
    file.write_text(PILOT, encoding="utf-8")
    return str(program.json("new", "--file", file)["id"])


def test_a_check_in_is_kept_read_and_found_again(program: Program, pilot_id: str, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("successes,of\n1,5\n", encoding="utf-8")
    made = program.json("checkin", pilot_id, "--csv", tmp_path, "--behaviour", "1=partly", "--mood", "4")
    assert made["check_in"]["numbers"] == [{"successes": 1, "of": 5}]
    assert made["reading"]["verdict"] == "too early to say"
    changed = program.json("checkin", pilot_id, "--edit", made["check_in"]["id"], "--numbers", "3 of 12")
    assert (changed["reading"]["n"], changed["check_in"]["mood"]) == (12, 4)
    assert program.json("reading", pilot_id)["value"] == 25.0
    history = program.json("show", pilot_id, "--history")["history"]
    assert f"check_ins[{made['check_in']['id']}].numbers" in history[-1]["changes"]


@pytest.mark.parametrize("arguments", [["--numbers", "30%"], ["--behaviour", "1"]])
def test_a_check_in_that_is_unclear_is_refused_in_one_line(
    program: Program, pilot_id: str, arguments: list[str]
) -> None:
    done = program.run("checkin", pilot_id, *arguments, "--json")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_report_is_written_and_a_decision_closes_the_pilot(
    program: Program, pilot_id: str, tmp_path: Path
) -> None:
    made = program.json("report", pilot_id, "--format", "pdf", "--out", tmp_path / "r.pdf")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert made["markdown"].startswith("# More second meetings") and made["decision_asked"]
    program.json("decide", pilot_id, "stop", "--learnt", "The leads were too small", "--as", "sales-vp")
    (kept,) = program.json("list")["pilots"]
    assert kept["state"] == "decided"


def test_the_brief_is_resumed_where_it_was_and_a_reply_fills_it(program: Program, tmp_path: Path) -> None:
    begun = program.json("brief", "--wish", "ramp new hires faster")
    assert (begun["question"], begun["text"]) == (
        "outcome",
        "Ramp time of whom, from what, to what, by when?",
    )
    (tmp_path / "reply.txt").write_text(
        "Outcome: 180 to 120 days by end of June\nTeam: March class\n", encoding="utf-8"
    )
    filled = program.json("brief", begun["id"], "--reply", tmp_path / "reply.txt")
    assert [each["question"] for each in filled["taken"]] == ["outcome", "group"]
    assert filled["statement"].startswith(
        "Move ramp time from 180 days to 120 days for March class by 30 June"
    )
