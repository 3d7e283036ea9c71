"""OpenAI, Azure OpenAI, and every server that speaks their protocol, through langchain's chat models.

Requests run on an event loop of their own thread: so a deadline holds whatever the server does, and a reply that nobody
wants any more is aborted at once, from whichever thread that is said.
"""

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import Callable, Coroutine, Generator, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationError

from assistant.chat import Filled, Form, Piece, Prompted, Usage
from assistant.errors import ModelError
from assistant.providers import faults
from assistant.providers.circuit import Circuit
from assistant.providers.thinking import Thinking
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk
    from langchain_openai.chat_models.base import BaseChatOpenAI

OPENAI = "https://api.openai.com/v1"
REFUSAL = "refusal"
"""Where the protocol, and a chunk of a stream, has the words with which a model declines."""
_TICK_S = 0.1
_BUSY = 503
_HANG_UP_S = 2.0
_COMPATIBLE_TEMPERATURE = 0.2
Result = TypeVar("Result")


@dataclass(frozen=True)
class Service:
    """A model and where it is; `kind` is `openai`, `openai-compatible` or `azure`."""

    kind: str
    model: str
    base_url: str
    key: SecretStr | None = None
    api_version: str | None = None
    temperature: float | None = None
    tokens: int = 900
    retries: int = 1

    @classmethod
    def of(cls, kind: str, model: str, settings: Settings) -> Self:
        """The service that the settings describe."""
        azure = kind == "azure"
        temperature = settings.model_temperature
        if temperature is None and kind == "openai-compatible":
            temperature = _COMPATIBLE_TEMPERATURE
        return cls(
            kind=kind,
            model=model,
            base_url=(settings.azure_openai_endpoint if azure else settings.openai_base_url) or OPENAI,
            key=settings.azure_openai_api_key if azure else settings.openai_api_key,
            api_version=settings.openai_api_version,
            temperature=temperature,
            tokens=settings.model_tokens,
            retries=settings.model_retries,
        )

    @property
    def place(self) -> str:
        """Its address, without a user's name or password."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    @property
    def named(self) -> faults.Named:
        """How messages speak of it."""
        azure = self.kind == "azure"
        return faults.Named(
            self.place,
            self.model,
            "AZURE_OPENAI_API_KEY" if azure else "OPENAI_API_KEY",
            "AZURE_OPENAI_ENDPOINT" if azure else "OPENAI_BASE_URL",
        )


@dataclass
class _Notes:
    """What the network said during one call: the longest wait that the server asked for, and with which status.

    `usage` are the tokens of replies that came in one piece; a client that cannot read one does not tell them.
    """

    retry_after: float = 0.0
    status: int = 429
    usage: Usage = field(default_factory=Usage)


_notes: ContextVar[_Notes | None] = ContextVar("notes of this call", default=None)
_DONE = object()


@dataclass
class _Reading:
    """What was read of a stream so far."""

    words: bool = False
    refused: bool = False
    ended: str | None = None
    usage: Usage | None = None
    thinking: Thinking = field(default_factory=Thinking)


class OpenAIChat:
    """A chat model behind OpenAI's protocol; the client is made when it first speaks."""

    def __init__(self, service: Service, *, circuit: Circuit | None = None) -> None:
        self._service, self._circuit = service, circuit or Circuit()
        self._lock = threading.Lock()
        self._running: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def name(self) -> str:
        return f"{self._service.kind}:{self._service.model}"

    @property
    def place(self) -> str:
        return self._service.place

    def stream(self, messages: Sequence[Prompted], *, seconds: float) -> Generator[Piece, None, None]:
        self._circuit.enter()
        try:
            yield from self._stream(messages, seconds)
        except ModelError as error:
            self._circuit.failed(error)
            raise
        self._circuit.succeeded()

    def fill(
        self,
        messages: Sequence[Prompted],
        form: type[Form],
        *,
        seconds: float,
        waiting: Callable[[], object] = lambda: None,
    ) -> Filled[Form]:
        self._circuit.enter()
        deadline, notes = time.monotonic() + seconds, _Notes()
        future = self._start(self._fill(messages, form, notes))
        try:
            filled = self._awaited(future, deadline, seconds, notes, waiting)
        except ModelError as error:
            self._circuit.failed(error)
            raise
        finally:
            future.cancel()
        self._circuit.succeeded()
        return filled

    def warm(self) -> None:
        """Begin to load the client on its own thread; a question that comes meanwhile waits for the same loading."""
        self._start(self._load())

    def wake(self) -> None:
        self._circuit.let_through()

    def close(self) -> None:
        with self._lock:
            if self._running is None or self._thread is None:
                return
            self._running.call_soon_threadsafe(self._running.stop)
            self._running = None
        self._thread.join(_HANG_UP_S)

    def _stream(self, messages: Sequence[Prompted], seconds: float) -> Generator[Piece, None, None]:
        deadline, notes, reading = time.monotonic() + seconds, _Notes(), _Reading()
        arrived: queue.SimpleQueue[Any] = queue.SimpleQueue()
        future = self._start(self._pump(messages, arrived, notes))
        try:
            while True:
                try:
                    item = arrived.get(timeout=max(0.0, min(_TICK_S, deadline - time.monotonic())))
                except queue.Empty:
                    self._see_to_time(deadline, seconds, notes)
                    yield Piece()
                    continue
                if item is _DONE:
                    break
                if isinstance(item, Exception):
                    raise faults.translated(
                        item, self._service.named, seconds=seconds, begun=reading.words
                    ) from item
                yield from _read(item, reading)
                self._see_to_time(deadline, seconds, notes)
        finally:
            future.cancel()
        yield self._end(reading)

    def _end(self, reading: _Reading) -> Piece:
        """The last piece. Raises `ModelError` where the stream was no whole reply."""
        if reading.refused or reading.ended == "content_filter":
            raise faults.refused(self._service.named)
        if reading.ended is None:
            raise (
                faults.cut_off(self._service.named)
                if reading.words
                else faults.unreadable(self._service.named)
            )
        if not reading.words:
            cut = faults.no_room if reading.ended == "length" else faults.no_words
            raise cut(self._service.named)
        return Piece(usage=reading.usage, ended=reading.ended)

    def _see_to_time(self, deadline: float, seconds: float, notes: _Notes) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise faults.too_slow(self._service.named, seconds)
        if notes.retry_after > left:
            raise faults.asked_to_wait(self._service.named, notes.retry_after, busy=notes.status == _BUSY)

    def _awaited(
        self,
        future: "Future[Result]",
        deadline: float,
        seconds: float,
        notes: _Notes,
        waiting: Callable[[], object],
    ) -> Result:
        """What comes of a request that is not streamed, seen to as often as one that is."""
        while True:
            try:
                return future.result(timeout=_TICK_S)
            except NotYet:
                waiting()
                self._see_to_time(deadline, seconds, notes)
            except Exception as error:
                raise faults.translated(error, self._service.named, seconds=seconds, begun=False) from error

    async def _fill(self, messages: Sequence[Prompted], form: type[Form], notes: _Notes) -> Filled[Form]:
        """With the schema as the reply's shape, or as a tool's where a server does not take that."""
        _notes.set(notes)
        client = self._client
        import openai

        try:
            found = await _filled(client, messages, form, "json_schema", self._service.named)
        except openai.BadRequestError:
            found = await _filled(client, messages, form, "function_calling", self._service.named)
        return Filled(found, notes.usage)

    async def _load(self) -> None:
        with contextlib.suppress(ModelError):  # a key that is missing is said when somebody asks
            self._client  # noqa: B018  # made on first use

    async def _pump(
        self, messages: Sequence[Prompted], arrived: "queue.SimpleQueue[Any]", notes: _Notes
    ) -> None:
        _notes.set(notes)
        try:
            client = self._client
            from langsmith.run_helpers import tracing_context

            with tracing_context(enabled=False):  # whatever else is set here: words go to the model alone
                async for chunk in client.astream(_as_pairs(messages)):
                    arrived.put(chunk)
            arrived.put(_DONE)
        except Exception as error:  # noqa: BLE001  # whatever the client raises is translated where it is read
            arrived.put(error)

    def _start(self, work: Coroutine[Any, Any, Result]) -> "Future[Result]":
        with self._lock:
            if self._running is None:
                self._running = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=_run, args=(self._running, self._hang_up), name="chat model", daemon=True
                )
                self._thread.start()
            return asyncio.run_coroutine_threadsafe(work, self._running)

    async def _hang_up(self) -> None:
        """Close the connections that were kept for another question; with the loop they would be of no use."""
        if client := self.__dict__.pop("_client", None):
            await client.http_async_client.aclose()

    @cached_property
    def _client(self) -> "BaseChatOpenAI":
        import openai

        from assistant.providers.refusals import Azure, OpenAI

        service = self._service
        if service.key is None and service.kind != "openai-compatible":
            raise faults.no_key(service.named)
        common: dict[str, Any] = {
            "api_key": service.key or SecretStr("none"),  # servers without keys still want the header
            "max_retries": service.retries,
            "timeout": None,  # the deadline of a call is ours, over all its retries
            "stream_chunk_timeout": None,  # so is the patience with a slow engine: langchain's ends after two minutes
            "temperature": service.temperature,
            "stream_usage": True,
            "use_responses_api": False,
            "http_async_client": openai.DefaultAsyncHttpxClient(
                timeout=None, event_hooks={"response": [_note]}
            ),
        }
        if service.kind == "azure":
            return Azure(
                azure_endpoint=service.base_url,
                azure_deployment=service.model,
                api_version=service.api_version,
                max_tokens=service.tokens,
                **common,
            )
        if service.kind == "openai":
            return OpenAI(model=service.model, base_url=service.base_url, max_tokens=service.tokens, **common)
        # Older servers know `max_tokens` alone, which langchain would send under OpenAI's newer name.
        limit = {"max_tokens": service.tokens}
        return OpenAI(model=service.model, base_url=service.base_url, extra_body=limit, **common)


