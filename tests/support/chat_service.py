"""A chat service of our own on loopback that speaks OpenAI's protocol, as well or as badly as a test wants."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Request", dict[str, Any]], None]
KEY = "key-of-a-test-0123456789"


class ChatService(ThreadingHTTPServer):
    """Behaves as `behaviours` say, one a request; the last one goes on. Keeps what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, *behaviours: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.behaviours = list(behaviours)
        self.asked: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.gone = threading.Event()
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def behave(self, *behaviours: Behaviour) -> None:
        """From the next request on, like this."""
        self.behaviours[:] = behaviours
        self.asked.clear()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what several tests are about."""


class Request(BaseHTTPRequestHandler):
    server: ChatService

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        behaviours = self.server.behaviours
        chosen = behaviours[min(len(self.server.asked), len(behaviours) - 1)]
        self.server.asked.append(body)
        self.server.paths.append(self.path)
        self.server.headers.append(dict(self.headers))
        chosen(self, body)

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def send(self, status: int, content: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def start_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()

    def event(self, data: dict[str, Any] | str) -> None:
        self.wfile.write(f"data: {data if isinstance(data, str) else json.dumps(data)}\n\n".encode())
        self.wfile.flush()


@contextmanager
def chat_service(*behaviours: Behaviour) -> Iterator[ChatService]:
    """A running service."""
    server = ChatService(*(behaviours or (says("Good."),)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def chunk(delta: dict[str, Any] | None, ended: str | None = None, **more: Any) -> dict[str, Any]:
    """One event of a streamed reply."""
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": ended}]
    return {
        "id": "c",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": choices,
        **more,
    }


def says(text: str, *, pause: float = 0.0, ended: str = "stop", before: float = 0.0) -> Behaviour:
    """A whole reply, streamed in words or at once, as it was asked for."""

    def behave(request: Request, body: dict[str, Any]) -> None:
        time.sleep(before)
        if not body.get("stream"):
            request.send(200, json.dumps(completion(text, ended)).encode())
            return
        request.start_stream()
        request.event(chunk({"role": "assistant", "content": ""}))
        try:
            for position, word in enumerate(text.split(" ")):
                request.event(chunk({"content": (" " if position else "") + word}))
                time.sleep(pause)
        except OSError:
            request.server.gone.set()
            return
        request.event(chunk({}, ended))
        usage = {"prompt_tokens": 120, "completion_tokens": 34, "total_tokens": 154}
        request.event(chunk(None, usage=usage))
        request.event("[DONE]")

    return behave


def completion(text: str | None, ended: str = "stop", **message: Any) -> dict[str, Any]:
    """A reply that is not streamed."""
    said = {"role": "assistant", "content": text, **message}
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "message": said, "finish_reason": ended}],
        "usage": {"prompt_tokens": 120, "completion_tokens": 34, "total_tokens": 154},
    }


def status(code: int, message: str = "no", kind: str = "x", **headers: str) -> Behaviour:
    """A refusal with a status."""
    content = json.dumps({"error": {"message": message, "type": kind, "code": kind}}).encode()
    return lambda request, _: request.send(code, content, **headers)


def hangs(request: Request, _: dict[str, Any]) -> None:
    """Takes the question and never answers."""
    request.server.over.wait(30)


def leaves(request: Request, _: dict[str, Any]) -> None:
    """Takes the question and closes the connection without a word."""
    request.close_connection = True


def drips(request: Request, _: dict[str, Any]) -> None:
    """Sends a word now and then, and never comes to an end."""
    request.start_stream()
    try:
        while not request.server.over.is_set():
            request.event(chunk({"content": "well, "}))
            request.server.over.wait(0.1)
    except OSError:
        request.server.gone.set()


def stalls(text: str) -> Behaviour:
    """Begins a reply and says nothing more, without an end."""

    def behave(request: Request, _: dict[str, Any]) -> None:
        request.start_stream()
        for word in text.split(" "):
            request.event(chunk({"content": f"{word} "}))
        request.server.over.wait(30)

    return behave


def breaks_off(text: str) -> Behaviour:
    """Begins a reply and closes the connection in the middle of it."""

    def behave(request: Request, _: dict[str, Any]) -> None:
        request.start_stream()
        for word in text.split(" "):
            request.event(chunk({"content": f"{word} "}))

    return behave


def tears(text: str) -> Behaviour:
    """Begins a reply of a known length and closes the connection before it is whole."""

    def behave(request: Request, _: dict[str, Any]) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/event-stream")
        request.send_header("Content-Length", "100000")
        request.send_header("Connection", "close")
        request.end_headers()
        for word in text.split(" "):
            request.event(chunk({"content": f"{word} "}))

    return behave


def events(*data: dict[str, Any] | str) -> Behaviour:
    """Just these events."""

    def behave(request: Request, _: dict[str, Any]) -> None:
        request.start_stream()
        for each in data:
            request.event(each)

    return behave


def body(content: bytes, kind: str = "application/json") -> Behaviour:
    """Status 200 with whatever this is."""
    return lambda request, _: request.send(200, content, kind)


def words_and_form(words: Behaviour, form: Behaviour) -> Behaviour:
    """One that behaves in one way where words are wanted, and in another where a form is."""
    return lambda request, body: (words if body.get("stream") else form)(request, body)


def asked_for_words(service: ChatService) -> list[dict[str, Any]]:
    """The requests for an answer's words; a form is asked for without a stream."""
    return [asked for asked in service.asked if asked.get("stream")]


def texts_of(asked: dict[str, Any]) -> str:
    """Everything that was sent in one request."""
    messages: Sequence[dict[str, Any]] = asked["messages"]
    return "\n".join(str(message["content"]) for message in messages)


def obeys(order: str, reply: str, otherwise: str) -> Behaviour:
    """A model that does whatever it is told anywhere: where `order` reaches it, it gives `reply`."""

    def behave(request: Request, body: dict[str, Any]) -> None:
        told = " ".join(order.split()) in " ".join(texts_of(body).split())
        says(reply if told else otherwise)(request, body)

    return behave


def repeats_its_orders(mark: str) -> Behaviour:
    """A model that gives its system message away, with a marker at the end of each line."""

    def behave(request: Request, body: dict[str, Any]) -> None:
        lines = str(body["messages"][0]["content"]).splitlines()
        says("\n".join(f"{line} {mark}" for line in lines if line.strip()))(request, body)

    return behave


def reads_out(request: Request, body: dict[str, Any]) -> None:
    """A model that says the first line of each passage it was given, with its number behind every sentence."""
    found = re.findall(r'<passage number="(\d+)"[^>]*>\n([^\n]+)', texts_of(body))
    marked = [re.sub(r"([.!?][”’]?)(?=\s|$)", rf"\1 [{number}]", line) for number, line in found]
    says("\n".join(f"- {line}" for line in marked))(request, body)
