"""What happens to earlier answers when a question is asked anew, on either database."""

import pytest

from assistant.advice.conversation import tokens_ever
from assistant.chat import Usage
from assistant.errors import InputRefusedError, NotFoundError
from assistant.records import Conversation, Message
from assistant.storage.conversations import Conversations
from assistant.storage.feedback import FeedbackBook
from assistant.storage.people import People
from knowledge.store.access import Viewer
from knowledge.store.engine import Store


@pytest.fixture
def talk(conversations: Conversations, viewer: Viewer) -> Conversation:
    talk = conversations.create(viewer, "learning-executive")
    for number in (1, 2):
        conversations.ask(viewer, talk.id, f"question {number}")
        conversations.answer(viewer, talk.id, f"answer {number}", {"mode": "composed"})
    return talk


def said(conversations: Conversations, viewer: Viewer, talk: Conversation) -> list[str]:
    return [message.text for message in conversations.messages(viewer, talk.id)]


def question(conversations: Conversations, viewer: Viewer, talk: Conversation, at: int) -> Message:
    return conversations.messages(viewer, talk.id)[at]


def test_asked_again_and_stopped_before_a_word_the_earlier_answer_stands_again(
    conversations: Conversations, viewer: Viewer, talk: Conversation
) -> None:
    before = conversations.messages(viewer, talk.id)
    conversations.revise(viewer, talk.id, before[2].id, "question 2")
    assert said(conversations, viewer, talk) == ["question 1", "answer 1", "question 2"]
    conversations.stop(viewer, before[2].id)
    after = conversations.messages(viewer, talk.id)
    assert [(m.id, m.text, m.status, m.turn) for m in after] == [
        (m.id, m.text, m.status, m.turn) for m in before
    ]
    assert after[3].detail == before[3].detail
    assert after[2].turns == (after[2].turn,)
    assert conversations.unanswered(viewer, talk.id) is None


def test_of_two_answers_to_the_same_words_either_can_stand(
    conversations: Conversations, viewer: Viewer, talk: Conversation
) -> None:
    asked = question(conversations, viewer, talk, 2)
    again = conversations.revise(viewer, talk.id, asked.id, "question 2")
    conversations.answer(viewer, talk.id, "another answer", question=again)
    both = question(conversations, viewer, talk, 2).turns
    assert both == (asked.turn, again.turn)
    conversations.bring_back(viewer, talk.id, asked.id, str(asked.turn))
    assert said(conversations, viewer, talk)[2:] == ["question 2", "answer 2"]
    assert question(conversations, viewer, talk, 2).turns == both
    conversations.bring_back(viewer, talk.id, asked.id, str(again.turn))
    assert said(conversations, viewer, talk)[2:] == ["question 2", "another answer"]


def test_stopping_a_third_answer_brings_back_the_one_that_stood(
    conversations: Conversations, viewer: Viewer, talk: Conversation
) -> None:
    asked = question(conversations, viewer, talk, 2)
    again = conversations.revise(viewer, talk.id, asked.id, "question 2")
    conversations.answer(viewer, talk.id, "another answer", question=again)
    conversations.bring_back(viewer, talk.id, asked.id, str(asked.turn))
    conversations.revise(viewer, talk.id, asked.id, "question 2")
    conversations.stop(viewer, asked.id)
    assert said(conversations, viewer, talk)[3] == "answer 2"
    assert question(conversations, viewer, talk, 2).turns == (asked.turn, again.turn)


def test_an_edited_question_that_is_stopped_keeps_its_words_and_the_way_back(
    conversations: Conversations, viewer: Viewer, talk: Conversation
) -> None:
    first = question(conversations, viewer, talk, 0)
    edited = conversations.revise(viewer, talk.id, first.id, "in other words", corrections={"group": "North"})
    conversations.stop(viewer, first.id)
    assert said(conversations, viewer, talk) == ["in other words"]
    conversations.bring_back(viewer, talk.id, first.id, str(first.turn))
    assert said(conversations, viewer, talk) == ["question 1", "answer 1", "question 2", "answer 2"]
    assert conversations.get(viewer, talk.id).title == "question 1"
    back = conversations.bring_back(viewer, talk.id, first.id, str(edited.turn))
    assert (back.text, back.status, back.corrections) == ("in other words", "stopped", {"group": "North"})


