"""Pilots in the database: shared by a pair, changed by either, and every change kept."""

import builtins
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import InputRefusedError, NotFoundError
from assistant.pilots.edit import changes_between
from assistant.pilots.model import Pilot
from assistant.records import PilotChange, PilotRecord
from knowledge.store import tables
from knowledge.store.access import Viewer, visible, workable
from knowledge.store.engine import Store
from knowledge.store.tables import utc_now

__all__ = ["PilotRecord", "Pilots"]


class Pilots:
    """`PilotRecords` on a `Store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(self, viewer: Viewer, pilot: Pilot, *, about: str = "") -> PilotRecord:
        pair_id = next(iter(viewer.pair_ids), None)
        with self._store.write() as session:
            row = tables.Pilot(
                workspace_id=viewer.workspace_id,
                owner_id=viewer.person_id,
                visibility="pair" if pair_id else "me",
                pair_id=pair_id,
                title=_storable(pilot.title),
                content=_content(pilot),
            )
            session.add(row)
            session.flush()
            _log(session, row, viewer, about=about or "Begun", changes={})
            return _record(row)

    def get(self, viewer: Viewer, pilot_id: str) -> PilotRecord:
        with self._store.read() as session:
            return _record(_find(session, viewer, pilot_id))

    def list(self, viewer: Viewer) -> builtins.list[PilotRecord]:
        table = tables.Pilot
        wanted = select(table).where(visible(table, viewer), table.deleted_at.is_(None))
        with self._store.read() as session:
            rows = session.scalars(wanted.order_by(table.updated_at.desc(), table.id))
            return [_record(row) for row in rows]

    def update(
        self,
        viewer: Viewer,
        pilot_id: str,
        change: Callable[[Pilot], Pilot],
        *,
        about: str,
        version: int | None = None,
    ) -> PilotRecord:
        with self._store.write() as session:
            row = _find(session, viewer, pilot_id, to_change=True)
            before = _pilot(row)
            after = Pilot.model_validate(_clean(change(before).model_dump(mode="json")))
            changes = changes_between(before, after)
            if not changes:
                return _record(row)
            if version is not None and version < row.version:
                _refuse_clash(session, row, viewer, version=version, fields=set(changes))
            row.content, row.title = _content(after), after.title
            row.version, row.updated_at = row.version + 1, utc_now()
            session.flush()
            _log(session, row, viewer, about=about, changes=changes)
            return _record(row)

    def history(self, viewer: Viewer, pilot_id: str) -> builtins.list[PilotChange]:
        with self._store.read() as session:
            row = _find(session, viewer, pilot_id)
            return builtins.list(_changes(session, row.id))

    def delete(self, viewer: Viewer, pilot_id: str) -> PilotRecord:
        return self._put_away(viewer, pilot_id, gone=True)

    def restore(self, viewer: Viewer, pilot_id: str) -> PilotRecord:
        return self._put_away(viewer, pilot_id, gone=False)

    def _put_away(self, viewer: Viewer, pilot_id: str, *, gone: bool) -> PilotRecord:
        with self._store.write() as session:
            row = _find(session, viewer, pilot_id, to_change=True, deleted_too=True)
            row.deleted_at = utc_now() if gone else None
            session.flush()
            return _record(row)


def _find(
    session: Session, viewer: Viewer, pilot_id: str, *, to_change: bool = False, deleted_too: bool = False
) -> tables.Pilot:
    """The row, locked where it is `to_change`: two who change it at once come one after the other."""
    table = tables.Pilot
    wanted = select(table).where(table.id == pilot_id, visible(table, viewer))
    row = session.scalar(wanted.with_for_update() if to_change else wanted)
    if row is None or (row.deleted_at is not None and not deleted_too):
        raise NotFoundError(
            f"There is no pilot {pilot_id[:80]}", next_step="“counterpart pilot list” names them all"
        )
    if (
        to_change
        and session.scalar(select(table.id).where(table.id == row.id, workable(table, viewer))) is None
    ):
        raise InputRefusedError("This pilot belongs to somebody else", kept="Nothing was changed")
    return row


def _refuse_clash(
    session: Session, row: tables.Pilot, viewer: Viewer, *, version: int, fields: set[str]
) -> None:
    """Refuse a change to a field that somebody changed since `version`."""
    for change in _changes(session, row.id):
        if change.version <= version or not fields & change.changes.keys():
            continue
        name = session.scalar(select(tables.Person.name).where(tables.Person.id == change.by))
        who = "you, in another window," if change.by == viewer.person_id else name or "somebody"
        raise InputRefusedError(
            f"Meanwhile {who} changed {', '.join(sorted(fields & change.changes.keys()))}",
            kept="Nothing of theirs was overwritten",
            next_step="Look at the new state, then change it again",
        )


def _changes(session: Session, pilot_id: str) -> Iterator[PilotChange]:
    table = tables.PilotChange
    rows = select(table).where(table.pilot_id == pilot_id).order_by(table.version)
    for row in session.scalars(rows):
        yield PilotChange(row.version, row.owner_id, row.created_at, row.about, dict(row.changes))


def _log(session: Session, row: tables.Pilot, viewer: Viewer, *, about: str, changes: dict[str, Any]) -> None:
    session.add(
        tables.PilotChange(
            pilot_id=row.id,
            version=row.version,
            about=_storable(about),
            changes=changes,
            workspace_id=row.workspace_id,
            owner_id=viewer.person_id,
            visibility=row.visibility,
            pair_id=row.pair_id,
        )
    )
    session.flush()


def _content(pilot: Pilot) -> dict[str, Any]:
    cleaned = _clean(pilot.model_dump(mode="json", exclude_defaults=True))
    assert isinstance(cleaned, dict)  # noqa: S101  # a pilot is an object
    return cleaned


def _pilot(row: tables.Pilot) -> Pilot:
    return Pilot.model_validate(row.content)


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {_storable(key): _clean(each) for key, each in value.items()}
    if isinstance(value, (builtins.list, tuple)):
        return [_clean(each) for each in value]
    return _storable(value) if isinstance(value, str) else value


def _storable(text: str) -> str:
    """Without what a database cannot keep: NUL (PostgreSQL), and halves of characters that are no UTF-8."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _record(row: tables.Pilot) -> PilotRecord:
    return PilotRecord(
        id=row.id,
        workspace_id=row.workspace_id,
        owner_id=row.owner_id,
        pair_id=row.pair_id,
        version=row.version,
        pilot=_pilot(row),
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )
