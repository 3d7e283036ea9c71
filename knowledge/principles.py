"""The principles a card may serve. Their ids are stable; the words are shown to people."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Principle:
    """`to` says who is addressed; `short` is one line, `name` a few words for a label."""

    id: str
    to: Literal["sales-vp", "learning-executive", "both"]
    name: str
    short: str


_ALL = (
    Principle("sv-1", "sales-vp", "One small team", "Give learning one small team to work on with you, and pick that team yourself."),
    Principle("sv-2", "sales-vp", "The outcome", "Make the outcome for that team clear; where you can't yet, find it together."),
    Principle("sv-3", "sales-vp", "Empower, stay engaged", "Leave the how to learning, then reinforce, open doors and help report progress."),
    Principle("sv-4", "sales-vp", "Tell sales stories", "Tell learning what happens in the field: wins, what managers say, what you saw."),
    Principle("sv-5", "sales-vp", "Say so", "No progress? Say it, any day, on a feeling; if it goes on, say you are moving on."),
    Principle("le-1", "learning-executive", "One group first", "Make one group successful first, so that others ask."),
    Principle("le-2", "learning-executive", "Their outcome", "Understand the outcome, and the VP's own view of what must happen."),
    Principle("le-3", "learning-executive", "Know the field", "Know what reps and managers live through with buyers; go and see."),
    Principle("le-4", "learning-executive", "Architect first", "Say how you will find out, decide and check before offering an answer."),
    Principle("le-5", "learning-executive", "The urge is a signal", "Wanting to persuade means the outcome isn't theirs: stop, ask, shrink or let go."),
    Principle("gap", "both", "The gap", "One side talks results, the other projects; somebody has to translate."),
    Principle("q-le", "both", "Learning's question", "What is your approach to pursue business outcomes?"),
    Principle("q-sv", "both", "The VP's question", "How clear have you been on the outcome you want?"),
)  # fmt: skip

PRINCIPLES: dict[str, Principle] = {principle.id: principle for principle in _ALL}
