"""Who may see a record and who may change it: decided here and nowhere else.

A record is seen inside its workspace by its owner, by everybody where it is shared with the workspace, and by
the members of its pair where it is shared with the pair. It is changed by its owner alone, and what a pair works
on together (`workable`) by either of them; shipped content by nobody. What is known between the two (`between_us`)
is changed by them. A coach sees of a pair what one of the two shares with them (`lent`), for as long as that one, or the
other, does not withdraw it; being asked in alone shows nothing.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from knowledge.store.tables import (
    SYSTEM_PERSON,
    CoachInvite,
    CoachShare,
    CoachTask,
    Owned,
    Pair,
    PairItem,
    Pilot,
    RehearsalShare,
    ReviewComment,
)

SHARED_KINDS = {"promises": ("promise",), "mirror": ("mirror",), "outcome": ("outcome", "metric", "group")}
"""What may be shared with a coach as a whole, and the kinds of items that it means."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking: a person in a workspace, and the pairs that person belongs to."""

    workspace_id: str
    person_id: str
    pair_ids: tuple[str, ...] = ()


class OwnedRecord(Protocol):
    """What the rules need to know of a record: a row, or a frozen copy of one."""

    @property
    def workspace_id(self) -> str: ...
    @property
    def owner_id(self) -> str: ...


def visible(table: type[Owned], viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which `viewer` may see a row of `table`; every query of records carries it."""
    shared = [table.owner_id == viewer.person_id, table.visibility == "workspace"]
    if viewer.pair_ids:
        shared.append(and_(table.visibility == "pair", table.pair_id.in_(viewer.pair_ids)))
    if table is PairItem:
        shared.append(lent(PairItem, viewer))
    if table is Pilot:
        shared.append(
            and_(Pilot.visibility == "pair", _shared_with(viewer, Pilot.pair_id, CoachShare.what == "pilots"))
        )
    return and_(table.workspace_id == viewer.workspace_id, or_(*shared))


def lent(table: type[PairItem], viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which `viewer` sees an item as a coach: one of the two shows it, and it is theirs to show.

    As a whole, what both of the two see; one by one, also what its teller keeps from the other.
    """
    kinds = (and_(CoachShare.what == what, table.kind.in_(kinds)) for what, kinds in SHARED_KINDS.items())
    whole = and_(table.visibility == "pair", or_(*kinds))
    theirs = or_(table.visibility == "pair", table.owner_id == CoachShare.owner_id)
    return _shared_with(viewer, table.pair_id, or_(whole, and_(CoachShare.item_id == table.id, theirs)))


def _shared_with(viewer: Viewer, pair_id: Any, *what: ColumnElement[bool]) -> ColumnElement[bool]:
    shares = select(CoachShare.id).join(CoachInvite, CoachShare.invite_id == CoachInvite.id)
    asked_in = (CoachInvite.workspace_id == viewer.workspace_id, CoachInvite.coach_id == viewer.person_id)
    return shares.where(*asked_in, CoachInvite.pair_id == pair_id, *what).exists()


def changeable(table: type[Owned], viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which `viewer` may change a row of `table`: the same rule as `may_change`."""
    return and_(
        table.workspace_id == viewer.workspace_id,
        table.owner_id == viewer.person_id,
        table.owner_id != SYSTEM_PERSON,
    )


def addressed(table: type[ReviewComment], viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which a comment was shared with `viewer` by whoever wrote it."""
    return and_(table.workspace_id == viewer.workspace_id, table.shared_with_id == viewer.person_id)


def progress_shown(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which `viewer` may see how somebody's rehearsals go: that somebody named this person."""
    table = RehearsalShare
    return and_(table.workspace_id == viewer.workspace_id, table.shared_with_id == viewer.person_id)


def may_change(record: OwnedRecord, viewer: Viewer) -> bool:
    """Whether `viewer` may change or remove `record`."""
    own = record.workspace_id == viewer.workspace_id and record.owner_id == viewer.person_id
    return own and record.owner_id != SYSTEM_PERSON


def workable(table: type[Owned], viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which `viewer` may work on a row that a pair shares: its owner, or a member of that pair."""
    shared = and_(table.visibility == "pair", table.pair_id.in_(viewer.pair_ids))
    return and_(
        table.workspace_id == viewer.workspace_id,
        table.owner_id != SYSTEM_PERSON,
        or_(table.owner_id == viewer.person_id, shared)
        if viewer.pair_ids
        else table.owner_id == viewer.person_id,
    )


def one_of_two(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which `viewer` is one of the two of a pair."""
    return and_(
        Pair.workspace_id == viewer.workspace_id,
        or_(Pair.learning_executive_id == viewer.person_id, Pair.sales_vp_id == viewer.person_id),
    )


def at_home_in(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which what a pair shares is `viewer`'s to see: one of the two, or a coach who began it alone."""
    began = and_(Pair.workspace_id == viewer.workspace_id, Pair.coach_id == viewer.person_id)
    return or_(one_of_two(viewer), began)


def member_of(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which `viewer` finds a pair: as one of the two, or as a coach who was asked in."""
    asked_in = select(CoachInvite.pair_id).where(
        CoachInvite.workspace_id == viewer.workspace_id, CoachInvite.coach_id == viewer.person_id
    )
    return or_(at_home_in(viewer), Pair.id.in_(asked_in))


def given(table: type[CoachTask], viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which `viewer` sees what a coach gave: it is for them, or they gave it and still coach."""
    coached = select(Pair.id).where(member_of(viewer))
    return and_(
        table.workspace_id == viewer.workspace_id,
        or_(
            table.for_id == viewer.person_id,
            and_(table.owner_id == viewer.person_id, table.pair_id.in_(coached)),
        ),
    )


def between_us(table: type[PairItem], viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which `viewer` may change or forget what is known between the two of a pair.

    Whoever told it may; once it is shared with the pair, either of the two may, and their coach may not.
    """
    ours = select(Pair.id).where(one_of_two(viewer))
    return and_(
        table.workspace_id == viewer.workspace_id,
        table.owner_id != SYSTEM_PERSON,
        or_(
            table.owner_id == viewer.person_id,
            and_(table.visibility == "pair", table.pair_id.in_(ours)),
        ),
    )


def unveiled(table: type[PairItem], viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which a sentence of the mirror is no secret: one's own, or both have written.

    Each of the two writes alone; whoever is first does not colour the other's words. Other items have no such rule.
    """
    second = aliased(table)
    both = select(second.id).where(
        second.pair_id == table.pair_id, second.kind == "mirror", second.id != table.id
    )
    return or_(table.kind != "mirror", table.owner_id == viewer.person_id, both.exists())
