"""Drafts in the store, on either database: kept from the first word, and their owner's alone."""

import pytest

from assistant.errors import NotFoundError
from assistant.storage.drafts import Drafts
from assistant.storage.people import People
from knowledge.store.engine import Store


def test_a_draft_keeps_its_text_the_one_before_and_what_was_chosen(store: Store) -> None:
    viewer, drafts = People(store).current(None), Drafts(store)
    first = drafts.save(viewer, "Hi Tom,\x00 one", role="coach")
    assert (first.text, first.previous, dict(first.choices)) == ("Hi Tom, one", None, {})
    drafts.save(viewer, first.text, role="coach", choices={"c1": -1}, draft_id=first.id)
    second = drafts.save(viewer, "Hi Tom, two", role="sales-vp", choices={}, draft_id=first.id)
    assert (second.id, second.previous, second.role) == (first.id, "Hi Tom, one", "sales-vp")
    assert (
        drafts.save(viewer, "Hi Tom, two", role="coach", choices={"c2": 1}, draft_id=first.id).previous
        == "Hi Tom, one"
    )
    assert dict(drafts.get(viewer, first.id).choices) == {"c2": 1}


def test_nobody_else_sees_a_draft_and_a_deleted_one_comes_back(store: Store) -> None:
    people, drafts = People(store), Drafts(store)
    owner = people.current(None)
    other = people.current(people.add("Another", "sales-vp").id)
    kept = drafts.save(owner, "Private", role="coach")
    assert drafts.list(other) == []
    for refused in (drafts.get, drafts.delete, drafts.restore):
        with pytest.raises(NotFoundError):
            refused(other, kept.id)
    drafts.delete(owner, kept.id)
    assert drafts.list(owner) == []
    with pytest.raises(NotFoundError):
        drafts.get(owner, kept.id)
    drafts.restore(owner, kept.id)
    assert [each.id for each in drafts.list(owner)] == [kept.id]
