"""What people's records promise on either database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError

import pytest

from assistant.errors import InputRefusedError, NotFoundError
from assistant.storage.conversations import Conversations
from assistant.storage.people import People
from knowledge.store.access import Viewer
from knowledge.store.engine import Store


@pytest.fixture
def other(store: Store, viewer: Viewer) -> Viewer:
    people = People(store)
    return people.current(next(person.id for person in people.list() if person.id != viewer.person_id))


def test_the_first_use_makes_one_person_a_role_and_a_pair(store: Store) -> None:
    people = People(store)
    viewer = people.current(None)
    assert [(p.name, p.role) for p in people.list()] == [
        ("Learning executive", "learning-executive"),
        ("Sales VP", "sales-vp"),
        ("Coach", "coach"),
    ]
    (pair,) = people.pairs(viewer)
    assert viewer == Viewer("default", pair.learning_executive_id, (pair.id,))
    assert people.current(pair.sales_vp_id).pair_ids == (pair.id,)


def test_first_uses_at_the_same_time_make_the_same_people(store: Store) -> None:
    with ThreadPoolExecutor(6) as threads:
        viewers = set(threads.map(lambda _: People(store).current(None), range(6)))
    assert len(viewers) == 1
    assert len(People(store).list()) == 3


def test_somebody_who_is_added_can_be_picked_and_belongs_to_no_pair_yet(store: Store) -> None:
    people = People(store)
    dana = people.add("  Dana   Reyes ", "sales-vp")
    assert people.current(dana.id) == Viewer("default", dana.id, ())
    assert dana.name == "Dana Reyes"
    pair = people.add_pair(people.current(None).person_id, dana.id)
    assert people.current(dana.id).pair_ids == (pair.id,)


@pytest.mark.parametrize(
    ("name", "role"), [("", "coach"), ("   ", "coach"), ("Kim", "system"), ("Kim", "boss")]
)
def test_a_person_without_name_or_role_is_refused(store: Store, name: str, role: str) -> None:
    with pytest.raises(InputRefusedError):
        People(store).add(name, role)
    assert len(People(store).list()) == 3


def test_two_of_the_same_side_make_no_pair(store: Store) -> None:
    people = People(store)
    first, second = people.add("Kim", "sales-vp"), people.add("Ash", "sales-vp")
    with pytest.raises(InputRefusedError, match="learning-executive"):
        people.add_pair(first.id, second.id)


def test_nobody_is_found_under_an_unknown_id(store: Store) -> None:
    with pytest.raises(NotFoundError):
        People(store).current("ffffffffffff")
    with pytest.raises(NotFoundError):
        People(store).current("system")


def test_a_question_is_kept_before_its_answer_and_found_again(
    conversations: Conversations, viewer: Viewer
) -> None:
    talk = conversations.create(viewer, "learning-executive")
    question = conversations.ask(viewer, talk.id, "How do I use thirty minutes?")
    assert (question.position, question.status, question.author) == (0, "pending", "user")
    assert conversations.unanswered(viewer, talk.id) == question
    answer = conversations.answer(viewer, talk.id, "Ask first.", {"citations": [1]}, question=question)
    assert (answer.position, answer.author, answer.detail) == (1, "coach", {"citations": [1]})
    assert conversations.unanswered(viewer, talk.id) is None
    assert [m.text for m in conversations.messages(viewer, talk.id)] == [
        "How do I use thirty minutes?",
        "Ask first.",
    ]


def test_of_two_questions_the_one_without_an_answer_is_named(
    conversations: Conversations, viewer: Viewer
) -> None:
    talk = conversations.create(viewer, "coach")
    first, second = (conversations.ask(viewer, talk.id, text) for text in ("first", "second"))
    conversations.answer(viewer, talk.id, "to the second", question=second)
    assert (waiting := conversations.unanswered(viewer, talk.id)) is not None
    assert waiting.id == first.id
    conversations.answer(viewer, talk.id, "to the first", status="failed")
    assert conversations.unanswered(viewer, talk.id) is None


def test_the_first_question_gives_the_title_and_a_later_one_does_not(
    conversations: Conversations, viewer: Viewer
) -> None:
    talk = conversations.create(viewer, "coach")
    conversations.ask(viewer, talk.id, "A question  that goes on " + "and on " * 30)
    conversations.ask(viewer, talk.id, "Something else")
    title = conversations.get(viewer, talk.id).title
    assert title.startswith("A question that goes on")
    assert title.endswith("…")
    assert len(title) <= 80


def test_writers_at_the_same_time_never_share_a_position(
    conversations: Conversations, viewer: Viewer
) -> None:
    talk = conversations.create(viewer, "coach")
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda n: conversations.ask(viewer, talk.id, f"question {n}"), range(24)))
    assert [m.position for m in conversations.messages(viewer, talk.id)] == list(range(24))


def test_pinned_ones_stand_on_top_then_the_newest(conversations: Conversations, viewer: Viewer) -> None:
    old, middle, new = (conversations.create(viewer, "coach", title) for title in ("old", "middle", "new"))
    conversations.pin(viewer, old.id)
    conversations.ask(viewer, middle.id, "again")
    conversations.rename(viewer, new.id, "renamed")
    assert [talk.title for talk in conversations.list(viewer)] == ["old", "middle", "renamed"]
    conversations.pin(viewer, old.id, False)
    assert conversations.list(viewer)[-1].id == old.id


def test_every_word_of_a_search_must_be_said_somewhere(conversations: Conversations, viewer: Viewer) -> None:
    talk = conversations.create(viewer, "coach", "Ramp time in the north")
    conversations.ask(viewer, talk.id, "We are 100% sure, aren’t we?")
    conversations.create(viewer, "coach", "Something else")
    for words in ("RAMP", "ramp sure", "100%"):
        assert [found.id for found in conversations.list(viewer, words)] == [talk.id]
    assert conversations.list(viewer, "ramp_time") == []
    assert conversations.list(viewer, "ramp south") == []


def test_a_deleted_conversation_is_out_of_sight_until_it_is_restored(
    conversations: Conversations, viewer: Viewer
) -> None:
    talk = conversations.create(viewer, "coach", "kept")
    conversations.ask(viewer, talk.id, "said")
    conversations.delete(viewer, talk.id)
    assert conversations.list(viewer) == []
    assert [gone.id for gone in conversations.list(viewer, include_deleted=True)] == [talk.id]
    for attempt in (conversations.get, conversations.messages, conversations.unanswered):
        with pytest.raises(NotFoundError):
            attempt(viewer, talk.id)
    assert conversations.restore(viewer, talk.id).updated_at == conversations.get(viewer, talk.id).updated_at
    assert [m.text for m in conversations.messages(viewer, talk.id)] == ["said"]


def test_an_erased_conversation_is_gone_with_its_messages(
    conversations: Conversations, viewer: Viewer
) -> None:
    talk = conversations.create(viewer, "coach", "secret")
    conversations.ask(viewer, talk.id, "secret")
    conversations.erase(viewer, talk.id)
    assert conversations.list(viewer, "secret", include_deleted=True) == []


def test_nobody_else_sees_or_changes_a_private_conversation(
    conversations: Conversations, viewer: Viewer, other: Viewer
) -> None:
    talk = conversations.create(viewer, "coach", "mine")
    assert conversations.list(other) == []
    for attempt in (
        lambda: conversations.get(other, talk.id),
        lambda: conversations.messages(other, talk.id),
        lambda: conversations.ask(other, talk.id, "hello"),
        lambda: conversations.answer(other, talk.id, "hello"),
        lambda: conversations.rename(other, talk.id, "yours"),
        lambda: conversations.delete(other, talk.id),
        lambda: conversations.erase(other, talk.id),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    assert conversations.get(viewer, talk.id).title == "mine"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00nul\x00",
        "half \ud83d",
        "emoji 🎯",
        "עברית",
        "<script>alert(1)</script>",
        "x" * 20_000,
        "a\r\nb\tc",
    ],
)
def test_whatever_is_typed_is_kept_as_it_can_be(
    conversations: Conversations, viewer: Viewer, text: str
) -> None:
    talk = conversations.create(viewer, "coach")
    kept = conversations.ask(viewer, talk.id, text).text
    assert kept == text.replace("\x00", "").replace("\ud83d", "?")
    assert [m.text for m in conversations.messages(viewer, talk.id)] == [kept]


def test_records_are_frozen_copies(conversations: Conversations, viewer: Viewer) -> None:
    talk = conversations.create(viewer, "coach")
    with pytest.raises(FrozenInstanceError):
        talk.title = "changed"  # type: ignore[misc]  # that is what is tested


def test_a_stopped_question_waits_until_it_is_answered_and_an_answered_one_is_not_stopped(
    conversations: Conversations, viewer: Viewer, other: Viewer
) -> None:
    talk = conversations.create(viewer, "coach")
    asked = conversations.ask(viewer, talk.id, "Where do I begin?")
    conversations.stop(other, asked.id)  # somebody else's: nothing happens
    assert conversations.messages(viewer, talk.id)[0].status == "pending"
    conversations.stop(viewer, asked.id)
    waiting = conversations.unanswered(viewer, talk.id)
    assert waiting is not None
    assert (waiting.id, waiting.status) == (asked.id, "stopped")
    conversations.answer(viewer, talk.id, "With one team.", question=asked)
    conversations.stop(viewer, asked.id)
    assert conversations.unanswered(viewer, talk.id) is None
