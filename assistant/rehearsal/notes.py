"""What a line did: its moves, how he took it, which principle, and what would have done better at that moment."""

from dataclasses import dataclass
from typing import Any

from assistant.rehearsal.counterpart import Exchange
from assistant.rehearsal.moving import Moved
from assistant.rehearsal.scenario import Scenario
from assistant.rehearsal.suggest import better_lines
from prompts import phrase

_WORTH, _BLAMED = 0.35, 0.5
_MATTERS = 0.9


@dataclass(frozen=True)
class Note:
    """`why` and `principles` say what moved him; `instead` has lines for this moment, none where it went well."""

    patience: float
    trust: float
    summary: str
    why: tuple[str, ...]
    principles: tuple[str, ...]
    instead: tuple[str, ...]
    matters: bool

    def as_contract(self) -> dict[str, Any]:
        """As the command line gives it."""
        return {
            "summary": self.summary, "patience": round(self.patience, 2), "trust": round(self.trust, 2),
            "why": list(self.why), "principles": list(self.principles), "instead": list(self.instead),
            "matters": self.matters,
        }  # fmt: skip


def note_on(exchange: Exchange, scenario: Scenario, said: list[str]) -> Note:
    """The note on one exchange; `said` is everything the learner has said, so that nothing of it is suggested."""
    felt = sorted(exchange.moved, key=_size, reverse=True)
    told = [each for each in felt if _size(each) >= 0.2][:2]
    change = sum(each.patience + each.trust for each in exchange.moved)
    good = change > 0 and not any(each.rule.first and each.weight >= 0.5 for each in told)
    instead = () if good else tuple(better_lines(scenario, exchange.before, said))
    return Note(
        patience=exchange.after.patience - exchange.before.patience,
        trust=exchange.after.trust - exchange.before.trust,
        summary=phrase("rehearsal", _summary(change, exchange)),
        why=tuple(each.rule.why for each in told),
        principles=tuple(dict.fromkeys(each.rule.principle for each in told)),
        instead=instead,
        matters=abs(change) >= _MATTERS or exchange.after.end is not None or bool(_gained(exchange)),
    )


def _size(moved: Moved) -> float:
    """How much is to be said of it: nobody is blamed for what was hardly heard."""
    worth = _BLAMED if moved.patience + moved.trust < 0 else _WORTH
    return abs(moved.patience) + abs(moved.trust) if moved.weight >= worth else 0.0


def _gained(exchange: Exchange) -> bool:
    return exchange.after.concern > max(1, exchange.before.concern)


def _summary(change: float, exchange: Exchange) -> str:
    if not exchange.moved:
        return "note-neutral"
    if change > 0.25:
        return "note-good"
    return "note-bad" if change < -0.25 else "note-mixed"
