"""How much of a paragraph after a meeting is read, and how much is read into it, on paragraphs with labelled items.

A promise is right where a labelled one has the same owner and the same day (or none) and their stretches overlap. Other
items are right where a labelled one of their kind overlaps. A second find in the
stretch of one that is labelled once is wrong. Invented is an item that is not verbatim in the paragraph, or a promise
where the labels know of none.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant.debrief.apart import take_apart
from assistant.debrief.finding import Stretch
from assistant.debrief.owners import COUNTERPART
from assistant.debrief.promises import attribute
from assistant.debrief.read import Debrief, Found, read_debrief
from assistant.debrief.training import EXAMPLES, learn, read_lessons
from assistant.debrief.weigh import Weights
from assistant.errors import InputRefusedError

CASES = Path(__file__).parent / "cases" / "debrief"
PARTS = ("unseen", "given", "held-out")
"""Each writer's paragraphs by what was learnt from the others', and those of a writer who was only measured;
given: whose and which day where the stretch is given, which asks nothing of the weights but the last word on whose."""
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
KINDS = {
    "quote": "said",
    "outcome": "outcome",
    "tried": "tried",
    "refused": "refused",
    "story": "story",
    "felt": "felt",
}
_OVERLAP = 0.4


@dataclass(frozen=True)
class DebriefCase:
    """A paragraph, who wrote it when, and what a careful reader found in it."""

    id: str
    text: str
    written: date
    teller: Any
    counterpart: str | None
    promises: tuple[Mapping[str, Any], ...]
    others: Mapping[str, tuple[str, ...]]
    traps: tuple[str, ...]
    writer: str


@dataclass(frozen=True)
class Share:
    """Right, wrongly returned and missed; precision, recall and F1 from them."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of what was returned, how much is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of what is labelled, how much was returned."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def as_contract(self) -> dict[str, float]:
        """For programs."""
        return {
            "right": self.right, "wrong": self.wrong, "missed": self.missed,
            "precision": self.precision, "recall": self.recall, "f1": self.f1,
        }  # fmt: skip


@dataclass(frozen=True)
class DebriefReport:
    """`promises` with owner and day, `spotted` whatever owner and day; `english` the former without other languages."""

    cases: int
    items: int
    promises: Share
    spotted: Share
    english: Share
    invented: int
    kinds: Mapping[str, Share]
    mistakes: tuple[str, ...]

    def as_contract(self) -> dict[str, Any]:
        """For programs."""
        return {
            "cases": self.cases, "items": self.items, "promises": self.promises.as_contract(),
            "spotted": self.spotted.as_contract(), "english": self.english.as_contract(),
            "invented": self.invented, "invented_share": self.invented / max(1, self.items),
            "kinds": {name: share.as_contract() for name, share in self.kinds.items()},
        }  # fmt: skip


def read_cases(path: Path) -> list[DebriefCase]:
    """The cases of a file, or of every file in a folder. Raises `InputRefusedError` for one that cannot be read."""
    try:
        files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        rows = [
            (row, file.stem)
            for file in files
            for row in yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506  # a safe loader
        ]
        return [_case(row, writer) for row, writer in rows]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise InputRefusedError(
            f"{path} holds no labelled paragraphs ({error})", next_step="See docs/debrief.md for the format"
        ) from error


def evaluate_debrief(
    cases: Sequence[DebriefCase], *, weights: Callable[[DebriefCase], Weights] | None = None
) -> DebriefReport:
    """Read every paragraph, with the shipped weights or those that `weights` gives for it, and compare."""
    whole, spotted, english = _Count(), _Count(), _Count()
    kinds = {name: _Count() for name in KINDS}
    items, invented, mistakes = 0, 0, list[str]()
    for case in cases:
        read = read_debrief(
            case.text, teller=case.teller, counterpart=case.counterpart, today=case.written,
            weights=weights(case) if weights else None,
        )  # fmt: skip
        promises = [each for each in read.items if each.kind == "promise"]
        items += len(read.items)
        unknown = _compare(case, read, promises, (whole, spotted, english), mistakes)
        invented += unknown + sum(each.heard not in read.text for each in read.items)
        for name, count in kinds.items():
            _overlapping(read, [each for each in read.items if each.kind == name], case.others[name], count)
    return DebriefReport(
        len(cases), items, whole.share, spotted.share, english.share, invented,
        {name: count.share for name, count in kinds.items()}, tuple(mistakes),
    )  # fmt: skip


def evaluate_unseen() -> DebriefReport:
    """Every example, read by weights that were learnt from the other writers' and the shipped thresholds."""
    lessons, shipped = read_lessons(), Weights.load()
    learnt = {
        writer: learn([each for each in lessons if each.writer != writer], thresholds=shipped.thresholds)
        for writer in sorted({each.writer for each in lessons})
    }
    return evaluate_debrief(read_cases(EXAMPLES), weights=lambda case: learnt[case.writer])


