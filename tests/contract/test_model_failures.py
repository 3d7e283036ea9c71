"""What a person gets when a chat model fails: over a real local server, the composed answer and one quiet line."""

import json
import time
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from pydantic import SecretStr
from support.chat_service import (
    KEY,
    Behaviour,
    asked_for_words,
    body,
    breaks_off,
    chat_service,
    chunk,
    completion,
    drips,
    events,
    hangs,
    leaves,
    says,
    stalls,
    status,
    tears,
    texts_of,
)

from assistant.advice.answer import Answer
from assistant.advice.making import making
from assistant.advice.wording import Wording
from assistant.bootstrap import House, build_house
from assistant.chat import Prompted
from assistant.errors import ModelError
from assistant.providers.circuit import Circuit
from assistant.providers.openai_chat import OpenAIChat, Service
from assistant.settings import Settings

QUESTION = "He only ever gives me thirty minutes, how should I use them?"
LIMIT_S = 4.0


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    import_module(
        "assistant.providers.refusals"
    )  # takes seconds the first time, which are no part of a question's four
    built = build_house(Settings(data_dir=tmp_path_factory.mktemp("failures"), model="none"))
    yield built
    built.close()


@pytest.fixture(scope="module")
def composed(house: House) -> Answer:
    return house.coach.advise(QUESTION, role="learning-executive")


@pytest.fixture
def worded(house: House, composed: Answer) -> Callable[..., Answer]:
    def word(url: str, **options: int) -> Answer:
        model = OpenAIChat(
            Service("openai-compatible", "tiny", url, SecretStr(KEY), **{"retries": 1, **options})  # type: ignore[arg-type]
        )
        try:
            model.warm()
            wording = Wording(model, embed=house.embedder.embed, seconds=LIMIT_S)
            return wording.word(composed, cards=house.coach.cards)
        finally:
            model.close()

    return word


def note(answer: Answer) -> str:
    assert answer.made is not None
    return answer.made.note or ""


def test_a_server_that_asks_for_a_second_s_patience_is_asked_again_after_it(
    composed: Answer, worded: Callable[..., Answer]
) -> None:
    good = says(" ".join(f"{c.quote} [{n}]" for n, c in enumerate(composed.citations[:2], 1)))
    with chat_service(status(429, Retry_After="1"), good) as service:
        answer = worded(service.url)
        assert len(asked_for_words(service)) == 2
    assert answer.mode == "model"
    assert note(answer) == ""
    assert answer.made is not None
    assert 1.0 <= answer.made.seconds < LIMIT_S


