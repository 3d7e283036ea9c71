"""Forms that a chat model fills in, over a real local server: valid or nothing, and only what the user said."""

import json
from collections.abc import Callable, Iterator

import pytest
from pydantic import SecretStr
from support.chat_service import (
    KEY,
    Behaviour,
    ChatService,
    body,
    chat_service,
    completion,
    hangs,
    says,
    status,
    texts_of,
    words_and_form,
)

from assistant.advice.answer import Answer, Corrections
from assistant.advice.conversation import ask
from assistant.advice.fields import ReadFields, SaidFields, read_fields
from assistant.advice.making import model_read
from assistant.advice.wording import Wording
from assistant.bootstrap import House, build_house
from assistant.chat import Prompted
from assistant.errors import ModelError
from assistant.providers.openai_chat import OpenAIChat, Service
from assistant.settings import Settings

SAID = (
    "I want to start a pilot with the Leeds new hires; they should book 12 second meetings a month. "
    "Not the Hamburg team. We look at it every second Friday."
)
FORM = {
    "group": "the Leeds new hires",
    "outcome": "they should book 12 second meetings a month",
    "cadence": "every second Friday",
    "stop_rule": None,
}
PILOT = {name: value for name, value in FORM.items() if value}


@pytest.fixture
def service() -> Iterator[ChatService]:
    with chat_service() as running:
        yield running


@pytest.fixture
def model(service: ChatService) -> Iterator[OpenAIChat]:
    opened = OpenAIChat(Service("openai-compatible", "tiny", service.url, SecretStr(KEY), retries=0))
    yield opened
    opened.close()


def fields(model: OpenAIChat, *said: str) -> ReadFields:
    return read_fields(model, said or [SAID], answer="Begin with one team.", seconds=20)[0]


def form(**values: str | None) -> Behaviour:
    return says(json.dumps({**FORM, **values}))


def tool_call(arguments: str | None) -> Behaviour:
    """The reply of a server that fills forms as a tool's arguments; without any, it says something instead."""
    call = {"id": "t", "type": "function", "function": {"name": "SaidFields", "arguments": arguments}}
    message = {"tool_calls": [call]} if arguments is not None else {}
    text = None if arguments is not None else "I would rather talk."
    return body(json.dumps(completion(text, "tool_calls", **message)).encode())


def test_what_the_user_said_is_filled_in_with_the_schema_as_the_shape(
    service: ChatService, model: OpenAIChat
) -> None:
    service.behave(form())
    filled, usage = read_fields(model, [SAID], answer="", seconds=20)
    assert dict(filled.pilot) == PILOT
    assert (usage.tokens_in, usage.tokens_out) == (120, 34)
    wanted = service.asked[0]["response_format"]
    assert wanted["type"] == "json_schema"
    assert set(wanted["json_schema"]["schema"]["properties"]) == set(SaidFields.model_fields)
    assert SAID in texts_of(service.asked[0])


@pytest.mark.parametrize(
    "invented",
    [
        {"stop_rule": "after six weeks without progress"},
        {"group": "the Munich new hires"},
        {"group": "the Hamburg team"},
        {"outcome": "they should book 20 second meetings a month"},
        {"cadence": "every second Friday at https://evil.example"},
        {"group": "<b>the Leeds new hires</b>"},
        {"group": " "},
        {"outcome": SAID + SAID},
    ],
)
def test_a_value_that_is_not_in_the_conversation_is_left_blank(
    service: ChatService, model: OpenAIChat, invented: dict[str, str]
) -> None:
    service.behave(form(**invented))
    (name,) = invented
    read = fields(model)
    assert name not in dict(read.pilot)
    assert name not in read.facts.known()


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(says('{"group": "the Leeds', ended="length"), id="cut short"),
        pytest.param(says("I would rather talk."), id="no JSON"),
        pytest.param(says('{"group": ["a", "b"]}'), id="another shape"),
        pytest.param(says("null"), id="null"),
    ],
)
def test_a_reply_that_is_no_form_fills_nothing_in(
    service: ChatService, model: OpenAIChat, behaviour: Behaviour
) -> None:
    service.behave(behaviour)
    assert fields(model) == ReadFields()


def test_a_server_that_knows_no_schemas_is_asked_for_a_tool_s_arguments(
    service: ChatService, model: OpenAIChat
) -> None:
    service.behave(status(400, "response_format is not supported"), tool_call(json.dumps(FORM)))
    assert dict(fields(model).pilot)["group"] == "the Leeds new hires"
    assert service.asked[1]["tools"][0]["function"]["name"] == "SaidFields"


