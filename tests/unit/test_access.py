"""Who may see and change a record: every combination, in the database and in Python."""

import itertools

import pytest
from sqlalchemy import select

from knowledge.store.access import Viewer, changeable, may_change, visible
from knowledge.store.engine import Store
from knowledge.store.tables import WORKSPACE, Conversation, Pair, Person, Workspace

OWNER, PARTNER, STRANGER = "owner", "partner", "stranger"
VIEWERS = {
    OWNER: Viewer(WORKSPACE, OWNER, ("ours",)),
    PARTNER: Viewer(WORKSPACE, PARTNER, ("ours",)),
    STRANGER: Viewer(WORKSPACE, STRANGER),
    "outsider": Viewer("elsewhere", OWNER, ("ours",)),
    "system": Viewer(WORKSPACE, "system"),
}
SEEN_BY = {
    "me": {OWNER},
    "pair": {OWNER, PARTNER},
    "workspace": {OWNER, PARTNER, STRANGER, "system"},
}


@pytest.fixture
def records(sqlite_store: Store) -> Store:
    with sqlite_store.write() as session:
        session.add(Workspace(id="elsewhere", name="Another company"))
        session.flush()
        people = [
            Person(id=i, workspace_id=WORKSPACE, name=i, role="sales-vp") for i in (OWNER, PARTNER, STRANGER)
        ]
        session.add_all(people)
        session.flush()
        session.add(Pair(id="ours", workspace_id=WORKSPACE, learning_executive_id=OWNER, sales_vp_id=PARTNER))
        session.flush()
        for visibility in SEEN_BY:
            session.add(_conversation(visibility, owner=OWNER, visibility=visibility))
        session.add(_conversation("shipped", owner="system", visibility="workspace"))
    return sqlite_store


def _conversation(name: str, *, owner: str, visibility: str) -> Conversation:
    pair = "ours" if visibility == "pair" else None
    return Conversation(
        id=name, workspace_id=WORKSPACE, owner_id=owner, role="coach", visibility=visibility, pair_id=pair
    )


@pytest.mark.parametrize(("visibility", "viewer"), [*itertools.product(SEEN_BY, VIEWERS)])
def test_a_record_is_seen_by_those_it_is_shared_with_and_nobody_else(
    records: Store, visibility: str, viewer: str
) -> None:
    with records.read() as session:
        seen = session.scalars(select(Conversation.id).where(visible(Conversation, VIEWERS[viewer]))).all()
    assert (visibility in seen) == (viewer in SEEN_BY[visibility])


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_record_is_changed_by_its_owner_and_shipped_content_by_nobody(records: Store, viewer: str) -> None:
    with records.read() as session:
        rows = session.scalars(select(Conversation)).all()
        in_sql = set(
            session.scalars(select(Conversation.id).where(changeable(Conversation, VIEWERS[viewer])))
        )
    in_python = {row.id for row in rows if may_change(row, VIEWERS[viewer])}
    assert in_sql == in_python == (set(SEEN_BY) if viewer == OWNER else set())


def test_an_unknown_visibility_shows_nothing_to_others(records: Store) -> None:
    with records.write() as session:
        session.add(_conversation("typo", owner=OWNER, visibility="wrkspace"))
    with records.read() as session:
        seen = session.scalars(select(Conversation.id).where(visible(Conversation, VIEWERS[PARTNER]))).all()
    assert "typo" not in seen