def _run(loop: asyncio.AbstractEventLoop, at_last: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(at_last())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


async def _filled(
    client: "BaseChatOpenAI",
    messages: Sequence[Prompted],
    form: type[Form],
    method: Literal["json_schema", "function_calling"],
    named: faults.Named,
) -> Form | None:
    """Raises `ModelError` where the model declines, and what the client raises."""
    from langsmith.run_helpers import tracing_context
    from openai import LengthFinishReasonError

    asked = client.with_structured_output(form, method=method, include_raw=True)
    try:
        with tracing_context(enabled=False):
            reply: Any = await asked.ainvoke(_as_pairs(messages))
    except (
        LengthFinishReasonError,
        ValidationError,
    ):  # cut short, or no form: raised in place of what had come
        return None
    if reply["raw"].additional_kwargs.get(REFUSAL):
        raise faults.refused(named)
    return reply["parsed"] if isinstance(reply["parsed"], form) and reply["parsing_error"] is None else None


async def _note(response: Any) -> None:
    notes = _notes.get()
    if notes is None:
        return
    if response.status_code in {429, _BUSY}:
        with contextlib.suppress(ValueError):
            wait = float(response.headers.get("retry-after", ""))
            notes.retry_after, notes.status = max(
                (notes.retry_after, notes.status), (wait, response.status_code)
            )
    elif "json" in response.headers.get("content-type", ""):
        await response.aread()
        notes.usage += _counted(response)


def _counted(response: Any) -> Usage:
    """Tokens as the service counted them; none where it did not, or counted in its own way."""
    try:
        counted = response.json()["usage"]
        return Usage(int(counted["prompt_tokens"]), int(counted["completion_tokens"]))
    except (ValueError, KeyError, TypeError):
        return Usage()


def _as_pairs(messages: Sequence[Prompted]) -> list[tuple[str, str]]:
    return [(message.speaker, message.text) for message in messages]


def _read(chunk: "AIMessageChunk", reading: _Reading) -> Iterator[Piece]:
    """The words of a chunk; its end and its counts are noted."""
    if chunk.usage_metadata:
        counted = chunk.usage_metadata
        reading.usage = Usage(counted["input_tokens"], counted["output_tokens"])
    reading.ended = chunk.response_metadata.get("finish_reason") or reading.ended
    reading.refused = reading.refused or REFUSAL in chunk.additional_kwargs
    if text := reading.thinking.words(str(chunk.text)):
        reading.words = reading.words or bool(text.strip())
        yield Piece(text)
