"""Drafts in the database: their owner's alone."""

import builtins
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import NotFoundError
from assistant.records import DraftRecord
from knowledge.store import tables
from knowledge.store.access import Viewer, changeable
from knowledge.store.engine import Store
from knowledge.store.tables import utc_now

__all__ = ["DraftRecord", "Drafts"]

_SHOWN = 50


class Drafts:
    """`DraftRecords` on a `Store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(
        self,
        viewer: Viewer,
        text: str,
        *,
        role: str,
        choices: Mapping[str, int] | None = None,
        draft_id: str | None = None,
    ) -> DraftRecord:
        new = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
        with self._store.write() as session:
            if draft_id is None:
                row = tables.Draft(
                    workspace_id=viewer.workspace_id, owner_id=viewer.person_id, role=role, text=new
                )
                row.detail = {}
                session.add(row)
            else:
                row = _find(session, viewer, draft_id)
            previous = row.text if row.text != new else row.detail.get("previous")
            row.role, row.text, row.updated_at = role, new, utc_now()
            row.detail = {"choices": dict(choices or {}), "previous": previous}
            session.flush()
            return _record(row)

    def get(self, viewer: Viewer, draft_id: str) -> DraftRecord:
        with self._store.read() as session:
            return _record(_find(session, viewer, draft_id))

    def list(self, viewer: Viewer) -> builtins.list[DraftRecord]:
        table = tables.Draft
        wanted = select(table).where(changeable(table, viewer), table.deleted_at.is_(None))
        with self._store.read() as session:
            rows = session.scalars(wanted.order_by(table.updated_at.desc(), table.id).limit(_SHOWN))
            return [_record(row) for row in rows]

    def delete(self, viewer: Viewer, draft_id: str) -> None:
        with self._store.write() as session:
            _find(session, viewer, draft_id).deleted_at = utc_now()

    def restore(self, viewer: Viewer, draft_id: str) -> None:
        with self._store.write() as session:
            _find(session, viewer, draft_id, deleted_too=True).deleted_at = None


def _find(session: Session, viewer: Viewer, draft_id: str, *, deleted_too: bool = False) -> tables.Draft:
    table = tables.Draft
    row = session.scalar(select(table).where(table.id == draft_id, changeable(table, viewer)))
    if row is None or (row.deleted_at is not None and not deleted_too):
        raise NotFoundError("There is no such draft", next_step="Look at the list of your drafts")
    return row


def _record(row: tables.Draft) -> DraftRecord:
    return DraftRecord(
        id=row.id,
        role=row.role,
        text=row.text,
        choices={str(name): int(value) for name, value in row.detail.get("choices", {}).items()},
        previous=row.detail.get("previous"),
        updated_at=row.updated_at,
    )
