"""`make debrief`: learns from labelled replies which stretches undertake something. The same replies, the same weights."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.debrief.signs import Signs
from assistant.debrief.training import as_matrix, covered
from assistant.debrief.weigh import Weights
from assistant.reply.own import own_parts
from assistant.reply.promises import WEIGHTS, apart_of, signs_of

EXAMPLES = Path(__file__).parent / "examples"
STRENGTH, THRESHOLD = 0.3, 0.45
"""Chosen, like the threshold, over writers that the weights had not learnt from."""


@dataclass(frozen=True)
class Lesson:
    """A reply of a writer: the signs of its stretches, and which of them undertake something."""

    writer: str
    signs: Sequence[Signs]
    undertaken: NDArray[np.bool_]


def read_lessons(folder: Path = EXAMPLES) -> list[Lesson]:
    """Every reply of every writer."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return [
        _lesson(path.stem, row)
        for path in sorted(folder.glob("*.yaml"))
        for row in yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  # a safe loader, in C
        if own_parts(row["text"])
    ]


def learn(lessons: Sequence[Lesson]) -> Weights:
    """Weights with one head, from all of `lessons`."""
    from sklearn.linear_model import LogisticRegression

    vocabulary, matrix = as_matrix([signs for lesson in lessons for signs in lesson.signs])
    labels = np.concatenate([lesson.undertaken for lesson in lessons])
    fitted = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-3, random_state=0).fit(matrix, labels)
    return Weights(
        vocabulary, fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32),
        np.array([THRESHOLD], dtype=np.float32),
    )  # fmt: skip


def _lesson(writer: str, row: Mapping[str, Any]) -> Lesson:
    parts = own_parts(row["text"])
    told = apart_of(parts, today=row["received"])
    undertaken = np.zeros(len(told.units), dtype=bool)
    for promise in row["promises"]:
        undertaken[covered(told, promise["span"])] = True
    return Lesson(writer, signs_of(told, parts, Weights.load().odds(told.signs)), undertaken)


def main() -> None:
    """What `make debrief` runs."""
    lessons = read_lessons()
    learn(lessons).save(WEIGHTS)
    sys.stderr.write(f"{len(lessons)} replies learnt, weights in {WEIGHTS.name}\n")


if __name__ == "__main__":
    main()
