"""What features know of chat models: messages in, pieces of text out. The models are in `assistant/providers/`."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel

Speaker = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Prompted:
    """One message to a model."""

    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call, as the service counted them."""

    tokens_in: int = 0
    tokens_out: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out)

    @property
    def told(self) -> str:
        """Such as “1,204 read, 240 written”."""
        return f"{self.tokens_in:,} read, {self.tokens_out:,} written"


@dataclass(frozen=True, slots=True)
class Piece:
    """What came next: words, nothing yet (`text` is empty), or the end.

    `ended` is the service's own word for why it stopped, such as `stop` or `length`; it comes once, last.
    """

    text: str = ""
    usage: Usage | None = None
    ended: str | None = None


Form = TypeVar("Form", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Filled(Generic[Form]):
    """A form that a model filled in and that is valid; None where its reply was none, cut short, or of another shape."""

    form: Form | None
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True)
class Call:
    """What is kept of a model's part in something beside an answer: which one, how it was asked, what that took.

    `prompt` holds the digests of what it was told, apart by blanks; without a count of the service tokens are 0.
    """

    model: str
    place: str
    prompt: str
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0

    @property
    def usage(self) -> Usage:
        """Its tokens."""
        return Usage(self.tokens_in, self.tokens_out)


class ChatModel(Protocol):
    """A chat model. Every method raises `ModelError`, and returns or raises within `seconds`."""

    @property
    def name(self) -> str:
        """As it is set, such as `openai:gpt-5.4-mini`."""

    @property
    def place(self) -> str:
        """Where it runs, without credentials: what is said goes there."""

    def stream(self, messages: Sequence[Prompted], *, seconds: float) -> Generator[Piece, None, None]:
        """The reply as it comes, with an empty piece a few times a second while nothing does.

        Closing it aborts the request.
        """

    def fill(
        self,
        messages: Sequence[Prompted],
        form: type[Form],
        *,
        seconds: float,
        waiting: Callable[[], object] = lambda: None,
    ) -> Filled[Form]:
        """A form of this shape; `waiting` is called a few times a second, and what it raises aborts the request."""

    def warm(self) -> None:
        """Begin to load what the first call would otherwise wait for, and return at once; nothing is sent.

        A call that comes meanwhile waits for it within its own time. Pages need not open later for a model's sake.
        """

    def wake(self) -> None:
        """Let the next call through, also where the model is left alone for a while after failures."""

    def close(self) -> None:
        """Give threads and connections back."""
