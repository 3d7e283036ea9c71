"""Spans as a real collector gets them over HTTP, from the real command."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from support.chat_service import KEY, chat_service, says, status

from assistant.cli import main

QUESTION = "He only ever gives me thirty minutes, how should I use them?"


class Collector(ThreadingHTTPServer):
    """Keeps the spans and the raw bytes that it gets."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.spans: list[Any] = []
        self.paths: list[str] = []
        self.raw = b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Request(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.raw += content
        self.server.paths.append(self.path)
        for resource in ExportTraceServiceRequest.FromString(content).resource_spans:
            for scope in resource.scope_spans:
                self.server.spans += scope.spans
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def collector() -> Iterator[Collector]:
    server = Collector()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("traced")


def ask(url: str, endpoint: str, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ["ask", QUESTION, "--as", "learning-executive", "--json", "--data-dir", str(data)]
    run(url, endpoint, monkeypatch, *asked)


def run(url: str, endpoint: str, monkeypatch: pytest.MonkeyPatch, *command: str) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("COUNTERPART_MODEL", "openai-compatible:tiny")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
    with pytest.raises(SystemExit) as ended:
        main(list(command))
    assert ended.value.code == 0


def attributes(span: Any) -> dict[str, Any]:
    return {a.key: getattr(a.value, a.value.WhichOneof("value")) for a in span.attributes}


def test_an_answer_and_its_call_are_spans_with_tokens_and_verdicts_and_nobodys_words(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with collector() as collected, chat_service(says("I say so.")) as service:
        ask(service.url, collected.url, data, monkeypatch)
    answer = json.loads(capsys.readouterr().out)
    assert set(collected.paths) == {"/v1/traces"}
    whole = next(span for span in collected.spans if span.name == "answer")
    calls = [span for span in collected.spans if span.name == "chat tiny"]
    assert len(calls) == len(service.asked) == 3  # the words, their repair, and the form of what was said
    assert {span.parent_span_id for span in calls} == {whole.span_id}
    call = attributes(calls[0])
    assert call["gen_ai.operation.name"] == "chat"
    assert call["gen_ai.provider.name"] == "openai-compatible"
    assert call["gen_ai.request.model"] == "tiny"
    assert (call["gen_ai.usage.input_tokens"], call["gen_ai.usage.output_tokens"]) == (120, 34)
    assert [v.string_value for v in call["gen_ai.response.finish_reasons"].values] == ["stop"]
    told = attributes(whole)
    assert told["counterpart.mode"] == answer["mode"] == "composed"
    assert [v.string_value for v in told["counterpart.passages"].values] == answer["made"]["passages"]
    assert [v.string_value for v in told["counterpart.check.failed"].values] == ["no-marker"]
    assert not any(words in collected.raw for words in (b"thirty minutes", b"I say so", KEY.encode()))


def test_a_failed_call_says_what_failed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with collector() as collected, chat_service(status(401)) as service:
        ask(service.url, collected.url, data, monkeypatch)
    (call,) = [span for span in collected.spans if span.name == "chat tiny"]
    assert attributes(call)["error.type"] == "key"
    assert "does not accept the key" in call.status.message


def test_a_collector_that_is_away_keeps_nobody_from_an_answer(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with chat_service(status(401)) as service:
        ask(service.url, "http://127.0.0.1:9", data, monkeypatch)
    assert json.loads(capsys.readouterr().out)["citations"]


def test_a_line_of_a_rehearsal_is_a_span_with_its_verdict_and_nobodys_words(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "script.txt"
    script.write_text("Where in the sale does it get slow?\n", encoding="utf-8")
    command = ["rehearse", "--scenario", "first-thirty-warm-vague", "--seed", "3", "--script", str(script)]
    with collector() as collected, chat_service(says("Ask our friend Leopold.")) as service:
        run(service.url, collected.url, monkeypatch, *command, "--json", "--data-dir", str(data))
    his = json.loads(capsys.readouterr().out)["turns"][-1]
    assert (his["made"]["why"], his["made"]["tokens_in"]) == ("facts", 120)
    whole = next(span for span in collected.spans if span.name == "rehearsal line")
    (call,) = [span for span in collected.spans if span.name == "chat tiny"]
    assert call.parent_span_id == whole.span_id
    told = attributes(whole)
    assert [v.string_value for v in told["counterpart.check.failed"].values] == ["facts"]
    assert (told["counterpart.mode"], told["gen_ai.usage.input_tokens"]) == ("composed", 120)
    assert not any(words in collected.raw for words in (b"Leopold", b"get slow", KEY.encode()))
