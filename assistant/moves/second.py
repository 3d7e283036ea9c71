"""A second reading of moves by a chat model, a stretch of lines at a time.

Whether it is used is decided elsewhere (`trial.py`): only a model that read better than the local recogniser may. What
it leaves out, or fails at, stays as it was read here.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, Field

from assistant.chat import ChatModel, Prompted, Usage
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


@dataclass(frozen=True)
class SecondReading:
    """What stays of a second reading of a conversation: by turn id its moves, each scored by how often the model is right.

    `weights` names the local recogniser that the model read better than, `told` says by how much.
    """

    model: str
    weights: str
    told: str
    turns: Mapping[str, Mapping[str, float]]


class SecondReader:
    """Reads conversations with a chat model, each stretch within `seconds`."""

    def __init__(self, model: ChatModel, *, seconds: float, disguise: Disguise = undisguised) -> None:
        self.name, self.place = model.name, model.place
        self._model, self._seconds, self._disguise = model, seconds, disguise

    def read(
        self,
        utterances: Sequence[Utterance],
        *,
        within: float = float("inf"),
        progress: Progress = silent,
    ) -> Second:
        """What the model says of each line; it stops at the first failure, and after `within` seconds."""
        model = Disguised(self._model, self._disguise([each.text for each in utterances]))
        moves: dict[int, frozenset[str]] = {}
        usage, end = Usage(), time.monotonic() + within
        for first in range(0, len(utterances), STRETCH):
            progress(f"Reading again with {self.name}", first, len(utterances))
            left = min(self._seconds, end - time.monotonic())
            if left <= 0:
                return Second(moves, usage, _late(len(moves), len(utterances)))
            try:
                filled = model.fill(_messages(utterances, first), ReadStretch, seconds=left)
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
