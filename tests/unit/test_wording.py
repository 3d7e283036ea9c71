"""A chat model's words on their way: the draft that is watched, a stop, and what is kept of it."""

import pytest
from support.chat_service import chat_service, drips, says

from assistant.advice.answer import Answer
from assistant.advice.claims import draft_words
from assistant.advice.conversation import answer_of, ask
from assistant.advice.wording import Wording
from assistant.bootstrap import House
from assistant.chat import ChatModel
from assistant.providers.openai_chat import OpenAIChat, Service
from assistant.providers.scripted import ScriptedChat

QUESTION = "He only ever gives me thirty minutes, how should I use them?"


class Enough(BaseException):
    """As a page's stop, which is no Exception."""


@pytest.fixture(scope="module")
def composed(house: House) -> Answer:
    return house.coach.advise(QUESTION, role="learning-executive")


def wording(house: House, model: ChatModel) -> Wording:
    return Wording(model, embed=house.embedder.embed, seconds=10)


def test_whoever_watches_sees_the_draft_grow_and_never_a_marker(house: House, composed: Answer) -> None:
    quote = composed.citations[0].quote
    seen: list[str] = []
    model = ScriptedChat([f"{quote} [1] See ![x](http://evil.example/x.png) there [2]."])
    wording(house, model).word(composed, cards=house.coach.cards, show=seen.append)
    assert seen[0] == ""
    assert any(quote.startswith(words) and 0 < len(words) < len(quote) for words in seen)
    assert not any("[" in words or "evil" in words for words in seen)


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        ("Ask him [1", "Ask him"),
        ("Ask him [", "Ask him"),
        ("Ask him [1][2]. Then go", "Ask him. Then go"),
        ("**Ask** him 【3】", "Ask him"),
        ("See\nhttps://evil.example\nnow", "See\nnow"),
    ],
)
def test_a_draft_is_shown_without_what_only_the_check_reads(reply: str, shown: str) -> None:
    assert draft_words(reply) == shown


def test_stopping_ends_the_request_and_keeps_the_part_that_passed_the_check(
    house: House, composed: Answer
) -> None:
    first = composed.citations[0]
    text = f"{first.quote} [1] Nine of ten VPs prefer an hour [1]. " + "And so on " * 200
    kept: list[Answer] = []

    def show(words: str) -> None:
        if "And so on" in words:
            raise Enough

    with chat_service(says(text, pause=0.01)) as service:
        model = OpenAIChat(Service("openai-compatible", "tiny", service.url))
        with pytest.raises(Enough):
            wording(house, model).word(composed, cards=house.coach.cards, show=show, keep=kept.append)
        assert service.gone.wait(5), "the request went on after the stop"
        model.close()
    (partial,) = kept
    assert partial.made is not None
    assert partial.made.stopped
    assert partial.answer.endswith("[1]")
    assert "Nine of ten" not in partial.answer
    assert [s.passed for s in partial.made.sentences] == [True, False]


def test_stopping_before_anything_passed_keeps_nothing_and_the_question_waits(house: House) -> None:
    def show(words: str) -> None:
        if words:
            raise Enough

    with chat_service(drips) as service:
        model = OpenAIChat(Service("openai-compatible", "tiny", service.url))
        talk = house.conversations.create(house.viewer, "learning-executive")
        with pytest.raises(Enough):
            ask(
                QUESTION,
                role="learning-executive",
                conversation_id=talk.id,
                coach=house.coach,
                conversations=house.conversations,
                viewer=house.viewer,
                wording=wording(house, model),
                show=show,
            )
        assert service.gone.wait(5)
        model.close()
    assert [m.status for m in house.conversations.messages(house.viewer, talk.id)] == ["pending"]


def test_a_stopped_answer_is_in_the_record_as_stopped(house: House, composed: Answer) -> None:
    def show(words: str) -> None:
        if "And so" in words:
            raise KeyboardInterrupt

    talk = house.conversations.create(house.viewer, "learning-executive")
    model = ScriptedChat([f"{composed.citations[0].quote} [1] And so on and on."])
    with pytest.raises(KeyboardInterrupt):
        ask(
            QUESTION,
            role="learning-executive",
            conversation_id=talk.id,
            coach=house.coach,
            conversations=house.conversations,
            viewer=house.viewer,
            wording=wording(house, model),
            show=show,
        )
    question, stopped = house.conversations.messages(house.viewer, talk.id)
    assert (question.status, stopped.status) == ("complete", "stopped")
    answer = answer_of(stopped)
    assert answer is not None
    assert answer.made is not None
    assert "You stopped this answer" in (answer.made.note or "")
