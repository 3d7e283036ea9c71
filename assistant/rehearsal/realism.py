"""How realistic counterparts are: who reaches a good ending, over scenarios, levels and seeds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.rehearsal.learners import KINDS, learner
from assistant.rehearsal.room import Room
from assistant.rehearsal.scenario import LEVELS, Level, Scenario

SEEDS = 20
BARS: dict[str, tuple[float, float]] = {
    "partner": (0.85, 1.0), "deaf": (0.0, 0.35), "blunt": (0.40, 0.70), "questioner": (0.0, 0.35),
    "order-taker": (0.0, 0.05), "reflector": (0.0, 0.15), "salad": (0.0, 0.15), "pusher": (0.0, 0.05),
}  # fmt: skip
"""Share of good endings on the normal level, from at least to at most."""


@dataclass(frozen=True)
class Cell:
    """Sessions of one learner in one scenario at one level: how many ended well, mean trust at the end, mean turns."""

    scenario: str
    level: Level
    kind: str
    sessions: int
    good: int
    walked_out: int
    trust: float
    turns: float
    within_minutes: bool

    @property
    def share(self) -> float:
        """Good endings among all."""
        return self.good / self.sessions if self.sessions else 0.0


@dataclass(frozen=True)
class Row:
    """One learner over all scenarios at one level, beside the bars of the normal level."""

    kind: str
    level: Level
    sessions: int
    share: float
    walked_out: float
    trust: float
    turns: float
    least: float
    most: float

    @property
    def holds(self) -> bool:
        """Whether the share lies where it should; bars are meant for the normal level."""
        return self.least <= self.share <= self.most


def measure(
    room: Room,
    scenarios: Sequence[Scenario],
    *,
    levels: Sequence[Level] = LEVELS,
    kinds: Sequence[str] = KINDS,
    seeds: int = SEEDS,
    report: Callable[[str, int, int], None] = lambda *_: None,
) -> list[Cell]:
    """Every learner in every scenario at every level, `seeds` sessions each."""
    wanted = [(each, level, kind) for each in scenarios for level in levels for kind in kinds]
    found = []
    for at, (scenario, level, kind) in enumerate(wanted):
        report(f"{scenario.id} {level}", at, len(wanted))
        found.append(_cell(room, scenario, level, kind, seeds))
    return found


def _cell(room: Room, scenario: Scenario, level: Level, kind: str, seeds: int) -> Cell:
    who = learner(kind)
    played = [
        who.play(room.enter_with(scenario, level=level, seed=seed), seed) for seed in range(1, seeds + 1)
    ]
    ends = [each.end for each in played]
    return Cell(
        scenario=scenario.id, level=level, kind=kind, sessions=len(played),
        good=sum(end is not None and end.outcome in {"agreed", "good_ending"} for end in ends),
        walked_out=sum(end is not None and end.outcome == "walked_out" for end in ends),
        trust=sum(each.state.trust for each in played) / len(played),
        turns=sum(len(each.exchanges) for each in played) / len(played),
        within_minutes=all(each.state.minutes >= 0 for each in played),
    )  # fmt: skip


def rows(cells: Iterable[Cell]) -> list[Row]:
    """One row for each learner and level."""
    groups: dict[tuple[str, Level], list[Cell]] = {}
    for cell in cells:
        groups.setdefault((cell.kind, cell.level), []).append(cell)
    return [_row(kind, level, group) for (kind, level), group in groups.items()]


def _row(kind: str, level: Level, group: Sequence[Cell]) -> Row:
    sessions = sum(cell.sessions for cell in group)

    def mean(values: Iterable[float]) -> float:
        return sum(values) / len(group)

    least, most = BARS[kind]
    return Row(
        kind=kind, level=level, sessions=sessions, share=sum(cell.good for cell in group) / sessions,
        walked_out=sum(cell.walked_out for cell in group) / sessions, trust=mean(cell.trust for cell in group),
        turns=mean(cell.turns for cell in group), least=least, most=most,
    )  # fmt: skip
