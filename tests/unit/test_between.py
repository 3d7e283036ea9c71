"""The mirror, the page before a meeting and what waits, over what is kept between two people."""

from datetime import date, timedelta

import pytest

from assistant.bootstrap import House
from assistant.errors import InputRefusedError
from assistant.home.home import Watched
from assistant.pair.coaching import SHARES
from assistant.pair.item import Item
from assistant.pair.promises import happened
from assistant.pair.records import PairRecord
from assistant.pilots.model import Pilot
from assistant.reply.read import Reply
from knowledge.store.access import Viewer

TODAY = date(2026, 3, 11)
MINE = (
    "Win rate in the East team from 18 to 25% by 30 June; I listen to calls, Marco gives me his Monday slot."
)
THEIRS = "Hi Lena, win rate to 30% in the West team by June 30, learning must train them.\nMarco\n> On Monday you wrote"


@pytest.fixture
def ours(house: House) -> tuple[Viewer, Viewer, PairRecord]:
    """A learning executive and a VP of their own, who have told nothing yet."""
    lena, marco = (
        house.people.add("Lena Holt", "learning-executive"),
        house.people.add("Marco Rossi", "sales-vp"),
    )
    made = house.people.add_pair(lena.id, marco.id)
    learning, vp = house.people.current(lena.id), house.people.current(marco.id)
    return learning, vp, house.pairs.pair(learning, made.id)


def coached(house: House, learning: Viewer, pair: PairRecord) -> Viewer:
    """Their coach, who is shown what can be shown as a whole."""
    invite = house.ask_in(learning, pair, "Coach", shares=SHARES)
    return house.people.current(invite.coach.id)


def watched(house: House, coach: Viewer, pair: PairRecord) -> Watched:
    return next(each for each in house.watched(coach, today=TODAY) if each.pair_id == pair.id)


def item(kind: str, words: str, *, days: int = -5, **more: object) -> Item:
    return Item.model_validate({"kind": kind, "words": words, "on": TODAY + timedelta(days=days), **more})


def test_the_mirror_shows_what_differs_in_plain_words(
    house: House, ours: tuple[Viewer, Viewer, PairRecord]
) -> None:
    learning, _, pair = ours
    house.write_mirror(learning, pair, MINE, on=TODAY)
    assert house.mirror(house.between(learning, pair.id, today=TODAY)) is None
    house.write_mirror(learning, pair, THEIRS, of="sales-vp", on=TODAY)
    seen = house.mirror(house.between(learning, pair.id, today=TODAY))
    assert seen and "> On" not in seen.vp.words and seen.vp.words.startswith("win rate to 30%")
    texts = [each.text for each in seen.differences]
    assert "The number: Lena says “from 18 to 25%”, Marco says “to 30%”." in texts
    assert "The team: Lena says “the East team”, Marco says “the West team”." in texts
    assert any("Who must do something" in each for each in texts)
    assert seen.same == ("The day is the same: 30 June 2026.",)


def test_nobody_sees_the_others_sentence_before_both_are_there(
    house: House, ours: tuple[Viewer, Viewer, PairRecord]
) -> None:
    learning, vp, pair = ours
    kept = house.write_mirror(learning, pair, MINE, on=TODAY)
    assert house.between(vp, pair.id, today=TODAY).mirror == {}
    house.write_mirror(vp, pair, "The East team, by summer.", on=TODAY)
    assert house.between(vp, pair.id, today=TODAY).mirror["learning-executive"].id == kept.id
    again = house.write_mirror(learning, pair, "The West team, by summer.", on=TODAY)
    assert again.id == kept.id and again.version == 2


def test_a_sentence_without_words_is_refused(house: House, ours: tuple[Viewer, Viewer, PairRecord]) -> None:
    learning, _, pair = ours
    with pytest.raises(InputRefusedError, match="no sentence"):
        house.write_mirror(learning, pair, "> only what was quoted", of="sales-vp")