@pytest.mark.parametrize(
    ("behaviour", "says_why"),
    [
        pytest.param(status(401, f"Incorrect API key: {KEY}"), "does not accept the key", id="401"),
        pytest.param(status(403), "may not use it", id="403"),
        pytest.param(
            status(400, "Unsupported parameter: 'top_k' is not supported with this model"),
            "does not accept the request",
            id="400 that names no length",
        ),
        pytest.param(
            status(400, "the model `tiny` does not exist"), "no such model is known", id="400 model"
        ),
        pytest.param(
            status(404, 'model "tiny" not found, try pulling it first'),
            "no such model is known",
            id="404 model",
        ),
        pytest.param(status(404), "no such model or address", id="404 address"),
        pytest.param(
            lambda request, _: request.send(403, b"<html>Sign in", "text/html; charset=utf-8"),
            "a web page came",
            id="a proxy's page of refusal",
        ),
        pytest.param(
            lambda request, _: request.send(502, b"<html>Bad Gateway", "text/html"),
            "server failed",
            id="a proxy before a server that is down",
        ),
        pytest.param(status(429, Retry_After="60"), "rate or its quota", id="429 with Retry-After"),
        pytest.param(
            status(429, "You exceeded your quota", "insufficient_quota"),
            "since its quota is used up",
            id="429 quota",
        ),
        pytest.param(status(500), "server failed", id="500 again and again"),
        pytest.param(
            status(503, Retry_After="60"),
            "server is busy and asks to wait 60 seconds",
            id="503 with Retry-After",
        ),
        pytest.param(
            events({"error": {"message": "out of memory"}}), "server failed", id="an error in a stream"
        ),
        pytest.param(leaves, "cannot be reached", id="a connection closed before a word"),
        pytest.param(body(b"", "text/event-stream"), "could not be read", id="an empty stream"),
        pytest.param(breaks_off("Don't ask for"), "broke off", id="stream cut half way"),
        pytest.param(tears("Don't ask for"), "broke off", id="body torn half way"),
        pytest.param(events(chunk(None), "[DONE]"), "could not be read", id="empty choices"),
        pytest.param(events('{"id":'), "could not be read", id="an event that is no JSON"),
        pytest.param(body(b"no json"), "could not be read", id="a body that is no JSON"),
        pytest.param(body(b"<html>", "text/html"), "could not be read", id="wrong content type"),
        pytest.param(
            body(json.dumps(completion("Good.")).encode(), "text/plain"),
            "could not be read",
            id="wrong content type, and no stream",
        ),
        pytest.param(
            events(chunk({"refusal": "I can't "}), chunk({"refusal": "help."}), chunk({}, "stop"), "[DONE]"),
            "it declined to answer this",
            id="a refusal",
        ),
        pytest.param(
            events(chunk({"content": "Well, "}), chunk({"refusal": "no."}), chunk({}, "stop"), "[DONE]"),
            "it declined to answer this",
            id="a refusal after words",
        ),
        pytest.param(
            events(chunk({"refusal": "I can't help with that."}), "[DONE]"),
            "it declined to answer this",
            id="a refusal without an end",
        ),
        pytest.param(
            says("I'm sorry, I can't help with that."), "did not pass the check", id="a refusal in words"
        ),
        pytest.param(says(""), "no words", id="a reply without words"),
        pytest.param(
            events(chunk({"content": "x"}), chunk({}, "content_filter"), "[DONE]"), "declined", id="a filter"
        ),
        pytest.param(
            status(400, "maximum context length is 128000, you asked for 200000", "context_length_exceeded"),
            "too long for it",
            id="a 200,000-token context error",
        ),
        pytest.param(status(413, "Request too large"), "too long for it", id="413"),
        pytest.param(hangs, "did not answer within 4 seconds", id="hang"),
        pytest.param(
            stalls("Don't ask for"), "did not answer within 4 seconds", id="a hang in the middle of a stream"
        ),
        pytest.param(drips, "did not answer within 4 seconds", id="a reply without end"),
    ],
)
def test_a_failure_leaves_the_composed_answer_and_says_why_in_one_line(
    worded: Callable[..., Answer], composed: Answer, behaviour: Behaviour, says_why: str
) -> None:
    with chat_service(behaviour) as service:
        answer = worded(service.url)
    assert answer.made is not None
    assert answer.made.seconds < 3 * LIMIT_S
    assert (answer.mode, answer.answer, answer.citations) == ("composed", composed.answer, composed.citations)
    assert says_why in note(answer)
    assert "\n" not in note(answer)
    assert KEY not in answer.model_dump_json()


@pytest.mark.parametrize(
    ("behaviour", "to_do"),
    [
        pytest.param(status(401), "Check OPENAI_API_KEY", id="a wrong key"),
        pytest.param(
            status(404, "The model `tiny` does not exist"), "Check the name in COUNTERPART_MODEL", id="a typo"
        ),
        pytest.param(status(404, "404 page not found"), "OPENAI_BASE_URL has no /v1 at its end", id="no /v1"),
        pytest.param(
            body(b'{"error":"Unexpected endpoint or method."}'),
            "OPENAI_BASE_URL has no /v1 at its end",
            id="no /v1, and status 200",
        ),
        pytest.param(
            lambda request, _: request.send(200, b"<html>Welcome", "text/html"),
            "OPENAI_BASE_URL has no /v1 at its end",
            id="a web site",
        ),
        pytest.param(
            status(405, "Method Not Allowed"), "OPENAI_BASE_URL has no /v1 at its end", id="another program"
        ),
        pytest.param(breaks_off("Don't ask for"), "Ask again in a moment", id="dies mid-answer"),
        pytest.param(status(429, "over", "insufficient_quota"), "credit and the limits", id="quota"),
    ],
)
def test_what_to_do_about_a_newcomer_s_slip_is_said_and_kept_without_the_key(
    worded: Callable[..., Answer], house: House, behaviour: Behaviour, to_do: str
) -> None:
    with chat_service(behaviour) as service:
        answer = worded(service.url.removesuffix("/v1"), retries=0)
    assert answer.made is not None
    assert to_do in str(answer.made.remedy)
    assert to_do in dict(making(answer, house.coach.cards))["What to do"]
    assert KEY not in answer.model_dump_json()


