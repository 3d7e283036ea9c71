"""What twenty corrections of one move in one person's style do to that person's other lines, and to everybody else's."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.moves import Recogniser, Utterance
from assistant.moves.corrections import Example, Taught
from assistant.moves.examples import Scenario, read_scenarios
from assistant.moves.utterance import NAMED

PERSONS = Path(__file__).parents[1] / "moves" / "persons"
TUNED_ON = ("captain-commitment", "gardener-small-start")
CORRECTIONS, DRAWS = 20, 5

Booleans = NDArray[np.bool_]


@dataclass(frozen=True)
class PersonReport:
    """F1 of the corrected move on the person's lines that were not corrected, before and after; means over five draws.

    `other_moves_*` is micro-F1 of the other moves there; `largest_drop_elsewhere` the largest fall of any move's F1
    on held-back conversations of others.
    """

    name: str
    move: str
    tuned_on: bool
    before: float
    after: float
    other_moves_before: float
    other_moves_after: float
    largest_drop_elsewhere: float


@dataclass(frozen=True)
class CorrectionsReport:
    """One row a person."""

    corrections: int
    persons: list[PersonReport]


@dataclass(frozen=True)
class _Lines:
    said: list[Utterance]
    truth: Booleans
    probabilities: NDArray[np.float32]
    vectors: NDArray[np.float32]


def evaluate_corrections(recogniser: Recogniser, folder: Path = PERSONS) -> CorrectionsReport:
    """Correct twenty drawn lines of each person and read the rest again."""
    elsewhere = _elsewhere(recogniser, [each for each in read_scenarios() if each.held_back])
    return CorrectionsReport(
        CORRECTIONS, [_person(recogniser, path, elsewhere) for path in sorted(folder.glob("*.jsonl"))]
    )


def _person(recogniser: Recogniser, path: Path, elsewhere: _Lines) -> PersonReport:
    lines = _alone(recogniser, path)
    at = next(place for place, move in enumerate(NAMED) if path.stem.endswith(move.replace("_", "-")))
    styled = np.flatnonzero(lines.truth[:, at])
    drawn = [np.random.default_rng(seed).permutation(styled)[:CORRECTIONS] for seed in range(DRAWS)]
    rows = [_told(recogniser, lines, elsewhere, at, told) for told in drawn]
    before, after, others_before, others_after, drop = (
        float(np.mean(each)) for each in zip(*rows, strict=True)
    )
    return PersonReport(
        path.stem, NAMED[at], path.stem in TUNED_ON, before, after, others_before, others_after, drop
    )


def _told(
    recogniser: Recogniser, lines: _Lines, elsewhere: _Lines, at: int, told: NDArray[np.int_]
) -> tuple[float, ...]:
    rest = np.setdiff1d(np.arange(len(lines.said)), told)
    taught = Taught(recogniser, [_example(lines, int(row)) for row in told])
    thresholds = recogniser.model.thresholds
    others = [place for place in range(len(NAMED)) if place != at]
    truth, plain = lines.truth[rest], lines.probabilities[rest] >= thresholds
    said = [lines.said[row] for row in rest]
    now = taught.adjusted(said, lines.probabilities[rest], lines.vectors[rest]) >= thresholds
    there = elsewhere.probabilities >= thresholds
    then = taught.adjusted(elsewhere.said, elsewhere.probabilities, elsewhere.vectors) >= thresholds
    drops = [
        _f1(elsewhere.truth[:, each], there[:, each]) - _f1(elsewhere.truth[:, each], then[:, each])
        for each in range(len(NAMED))
    ]
    return (
        _f1(truth[:, at], plain[:, at]), _f1(truth[:, at], now[:, at]),
        _f1(truth[:, others], plain[:, others]), _f1(truth[:, others], now[:, others]), max(drops),
    )  # fmt: skip


def _alone(recogniser: Recogniser, path: Path) -> _Lines:
    """A person's lines, each read without context."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    said = [Utterance(row["id"], row["speaker"], row["role"], row["text"]) for row in rows]
    read = [recogniser.probabilities([each]) for each in said]
    return _Lines(
        said, _truth([row["moves"] for row in rows]),
        np.concatenate([each.utterances for each in read]), np.concatenate([each.vectors for each in read]),
    )  # fmt: skip


def _elsewhere(recogniser: Recogniser, scenarios: Sequence[Scenario]) -> _Lines:
    read = [recogniser.probabilities(each.utterances) for each in scenarios]
    return _Lines(
        [said for each in scenarios for said in each.utterances],
        _truth([sorted(moves) for each in scenarios for moves in each.moves]),
        np.concatenate([each.utterances for each in read]), np.concatenate([each.vectors for each in read]),
    )  # fmt: skip


def _example(lines: _Lines, row: int) -> Example:
    moves = frozenset(move for move, there in zip(NAMED, lines.truth[row], strict=True) if there)
    said = lines.said[row]
    return Example(said.speaker, said.text, moves, lines.vectors[row], lines.probabilities[row])


def _truth(rows: Sequence[Sequence[str]]) -> Booleans:
    return np.array([[move in moves for move in NAMED] for moves in rows])


def _f1(truth: Booleans, chosen: Booleans) -> float:
    both = int(truth.sum() + chosen.sum())
    return 1.0 if both == 0 else float(2 * (truth & chosen).sum() / both)
