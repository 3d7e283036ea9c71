"""OpenTelemetry spans of what a chat model words or reads, and of each call to it, for a collector that is set up.

Names and attributes are those of OpenTelemetry's conventions for generative AI; ours begin with `counterpart`. Digests,
counts and ids go out, never what anybody said.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.advice.answer import Answer
from assistant.chat import Call, ChatModel, Filled, Form, Piece, Prompted, Usage
from assistant.errors import ModelError
from assistant.rehearsal.voiced import Voiced

if TYPE_CHECKING:
    from opentelemetry.trace import Span

_TIMEOUT_S = 3.0
_PROVIDERS = {"azure": "azure.ai.openai"}


class Tracing:
    """Sends spans to `endpoint`, a collector's address for OTLP over HTTP; nothing waits for it."""

    def __init__(self, endpoint: str) -> None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=_TIMEOUT_S)
        resource = Resource.create({SERVICE_NAME: "counterpart"})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self.tracer = self._provider.get_tracer("counterpart")

    @contextmanager
    def answer(self) -> Iterator[Callable[[Answer], object]]:
        """A span around one answer; what is yielded takes the answer when it is there."""
        with self.tracer.start_as_current_span("answer") as span:
            yield lambda answer: _tell(span, answer)

    @contextmanager
    def line(self) -> Iterator[Callable[[Voiced], object]]:
        """Likewise around one line of a rehearsal."""
        with self.tracer.start_as_current_span("rehearsal line") as span:
            yield lambda voiced: _tell_line(span, voiced)

    @contextmanager
    def reading(self) -> Iterator[Callable[[Call, int, int], object]]:
        """Likewise around a second reading, which tells how many lines were read, and of how many."""
        with self.tracer.start_as_current_span("second reading") as span:
            yield lambda call, read, lines: _tell_reading(span, call, read, lines)

    def close(self) -> None:
        """Send what waits to be sent."""
        self._provider.shutdown()


class TracedChat:
    """A chat model, each of whose calls is a span."""

    def __init__(self, model: ChatModel, tracing: Tracing) -> None:
        self._model, self._tracing = model, tracing

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def place(self) -> str:
        return self._model.place

    def stream(self, messages: Sequence[Prompted], *, seconds: float) -> Generator[Piece, None, None]:
        span = self._span("chat")
        try:
            yield from _told(self._model.stream(messages, seconds=seconds), span)
        finally:
            span.end()

    def fill(
        self,
        messages: Sequence[Prompted],
        form: type[Form],
        *,
        seconds: float,
        waiting: Callable[[], object] = lambda: None,
    ) -> Filled[Form]:
        span = self._span("chat")
        span.set_attribute("gen_ai.output.type", "json")
        try:
            filled = self._model.fill(messages, form, seconds=seconds, waiting=waiting)
            _count(span, filled.usage)
        except ModelError as error:
            _fault(span, error)
            raise
        finally:
            span.end()
        return filled

    def _span(self, operation: str) -> "Span":
        from opentelemetry.trace import SpanKind

        kind, _, model = self.name.partition(":")
        span = self._tracing.tracer.start_span(f"{operation} {model or kind}", kind=SpanKind.CLIENT)
        span.set_attributes(
            {
                "gen_ai.operation.name": operation,
                "gen_ai.provider.name": _PROVIDERS.get(kind, "openai" if kind == "openai" else kind),
                "gen_ai.request.model": model or kind,
                "server.address": urlsplit(self.place).hostname or self.place,
            }
        )
        if (port := urlsplit(self.place).port) is not None:
            span.set_attribute("server.port", port)
        return span

    def warm(self) -> None:
        self._model.warm()

    def wake(self) -> None:
        self._model.wake()

    def close(self) -> None:
        self._model.close()
        self._tracing.close()


def _told(pieces: Generator[Piece, None, None], span: "Span") -> Iterator[Piece]:
    """The same pieces; their tokens, their end or their failure are written on the span."""
    begun = False
    try:
        for piece in pieces:
            if piece.text and not begun:
                begun = True
                span.add_event("first words")
            if piece.usage:
                _count(span, piece.usage)
            if piece.ended:
                span.set_attribute("gen_ai.response.finish_reasons", [piece.ended])
            yield piece
    except ModelError as error:
        _fault(span, error)
        raise
    except GeneratorExit:
        span.set_attribute("error.type", "stopped")
        raise
    finally:
        pieces.close()


def _count(span: "Span", usage: Usage) -> None:
    span.set_attribute("gen_ai.usage.input_tokens", usage.tokens_in)
    span.set_attribute("gen_ai.usage.output_tokens", usage.tokens_out)


def _fault(span: "Span", error: ModelError) -> None:
    from opentelemetry.trace import Status, StatusCode

    span.set_attribute("error.type", error.fault)
    span.set_status(Status(StatusCode.ERROR, error.brief))


def _tell(span: "Span", answer: Answer) -> None:
    made = answer.made
    if made is None:
        return
    failed = [sentence.why for sentence in made.sentences if not sentence.passed]
    span.set_attributes(
        {
            "counterpart.mode": answer.mode,
            "counterpart.role": answer.role,
            "counterpart.prompt.digests": made.prompt,
            "counterpart.passages": list(made.passages),
            "counterpart.check.passed": len(made.sentences) - len(failed),
            "counterpart.check.failed": failed,
            "counterpart.check.sent_back": len(made.repaired),
            "gen_ai.usage.input_tokens": made.tokens_in,
            "gen_ai.usage.output_tokens": made.tokens_out,
        }
    )


def _tell_line(span: "Span", voiced: Voiced) -> None:
    _tell_call(span, voiced.call)
    span.set_attribute("counterpart.mode", "model" if voiced.by_model else "composed")
    span.set_attribute("counterpart.check.failed", [voiced.why] if voiced.why and not voiced.failed else [])


def _tell_reading(span: "Span", call: Call, read: int, lines: int) -> None:
    _tell_call(span, call)
    span.set_attributes({"counterpart.lines.read": read, "counterpart.lines": lines})


def _tell_call(span: "Span", call: Call) -> None:
    span.set_attributes(
        {
            "counterpart.prompt.digests": call.prompt,
            "gen_ai.usage.input_tokens": call.tokens_in,
            "gen_ai.usage.output_tokens": call.tokens_out,
        }
    )
