"""Rehearsals in the database: their owner's alone; how they go, also for whom the owner named."""

import builtins
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from assistant.errors import NotFoundError
from assistant.records import RehearsalRecord
from knowledge.store import tables
from knowledge.store.access import Viewer, changeable, progress_shown
from knowledge.store.engine import Store
from knowledge.store.tables import utc_now

__all__ = ["RehearsalRecord", "Rehearsals"]

_SHOWN = 200


class Rehearsals:
    """`RehearsalRecords` on a `Store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(
        self,
        viewer: Viewer,
        *,
        scenario: str,
        level: str,
        seed: int,
        lines: Sequence[str] = (),
        replies: Sequence[str] = (),
        voiced: Sequence[Mapping[str, Any] | None] = (),
        parent_id: str | None = None,
    ) -> RehearsalRecord:
        with self._store.write() as session:
            if parent_id is not None:
                _find(session, viewer, parent_id)
            row = tables.Rehearsal(
                workspace_id=viewer.workspace_id, owner_id=viewer.person_id, scenario=scenario, level=level,
                seed=seed, lines=_clean(lines), replies=_clean(replies), voiced=_told(voiced), detail={},
                parent_id=parent_id, branched_at=None if parent_id is None else len(lines),
            )  # fmt: skip
            session.add(row)
            session.flush()
            return _record(row)

    def save(
        self,
        viewer: Viewer,
        rehearsal_id: str,
        *,
        lines: Sequence[str],
        replies: Sequence[str],
        outcome: str | None,
        detail: Mapping[str, Any] | None = None,
        voiced: Sequence[Mapping[str, Any] | None] = (),
    ) -> RehearsalRecord:
        with self._store.write() as session:
            row = _find(session, viewer, rehearsal_id)
            row.lines, row.replies, row.outcome = _clean(lines), _clean(replies), outcome
            row.voiced, row.detail, row.updated_at = _told(voiced), dict(detail or {}), utc_now()
            session.flush()
            return _record(row)

    def get(self, viewer: Viewer, rehearsal_id: str) -> RehearsalRecord:
        with self._store.read() as session:
            return _record(_find(session, viewer, rehearsal_id))

    def list(self, viewer: Viewer) -> builtins.list[RehearsalRecord]:
        table = tables.Rehearsal
        wanted = select(table).where(changeable(table, viewer), table.deleted_at.is_(None))
        with self._store.read() as session:
            rows = session.scalars(wanted.order_by(table.updated_at.desc(), table.id).limit(_SHOWN))
            return [_record(row) for row in rows]

    def delete(self, viewer: Viewer, rehearsal_id: str) -> None:
        with self._store.write() as session:
            _find(session, viewer, rehearsal_id).deleted_at = utc_now()

    def restore(self, viewer: Viewer, rehearsal_id: str) -> None:
        with self._store.write() as session:
            _find(session, viewer, rehearsal_id, deleted_too=True).deleted_at = None

    def share(self, viewer: Viewer, person_id: str) -> None:
        with self._store.write() as session:
            person = session.get(tables.Person, person_id)
            if person is None or person.workspace_id != viewer.workspace_id or person_id == viewer.person_id:
                raise NotFoundError("There is no such person", next_step="Pick somebody from the list")
            if session.scalar(_shares(viewer, person_id)) is None:
                session.add(
                    tables.RehearsalShare(
                        workspace_id=viewer.workspace_id, owner_id=viewer.person_id, shared_with_id=person_id
                    )
                )

    def withdraw(self, viewer: Viewer, person_id: str) -> None:
        with self._store.write() as session:
            if (row := session.scalar(_shares(viewer, person_id))) is not None:
                session.delete(row)

    def shared_with(self, viewer: Viewer) -> builtins.list[str]:
        with self._store.read() as session:
            rows = session.scalars(_shares(viewer).order_by(tables.RehearsalShare.created_at))
            return [row.shared_with_id for row in rows]

    def shown_to(self, viewer: Viewer) -> dict[str, builtins.list[RehearsalRecord]]:
        table = tables.Rehearsal
        owners = select(tables.RehearsalShare.owner_id).where(progress_shown(viewer))
        wanted = select(table).where(
            table.workspace_id == viewer.workspace_id,
            table.owner_id.in_(owners),
            table.deleted_at.is_(None),
            table.outcome.is_not(None),
        )
        found: dict[str, builtins.list[RehearsalRecord]] = {}
        with self._store.read() as session:
            for owner in session.scalars(owners):
                found[owner] = []
            for row in session.scalars(wanted.order_by(table.created_at.desc()).limit(_SHOWN)):
                found[row.owner_id].append(replace(_record(row), lines=(), replies=(), voiced=()))
        return found


def _shares(viewer: Viewer, person_id: str | None = None) -> Select[tables.RehearsalShare]:
    table = tables.RehearsalShare
    own = select(table).where(changeable(table, viewer))
    return own if person_id is None else own.where(table.shared_with_id == person_id)


def _clean(lines: Sequence[str]) -> builtins.list[str]:
    """What either database can hold."""
    return [line.replace("\x00", "").encode("utf-8", "replace").decode("utf-8") for line in lines]


def _told(voiced: Sequence[Mapping[str, Any] | None]) -> builtins.list[dict[str, Any] | None]:
    return [None if each is None else dict(each) for each in voiced]


def _find(
    session: Session, viewer: Viewer, rehearsal_id: str, *, deleted_too: bool = False
) -> tables.Rehearsal:
    table = tables.Rehearsal
    row = session.scalar(select(table).where(table.id == rehearsal_id, changeable(table, viewer)))
    if row is None or (row.deleted_at is not None and not deleted_too):
        raise NotFoundError("There is no such rehearsal", next_step="Look at the list of your rehearsals")
    return row


def _record(row: tables.Rehearsal) -> RehearsalRecord:
    return RehearsalRecord(
        id=row.id,
        scenario=row.scenario,
        level=row.level,
        seed=row.seed,
        lines=tuple(row.lines),
        replies=tuple(row.replies),
        detail=dict(row.detail),
        parent_id=row.parent_id,
        branched_at=row.branched_at,
        outcome=row.outcome,
        created_at=row.created_at,
        updated_at=row.updated_at,
        voiced=tuple(row.voiced),
    )
