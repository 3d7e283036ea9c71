"""A turn that is kept: what is refused, what is cleaned, and that nothing is lost on the way."""

import pytest

from assistant.advice.conversation import MAX_CHARACTERS, answer_of, answer_pending, answers, ask, checked
from assistant.bootstrap import House
from assistant.errors import InputRefusedError
from knowledge.cards import Role

ROLE: Role = "learning-executive"
QUESTION = "He only ever gives me thirty minutes, how should I use them?"


@pytest.mark.parametrize("text", ["", "   ", "\n\t ", "\x00\x07\x1b", "\u202e\ufeff"])
def test_an_empty_question_is_refused_and_says_what_to_write(text: str) -> None:
    with pytest.raises(InputRefusedError, match="The question is empty") as caught:
        checked(text)
    assert "with whom" in caught.value.message
    assert caught.value.exit_code == 2


def test_twenty_thousand_characters_are_refused_and_nothing_is_kept(house: House) -> None:
    before = len(house.conversations.list(house.viewer))
    with pytest.raises(InputRefusedError, match="20,000 characters") as caught:
        ask(
            "x" * 20_000,
            role=ROLE,
            conversation_id=None,
            coach=house.coach,
            conversations=house.conversations,
            viewer=house.viewer,
        )
    assert "Nothing was sent" in caught.value.message
    assert "counterpart index" in caught.value.message
    assert len(house.conversations.list(house.viewer)) == before


def test_the_longest_question_that_is_taken_is_answered(house: House) -> None:
    text = (QUESTION + " ") * 200
    assert len(checked(text[:MAX_CHARACTERS])) >= MAX_CHARACTERS - 1
    assert house.coach.advise(checked(text[:MAX_CHARACTERS]), role=ROLE).citations


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("thirty\x00 minutes\x07", "thirty minutes"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("abc\u202edef", "abcdef"),
        ("one\r\ntwo\rthree", "one\ntwo three"),
        ("thirty\u00a0minutes\u3000please", "thirty minutes please"),
        ("a\tb\nc", "a\tb\nc"),
        ("\ufeffHello", "Hello"),
    ],
)
def test_control_characters_are_cleaned_and_words_stay_apart(given: str, kept: str) -> None:
    assert checked(given) == kept


@pytest.mark.parametrize(
    "text",
    [
        "My VP 👍 says no 🙃",
        "👩‍💻 and 👨‍👩‍👧‍👦 and 🇨🇭",
        "私の営業部長は三十分しかくれません",
        "می‌خواهم با مدیر فروش حرف بزنم",
        "मेरे सेल्स वीपी सिर्फ़ तीस मिनट देते हैं",
        "Ça va? Größe, naïve, Łódź",
    ],
)
def test_emoji_and_other_scripts_survive(text: str, house: House) -> None:
    assert checked(text) == text
    turn = ask(
        text,
        role=ROLE,
        conversation_id=None,
        coach=house.coach,
        conversations=house.conversations,
        viewer=house.viewer,
    )
    question, answer = house.conversations.messages(house.viewer, turn.conversation_id)
    assert question.text == text
    assert answer.text == turn.answer.answer
    assert answer.text.strip()


def test_a_conversation_goes_on_from_what_was_kept(house: House) -> None:
    first = ask(
        QUESTION,
        role=ROLE,
        conversation_id=None,
        coach=house.coach,
        conversations=house.conversations,
        viewer=house.viewer,
    )
    second = ask(
        "why?",
        role=ROLE,
        conversation_id=first.conversation_id,
        coach=house.coach,
        conversations=house.conversations,
        viewer=house.viewer,
    )
    assert second.conversation_id == first.conversation_id
    assert second.answer.understood.follow_up == "why"
    assert not set(first.answer.trace.used) & set(second.answer.trace.used)
    kept = house.conversations.messages(house.viewer, first.conversation_id)
    assert [message.author for message in kept] == ["user", "coach", "user", "coach"]
    assert answers(kept) == [first.answer, second.answer]


def test_a_question_that_was_kept_and_not_answered_is_answered_later(house: House) -> None:
    conversation = house.conversations.create(house.viewer, ROLE)
    waiting = house.conversations.ask(house.viewer, conversation.id, QUESTION)
    turn = answer_pending(
        waiting, role=ROLE, coach=house.coach, conversations=house.conversations, viewer=house.viewer
    )
    assert turn.answer.trace.spine == "thirty-minutes"
    kept = house.conversations.messages(house.viewer, conversation.id)
    assert [message.status for message in kept] == ["complete", "complete"]
    assert answer_of(kept[1]) == turn.answer


def test_an_answer_of_another_version_is_shown_but_not_built_on(house: House) -> None:
    conversation = house.conversations.create(house.viewer, ROLE)
    asked = house.conversations.ask(house.viewer, conversation.id, QUESTION)
    house.conversations.answer(
        house.viewer, conversation.id, "Old words.", {"form": "of long ago"}, question=asked
    )
    kept = house.conversations.messages(house.viewer, conversation.id)
    assert kept[1].text == "Old words."
    assert answers(kept) == []
    assert answer_of(kept[0]) is None
