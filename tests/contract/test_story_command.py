"""`counterpart story` as other programs use it: the real program, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(sys.executable).with_name("counterpart")
TOLD = (
    "Met with Sandra Okafor in Porto. The buyer said, “Your demo answers questions I don't have.” We lost it."
)


def run(data_dir: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [PROGRAM, "story", *arguments, "--json"],
        capture_output=True,
        text=True,
        env={**os.environ, "COUNTERPART_DATA_DIR": str(data_dir)},
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


def value(data_dir: Path, *arguments: str | Path) -> Any:
    done = run(data_dir, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("told") / "data"


def test_a_story_is_kept_masked_listed_shown_changed_taken_out_and_brought_back(
    instance: Path, tmp_path: Path
) -> None:
    added = value(instance, "add", "--text", TOLD)
    assert added["grade"] == "anecdote"
    assert added["redactions"] == [{"kind": "person", "count": 1}]
    assert added["duplicates"] == []
    file = tmp_path / "story.md"
    file.write_text(f"---\nevidence: a recording\n---\n{TOLD}\n", encoding="utf-8")
    again = value(instance, "add", "--file", file)
    assert again["grade"] == "verified"
    assert [each["id"] for each in again["duplicates"]] == [added["id"]]
    assert again["duplicates"][0]["similarity"] > 0.9
    listed = {each["id"]: each for each in value(instance, "list")["stories"]}
    assert {each["sample"] for each in listed.values()} == {True, False}
    assert set(listed[added["id"]]) >= {"id", "title", "grade", "visibility", "created"}
    shown = value(instance, "show", added["id"])
    assert "Sandra" not in json.dumps(shown)
    assert shown["region"] == "Porto"
    assert value(instance, "edit", added["id"], "--set", "team=Iberia", "--version", "1")["version"] == 2
    refused = run(instance, "edit", added["id"], "--set", "team=Nordics", "--version", "1")
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert "meanwhile" in refused.stderr
    assert value(instance, "merge", added["id"], again["id"])["linked"] == [again["id"]]
    assert again["id"] not in {each["id"] for each in value(instance, "list")["stories"]}
    value(instance, "remove", added["id"])
    assert run(instance, "show", added["id"]).returncode == 2
    value(instance, "restore", added["id"])
    assert value(instance, "show", added["id"])["team"] == "Iberia"


def test_one_story_is_told_in_three_lines_and_none_where_none_fits(instance: Path) -> None:
    text = "New hires in Leeds took nine months to ramp until each sat in on two calls a week."
    added = value(instance, "add", "--text", text)
    told = value(instance, "tell", "my VP about ramp")
    assert told["id"] == added["id"]
    assert "Say it back to me" in told["message"]
    refused = run(instance, "tell", "my VP about football")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "story list" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add",), "no story"),
        (("add", "--text", " "), "no text"),
        (("add", "--text", "x", "--set", "colour=red"), "sets no field"),
        (("add", "--text", "x", "--set", "date=2099-01-01"), "future"),
        (("add", "--text", "x", "--visibility", "everyone"), "me, pair or workspace"),
        (("add", "--file", "/nowhere.md"), "cannot be read"),
        (("show", "nothing"), "There is no story"),
        (("remove",), "Nothing was named"),
        (("edit", "nothing"), "Nothing was named"),
    ],
)
def test_what_is_refused_leaves_stdout_empty_and_says_why(
    instance: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run(instance, *arguments)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_paste_of_five_megabytes_is_refused_and_nothing_is_kept(instance: Path, tmp_path: Path) -> None:
    file = tmp_path / "paste.txt"
    file.write_text("and then " * 600_000, encoding="utf-8")
    before = value(instance, "list")
    done = run(instance, "add", "--file", file)
    assert (done.returncode, done.stdout) == (2, "")
    assert "characters" in done.stderr
    assert value(instance, "list") == before


def test_names_that_the_company_lists_are_masked_in_any_spelling(instance: Path) -> None:
    instance.mkdir(parents=True, exist_ok=True)
    (instance / "names.txt").write_text("company: Green Field\nOle Winter\n", encoding="utf-8")
    added = value(
        instance, "add", "--text", "we lost at green field because winter came late and ole winter left."
    )
    assert {each["kind"]: each["count"] for each in added["redactions"]} == {"company": 1, "person": 1}
    assert "came late" in value(instance, "show", added["id"])["text"]
