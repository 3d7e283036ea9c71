"""What a turn does for the findings: an order taken on, a plain word dodged, an outcome that is more than a wish.

A small local model reads it from the meaning of the turn and of what the other said last, the signs in both, and the
moves of both and of the next. Where moves say what a line does by itself, acts say what it does in this talk.
"""

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.moves import Utterance
from assistant.moves.features import Floats, Named, Part, describe
from assistant.moves.recogniser import Read
from assistant.moves.sentences import bared, plain
from assistant.moves.utterance import NAMED
from assistant.review.signs import signs

WEIGHTS = Path(__file__).parent / "acts.npz"
ACTS = (
    "order", "accepts", "solution", "argues", "candid", "dodges", "meets", "outcome", "asks_outcome", "plays_back",
    "reality", "approach", "group", "story", "step", "door", "progress",
)  # fmt: skip
MEANING = 2.0
LEAST, SCALE, NEIGHBOUR = 0.0025, 3.0, 0.5


class MovesRead(Protocol):
    """Gives the probability of every move, and the embedding of every utterance."""

    def probabilities(self, utterances: Sequence[Utterance]) -> Read:
        """In the order spoken."""


@dataclass(frozen=True)
class ActsModel:
    """Weights `(2d + v, a)` and biases `(a,)`; `scales` `(a, 2)` turn a logit into a score, .5 where it is chosen.

    `data` is the digest of what it was trained on, `embedding` the model that its vectors come from.
    """

    embedding: str
    data: str
    vocabulary: dict[str, int]
    weights: Floats
    biases: Floats
    scales: Floats

    def logits(self, dense: Floats, named: Sequence[Named]) -> Floats:
        """One row `(a,)` for each utterance."""
        size = dense.shape[1]
        found = MEANING * dense @ self.weights[:size] + self.biases
        for row, features in enumerate(named):
            known = [
                (self.vocabulary[name], value) for name, value in features.items() if name in self.vocabulary
            ]
            if known:
                places, values = zip(*known, strict=True)
                found[row] += np.array(values, dtype=np.float32) @ self.weights[size + np.array(places)]
        return np.asarray(found, dtype=np.float32)

    def scores(self, logits: Floats) -> Floats:
        """Between 0 and 1, `(n, a)`; an act is chosen from .5 upwards."""
        slope, shift = self.scales.T
        return np.asarray(1 / (1 + np.exp(-(logits * slope + shift))), dtype=np.float32)

    def save(self, path: Path = WEIGHTS) -> None:
        """Keep the model in one file, the weights in half precision."""
        np.savez_compressed(
            path,
            about=json.dumps({"embedding": self.embedding, "data": self.data, "acts": ACTS}),
            vocabulary=json.dumps(sorted(self.vocabulary, key=self.vocabulary.__getitem__)),
            weights=self.weights.astype(np.float16),
            biases=self.biases.astype(np.float32),
            scales=self.scales.astype(np.float32),
        )

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> "ActsModel":
        """The model kept by `save`. Raises OSError or ValueError for a file that is none."""
        try:
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
                about, names = json.loads(str(kept["about"])), json.loads(str(kept["vocabulary"]))
                if tuple(about["acts"]) != ACTS:
                    raise ValueError(f"{path.name} knows other acts")
                return cls(
                    embedding=about["embedding"],
                    data=about["data"],
                    vocabulary={name: at for at, name in enumerate(names)},
                    **{name: kept[name].astype(np.float32) for name in ("weights", "biases", "scales")},
                )
        except (EOFError, KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(f"{path.name} is torn or no model of acts") from error


class Acts:
    """Reads the acts of a conversation; `moves` reads with the embedding that the model belongs to."""

    def __init__(self, model: ActsModel, *, moves: MovesRead) -> None:
        self._model = model
        self._moves = moves

    def __call__(self, utterances: Sequence[Utterance]) -> list[Mapping[str, float]]:
        """Every act with its score, for each utterance in the order spoken."""
        if not utterances:
            return []
        scores = self._model.scores(
            self._model.logits(*told(utterances, self._moves.probabilities(utterances)))
        )
        return [dict(zip(ACTS, row, strict=True)) for row in scores.tolist()]


def told(utterances: Sequence[Utterance], read: Read) -> tuple[Floats, list[Named]]:
    """Dense rows `(n, 2d)` and named features of n utterances whose moves were read."""
    units = [Part(at, bared(each.text)) for at, each in enumerate(utterances)]
    dense, named = describe(utterances, units, read.vectors)
    likely = np.clip(read.utterances, LEAST, 1 - LEAST)
    odds = np.log(likely / (1 - likely)) / SCALE
    seen = [signs(plain(each.text)) for each in utterances]
    for at, features in enumerate(named):
        features |= {f"move {name}": float(value) for name, value in zip(NAMED, odds[at], strict=True)}
        features |= {f"shows {name}": 1.0 for name in seen[at]}
        for place, where in ((at - 1, "before"), (at + 1, "after")):
            if 0 <= place < len(utterances):
                features |= {
                    f"{where} move {name}": NEIGHBOUR * float(value)
                    for name, value in zip(NAMED, odds[place], strict=True)
                }
        if at:
            features |= {f"before shows {name}": NEIGHBOUR for name in seen[at - 1]}
    return dense, named
