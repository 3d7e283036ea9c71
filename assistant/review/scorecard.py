"""Yes or no for each role, with the line; what was not seen is called so, and is no zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.review.findings import Finding

Result = Literal["yes", "no", "not_seen"]

_CHECKS = (
    # check, role, principle, types that show a yes, types that show a no
    ("Asked what should be different", "learning-executive", "le-2", ("outcome_asked",), ("order_taken",)),
    ("Played back what the VP said", "learning-executive", "le-2", ("played_back",), ("project_answer_to_outcome",)),
    ("Began with one group", "learning-executive", "le-1", ("small_start",), ("no_group_named",)),
    ("Spoke of the reality in the field", "learning-executive", "le-3", ("reality_named",), ()),
    ("Put the approach before the answer", "learning-executive", "le-4", ("approach_first",), ("solution_before_outcome",)),
    ("Met plain words without defence", "learning-executive", "le-5", ("candour_met",), ("candour_dodged", "persuading_in_series")),
    ("Named the outcome", "sales-vp", "sv-2", ("outcome_named",), ("order_given", "no_outcome_named")),
    ("Lent time, a name or access", "sales-vp", "sv-3", ("door_opened",), ()),
    ("Told a story from the field", "sales-vp", "sv-4", ("story_told",), ("no_story",)),
    ("Said plainly where progress is missing", "sales-vp", "sv-5", ("candour_said",), ()),
    ("Left a next step with who and when", "both", "sv-3", ("next_step_agreed",), ("no_owner_or_date",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """One question of the scorecard and what the transcript answers."""

    check: str
    role: str
    principle: str
    result: Result
    turn_ids: tuple[str, ...] = ()
    quote: str | None = None

    def as_contract(self) -> dict[str, object]:
        """As `counterpart review --json` gives it."""
        return {
            "check": self.check,
            "role": self.role,
            "principle": self.principle,
            "result": self.result,
            "turn_ids": list(self.turn_ids),
            "quote": self.quote,
        }


def scorecard_of(findings: Sequence[Finding]) -> tuple[Check, ...]:
    """Every check; a good move that was made counts, whatever else happened."""
    by_type = {finding.type: finding for finding in reversed(findings)}
    return tuple(_check(row, by_type) for row in _CHECKS)


def agreement(machine: Sequence[Check], person: Mapping[str, str]) -> tuple[int, int]:
    """On how many checks both say the same, of those that the person judged."""
    judged = [check for check in machine if check.check in person]
    return sum(check.result == person[check.check] for check in judged), len(judged)


def _check(row: tuple[str, str, str, tuple[str, ...], tuple[str, ...]], found: dict[str, Finding]) -> Check:
    check, role, principle, good, bad = row
    for result, types in (("yes", good), ("no", bad)):
        for kind in types:
            if kind in found:
                shown = found[kind]
                return Check(check, role, principle, result, shown.turn_ids, shown.quote)  # type: ignore[arg-type]  # yes or no
    return Check(check, role, principle, "not_seen")
