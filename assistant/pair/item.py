"""One thing that is known between the two: what kind it is, in which words, who said it, when, and out of what."""

from datetime import date
from typing import Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Kind = Literal[
    "outcome",
    "metric",
    "group",
    "tried",
    "refused",
    "promise",
    "quote",
    "story",
    "felt",
    "meeting",
    "manager",
    "mirror",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
State = Literal["open", "happened", "didnt", "moved"]
STATES: tuple[State, ...] = get_args(State)
BOTH = "both"
"""As `who` of a promise that the two made together."""
MOST_WORDS = 8_000


class Source(BaseModel):
    """Out of what an item came; `id` is that of the meeting's item, the conversation, the pilot or the rehearsal.

    `debrief`: told after a meeting. `reply`: a message that was pasted. `form`: typed on the pair's own page.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["debrief", "reply", "conversation", "review", "rehearsal", "pilot", "form"] = "form"
    id: str | None = None


class Item(BaseModel):
    """What is known. `who` is `learning-executive`, `sales-vp`, `both`, or a name; None where nobody in particular.

    A `mirror` is the one sentence that each of the two writes alone on the outcome and who must do what; `who` wrote it.

    It means: of a promise who gave it, of a quote whose words they are, of what was tried who tried it, of what was
    refused who said no; of a meeting whom it was with, where that was somebody else. `on` is the day it was said.
    `heard` is the stretch of the told text that says it, verbatim. A meeting's `words` are the paragraph that was told.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    words: str = Field(min_length=1, max_length=MOST_WORDS)
    on: date
    who: str | None = Field(None, max_length=80)
    source: Source = Source()
    heard: str | None = None
    went: str | None = Field(None, max_length=MOST_WORDS)
    """Of what was tried: how it went, in the teller's words."""
    due: date | None = None
    """Of a promise: by when, where that is a day."""
    due_words: str | None = None
    """Of a promise: by when, as it was said; kept also where no day can be made of it."""
    state: State | None = None
    """Of a promise, never None there."""

    @field_validator("words", "went", "who", "heard", "due_words", mode="before")
    @classmethod
    def _tidy(cls, value: object) -> object:
        """Without what a database cannot keep: NUL (PostgreSQL), and halves of characters that are no UTF-8."""
        if not isinstance(value, str):
            return value
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8").strip()

    @model_validator(mode="before")
    @classmethod
    def _begins_open(cls, value: object) -> object:
        if isinstance(value, dict) and value.get("kind") == "promise" and value.get("state") is None:
            return {**value, "state": "open"}
        return value

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.kind != "promise" and (self.state or self.due or self.due_words):
            raise ValueError("only a promise has a day or a state")
        if self.kind != "tried" and self.went:
            raise ValueError("only what was tried went some way")
        return self

    @property
    def waits(self) -> bool:
        """Whether it is a promise that nobody has settled yet; one that was moved still waits."""
        return self.state in ("open", "moved")

    def changed(self, **values: object) -> Self:
        """The same with other values, checked again."""
        return type(self).model_validate({**self.model_dump(), **values})
