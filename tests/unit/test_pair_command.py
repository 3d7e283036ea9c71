"""`counterpart debrief`, `pair` and `promises` as other programs use them, on one data directory."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main

TOLD = (
    'Dana wants second meetings up, from one in five to one in three. She said "any of them, just don\'t tell them". '
    "She'll send me the list of lost deals by Friday and I owe her three names. Her boy is in hospital."
)


class Program:
    """Calls commands on one data directory, in this process."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def run(self, *arguments: str | Path, typed: str = "") -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        out, err = io.StringIO(), io.StringIO()
        stdin = io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8")
        with pytest.MonkeyPatch.context() as patched, redirect_stdout(out), redirect_stderr(err):
            patched.setattr(sys, "stdin", stdin)
            with pytest.raises(SystemExit) as stopped:
                main([*map(str, arguments), "--data-dir", str(self.data_dir)])
        return int(stopped.value.code or 0), out.getvalue(), err.getvalue()

    def json(self, *arguments: str | Path, typed: str = "") -> Any:
        """The one JSON value on stdout."""
        code, out, err = self.run(*arguments, "--json", typed=typed)
        assert (code, err) == (0, "")
        return json.loads(out)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    made = Program(tmp_path_factory.mktemp("pairs"))
    assert made.json("pair", "name", "Dana Reyes")["sales_vp"]["name"] == "Dana Reyes"
    return made


def test_nothing_is_kept_before_somebody_says_so(program: Program) -> None:
    read = program.json("debrief", "-", "--on", "2026-03-11", typed=TOLD)
    assert [each["kind"] for each in read["items"]].count("promise") == 2
    assert {each["id"] for each in read["items"]} == {None}
    assert program.json("pair", "show")["items"] == []


def test_a_paragraph_is_kept_settled_moved_forgotten_and_seen_from_the_other_side(
    program: Program, tmp_path: Path
) -> None:
    read = program.json(
        "debrief", "--text", TOLD, "--on", "2026-03-11", "--keep", "--share", "--with", "dana"
    )
    assert "health" in read["left_out"][0]
    known = {each["kind"]: each for each in program.json("pair")["items"]}
    assert "hospital" not in json.dumps(known)
    assert known["promise"]["source"] == {"kind": "debrief", "id": read["meeting"]}

    theirs = next(each for each in program.json("promises")["promises"] if each["who"] == "sales-vp")
    assert (theirs["due"], theirs["standing"], theirs["who_shown"]) == ("2026-03-13", "overdue", "Dana Reyes")
    assert "Happened, or shall we pick another day?" in theirs["say"]
    moved = program.json("promises", "moved", theirs["id"], "--to", "2031-03-20", "--version", "1")
    assert (moved["state"], moved["due"], moved["version"]) == ("moved", "2031-03-20", 2)
    clash = program.run("promises", "didnt", theirs["id"], "--version", "1", "--json")
    assert clash[:2] == (2, "")
    assert "Nothing of theirs was overwritten" in clash[2]

    seen = program.json("promises", "--as", "sales-vp")["promises"]
    assert {(each["who_shown"], each["heard"]) for each in seen} == {
        ("You", None),
        ("Learning executive", None),
    }
    calendar = program.json("promises", "ics", tmp_path / "p.ics")
    assert calendar["entries"] == 1
    assert b"DTSTART;VALUE=DATE:20310320" in (tmp_path / "p.ics").read_bytes()

    assert program.json("promises", "happened", theirs["id"], "--as", "sales-vp")["state"] == "happened"
    about = [each["about"] for each in program.json("pair", "history", theirs["id"])["history"]]
    assert about == ["Told", "Moved", "Happened"]
    assert program.json("pair", "forget", theirs["id"]) == {"forgotten": theirs["id"]}
    assert theirs["id"] not in json.dumps(program.json("promises", "--all"))


