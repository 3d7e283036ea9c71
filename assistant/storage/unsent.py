"""What people are typing, in the database, so that a refresh or a crash loses none of it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from knowledge.store import tables
from knowledge.store.access import Viewer, changeable
from knowledge.store.engine import Store
from knowledge.store.tables import new_id, utc_now

MOST_CHARACTERS = 200_000
MOST_FIELD = 200
_SENT_FOR, _UNSENT_FOR = timedelta(days=1), timedelta(days=90)


class UnsentWords:
    """`UnsentRecords` on a `Store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, viewer: Viewer, field: str) -> str | None:
        table = tables.Unsent
        with self._store.read() as session:
            return session.scalar(select(table.text).where(changeable(table, viewer), table.field == field))

    def fields(self, viewer: Viewer) -> frozenset[str]:
        table = tables.Unsent
        wanted = select(table.field).where(changeable(table, viewer), table.text.is_not(None))
        with self._store.read() as session:
            return frozenset(session.scalars(wanted))

    def keep(
        self,
        viewer: Viewer,
        field: str,
        text: str,
        *,
        showing: str,
        step: int = 0,
        age: timedelta = timedelta(0),
    ) -> bool:
        table = tables.Unsent
        words = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")[:MOST_CHARACTERS]
        before = and_(table.showing != showing, table.updated_at <= utc_now() - age)
        newer = or_(before, and_(table.showing == showing, table.text.is_not(None), table.step < step))
        dialect = sqlite if self._store.dialect == "sqlite" else postgresql
        with self._store.write() as session:
            row = _row(viewer, field[:MOST_FIELD], words, showing, step)
            first = dialect.insert(table).values(row).on_conflict_do_nothing().returning(table.id)
            if session.scalar(first) is not None:
                return True
            mine = update(table).where(changeable(table, viewer), table.field == field[:MOST_FIELD], newer)
            change = mine.values(text=words, showing=showing, step=step, updated_at=utc_now())
            return session.scalar(change.returning(table.id)) is not None

    def drop(self, viewer: Viewer, field: str, *, showing: str) -> None:
        table = tables.Unsent
        now = utc_now()
        old = or_(
            and_(table.text.is_(None), table.updated_at < now - _SENT_FOR),
            table.updated_at < now - _UNSENT_FOR,
        )
        dialect = sqlite if self._store.dialect == "sqlite" else postgresql
        with self._store.write() as session:
            row = _row(viewer, field[:MOST_FIELD], None, showing, 0)
            session.execute(dialect.insert(table).values(row).on_conflict_do_nothing())
            mine = update(table).where(changeable(table, viewer), table.field == field[:MOST_FIELD])
            session.execute(mine.values(text=None, showing=showing, updated_at=now))
            session.execute(delete(table).where(changeable(table, viewer), old))


def _row(viewer: Viewer, field: str, text: str | None, showing: str, step: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "field": field,
        "text": text,
        "showing": showing,
        "step": step,
        "workspace_id": viewer.workspace_id,
        "owner_id": viewer.person_id,
        "visibility": "me",
        "created_at": utc_now(),
        "updated_at": utc_now(),
    }
