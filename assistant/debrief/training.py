"""`make debrief`: learns from labelled paragraphs what a stretch tells. The same paragraphs give the same weights.

What it says of itself is measured on each writer's paragraphs by weights learnt from the others', and so are the
thresholds: of a kind that may be invented, the lowest at which few enough are.
"""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.debrief.apart import Apart, take_apart
from assistant.debrief.signs import Signs
from assistant.debrief.weigh import KINDS, OWNERS, WEIGHTS, Floats, Weights

EXAMPLES = Path(__file__).parent / "examples"
STRENGTH, OWNER_STRENGTH = 0.5, 1.0
LEAST = 2
ALONE = 0.5
PRECISION = {"promise": 0.87, "outcome": 0.66, "refused": 0.6, "tried": 0.55, "story": 0.55, "felt": 0.55}
"""Share of right stretches that each kind's threshold asks of paragraphs whose writer was not learnt from."""
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Lesson:
    """A paragraph of a writer, and which heads (n, h) are true of its n stretches; `owned` says where an owner is known,
    `alone` that it is a sentence of another paragraph, learnt once more by itself, since some people type no more."""

    writer: str
    apart: Apart
    labels: Bools
    owned: Bools
    alone: bool = False


def read_lessons(folder: Path = EXAMPLES) -> list[Lesson]:
    """Every English paragraph of every writer."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return [
        lesson
        for path in sorted(folder.glob("*.yaml"))
        for row in yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  # a safe loader, in C
        if "other-language" not in (row.get("traps") or ())
        for lesson in _lessons(path.stem, row)
    ]


def learn(lessons: Sequence[Lesson], *, thresholds: Floats | None = None) -> Weights:
    """Weights from all of `lessons`."""
    from sklearn.linear_model import LogisticRegression

    vocabulary, matrix = as_matrix([signs for lesson in lessons for signs in lesson.apart.signs])
    labels = np.concatenate([lesson.labels for lesson in lessons])
    owned = np.concatenate([lesson.owned for lesson in lessons])
    weight = np.repeat(
        [ALONE if lesson.alone else 1.0 for lesson in lessons], [len(lesson.labels) for lesson in lessons]
    )
    weights, biases = np.zeros((len(vocabulary), labels.shape[1])), np.zeros(labels.shape[1])
    for head in range(labels.shape[1]):
        of_owner = head >= len(KINDS)
        here = owned if of_owner else np.ones(len(owned), dtype=bool)
        fitted = LogisticRegression(
            C=OWNER_STRENGTH if of_owner else STRENGTH, solver="liblinear", tol=1e-3, random_state=0
        ).fit(matrix[here], labels[here, head], sample_weight=weight[here])
        weights[:, head], biases[head] = fitted.coef_[0], fitted.intercept_[0]
    plain = np.full(len(KINDS), 0.5, dtype=np.float32) if thresholds is None else thresholds
    return Weights(vocabulary, weights.astype(np.float32), biases.astype(np.float32), plain)


def as_matrix(told: Sequence[Signs]) -> tuple[dict[str, int], Any]:
    """Which sign stands in which column, and the stretches as rows of a sparse matrix (n, v)."""
    from scipy.sparse import csr_matrix

    counted = Counter(name for signs in told for name, value in signs.items() if value)
    vocabulary = {name: at for at, name in enumerate(sorted(n for n, c in counted.items() if c >= LEAST))}
    rows = [
        (at, vocabulary[n], v)
        for at, signs in enumerate(told)
        for n, v in signs.items()
        if v and n in vocabulary
    ]
    lines, columns, values = (np.array(each) for each in zip(*rows, strict=True))
    return vocabulary, csr_matrix(
        (values.astype(np.float64), (lines.astype(np.int32), columns.astype(np.int32))),
        shape=(len(told), len(vocabulary)),
    )


def unseen_odds(lessons: Sequence[Lesson]) -> dict[int, Floats]:
    """The odds of each paragraph by weights learnt from the other writers, by its place."""
    found: dict[int, Floats] = {}
    for writer in sorted({lesson.writer for lesson in lessons}):
        weights = learn([lesson for lesson in lessons if lesson.writer != writer])
        for at, lesson in enumerate(lessons):
            if lesson.writer == writer:
                found[at] = weights.odds(lesson.apart.signs)
    return found


def choose_thresholds(lessons: Sequence[Lesson], odds: Mapping[int, Floats]) -> Floats:
    """For each kind the lowest threshold from which on its stretches are right often enough."""
    whole = [at for at, lesson in enumerate(lessons) if not lesson.alone]
    scores = np.concatenate([odds[at] for at in whole])
    labels = np.concatenate([lessons[at].labels for at in whole])
    return np.array(
        [_threshold(scores[:, at], labels[:, at], PRECISION[kind]) for at, kind in enumerate(KINDS)],
        dtype=np.float32,
    )


def _threshold(scores: Floats, truth: Bools, precision: float) -> float:
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= precision)
    enough = enough[enough >= 4]
    return float(scores[order][enough[-1]]) if len(enough) else 1.0


def _lessons(writer: str, row: Mapping[str, Any]) -> list[Lesson]:
    """A paragraph, and by themselves its sentences with a promise and as many without one, those with a day first."""
    whole = _lesson(writer, row)
    parts = whole.apart.parts
    if len(parts) < 2:
        return [whole]
    promising = {unit.sentence for unit, owned in zip(whole.apart.units, whole.owned, strict=True) if owned}
    days = [day.start for day in whole.apart.days]
    others = sorted(
        (part for part in parts if part.number not in promising and len(part.text) > 12),
        key=lambda part: not any(part.start <= day < part.end for day in days),
    )[: max(1, len(promising))]
    alone = [parts[number] for number in sorted(promising)] + others
    return [whole, *(replace(_lesson(writer, {**row, "text": part.text}), alone=True) for part in alone)]


def _lesson(writer: str, row: Mapping[str, Any]) -> Lesson:
    apart = take_apart(
        row["text"].strip(), teller=row["teller"], counterpart=row.get("counterpart"), today=row["written"]
    )
    labels = np.zeros((len(apart.units), len(KINDS) + len(OWNERS)), dtype=bool)
    for promise in row.get("promises") or ():
        who = str(promise["who"])
        owner = len(KINDS) + (OWNERS.index(who) if who in OWNERS else len(OWNERS) - 1)
        for at in covered(apart, promise["span"]):
            labels[at, [KINDS.index("promise"), owner]] = True
    for kind in KINDS[1:]:
        told = row.get(kind) or ()
        for stretch in told if isinstance(told, list) else (told,):
            labels[covered(apart, str(stretch)), KINDS.index(kind)] = True
    return Lesson(writer, apart, labels, labels[:, KINDS.index("promise")].copy())


def covered(apart: Apart, stretch: str) -> list[int]:
    """The places of those that a labelled stretch covers at least half of, or that cover half of it."""
    start = apart.text.casefold().find(stretch.casefold())
    if start < 0:
        return []
    end = start + len(stretch)
    shared = [min(unit.end, end) - max(unit.start, start) for unit in apart.units]
    least = [0.5 * min(len(unit.text), end - start) for unit in apart.units]
    return [at for at, (have, need) in enumerate(zip(shared, least, strict=True)) if have >= need > 0]


def main() -> None:
    """What `make debrief` runs."""
    lessons = read_lessons()
    odds = unseen_odds(lessons)
    thresholds = choose_thresholds(lessons, odds)
    learn(lessons, thresholds=thresholds).save()
    sys.stderr.write(f"{len(lessons)} paragraphs learnt, weights in {WEIGHTS.name}\n")
    for kind, least in zip(KINDS, thresholds, strict=True):
        sys.stderr.write(f"  {kind:10} from {least:.2f}\n")


if __name__ == "__main__":
    main()
