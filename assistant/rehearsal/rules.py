"""The rules by which a line moves the counterpart: read from a file that a coach can read too."""

from functools import cache
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from assistant.rehearsal.files import SHIPPED
from assistant.rehearsal.scenario import Level, Manner, Seat
from knowledge.principles import PRINCIPLES


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Part):
    """A sign in the learner's line, and how far it moves patience and trust when it is sure."""

    id: str
    sign: str
    seat: Seat | None = None
    patience: float = 0
    trust: float = 0
    says: str | None = None
    first: bool = False
    cause: bool = False
    gift: bool = False
    principle: str
    why: str


class LevelFigures(_Part):
    """Patience at the start, what is added to the trust that facts and endings need, failed closes, turns of his worry."""

    patience: float
    guard: float
    closes: int
    cues: tuple[int, ...]
    more_trust: float


class MannerFigures(_Part):
    """Trust at the start, and patience beside that of the level."""

    trust: float
    patience: float


class Clock(_Part):
    """Minutes: what an exchange takes, what clarity buys, and when he mentions the time."""

    turn: float
    words: float = Field(gt=0)
    bought: float
    most_bought: float
    warning: float


class Wary(_Part):
    """Trust that an agreement needs beside that of the level: by chair, and for each time he was passed over after some."""

    seats: dict[Seat, float]
    past: float
    past_free: int


class Gift(_Part):
    """What something that was brought along counts for where nothing that he said called for it: a share, by chair."""

    unasked: dict[Seat, float]


class Rules(_Part):
    """All of it."""

    wary: Wary
    gift: Gift
    levels: dict[Level, LevelFigures]
    manners: dict[Manner, MannerFigures]
    clock: Clock
    mirror: dict[str, str]
    rules: tuple[Rule, ...]

    def more_trust(self, level: Level, seat: Seat, past: int) -> float:
        """Trust beyond what an ending names, where the learner went past what was said `past` times."""
        passed = self.wary.past * max(0, past - self.wary.past_free)
        return self.levels[level].more_trust + self.wary.seats.get(seat, 0.0) + passed

    def of(self, seat: str) -> tuple[Rule, ...]:
        """The rules that hold in this chair, in the order of the file, each with the principle it serves there."""
        mirror = self.mirror if seat == "sales-vp" else {}
        return tuple(
            rule.model_copy(update={"principle": mirror.get(rule.principle, rule.principle)})
            for rule in self.rules
            if rule.seat in {None, seat}
        )


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def shipped_rules() -> Rules:
    """The rules in knowledge/scenarios/rules.yaml. Raises ValueError where one serves no known principle."""
    text = (SHIPPED / "rules.yaml").read_text(encoding="utf-8")
    rules = Rules.model_validate(yaml.load(text, Loader=_LOADER))  # noqa: S506  # the safe loader
    known = set(PRINCIPLES)
    if unknown := [rule.id for rule in rules.rules if rule.principle not in known]:
        raise ValueError(f"these rules serve no known principle: {', '.join(unknown)}")
    return rules
