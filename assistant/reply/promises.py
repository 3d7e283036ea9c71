"""Who does what, as the sender of a reply says it: read as a debrief is, with "you" for the counterpart.

Which stretches undertake something says a small model learnt from replies (`make debrief`), which is told what the
debrief's weights think of each; whose and which day is read by the debrief's own rules.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from assistant.debrief.apart import Apart, take_apart
from assistant.debrief.finding import Stretch, runs
from assistant.debrief.owners import BOTH, COUNTERPART, ME
from assistant.debrief.promises import attribute
from assistant.debrief.signs import Signs
from assistant.debrief.weigh import Floats, Weights
from assistant.debrief.whose import whose
from assistant.reply.own import Part

SENDER, READER = ME, COUNTERPART
WEIGHTS = Path(__file__).parent / "reply.npz"
__all__ = ["BOTH", "READER", "SENDER", "Promise", "find_promises"]
_UNSETTLED = re.compile(
    r"(?:decide|see|think|choose|come back|get back|let you know|look into|check)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Promise:
    """`who` is me (the sender), counterpart (the reader), both or a name. `start` and `end` are the stretch."""

    who: str
    what: str
    due: date | None
    due_words: str | None
    start: int
    end: int
    firm: bool = True
    """Says something that can be looked for; "I'll decide" and "I'll see who" do not settle who does what."""


def find_promises(parts: Sequence[Part], *, today: date, weights: Weights | None = None) -> list[Promise]:
    """The undertakings of a reply, in order. Whose nobody can tell is left out: the reply then asks who does what."""
    if not parts:
        return []
    told = apart_of(parts, today=today)
    owners = Weights.load().odds(told.signs)
    mine = weights or _learnt()
    odds = mine.odds(signs_of(told, parts, owners))
    stretches = [
        Stretch(told.units[first].start, told.units[last].end)
        for first, last in runs(told, odds[:, 0], float(mine.thresholds[0]))
        if not _answers_another(told.units[first].start, parts)
        and whose(told, told.units[first].start, told.units[last].end) is not None
    ]
    return [
        Promise(
            each.who, each.what, each.due, each.due_words, each.start, each.end,
            firm=_UNSETTLED.match(each.what) is None,
        )
        for each in attribute(told, stretches, owners)
        if each.who is not None
    ]  # fmt: skip


def apart_of(parts: Sequence[Part], *, today: date) -> Apart:
    """The sender's own words taken apart, each where it stands in the mail."""
    mail = [" "] * parts[-1].end
    for before, part in zip((None, *parts), parts, strict=False):
        if before is not None and before.end < part.start:
            mail[part.start - 1] = "\n"
        mail[part.start : part.end] = part.text
    return take_apart("".join(mail), teller="sales-vp", counterpart=None, today=today, addressed=True)


def signs_of(told: Apart, parts: Sequence[Part], owners: Floats) -> list[Signs]:
    """The debrief's signs, with what its weights think and which question a line answers."""
    found: list[Signs] = []
    for unit, signs, odds in zip(told.units, told.signs, owners, strict=True):
        sure = float(np.clip(odds[0], 1e-3, 1 - 1e-3))
        found.append(
            {
                **signs,
                "debrief": float(np.log(sure / (1 - sure)) / 2),
                f"answers {_label(unit.start, parts)}": 1.0,
            }
        )
    return found


def _label(at: int, parts: Sequence[Part]) -> str | None:
    return next((part.label for part in parts if part.start <= at < part.end), None)


def _answers_another(at: int, parts: Sequence[Part]) -> bool:
    return _label(at, parts) in ("outcome", "group", "date")


@cache
def _learnt() -> Weights:
    return Weights.load(WEIGHTS)
