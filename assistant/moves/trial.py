"""Whether a chat model reads moves better than the local recogniser: measured, kept, and asked before it is used.

Both read the same lines, which neither learnt from. The model wins where its macro-F1 is higher and stays so in 95 of 100
samples of the scenarios drawn anew with replacement (Efron 1979), on enough lines to tell.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.moves.examples import Scenario, digest, read_scenarios
from assistant.moves.second import SecondReader, prompt_digest
from assistant.moves.utterance import MOVES

FILE = "second-reading.json"
LEAST_LINES, LEAST_SCENARIOS = 200, 10
SURE, SAMPLES, SEED = 0.95, 1_000, 7

Booleans = NDArray[np.bool_]


@dataclass(frozen=True)
class Trial:
    """How a model and the local recogniser read the same lines; all that it depends on is named by digests.

    `local` and `model_figures` hold `macro_f1` and `micro_f1`; `precision` is the model's for each move, and what its
    readings are scored with. `surely_better` is the share of samples in which its macro-F1 was the higher one.
    `unread` lines were left out by the model and counted as the local reading has them, as they are when it is used.
    """

    model: str
    place: str
    prompt: str
    data: str
    weights: str
    held_back: bool
    scenarios: int
    lines: int
    unread: int
    local: dict[str, float]
    model_figures: dict[str, float]
    precision: dict[str, float]
    surely_better: float
    tokens_in: int
    tokens_out: int

    @property
    def won(self) -> bool:
        """Whether the model may be used for a second reading."""
        return (
            self.held_back
            and self.lines >= LEAST_LINES
            and self.scenarios >= LEAST_SCENARIOS
            and self.unread * 10 <= self.lines
            and self.model_figures["macro_f1"] > self.local["macro_f1"]
            and self.surely_better >= SURE
        )

    def fits(self, reader: SecondReader, *, data: str, weights: str) -> bool:
        """Whether it was of this model with today's prompt, set and local weights."""
        of = (self.model, self.place, self.prompt, self.data, self.weights)
        return of == (reader.name, reader.place, prompt_digest(), data, weights)

    def save(self, folder: Path) -> None:
        """Keep it in the data directory."""
        half = folder / f"{FILE}.part"
        half.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")
        half.replace(folder / FILE)

    @classmethod
    def load(cls, folder: Path) -> "Trial | None":
        """The last one that was kept; None where there is none that can be read."""
        try:
            return cls(**json.loads((folder / FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None


@cache
def shipped_digest() -> str:
    """The digest of the scenarios that ship and are held back."""
    return digest([each for each in read_scenarios() if each.held_back])


def compared(
    scenarios: Sequence[Scenario],
    local: Sequence[Sequence[frozenset[str]]],
    second: Sequence[Sequence[frozenset[str] | None]],
) -> dict[str, Any]:
    """The figures of a trial, from both readings of each scenario's lines; None for a line left unread."""
    truth = [_table(each.moves) for each in scenarios]
    ours = [_table(each) for each in local]
    theirs = [
        _table([said if said is not None else here for said, here in zip(told, own, strict=True)])
        for told, own in zip(second, local, strict=True)
    ]
    better = _surely_better(truth, ours, theirs)
    gold, own, model = np.concatenate(truth), np.concatenate(ours), np.concatenate(theirs)
    hits, given = (gold & model).sum(axis=0), model.sum(axis=0)
    return {
        "scenarios": len(scenarios),
        "lines": len(gold),
        "unread": sum(said is None for told in second for said in told),
        "local": _figures(gold, own),
        "model_figures": _figures(gold, model),
        "precision": {
            move: round(float(hits[at] / given[at]), 3) if given[at] else 0.0 for at, move in enumerate(MOVES)
        },
        "surely_better": better,
    }


def _table(readings: Sequence[frozenset[str]]) -> Booleans:
    return np.array([[move in each for move in MOVES] for each in readings], dtype=bool)


def _figures(truth: Booleans, found: Booleans) -> dict[str, float]:
    counts = _counts(truth, found)
    return {"macro_f1": round(_macro(counts), 4), "micro_f1": round(float(_f1(counts.sum(axis=1))), 4)}


def _counts(truth: Booleans, found: Booleans) -> NDArray[np.int64]:
    """Hits, and all that is there or was found, for each move `(2, m)`."""
    return np.stack([(truth & found).sum(axis=0), truth.sum(axis=0) + found.sum(axis=0)]).astype(np.int64)


def _f1(counts: NDArray[np.int64]) -> Any:
    return 2 * counts[0] / np.maximum(1, counts[1])


def _macro(counts: NDArray[np.int64]) -> float:
    """The mean over the moves that are there or were found at all."""
    return float(_f1(counts[:, counts[1] > 0]).mean()) if counts[1].any() else 0.0


def _surely_better(truth: Sequence[Booleans], ours: Sequence[Booleans], theirs: Sequence[Booleans]) -> float:
    own = np.stack([_counts(gold, found) for gold, found in zip(truth, ours, strict=True)])
    model = np.stack([_counts(gold, found) for gold, found in zip(truth, theirs, strict=True)])
    draw = np.random.default_rng(SEED)
    wins = 0
    for _ in range(SAMPLES):
        chosen = draw.integers(len(truth), size=len(truth))
        wins += _macro(model[chosen].sum(axis=0)) > _macro(own[chosen].sum(axis=0))
    return wins / SAMPLES