def test_the_page_before_a_meeting_is_drawn_from_what_was_told(
    house: House, ours: tuple[Viewer, Viewer, PairRecord]
) -> None:
    learning, _, pair = ours
    empty = house.prepare(learning, house.between(learning, pair.id, today=TODAY), minutes=10)
    assert "has not been named" in empty.settle and empty.open == () and empty.told == 0
    house.pairs.add(learning, pair.id, [
        item("outcome", "better conversations"), item("group", "the East team"),
        item("promise", "send me the list of lost deals", who="sales-vp", due=TODAY - timedelta(days=2)),
        item("refused", "a two-day workshop", who="sales-vp"),
        item("tried", "a survey among the reps", went="nobody answered"),
    ])  # fmt: skip
    full = house.prepare(learning, house.between(learning, pair.id, today=TODAY), minutes=30)
    assert "better conversations" in full.settle and "ordinary Tuesday" in full.opening
    assert full.open[0].late and full.open[0].say
    assert any("two-day workshop" in each for each in full.leave) and any(
        "nobody answered" in each for each in full.leave
    )
    assert "the East team" in full.story.line
    assert [each.end for each in full.agenda] == [3, 9, 20, 26, 30] and full.why
    assert full.settle != empty.settle


def test_what_was_forgotten_is_in_no_later_page(
    house: House, ours: tuple[Viewer, Viewer, PairRecord]
) -> None:
    learning, _, pair = ours
    (kept,) = house.pairs.add(learning, pair.id, [item("refused", "the Lisbon offsite", who="sales-vp")])
    assert "Lisbon" in str(
        house.prepare(learning, house.between(learning, pair.id, today=TODAY), minutes=30).as_contract()
    )
    house.pairs.forget(learning, kept.id)
    assert "Lisbon" not in str(
        house.prepare(learning, house.between(learning, pair.id, today=TODAY), minutes=30).as_contract()
    )


def test_ones_own_broken_promise_is_owned_before_anything_is_asked(
    house: House, ours: tuple[Viewer, Viewer, PairRecord]
) -> None:
    learning, _, pair = ours
    house.pairs.add(
        learning,
        pair.id,
        [item("promise", "bring one page", who="learning-executive", due=TODAY - timedelta(days=1))],
    )
    made = house.prepare(learning, house.between(learning, pair.id, today=TODAY), minutes=10)
    assert made.opening.startswith("“I said I'd bring one page. I haven't")


def test_a_newcomer_has_one_first_step_and_somebody_who_told_has_what_waits(
    house: House, ours: tuple[Viewer, Viewer, PairRecord]
) -> None:
    learning, _, pair = ours
    fresh = house.home(house.between(learning, pair.id, today=TODAY))
    assert fresh.first_step and not fresh.waits
    house.pairs.add(learning, pair.id, [
        item("promise", "send the list", who="sales-vp", due=TODAY - timedelta(days=2)),
        item("promise", "listen to five calls", who="learning-executive", due=TODAY + timedelta(days=2)),
        item("meeting", "Next meeting", days=3),
    ])  # fmt: skip
    found = house.home(house.between(learning, pair.id, today=TODAY))
    assert (
        [each.late for each in found.promises] == [True, False] and found.meeting and not found.meeting.over
    )
    assert found.waits and found.minutes <= 8 and found.mirror == "write"
    later = house.home(house.between(learning, pair.id, today=TODAY + timedelta(days=5)))
    assert later.meeting and later.meeting.over


def test_a_coach_sees_what_was_shared_and_nothing_else(
    house: House, ours: tuple[Viewer, Viewer, PairRecord]
) -> None:
    learning, _, pair = ours
    coach = coached(house, learning, pair)
    shared, private = (
        item("promise", "send the list", who="sales-vp"),
        item("promise", "call my sister", who="learning-executive"),
    )
    (kept,) = house.pairs.add(learning, pair.id, [shared], visibility="pair")
    house.pairs.add(learning, pair.id, [private, item("felt", "tired of him")])
    house.pairs.change(learning, kept.id, happened, about="Said how it went")
    seen = watched(house, coach, pair)
    assert (seen.kept, seen.open) == (1, ())
    assert "sister" not in str(seen) and "tired" not in str(seen)


