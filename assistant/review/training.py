"""Trains the models of acts and of verdicts on labelled talks and exchanges; part of `make moves`.

The same data give the same weights.

A talk's labels are its findings: the lines that show one do what it is about. A line that was left unlabelled because
its finding no longer counted there (an order after the outcome was named) teaches nothing. Thresholds come from talks
that the model in question had not seen.
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.moves import Utterance
from assistant.moves.features import Floats, Named
from assistant.review.acts import ACTS, MEANING, WEIGHTS, Acts, ActsModel, MovesRead, told
from assistant.review.findings import Judge
from assistant.review.labelled import LabelledTalk, read_talks
from assistant.review.marks import VP, Line
from assistant.review.verdicts import TYPES, Verdicts, features

EXCHANGES = Path(__file__).parent / "exchanges.jsonl"
STRENGTH, LEAST_LINES, FOLDS = 1.0, 3, 8
VERDICT_STRENGTH = 0.1
GAP_TYPES = (
    "order_taken", "candour_dodged", "persuading_in_series", "no_outcome_named", "no_group_named", "no_story",
)  # fmt: skip
VERDICT_BETA: Mapping[str, float] = (
    dict.fromkeys(GAP_TYPES, 1.0) | {"persuading_in_series": 1.5} | {"reality_named": 0.25}
)
"""Less for strengths: praise that is not deserved is worse than praise left out."""
BETA: Mapping[str, float] = dict.fromkeys(
    ("plays_back", "reality", "group", "approach", "meets", "progress", "asks_outcome"), 0.5
) | dict.fromkeys(("solution", "argues"), 1.5)
"""How much more recall counts than precision where an act's threshold is chosen (F-beta); 1 where nothing is said."""
_ACT_OF = {
    "order_given": "order", "solution_before_outcome": "solution", "persuading_in_series": "argues",
    "candour_said": "candid", "outcome_named": "outcome", "outcome_asked": "asks_outcome", "played_back": "plays_back",
    "reality_named": "reality", "approach_first": "approach", "small_start": "group", "story_told": "story",
    "next_step_agreed": "step", "door_opened": "door", "progress_measured": "progress",
}  # fmt: skip
_GAP_ACTS = ("order", "accepts", "solution", "argues", "dodges")
_UNTIL_OUTCOME = ("order", "accepts", "solution")

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Lesson:
    """A talk as the model is told it: rows, labels `(n, a)`, and which of them count."""

    name: str
    dense: Floats
    named: list[Named]
    labels: Bools
    counts: Bools


def utterances_of(talk: LabelledTalk) -> list[Utterance]:
    """A talk's turns, each as one utterance."""
    return [
        Utterance(turn.id, turn.speaker, talk.roles[turn.speaker], turn.text)
        for turn in talk.transcript.turns
    ]


def lesson(talk: LabelledTalk, moves: MovesRead) -> Lesson:
    """What a labelled talk teaches."""
    said = utterances_of(talk)
    labels = labels_of(talk)
    counts = np.ones_like(labels)
    if talk.strengths is None:
        unknown = [at for at, act in enumerate(ACTS) if act not in _GAP_ACTS]
        counts[:, unknown] = labels[:, unknown]
    named = np.flatnonzero(labels[:, ACTS.index("outcome")])
    after = int(named[0]) if named.size else len(said)
    for act in _UNTIL_OUTCOME:
        counts[after:, ACTS.index(act)] = labels[after:, ACTS.index(act)]
    return Lesson(talk.name, *told(said, moves.probabilities(said)), labels, counts)


def labels_of(talk: LabelledTalk) -> Bools:
    """Which acts its findings say that each turn does, `(n, a)`."""
    turns = {turn.id: at for at, turn in enumerate(talk.transcript.turns)}
    speaker = {turn.id: turn.speaker for turn in talk.transcript.turns}
    found = np.zeros((len(turns), len(ACTS)), dtype=bool)
    for kind, ids in (*talk.gaps, *(talk.strengths or ())):
        for turn in ids:
            act = _act(kind, first=speaker[turn] == speaker[ids[0]], role=talk.roles[speaker[turn]])
            if act is not None:
                found[turns[turn], ACTS.index(act)] = True
    return found


def _act(kind: str, *, first: bool, role: str | None) -> str | None:
    """What a line of a finding does; `first` where it is said by the one who decides the finding."""
    if kind == "order_taken":
        return "order" if role == VP else "accepts"
    if kind == "candour_dodged":
        return "dodges" if first else "candid"
    if kind == "candour_met":
        return "meets" if first else None
    return _ACT_OF.get(kind)


