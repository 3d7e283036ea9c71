"""The whole path with a real language model: the program, a real server, what it says, and what is made of it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from support.engine import KEY, NAME, TOKENS, Engine

from assistant.advice.answer import Answer
from assistant.advice.fields import read_fields
from assistant.advice.reading import read
from assistant.chat import Piece, Prompted
from assistant.errors import ModelError
from assistant.evals.advice import citations_valid
from assistant.providers.openai_chat import OpenAIChat, Service

PROGRAM = Path(sys.executable).with_name("counterpart")
QUESTION = "What do I say to him when he calls us a cost?"
PATIENCE_S = 400


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engine") / "data"


@pytest.fixture
def model(engine: Engine) -> Iterator[OpenAIChat]:
    opened = _open(engine, KEY)
    yield opened
    opened.close()


def _open(engine: Engine, key: str) -> OpenAIChat:
    return OpenAIChat(Service("openai-compatible", NAME, engine.url, SecretStr(key), tokens=400, retries=0))


def _ask(data: Path, *options: str, **settings: str) -> dict[str, Any]:
    command = [PROGRAM, "ask", QUESTION, "--as", "learning-executive", "--json", "--data-dir", data, *options]
    done = subprocess.run(
        command,
        check=False,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert done.returncode == 0, done.stderr
    asked: dict[str, Any] = json.loads(done.stdout)
    return asked


def test_a_question_is_answered_and_what_the_model_invents_is_rejected(engine: Engine, data: Path) -> None:
    worded = _ask(data, **engine.settings)
    made, composed = worded["made"], _ask(data, "--model", "none")

    assert made["model"] == f"openai-compatible:{NAME}"
    assert made["passages"]
    assert made["tokens_in"] > 300
    assert 0 < made["tokens_out"] <= 3 * TOKENS  # the reply, one attempt to mend it, and the form
    rejected = [sentence["text"] for sentence in made["sentences"] if not sentence["passed"]]
    assert not [text for text in rejected if text in worded["answer"]]
    if worded["mode"] == "composed":
        assert "did not pass the check" in made["note"]
        assert (worded["answer"], worded["citations"]) == (composed["answer"], composed["citations"])
    without_ids = {name: value for name, value in worded.items() if name in Answer.model_fields}
    assert citations_valid(Answer.model_validate(without_ids))


def test_words_come_one_by_one_with_a_count_of_tokens_and_a_reason_for_the_end(model: OpenAIChat) -> None:
    pieces = [p for p in _stream(model, "Count from one to five.") if p.text or p.ended]
    assert len([piece for piece in pieces if piece.text]) >= 5
    assert pieces[-1].ended in {"stop", "length"}
    assert pieces[-1].usage is not None
    assert pieces[-1].usage.tokens_out >= 5


def test_whoever_stops_listening_stops_the_engine_too(model: OpenAIChat) -> None:
    story = "Write a very long story about a lighthouse, with many chapters."
    started = time.monotonic()
    assert list(_stream(model, story))
    whole = time.monotonic() - started
    unwanted = _stream(model, story)
    next(piece for piece in unwanted if piece.text)
    unwanted.close()
    started = time.monotonic()
    # One question at a time: the next one would wait for the rest of the story.
    assert next(piece for piece in _stream(model, "Say hello.") if piece.text).text
    assert time.monotonic() - started < whole * 0.7


def test_a_form_is_filled_in_and_holds_nothing_that_was_not_said(model: OpenAIChat) -> None:
    said = "We start with the Leeds team and look at it every Friday."
    fields, usage = read_fields(model, [said], answer="Begin with one team.", seconds=120)
    assert usage.tokens_out > 0
    found = [*fields.facts.known().values(), *(value for _, value in fields.pilot)]
    assert all(read(each).stems <= read(said).stems for each in found)


def test_a_wrong_key_is_named_and_not_repeated(engine: Engine) -> None:
    model = _open(engine, "wrong-key-0123456789")
    with pytest.raises(ModelError, match="does not accept the key") as refused:
        list(_stream(model, "Hello"))
    model.close()
    assert "wrong-key" not in str(refused.value)


def _stream(model: OpenAIChat, text: str) -> Generator[Piece, None, None]:
    yield from model.stream([Prompted("user", text)], seconds=60)
