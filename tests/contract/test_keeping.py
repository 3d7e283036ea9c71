"""Nothing lost: killed while writing, backed up while in use, restored, exported, and gone when that is wished."""

import json
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Column, inspect, select, true
from sqlalchemy.orm import Session
from support.servers import PostgresServer
from support.soak import beside, soak

from assistant.bootstrap import House, build_house
from assistant.errors import InputRefusedError
from assistant.settings import Settings
from assistant.storage.backup import back_up, restore
from assistant.storage.personal import erase_person, export_person
from assistant.stories.log import prepare
from assistant.stories.redact import NameList
from assistant.stories.story import Story, read_fields
from knowledge.store import tables
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


def test_stories_told_on_the_command_line_beside_a_process_that_holds_the_index_are_all_there_once_and_found(
    data_dir: Path,
) -> None:
    seen = beside(data_dir, 2)
    assert len(seen.acknowledged) >= 4
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
        assert again.store.instance_id != house.store.instance_id
        assert again.near_stories("a controller who counts", again.viewer)[0].story.id == mine.id
        assert (tmp_path / "again" / "names.txt").read_text(encoding="utf-8") == "Ole Winter\n"
    finally:
        again.close()


@pytest.mark.postgres
def test_records_in_postgresql_are_backed_up_and_come_back_into_an_empty_database_alone(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    first, second = postgres.new_database(), postgres.new_database(empty=True)
    built = build_house(Settings(data_dir=tmp_path / "data", database_url=first))
    try:
        mine, before = tell(built, built.viewer, "The controller counted to ten."), built.store.instance_id
        made = back_up(built.store, tmp_path / "data", tmp_path / "all.zip", url=first)
    finally:
        built.close()
    assert "counterpart.pgdump" in made.parts
    with pytest.raises(InputRefusedError, match="is not empty"):
        restore(tmp_path / "all.zip", tmp_path / "again", url=first)
    with pytest.raises(InputRefusedError, match="of records in PostgreSQL"):
        restore(tmp_path / "all.zip", tmp_path / "again")
    assert restore(tmp_path / "all.zip", tmp_path / "again", url=second).parts == made.parts
    again = build_house(Settings(data_dir=tmp_path / "again", database_url=second))
    try:
        assert again.stories.get(again.viewer, mine.id) == mine
        assert again.store.instance_id != before
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


def test_every_table_that_holds_what_people_wrote_is_exported_and_emptied_whatever_feature_it_belongs_to(
    house: House,
) -> None:
    learning, vp = viewer_of(house, "learning-executive"), viewer_of(house, "sales-vp")
    names = {name: _one_each(house, learning, name) for name in owned()}
    theirs = {name: _one_each(house, vp, name) for name in owned()}
    told = export_person(house.store, learning)["records"]
    assert {name for name, rows in told.items() if rows} == set(names)
    erase_person(house.store, learning)
    assert not any(export_person(house.store, learning)["records"].values())
    left = export_person(house.store, vp)["records"]
    assert [name for name, own in theirs.items() if own not in {row["id"] for row in left[name]}] == []


def owned() -> dict[str, type[tables.Owned]]:
    """Every table whose rows belong to somebody, those first that others refer to."""
    kept = {
        m.class_.__tablename__: m.class_
        for m in tables.Base.registry.mappers
        if issubclass(m.class_, tables.Owned)
    }
    return {
        table.name: kept[table.name] for table in tables.Base.metadata.sorted_tables if table.name in kept
    }


def _one_each(house: House, viewer: Viewer, name: str) -> object:
    """A row of this person in a table, with something in every column that must not be empty; its id."""
    table = owned()[name]
    with house.store.write() as session:
        row = table()
        for column in inspect(table).columns:
            value = _filled(session, viewer, column)
            if value is not None:
                setattr(row, column.key, value)
        session.add(row)
        session.flush()
        return inspect(row).identity[0]


def _filled(session: Session, viewer: Viewer, column: Column[Any]) -> object:
    known = {
        "owner_id": viewer.person_id,
        "shared_with_id": viewer.person_id,
        "workspace_id": viewer.workspace_id,
        "visibility": "me",
    }
    if column.key in known:
        return known[column.key]
    if column.nullable or column.default is not None or column.primary_key:
        return None
    for key in column.foreign_keys:
        table = key.column.table
        mine = table.c.owner_id == viewer.person_id if "owner_id" in table.c else true()
        return session.scalars(select(key.column).where(mine).limit(1)).first()
    if column.type.python_type is str:
        return f"{column.key}-{uuid4()}"
    made = {bool: True, bytes: b"words", date: date(2026, 11, 23), datetime: datetime.now(UTC), int: 1}
    return made.get(column.type.python_type, {})