@dataclass(frozen=True)
class GivenReport:
    """Of `stretches` that labels name as promises, the shares whose owner, day, and both are right."""

    stretches: int
    owner: float
    day: float
    both: float

    def as_contract(self) -> dict[str, float]:
        """For programs."""
        return {"stretches": self.stretches, "owner": self.owner, "day": self.day, "both": self.both}


def evaluate_given(cases: Sequence[DebriefCase]) -> GivenReport:
    """Whose each labelled stretch is and by which day, as it is read where somebody else found the stretch."""
    weights, right = Weights.load(), list[tuple[bool, bool]]()
    for case in cases:
        told = take_apart(case.text, teller=case.teller, counterpart=case.counterpart, today=case.written)
        odds = weights.odds(told.signs)
        for label in case.promises if "other-language" not in case.traps else ():
            start = told.text.casefold().find(label["span"].casefold())
            (read,) = attribute(told, [Stretch(start, start + len(label["span"]))], odds)
            right.append(
                (same_person(read.who or "", str(label["who"]), case.counterpart), read.due == label["by"])
            )
    count = max(1, len(right))
    owner, day, both = (sum(each) / count for each in zip(*((a, b, a and b) for a, b in right), strict=True))
    return GivenReport(len(right), owner, day, both)


@dataclass
class _Count:
    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, right: int, returned: int, labelled: int) -> None:
        self.right, self.wrong, self.missed = (
            self.right + right, self.wrong + returned - right, self.missed + labelled - right,
        )  # fmt: skip

    @property
    def share(self) -> Share:
        return Share(self.right, self.wrong, self.missed)


def _case(row: Mapping[str, Any], writer: str) -> DebriefCase:
    return DebriefCase(
        id=row["id"],
        text=row["text"].strip(),
        written=row["written"],
        teller=row["teller"],
        counterpart=row.get("counterpart"),
        promises=tuple(row.get("promises") or ()),
        others={name: _listed(row.get(label)) for name, label in KINDS.items()},
        traps=tuple(row.get("traps") or ()),
        writer=writer,
    )


def _listed(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (str(value),)


def _compare(
    case: DebriefCase,
    read: Debrief,
    found: Sequence[Found],
    counts: tuple[_Count, _Count, _Count],
    mistakes: list[str],
) -> int:
    """Count promises; returns how many overlap no labelled one."""
    left, right, seen = list(case.promises), 0, 0
    unknown: list[Found] = []
    for each in found:
        known = [label for label in case.promises if _overlaps(read.text, each.heard, label["span"])]
        if not known:
            unknown.append(each)
        near = [label for label in known if label in left]
        if not near:
            continue
        label = next((one for one in near if _agrees(each, one, case.counterpart)), near[0])
        left.remove(label)
        seen += 1
        right += _agrees(each, label, case.counterpart)
        if not _agrees(each, label, case.counterpart):
            mistakes.append(
                f"{case.id} read {each.who}, {each.due}; labelled {label['who']}, {label['by']}: {label['span']}"
            )
    mistakes += [f"{case.id} invented {each.who}, {each.due}: {each.heard}" for each in unknown]
    mistakes += [f"{case.id} missed {label['who']}, {label['by']}: {label['span']}" for label in left]
    whole, spotted, english = counts
    whole.add(right, len(found), len(case.promises))
    spotted.add(seen, len(found), len(case.promises))
    if "other-language" not in case.traps:
        english.add(right, len(found), len(case.promises))
    return len(unknown)


def _agrees(found: Found, label: Mapping[str, Any], counterpart: str | None) -> bool:
    return same_person(found.who or "", str(label["who"]), counterpart) and found.due == label["by"]


def same_person(found: str, labelled: str, counterpart: str | None) -> bool:
    """The same owner; of somebody else the name alone will do where the label tells more: Jo for “Ursel's deputy, Jo”.

    A label that names the counterpart means the counterpart.
    """
    one, other = found.casefold(), labelled.casefold()
    other = COUNTERPART if counterpart and other == counterpart.casefold() else other
    if one == other or {one, other} & {"me", "counterpart", "both", ""}:
        return one == other
    return set(re.findall(r"\w+", one)) <= set(re.findall(r"\w+", other))


def _overlapping(read: Debrief, found: Sequence[Found], labels: Sequence[str], count: _Count) -> None:
    left, right = list(labels), 0
    for each in found:
        if (near := next((one for one in left if _overlaps(read.text, each.heard, one)), None)) is not None:
            left.remove(near)
            right += 1
    count.add(right, len(found), len(labels))


def _overlaps(text: str, one: str, other: str) -> bool:
    """Whether two stretches share a good part of the shorter one."""
    a, b = text.find(one), text.find(other)
    if a < 0 or b < 0:
        return False
    shared = min(a + len(one), b + len(other)) - max(a, b)
    return shared > _OVERLAP * min(len(one), len(other))
