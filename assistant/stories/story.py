"""A field story: what its teller wrote, what is known about it, and how far it can be trusted."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from assistant.errors import InputRefusedError
from assistant.stories.grade import Grade, grade_of

Teller = Literal["learning-executive", "sales-vp", "coach", "manager", "rep"]
Source = Literal["rep", "manager", "on-the-road", "customer"]
Result = Literal["win", "failure", "mixed"]
Visibility = Literal["me", "pair", "workspace"]
Segment = Literal["enterprise", "mid-market", "small-business", "public-sector", "channel"]
Stage = Literal[
    "prospecting", "first-meeting", "discovery", "demo", "proposal", "negotiation", "closed",
    "renewal", "onboarding", "coaching",
]  # fmt: skip

MAX_TEXT = 20_000
MAX_TITLE = 120
_TOMORROW = timedelta(days=1)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2028\u2029\ufeff]|[\ud800-\udfff]")
_MARKER = re.compile(r"\[(\d+)\]")
_CHOICES = ("teller", "source", "result", "segment", "stage")

Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Tags = tuple[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)], ...]


class Fields(BaseModel):
    """What a teller may say of a story; only `text` is needed, the rest is drawn from it or left empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT)]
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_TITLE)] = ""
    teller: Teller | None = None
    source: Source | None = None
    result: Result | None = None
    who: Short = ""
    buyer_words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)] = ""
    did: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)] = ""
    came_of: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)] = ""
    team: Short = ""
    region: Short = ""
    segment: Segment | None = None
    stage: Stage | None = None
    metric: Short = ""
    happened_on: date | None = None
    evidence: Short = Field("", description="Who else saw it, or the record that shows it")
    figure: Short = Field("", description="A number that was measured")
    figure_source: Short = Field("", description="Where that number stands")
    played_back: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)] = ""
    consent: bool = False
    tags: Tags = ()
    cards: Tags = ()
    principles: Tags = ()

    @field_validator("*", mode="before")
    @classmethod
    def _clean(cls, value: object) -> object:
        """Without control characters or halves of characters; and [3] becomes (3), since that is how answers cite."""
        if not isinstance(value, str):
            return value
        return _MARKER.sub(r"(\1)", _CONTROL.sub("", value.replace("\r\n", "\n")))

    @field_validator(*_CHOICES, mode="before")
    @classmethod
    def _choice(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        name = "-".join(value.lower().split())
        return None if name in {"", "none"} else name

    @field_validator("happened_on", mode="before")
    @classmethod
    def _no_date(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("happened_on")
    @classmethod
    def _not_to_come(cls, value: date | None) -> date | None:
        if value is not None and value > datetime.now(UTC).date() + _TOMORROW:
            raise ValueError("the date lies in the future")
        return value

    @property
    def grade(self) -> Grade:
        """How far it can be trusted, by what is said to stand behind it."""
        return grade_of(evidence=self.evidence, figure=self.figure, figure_source=self.figure_source)

    def changed(self, **values: object) -> Self:
        """A copy with other values, checked again. Raises `InputRefusedError`."""
        return type(self).model_validate({**self.model_dump(), **values})


SAID_IN_WORDS = (
    "title",
    "text",
    "who",
    "buyer_words",
    "did",
    "came_of",
    "team",
    "evidence",
    "figure_source",
    "played_back",
)
"""Fields that somebody wrote, so that somebody else may be named in them."""


def read_fields(values: Mapping[str, Any]) -> Fields:
    """Fields from what was typed or read. Raises `InputRefusedError`, one line that names the field."""
    try:
        return Fields.model_validate(dict(values))
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "story"
        raise InputRefusedError(
            _said(name, first, values), kept="Nothing was kept of it", next_step="Correct it and try again"
        ) from None


def _said(name: str, error: Any, values: Mapping[str, Any]) -> str:
    given = str(values.get(name, ""))[:40]
    if name == "text":
        if error["type"] == "string_too_long":
            return (
                f"The story has {len(str(values['text'])):,} characters; {MAX_TEXT:,} are the most. "
                "Tell one thing that happened; a whole document belongs in “counterpart index”"
            )
        return "The story has no text"
    if error["type"] == "literal_error":
        return f"{_called(name)} cannot be “{given}”; use {error['ctx']['expected']}"
    if error["type"] == "string_too_long":
        return f"{_called(name)} is longer than {error['ctx']['max_length']} characters"
    if name == "happened_on" and "future" not in error["msg"]:
        return f"{_called(name)} “{given}” is no date; write it as 2026-03-31"
    return f"{_called(name)} “{given}” cannot be used: {error['msg'].removeprefix('Value error, ')}"


def _called(name: str) -> str:
    return {"happened_on": "The date"}.get(name, f"The field {name.replace('_', ' ')}")


class Story(BaseModel):
    """A story that is kept. `version` rises with every change: who changes it says which one they saw."""

    model_config = ConfigDict(frozen=True)

    id: str
    workspace_id: str
    owner_id: str
    visibility: Visibility
    pair_id: str | None
    fields: Fields
    grade: Grade
    version: int
    redactions: dict[str, int]
    linked: tuple[str, ...]
    batch_id: str | None
    created_at: datetime
    updated_at: datetime
    removed_at: datetime | None = None

    @property
    def title(self) -> str:
        """What it is called."""
        return self.fields.title

    @property
    def text(self) -> str:
        """The story as it is kept, masked."""
        return self.fields.text

    @property
    def principles(self) -> tuple[str, ...]:
        """The principles that it illustrates."""
        return self.fields.principles

    @property
    def day(self) -> date:
        """When it happened, or else when it was logged."""
        return self.fields.happened_on or self.created_at.date()
