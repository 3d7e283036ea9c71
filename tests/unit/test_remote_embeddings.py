"""Embeddings over HTTP: the real client against a server of our own that speaks the protocol."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest
from pydantic import SecretStr

from knowledge.embeddings import open_embedder
from knowledge.errors import EmbeddingError
from knowledge.remote_embeddings import OpenAIEmbedder

Answer = Callable[[dict[str, Any]], tuple[int, bytes]]


class Service(ThreadingHTTPServer):
    """An embedding service whose answer a test chooses; keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer: Answer = vectors
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.keys.append(self.headers.get("Authorization"))
        status, content = self.server.answer(body)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def vectors(body: dict[str, Any]) -> tuple[int, bytes]:
    """Four numbers a text, which depend on its length."""
    texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
    data = [
        {"object": "embedding", "index": i, "embedding": [float(len(text)), 1.0, 2.0, 3.0]}
        for i, text in enumerate(texts)
    ]
    answer = {
        "object": "list",
        "data": data,
        "model": body["model"],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }
    return 200, json.dumps(answer).encode()


def refusal(status: int, message: str = "no") -> Answer:
    return lambda _: (status, json.dumps({"error": {"message": message, "type": "x", "code": "y"}}).encode())


@pytest.fixture
def service() -> Iterator[Service]:
    server = Service()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def embedder(service: Service, **options: Any) -> OpenAIEmbedder:
    return OpenAIEmbedder(
        "tiny", api_key="key-1", base_url=service.url, compatible=True, retries=0, **options
    )


def test_texts_are_sent_as_text_with_the_key_and_vectors_come_back_at_unit_length(service: Service) -> None:
    rows = embedder(service).embed(["one team", "win rate"])
    assert service.asked[0]["input"] == ["one team", "win rate"]
    assert service.asked[0]["model"] == "tiny"
    assert service.keys == ["Bearer key-1"]
    assert rows.shape == (2, 4)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)


def test_many_texts_go_in_several_requests_and_keep_their_order(service: Service) -> None:
    texts = ["x" * length for length in range(1, 151)]
    steps: list[int] = []
    rows = embedder(service).embed(texts, lambda *step: steps.append(step[1]))
    assert len(service.asked) == 3
    assert steps == [64, 128, 150]
    assert list(np.argsort(rows[:, 0])) == list(range(150))


def test_dimensions_of_a_model_that_is_not_known_are_asked_for_once(service: Service) -> None:
    unknown = embedder(service)
    assert (unknown.dimensions, unknown.dimensions) == (4, 4)
    assert len(service.asked) == 1
    assert OpenAIEmbedder("text-embedding-3-small").dimensions == 1536


def test_settings_open_it(service: Service) -> None:
    opened = open_embedder("openai-compatible:tiny", api_key=SecretStr("key-2"), base_url=service.url)
    assert opened.name == "openai-compatible:tiny"
    assert opened.embed_one("one team").shape == (4,)
    assert service.keys == ["Bearer key-2"]


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (401, "does not accept the key.*Check OPENAI_API_KEY"),
        (403, "does not let this key use the model"),
        (404, "does not know the model or address.*COUNTERPART_EMBEDDING"),
        (429, "the rate or the quota is used up"),
        (500, "failed on its side"),
        (400, "refused: "),
    ],
)
def test_a_refusal_says_what_to_do(service: Service, status: int, says: str) -> None:
    service.answer = refusal(status)
    with pytest.raises(EmbeddingError, match=says) as caught:
        embedder(service).embed_one("one team")
    assert service.url in str(caught.value)
    assert "key-1" not in str(caught.value)


def test_an_overloaded_service_is_asked_again(service: Service) -> None:
    answers = iter([refusal(500), vectors])

    def in_turn(body: dict[str, Any]) -> tuple[int, bytes]:
        return next(answers)(body)

    service.answer = in_turn
    patient = OpenAIEmbedder("tiny", api_key="k", base_url=service.url, compatible=True, retries=1)
    assert patient.embed_one("one team").shape == (4,)


def test_a_service_that_does_not_answer_is_named(service: Service) -> None:
    def slow(body: dict[str, Any]) -> tuple[int, bytes]:
        time.sleep(0.6)
        return vectors(body)

    service.answer = slow
    with pytest.raises(EmbeddingError, match="did not answer within"):
        embedder(service, timeout=0.2).embed_one("one team")


def test_a_service_that_is_down_is_named() -> None:
    gone = OpenAIEmbedder("tiny", api_key="k", base_url="http://127.0.0.1:9/v1", compatible=True, retries=0)
    with pytest.raises(EmbeddingError, match=r"127\.0\.0\.1:9.*cannot be reached.*OPENAI_BASE_URL"):
        gone.embed_one("one team")


@pytest.mark.parametrize(
    "body", [b"<html>hello</html>", b"{}", b'{"data": []}', b'{"data": [{"embedding": []}]}', b"[]"]
)
def test_a_body_that_is_not_of_the_protocol_is_no_vector(service: Service, body: bytes) -> None:
    service.answer = lambda _asked: (200, body)
    with pytest.raises(EmbeddingError, match="cannot be read"):
        embedder(service).embed_one("one team")


def test_openai_without_a_key_says_so_before_any_request() -> None:
    with pytest.raises(EmbeddingError, match="Set OPENAI_API_KEY"):
        OpenAIEmbedder("text-embedding-3-small").embed_one("one team")