def test_something_is_added_corrected_and_shared_by_hand(program: Program) -> None:
    made = program.json("pair", "add", "tried", "a survey", "--went", "9 answers of 80")
    assert (made["went"], made["visibility"]) == ("9 answers of 80", "me")
    assert (
        program.json("pair", "correct", made["id"], "--words", "a survey of reps")["words"]
        == "a survey of reps"
    )
    assert program.json("pair", "share", made["id"])["visibility"] == "pair"
    assert made["id"] in json.dumps(program.json("pair", "show", "--as", "sales-vp"))
    promise = program.json("pair", "add", "promise", "send two names", "--who", "me", "--by", "2031-01-02")
    assert (promise["who"], promise["due"], promise["state"]) == ("learning-executive", "2031-01-02", "open")


def test_a_coach_is_asked_in_gives_something_and_is_sent_away(program: Program) -> None:
    shared = program.json("pair", "add", "promise", "bring the deal list", "--who", "me", "--share")
    mine = program.json("pair", "add", "felt", "hopeful again")
    assert program.json("home", "--as", "coach")["pairs"] == []
    asked = program.json("pair", "invite", "Cleo", "--share", "promises", "--item", mine["id"])
    assert (asked["coach"]["name"], asked["shown"][0]["shares"]) == ("Cleo", ["promises"])
    (seen,) = program.json("home", "--as", "Cleo")["pairs"]
    assert "bring the deal list" in json.dumps(seen) and seen["shared"][0]["words"] == "hopeful again"
    given = program.json(
        "pair",
        "assign",
        "Play it once",
        "--to",
        "sales-vp",
        "--rehearse",
        "saying-no-progress",
        "--as",
        "Cleo",
    )["given"][0]
    waits = program.json("home", "--as", "sales-vp")["from_the_coach"]
    assert [(each["kind"], each["scenario"]) for each in waits] == [("rehearsal", "saying-no-progress")]
    assert program.json("pair", "done", given["id"], "--as", "sales-vp")["done"]
    assert [
        each["by"] for each in program.json("pair", "coach", "--as", "sales-vp")["coaches"][0]["shown"]
    ] == [shared["told_by"]]
    assert program.json("pair", "withdraw", "cleo", "--as", "sales-vp")["withdrawn"]["name"] == "Cleo"
    assert program.json("home", "--as", "Cleo")["pairs"] == []


def test_the_manager_in_between_gets_a_note_says_something_and_has_two_minutes(program: Program) -> None:
    assert "Nobody named a manager" in program.run("pair", "manager", "--json")[2]
    made = program.json("pair", "manager", "Priya Shah", "--said", "Not at quarter end.")
    assert made["note"].count("\n") == 1 and made["views"][0]["words"] == "Not at quarter end."
    assert "Priya Shah, two minutes" in made["staff_call"]["agenda"]
    assert (
        "Priya Shah said: “Not at quarter end.”" in program.json("prepare", "--minutes", "10")["manager"][0]
    )
    assert program.json("pair", "manager", "Ute Brandt")["views"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("debrief",), "in one place"),
        (("debrief", "--text", "  "), "nothing to read"),
        (("debrief", "--text", "x", "--on", "someday"), "no date"),
        (("debrief", "--text", "I'll send it Friday.", "--keep", "--only", "7"), "names no items"),
        (("debrief", "nowhere.txt"), "cannot be read"),
        (("debrief", "--text", "x", "--with", "Otto"), "no pair with Otto"),
        (("pair", "add", "rumour", "x"), "one of"),
        (("pair", "add", "promise", "x", "--by", "Q2"), "no one day"),
        (("pair", "forget", "ffffffffffff"), "Nothing is kept under"),
        (("promises", "happened", "ffffffffffff"), "Nothing is kept under"),
        (("pair", "invite", "Cleo", "--share", "rumours"), "nothing that can be shared"),
        (("pair", "invite", "Cleo", "--item", "ffffffffffff"), "You told nothing"),
        (("pair", "invite", "Dana Reyes"), "is no coach here"),
        (("pair", "withdraw", "Nobody"), "was not asked in"),
        (("pair", "assign", "x", "--to", "both"), "Only a coach"),
        (("pair", "assign", "x", "--to", "Otto"), "none of the two"),
        (("pair", "assign", "x", "--to", "sales-vp", "--rehearse", "first-thirty-warm-vague"), "other chair"),
        (("pair", "manager", "Priya", "--said", "  "), "nothing to keep"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(
    program: Program, arguments: tuple[str, ...], words: str
) -> None:
    code, out, err = program.run(*arguments, "--json")
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
