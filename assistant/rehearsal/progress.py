"""How rehearsals go on over time: what changed since the last one of a meeting, and each principle over all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.records import RehearsalRecord
from assistant.rehearsal.debrief import Debrief
from assistant.rehearsal.state import End
from prompts import phrase

_LATELY = 8
Kept = Mapping[str, Sequence[str]]
"""Checks as they are kept with a rehearsal: principle and result by id."""


@dataclass(frozen=True)
class Change:
    """A check that turned out otherwise than the last time."""

    check: str
    better: bool

    @property
    def text(self) -> str:
        """The check in words."""
        return phrase("rehearsal", f"check-{self.check}")


@dataclass(frozen=True)
class Step:
    """One principle: `yes` of `asked` checks held; `lately` is the share in each of the last rehearsals, oldest first."""

    principle: str
    yes: int
    asked: int
    lately: tuple[float, ...]


def kept(end: End, done: Debrief) -> dict[str, Any]:
    """What is written down of a meeting that is over."""
    checks = {check.check: [check.principle, check.result] for check in done.checks}
    return {"ending": end.ending, "by": end.by, "checks": checks}


def checks_of(record: RehearsalRecord) -> Kept:
    """The checks that were kept with a rehearsal; none for one that is not over."""
    found = record.detail.get("checks")
    return found if isinstance(found, Mapping) else {}


def last_time(records: Sequence[RehearsalRecord], record: RehearsalRecord) -> RehearsalRecord | None:
    """The rehearsal of the same meeting that ended last before this one began."""
    before = [
        each
        for each in records
        if each.scenario == record.scenario
        and each.id != record.id
        and each.outcome is not None
        and each.created_at < record.created_at
        and checks_of(each)
    ]
    return max(before, key=lambda each: each.created_at, default=None)


def changes(before: Kept, now: Kept) -> list[Change]:
    """What turned out otherwise; a check that did not come up in one of them says nothing."""
    both = [(name, before[name][1], now[name][1]) for name in now if name in before]
    return [Change(name, is_ == "yes") for name, was, is_ in both if {was, is_} == {"yes", "no"}]


def steps(records: Sequence[RehearsalRecord]) -> list[Step]:
    """Every principle that was asked about, over all rehearsals that are over, the weakest first."""
    over = sorted((each for each in records if checks_of(each)), key=lambda each: each.created_at)
    by_principle: dict[str, list[tuple[int, int]]] = {}
    for record in over:
        for principle, (yes, asked) in _counted(checks_of(record)).items():
            by_principle.setdefault(principle, []).append((yes, asked))
    found = [
        Step(
            principle, sum(yes for yes, _ in each), sum(asked for _, asked in each),
            tuple(yes / asked for yes, asked in each[-_LATELY:]),
        )
        for principle, each in by_principle.items()
    ]  # fmt: skip
    return sorted(found, key=lambda step: (step.yes / step.asked, step.principle))


def _counted(checks: Kept) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for principle, result in checks.values():
        if result in {"yes", "no"}:
            yes, asked = found.get(principle, (0, 0))
            found[principle] = yes + (result == "yes"), asked + 1
    return found
