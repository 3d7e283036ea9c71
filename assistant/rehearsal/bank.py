"""What any counterpart says in reaction: lines by intent and mood, chosen so that none comes twice."""

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from assistant.rehearsal.files import SHIPPED, ScenarioError

MOODS = ("cold", "neutral", "warm")
SLOTS = frozenset(
    {
        "team",
        "metric",
        "number",
        "said",
        "noun",
        "before",
        "now",
        "minutes",
        "yours",
        "matter",
        "asked",
        "day",
    }
)
_NEAREST = {
    "cold": ("cold", "neutral", "warm"),
    "neutral": ("neutral", "warm", "cold"),
    "warm": ("warm", "neutral", "cold"),
}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Bank:
    """Lines of one role: `lines[intent][mood]`; `asks[intent]` are questions of any meeting that the intent answers."""

    role: str
    lines: Mapping[str, Mapping[str, tuple[str, ...]]]
    asks: Mapping[str, tuple[str, ...]]

    def choose(
        self,
        intent: str,
        *,
        mood: str,
        used: frozenset[str],
        slots: Mapping[str, str],
        chance: Random,
        saying: str | None = None,
    ) -> tuple[str, str] | None:
        """A line not yet used and its text with slots filled: in this mood, in the nearest one where that is empty.

        None where the bank has no line left for it. A line with a slot that can be filled is preferred; with `saying`,
        the name of a slot, only lines that have it count.
        """
        cells = self.lines.get(intent, {})
        for name in _NEAREST[mood]:
            fresh = [each for each in cells.get(name, ()) if each not in used and fields(each) <= set(slots)]
            fresh = [each for each in fresh if saying is None or saying in fields(each)]
            if fresh:
                slotted = [each for each in fresh if fields(each)]
                chosen = chance.choice(slotted if slotted and chance.random() < _SLOTTED else fresh)
                return chosen, fill(chosen, slots)
        return None

    def said(self, intent: str) -> frozenset[str]:
        """All lines of a reaction, whatever the mood."""
        return frozenset(line for cell in self.lines.get(intent, {}).values() for line in cell)

    def intents(self) -> set[str]:
        """Everything there is a line for."""
        return set(self.lines)


_SLOTTED = 0.6
"""How often a line that repeats something of the learner's is taken where there is one."""


@cache
def fields(line: str) -> frozenset[str]:
    """The slots of a line."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(line) if name)


def fill(line: str, slots: Mapping[str, str]) -> str:
    """The line with its slots filled, with a capital where a slot begins a sentence."""
    filled = re.sub(r"\{(\w+)\}", lambda found: slots[found[1]], line)
    return re.sub(r"(?:^|(?<=[.?!] ))([a-z])", lambda found: found[1].upper(), filled)


@cache
def shipped_bank(role: str) -> Bank:
    """The bank of a role, from all files of it in knowledge/scenarios/lines."""
    return read_bank(role, sorted((SHIPPED / "lines").glob("*.yaml")))


def read_bank(role: str, paths: Sequence[Path]) -> Bank:
    """The lines of a role out of several files. Raises `ScenarioError` for a file with an unknown slot or mood."""
    lines: dict[str, dict[str, tuple[str, ...]]] = {}
    asks: dict[str, tuple[str, ...]] = {}
    for path in paths:
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # the safe loader
        if tree["role"] != role:
            continue
        asks |= {intent: tuple(said) for intent, said in tree.get("asks", {}).items()}
        for intent, moods in tree["lines"].items():
            cell = lines.setdefault(intent, {})
            for mood, said in moods.items():
                _check(path.name, intent, mood, said)
                cell[mood] = (*cell.get(mood, ()), *said)
    return Bank(role, lines, asks)


def _check(name: str, intent: str, mood: str, said: Sequence[str]) -> None:
    if mood not in MOODS:
        raise ScenarioError(f"{name}, {intent}: there is no mood {mood}", next_step=f"Use {', '.join(MOODS)}")
    for line in said:
        if unknown := fields(line) - SLOTS:
            raise ScenarioError(
                f"{name}, {intent}: there is no slot {', '.join(sorted(unknown))}",
                next_step=f"Use {', '.join(sorted(SLOTS))}",
            )