def test_what_is_set_aside_is_neither_found_nor_asked_nor_rated(
    conversations: Conversations, viewer: Viewer, talk: Conversation, store: Store
) -> None:
    waiting = conversations.ask(viewer, talk.id, "a lighthouse?")
    first, answer = conversations.messages(viewer, talk.id)[:2]
    again = conversations.revise(viewer, talk.id, first.id, "anew")
    conversations.answer(viewer, talk.id, "a new answer", question=again)
    assert conversations.list(viewer, "lighthouse") == []
    assert conversations.unanswered(viewer, talk.id) is None
    with pytest.raises(NotFoundError):
        FeedbackBook(store).rate(viewer, answer.id, "helpful")
    with pytest.raises(NotFoundError):
        conversations.revise(viewer, talk.id, waiting.id, "still there?")
    conversations.bring_back(viewer, talk.id, first.id, str(first.turn))
    assert conversations.unanswered(viewer, talk.id) == waiting


def test_a_rating_is_there_again_with_its_answer(
    conversations: Conversations, viewer: Viewer, talk: Conversation, store: Store
) -> None:
    asked, answer = conversations.messages(viewer, talk.id)[2:]
    FeedbackBook(store).rate(viewer, answer.id, "helpful")
    conversations.revise(viewer, talk.id, asked.id, "question 2")
    conversations.stop(viewer, asked.id)
    assert [remark.verdict for remark in FeedbackBook(store).of(viewer, [answer.id])] == ["helpful"]


def test_a_version_is_brought_back_by_its_owner_alone_and_only_where_it_is(
    conversations: Conversations, viewer: Viewer, talk: Conversation, store: Store
) -> None:
    asked = question(conversations, viewer, talk, 2)
    people = People(store)
    other = people.current(next(person.id for person in people.list() if person.id != viewer.person_id))
    with pytest.raises((NotFoundError, InputRefusedError)):
        conversations.bring_back(other, talk.id, asked.id, str(asked.turn))
    with pytest.raises(NotFoundError, match="version is not there"):
        conversations.bring_back(viewer, talk.id, asked.id, "0" * 12)
    assert said(conversations, viewer, talk) == ["question 1", "answer 1", "question 2", "answer 2"]


def test_erased_with_its_conversation_nothing_of_an_earlier_answer_is_left(
    conversations: Conversations, viewer: Viewer, talk: Conversation
) -> None:
    asked = question(conversations, viewer, talk, 0)
    conversations.revise(viewer, talk.id, asked.id, "anew")
    conversations.erase(viewer, talk.id)
    with pytest.raises(NotFoundError):
        conversations.bring_back(viewer, talk.id, asked.id, str(asked.turn))


def test_an_answer_that_is_set_aside_or_edited_away_still_counts_as_given(
    conversations: Conversations, viewer: Viewer
) -> None:
    talk = conversations.create(viewer, "learning-executive")
    asked = conversations.ask(viewer, talk.id, "question")
    for number, words in enumerate(("question", "question", "another question"), 1):
        if number > 1:
            asked = conversations.revise(viewer, talk.id, asked.id, words)
        made = {"made": {"tokens_in": 100 * number, "tokens_out": number}}
        conversations.answer(viewer, talk.id, f"answer {number}", made, question=asked)
    conversations.ask(viewer, talk.id, "and then?")
    conversations.answer(viewer, talk.id, "composed", {"mode": "composed", "made": None})
    assert said(conversations, viewer, talk)[:2] == ["another question", "answer 3"]
    given = [message.text for message in conversations.ever_answered(viewer, talk.id)]
    assert given == ["answer 1", "answer 2", "answer 3", "composed"]
    assert tokens_ever(conversations, viewer, talk.id) == Usage(600, 6)
