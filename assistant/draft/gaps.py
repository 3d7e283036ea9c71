"""What a draft does that its writer would not want it to do: each gap with the lines that show it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant import nouns
from assistant.draft.patterns import (
    about_logistics,
    about_money,
    argues_by_rote,
    enrols,
    left_open,
    means_to,
    requests,
)
from assistant.draft.text import Draft
from assistant.review import signals
from assistant.review.marks import COACH, VP, Line
from assistant.review.signs import shows

_LONG_ENOUGH_WORDS = 25
_NOT_MEANT = re.compile(
    r"\b(?:not|before|instead of|rather than|without|until|never|than|once it has|others?|later|eventually)\b[^.?!]{0,40}$",
    re.IGNORECASE,
)
_WORKING = ("order", "solution_proposal", "project_talk", "persuading", "broad_rollout", "order_taking")


@dataclass(frozen=True, slots=True)
class Written:
    """A draft with its lines read: one's own in order, what the other wrote above or below, and who writes."""

    draft: Draft
    lines: tuple[Line, ...]
    other: tuple[Line, ...]
    role: str

    @property
    def outcome(self) -> Line | None:
        """The first line that names an outcome: one's own, or the other's that is answered."""
        return next((line for line in (*self.other, *self.lines) if names_outcome(line)), None)

    @property
    def asks(self) -> bool:
        """Whether the reader is asked what should be different."""
        return any(signals.asks_for_outcome(line) and not about_logistics(line.text) for line in self.lines)

    @property
    def body(self) -> tuple[Line, ...]:
        """One's own lines without headings and subject: what can be changed."""
        parts = {line.id: line.part for line in self.draft.lines}
        return tuple(line for line in self.lines if parts[line.id] != "heading")


@dataclass(frozen=True, slots=True)
class Gap:
    """A kind of gap, the principle it goes against, and its lines; none where something is missing altogether."""

    type: str
    principle: str
    lines: tuple[Line, ...] = ()


def names_outcome(line: Line) -> bool:
    """Whether a wanted result is named, and not as an argument for one's own work."""
    if not signals.names_outcome(line) or line.does("outcome_talk"):
        return signals.names_outcome(line)
    counted = signals.metric_in(line.text) and shows(line.text, "numbered")
    return not line.does("persuading") and (not line.does("project_talk") or counted)


def persuading(written: Written) -> list[Gap]:
    """Lines that argue for one's own work."""
    found = [
        line
        for line in written.body
        if (line.does("persuading") or argues_by_rote(line.text))
        and not line.does("candour", "field_story", "outcome_talk")
        and not signals.has_question(line)
    ]
    return _gap("persuading", "sv-3" if written.role == VP else "le-5", found)


def order_taken(written: Written) -> list[Gap]:
    """An order is accepted, and nothing is asked but when and how many."""
    if written.role == VP or written.outcome or written.asks or any(map(_invites, written.lines)):
        return []
    parts = {line.id: line.part for line in written.draft.lines}
    found = [line for line in written.body if line.does("order_taking") and parts[line.id] == "sentence"]
    return _gap("order_taken", "le-2", found[:1])


def order_given(written: Written) -> list[Gap]:
    """A deliverable is ordered, and the outcome is kept back."""
    if written.role != VP or written.outcome:
        return []
    orders = [line for line in written.body if line.does("order")]
    asked = [line for line in orders if requests(line.text)] or orders
    return _gap(
        "order_given", "sv-2", [line for line in written.body if line in asked or _details(line, asked)]
    )


def solution_before_outcome(written: Written) -> list[Gap]:
    """A specific solution where no outcome was named or asked for before it."""
    if written.role == VP or (written.outcome and written.outcome in written.other):
        return []
    found = []
    for line in written.body:
        if names_outcome(line):
            break
        if signals.proposes(line) and nouns.topic(line.text) and not line.does("order_taking"):
            found.append(line)
    return _gap("solution_before_outcome", "le-4", found)


def whole_force(written: Written) -> list[Gap]:
    """Everybody is meant at once."""
    found = [line for line in written.body if means_everybody(line)]
    return _gap("whole_force", "sv-1" if written.role == VP else "le-1", found)


def project_only(written: Written) -> list[Gap]:
    """Learning's output is told, and no outcome stands beside it, nor that it is missed."""
    if written.outcome or written.role == COACH:
        return []
    if written.role == VP and any(line.does("candour") for line in written.lines):
        return []
    parts = {line.id: line.part for line in written.draft.lines}
    skipped = (
        "persuading",
        "solution_proposal",
        "order",
        "candour",
        "field_story",
        "approach",
    )
    found = [
        line
        for line in written.body
        if (line.does("project_talk") or shows(line.text, "activity"))
        and not line.does(*skipped)
        and not (line.does("order_taking") and parts[line.id] == "sentence")
        and not signals.has_question(line)
        and not about_money(line.text)
    ]
    return _gap("project_only", "sv-5" if written.role == VP else "gap", found)


def no_outcome_named(written: Written) -> list[Gap]:
    """It is about work together, and which result it is for is neither said nor asked."""
    working = any(line.does(*_WORKING) for line in written.lines)
    if written.outcome or written.asks or not working or written.draft.words < _LONG_ENOUGH_WORDS:
        return []
    return [Gap("no_outcome_named", "sv-2" if written.role == VP else "le-2")]


def no_owner_or_date(written: Written) -> list[Gap]:
    """A mail or an agenda that leaves open who does what, and when."""
    if written.draft.kind not in ("mail", "agenda") or written.draft.words < _LONG_ENOUGH_WORDS:
        return []
    if any(_agrees(line) for line in written.body):
        return []
    return [
        Gap(
            "no_owner_or_date",
            "sv-3",
            tuple(line for line in written.body[-3:] if shows(line.text, "loose") or left_open(line.text))[
                -1:
            ],
        )
    ]


GAPS: tuple[Callable[[Written], list[Gap]], ...] = (
    order_taken, order_given, solution_before_outcome, persuading, whole_force, project_only,
    no_outcome_named, no_owner_or_date,
)  # fmt: skip
"""Every gap, the gravest first."""


def _gap(kind: str, principle: str, lines: Sequence[Line]) -> list[Gap]:
    return [Gap(kind, principle, tuple(lines))] if lines else []


def means_everybody(line: Line) -> bool:
    """Whether a line is about everybody at once, and wants it."""
    found = nouns.everyone(line.text)
    if found is None or line.does("small_start", "candour", "field_story") or names_outcome(line):
        return False
    if _NOT_MEANT.search(line.text[: found.start]):
        return False
    return enrols(line.text) or line.does(
        "broad_rollout", "project_talk", "solution_proposal", "order", "commitment", "order_taking"
    )


def _agrees(line: Line) -> bool:
    """Somebody does something by a day, or a day is asked for."""
    if not shows(line.text, "when"):
        return False
    if line.does("commitment", "order_taking") or shows(line.text, "who") or signals.has_question(line):
        return True
    return means_to(line.text) and not line.does("broad_rollout", "project_talk", "solution_proposal")


def _details(line: Line, orders: Sequence[Line]) -> bool:
    """Whether a line goes on with what was ordered: its form, its length, its price."""
    after = any(order.place < line.place for order in orders)
    own = (
        line.does("project_talk")
        and not line.does("candour", "outcome_talk")
        and not signals.has_question(line)
    )
    return after and own and nouns.deliverable(line.text) is not None


def _invites(line: Line) -> bool:
    return line.does("open_question")
