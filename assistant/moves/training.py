"""`make moves`: trains the recogniser on the examples and writes its weights. The same data give the same weights.

Every utterance is learnt twice, as it was written and bare (lower case, without marks or role), since transcripts come
both ways. Calibration and thresholds come from logits of scenarios that the model in question had not seen.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.moves.examples import Scenario, digest, read_scenarios
from assistant.moves.features import Floats, Named, Part, describe, parts
from assistant.moves.hearing import bare
from assistant.moves.model import MEANING, WEIGHTS, MovesModel, pairs
from assistant.moves.recogniser import Embed
from assistant.moves.utterance import NAMED

STRENGTH = 1.0
BARE_WEIGHT = 0.5
LEAST_LINES = 3
FOLDS = 6
CAREFUL = {"order_taking": 0.87, "persuading": 0.87, "project_talk": 0.87}
"""Precision that is asked of the moves that can end a rehearsal, on scenarios unseen in training."""


@dataclass(frozen=True)
class Told:
    """One scenario as the model is told it, and the labels `(n, m)` of its n utterances."""

    units: list[Part]
    dense: Floats
    named: list[Named]
    labels: NDArray[np.bool_]


def tell(scenario: Scenario, embed: Embed, *, as_bare: bool = False) -> Told:
    """What the model learns from a scenario."""
    utterances = [bare(each) if as_bare else each for each in scenario.utterances]
    units = parts(utterances)
    dense, named = describe(utterances, units, embed([unit.text for unit in units]))
    labels = np.array([[move in moves for move in NAMED] for moves in scenario.moves])
    return Told(units, dense, named, labels)


def train(scenarios: Sequence[Scenario], embed: Embed, *, embedding: str, heard: Floats) -> MovesModel:
    """Weights from all of `scenarios`, calibrated by cross-validation over them.

    `heard` `(n, m)` are the tuned encoder's logits of their n utterances, each by one that had not seen its scenario.
    """
    clean = [tell(each, embed) for each in scenarios]
    poor = [tell(each, embed, as_bare=True) for each in scenarios]
    seen, labels = unseen_pairs(scenarios, clean, poor)
    calibration, judgement = (
        np.stack([_calibrate(rows[:, :, at], labels[:, at]) for at in range(len(NAMED))]).astype(np.float32)
        for rows in (seen, np.concatenate([seen, heard[:, None]], axis=1))
    )
    model = replace(
        fit(clean, poor),
        embedding=embedding,
        data=digest(scenarios),
        calibration=calibration,
        judgement=judgement,
    )
    thresholds = choose_thresholds(model.probabilities(seen, heard), labels)
    return replace(model, thresholds=thresholds)


def unseen_pairs(
    scenarios: Sequence[Scenario], clean: Sequence[Told], poor: Sequence[Told]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Logit pairs `(n, 2, m)` of all utterances, each by a model that did not learn from its scenario."""
    fold = folds(scenarios)
    found: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(clean)
    for number in range(FOLDS):
        model = fit(
            [each for each, of in zip(clean, fold, strict=True) if of != number],
            [each for each, of in zip(poor, fold, strict=True) if of != number],
        )
        for at, (each, of) in enumerate(zip(clean, fold, strict=True)):
            if of == number:
                found[at] = pairs(each.units, model.logits(each.dense, each.named), len(each.labels))
    return np.concatenate(found), np.concatenate([each.labels for each in clean])


def fit(clean: Sequence[Told], poor: Sequence[Told]) -> MovesModel:
    """Weights alone: not calibrated, without thresholds."""
    from sklearn.linear_model import LogisticRegression

    rows = [(each, row) for each in (*clean, *poor) for row in range(len(each.labels))]
    counted = Counter(name for each, row in rows for name in each.named[row])
    vocabulary = {
        name: at for at, name in enumerate(sorted(k for k, n in counted.items() if n >= LEAST_LINES))
    }
    matrix = _matrix(rows, vocabulary)
    labels = np.stack([each.labels[row] for each, row in rows])
    counts = [sum(len(each.labels) for each in group) for group in (clean, poor)]
    weight = np.repeat([1.0, BARE_WEIGHT], counts)
    fitted = [
        LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=500, random_state=0).fit(
            matrix, labels[:, at], sample_weight=weight
        )
        for at in range(len(NAMED))
    ]
    return MovesModel(
        embedding="",
        data="",
        vocabulary=vocabulary,
        weights=np.stack([each.coef_[0] for each in fitted], axis=1).astype(np.float32),
        biases=np.array([each.intercept_[0] for each in fitted], dtype=np.float32),
        calibration=np.tile(np.array([1, 0, 0], dtype=np.float32), (len(NAMED), 1)),
        judgement=np.tile(np.array([1, 0, 0, 0], dtype=np.float32), (len(NAMED), 1)),
        thresholds=np.full(len(NAMED), 0.5, dtype=np.float32),
    )


def choose_thresholds(probabilities: Floats, labels: NDArray[np.bool_]) -> Floats:
    """For each move the threshold of the best F1 among those precise enough for it."""
    found = [
        _threshold(probabilities[:, at], labels[:, at], CAREFUL.get(move, 0.0))
        for at, move in enumerate(NAMED)
    ]
    return np.array(found, dtype=np.float32)


def _threshold(scores: Floats, truth: NDArray[np.bool_], precision: float) -> float:
    """Half way between the best place on these lines and half the best F1, where it lies for calibrated scores."""
    order = np.argsort(-scores, kind="stable")
    hits, taken = np.cumsum(truth[order]), np.arange(1, len(order) + 1)
    f1 = 2 * hits / (truth.sum() + taken)
    best = int(np.argmax(np.where(hits / taken >= precision, f1, -1)))
    place = float(scores[order][best])
    return max(place, (place + float(f1[best]) / 2) / 2) if precision else (place + float(f1[best]) / 2) / 2


def _calibrate(seen: Floats, truth: NDArray[np.bool_]) -> Floats:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1.0).fit(seen, truth)
    return np.array([*fitted.coef_[0], fitted.intercept_[0]], dtype=np.float32)


def folds(scenarios: Sequence[Scenario]) -> list[int]:
    """Each scenario's fold; meetings and other conversations are dealt out evenly."""
    seen: Counter[bool] = Counter()
    found = []
    for each in scenarios:
        found.append(seen[each.field] % FOLDS)
        seen[each.field] += 1
    return found


def _matrix(rows: Sequence[tuple[Told, int]], vocabulary: dict[str, int]) -> Any:
    from scipy.sparse import csr_matrix, hstack

    lines, columns, values = [], [], []
    for line, (each, row) in enumerate(rows):
        for name, value in each.named[row].items():
            if name in vocabulary:
                lines.append(line)
                columns.append(vocabulary[name])
                values.append(value)
    named = csr_matrix((values, (lines, columns)), shape=(len(rows), len(vocabulary)))
    dense = np.stack([each.dense[row] for each, row in rows])
    return hstack([csr_matrix(MEANING * dense), named]).tocsr()


def main() -> None:
    """What `make moves` runs."""
    from assistant.moves.tuning import keep_tuned, unseen_logits
    from knowledge.embeddings import LocalEmbedder

    embedder = LocalEmbedder()
    scenarios = [each for each in read_scenarios() if not each.held_back]
    heard = unseen_logits(scenarios, folds(scenarios), embedder)
    keep_tuned(scenarios, embedder)
    train(scenarios, embedder.embed, embedding=embedder.name, heard=heard).save(WEIGHTS)
    sys.stderr.write(f"{len(scenarios)} scenarios learnt, weights in {WEIGHTS.name}\n")


if __name__ == "__main__":
    main()