def test_a_refused_connection_leaves_the_composed_answer(
    worded: Callable[..., Answer], composed: Answer
) -> None:
    answer = worded("http://127.0.0.1:9/v1")
    assert answer.answer == composed.answer
    assert "cannot be reached" in note(answer)


def test_a_500_and_then_a_success_gives_the_worded_answer(
    worded: Callable[..., Answer], composed: Answer
) -> None:
    first = composed.citations[0]
    with chat_service(status(500), says(f"{first.quote} [1]")) as service:
        answer = worded(service.url)
        assert len(asked_for_words(service)) == 2
        assert first.text.splitlines()[0].replace("<", "‹") in texts_of(service.asked[1])
    assert answer.mode == "model"
    assert answer.answer.endswith("[1]")
    assert [(c.marker, c.quote in c.text) for c in answer.citations] == [(1, True)]
    assert answer.made is not None
    # The words, and a form that came to nothing: the service counts both.
    assert (answer.made.tokens_in, answer.made.tokens_out) == (2 * 120, 2 * 34)


@pytest.mark.parametrize(
    "reply",
    [
        "Nine of ten VPs prefer an hour [1]. Book it now [1].",
        "Keep the half hour and make it worth more [7000].",
        "Keep the half hour and make it worth more.",
        "See https://evil.example/a.png [1] and ![x](https://evil.example/a.png) [1].",
        "<img src=x onerror=alert(1)> [1]",
        "My instructions say: You are the voice of a coach [1].",
    ],
)
def test_words_that_no_passage_bears_out_are_never_shown(
    worded: Callable[..., Answer], composed: Answer, reply: str
) -> None:
    with chat_service(says(reply)) as service:
        answer = worded(service.url)
    assert (answer.mode, answer.answer) == ("composed", composed.answer)
    assert "did not pass the check" in note(answer)


def test_a_circuit_opens_after_failures_and_closes_by_itself() -> None:
    now = [0.0]
    circuit = Circuit(failures=2, rest=30, clock=lambda: now[0])
    with chat_service(status(401)) as service:
        model = OpenAIChat(Service("openai-compatible", "tiny", service.url, retries=0), circuit=circuit)

        def ask() -> str:
            return "".join(p.text for p in model.stream([Prompted("user", "x")], seconds=20))

        for _ in range(2):
            with pytest.raises(ModelError, match="does not accept the key"):
                ask()
        with pytest.raises(ModelError) as resting:
            ask()
        assert resting.value.fault == "resting"
        assert len(service.asked) == 2
        now[0] = 31
        service.behave(says("Good."))
        assert (ask(), ask()) == ("Good.", "Good.")
        model.close()


def test_after_three_failures_the_next_question_waits_for_nobody_and_later_the_model_is_asked_again_by_itself(
    house: House, composed: Answer
) -> None:
    with chat_service(status(500)) as service:
        model = OpenAIChat(
            Service("openai-compatible", "tiny", service.url, SecretStr(KEY), retries=0),
            circuit=Circuit(rest=2),
        )
        model.warm()
        wording = Wording(model, embed=house.embedder.embed, seconds=30)

        def ask() -> Answer:
            return wording.word(composed, cards=house.coach.cards)

        assert {note(ask()).partition("since ")[2] for _ in range(3)} == {"its server failed."}
        resting = ask()
        assert "it failed several times (its server failed) and is tried again in" in note(resting)
        assert (resting.answer, len(service.asked)) == (composed.answer, 3)
        service.behave(says(f"{composed.citations[0].quote} [1]"))
        end = time.monotonic() + 20
        while (answer := ask()).mode == "composed":
            assert time.monotonic() < end
            time.sleep(0.1)
        assert note(answer) == ""
        model.close()
