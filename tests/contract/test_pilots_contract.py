"""Pilots in the store, on either database: shared by the pair, and never overwritten unseen."""

import pytest

from assistant.errors import InputRefusedError, NotFoundError
from assistant.pilots.edit import edited
from assistant.pilots.model import Pilot
from assistant.storage.people import People
from assistant.storage.pilots import Pilots
from knowledge.store.access import Viewer
from knowledge.store.engine import Store


def both(store: Store) -> tuple[Viewer, Viewer]:
    people = People(store)
    by_role = {each.role: people.current(each.id) for each in people.list()}
    return by_role["learning-executive"], by_role["sales-vp"]


def test_either_of_the_pair_works_on_it_and_both_see_who_changed_what(store: Store) -> None:
    learning, vp = both(store)
    pilots = Pilots(store)
    record = pilots.create(learning, Pilot(title="Ramp\x00"))
    assert record.pilot.title == "Ramp"
    pilots.update(vp, record.id, lambda p: edited(p, {"outcome.target": 120.0}), about="The target")
    history = pilots.history(learning, record.id)
    assert [(each.version, each.by) for each in history] == [(1, learning.person_id), (2, vp.person_id)]
    assert history[1].changes == {"outcome.target": {"from": None, "to": 120.0}}
    assert pilots.list(learning)[0].version == 2


def test_two_who_edit_at_once_keep_both_fields_and_never_overwrite_one(store: Store) -> None:
    learning, vp = both(store)
    pilots = Pilots(store)
    seen = pilots.create(learning, Pilot(title="Ramp"))
    pilots.update(
        vp, seen.id, lambda p: edited(p, {"outcome.target": 120.0}), about="t", version=seen.version
    )
    pilots.update(
        learning, seen.id, lambda p: edited(p, {"manager": "Luis"}), about="m", version=seen.version
    )
    with pytest.raises(InputRefusedError, match=r"Meanwhile Sales VP changed outcome\.target"):
        pilots.update(
            learning, seen.id, lambda p: edited(p, {"outcome.target": 90.0}), about="t", version=seen.version
        )
    kept = pilots.get(vp, seen.id).pilot
    assert (kept.outcome.target, kept.manager) == (120.0, "Luis")


def test_somebody_outside_the_pair_neither_sees_nor_changes_it(store: Store) -> None:
    learning, _ = both(store)
    pilots = Pilots(store)
    record = pilots.create(learning, Pilot(title="Ramp"))
    people = People(store)
    stranger = people.current(people.add("Another", "sales-vp").id)
    assert pilots.list(stranger) == []
    with pytest.raises(NotFoundError):
        pilots.update(stranger, record.id, lambda p: p, about="")


def test_what_was_deleted_comes_back(store: Store) -> None:
    learning, _ = both(store)
    pilots = Pilots(store)
    record = pilots.create(learning, Pilot(title="Ramp"))
    pilots.delete(learning, record.id)
    with pytest.raises(NotFoundError):
        pilots.get(learning, record.id)
    assert pilots.restore(learning, record.id).pilot == record.pilot