def test_a_pasted_reply_is_kept_as_told_by_whoever_pasted_it(
    house: House, ours: tuple[Viewer, Viewer, PairRecord]
) -> None:
    learning, _, pair = ours
    text = "Yes. Win rate to 25%, the East team, by 30 June. I tell Priya on Monday, you listen to ten calls."
    reply: Reply = house.read_reply(text, on=TODAY)
    kept = house.keep_reply(learning, pair, reply, on=TODAY)
    twice = house.keep_reply(learning, pair, reply, on=TODAY)
    assert [each.id for each in kept] == [each.id for each in twice] and len(kept) == 4
    waits = house.between(learning, pair.id, today=TODAY).waiting
    assert [(each.mine, each.theirs) for each in waits] == [(False, True), (True, False)]


def test_the_manager_in_between_gets_a_note_is_asked_and_has_two_minutes(
    house: House, ours: tuple[Viewer, Viewer, PairRecord]
) -> None:
    learning, _, pair = ours
    house.pairs.add(
        learning,
        pair.id,
        [item("manager", "Priya"), item("outcome", "win rate to 25%"), item("group", "the East team")],
    )
    before = house.prepare(learning, house.between(learning, pair.id, today=TODAY), minutes=30)
    assert (
        len(before.manager) == 3
        and "with the East team we try one thing, for one result (win rate to 25%)" in before.manager[0]
    )
    assert "Nobody has asked Priya yet" in before.manager[1] and "staff call" in before.manager[2]
    house.pairs.add(learning, pair.id, [item("quote", "Not on Mondays, please.", who="Priya")])
    after = house.prepare(learning, house.between(learning, pair.id, today=TODAY), minutes=30)
    assert after.manager[0] == "Priya said: “Not on Mondays, please.”"


def test_a_coach_reads_how_many_promises_are_late(
    house: House, ours: tuple[Viewer, Viewer, PairRecord]
) -> None:
    learning, _, pair = ours
    coach = coached(house, learning, pair)
    for count, words in enumerate(("One promise is overdue.", "2 promises are overdue."), start=1):
        late = item("promise", f"send list {count}", who="sales-vp", due=TODAY - timedelta(days=count))
        house.pairs.add(learning, pair.id, [late], visibility="pair")
        assert watched(house, coach, pair).stuck[0] == words


def test_a_report_uses_the_promises_that_both_see_in_words_for_others(
    house: House, ours: tuple[Viewer, Viewer, PairRecord]
) -> None:
    learning, vp, pair = ours
    record = house.pilots.create(vp, Pilot(title="East"))
    house.pairs.add(
        learning, pair.id, [item("promise", "send me the list", who="sales-vp")], visibility="pair"
    )
    house.pairs.add(learning, pair.id, [item("promise", "ring my sister", who="learning-executive")])
    for viewer in (learning, vp):
        assert [(each.who, each.what, each.state) for each in house.promised(viewer, record)] == [
            ("Marco Rossi", "send Lena the list", "open")
        ]


def test_whoever_works_with_a_mere_name_reports_their_own_promises(
    house: House, ours: tuple[Viewer, Viewer, PairRecord]
) -> None:
    begun = house.pairs.begin(
        house.people.current(house.people.add("Ida", "learning-executive").id), sales_vp="Otto"
    )
    ida = house.people.current(begun.learning_executive.id)
    record = house.pilots.create(ida, Pilot(title="Graz"))
    house.pairs.add(ida, begun.id, [item("promise", "send the list", who="sales-vp")])
    assert [each.who for each in house.promised(ida, record)] == ["Otto"]
