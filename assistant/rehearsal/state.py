"""What the counterpart feels and knows at one moment. Every turn makes a new state; none is ever changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.rehearsal.rules import Rules
from assistant.rehearsal.scenario import Depth, Item, Level, Scenario

Outcome = Literal["agreed", "good_ending", "no_agreement", "walked_out"]
EndedBy = Literal["learner", "counterpart", "time"]
MOST_PATIENCE, MOST_TRUST, MOST_RISE = 10.0, 5.0, 1.0


@dataclass(frozen=True)
class End:
    """How a meeting ended; `ending` is an id of the scenario, or the kind of an end that came to nothing."""

    outcome: Outcome
    ending: str
    by: EndedBy


@dataclass(frozen=True)
class State:
    """Patience 0-10, trust 0-5, minutes left; what is on the table; what waits for an answer; what was said."""

    patience: float
    trust: float
    minutes: float
    turn: int = 0
    told: Mapping[str, Depth] = field(default_factory=dict)
    known: frozenset[Item] = frozenset()
    named: Mapping[Item, str] = field(default_factory=dict)
    figures: Mapping[Item, float] = field(default_factory=dict)
    topic: str | None = None
    pending: str | None = None
    asked: str | None = None
    open: tuple[str, ...] = ()
    eased: frozenset[str] = frozenset()
    raised: Mapping[str, int] = field(default_factory=dict)
    concern: int = 0
    cue: str | None = None
    cues: int = 0
    techniques: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    bought: float = 0.0
    warned: bool = False
    used: frozenset[str] = frozenset()
    his: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    reacted: bool = False
    end: End | None = None

    @property
    def clarity(self) -> frozenset[Item]:
        """What is on the table of: who, which number, from, to, by when, who does what."""
        return self.known | set(self.named)

    @property
    def mood(self) -> str:
        """cold, neutral or warm: which lines he takes."""
        if self.patience < 3 or self.trust < 0.4:
            return "cold"
        return "warm" if self.trust >= 2.2 and self.patience >= 4 else "neutral"

    def count(self, name: str) -> int:
        """How often something has happened."""
        return self.counts.get(name, 0)

    def counted(self, name: str, by: int = 1) -> Mapping[str, int]:
        """The counts with one more of `name`."""
        return {**self.counts, name: self.count(name) + by}


def first_state(scenario: Scenario, level: Level, rules: Rules) -> State:
    """Before the first word."""
    figures, manner = rules.levels[level], rules.manners[scenario.counterpart.manner]
    return State(
        patience=figures.patience + manner.patience,
        trust=max(0.0, manner.trust - min(0.5, figures.guard)),
        minutes=float(scenario.minutes_at(level)),
    )
