"""How good the findings of a review are, on transcripts whose findings somebody wrote down.

A returned gap is right where a labelled one has the same type and shares a line with it; those of a whole conversation,
by their type alone. Strengths are counted likewise, where a case lists them.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.review.findings import WHOLE_TALK, Finding, Judge
from assistant.review.labelled import LabelledTalk, Told
from assistant.review.marks import Reader
from assistant.review.review import review
from knowledge.cards import Card
from knowledge.progress import Progress, silent

HELD_OUT = Path(__file__).parent / "cases" / "review" / "held-out"
DECIDING = (
    "solution_before_outcome", "order_taken", "no_owner_or_date", "persuading_in_series", "candour_dodged",
)  # fmt: skip


@dataclass(frozen=True)
class TypeQuality:
    """Right, wrongly returned, and missed findings of one type."""

    type: str
    right: int
    wrong: int
    missed: int
    precision: float | None
    recall: float | None


@dataclass(frozen=True)
class ReviewReport:
    """Precision over all returned findings, and over gaps alone; recall over the five gaps that decide a meeting."""

    cases: int
    precision: float | None
    gap_precision: float | None
    deciding_recall: float | None
    types: list[TypeQuality]
    mistakes: list[str]


def evaluate_review(
    cases: Sequence[LabelledTalk],
    *,
    recogniser: Reader,
    cards: Mapping[str, Card],
    judge: Callable[[LabelledTalk], Judge | None] = lambda _: None,
    progress: Progress | None = None,
) -> ReviewReport:
    """Review every case and compare with its labels; `judge` gives the models that may read a case."""
    tell = progress or silent
    tally, gaps = _Tally(), set[str]()
    for done, case in enumerate(cases):
        tell("Reviewing", done, len(cases))
        made = review(
            case.transcript, recogniser=recogniser, cards=cards, roles=case.roles, judge=judge(case)
        )
        for kind, told in (("gap", case.gaps), ("strength", case.strengths)):
            if told is None:
                continue
            found = [each for each in made.findings if each.kind == kind]
            if kind == "gap":
                gaps |= {each.type for each in found} | {name for name, _ in told}
            tally.count(case.name, found, told)
    return _report(len(cases), gaps, tally)


@dataclass
class _Tally:
    """What was right, wrong and missed so far, by type, and a line for each mistake."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)

    def count(self, name: str, found: Sequence[Finding], told: Sequence[Told]) -> None:
        """Compare what was found in one case with what is there."""
        open_ones = list(told)
        for each in found:
            match = next((gold for gold in open_ones if _same(each, gold)), None)
            if match is None:
                self.wrong[each.type] += 1
                self.mistakes.append(f"{name}: {each.type} at {each.turn_ids[0]} is not there")
            else:
                self.right[each.type] += 1
                open_ones.remove(match)
        for kind, turns in open_ones:
            self.missed[kind] += 1
            self.mistakes.append(f"{name}: {kind} at {min(turns, default='?')} was missed")


def _same(found: Finding, gold: Told) -> bool:
    kind, turns = gold
    return found.type == kind and (kind in WHOLE_TALK or bool(set(turns) & set(found.turn_ids)))


def _report(cases: int, gaps: set[str], tally: _Tally) -> ReviewReport:
    right, wrong, missed = tally.right, tally.wrong, tally.missed
    names = sorted(right.keys() | wrong.keys() | missed.keys(), key=lambda name: (name not in DECIDING, name))
    rows = [
        TypeQuality(
            name, right[name], wrong[name], missed[name],
            _share(right[name], right[name] + wrong[name]), _share(right[name], right[name] + missed[name]),
        )
        for name in names
    ]  # fmt: skip
    of_gaps = [each for each in rows if each.type in gaps]
    deciding = [each for each in rows if each.type in DECIDING]
    return ReviewReport(
        cases=cases,
        precision=_share(sum(right.values()), sum(right.values()) + sum(wrong.values())),
        gap_precision=_share(sum(e.right for e in of_gaps), sum(e.right + e.wrong for e in of_gaps)),
        deciding_recall=_share(sum(e.right for e in deciding), sum(e.right + e.missed for e in deciding)),
        types=rows,
        mistakes=tally.mistakes,
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
