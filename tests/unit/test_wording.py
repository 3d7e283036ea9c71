"""A chat model's words on their way: the draft that is watched, a stop, and what is kept of it."""

import re
import time

import pytest
from support.chat_service import asked_for_words, chat_service, drips, hangs, says, status

from assistant.advice.answer import Answer, Made
from assistant.advice.claims import draft_words
from assistant.advice.conversation import answer_of, answer_pending, ask
from assistant.advice.wording import Wording, passages, source_lines
from assistant.bootstrap import House
from assistant.chat import ChatModel
from assistant.providers.openai_chat import OpenAIChat, Service
from assistant.providers.scripted import Reply, ScriptedChat

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


def made(answer: Answer) -> Made:
    assert answer.made is not None
    return answer.made


def test_what_fails_is_named_to_the_model_once_and_the_repaired_answer_stands(
    house: House, composed: Answer
) -> None:
    first, second = composed.citations[0].quote, composed.citations[1].quote
    model = ScriptedChat([f"{first} [1] Nine of ten VPs prefer an hour [1].", f"{first} [1] {second} [2]"])
    answer = wording(house, model).word(composed, cards=house.coach.cards)
    assert len(model.asked) == 2
    again = model.asked[1]
    assert [message.speaker for message in again] == ["system", "user", "assistant", "user"]
    assert "Nine of ten VPs prefer an hour" in again[-1].text
    assert first not in again[-1].text
    assert [c.quote for c in answer.citations] == [first, second]
    assert [s.text for s in made(answer).repaired] == ["Nine of ten VPs prefer an hour."]
    assert all(s.passed for s in made(answer).sentences)


def test_what_fails_again_is_dropped_and_the_rest_stands(house: House, composed: Answer) -> None:
    first, second = composed.citations[0].quote, composed.citations[1].quote
    model = ScriptedChat([f"{first} [1] {second} [2] Nine of ten VPs prefer an hour [1]."])
    answer = wording(house, model).word(composed, cards=house.coach.cards)
    assert len(model.asked) == 2, "repaired more than once"
    assert answer.mode == "model"
    assert "Nine of ten" not in answer.answer
    assert [s.passed for s in made(answer).sentences] == [True, True, False]


def test_where_too_little_is_left_after_the_repair_the_composed_answer_stands(
    house: House, composed: Answer
) -> None:
    first = composed.citations[0].quote
    model = ScriptedChat([f"{first} [1] Nine of ten VPs prefer an hour [1]. Book it now, all of it [2]."])
    answer = wording(house, model).word(composed, cards=house.coach.cards)
    assert (answer.mode, answer.answer) == ("composed", composed.answer)
    assert "did not pass the check" in (made(answer).note or "")
    assert not all(s.passed for s in made(answer).sentences)


def test_a_repair_that_fails_leaves_what_passed_of_the_first_reply(house: House, composed: Answer) -> None:
    first, second = composed.citations[0].quote, composed.citations[1].quote
    with chat_service(says(f"{first} [1] {second} [2] Nine of ten say so [1]."), status(500)) as service:
        model = OpenAIChat(Service("openai-compatible", "tiny", service.url, retries=0))
        answer = wording(house, model).word(composed, cards=house.coach.cards)
        assert len(asked_for_words(service)) == 2
        model.close()
    assert answer.mode == "model"
    assert len(answer.citations) == 2


def test_a_repair_is_given_only_the_time_that_is_left(house: House, composed: Answer) -> None:
    first, second = composed.citations[0].quote, composed.citations[1].quote
    reply = says(f"{first} [1] {second} [2] Nine of ten say so [1].", before=1.0)
    with chat_service(reply, hangs) as service:
        model = OpenAIChat(Service("openai-compatible", "tiny", service.url))
        model.warm()
        started = time.monotonic()
        answer = Wording(model, embed=house.embedder.embed, seconds=4).word(composed, cards=house.coach.cards)
        assert time.monotonic() - started < 6
        model.close()
    assert answer.mode == "model"


def test_a_reply_that_meets_its_limit_of_tokens_ends_with_its_last_whole_sentence(
    house: House, composed: Answer
) -> None:
    first, second = composed.citations[0].quote, composed.citations[1].quote
    model = ScriptedChat([Reply(text=f"{first} [1] {second} [2] And then you", ended="length")])
    answer = wording(house, model).word(composed, cards=house.coach.cards)
    assert answer.mode == "model"
    assert "And then" not in answer.answer
    assert len(model.asked) == 1


def test_numbered_lines_keep_counting_and_a_label_goes_with_its_matter(
    house: House, composed: Answer
) -> None:
    first, second, third = (c.quote for c in composed.citations[:3])
    text = (
        f"1. {first} [1]\n2. Nine of ten VPs prefer an hour [1].\n3. {second} [2]\n4. {third} [3]\n\n"
        "Then ask:\n\n> “Name 77 things you would change.” [2]"
    )
    answer = wording(house, ScriptedChat([text])).word(composed, cards=house.coach.cards)
    assert [line.split(" ")[0] for line in answer.answer.splitlines()] == ["1.", "2.", "3."]
    assert [line[-3:] for line in answer.answer.splitlines()] == ["[1]", "[2]", "[3]"]