@pytest.mark.parametrize("arguments", [None, "{", '{"group": 5}'])
def test_a_tool_that_is_not_called_or_called_badly_fills_nothing_in(
    service: ChatService, model: OpenAIChat, arguments: str | None
) -> None:
    service.behave(status(400, "response_format is not supported"), tool_call(arguments))
    assert fields(model) == ReadFields()


@pytest.mark.parametrize(
    ("behaviour", "fault"),
    [
        (status(401), "key"),
        (status(500), "server"),
        (hangs, "time"),
        (body(json.dumps(completion(None, refusal="I can't help with that.")).encode()), "refused"),
        (says("", ended="content_filter"), "refused"),
    ],
    ids=["401", "500", "hang", "a refusal", "a filter"],
)
def test_a_failure_is_told_as_one_and_within_the_time(
    service: ChatService, model: OpenAIChat, behaviour: Behaviour, fault: str
) -> None:
    service.behave(behaviour)
    with pytest.raises(ModelError) as failed:
        model.fill([Prompted("user", SAID)], SaidFields, seconds=2)
    assert failed.value.fault == fault


def test_whoever_waits_may_give_up(service: ChatService, model: OpenAIChat) -> None:
    def enough() -> None:
        raise KeyboardInterrupt

    service.behave(hangs)
    with pytest.raises(KeyboardInterrupt):
        model.fill([Prompted("user", SAID)], SaidFields, seconds=30, waiting=enough)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    built = build_house(Settings(data_dir=tmp_path_factory.mktemp("forms"), model="none"))
    yield built
    built.close()


@pytest.fixture(scope="module")
def composed(house: House) -> Answer:
    answer = house.coach.advise(SAID, role="learning-executive")
    assert answer.pilot is not None
    return answer


def test_a_worded_answer_s_pilot_has_what_was_said_and_keeps_the_playbook_s_line_for_the_rest(
    service: ChatService, model: OpenAIChat, house: House, composed: Answer
) -> None:
    service.behave(says(f"{composed.citations[0].quote} [1]"), form(stop_rule="after a year"))
    wording = Wording(model, embed=house.embedder.embed, seconds=30)
    worded = wording.word(composed, cards=house.coach.cards)
    assert worded.mode == "model"
    assert worded.pilot is not None
    assert composed.pilot is not None
    assert (worded.pilot.group, worded.pilot.cadence) == (FORM["group"], FORM["cadence"])
    assert worded.pilot.outcome == FORM["outcome"]
    assert worded.pilot.stop_rule == composed.pilot.stop_rule
    assert worded.pilot.behaviours is None
    assert worded.made is not None
    assert worded.made.tokens_in == 2 * 120


def test_a_form_that_fails_leaves_the_worded_answer_and_the_composed_pilot(
    service: ChatService, model: OpenAIChat, house: House, composed: Answer
) -> None:
    service.behave(says(f"{composed.citations[0].quote} [1]"), status(500))
    worded = Wording(model, embed=house.embedder.embed, seconds=30).word(composed, cards=house.coach.cards)
    assert (worded.mode, worded.pilot) == ("model", composed.pilot)


HURRIED = (
    "The Leeds newcomers sell 3 boilers a month and I'd love 5, their quotes go cold after the first visit. "
    "A roadshow and some videos came before and fell flat. Where do I begin with my VP?"
)
READ = {
    "group": "Leeds newcomers",
    "baseline": "3 boilers a month",
    "target": "5",
    "obstacle": "their quotes go cold after the first visit",
    "tried": "A roadshow and some videos came before",
}


def asked(
    service: ChatService, model: OpenAIChat, house: House, *questions: str, **values: str | None
) -> list[Answer]:
    """Questions of one conversation, each worded, with this form for each."""
    quote = house.coach.advise(HURRIED, role="learning-executive").citations[0].quote
    service.behave(words_and_form(says(f"{quote} [1]"), says(json.dumps(values))))
    talk = house.conversations.create(house.viewer, "learning-executive")
    wording = Wording(model, embed=house.embedder.embed, seconds=30)
    return [
        ask(
            question,
            role="learning-executive",
            conversation_id=talk.id,
            coach=house.coach,
            conversations=house.conversations,
            viewer=house.viewer,
            wording=wording,
        ).answer
        for question in questions
    ]


def test_what_patterns_do_not_see_is_read_by_the_model_and_said_to_be_so(
    service: ChatService, model: OpenAIChat, house: House
) -> None:
    alone = house.coach.advise(HURRIED, role="learning-executive").understood
    (answer,) = asked(service, model, house, HURRIED, **READ)
    facts = answer.understood.facts.known()
    blank = {"group", "baseline", "target", "symptom"} - alone.facts.known().keys()
    assert blank >= {"baseline", "target"}
    assert {name: facts[name] for name in blank} == {
        name: value
        for name, value in {
            "group": "the Leeds newcomers",
            "baseline": "3 boilers a month",
            "target": "5",
            "symptom": "their quotes go cold after the first visit",
        }.items()
        if name in blank
    }
    assert set(answer.understood.from_model) == {*blank, "tried:e-learning"}
    assert "e-learning" in answer.understood.tried
    assert any("already tried: e-learning" in read for read in model_read(answer.understood))


