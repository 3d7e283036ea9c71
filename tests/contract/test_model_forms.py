"""Forms that a chat model fills in, over a real local server: valid or nothing, and only what the user said."""

import json
from collections.abc import Iterator

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
)

from assistant.advice.answer import Answer
from assistant.advice.fields import PilotFields, pilot_fields
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


@pytest.fixture
def service() -> Iterator[ChatService]:
    with chat_service() as running:
        yield running


@pytest.fixture
def model(service: ChatService) -> Iterator[OpenAIChat]:
    opened = OpenAIChat(Service("openai-compatible", "tiny", service.url, SecretStr(KEY), retries=0))
    yield opened
    opened.close()


def fields(model: OpenAIChat, said: str = SAID) -> PilotFields:
    return pilot_fields(model, [said], seconds=20)[0]


def form(**values: str | None) -> Behaviour:
    return says(json.dumps({**FORM, **values}))


def tool_call(arguments: str | None) -> Behaviour:
    """The reply of a server that fills forms as a tool's arguments; without any, it says something instead."""
    call = {"id": "t", "type": "function", "function": {"name": "PilotFields", "arguments": arguments}}
    message = {"tool_calls": [call]} if arguments is not None else {}
    text = None if arguments is not None else "I would rather talk."
    return body(json.dumps(completion(text, "tool_calls", **message)).encode())


def test_what_the_user_said_is_filled_in_with_the_schema_as_the_shape(
    service: ChatService, model: OpenAIChat
) -> None:
    service.behave(form())
    filled, usage = pilot_fields(model, [SAID], seconds=20)
    assert filled.model_dump() == FORM
    assert (usage.tokens_in, usage.tokens_out) == (120, 34)
    wanted = service.asked[0]["response_format"]
    assert wanted["type"] == "json_schema"
    assert set(wanted["json_schema"]["schema"]["properties"]) == set(FORM)
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
    assert getattr(fields(model), name) is None


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(says('{"group": "the Leeds', ended="length"), id="cut short"),
        pytest.param(says("I would rather talk."), id="no JSON"),
        pytest.param(says('{"group": ["a", "b"]}'), id="another shape"),
        pytest.param(says("null"), id="null"),
        pytest.param(
            body(json.dumps(completion(None, refusal="I can't help with that.")).encode()), id="a refusal"
        ),
        pytest.param(says("", ended="content_filter"), id="a filter"),
    ],
)
def test_a_reply_that_is_no_form_fills_nothing_in(
    service: ChatService, model: OpenAIChat, behaviour: Behaviour
) -> None:
    service.behave(behaviour)
    assert fields(model) == PilotFields()


def test_a_server_that_knows_no_schemas_is_asked_for_a_tool_s_arguments(
    service: ChatService, model: OpenAIChat
) -> None:
    service.behave(status(400, "response_format is not supported"), tool_call(json.dumps(FORM)))
    assert fields(model).group == "the Leeds new hires"
    assert service.asked[1]["tools"][0]["function"]["name"] == "PilotFields"


@pytest.mark.parametrize("arguments", [None, "{", '{"group": 5}'])
def test_a_tool_that_is_not_called_or_called_badly_fills_nothing_in(
    service: ChatService, model: OpenAIChat, arguments: str | None
) -> None:
    service.behave(status(400, "response_format is not supported"), tool_call(arguments))
    assert fields(model) == PilotFields()


@pytest.mark.parametrize(
    ("behaviour", "fault"), [(status(401), "key"), (status(500), "server"), (hangs, "time")]
)
def test_a_failure_is_told_as_one_and_within_the_time(
    service: ChatService, model: OpenAIChat, behaviour: Behaviour, fault: str
) -> None:
    service.behave(behaviour)
    with pytest.raises(ModelError) as failed:
        model.fill([Prompted("user", SAID)], PilotFields, seconds=2)
    assert failed.value.fault == fault


def test_whoever_waits_may_give_up(service: ChatService, model: OpenAIChat) -> None:
    def enough() -> None:
        raise KeyboardInterrupt

    service.behave(hangs)
    with pytest.raises(KeyboardInterrupt):
        model.fill([Prompted("user", SAID)], PilotFields, seconds=30, waiting=enough)


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
