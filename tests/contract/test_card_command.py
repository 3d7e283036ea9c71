"""`counterpart card` as other programs use it: the real program, in a process of its own, on its own data directory."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.cards import CARD

from assistant.bootstrap import House, build_house
from assistant.settings import Settings

PROGRAM = Path(sys.executable).with_name("counterpart")
OURS = "Spend the slot on the Lisbon map and nothing else."


class Cards:
    """Runs `counterpart card …` on one data directory."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def run(self, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        where = {**os.environ, "COUNTERPART_DATA_DIR": str(self.data_dir)}
        return subprocess.run(
            [PROGRAM, "card", *arguments],
            capture_output=True,
            text=True,
            env=where,
            stdin=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )

    def json(self, *arguments: str | Path) -> Any:
        """The one JSON value on stdout."""
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def refused(self, *arguments: str | Path, code: int = 2) -> str:
        """The one line on stderr."""
        done = self.run(*arguments, "--json")
        assert (done.returncode, done.stdout) == (code, ""), done
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stderr
        return done.stderr

    def listed(self) -> dict[str, dict[str, Any]]:
        """Every card by id."""
        return {each["id"]: each for each in self.json("list")["cards"]}


@pytest.fixture
def cards(tmp_path: Path) -> Cards:
    return Cards(tmp_path / "data")


@pytest.fixture
def changed(cards: Cards, tmp_path: Path) -> Path:
    """A shipped card, changed."""
    source = cards.run("show", "thirty-minutes").stdout
    path = tmp_path / "thirty-minutes.md"
    path.write_text(source.replace("\n## Do\n", f"\n## Do\n- {OURS} <!-- lead -->\n", 1), encoding="utf-8")
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A card that is not shipped."""
    path = tmp_path / "one-team.md"
    path.write_text(CARD, encoding="utf-8")
    return path


def test_every_shipped_card_is_listed_with_what_it_is_for_and_nothing_is_made(cards: Cards) -> None:
    listed = cards.listed()
    assert len(listed) > 70
    assert {each["origin"] for each in listed.values()} == {"shipped"}
    assert listed["thirty-minutes"]["title"] == "Only thirty minutes"
    assert not cards.data_dir.exists()


def test_a_card_is_added_shown_and_removed_again(cards: Cards, own: Path) -> None:
    assert cards.json("add", own)["added"][0]["origin"] == "own"
    assert cards.listed()["one-team"]["origin"] == "own"
    assert cards.json("show", "one-team") == {"id": "one-team", "origin": "own", "source": CARD}
    removed = cards.json("remove", "one-team")
    assert removed["shipped_again"] is False
    assert Path(removed["kept"]).read_text(encoding="utf-8") == CARD
    assert "one-team" not in cards.listed()


def test_a_changed_card_stands_for_the_shipped_one_and_the_difference_is_shown(
    cards: Cards, changed: Path
) -> None:
    assert cards.json("add", changed)["added"][0]["origin"] == "changed"
    difference = cards.json("diff", "thirty-minutes")
    assert f"+- {OURS} <!-- lead -->" in difference["difference"].splitlines()
    assert difference["shipped_changes"] == ""
    assert cards.json("remove", "thirty-minutes")["shipped_again"] is True
    assert cards.listed()["thirty-minutes"]["origin"] == "shipped"


def test_an_upgrade_under_a_changed_card_is_named_and_can_be_left(cards: Cards, changed: Path) -> None:
    cards.json("add", changed)
    base = cards.data_dir / "playbook" / ".base" / "thirty-minutes.md"
    base.write_text(base.read_text(encoding="utf-8").replace("## Do\n", "## Do\n- As shipped before.\n"))
    assert cards.listed()["thirty-minutes"]["shipped_one_changed"] is True
    assert "-- As shipped before." in cards.json("diff", "thirty-minutes")["shipped_changes"]
    assert cards.json("keep", "thirty-minutes") == {"kept": "thirty-minutes"}
    assert cards.listed()["thirty-minutes"]["shipped_one_changed"] is False


def test_a_check_names_file_line_and_reason_and_keeps_nothing(cards: Cards, own: Path) -> None:
    assert cards.json("check", own)["cards"][0]["id"] == "one-team"
    own.write_text(CARD.replace("## Say", "## Shout"), encoding="utf-8")
    line = CARD.splitlines().index("## Say") + 1
    assert f"one-team.md, line {line}: there is no section “Shout”" in cards.refused("check", own)
    assert not cards.data_dir.exists()


def test_of_several_files_all_are_added_or_none(cards: Cards, own: Path, changed: Path) -> None:
    own.write_text("no card", encoding="utf-8")
    assert "one-team.md" in cards.refused("add", changed, own)
    assert not cards.data_dir.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "no-such-card"), "There is no card no-such-card."),
        (("show", "../../etc/passwd"), "is no id of a card."),
        (("remove", "thirty-minutes"), "thirty-minutes is a shipped card."),
        (("remove", "no-such-card"), "There is no card no-such-card."),
        (("diff", "thirty-minutes"), "has no two versions to compare."),
        (("keep", "thirty-minutes"), "was not changed here."),
        (("check", "/no/such/file.md"), "cannot be read (No such file or directory)."),
        (("check", "/dev/zero"), "is no file of text."),
        (("add",), "Missing argument"),
        ((), "Missing command"),
    ],
)
def test_what_cannot_be_done_is_one_line(cards: Cards, arguments: tuple[str, ...], says: str) -> None:
    if arguments:
        assert says in cards.refused(*arguments)
    else:
        assert cards.run().returncode == 2


def test_a_broken_file_in_the_folder_is_told_beside_the_list(cards: Cards, own: Path) -> None:
    cards.json("add", own)
    (cards.data_dir / "playbook" / "broken.md").write_text(
        "---\nid: broken\ntitle: [\n---\n", encoding="utf-8"
    )
    done = cards.run("list", "--json")
    value = json.loads(done.stdout)
    assert done.returncode == 0
    assert "one-team" in {each["id"] for each in value["cards"]}
    assert value["errors"][0].startswith("broken.md, line ")
    assert done.stderr.startswith("broken.md, line ")


def test_people_read_what_happened_in_words(cards: Cards, changed: Path) -> None:
    assert "in place of the shipped card" in cards.run("add", changed).stdout
    assert "(changed here)" in cards.run("list").stdout
    assert "The shipped card is back." in cards.run("remove", "thirty-minutes").stdout


@pytest.fixture
def house(cards: Cards) -> Iterator[House]:
    built = build_house(Settings(data_dir=cards.data_dir))
    yield built
    built.close()


def test_a_card_added_from_the_command_line_answers_in_a_process_that_is_running(
    cards: Cards, house: House, changed: Path
) -> None:
    before = house.coach.cards["thirty-minutes"]
    cards.json("add", changed)
    assert OURS in house.coach.cards["thirty-minutes"].section("Do").text
    cards.json("remove", "thirty-minutes")
    assert house.coach.cards["thirty-minutes"] == before
