"""`make citations`: trains what the check weighs, on the half of the labelled pairs that may be looked at.

Likelihoods are compared on cards that the model had not seen: ten folds by card. The same pairs give the same weights.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from assistant.advice.check import Check, Floats
from assistant.advice.pairs import WEIGHTS, PairModel, signs
from assistant.evals.citations import LABELS, Pair, check_of, read_pairs
from knowledge.cards import Card

STRENGTH = 0.01
FOLDS = 10
RULES, ALONE = 0.85, 0.95
"""So that of the pairs of unseen cards at most 2% of each kind that is not borne out pass, with room to spare."""
Numbers = NDArray[np.float64]


def told(
    cards: Mapping[str, Card], pairs: Sequence[Pair], embed: Callable[[Sequence[str]], Floats]
) -> tuple[list[str], Numbers, list[Check]]:
    """The names of the signs, one row of them for each pair, and the checks that gave them."""
    checks = [check_of(cards, pair, embed) for pair in pairs]
    rows = [signs(check.pair(pair.claim, [1])) for check, pair in zip(checks, pairs, strict=True)]
    return list(rows[0]), np.array([list(row.values()) for row in rows]), checks


def train(names: Sequence[str], rows: Numbers, borne_out: NDArray[np.bool_]) -> PairModel:
    """A logistic regression over signs brought to one scale; the weights are kept on the signs' own scale."""
    from sklearn.linear_model import LogisticRegression

    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1.0
    fitted = LogisticRegression(C=STRENGTH, max_iter=3_000).fit((rows - middle) / spread, borne_out)
    weights = fitted.coef_[0] / spread
    return PairModel(
        weights={name: round(float(weight), 5) for name, weight in zip(names, weights, strict=True)},
        constant=round(float(fitted.intercept_[0] - (weights * middle).sum()), 5),
        rules=RULES,
        alone=ALONE,
    )


def crossed(
    names: Sequence[str], rows: Numbers, pairs: Sequence[Pair]
) -> Iterator[tuple[NDArray[np.intp], PairModel]]:
    """Each fold's pairs with a model that saw none of their cards."""
    from sklearn.model_selection import GroupKFold

    borne_out = np.array([pair.label == "supported" for pair in pairs])
    groups = [pair.passage.partition("#")[0] for pair in pairs]
    for seen, unseen in GroupKFold(FOLDS, shuffle=True, random_state=0).split(rows, borne_out, groups):
        yield unseen, train(names, rows[seen], borne_out[seen])


def main() -> None:
    """Say what the model does to unseen cards, and keep one that was trained on all."""
    from assistant.bootstrap import open_house
    from assistant.settings import load_settings

    with open_house(load_settings()) as house:
        pairs = read_pairs("dev")
        names, rows, checks = told(house.coach.cards, pairs, house.embedder.embed)
        passed, ruled = np.zeros(len(pairs), dtype=bool), np.zeros(len(pairs), dtype=bool)
        for unseen, model in crossed(names, rows, pairs):
            for at in unseen:
                checks[at].model = model
                passed[at] = checks[at].judge_segment(pairs[at].claim, [1]).passed
                ruled[at] = checks[at].ruled(pairs[at].claim, [1]).passed
    for label in LABELS:
        rows_of = np.array([pair.label == label for pair in pairs])
        print(  # noqa: T201  # a command of the Makefile
            f"{label:10} {rows_of.sum():4} let pass by the rules {ruled[rows_of].mean():.3f},",
            f"with the model {passed[rows_of].mean():.3f}",
        )
    model = train(names, rows, np.array([pair.label == "supported" for pair in pairs]))
    WEIGHTS.write_text(json.dumps(asdict(model), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
