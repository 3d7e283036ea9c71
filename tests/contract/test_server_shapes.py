"""What Ollama, vLLM, LM Studio, llama.cpp and Azure are known to answer with, each in its own way of the one protocol."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr
from support.chat_service import (
    KEY,
    Behaviour,
    ChatService,
    Request,
    body,
    chat_service,
    chunk,
    completion,
    events,
    status,
)

from assistant.chat import Piece, Prompted, Usage
from assistant.errors import ModelError
from assistant.providers.openai_chat import OpenAIChat, Service

COUNTED = {"prompt_tokens": 120, "completion_tokens": 34, "total_tokens": 154}
FILTERED = {"hate": {"filtered": False, "severity": "safe"}}


class Team(BaseModel):
    """Who is spoken of."""

    team: str | None = None


@pytest.fixture(scope="module")
def service() -> Iterator[ChatService]:
    with chat_service() as running:
        yield running


@pytest.fixture(scope="module", params=["openai-compatible", "azure"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def opened(service: ChatService, kind: str) -> OpenAIChat:
    url = service.url if kind == "openai-compatible" else service.url.removesuffix("/v1")
    version = "2025-04-01-preview" if kind == "azure" else None
    return OpenAIChat(Service(kind, "m", url, SecretStr(KEY), api_version=version, retries=0))


@pytest.fixture(scope="module")
def models(service: ChatService) -> Iterator[dict[str, OpenAIChat]]:
    both = {kind: opened(service, kind) for kind in ("openai-compatible", "azure")}
    yield both
    for model in both.values():
        model.close()


@pytest.fixture
def model(models: dict[str, OpenAIChat]) -> OpenAIChat:
    return models["openai-compatible"]


def pieces(model: OpenAIChat) -> list[Piece]:
    return [p for p in model.stream([Prompted("user", "x")], seconds=20) if p.text or p.ended]


def said(model: OpenAIChat) -> str:
    return "".join(piece.text for piece in pieces(model))


def bare(*choices: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**chunk(None), "choices": list(choices), **more}


STREAMS = {
    "Ollama: a role in every piece, and no count": (
        chunk({"role": "assistant", "content": "Good "}, system_fingerprint="fp_ollama"),
        chunk({"role": "assistant", "content": "morning."}, system_fingerprint="fp_ollama"),
        chunk({"role": "assistant", "content": ""}, "stop", system_fingerprint="fp_ollama"),
        "[DONE]",
    ),
    "vLLM: null for content while it reasons": (
        chunk({"role": "assistant", "content": "", "reasoning_content": None}),
        chunk({"content": None, "reasoning_content": "The user greets. "}),
        chunk({"content": None, "reasoning": "Greet back."}),
        chunk({"content": "Good morning.", "reasoning_content": None}),
        chunk({"content": ""}, "stop", stop_reason=None),
        chunk(None, usage=COUNTED),
        "[DONE]",
    ),
    "vLLM: counts with every piece, the last one whole": (
        chunk({"content": "Good "}, usage={**COUNTED, "completion_tokens": 1}),
        chunk({"content": "morning."}, "stop", usage=COUNTED),
        "[DONE]",
    ),
    "LM Studio: fields of its own": (
        chunk({"role": "assistant", "content": "Good morning."}, stats={"draft_model": "x"}, logprobs=None),
        chunk({}, "stop", runtime={"name": "llama.cpp"}, usage=None),
        "[DONE]",
    ),
    "llama.cpp: nothing at first, and timings at last": (
        chunk({"role": "assistant", "content": None}),
        chunk({"content": "Good morning."}),
        chunk({}, "stop", timings={"prompt_n": 9, "predicted_per_second": 70.1}),
        bare(usage=COUNTED, timings={"prompt_n": 9}),
        "[DONE]",
    ),
    "Azure: its filter speaks first and between": (
        bare(prompt_filter_results=[{"prompt_index": 0, "content_filter_results": FILTERED}]),
        chunk({"role": "assistant", "content": "Good morning."}),
        bare({"index": 0, "finish_reason": None, "content_filter_results": FILTERED,
              "content_filter_offsets": {"check_offset": 4, "start_offset": 0, "end_offset": 9}}),
        chunk({}, "stop", content_filter_results={}),
        chunk(None, usage=COUNTED),
        "[DONE]",
    ),
    "thoughts between marks before the words": (
        chunk({"content": "<th"}),
        chunk({"content": "ink>\nThey greet.\n</thi"}),
        chunk({"content": "nk>\n\nGood "}),
        chunk({"content": "morning."}, "stop"),
        "[DONE]",
    ),
    "an end without the sign of it": (chunk({"content": "Good morning."}), chunk({}, "stop")),
}  # fmt: skip


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS)
def test_the_words_of_each_server_arrive_whole_and_nothing_else_does(
    service: ChatService, models: dict[str, OpenAIChat], kind: str, stream: tuple[Any, ...]
) -> None:
    service.behave(events(*stream))
    found = pieces(models[kind])
    assert "".join(piece.text for piece in found) == "Good morning."
    assert found[-1].ended == "stop"
    assert found[-1].usage in {None, Usage(120, 34)}
    assert (found[-1].usage is not None) is any("prompt_tokens" in json.dumps(each) for each in stream)


LLAMA_CONTEXT = {
    "code": 400,
    "message": "request (204011 tokens) exceeds the available context size (4096 tokens), try increasing it",
    "type": "exceed_context_size_error",
    "n_prompt_tokens": 204011,
    "n_ctx": 4096,
}
VLLM_CONTEXT = {
    "object": "error",
    "message": "This model's maximum context length is 4096 tokens. However, you requested 204011 tokens.",
    "type": "BadRequestError",
    "param": None,
    "code": 400,
}
AZURE_FILTER = {
    "message": "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
    "type": None,
    "param": "prompt",
    "code": "content_filter",
    "status": 400,
    "innererror": {"code": "ResponsibleAIPolicyViolation"},
}


def refuses(code: int, content: Any, **headers: str) -> Behaviour:
    def behave(request: Request, _: dict[str, Any]) -> None:
        request.send(code, json.dumps(content).encode(), **headers)

    return behave


@pytest.mark.parametrize(
    ("behaviour", "fault", "brief"),
    [
        pytest.param(refuses(400, {"error": LLAMA_CONTEXT}), "too-long", "too long for it", id="llama.cpp context"),
        pytest.param(refuses(400, VLLM_CONTEXT), "too-long", "too long for it", id="vLLM context"),
        pytest.param(
            refuses(503, {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}),
            "server", "still being loaded", id="llama.cpp loading",
        ),
        pytest.param(
            refuses(401, {"error": {"code": 401, "message": "Invalid API Key", "type": "authentication_error"}}),
            "key", "does not accept the key", id="llama.cpp key",
        ),
        pytest.param(refuses(401, {"error": "Unauthorized"}), "key", "does not accept the key", id="vLLM key"),
        pytest.param(
            refuses(404, {"object": "error", "message": "The model `m` does not exist.", "code": 404}),
            "model", "no such model", id="vLLM model",
        ),
        pytest.param(
            refuses(404, {"error": {"message": 'model "m" not found, try pulling it first', "type": "api_error"}}),
            "model", "no such model", id="Ollama model",
        ),
        pytest.param(
            refuses(404, {"error": {"code": "DeploymentNotFound", "message": "The API deployment for this resource "
                                    "does not exist. If you created it within the last 5 minutes, please wait."}}),
            "model", "no such model", id="Azure deployment",
        ),
        pytest.param(
            refuses(404, {"error": {"code": "404", "message": "Resource not found"}}),
            "model", "no such model or address", id="Azure resource",
        ),
        pytest.param(refuses(400, {"error": AZURE_FILTER}), "refused", "declined", id="Azure's filter of the question"),
        pytest.param(
            events(chunk({"content": "Well"}), chunk({}, "content_filter"), "[DONE]"),
            "refused", "declined", id="Azure's filter of the words",
        ),
        pytest.param(
            refuses(429, {"error": {"code": "429", "message": "Requests have exceeded call rate limit."}},
                    Retry_After="55"),
            "quota", "rate or its quota", id="Azure's rate",
        ),
        pytest.param(
            events(chunk({"content": "Well"}), {"error": {"code": 500, "message": "context shift is disabled"}}),
            "server", "server failed", id="llama.cpp in the middle",
        ),
        pytest.param(
            events(chunk({"content": None, "reasoning_content": "Let me think"}), chunk({}, "length"), "[DONE]"),
            "empty", "used all its tokens before it said a word", id="thought alone until its tokens were used",
        ),
        pytest.param(
            events(chunk({"content": "<think>Let me think"}), chunk({}, "length"), "[DONE]"),
            "empty", "used all its tokens before it said a word", id="thought between marks until then",
        ),
        pytest.param(
            body(b'{"error":"Unexpected endpoint or method. (POST /chat/completions)"}'),
            "unreadable", "could not be read", id="LM Studio without v1",
        ),
        pytest.param(refuses(200, {"choices": None}), "unreadable", "could not be read", id="choices that are null"),
    ],
)  # fmt: skip
def test_what_each_server_says_when_it_fails_is_told_in_our_words(
    service: ChatService, behaviour: Behaviour, fault: str, brief: str
) -> None:
    service.behave(behaviour)
    model = opened(service, "openai-compatible")  # a circuit of its own: it fails each time
    with pytest.raises(ModelError) as failed:
        pieces(model)
    model.close()
    assert (failed.value.fault, brief in failed.value.brief) == (fault, True), failed.value.brief


FORMS = {
    "with what it reasoned": (completion('{"team": "Leeds"}', reasoning_content="They said Leeds."), "Leeds"),
    "with fields of its own": ({**completion('{"team": "Leeds"}'), "stats": {}, "timings": {}}, "Leeds"),
    "null for content": (completion(None, reasoning_content="They said Leeds."), None),
    "fenced as code": (completion('```json\n{"team": "Leeds"}\n```'), None),
    "thoughts before it": (completion('<think>Leeds?</think>{"team": "Leeds"}'), None),
    "cut short in the middle": (completion('{"team": "Le', "length"), None),
    "cut short before a word": (completion(None, "length", reasoning_content="Let me think"), None),
    "of another shape": (completion('{"team": {"name": "Leeds"}}'), None),
}


@pytest.mark.parametrize(("reply", "team"), FORMS.values(), ids=FORMS)
def test_a_form_is_read_or_left_blank_and_its_tokens_count_either_way(
    service: ChatService, models: dict[str, OpenAIChat], kind: str, reply: dict[str, Any], team: str | None
) -> None:
    service.behave(body(json.dumps(reply).encode()))
    filled = models[kind].fill([Prompted("user", "x")], Team, seconds=20)
    assert (filled.form and filled.form.team) == team
    assert filled.usage == Usage(120, 34)


def test_a_form_without_a_choice_in_it_is_a_fault(service: ChatService) -> None:
    service.behave(refuses(200, {**completion("x"), "choices": []}))
    model = opened(service, "openai-compatible")
    with pytest.raises(ModelError) as failed:
        model.fill([Prompted("user", "x")], Team, seconds=20)
    model.close()
    assert failed.value.fault == "unreadable"


def test_old_servers_are_told_their_limit_by_its_old_name_and_azure_by_its_new_one(
    service: ChatService, models: dict[str, OpenAIChat]
) -> None:
    service.behave(events(*STREAMS["LM Studio: fields of its own"]))
    limits = []
    for model in models.values():
        assert said(model) == "Good morning."
        limits.append({name: value for name, value in service.asked[-1].items() if "tokens" in name})
    assert limits == [{"max_tokens": 900}, {"max_completion_tokens": 900}]


def test_a_busy_server_s_next_try_is_the_one_that_counts(service: ChatService) -> None:
    good = events(*STREAMS["Ollama: a role in every piece, and no count"])
    service.behave(status(503), good)
    model = OpenAIChat(Service("openai-compatible", "m", service.url, SecretStr(KEY), retries=1))
    assert said(model) == "Good morning."
    model.close()
