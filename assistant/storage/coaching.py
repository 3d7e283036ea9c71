"""Coaches in the database: who asked them in, what they are shown, and what they gave the two to do."""

import builtins
from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.errors import InputRefusedError, NotFoundError
from assistant.pair.coaching import SHARES, Invite, Share, Task
from assistant.storage.pairs import pair_found, storable
from assistant.storage.people import person_of
from knowledge.store import tables
from knowledge.store.access import Viewer, given, visible
from knowledge.store.engine import Store
from knowledge.store.tables import CoachInvite, CoachShare, CoachTask, utc_now

__all__ = ["Coaching"]

_MOST_WORDS = 2_000
_ITEM = "item"


class Coaching:
    """`CoachRecords` on a `Store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def invite(
        self,
        viewer: Viewer,
        pair_id: str,
        coach_id: str,
        *,
        shares: Collection[Share],
        items: Collection[str] = (),
    ) -> Invite:
        with self._store.write() as session:
            _as_one_of_two(session, viewer, pair_id)
            row = _invite_of(session, pair_id, coach_id) or _asked_in(session, viewer, pair_id, coach_id)
            session.execute(
                delete(CoachShare).where(
                    CoachShare.invite_id == row.id, CoachShare.owner_id == viewer.person_id
                )
            )
            for what in SHARES:
                if what in shares:
                    session.add(_share(row, viewer, what))
            for item_id in dict.fromkeys(items):
                session.add(_share(row, viewer, _ITEM, _own_item(session, viewer, pair_id, item_id)))
            session.flush()
            return _invite(session, row)

    def show(self, viewer: Viewer, invite_id: str, item_id: str, *, shown: bool) -> Invite:
        with self._store.write() as session:
            row = session.get(CoachInvite, invite_id)
            if row is None or row.pair_id is None:
                raise _nobody_asked_in()
            _as_one_of_two(session, viewer, row.pair_id)
            known = _own_item(session, viewer, row.pair_id, item_id)
            mine = (CoachShare.invite_id == row.id, CoachShare.owner_id == viewer.person_id)
            session.execute(delete(CoachShare).where(*mine, CoachShare.item_id == known))
            if shown:
                session.add(_share(row, viewer, _ITEM, known))
            session.flush()
            return _invite(session, row)

    def withdraw(self, viewer: Viewer, pair_id: str, coach_id: str) -> Invite:
        with self._store.write() as session:
            pair_found(session, viewer, pair_id)
            if viewer.person_id != coach_id:
                _as_one_of_two(session, viewer, pair_id)
            row = _invite_of(session, pair_id, coach_id)
            if row is None:
                raise _nobody_asked_in()
            gone = _invite(session, row)
            session.delete(row)
            return gone

    def invites(self, viewer: Viewer, pair_id: str) -> builtins.list[Invite]:
        with self._store.read() as session:
            pair = pair_found(session, viewer, pair_id)
            wanted = select(CoachInvite).where(CoachInvite.pair_id == pair_id)
            if viewer.person_id not in (pair.learning_executive_id, pair.sales_vp_id):
                wanted = wanted.where(CoachInvite.coach_id == viewer.person_id)
            rows = session.scalars(wanted.order_by(CoachInvite.created_at, CoachInvite.id))
            return [_invite(session, row) for row in rows]

    def assign(
        self,
        viewer: Viewer,
        pair_id: str,
        for_ids: Collection[str],
        words: str,
        *,
        scenario: str | None = None,
        about: str = "",
    ) -> builtins.list[Task]:
        plain = storable(words).strip()
        if not plain or len(plain) > _MOST_WORDS:
            raise InputRefusedError(
                "There is nothing to give" if not plain else "That is too long to give",
                next_step=f"Say it in a line or two, under {_MOST_WORDS:,} letters",
            )
        with self._store.write() as session:
            pair = pair_found(session, viewer, pair_id)
            two = (pair.learning_executive_id, pair.sales_vp_id)
            if viewer.person_id in two:
                raise InputRefusedError("Only a coach gives the two something", kept="Nothing was given")
            rows = [
                CoachTask(
                    workspace_id=viewer.workspace_id, owner_id=viewer.person_id, pair_id=pair_id, visibility="me",
                    for_id=_who_signs_in(session, two, each), words=plain, scenario=scenario,
                    about=storable(about)[:_MOST_WORDS],
                )
                for each in dict.fromkeys(for_ids)
            ]  # fmt: skip
            session.add_all(rows)
            session.flush()
            return [_task(session, row) for row in rows]

    def tasks(self, viewer: Viewer) -> builtins.list[Task]:
        wanted = select(CoachTask).where(
            given(CoachTask, viewer), CoachTask.for_id == viewer.person_id, CoachTask.done_at.is_(None)
        )
        with self._store.read() as session:
            rows = session.scalars(wanted.order_by(CoachTask.created_at, CoachTask.id))
            return [_task(session, row) for row in rows]

    def given(self, viewer: Viewer, pair_id: str) -> builtins.list[Task]:
        wanted = select(CoachTask).where(
            given(CoachTask, viewer), CoachTask.owner_id == viewer.person_id, CoachTask.pair_id == pair_id
        )
        with self._store.read() as session:
            rows = session.scalars(wanted.order_by(CoachTask.created_at.desc(), CoachTask.id))
            return [_task(session, row) for row in rows]

    def done(self, viewer: Viewer, task_id: str, *, done: bool = True) -> Task:
        with self._store.write() as session:
            row = _found_task(session, viewer, task_id)
            if row.for_id != viewer.person_id:
                raise InputRefusedError("Only whom it was given to says that it is done")
            row.done_at = utc_now() if done else None
            session.flush()
            return _task(session, row)

    def take_back(self, viewer: Viewer, task_id: str) -> Task:
        with self._store.write() as session:
            row = _found_task(session, viewer, task_id)
            if row.owner_id != viewer.person_id:
                raise InputRefusedError(
                    "Only the coach who gave it takes it back", next_step="Say it is done"
                )
            gone = _task(session, row)
            session.delete(row)
            return gone


def _as_one_of_two(session: Session, viewer: Viewer, pair_id: str) -> None:
    pair = pair_found(session, viewer, pair_id)
    if viewer.person_id not in (pair.learning_executive_id, pair.sales_vp_id):
        raise InputRefusedError("Only the two of a pair say who coaches them", kept="Nothing was changed")


def _invite_of(session: Session, pair_id: str, coach_id: str) -> CoachInvite | None:
    wanted = select(CoachInvite).where(CoachInvite.pair_id == pair_id, CoachInvite.coach_id == coach_id)
    return session.scalar(wanted.with_for_update())


def _asked_in(session: Session, viewer: Viewer, pair_id: str, coach_id: str) -> CoachInvite:
    coach = session.get(tables.Person, coach_id)
    if coach is None or coach.role != "coach" or coach.workspace_id != viewer.workspace_id:
        raise InputRefusedError(f"{coach_id[:40]} is no coach here", next_step="Name a coach")
    # Two who ask the same coach in at once come one after the other, and the second finds the first's row.
    session.execute(select(tables.Pair.id).where(tables.Pair.id == pair_id).with_for_update())
    if (there := _invite_of(session, pair_id, coach_id)) is not None:
        return there
    row = CoachInvite(
        workspace_id=viewer.workspace_id, owner_id=viewer.person_id, visibility="pair", pair_id=pair_id,
        coach_id=coach_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _share(row: CoachInvite, viewer: Viewer, what: str, item_id: str | None = None) -> CoachShare:
    return CoachShare(
        workspace_id=row.workspace_id, owner_id=viewer.person_id, visibility="pair", pair_id=row.pair_id,
        invite_id=row.id, what=what, item_id=item_id,
    )  # fmt: skip


def _own_item(session: Session, viewer: Viewer, pair_id: str, item_id: str) -> str:
    table = tables.PairItem
    wanted = select(table.id).where(
        table.id == item_id,
        table.pair_id == pair_id,
        table.owner_id == viewer.person_id,
        visible(table, viewer),
    )
    found = session.scalar(wanted)
    if found is None:
        raise NotFoundError(
            f"You told nothing that is kept under {item_id[:80]}",
            next_step="“counterpart pair show” lists what is known; only your own is yours to show",
        )
    return found


def _who_signs_in(session: Session, two: tuple[str, str], person_id: str) -> str:
    person = session.get(tables.Person, person_id) if person_id in two else None
    if person is None or person.only_name:
        name = person.name if person else "Somebody"
        raise InputRefusedError(
            f"{name} never signs in, and would not find it", next_step="Give it to the other"
        )
    return person.id


def _found_task(session: Session, viewer: Viewer, task_id: str) -> CoachTask:
    row = session.scalar(select(CoachTask).where(CoachTask.id == task_id, given(CoachTask, viewer)))
    if row is None:
        raise NotFoundError(
            f"Nothing was given under {task_id[:80]}", next_step="“counterpart home” lists it"
        )
    return row


def _nobody_asked_in() -> NotFoundError:
    return NotFoundError(
        "This coach was not asked in", next_step="“counterpart pair coach” lists who was, and what they see"
    )


def _person(session: Session, person_id: str) -> Any:
    return person_of(session.get_one(tables.Person, person_id))


def _invite(session: Session, row: CoachInvite) -> Invite:
    shares: dict[str, list[Share]] = {}
    items: dict[str, list[str]] = {}
    wanted = select(CoachShare).where(CoachShare.invite_id == row.id)
    for each in session.scalars(wanted.order_by(CoachShare.created_at, CoachShare.id)):
        if each.item_id is not None:
            items.setdefault(each.owner_id, []).append(each.item_id)
        elif each.what in SHARES:
            shares.setdefault(each.owner_id, []).append(each.what)
    return Invite(
        row.id, str(row.pair_id), _person(session, row.coach_id), row.owner_id, row.created_at,
        {owner: tuple(found) for owner, found in shares.items()},
        {owner: tuple(found) for owner, found in items.items()},
    )  # fmt: skip


def _task(session: Session, row: CoachTask) -> Task:
    return Task(
        row.id, str(row.pair_id), _person(session, row.owner_id), _person(session, row.for_id), row.words,
        row.scenario, row.about, row.created_at, row.done_at,
    )  # fmt: skip