def exchanges(moves: MovesRead, path: Path = EXCHANGES) -> list[Lesson]:
    """Short exchanges of two to four lines, written for training alone, each line with its acts."""
    groups: dict[int, list[dict[str, Any]]] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            row = json.loads(line)
            groups.setdefault(row["exchange"], []).append(row)
    return [_exchange(number, rows, moves) for number, rows in groups.items()]


def _exchange(number: int, rows: Sequence[Mapping[str, Any]], moves: MovesRead) -> Lesson:
    said = [Utterance(f"{at}", row["role"], row["role"], row["text"]) for at, row in enumerate(rows)]
    labels = np.array([[act in row["acts"] for act in ACTS] for row in rows])
    return Lesson(f"exchange {number}", *told(said, moves.probabilities(said)), labels, np.ones_like(labels))


def train(
    talks: Sequence[LabelledTalk], lessons: Sequence[Lesson], more: Sequence[Lesson]
) -> tuple[ActsModel, Verdicts]:
    """Both models from all talks, scaled by cross-validation over them."""
    logits = unseen(lessons, models_of_folds(lessons, more))
    acts = replace(fit([*lessons, *more]), scales=scaled(np.concatenate(logits), lessons))
    return acts, fit_verdicts(
        talks, [features(lines_of(talk, acts.scores(each))) for talk, each in zip(talks, logits, strict=True)]
    )


def left_out(talks: Sequence[LabelledTalk], moves: MovesRead) -> Mapping[str, Judge]:
    """For each talk, by name, models that did not learn from it: what the measure on examples rests on."""
    lessons = [lesson(each, moves) for each in talks]
    models = models_of_folds(lessons, exchanges(moves))
    logits = unseen(lessons, models)
    scales = scaled(np.concatenate(logits), lessons)
    found: dict[str, Judge] = {}
    for number, model in enumerate(models):
        acts = replace(model, scales=scales)
        kept = [at for at, each in enumerate(talks) if fold(each.name) != number]
        rows = [features(lines_of(talks[at], acts.scores(logits[at]))) for at in kept]
        judge = Judge(Acts(acts, moves=moves), fit_verdicts([talks[at] for at in kept], rows))
        found |= {each.name: judge for each in talks if fold(each.name) == number}
    return found


def models_of_folds(talks: Sequence[Lesson], more: Sequence[Lesson]) -> list[ActsModel]:
    """For each fold the weights that its talks had no part in."""
    return [fit([*(each for each in talks if fold(each.name) != number), *more]) for number in range(FOLDS)]


def unseen(talks: Sequence[Lesson], models: Sequence[ActsModel]) -> list[Floats]:
    """Logits of each talk's lines, by the model that did not learn from it."""
    return [models[fold(each.name)].logits(each.dense, each.named) for each in talks]


def fold(name: str) -> int:
    """Which of the folds a talk is in."""
    return int(sha256(name.encode()).hexdigest(), 16) % FOLDS


def fit(lessons: Sequence[Lesson]) -> ActsModel:
    """Weights alone; a logit above 0 is chosen."""
    from sklearn.linear_model import LogisticRegression

    counted = Counter(name for each in lessons for row in each.named for name in row)
    kept = sorted(name for name, count in counted.items() if count >= LEAST_LINES)
    vocabulary = {name: at for at, name in enumerate(kept)}
    matrix = _matrix(lessons, vocabulary)
    labels, counts = (np.concatenate([getattr(each, of) for each in lessons]) for of in ("labels", "counts"))
    fitted = [
        LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=500, random_state=0).fit(
            matrix[counts[:, at]], labels[counts[:, at], at]
        )
        for at in range(len(ACTS))
    ]
    return ActsModel(
        embedding="",
        data="",
        vocabulary=vocabulary,
        weights=np.stack([each.coef_[0] for each in fitted], axis=1).astype(np.float32),
        biases=np.array([each.intercept_[0] for each in fitted], dtype=np.float32),
        scales=np.tile(np.array([1, 0], dtype=np.float32), (len(ACTS), 1)),
    )


