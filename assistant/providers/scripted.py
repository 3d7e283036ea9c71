"""A chat model that says what a file tells it to: for tests, and for showing the pages without a service.

The file is YAML, a list of replies in the order in which they are given; the last one is given again and again. A reply
is the text, or `{text, after, ended}`: seconds before its first word, and why it ends. A form is filled in with the next
reply where that is a JSON object, and is left empty otherwise.
"""

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.chat import Filled, Form, Piece, Prompted, Usage
from assistant.errors import ModelError, SettingsError
from assistant.providers.faults import Named, no_words

_WORDS_A_PIECE = 3
_TICK_S = 0.1


class Reply(BaseModel):
    """One scripted reply."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    after: float = 0.0
    pause: float = 0.0
    ended: str = "stop"


class ScriptedChat:
    """Gives its replies in turn; `asked` is what was sent to it."""

    place = "this process"

    def __init__(self, replies: Sequence[Reply | str], *, name: str = "scripted") -> None:
        self._replies = [Reply(text=reply) if isinstance(reply, str) else reply for reply in replies]
        self.name = name
        self.asked: list[list[Prompted]] = []
        self._lock = threading.Lock()

    @classmethod
    def read(cls, path: str) -> Self:
        """The replies in a file. Raises `SettingsError`."""
        try:
            given = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
            replies = TypeAdapter(list[Reply | str]).validate_python(given)
        except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
            raise SettingsError(
                f"COUNTERPART_MODEL names the file {path or '(none)'}, which holds no scripted replies",
                next_step="Name a YAML file with a list of texts: scripted:FILE",
            ) from error
        return cls(replies, name=f"scripted:{Path(path).name}")

    def stream(self, messages: Sequence[Prompted], *, seconds: float) -> Generator[Piece, None, None]:
        reply = self._next(messages)
        yield from self._wait(reply.after, seconds)
        words = reply.text.split(" ")
        for start in range(0, len(words), _WORDS_A_PIECE):
            blank = " " if start else ""
            yield Piece(blank + " ".join(words[start : start + _WORDS_A_PIECE]))
            time.sleep(reply.pause)
        tokens_in = sum(len(message.text.split()) for message in messages)
        yield Piece(usage=Usage(tokens_in, len(words)), ended=reply.ended)

    def fill(
        self,
        messages: Sequence[Prompted],
        form: type[Form],
        *,
        seconds: float,
        waiting: Callable[[], object] = lambda: None,
    ) -> Filled[Form]:
        if not self._peek().text.lstrip().startswith("{"):
            return Filled(None)
        reply = self._next(messages)
        for _ in self._wait(reply.after, seconds):
            waiting()
        usage = Usage(sum(len(message.text.split()) for message in messages), len(reply.text.split()))
        try:
            return Filled(form.model_validate_json(reply.text), usage)
        except ValidationError:
            return Filled(None, usage)

    def warm(self) -> None:
        """Nothing to load."""

    def wake(self) -> None:
        """It never rests."""

    def close(self) -> None:
        """Nothing to give back."""

    def _peek(self) -> Reply:
        with self._lock:
            at = min(len(self.asked), len(self._replies) - 1)
            return self._replies[at] if self._replies else Reply(text="")

    def _next(self, messages: Sequence[Prompted]) -> Reply:
        with self._lock:
            if not self._replies:
                raise no_words(Named(self.place, self.name, "COUNTERPART_MODEL", "COUNTERPART_MODEL"))
            reply = self._replies[min(len(self.asked), len(self._replies) - 1)]
            self.asked.append(list(messages))
            return reply

    def _wait(self, wanted: float, seconds: float) -> Iterator[Piece]:
        until = time.monotonic() + min(wanted, seconds)
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, _TICK_S))
            yield Piece()
        if wanted > seconds:
            raise ModelError(
                "The script waits for longer than it may",
                fault="time",
                brief=f"it did not answer within {seconds:.0f} seconds",
            )
