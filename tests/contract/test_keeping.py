"""Nothing lost: killed while writing, backed up while in use, restored, exported, and gone when that is wished."""

import json
import threading
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.soak import soak

from assistant.bootstrap import House, build_house
from assistant.errors import InputRefusedError
from assistant.settings import Settings
from assistant.storage.backup import back_up, restore
from assistant.storage.personal import erase_person, export_person
from assistant.stories.log import prepare
from assistant.stories.redact import NameList
from assistant.stories.story import Story, read_fields
from knowledge.store.access import Viewer


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An instance that these tests share."""
    built = build_house(Settings(data_dir=tmp_path_factory.mktemp("kept") / "data"))
    yield built
    built.close()


def tell(house: House, viewer: Viewer, words: str) -> Story:
    fields = read_fields({"text": words})
    return house.stories.add(viewer, prepare(fields, names=NameList(), today=date(2026, 11, 23)))


def viewer_of(house: House, role: str) -> Viewer:
    return house.people.current(next(each.id for each in house.people.list() if each.role == role))


def test_killed_forty_writes_long_every_story_that_was_acknowledged_is_there_once_and_found(
    data_dir: Path,
) -> None:
    seen = soak(data_dir, 40)
    assert seen.acknowledged >= 40
    assert seen.kills >= 2
    assert seen.reads > 0
    assert seen.wrong == ()


def test_a_backup_taken_while_others_write_comes_back_as_it_was(house: House, tmp_path: Path) -> None:
    mine = tell(house, house.viewer, "The controller in Basel counted to ten and signed.")
    (house.settings.data_dir / "names.txt").write_text("Ole Winter\n", encoding="utf-8")
    end = threading.Event()

    def write_on() -> None:
        while not end.is_set():
            house.conversations.create(house.viewer, "learning-executive")

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        made = back_up(house.store, house.settings.data_dir, tmp_path / "all.zip")
    finally:
        end.set()
        writer.join()
    assert set(made.parts) == {"counterpart.db", "names.txt"}
    found = restore(tmp_path / "all.zip", tmp_path / "again")
    assert found.parts == made.parts
    again = build_house(Settings(data_dir=tmp_path / "again"))
    try:
        assert again.stories.get(again.viewer, mine.id) == mine
        assert again.near_stories("a controller who counts", again.viewer)[0].story.id == mine.id
        assert (tmp_path / "again" / "names.txt").read_text(encoding="utf-8") == "Ole Winter\n"
    finally:
        again.close()


def test_a_backup_that_was_tampered_with_or_leads_elsewhere_is_refused_and_leaves_nothing(
    house: House, tmp_path: Path
) -> None:
    back_up(house.store, house.settings.data_dir, tmp_path / "all.zip")
    for name, change in (("names.txt", b"Somebody else"), ("../out.txt", b"out"), ("counterpart.db", b"x")):
        with zipfile.ZipFile(tmp_path / "all.zip") as old, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
            listed = json.loads(old.read("manifest.json"))
            listed["parts"].setdefault(name, {"size": len(change), "sha256": "0" * 64})
            bad.writestr("manifest.json", json.dumps(listed))
            for part in old.namelist():
                if part not in {"manifest.json", name}:
                    bad.writestr(part, old.read(part))
            bad.writestr(name, change)
        with pytest.raises(InputRefusedError, match="damaged"):
            restore(tmp_path / "bad.zip", tmp_path / "again")
        assert not (tmp_path / "again").exists()
        assert not (tmp_path / "out.txt").exists()


def test_nothing_is_restored_over_what_is_there(house: House, tmp_path: Path) -> None:
    back_up(house.store, house.settings.data_dir, tmp_path / "all.zip")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    with pytest.raises(InputRefusedError, match="not empty"):
        restore(tmp_path / "all.zip", tmp_path / "full")


def test_what_one_person_has_here_is_exported_and_then_gone_from_every_byte_while_others_stay(
    house: House,
) -> None:
    learning, vp = viewer_of(house, "learning-executive"), viewer_of(house, "sales-vp")
    tell(house, learning, "Quicksilverish words about a ward in Riga.")
    theirs = tell(house, vp, "A dock in Tulsa was counted on a Sunday.")
    talk = house.conversations.create(learning, "learning-executive")
    house.conversations.ask(learning, talk.id, "What about the quicksilverish one?")
    told = export_person(house.store, learning)
    assert "quicksilverish" in json.dumps(told).lower()
    assert "Tulsa" not in json.dumps(told)
    erase_person(house.store, learning)
    house.index.sync()
    assert [story.id for story in house.stories.list(learning)] == [theirs.id]
    assert all(not rows for rows in export_person(house.store, learning)["records"].values())
    assert house.near_stories("a dock that was counted", vp)[0].story.id == theirs.id
    for path in house.settings.data_dir.glob("counterpart.db*"):
        assert b"uicksilverish" not in path.read_bytes(), path
