"""A coach of a pair, on either database: who asks them in, what they see, and when they see nothing any more."""

from datetime import date

import pytest

from assistant.errors import InputRefusedError, NotFoundError
from assistant.pair.coaching import SHARES, shares_named
from assistant.pair.item import Item
from assistant.pilots.model import Pilot
from assistant.storage.coaching import Coaching
from assistant.storage.pairs import Pairs
from assistant.storage.people import People
from assistant.storage.personal import erase_person, export_person
from assistant.storage.pilots import Pilots
from knowledge.store.access import Viewer
from knowledge.store.engine import Store

DAY = date(2026, 3, 11)
PROMISE = Item(kind="promise", words="send the list of lost deals", on=DAY, who="sales-vp")
OUTCOME = Item(kind="outcome", words="win rate in the East team to 25%", on=DAY)
FELT = Item(kind="felt", words="tired of asking", on=DAY)
MINE = Item(kind="mirror", words="East to 25% by June", on=DAY, who="learning-executive")
THEIRS = Item(kind="mirror", words="West to 30%", on=DAY, who="sales-vp")


class Desk:
    """A store, its people, and one pair of them."""

    def __init__(self, store: Store) -> None:
        self.pairs, self.coaching, self.pilots = Pairs(store), Coaching(store), Pilots(store)
        self.people = People(store)
        by_role = {each.role: each.id for each in self.people.list()}
        self.coach_id = by_role["coach"]
        self.learning = self.people.current(by_role["learning-executive"])
        self.vp = self.people.current(by_role["sales-vp"])
        self.pair_id = self.pairs.pair(self.learning).id

    @property
    def coach(self) -> Viewer:
        """The coach as they come in now."""
        return self.people.current(self.coach_id)

    def seen(self) -> list[str]:
        """The words of every item that the coach finds."""
        return [each.item.words for each in self.pairs.items(self.coach, self.pair_id)]


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def test_a_coach_who_was_not_asked_in_finds_nothing_of_a_pair(desk: Desk) -> None:
    (kept,) = desk.pairs.add(desk.learning, desk.pair_id, [PROMISE], visibility="pair")
    desk.pilots.create(desk.learning, Pilot(title="East"))
    assert desk.coach.pair_ids == () and desk.pairs.pairs(desk.coach) == []
    assert desk.pilots.list(desk.coach) == []
    for attempt in (
        lambda: desk.pairs.items(desk.coach, desk.pair_id),
        lambda: desk.pairs.item(desk.coach, kept.id),
        lambda: desk.pairs.history(desk.coach, kept.id),
        lambda: desk.coaching.invites(desk.coach, desk.pair_id),
        lambda: desk.coaching.given(desk.learning, "ffffffffffff") or desk.pairs.pair(desk.coach),
        lambda: desk.coaching.assign(desk.coach, desk.pair_id, [desk.vp.person_id], "What made it hard?"),
    ):
        with pytest.raises(NotFoundError):
            attempt()


def test_a_coach_sees_what_is_shown_as_a_whole_and_nothing_that_only_one_of_the_two_sees(desk: Desk) -> None:
    desk.pairs.add(desk.learning, desk.pair_id, [PROMISE, OUTCOME, FELT, MINE], visibility="pair")
    desk.pairs.add(desk.learning, desk.pair_id, [PROMISE.changed(words="ring my sister")])
    desk.coaching.invite(desk.learning, desk.pair_id, desk.coach_id, shares=["promises"])
    assert desk.seen() == [PROMISE.words]
    desk.coaching.invite(desk.learning, desk.pair_id, desk.coach_id, shares=["outcome", "mirror"])
    assert desk.seen() == [OUTCOME.words]
    desk.pairs.add(desk.vp, desk.pair_id, [THEIRS], visibility="pair")
    assert sorted(desk.seen()) == sorted([OUTCOME.words, MINE.words, THEIRS.words])


def test_a_particular_item_is_shown_by_whoever_told_it_and_no_longer_once_that_is_taken_back(
    desk: Desk,
) -> None:
    told, other = desk.pairs.add(desk.learning, desk.pair_id, [FELT, PROMISE])
    invite = desk.coaching.invite(desk.learning, desk.pair_id, desk.coach_id, shares=[], items=[told.id])
    assert desk.seen() == [FELT.words]
    desk.coaching.show(desk.learning, invite.id, other.id, shown=True)
    assert desk.seen() == [FELT.words, PROMISE.words]
    shown = desk.coaching.show(desk.learning, invite.id, told.id, shown=False)
    assert shown.items[desk.learning.person_id] == (other.id,) and desk.seen() == [PROMISE.words]
    for wrong in (desk.vp, desk.coach):
        with pytest.raises((NotFoundError, InputRefusedError)):
            desk.coaching.show(wrong, invite.id, told.id, shown=True)
    desk.pairs.forget(desk.learning, other.id)
    assert desk.seen() == []


