"""How well names are masked (`counterpart eval redaction`) and retellings are found (`counterpart eval duplicates`).

The stories were written for this. Of those with names, odd ones are `dev` (looked at while tuning), even ones `held-out`
(only measured); retellings lie in a file for each half.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from assistant.evals.advice import CASES, Half
from assistant.stories.duplicates import CANDIDATES, WORTH_READING
from assistant.stories.redact import NameList, find_spans
from assistant.stories.redact import read_names as names_in
from assistant.stories.same_event import EmbedWords, SameEvent, likeliest

ORDERS = 6
"""In so many orders of chance are stories entered."""
Embed = Callable[[Sequence[str]], NDArray[np.float32]]
_PLANTED = re.compile(r"\{([pcPCetlam]):([^{}]+)\}")
_KINDS = {
    "p": "unseen person", "c": "unseen company", "P": "listed", "C": "listed",
    "e": "patterned", "t": "patterned", "l": "patterned", "a": "patterned", "m": "confidential amount",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """A story with identities in it: where each stands (`start`, `end`) and of what kind it is."""

    text: str
    identities: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class RedactionReport:
    """Shares of planted identities that were masked in whole, by kind; false masks for each story."""

    half: Half
    stories: int
    planted: dict[str, int]
    found: dict[str, float]
    listed_or_patterned: float
    unseen: float
    false_masks_per_story: float
    failures: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DuplicatesReport:
    """Pairs that were told as the same event, against those that are: each judged alone, and as entry names them."""

    half: Half
    stories: int
    retold: int
    pairs_judged: int
    precision: float
    recall: float
    f1: float
    at_entry_precision: float
    at_entry_recall: float
    at_entry_f1: float
    failures: list[dict[str, str]] = field(default_factory=list)


def read_planted(half: Half) -> list[Planted]:
    """The stories of one half, with their marks taken out of the text."""
    lines = (CASES / "redaction.txt").read_text(encoding="utf-8").splitlines()
    return [_planted(line) for line in _half(lines, half)]


def read_names() -> NameList:
    """The names that the workspace of these stories lists."""
    return names_in((CASES / "redaction-names.txt").read_text(encoding="utf-8"))


def evaluate_redaction(stories: Sequence[Planted], names: NameList, *, half: Half) -> RedactionReport:
    """Mask every story. An identity counts as found only if each of its letters is covered."""
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    failures = []
    wrong = 0
    for story in stories:
        spans = find_spans(story.text, names=names)
        covered = {at for span in spans for at in range(span.start, span.end)}
        for start, end, kind in story.identities:
            planted[kind] += 1
            if {at for at in range(start, end) if story.text[at].isalnum()} <= covered:
                found[kind] += 1
            else:
                failures.append({"missed": story.text[start:end], "kind": kind, "text": story.text})
        for span in spans:
            if not any(start < span.end and span.start < end for start, end, _ in story.identities):
                wrong += 1
                failures.append({"masked": span.text, "kind": span.kind, "text": story.text})
    sure, unseen = ("listed", "patterned"), ("unseen person", "unseen company")
    return RedactionReport(
        half=half,
        stories=len(stories),
        planted=dict(sorted(planted.items())),
        found={kind: round(found[kind] / count, 4) for kind, count in sorted(planted.items())},
        listed_or_patterned=_share(sum(found[each] for each in sure), sum(planted[each] for each in sure)),
        unseen=_share(sum(found[each] for each in unseen), sum(planted[each] for each in unseen)),
        false_masks_per_story=_share(wrong, len(stories)),
        failures=failures,
    )


def read_events(half: Half) -> list[tuple[str, str, str]]:
    """Events of one half: told, told again, and another event at the same account."""
    blocks = (CASES / f"duplicates-{half}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    return [(lines[0], lines[1], lines[2]) for lines in map(str.splitlines, blocks)]


def nearest_pairs(events: Sequence[tuple[str, str, str]], embed: Embed) -> list[tuple[str, str, float, bool]]:
    """Pairs as entry compares them, each story with its nearest: their similarity, and whether they are one event."""
    texts = [text for event in events for text in event]
    vectors = embed(texts)
    near = vectors @ vectors.T
    pairs = set()
    for at in range(len(texts)):
        order = [int(each) for each in np.argsort(-near[at]) if each != at][:CANDIDATES]
        pairs |= {(min(at, each), max(at, each)) for each in order}
    retold = {(3 * number, 3 * number + 1) for number in range(len(events))}
    assert retold <= set(combinations(range(len(texts)), 2))  # noqa: S101  # the layout of `texts`
    return [(texts[a], texts[b], float(near[a, b]), (a, b) in retold) for a, b in sorted(pairs | retold)]


def at_entry(
    probable: Mapping[tuple[str, str], float], events: Sequence[tuple[str, str, str]], threshold: float
) -> tuple[float, float, float]:
    """Precision, recall and F1 of what is named when stories are entered one by one, over several orders of chance.

    `probable` has each pair that entry would compare; any other is taken for two events.
    """
    event = {text: number for number, each in enumerate(events) for text in each[:2]}
    near: dict[str, dict[str, float]] = {}
    for (one, other), chance in probable.items():
        near.setdefault(one, {})[other] = near.setdefault(other, {})[one] = chance
    texts, right, named = [text for each in events for text in each], 0, 0
    for seed in range(ORDERS):
        there: set[str] = set()
        for at in np.random.default_rng(seed).permutation(len(texts)):
            new = texts[at]
            met = [text for text in near.get(new, ()) if text in there]
            best = likeliest(
                [near[new][text] for text in met],
                lambda best, met=met: [near[met[best]].get(text, 0.0) for text in met],  # type: ignore[misc]  # bound now
                threshold,
            )
            there.add(new)
            if best is not None:
                named += 1
                right += new in event and event[new] == event.get(met[best])
    precision, recall = _share(right, named), _share(right, ORDERS * len(events))
    return precision, recall, _harmonic(precision, recall)


def evaluate_duplicates(
    events: Sequence[tuple[str, str, str]], embed: Embed, embed_words: EmbedWords, *, half: Half
) -> DuplicatesReport:
    """Judge every pair that entry would compare."""
    pairs, judge = nearest_pairs(events, embed), SameEvent.load()
    texts = [text for event in events for text in event]
    words = dict(zip(texts, embed_words(texts), strict=True))
    probable = {
        (one, other): judge(one, other, words[one], words[other]) if near >= WORTH_READING else 0.0
        for one, other, near, _ in pairs
    }
    judged = [(one, other, same, probable[one, other] >= judge.threshold) for one, other, _, same in pairs]
    right = sum(same and told for _, _, same, told in judged)
    told_same = sum(told for *_, told in judged)
    precision, recall = _share(right, told_same), _share(right, len(events))
    failures = [
        {"kind": "missed" if same else "taken for one", "one": one, "other": other}
        for one, other, same, told in judged
        if same != told
    ]
    entered = at_entry(probable, events, judge.threshold)
    return DuplicatesReport(
        half=half,
        stories=3 * len(events),
        retold=len(events),
        pairs_judged=len(pairs),
        precision=precision,
        recall=recall,
        f1=_harmonic(precision, recall),
        at_entry_precision=entered[0],
        at_entry_recall=entered[1],
        at_entry_f1=entered[2],
        failures=failures,
    )


def _planted(line: str) -> Planted:
    text, identities, at = "", [], 0
    for mark in _PLANTED.finditer(line):
        text += line[at : mark.start()]
        identities.append((len(text), len(text) + len(mark[2]), _KINDS[mark[1]]))
        text += mark[2]
        at = mark.end()
    return Planted(text + line[at:], tuple(identities))


def _half(items: Sequence[str], half: Half) -> Sequence[str]:
    return items[::2] if half == "dev" else items[1::2]


def _harmonic(precision: float, recall: float) -> float:
    whole = precision + recall
    return round(2 * precision * recall / whole, 4) if whole else 0.0


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
