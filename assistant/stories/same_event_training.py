"""`python -m assistant.stories.same_event_training`: learns from retold events which pairs tell of the same one.

It reads the half that may be looked at (`counterpart eval duplicates --dev`), and says how well it does on events that
it was not shown: five parts of whole events, each judged by what was learnt from the others, the mean of three shuffles.
"""

import sys
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.evals.stories import at_entry, nearest_pairs, read_events
from assistant.stories.same_event import FEATURES, WEIGHTS, Floats, SameEvent, features
from knowledge.embeddings import LocalEmbedder

PARTS, SHUFFLES = 5, 3
_THRESHOLDS = np.arange(0.1, 0.7, 0.04)
Bools = NDArray[np.bool_]


def learn(rows: Floats, same: Bools, *, embedding: str, threshold: float = 0.5) -> SameEvent:
    """Logistic regression of weights that are not negative, with a unit ridge on standardised features."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled, sign = (rows - mean) / spread, np.where(same, 1.0, -1.0)

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = sign * (scaled @ values[1:] + values[0])
        slope = -sign / (1 + np.exp(odds))
        whole = np.logaddexp(0, -odds).sum() + 0.5 * (values[1:] ** 2).sum()
        return float(whole), np.r_[slope.sum(), scaled.T @ slope + values[1:]]

    bounds = [(None, None)] + [(0, None)] * rows.shape[1]
    found = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, bounds=bounds, method="L-BFGS-B").x
    weights = found[1:] / spread
    return SameEvent(embedding, weights.astype(np.float32), float(found[0] - weights @ mean), threshold)


def crossed(rows: Floats, same: Bools, groups: NDArray[np.int64]) -> list[NDArray[np.float64]]:
    """Each pair's probability by models that were not shown its events `groups` (n, 2), for every shuffle."""
    shuffles = []
    for shuffle in range(SHUFFLES):
        parts = np.random.default_rng(shuffle).integers(0, PARTS, groups.max() + 1)[groups]
        probable = np.zeros(len(rows))
        for part in range(PARTS):
            shown, judged = (parts != part).all(axis=1), parts[:, 0] == part
            model = learn(rows[shown], same[shown], embedding="")
            probable[judged] = 1 / (1 + np.exp(-(rows[judged] @ model.weights + model.bias)))
        shuffles.append(probable)
    return shuffles


def f1(told: Bools, same: Bools) -> float:
    """Harmonic mean of precision and recall; 0 where nothing is right."""
    return float(2 * (told & same).sum() / max(1, told.sum() + same.sum()))


def main() -> None:
    """Learn from the half that may be looked at, and write the weights."""
    embedder, events = LocalEmbedder(), read_events("dev")
    pairs = nearest_pairs(events, embedder.embed)
    rows, groups = _rows(events, embedder, [(one, other) for one, other, *_ in pairs])
    same = np.array([each[3] for each in pairs])
    shuffles = crossed(rows, same, groups)
    names = [(one, other) for one, other, *_ in pairs]
    entered = {
        float(threshold): float(
            np.mean(
                [
                    at_entry(dict(zip(names, each.tolist(), strict=True)), events, threshold)[2]
                    for each in shuffles
                ]
            )
        )
        for threshold in _THRESHOLDS
    }
    threshold = max(entered, key=entered.__getitem__)
    alone = float(np.mean([f1(each >= threshold, same) for each in shuffles]))
    learn(rows, same, embedding=embedder.name, threshold=threshold).save()
    model = SameEvent.load()
    sys.stderr.write(
        f"F1 on events not shown, at {threshold:.2f}: {entered[threshold]:.2f} as stories are entered, {alone:.2f} pair by "
        f"pair; weights in {WEIGHTS.name}\n"
    )
    for name, weight in zip(FEATURES, model.weights, strict=True):
        sys.stderr.write(f"  {name:24} {weight:.2f}\n")


def _rows(
    events: Sequence[tuple[str, str, str]], embedder: LocalEmbedder, pairs: Sequence[tuple[str, str]]
) -> tuple[Floats, NDArray[np.int64]]:
    texts = {text: number for number, event in enumerate(events) for text in event}
    words = dict(zip(texts, embedder.embed_words(list(texts)), strict=True))
    rows = np.array([features(one, other, words[one], words[other]) for one, other in pairs])
    return rows, np.array([[texts[one], texts[other]] for one, other in pairs])


if __name__ == "__main__":
    main()
