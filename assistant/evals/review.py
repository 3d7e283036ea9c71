"""How good the findings of a review are, on transcripts whose findings somebody wrote down.

A returned gap is right where a labelled one has the same type and shares a line with it; those of a whole conversation,
by their type alone. Strengths are counted likewise, where a case lists them.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import InputRefusedError
from assistant.review.findings import Finding
from assistant.review.marks import Reader
from assistant.review.review import review
from assistant.review.transcript import Transcript, Turn
from knowledge.cards import Card
from knowledge.progress import Progress, silent

CASES = Path(__file__).parent / "cases" / "review"
DECIDING = (
    "solution_before_outcome", "order_taken", "no_owner_or_date", "persuading_in_series", "candour_dodged",
)  # fmt: skip
WHOLE_TALK = frozenset({"no_owner_or_date", "no_outcome_named", "no_group_named", "no_story"})


@dataclass(frozen=True)
class ReviewCase:
    """A transcript with roles, and the findings that a careful reader listed; `strengths` is None where none were."""

    name: str
    transcript: Transcript
    roles: Mapping[str, str | None]
    gaps: tuple[tuple[str, frozenset[str]], ...]
    strengths: tuple[tuple[str, frozenset[str]], ...] | None


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


PARTS = ("dev", "held-out", "good")
"""Those for development; those that nothing was tuned on; and talks that go well, kept back likewise."""


def read_cases(folder: Path = CASES / "dev") -> list[ReviewCase]:
    """Every `.json` and `.jsonl` file of a folder. Raises `InputRefusedError` for one that cannot be read."""
    found = sorted(path for path in folder.glob("*") if path.suffix in (".json", ".jsonl"))
    if not found:
        raise InputRefusedError(
            f"There are no cases in {folder}", next_step="Name a folder of labelled transcripts"
        )
    return [_case(path) for path in found]


def evaluate_review(
    cases: Sequence[ReviewCase],
    *,
    recogniser: Reader,
    cards: Mapping[str, Card],
    progress: Progress | None = None,
) -> ReviewReport:
    """Review every case and compare with its labels."""
    tell = progress or silent
    tally, gaps = _Tally(), set[str]()
    for done, case in enumerate(cases):
        tell("Reviewing", done, len(cases))
        made = review(case.transcript, recogniser=recogniser, cards=cards, roles=case.roles)
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

    def count(self, name: str, found: Sequence[Finding], told: Sequence[tuple[str, frozenset[str]]]) -> None:
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


def _same(found: Finding, gold: tuple[str, frozenset[str]]) -> bool:
    kind, turns = gold
    return found.type == kind and (kind in WHOLE_TALK or bool(turns & set(found.turn_ids)))


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


def _case(path: Path) -> ReviewCase:
    """A `.json` file holds `turns`, `gold` and `strengths`; a `.jsonl` one an utterance a line and one of `findings`.

    Roles stand in each utterance, or by speaker in `roles` beside the findings.
    """
    try:
        given = _from_lines(path) if path.suffix == ".jsonl" else json.loads(path.read_text(encoding="utf-8"))
        turns = tuple(Turn(each["id"], each["speaker"], each["text"]) for each in given["turns"])
        roles = {each["speaker"]: each.get("role") for each in given["turns"]}
        strengths = given.get("strengths")
        return ReviewCase(
            name=path.stem,
            transcript=Transcript(path.name, "labelled", turns),
            roles={name: role if role != "other" else None for name, role in roles.items()},
            gaps=_told(given["gold"]),
            strengths=None if strengths is None else _told(strengths),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputRefusedError(
            f"{path.name} is no labelled transcript: {error}", next_step="Mend it"
        ) from error


def _from_lines(path: Path) -> dict[str, Any]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    labels = next((row for row in rows if "findings" in row), None)
    if labels is None:
        raise ValueError("no line says what its findings are")
    roles = labels.get("roles", {})
    turns = [{"role": roles.get(row["speaker"]), **row} for row in rows if "text" in row]
    told = {"turns": turns, "gold": labels["findings"]}
    return told | ({"strengths": labels["strengths"]} if "strengths" in labels else {})


def _told(rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((row["type"], frozenset(row["turn_ids"])) for row in rows)
