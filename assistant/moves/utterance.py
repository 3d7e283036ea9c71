"""What is read and what is found: an utterance of a conversation, and the moves that it makes."""

from dataclasses import dataclass

MOVES = (
    "open_question",
    "closed_question",
    "reflection",
    "outcome_talk",
    "project_talk",
    "persuading",
    "solution_proposal",
    "approach",
    "small_start",
    "broad_rollout",
    "field_story",
    "commitment",
    "progress_report",
    "candour",
    "order",
    "order_taking",
    "other",
)
"""Every move; `other` stands alone, where none of the rest is seen."""

NAMED = MOVES[:-1]


@dataclass(frozen=True, slots=True)
class Utterance:
    """A turn or a part of one. `role` is who speaks (sales-vp, learning-executive, coach, …), where known."""

    id: str
    speaker: str
    role: str | None
    text: str


@dataclass(frozen=True, slots=True)
class MoveScore:
    """A move with its calibrated probability; `human` where a person said so."""

    move: str
    score: float
    human: bool = False
