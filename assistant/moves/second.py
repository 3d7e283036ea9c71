"""A second reading of moves by a chat model, a stretch of lines at a time.

Whether it is used is decided elsewhere (`trial.py`): only a model that read better than the local recogniser may. What
it leaves out, or fails at, stays as it was read here.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pydantic import BaseModel, Field

from assistant.chat import Call, ChatModel, Prompted, Usage
from assistant.errors import ModelError
from assistant.moves.utterance import Utterance
from assistant.pseudonyms import Disguise, Disguised, undisguised
from knowledge.progress import Progress, silent
from prompts import prompt

STRETCH, BEFORE = 20, 4
"""Lines that are asked for at once, and those before them that are shown with them."""
LONGEST = 1_200
"""Characters of a line that are sent; more of it is left out."""

Named = Literal[
    "open_question", "closed_question", "reflection", "outcome_talk", "project_talk", "persuading",
    "solution_proposal", "approach", "small_start", "broad_rollout", "field_story", "commitment", "progress_report",
    "candour", "order", "order_taking", "other",
]  # fmt: skip


class ReadLine(BaseModel):
    """What one line does."""

    line: int = Field(description="The number of the line")
    moves: list[Named] = Field(
        description="All that it plainly does; other alone where it does none of the rest"
    )


class ReadStretch(BaseModel):
    """What each numbered line does, every line once."""

    lines: list[ReadLine]


@dataclass(frozen=True)
class Second:
    """Moves by place (from 0) for the lines that were read, `other` alone where none; what ended it early, if anything."""

    moves: Mapping[int, frozenset[str]] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    fault: ModelError | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class SecondReading:
    """What stays of a second reading of a conversation: by turn id its moves, each scored by how often the model is right.

    `weights` names the local recogniser that the model read better than, `told` says by how much. `call` is None in
    readings of before it was kept; `lines` are those that were asked for.
    """

    model: str
    weights: str
    told: str
    turns: Mapping[str, Mapping[str, float]]
    call: Call | None = None
    lines: int = 0

    @property
    def made(self) -> list[tuple[str, str]]:
        """How it was made, as names and values."""
        rows = [
            ("Read", f"{len(self.turns)} of {self.lines} lines" if self.lines else f"{len(self.turns)} lines")
        ]
        if self.call is None:
            return [("Model", self.model), *rows]
        rows = [("Model", f"At {self.call.place}: {self.call.model}"), *rows]
        rows += [("Tokens", self.call.usage.told)] if self.call.tokens_in else []
        return [
            *rows,
            ("Time", f"{self.call.seconds:.1f} seconds"),
            ("Prompts", f"Digests {self.call.prompt}"),
        ]


def second_from(kept: Mapping[str, Any] | None) -> SecondReading | None:
    """A second reading as it was written down."""
    if not kept:
        return None
    call = kept.get("call")
    return SecondReading(**{**kept, "call": Call(**call) if call else None})


Observed = Callable[[], AbstractContextManager[Callable[[Call, int, int], object] | None]]
"""Stands around a reading, and is given what it took, and how many lines of how many were read."""


class SecondReader:
    """Reads conversations with a chat model, each stretch within `seconds`."""

    def __init__(
        self,
        model: ChatModel,
        *,
        seconds: float,
        disguise: Disguise = undisguised,
        observed: Observed = nullcontext,
    ) -> None:
        self.name, self.place = model.name, model.place
        self._model, self._seconds = model, seconds
        self._disguise, self._observed = disguise, observed

    def read(
        self,
        utterances: Sequence[Utterance],
        *,
        within: float = float("inf"),
        progress: Progress = silent,
        waiting: Callable[[], object] = lambda: None,
    ) -> Second:
        """What the model says of each line; it stops at the first failure, and after `within` seconds.

        `waiting` is called a few times a second, and what it raises ends the request.
        """
        started = time.monotonic()
        with self._observed() as note:
            found = self._read(utterances, started + within, progress, waiting)
            read = replace(found, seconds=round(time.monotonic() - started, 3))
            if note is not None:
                note(self.call(read), len(read.moves), len(utterances))
        return read

    def call(self, read: Second) -> Call:
        """What is kept of the model's part in a reading."""
        return Call(
            model=self.name,
            place=self.place,
            prompt=prompt_digest(),
            tokens_in=read.usage.tokens_in,
            tokens_out=read.usage.tokens_out,
            seconds=read.seconds,
        )

    def _read(
        self,
        utterances: Sequence[Utterance],
        end: float,
        progress: Progress,
        waiting: Callable[[], object],
    ) -> Second:
        model = Disguised(self._model, self._disguise([each.text for each in utterances]))
        moves: dict[int, frozenset[str]] = {}
        usage = Usage()
        for first in range(0, len(utterances), STRETCH):
            progress(f"Reading again with {self.name}", first, len(utterances))
            left = min(self._seconds, end - time.monotonic())
            if left <= 0:
                return Second(moves, usage, _late(len(moves), len(utterances)))
            try:
                asked = _messages(utterances, first)
                filled = model.fill(asked, ReadStretch, seconds=left, waiting=waiting)
            except ModelError as error:
                return Second(moves, usage, error)
            usage += filled.usage
            moves |= _valid(filled.form, first, len(utterances)) if filled.form else {}
        return Second(moves, usage)


def prompt_digest() -> str:
    """Digest of all that the model is told beside the lines."""
    return "-".join(prompt("moves", name).digest for name in ("second", "stretch"))


def _late(done: int, of: int) -> ModelError:
    return ModelError(
        f"The model had read {done} of {of} lines when the time was up",
        fault="time",
        brief="took too long",
        next_step="Ask for the second reading again, or raise COUNTERPART_MODEL_SECONDS",
    )


def _messages(utterances: Sequence[Utterance], first: int) -> list[Prompted]:
    before = [_said(each) for each in utterances[max(0, first - BEFORE) : first]]
    lines = [f"{at}. {_said(each)}" for at, each in enumerate(utterances[first : first + STRETCH], start=1)]
    stretch = prompt("moves", "stretch").render(before="\n".join(before) or "nothing", lines="\n".join(lines))
    return [Prompted("system", prompt("moves", "second").render()), Prompted("user", stretch)]


def _said(each: Utterance) -> str:
    who = {"sales-vp": "VP", "learning-executive": "Learning", "coach": "Coach"}.get(
        each.role or "", "Somebody"
    )
    text = " ".join(each.text.split())[:LONGEST].replace("<", "‹").replace(">", "›")
    return f"{who}: {text}"


def _valid(form: ReadStretch, first: int, count: int) -> dict[int, frozenset[str]]:
    """The lines that were asked for, by place; one that was given twice in two ways is left out."""
    last = min(STRETCH, count - first)
    found: dict[int, set[frozenset[str]]] = {}
    for each in form.lines:
        if 1 <= each.line <= last:
            named = frozenset(each.moves) - {"other"}
            found.setdefault(first + each.line - 1, set()).add(named or frozenset({"other"}))
    return {place: next(iter(readings)) for place, readings in found.items() if len(readings) == 1}