@pytest.mark.parametrize("who", ["learning", "vp"])
def test_either_of_the_two_withdraws_and_the_coach_finds_nothing_from_then_on(desk: Desk, who: str) -> None:
    (kept,) = desk.pairs.add(desk.learning, desk.pair_id, [PROMISE], visibility="pair")
    pilot = desk.pilots.create(desk.learning, Pilot(title="East"))
    desk.coaching.invite(desk.learning, desk.pair_id, desk.coach_id, shares=SHARES, items=[kept.id])
    asked = desk.coach
    assert desk.seen() == [PROMISE.words] and [each.id for each in desk.pilots.list(asked)] == [pilot.id]
    desk.coaching.withdraw(getattr(desk, who), desk.pair_id, desk.coach_id)
    assert desk.pairs.pairs(asked) == [] and desk.pilots.list(asked) == []
    with pytest.raises(NotFoundError):
        desk.pairs.item(asked, kept.id)
    assert desk.coaching.invites(desk.learning, desk.pair_id) == []


def test_a_coach_reads_a_pilot_that_is_shown_and_changes_nothing_in_it(desk: Desk) -> None:
    pilot = desk.pilots.create(desk.learning, Pilot(title="East"))
    desk.coaching.invite(desk.learning, desk.pair_id, desk.coach_id, shares=["promises"])
    assert desk.pilots.list(desk.coach) == []
    desk.coaching.invite(desk.vp, desk.pair_id, desk.coach_id, shares=["pilots"])
    assert desk.pilots.get(desk.coach, pilot.id).pilot.title == "East"
    with pytest.raises(InputRefusedError):
        desk.pilots.update(
            desk.coach, pilot.id, lambda each: each.model_copy(update={"title": "x"}), about="x"
        )


def test_only_the_two_ask_a_coach_in_and_only_a_coach_is_asked(desk: Desk) -> None:
    desk.coaching.invite(desk.learning, desk.pair_id, desk.coach_id, shares=SHARES)
    second = desk.people.add("Cleo", "coach")
    for viewer, whom in ((desk.coach, second.id), (desk.learning, desk.vp.person_id)):
        with pytest.raises(InputRefusedError):
            desk.coaching.invite(viewer, desk.pair_id, whom, shares=SHARES)
    desk.coaching.invite(desk.vp, desk.pair_id, second.id, shares=[])
    assert len(desk.coaching.invites(desk.vp, desk.pair_id)) == 2
    assert [each.coach.id for each in desk.coaching.invites(desk.coach, desk.pair_id)] == [desk.coach_id]
    with pytest.raises(InputRefusedError, match="Only the two"):
        desk.pairs.rename(desk.coach, desk.pair_id, "sales-vp", "Otto")
    desk.coaching.withdraw(desk.coach, desk.pair_id, desk.coach_id)
    assert desk.pairs.pairs(desk.coach) == []


def test_what_a_coach_gives_waits_for_whom_it_was_given_to_until_it_is_done(desk: Desk) -> None:
    desk.coaching.invite(desk.learning, desk.pair_id, desk.coach_id, shares=SHARES)
    (task,) = desk.coaching.assign(
        desk.coach, desk.pair_id, [desk.vp.person_id], "What made it hard?", about="One promise is overdue."
    )
    assert [each.words for each in desk.coaching.tasks(desk.vp)] == ["What made it hard?"]
    assert desk.coaching.tasks(desk.learning) == []
    with pytest.raises(NotFoundError):
        desk.coaching.done(desk.learning, task.id)
    assert desk.coaching.done(desk.vp, task.id).done_at is not None
    assert desk.coaching.tasks(desk.vp) == []
    assert [each.done_at is None for each in desk.coaching.given(desk.coach, desk.pair_id)] == [False]
    assert desk.coaching.done(desk.vp, task.id, done=False).done_at is None
    desk.coaching.take_back(desk.coach, task.id)
    assert desk.coaching.tasks(desk.vp) == []


def test_nothing_is_given_to_somebody_who_never_signs_in_nor_by_one_of_the_two(desk: Desk) -> None:
    begun = desk.pairs.begin(desk.learning, sales_vp="Dana")
    desk.coaching.invite(desk.learning, begun.id, desk.coach_id, shares=SHARES)
    with pytest.raises(InputRefusedError, match="Dana never signs in"):
        desk.coaching.assign(desk.coach, begun.id, [begun.sales_vp.id], "x")
    with pytest.raises(InputRefusedError, match="Only a coach"):
        desk.coaching.assign(desk.learning, begun.id, [desk.learning.person_id], "x")
    with pytest.raises(InputRefusedError, match="nothing to give"):
        desk.coaching.assign(desk.coach, begun.id, [desk.learning.person_id], "  ")


def test_whoever_asked_takes_the_invitation_along_and_erases_it(store: Store, desk: Desk) -> None:
    desk.pairs.add(desk.vp, desk.pair_id, [PROMISE], visibility="pair")
    desk.coaching.invite(desk.learning, desk.pair_id, desk.coach_id, shares=["promises"])
    assert len(export_person(store, desk.learning)["records"]["coach_share"]) == 1
    assert desk.seen() == [PROMISE.words]
    erase_person(store, desk.learning)
    assert desk.pairs.pairs(desk.coach) == []


def test_what_can_be_shown_as_a_whole_is_named_in_words() -> None:
    assert shares_named("mirror, Promises") == ("promises", "mirror") and shares_named("all") == SHARES
    with pytest.raises(InputRefusedError, match="rumours"):
        shares_named("rumours")