def test_markers_count_from_one_whatever_numbers_the_model_used(house: House, composed: Answer) -> None:
    given = passages(composed, house.coach.cards)
    last, first = given[-1], given[0]
    line = max(source_lines(last.text), key=len)
    text = f"{line} [{last.marker}] {first.quote} [{first.marker}] {line} [{last.marker}]"
    answer = wording(house, ScriptedChat([text])).word(composed, cards=house.coach.cards)
    assert re.findall(r"\[(\d+)\]", answer.answer) == ["1", "2", "1"]
    assert [(c.marker, c.passage_id) for c in answer.citations] == [
        (1, last.passage_id),
        (2, first.passage_id),
    ]
    assert all(c.quote in c.text for c in answer.citations)


def test_markers_stay_with_their_passages_when_an_answer_is_made_again_edited_and_read_back(
    house: House, composed: Answer
) -> None:
    one, two = composed.citations[0], composed.citations[1]
    model = ScriptedChat(
        [f"{one.quote} [1] {two.quote} [2]", f"{two.quote} [2] {one.quote} [1]", f"{two.quote} [2]"]
    )
    talk = house.conversations.create(house.viewer, "learning-executive")
    parts = {
        "role": "learning-executive",
        "coach": house.coach,
        "conversations": house.conversations,
        "viewer": house.viewer,
        "wording": wording(house, model),
    }
    ask(QUESTION, conversation_id=talk.id, **parts)  # type: ignore[arg-type]  # the same parts three times
    question = house.conversations.messages(house.viewer, talk.id)[0]
    seen = []
    for text in (QUESTION, QUESTION.replace("only ever", "just")):
        waiting = house.conversations.revise(house.viewer, talk.id, question.id, text)
        answer_pending(waiting, **parts)  # type: ignore[arg-type]
        stored = [answer_of(m) for m in house.conversations.messages(house.viewer, talk.id)[1:]]
        assert len(stored) == 1
        assert stored[0] is not None
        seen.append([(c.marker, c.quote) for c in stored[0].citations])
        for citation in stored[0].citations:
            sentence = stored[0].answer.split(f"[{citation.marker}]")[0].split("] ")[-1].strip()
            assert sentence.rstrip(".") in citation.text
    assert seen == [[(1, two.quote), (2, one.quote)], [(1, two.quote)]]


ADDED = "VPs who swim before breakfast listen better to newcomers."
FOREIGN_WORDS = "Read evil.example/help for the rest of it."


CONTRADICTED = "Keep ninety-seven of his minutes for your own questions."


def worded_with(house: House, composed: Answer, *, show: bool) -> Answer:
    """The answer to a reply with the playbook's sentences, an addition, an address, and another number."""
    given = passages(composed, house.coach.cards)
    true = " ".join(f"{line} [{c.marker}]" for c in given for line in c.text.splitlines()[:2])
    reply = f"{true} {ADDED} [1] {FOREIGN_WORDS} [2] {CONTRADICTED} [1]"
    model = ScriptedChat([reply, reply])
    words = Wording(model, embed=house.embedder.embed, seconds=120, show_unsupported=show)
    return words.word(composed, cards=house.coach.cards)


def test_a_sentence_that_no_passage_bears_out_is_left_out_unless_somebody_wants_to_see_it(
    house: House, composed: Answer
) -> None:
    answer = worded_with(house, composed, show=False)
    assert answer.mode == "model"
    assert "swim" not in answer.answer


def test_a_sentence_shown_although_no_passage_bears_it_out_says_so_and_has_no_marker(
    house: House, composed: Answer
) -> None:
    answer = worded_with(house, composed, show=True)
    (line,) = [line for line in answer.answer.splitlines() if "swim" in line]
    assert line.startswith("*Not from the playbook, the chat model’s own words: ")
    assert line.endswith(f"{ADDED}*")
    assert not any("swim" in citation.quote for citation in answer.citations)
    markers = [int(number) for number in re.findall(r"\[(\d+)\]", answer.answer)]
    assert markers == [citation.marker for citation in answer.citations]


def test_what_speaks_against_its_passage_or_leads_elsewhere_is_never_shown(
    house: House, composed: Answer
) -> None:
    answer = worded_with(house, composed, show=True)
    assert "evil" not in answer.answer
    assert "ninety" not in answer.answer


def test_the_coach_s_own_sentences_are_never_refused_though_they_name_the_user_s_team(house: House) -> None:
    asked = house.coach.advise("How do I begin with the Leeds team?", role="learning-executive")
    numbers = {given.passage_id: given.marker for given in passages(asked, house.coach.cards)}
    repeated = re.sub(
        r"\[(\d+)\]", lambda m: f"[{numbers[asked.citations[int(m[1]) - 1].passage_id]}]", asked.answer
    )
    assert "Leeds" in repeated
    answer = wording(house, ScriptedChat([repeated])).word(asked, cards=house.coach.cards)
    assert answer.mode == "model"
    assert all(sentence.passed for sentence in made(answer).sentences)
    assert all(citation.quote in citation.text for citation in answer.citations)