def scaled(logits: Floats, talks: Sequence[Lesson]) -> Floats:
    """For each act the slope of its logit (Platt 1999), and the shift that puts .5 at the best threshold."""
    from sklearn.linear_model import LogisticRegression

    labels, counts = (np.concatenate([getattr(each, of) for each in talks]) for of in ("labels", "counts"))
    found = []
    for at, act in enumerate(ACTS):
        seen, truth = logits[counts[:, at], at], labels[counts[:, at], at]
        slope = float(LogisticRegression(C=1.0).fit(seen[:, None], truth).coef_[0, 0])
        found.append([slope, -slope * threshold(seen, truth, BETA.get(act, 1.0))])
    return np.array(found, dtype=np.float32)


def threshold(scores: Floats, truth: Bools, beta: float) -> float:
    """Where F-beta is best (van Rijsbergen 1979), half way to the next score below."""
    order = np.argsort(-scores, kind="stable")
    hits, taken = np.cumsum(truth[order]), np.arange(1, len(order) + 1)
    best = int(np.argmax((1 + beta**2) * hits / (beta**2 * truth.sum() + taken)))
    below = scores[order][min(best + 1, len(order) - 1)]
    return float((scores[order][best] + below) / 2)


def lines_of(talk: LabelledTalk, scores: Floats) -> list[Line]:
    """The lines of a talk with nothing read in them but these scores of the acts, `(n, a)`."""
    return [
        Line(turn, talk.roles[turn.speaker], place, (), (), dict(zip(ACTS, row, strict=True)))
        for place, (turn, row) in enumerate(zip(talk.transcript.turns, scores.tolist(), strict=True))
    ]


def fit_verdicts(talks: Sequence[LabelledTalk], rows: Sequence[Floats]) -> Verdicts:
    """One logistic regression a type; its threshold is chosen where talks were left out of training."""
    told = np.stack(rows)
    folds = np.array([fold(talk.name) for talk in talks])
    weights, biases = [], []
    for kind in TYPES:
        known = np.array([kind in GAP_TYPES or talk.strengths is not None for talk in talks])
        truth = np.array(
            [kind in {name for name, _ in (*talk.gaps, *(talk.strengths or ()))} for talk in talks]
        )
        left_out = np.zeros(len(talks))
        for number in range(FOLDS):
            train, test = known & (folds != number), folds == number
            if test.any():
                left_out[test] = _regression().fit(told[train], truth[train]).decision_function(told[test])
        fitted = _regression().fit(told[known], truth[known])
        weights.append(fitted.coef_[0])
        biases.append(
            fitted.intercept_[0] - threshold(left_out[known], truth[known], VERDICT_BETA.get(kind, 0.4))
        )
    return Verdicts(np.stack(weights, axis=1).astype(np.float32), np.array(biases, dtype=np.float32))


def _regression() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=VERDICT_STRENGTH, max_iter=500)


def _matrix(lessons: Sequence[Lesson], vocabulary: Mapping[str, int]) -> Any:
    from scipy.sparse import csr_matrix, hstack

    rows = [row for each in lessons for row in each.named]
    cells = [
        (line, vocabulary[name], value)
        for line, row in enumerate(rows)
        for name, value in row.items()
        if name in vocabulary
    ]
    lines, columns, values = zip(*cells, strict=True)
    named = csr_matrix((values, (lines, columns)), shape=(len(rows), len(vocabulary)))
    return hstack([csr_matrix(MEANING * np.concatenate([each.dense for each in lessons])), named]).tocsr()


def digest(talks: Sequence[LabelledTalk], path: Path = EXCHANGES) -> str:
    """Twelve hexadecimal digits of all that the model can learn from."""
    told_talks = [
        [each.name, [[turn.speaker, turn.text] for turn in each.transcript.turns], each.gaps, each.strengths]
        for each in talks
    ]
    return sha256((json.dumps(told_talks) + path.read_text(encoding="utf-8")).encode()).hexdigest()[:12]


def main() -> None:
    """What `make moves` runs after the moves were trained."""
    from assistant.moves.recogniser import Recogniser
    from knowledge.embeddings import LocalEmbedder

    embedder = LocalEmbedder()
    moves = Recogniser.shipped(embedder)
    talks = read_talks()
    acts, verdicts = train(talks, [lesson(each, moves) for each in talks], exchanges(moves))
    replace(acts, embedding=embedder.name, data=digest(talks)).save(WEIGHTS)
    verdicts.save()
    sys.stderr.write(f"{len(talks)} talks learnt, weights in {WEIGHTS.name}\n")


if __name__ == "__main__":
    main()