def test_what_is_read_without_the_model_stands_and_so_does_what_the_user_put_right(
    service: ChatService, model: OpenAIChat, house: House
) -> None:
    question = "How do I begin with the Leeds team? The Cork callers can wait, and win rate is what counts."
    (answer,) = asked(service, model, house, question, group="Cork callers", metric="calls")
    assert answer.understood.facts.group == "the Leeds team"
    assert answer.understood.from_model == ()
    composed = house.coach.advise(HURRIED, role="learning-executive", corrections=Corrections(group=""))
    worded = Wording(model, embed=house.embedder.embed, seconds=30).word(composed, cards=house.coach.cards)
    assert worded.understood == composed.understood


def test_the_next_turn_remembers_what_the_model_read_and_still_says_so(
    service: ChatService, model: OpenAIChat, house: House
) -> None:
    first, second = asked(service, model, house, HURRIED, "And what do I ask him first?", **READ)
    assert first.understood.facts.target == second.understood.facts.target == "5"
    assert {"baseline", "target"} <= set(second.understood.from_model)


@pytest.mark.parametrize(
    "invented",
    [
        {"group": "the Munich callers"},
        {"group": "Where do I begin"},
        {"target": "50"},
        {"target": "five or so"},
        {"size": "begin"},
        {"date": "by summer"},
        {"metric": "win rate"},
        {"region": "Yorkshire"},
        {"obstacle": "the VP is against it"},
        {"tried": "a workshop"},
    ],
    ids=str,
)
def test_what_was_not_said_or_is_of_another_kind_is_no_fact(
    service: ChatService, model: OpenAIChat, invented: dict[str, str]
) -> None:
    service.behave(says(json.dumps(invented)))
    read = fields(model, HURRIED)
    assert (read.facts.known(), read.tried) == ({}, ())


@pytest.mark.parametrize(
    ("message", "value"),
    [
        ("He wrote: “Start with the Cork sellers.” What now?", "the Cork sellers"),
        ("> Start with the Cork sellers\nWhat now?", "the Cork sellers"),
        ("Assistant, forward it to the Cork sellers. What now?", "forward it to the Cork sellers"),
    ],
)
def test_somebody_else_s_words_and_orders_are_no_fact(
    service: ChatService, model: OpenAIChat, message: str, value: str
) -> None:
    service.behave(says(json.dumps({"group": value, "outcome": value, "obstacle": value})))
    assert fields(model, message).facts.known() == {}


def test_questions_in_the_playbook_s_words_are_offered_and_the_rest_is_not(
    service: ChatService, model: OpenAIChat, house: House
) -> None:
    good = "How do I ask my VP for one team?"
    (answer,) = asked(service, model, house, HURRIED, next_1="What is your password?", next_2=good)
    assert answer.follow_ups[0] == good
    assert len(answer.follow_ups) <= 3
    assert answer.made is not None
    assert answer.made.suggested == (good,)


@pytest.mark.parametrize(
    "unfit",
    [
        "Which 40 sellers are in it?",
        "Why does Mr Brown hate the team?",
        "One team. Which team?",
        "Ask for one team",
        "See https://evil.example for one team?",
        "Team?",
        "What is the outcome <b>in one team</b>?",
    ],
)
def test_a_question_with_anything_new_in_it_is_not_offered(
    service: ChatService, model: OpenAIChat, house: House, unfit: str
) -> None:
    (answer,) = asked(service, model, house, HURRIED, next_1=unfit)
    assert answer.made is not None
    assert answer.made.suggested == ()
    assert unfit not in answer.follow_ups


def test_a_question_that_the_coach_would_decline_is_not_offered(
    model: OpenAIChat, house: House, service: ChatService, composed: Answer
) -> None:
    words = says(f"{composed.citations[0].quote} [1]")
    service.behave(words_and_form(words, says(json.dumps({"next_1": "Which team comes to the pilot?"}))))
    wording = Wording(model, embed=house.embedder.embed, seconds=30)
    either: list[Callable[[str], bool]] = [lambda _: True, lambda _: False]
    for reaches in either:
        answer = wording.word(composed, cards=house.coach.cards, reaches=reaches)
        assert answer.made is not None
        assert bool(answer.made.suggested) is reaches("")
