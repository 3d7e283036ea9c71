"""People and pairs, and the one place that says who is sitting here."""

import builtins
from typing import cast, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import InputRefusedError, NotFoundError
from assistant.records import Pair, Person
from knowledge.cards import ROLES, Role
from knowledge.store import tables
from knowledge.store.access import Viewer, at_home_in, member_of
from knowledge.store.engine import Store
from knowledge.store.tables import WORKSPACE

__all__ = ["Pair", "People", "Person"]

NAMES: dict[Role, str] = {
    "learning-executive": "Learning executive",
    "sales-vp": "Sales VP",
    "coach": "Coach",
}


def given_name(person: Person) -> str | None:
    """The name somebody was given; None for one who still has only the name of their role."""
    return None if person.name in NAMES.values() else person.name


class People:
    """Everybody in the default workspace. There is no login yet: whoever sits here picks who they are."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def current(self, person_id: str | None) -> Viewer:
        """Who is looking; without an id the first learning executive. Identity will come in here.

        The first use makes one person for each role and makes the two a pair; the coach waits to be asked in. Raises
        `NotFoundError` for an id that is nobody's.
        """
        everybody = self.list()
        if person_id is None:
            return self._viewer(next(p for p in everybody if p.role == "learning-executive"))
        found = next((p for p in everybody if p.id == person_id), None)
        if found is None:
            raise NotFoundError(
                f"There is nobody with the id {person_id}", next_step="Pick somebody from the list"
            )
        return self._viewer(found)

    def list(self) -> builtins.list[Person]:
        """Everybody, in the order in which they came."""
        with self._store.read() as session:
            found = _everybody(session)
        return found or self._first_people()

    def role_of(self, viewer: Viewer) -> Role:
        """The role of who is looking; a learning executive where nobody has that id."""
        found = next((each.role for each in self.list() if each.id == viewer.person_id), None)
        return next((role for role in ROLES if role == found), "learning-executive")

    def add(self, name: str, role: str) -> Person:
        """Somebody new. Raises `InputRefusedError` for an empty name or a role there is not."""
        name = " ".join(name.split())
        if not name:
            raise InputRefusedError("A person needs a name", next_step="Give a name of at least one letter")
        if role not in get_args(Role):
            raise InputRefusedError(
                f"There is no role {role}", next_step=f"Choose one of {', '.join(get_args(Role))}"
            )
        self.list()  # so that whoever is added first does not stand in for the first three
        with self._store.write() as session:
            return person_of(_add(session, name, cast(Role, role)))

    def pairs(self, viewer: Viewer) -> builtins.list[Pair]:
        """The pairs that `viewer` belongs to."""
        with self._store.read() as session:
            return [_pair(row) for row in pairs_of(session, viewer)]

    def add_pair(self, learning_executive_id: str, sales_vp_id: str) -> Pair:
        """Make two people a pair. Raises `InputRefusedError` where one of them has not the role for it."""
        wanted = {learning_executive_id: "learning-executive", sales_vp_id: "sales-vp"}
        roles = {person.id: person.role for person in self.list()}
        for person_id, role in wanted.items():
            if roles.get(person_id) != role:
                raise InputRefusedError(f"{person_id} is no {role}", next_step="Pick somebody with that role")
        with self._store.write() as session:
            return _pair(_add_pair(session, learning_executive_id, sales_vp_id))

    def _viewer(self, person: Person) -> Viewer:
        with self._store.read() as session:
            table = tables.Pair
            ours = select(table.id).where(at_home_in(Viewer(person.workspace_id, person.id)))
            pairs = session.scalars(ours.order_by(table.created_at, table.id))
            return Viewer(person.workspace_id, person.id, tuple(pairs))

    def _first_people(self) -> builtins.list[Person]:
        with self._store.write() as session:
            # Two processes may be the first at once: the one that comes second waits here and finds them.
            session.execute(
                select(tables.Workspace.id).where(tables.Workspace.id == WORKSPACE).with_for_update()
            )
            if not _everybody(session):
                made = {role: _add(session, name, role) for role, name in NAMES.items()}
                _add_pair(session, made["learning-executive"].id, made["sales-vp"].id)
            return _everybody(session)


def _everybody(session: Session) -> builtins.list[Person]:
    table = tables.Person
    rows = select(table).where(table.workspace_id == WORKSPACE, table.role.in_(get_args(Role)))
    return [person_of(row) for row in session.scalars(rows.order_by(table.created_at, table.id))]


def pairs_of(session: Session, viewer: Viewer) -> builtins.list[tables.Pair]:
    """The rows of the pairs that `viewer` belongs to, oldest first."""
    table = tables.Pair
    rows = select(table).where(member_of(viewer)).order_by(table.created_at, table.id)
    return builtins.list(session.scalars(rows))


def _add(session: Session, name: str, role: Role) -> tables.Person:
    row = tables.Person(workspace_id=WORKSPACE, name=name, role=role)
    session.add(row)
    session.flush()
    return row


def _add_pair(session: Session, learning_executive_id: str, sales_vp_id: str) -> tables.Pair:
    row = tables.Pair(
        workspace_id=WORKSPACE, learning_executive_id=learning_executive_id, sales_vp_id=sales_vp_id
    )
    session.add(row)
    session.flush()
    return row


def person_of(row: tables.Person) -> Person:
    """The row as features know it."""
    return Person(row.id, row.workspace_id, row.name, row.role, row.only_name)


def _pair(row: tables.Pair) -> Pair:
    return Pair(row.id, row.workspace_id, row.learning_executive_id, row.sales_vp_id, row.coach_id)
