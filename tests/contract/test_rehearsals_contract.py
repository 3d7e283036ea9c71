"""Rehearsals in the store, on either database: kept line by line, branched, and their owner's alone."""

import pytest

from assistant.errors import NotFoundError
from assistant.storage.people import People
from assistant.storage.rehearsals import Rehearsals
from knowledge.store.engine import Store


def test_a_rehearsal_is_kept_line_by_line_and_branched_with_both_kept(store: Store) -> None:
    viewer, rehearsals = People(store).current(None), Rehearsals(store)
    first = rehearsals.create(viewer, scenario="burnt", level="normal", seed=7)
    kept = rehearsals.save(viewer, first.id, lines=["One\x00"], replies=["Two"], outcome=None)
    assert (kept.lines, kept.replies, kept.outcome) == (("One",), ("Two",), None)
    rehearsals.save(
        viewer,
        first.id,
        lines=["One", "More"],
        replies=["Two", "Bye"],
        outcome="walked_out",
        detail={"end": "x"},
    )
    branch = rehearsals.create(
        viewer, scenario="burnt", level="normal", seed=7, lines=["One"], replies=["Two"], parent_id=first.id
    )
    assert (branch.parent_id, branch.branched_at, branch.lines) == (first.id, 1, ("One",))
    assert rehearsals.get(viewer, first.id).outcome == "walked_out"
    assert {each.id for each in rehearsals.list(viewer)} == {first.id, branch.id}


def test_what_a_model_had_to_do_with_a_line_is_kept_and_shown_to_no_coach(store: Store) -> None:
    people, rehearsals = People(store), Rehearsals(store)
    owner = people.current(None)
    coach = people.current(people.add("Coach", "coach").id)
    told = {"why": "long", "model": "m", "tokens_in": 12}
    first = rehearsals.create(owner, scenario="burnt", level="easy", seed=1)
    assert first.voiced == ()
    rehearsals.save(
        owner, first.id, lines=["A", "B"], replies=["C", "D"], outcome="agreed", voiced=[None, told]
    )
    branch = rehearsals.create(
        owner, scenario="burnt", level="easy", seed=1, lines=["A"], voiced=[told], parent_id=first.id
    )
    assert rehearsals.get(owner, first.id).voiced == (None, told)
    assert rehearsals.get(owner, branch.id).voiced == (told,)
    rehearsals.share(owner, coach.person_id)
    (seen,) = rehearsals.shown_to(coach)[owner.person_id]
    assert seen.voiced == ()


def test_nobody_else_sees_a_rehearsal_and_a_deleted_one_comes_back(store: Store) -> None:
    people, rehearsals = People(store), Rehearsals(store)
    owner = people.current(None)
    other = people.current(people.add("Another", "coach").id)
    kept = rehearsals.create(owner, scenario="burnt", level="easy", seed=1)
    assert rehearsals.list(other) == []
    for refused in (rehearsals.get, rehearsals.delete, rehearsals.restore):
        with pytest.raises(NotFoundError):
            refused(other, kept.id)
    with pytest.raises(NotFoundError):
        rehearsals.create(other, scenario="burnt", level="easy", seed=1, parent_id=kept.id)
    rehearsals.delete(owner, kept.id)
    assert rehearsals.list(owner) == []
    rehearsals.restore(owner, kept.id)
    assert [each.id for each in rehearsals.list(owner)] == [kept.id]


def test_how_it_goes_is_seen_by_the_named_coach_alone_and_no_longer_once_withdrawn(store: Store) -> None:
    people, rehearsals = People(store), Rehearsals(store)
    owner = people.current(None)
    coach, stranger = (people.current(people.add(name, "coach").id) for name in ("Named", "Stranger"))
    first = rehearsals.create(owner, scenario="burnt", level="easy", seed=1)
    checks = {"checks": {"one-team": ["le-1", "yes"]}}
    rehearsals.save(owner, first.id, lines=["A secret"], replies=["Mine"], outcome="agreed", detail=checks)
    rehearsals.create(owner, scenario="burnt", level="easy", seed=2)
    assert rehearsals.shown_to(coach) == {}
    rehearsals.share(owner, coach.person_id)
    rehearsals.share(owner, coach.person_id)
    (seen,) = rehearsals.shown_to(coach)[owner.person_id]
    assert (seen.lines, seen.replies, seen.detail) == ((), (), checks)
    assert rehearsals.shown_to(stranger) == {}
    with pytest.raises(NotFoundError):
        rehearsals.get(coach, first.id)
    rehearsals.withdraw(coach, owner.person_id)
    assert rehearsals.shared_with(owner) == [coach.person_id]
    rehearsals.withdraw(owner, coach.person_id)
    assert rehearsals.shown_to(coach) == {}
    with pytest.raises(NotFoundError):
        rehearsals.share(owner, "nobody")
