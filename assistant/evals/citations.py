"""How well the check tells claims that a passage bears out from claims that it does not: `counterpart eval citations`.

The pairs were written for this, each against a passage of the shipped playbook. They come in two files: `dev` (looked at
while tuning) and `held-out` (only ever measured, and by another writer; of the same cards, in other words).
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from assistant.advice.check import Check, Floats, Source
from assistant.advice.wording import source_lines, who_is_who
from assistant.evals.advice import CASES, Half
from knowledge.cards import Card, passage_name

Label = Literal["supported", "number", "negation", "swap", "opposite", "wrong", "elsewhere"]
LABELS: tuple[Label, ...] = get_args(Label)


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, the passage that it names, what the user had said, and whether the passage bears it out."""

    passage: str
    label: Label
    said: str
    claim: str


@dataclass(frozen=True, slots=True)
class CitationReport:
    """Counts and rates. A false accept is an unsupported claim that passed; a false reject a supported one that did not.

    `passed_by_rules` says what part of each kind the rules alone would let pass, without what was learned.
    """

    half: Half
    pairs: int
    supported: int
    false_rejects: float
    false_accepts: float
    false_accepts_by_kind: dict[str, float]
    counts: dict[str, int]
    passed_by_rules: dict[str, float]
    failures: list[dict[str, str]] = field(default_factory=list)


def read_pairs(half: Half) -> list[Pair]:
    """The pairs of one half, in the order of the file."""
    with (CASES / f"citations-{half}.tsv").open(encoding="utf-8", newline="") as opened:
        rows = csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Pair(r["passage"], _label(r["label"]), r["said"], r["claim"]) for r in rows]


def evaluate_citations(
    cards: Mapping[str, Card],
    pairs: Sequence[Pair],
    *,
    half: Half,
    embed: Callable[[Sequence[str]], Floats],
    progress: Callable[[str, int, int], None],
) -> CitationReport:
    """Judge every pair."""
    wrong: dict[Label, list[Pair]] = {label: [] for label in LABELS}
    failures, ruled = [], dict.fromkeys(LABELS, 0)
    for number, pair in enumerate(pairs):
        progress("Judging", number, len(pairs))
        check = check_of(cards, pair, embed)
        found = check.judge_segment(pair.claim, [1])
        passed, why = found.passed, f"{found.why} {found.word or ''} {found.score}".strip()
        ruled[pair.label] += check.ruled(pair.claim, [1]).passed
        if passed != (pair.label == "supported"):
            wrong[pair.label].append(pair)
            failures.append({"passage": pair.passage, "label": pair.label, "why": why, "claim": pair.claim})
    counts = {label: sum(pair.label == label for pair in pairs) for label in LABELS}
    unsupported = len(pairs) - counts["supported"]
    accepted = sum(len(found) for label, found in wrong.items() if label != "supported")
    return CitationReport(
        half=half,
        pairs=len(pairs),
        supported=counts["supported"],
        false_rejects=_rate(len(wrong["supported"]), counts["supported"]),
        false_accepts=_rate(accepted, unsupported),
        false_accepts_by_kind={
            label: _rate(len(wrong[label]), counts[label]) for label in LABELS if label != "supported"
        },
        counts={str(label): count for label, count in counts.items()},
        passed_by_rules={label: _rate(ruled[label], counts[label]) for label in LABELS},
        failures=failures,
    )


def check_of(cards: Mapping[str, Card], pair: Pair, embed: Callable[[Sequence[str]], Floats]) -> Check:
    """The check of the one passage that a pair names, as number 1."""
    card = cards[pair.passage.partition("#")[0]]
    section = next(s for s in card.sections if passage_name(card.id, s.heading) == pair.passage)
    source = Source(1, section.text, source_lines(section.text))
    return Check([source], embed=embed, said=pair.said, same=who_is_who(card.about.audience[0]))


def _label(name: str) -> Label:
    return next(label for label in LABELS if label == name)


def _rate(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
