"""What is known between two people, on either database: who sees it, who changes it, and how it is forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from pydantic import ValidationError

from assistant.errors import InputRefusedError, NotFoundError
from assistant.pair.coaching import SHARES
from assistant.pair.item import Item, Source
from assistant.pair.promises import didnt, happened, moved, reopened, waiting
from assistant.storage.coaching import Coaching
from assistant.storage.pairs import Pairs
from assistant.storage.people import People
from assistant.storage.personal import erase_person, export_person
from knowledge.store.access import Viewer
from knowledge.store.engine import Store

DAY = date(2026, 3, 11)
LIST = Item(
    kind="promise",
    words="send the list of lost deals",
    on=DAY,
    who="sales-vp",
    due=date(2026, 3, 13),
    due_words="by Friday",
    source=Source(kind="debrief", id="m1"),
)
TRIED = Item(kind="tried", words="a ride-along with two reps", went="they loved it, nothing changed", on=DAY)


@pytest.fixture
def pairs(store: Store) -> Pairs:
    return Pairs(store)


@pytest.fixture
def three(store: Store) -> tuple[Viewer, Viewer, Viewer]:
    """The learning executive, the VP, and the coach whom they asked in and show what can be shown as a whole."""
    people = People(store)
    by_role = {each.role: people.current(each.id) for each in people.list()}
    learning, vp, coach = by_role["learning-executive"], by_role["sales-vp"], by_role["coach"]
    Coaching(store).invite(learning, Pairs(store).pair(learning).id, coach.person_id, shares=SHARES)
    return learning, vp, coach


Three = tuple[Viewer, Viewer, Viewer]


def test_what_one_tells_is_seen_by_the_other_only_once_it_is_shared(pairs: Pairs, three: Three) -> None:
    learning, vp, coach = three
    pair = pairs.pair(learning)
    (mine,) = pairs.add(learning, pair.id, [TRIED])
    (ours,) = pairs.add(learning, pair.id, [LIST], visibility="pair")
    assert [each.id for each in pairs.items(learning, pair.id)] == [mine.id, ours.id]
    for other in (vp, coach):
        assert [each.id for each in pairs.items(other, pair.id)] == [ours.id]
        with pytest.raises(NotFoundError):
            pairs.item(other, mine.id)
    assert pairs.items(learning, pair.id, kinds=["tried"])[0].item == TRIED


def test_sharing_is_for_whoever_told_it_and_can_be_taken_back(pairs: Pairs, three: Three) -> None:
    learning, vp, _ = three
    pair = pairs.pair(learning)
    (mine,) = pairs.add(learning, pair.id, [TRIED])
    assert pairs.share(learning, mine.id, "pair").visibility == "pair"
    assert pairs.item(vp, mine.id).item == TRIED
    assert pairs.history(vp, mine.id)[0].about == "Told"
    with pytest.raises(InputRefusedError, match="Only whoever told it"):
        pairs.share(vp, mine.id, "me")
    pairs.share(learning, mine.id, "me")
    assert pairs.items(vp, pair.id) == []


def test_the_coach_reads_what_was_shared_and_changes_nothing(pairs: Pairs, three: Three) -> None:
    learning, _, coach = three
    pair = pairs.pair(coach)
    (ours,) = pairs.add(learning, pair.id, [LIST], visibility="pair")
    assert pairs.item(coach, ours.id).item.words == LIST.words
    with pytest.raises(InputRefusedError, match="Only the two"):
        pairs.change(coach, ours.id, happened, about="Happened")
    with pytest.raises(InputRefusedError, match="Only the two"):
        pairs.forget(coach, ours.id)


def test_somebody_outside_the_pair_sees_and_changes_nothing(store: Store, pairs: Pairs, three: Three) -> None:
    learning = three[0]
    pair = pairs.pair(learning)
    (ours,) = pairs.add(learning, pair.id, [LIST], visibility="pair")
    people = People(store)
    stranger = people.current(people.add("Another", "sales-vp").id)
    for attempt in (
        lambda: pairs.items(stranger, pair.id),
        lambda: pairs.item(stranger, ours.id),
        lambda: pairs.add(stranger, pair.id, [TRIED]),
        lambda: pairs.forget(stranger, ours.id),
        lambda: pairs.rename(stranger, pair.id, "sales-vp", "Me"),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    with pytest.raises(NotFoundError, match="no pair yet"):
        pairs.pair(stranger)


def test_a_promise_is_moved_and_settled_with_its_history(pairs: Pairs, three: Three) -> None:
    learning, vp, _ = three
    pair = pairs.pair(learning)
    (kept,) = pairs.add(learning, pair.id, [LIST], visibility="pair")
    assert kept.item.state == "open"
    later = pairs.change(
        vp, kept.id, lambda item: moved(item, to=date(2026, 3, 20), words="next Friday"), about="Moved"
    )
    assert (later.item.state, later.item.due, later.version) == ("moved", date(2026, 3, 20), 2)
    done = pairs.change(learning, kept.id, happened, about="Happened", version=later.version)
    assert not done.item.waits
    assert [(each.about, each.by) for each in pairs.history(vp, kept.id)] == [
        ("Told", learning.person_id),
        ("Moved", vp.person_id),
        ("Happened", learning.person_id),
    ]
    assert pairs.history(vp, kept.id)[1].changes["due"] == {"from": "2026-03-13", "to": "2026-03-20"}
    assert pairs.change(vp, kept.id, reopened, about="Reopened").item.waits


def test_two_who_edit_the_same_promise_never_overwrite_each_other_unseen(pairs: Pairs, three: Three) -> None:
    learning, vp, _ = three
    pair = pairs.pair(learning)
    (seen,) = pairs.add(learning, pair.id, [LIST], visibility="pair")
    pairs.change(vp, seen.id, happened, about="Happened", version=seen.version)
    with pytest.raises(InputRefusedError, match="Meanwhile Sales VP changed this"):
        pairs.change(learning, seen.id, didnt, about="Didn't", version=seen.version)
    assert pairs.item(learning, seen.id).item.state == "happened"
    other_field = pairs.change(
        learning, seen.id, lambda item: item.changed(words="send ten names"), about="Words", version=1
    )
    assert (other_field.item.state, other_field.item.words) == ("happened", "send ten names")


def test_of_two_changes_at_the_same_time_one_is_refused(pairs: Pairs, three: Three) -> None:
    learning, vp, _ = three
    pair = pairs.pair(learning)
    (seen,) = pairs.add(learning, pair.id, [LIST], visibility="pair")

    def settle(viewer: Viewer) -> str:
        change = happened if viewer == vp else didnt
        try:
            return str(pairs.change(viewer, seen.id, change, about="x", version=1).item.state)
        except InputRefusedError:
            return "refused"

    with ThreadPoolExecutor(2) as threads:
        came = set(threads.map(settle, (learning, vp)))
    assert came == {"refused", pairs.item(vp, seen.id).item.state}


def test_a_tap_that_comes_twice_keeps_one_item(pairs: Pairs, three: Three) -> None:
    learning = three[0]
    pair = pairs.pair(learning)
    with ThreadPoolExecutor(4) as threads:
        kept = list(threads.map(lambda _: pairs.add(learning, pair.id, [LIST])[0].id, range(4)))
    assert len(set(kept)) == 1
    assert len(pairs.items(learning, pair.id)) == 1


def test_what_is_forgotten_is_gone_with_its_history_until_that_is_taken_back(
    store: Store, pairs: Pairs, three: Three
) -> None:
    learning, vp, _ = three
    pair = pairs.pair(learning)
    (kept,) = pairs.add(learning, pair.id, [LIST], visibility="pair")
    pairs.change(vp, kept.id, happened, about="Happened")
    gone = pairs.forget(vp, kept.id)
    assert pairs.items(learning, pair.id) == []
    assert "lost deals" not in str(export_person(store, learning)["records"])
    assert pairs.restore(vp, gone) == gone.kept
    assert pairs.restore(vp, gone) == gone.kept
    assert [each.about for each in pairs.history(learning, kept.id)] == ["Told", "Happened"]
    assert pairs.history(learning, kept.id)[1].by == vp.person_id


def test_a_pair_with_somebody_who_is_only_a_name_is_found_by_that_name(store: Store, three: Three) -> None:
    pairs, people = Pairs(store), People(store)
    begun = pairs.begin(three[0], sales_vp="  Dana   Reyes ")
    learning = people.current(three[0].person_id)
    assert begun.id in learning.pair_ids
    dana = begun.other(learning.person_id)
    assert (dana.name, dana.only_name, dana.role) == ("Dana Reyes", True, "sales-vp")
    for wanted in ("Dana", "dana reyes", "reyes", "dan", begun.id):
        assert pairs.pair(learning, wanted) == begun
    (kept,) = pairs.add(learning, begun.id, [LIST])
    assert begun.name_of(kept.item.who) == "Dana Reyes"
    with pytest.raises(NotFoundError, match="no pair with Otto"):
        pairs.pair(learning, "Otto")
    pairs.begin(learning, sales_vp="Dana Cole")
    with pytest.raises(InputRefusedError, match="more than one"):
        pairs.pair(learning, "dana")


def test_a_coach_names_both_and_follows_the_pair(store: Store, three: Three) -> None:
    pairs = Pairs(store)
    begun = pairs.begin(three[2], learning_executive="Ines", sales_vp="Omar")
    assert begun.coach is not None
    assert begun.coach.id == three[2].person_id
    assert [person.name for person in begun.people] == ["Ines", "Omar"]
    with pytest.raises(InputRefusedError, match="needs a name"):
        pairs.begin(three[2], learning_executive="Ines")


def test_a_counterpart_is_given_the_name_they_go_by(pairs: Pairs, three: Three) -> None:
    pair = pairs.pair(three[0])
    assert pairs.rename(three[0], pair.id, "sales-vp", "Dana").sales_vp.name == "Dana"
    for role, name in (("sales-vp", "  "), ("sales-vp", "x" * 90), ("coach", "Kim")):
        with pytest.raises(InputRefusedError):
            pairs.rename(three[0], pair.id, role, name)
    assert pairs.pair(three[0]).sales_vp.name == "Dana"


def test_what_waits_comes_by_its_day_and_says_whose_it_is(pairs: Pairs, three: Three) -> None:
    learning, vp, _ = three
    pair = pairs.pair(learning)
    both = LIST.changed(words="listen to five calls", who="both", due=DAY, due_words=None)
    undated = LIST.changed(words="think about Boston", who="learning-executive", due=None, due_words="soon")
    pairs.add(learning, pair.id, [undated, LIST, both, TRIED], visibility="pair")
    found = waiting(pairs.items(vp, pair.id), pair, person_id=vp.person_id, today=date(2026, 3, 12))
    assert [(each.kept.item.words, each.standing, each.mine, each.theirs) for each in found] == [
        ("listen to five calls", "overdue", True, True),
        ("send the list of lost deals", "soon", True, False),
        ("think about Boston", "undated", False, True),
    ]


def test_an_item_that_makes_no_sense_is_refused_before_it_is_kept() -> None:
    for wrong in (
        {"kind": "promise", "words": " ", "on": DAY},
        {"kind": "quote", "words": "x", "on": DAY, "due": DAY},
        {"kind": "quote", "words": "x", "on": DAY, "state": "open"},
        {"kind": "promise", "words": "x", "on": DAY, "went": "well"},
        {"kind": "rumour", "words": "x", "on": DAY},
    ):
        with pytest.raises(ValidationError):
            Item.model_validate(wrong)
    with pytest.raises(InputRefusedError, match="no promise"):
        happened(TRIED)


def test_characters_that_no_database_keeps_are_left_out(pairs: Pairs, three: Three) -> None:
    pair = pairs.pair(three[0])
    odd = TRIED.changed(words="a\x00 ride\ud83d-along", went="so\x00so")
    (kept,) = pairs.add(three[0], pair.id, [odd])
    assert pairs.item(three[0], kept.id).item.words == "a ride?-along"


def test_erasing_a_person_takes_what_they_told(store: Store, pairs: Pairs, three: Three) -> None:
    learning, vp, _ = three
    pair = pairs.pair(learning)
    pairs.add(learning, pair.id, [LIST], visibility="pair")
    (theirs,) = pairs.add(vp, pair.id, [TRIED], visibility="pair")
    pairs.change(learning, theirs.id, lambda item: item.changed(went="badly"), about="Went")
    assert erase_person(store, learning)["pair_item"] == 1
    assert [each.id for each in pairs.items(vp, pair.id)] == [theirs.id]


def test_a_sentence_of_the_mirror_is_its_writers_alone_until_both_have_written(
    pairs: Pairs, three: Three
) -> None:
    learning, vp, coach = three
    pair = pairs.pair(learning)
    sentence = Item(kind="mirror", words="East to 25% by June", on=DAY, who="learning-executive")
    (first,) = pairs.add(learning, pair.id, [sentence], visibility="pair")
    for other in (vp, coach):
        assert pairs.items(other, pair.id) == []
        with pytest.raises(NotFoundError):
            pairs.item(other, first.id)
    pairs.add(vp, pair.id, [sentence.changed(words="West to 30%", who="sales-vp")], visibility="pair")
    for each in three:
        assert len(pairs.items(each, pair.id)) == 2
