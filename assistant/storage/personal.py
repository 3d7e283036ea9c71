"""Everything that one person has here: as one value to take along, and gone for good."""

import base64
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table, delete, inspect, select
from sqlalchemy.orm import Session

from assistant.storage.people import NAMES
from knowledge.drafts import remove
from knowledge.store import tables
from knowledge.store.access import Viewer
from knowledge.store.engine import Store
from knowledge.store.vectors import prune

_SEARCHED = {"document", "passage"}


def export_person(store: Store, viewer: Viewer) -> dict[str, Any]:
    """Every record that this person owns, by table; times are ISO 8601."""
    with store.read() as session:
        person = session.get(tables.Person, viewer.person_id)
        records = {
            name: [
                _value(row)
                for row in session.scalars(
                    select(table).where(
                        table.owner_id == viewer.person_id, table.workspace_id == viewer.workspace_id
                    )
                )
            ]
            for name, table in _owned().items()
        }
    return {"person": _value(person) if person else None, "records": records}


def erase_person(store: Store, viewer: Viewer) -> dict[str, int]:
    """Delete every record that this person owns; what others wrote stays, and so does an empty place in a pair.

    Returns how many records of each kind went. The index is told by the outbox, in the same transaction.
    """
    gone: dict[str, int] = {}
    with store.write() as session:
        gone["document"] = _erase_documents(session, viewer)
        stories = set(
            session.scalars(select(tables.Story.id).where(tables.Story.owner_id == viewer.person_id))
        )
        for name, table in reversed(_owned().items()):
            if name not in _SEARCHED:
                done = session.execute(
                    delete(table).where(
                        table.owner_id == viewer.person_id, table.workspace_id == viewer.workspace_id
                    )
                )
                gone[name] = int(getattr(done, "rowcount", 0))
        for row in session.scalars(
            select(tables.Story).where(tables.Story.workspace_id == viewer.workspace_id)
        ):
            if stories & set(row.linked):
                row.linked = [each for each in row.linked if each not in stories]
        if (person := session.get(tables.Person, viewer.person_id)) is not None:
            person.name = next((name for role, name in NAMES.items() if role == person.role), "Somebody")
        session.flush()
        prune(session)
    _compact(store)
    return {name: count for name, count in gone.items() if count}


def files_of(store: Store, viewer: Viewer, folder: Path) -> list[Path]:
    """The uploads of this person that lie in `folder`."""
    table = tables.Document
    with store.read() as session:
        sources = session.scalars(select(table.source).where(table.owner_id == viewer.person_id))
        paths = [Path(source) for source in sources]
    return sorted({path for path in paths if path.is_file() and folder.resolve() in path.resolve().parents})


def _owned() -> dict[str, type[tables.Owned]]:
    """Every table whose rows belong to somebody, by name, in the order in which they refer to each other."""
    by_name = {
        str(mapper.local_table.key): mapper.class_
        for mapper in tables.Base.registry.mappers
        if isinstance(mapper.local_table, Table) and issubclass(mapper.class_, tables.Owned)
    }
    names = [table.name for table in tables.Base.metadata.sorted_tables]
    return {name: by_name[name] for name in names if name in by_name}


def _erase_documents(session: Session, viewer: Viewer) -> int:
    table = tables.Document
    rows = session.execute(
        select(table.collection_id, table.external_id).where(
            table.owner_id == viewer.person_id, table.workspace_id == viewer.workspace_id
        )
    ).all()
    by_collection: dict[int, list[str]] = {}
    for collection_id, external_id in rows:
        by_collection.setdefault(collection_id, []).append(external_id)
    return sum(remove(session, collection_id, ids) for collection_id, ids in by_collection.items())


def _compact(store: Store) -> None:
    """Write the file anew, so that no deleted word stays in its free pages."""
    if store.dialect == "sqlite":
        with closing(sqlite3.connect(store.where, timeout=15, isolation_level=None)) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _value(row: Any) -> dict[str, Any]:
    return dict(_plain(row))


def _plain(row: Any) -> Iterator[tuple[str, Any]]:
    for column in inspect(type(row)).columns:
        value = getattr(row, column.key)
        if isinstance(value, datetime | date):
            value = value.isoformat()
        elif isinstance(value, bytes):
            value = base64.b64encode(value).decode()
        yield column.key, value
