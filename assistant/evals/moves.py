"""How well moves are recognised, on the scenarios that were held back from training."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.moves import MOVES, Recogniser
from assistant.moves.examples import Scenario
from assistant.moves.hearing import bare
from assistant.moves.questions import asked
from assistant.moves.utterance import Utterance
from knowledge.progress import Progress, silent

Booleans = NDArray[np.bool_]
Floats = NDArray[np.float32]

_BINS = 10


@dataclass(frozen=True)
class MoveQuality:
    """Precision, recall and F1 of one move, and how often it was truly there."""

    move: str
    there: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class MovesReport:
    """Measures over held-back scenarios.

    Macro-F1 is the mean over all seventeen moves, micro-F1 over all decisions. `meetings_micro_f1` is that of
    meetings between the two alone. `questions_macro_f1` is over none, open and closed, each utterance counted by the
    likelier of its questions; beside it the rule that reads marks and word order. `bare` repeats the first measures
    on the same lines without marks, capitals and roles. Brier and expected calibration error (ten bins of equal
    width) are over all named moves.
    """

    scenarios: int
    utterances: int
    moves: list[MoveQuality]
    macro_f1: float
    micro_f1: float
    meetings_micro_f1: float
    questions_macro_f1: float
    questions_macro_f1_by_rule: float
    reflection_f1: float
    bare_macro_f1: float
    bare_questions_macro_f1: float
    brier: float
    calibration_error: float
    confused: list[tuple[str, str, int]]
    reliability: list["Bin"]


@dataclass(frozen=True)
class Bin:
    """Decisions whose probability lay between two bounds: how many, the mean probability, and the share that was true."""

    low: float
    high: float
    decisions: int
    expected: float
    found: float


def evaluate_moves(
    recogniser: Recogniser, scenarios: Sequence[Scenario], *, progress: Progress | None = None
) -> MovesReport:
    """Read every scenario and compare with its labels."""
    report = progress or silent
    truth = _labels([moves for each in scenarios for moves in each.moves])
    read, probable, poorly = [], [], []
    for done, each in enumerate(scenarios):
        report("Reading", done, len(scenarios))
        found = recogniser.probabilities(each.utterances).utterances
        probable.append(found)
        read.append(_chosen(recogniser, found))
        bared = [bare(utterance) for utterance in each.utterances]
        poorly.append(_chosen(recogniser, recogniser.probabilities(bared).utterances))
    chosen, scores, poor = np.concatenate(read), np.concatenate(probable), np.concatenate(poorly)
    meeting = np.array([each.field for each in scenarios for _ in each.utterances])
    said = [utterance for each in scenarios for utterance in each.utterances]
    qualities = [_quality(move, truth[:, at], chosen[:, at]) for at, move in enumerate(MOVES)]
    asks = _asks(truth)
    return MovesReport(
        scenarios=len(scenarios),
        utterances=len(said),
        moves=qualities,
        macro_f1=float(np.mean([each.f1 for each in qualities])),
        micro_f1=_f1(truth, chosen),
        meetings_micro_f1=_f1(truth[meeting], chosen[meeting]),
        questions_macro_f1=_macro(asks, _asks(chosen, scores)),
        questions_macro_f1_by_rule=_macro(asks, _by_rule(said)),
        reflection_f1=qualities[MOVES.index("reflection")].f1,
        bare_macro_f1=float(np.mean([_f1(truth[:, at], poor[:, at]) for at in range(len(MOVES))])),
        bare_questions_macro_f1=_macro(asks, _asks(poor)),
        brier=float(np.mean((scores - truth[:, :-1]) ** 2)),
        calibration_error=_calibration_error(scores, truth[:, :-1]),
        confused=_confused(truth, chosen),
        reliability=_reliability(scores, truth[:, :-1]),
    )


def _labels(sets: Sequence[frozenset[str]]) -> Booleans:
    return np.array([[move in moves for move in MOVES] for moves in sets])


def _chosen(recogniser: Recogniser, probabilities: Floats) -> Booleans:
    named = probabilities >= recogniser.model.thresholds
    return np.concatenate([named, ~named.any(axis=1, keepdims=True)], axis=1)


def _quality(move: str, truth: Booleans, chosen: Booleans) -> MoveQuality:
    hits = int((truth & chosen).sum())
    return MoveQuality(
        move=move,
        there=int(truth.sum()),
        precision=hits / max(1, int(chosen.sum())),
        recall=hits / max(1, int(truth.sum())),
        f1=_f1(truth, chosen),
    )


def _f1(truth: Booleans, chosen: Booleans) -> float:
    return float(2 * (truth & chosen).sum() / max(1, int(truth.sum() + chosen.sum())))


def _asks(chosen: Booleans, scores: Floats | None = None) -> NDArray[np.str_]:
    """none, open or closed for each row; of two questions the likelier, or without scores the open one."""
    both_closed = np.zeros(len(chosen), dtype=bool) if scores is None else scores[:, 1] > scores[:, 0]
    is_open = chosen[:, 0] & ~(chosen[:, 1] & both_closed)
    return np.where(is_open, "open", np.where(chosen[:, 1], "closed", "none"))


def _by_rule(said: Sequence[Utterance]) -> NDArray[np.str_]:
    return np.array([asked(each.text) for each in said])


def _macro(truth: NDArray[np.str_], found: NDArray[np.str_]) -> float:
    return float(np.mean([_f1(truth == kind, found == kind) for kind in ("none", "open", "closed")]))


def _calibration_error(scores: Floats, truth: Booleans) -> float:
    """Mean gap between what was expected and what was there, over bins, weighted by their size."""
    bins = _reliability(scores, truth)
    return sum(abs(each.expected - each.found) * each.decisions for each in bins) / max(1, scores.size)


def _reliability(scores: Floats, truth: Booleans) -> list[Bin]:
    place = np.minimum((scores * _BINS).astype(int), _BINS - 1)
    return [
        Bin(
            low=each / _BINS,
            high=(each + 1) / _BINS,
            decisions=int((place == each).sum()),
            expected=float(scores[place == each].mean()),
            found=float(truth[place == each].mean()),
        )
        for each in range(_BINS)
        if (place == each).any()
    ]


def _confused(truth: Booleans, chosen: Booleans, most: int = 10) -> list[tuple[str, str, int]]:
    """(true move that was missed, other move that was wrongly seen in its place, how often), commonest first."""
    counted: Counter[tuple[str, str]] = Counter()
    for gold, found in zip(truth, chosen, strict=True):
        missed, wrong = np.flatnonzero(gold & ~found), np.flatnonzero(found & ~gold)
        counted.update((MOVES[a], MOVES[b]) for a in missed for b in wrong)
    return [(a, b, n) for (a, b), n in sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:most]]
