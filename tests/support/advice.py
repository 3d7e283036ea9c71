"""Talking with the coach in tests, and what is read off its answers."""

import re

from assistant.advice.answer import Answer
from assistant.advice.coach import Coach
from knowledge.cards import Role

LEARNING: Role = "learning-executive"
VP: Role = "sales-vp"
COACH: Role = "coach"


def talk(coach: Coach, role: Role, *turns: str) -> list[Answer]:
    """One conversation: the answer to each turn, in order."""
    history: list[Answer] = []
    for turn in turns:
        history.append(coach.advise(turn, role=role, history=history))
    return history


def ask(coach: Coach, role: Role, question: str) -> Answer:
    """The answer to a question that begins a conversation."""
    return talk(coach, role, question)[0]


def spoken(answer: Answer) -> list[str]:
    """The lines of an answer that are to be said or sent, without their markers."""
    lines = re.findall(r"^(?:>|\d+\.|- \*\*\d+–\d+ min\*\*) (.+)$", answer.answer, re.MULTILINE)
    return [re.sub(r"\s*\[\d+\]", "", line) for line in lines]


def sentences(answer: Answer) -> int:
    """How many sentences an answer has."""
    return len(re.findall(r"[.?!](?:\s|$)", answer.answer))
