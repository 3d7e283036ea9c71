"""What remarks about answers, and questions asked anew, promise on either database."""

import pytest

from assistant.errors import AnsweredError, NotFoundError
from assistant.records import Conversation, Message
from assistant.storage.conversations import Conversations
from assistant.storage.feedback import FeedbackBook
from assistant.storage.people import People
from knowledge.store.access import Viewer
from knowledge.store.engine import Store


@pytest.fixture
def viewer(store: Store) -> Viewer:
    return People(store).current(None)


@pytest.fixture
def other(store: Store, viewer: Viewer) -> Viewer:
    people = People(store)
    return people.current(next(person.id for person in people.list() if person.id != viewer.person_id))


@pytest.fixture
def talk(store: Store, viewer: Viewer) -> Conversation:
    conversations = Conversations(store)
    talk = conversations.create(viewer, "learning-executive")
    for number in (1, 2):
        conversations.ask(viewer, talk.id, f"question {number}")
        conversations.answer(viewer, talk.id, f"answer {number}")
    return talk


@pytest.fixture
def messages(store: Store, viewer: Viewer, talk: Conversation) -> list[Message]:
    return Conversations(store).messages(viewer, talk.id)


def test_the_newest_rating_counts_and_can_be_taken_back(
    store: Store, viewer: Viewer, messages: list[Message]
) -> None:
    book, answer = FeedbackBook(store), messages[1].id
    book.rate(viewer, answer, "helpful")
    book.rate(viewer, answer, "unhelpful")
    assert [(f.verdict, f.question) for f in book.of(viewer, [answer])] == [("unhelpful", "question 1")]
    book.rate(viewer, answer, None)
    assert book.of(viewer, [answer]) == []


def test_a_report_is_seen_by_the_workspace_with_its_question_until_it_is_resolved(
    store: Store, viewer: Viewer, other: Viewer, messages: list[Message]
) -> None:
    book = FeedbackBook(store)
    made = book.report(
        viewer,
        messages[3].id,
        reason=" not true here ",
        passage_id="c#do",
        card_id="c",
        quote="four words of it",
    )
    (seen,) = book.reports(other, card_id="c")
    assert (seen.id, seen.reason, seen.question) == (made.id, "not true here", "question 2")
    assert book.reports(other, card_id="d") == []
    assert book.resolve(other, made.id).resolved
    assert book.reports(viewer) == []


def test_nobody_remarks_on_an_answer_that_is_not_theirs_to_see(
    store: Store, other: Viewer, messages: list[Message]
) -> None:
    with pytest.raises(NotFoundError):
        FeedbackBook(store).rate(other, messages[1].id, "helpful")


def test_a_question_asked_anew_waits_again_and_what_came_after_it_is_set_aside(
    store: Store, viewer: Viewer, talk: Conversation, messages: list[Message]
) -> None:
    conversations = Conversations(store)
    revised = conversations.revise(viewer, talk.id, messages[0].id, "question one, better")
    assert [m.text for m in conversations.messages(viewer, talk.id)] == ["question one, better"]
    assert conversations.unanswered(viewer, talk.id) == revised
    assert conversations.get(viewer, talk.id).title == "question one, better"
    conversations.answer(viewer, talk.id, "again", question=revised)
    assert [m.position for m in conversations.messages(viewer, talk.id)] == [0, 1]


def test_of_two_answers_to_one_asking_the_first_is_kept(
    store: Store, viewer: Viewer, talk: Conversation
) -> None:
    conversations = Conversations(store)
    asked = conversations.ask(viewer, talk.id, "and now?")
    conversations.answer(viewer, talk.id, "one", question=asked)
    with pytest.raises(AnsweredError, match="has its answer"):
        conversations.answer(viewer, talk.id, "another", question=asked)
    assert [m.text for m in conversations.messages(viewer, talk.id)][-2:] == ["and now?", "one"]


def test_an_answer_to_a_question_that_was_asked_anew_meanwhile_is_not_kept(
    store: Store, viewer: Viewer, talk: Conversation
) -> None:
    conversations = Conversations(store)
    asked = conversations.ask(viewer, talk.id, "and now?")
    again = conversations.revise(viewer, talk.id, asked.id, "and then?", corrections={"group": "North"})
    with pytest.raises(AnsweredError, match="asked anew"):
        conversations.answer(viewer, talk.id, "to the old words", question=asked)
    assert again.corrections == {"group": "North"}
    conversations.answer(viewer, talk.id, "to the new words", question=again)
    assert [m.text for m in conversations.messages(viewer, talk.id)][-2:] == ["and then?", "to the new words"]


def test_asked_anew_in_two_tabs_at_once_it_is_one_asking(
    store: Store, viewer: Viewer, talk: Conversation
) -> None:
    conversations = Conversations(store)
    asked = conversations.ask(viewer, talk.id, "and now?")
    conversations.answer(viewer, talk.id, "one", question=asked)
    one, other = (conversations.revise(viewer, talk.id, asked.id, "and now?") for _ in range(2))
    assert one.turn == other.turn != asked.turn
    stopped = conversations.revise(viewer, talk.id, asked.id, "and now?", corrections={"group": "North"})
    conversations.stop(viewer, asked.id)
    assert conversations.revise(viewer, talk.id, asked.id, "and now?").turn != stopped.turn


def test_a_report_stays_when_the_answer_it_was_made_about_is_set_aside(
    store: Store, viewer: Viewer, talk: Conversation, messages: list[Message]
) -> None:
    book = FeedbackBook(store)
    book.report(viewer, messages[3].id, reason="no", passage_id="c#do")
    Conversations(store).revise(viewer, talk.id, messages[2].id, "another")
    (kept,) = book.reports(viewer)
    assert (kept.question, book.talk(viewer, kept)) == ("question 2", None)


def test_only_a_question_of_the_conversation_can_be_asked_anew(
    store: Store, viewer: Viewer, other: Viewer, talk: Conversation, messages: list[Message]
) -> None:
    conversations = Conversations(store)
    with pytest.raises(NotFoundError):
        conversations.revise(viewer, talk.id, messages[1].id, "an answer is no question")
    with pytest.raises(NotFoundError):
        conversations.revise(other, talk.id, messages[0].id, "not mine")
