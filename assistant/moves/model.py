"""The recogniser's weights: one logistic regression for each move, calibrated, in one small file."""

import json
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.moves.features import Floats, Named, Part
from assistant.moves.utterance import NAMED

WEIGHTS = Path(__file__).parent / "moves.npz"
MEANING = 3.0
"""What the embeddings count for against the signs; chosen by cross-validation over the training part."""


@dataclass(frozen=True)
class MovesModel:
    """Weights `(2d + v, m)` and biases `(m,)` for m moves, two embeddings of d numbers and v named features.

    An utterance has three logits for each move: that of the whole, the highest of its sentences, and the tuned encoder's;
    `judgement` `(m, 4)` weighs them, with a constant, into the logit of a probability (Platt 1999), and `calibration`
    `(m, 3)` does so without the encoder. A move is chosen from its threshold upwards. `data` is the digest of what it was
    trained on.
    """

    embedding: str
    data: str
    vocabulary: dict[str, int]
    weights: Floats
    biases: Floats
    calibration: Floats
    judgement: Floats
    thresholds: Floats

    def logits(self, dense: Floats, named: Sequence[Named]) -> Floats:
        """One row `(m,)` for each part."""
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

    def probabilities(self, pairs: Floats, heard: Floats | None = None) -> Floats:
        """Calibrated probabilities `(n, m)` of logit pairs `(n, 2, m)`, and of the encoder's `(n, m)` where it listened."""
        whole, part, *encoder, constant = (self.calibration if heard is None else self.judgement).T
        logits = pairs[:, 0] * whole + pairs[:, 1] * part + constant
        if heard is not None:
            logits = logits + heard * encoder[0]
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Keep the model in one file, the weights in half precision."""
        np.savez_compressed(
            path,
            about=json.dumps({"embedding": self.embedding, "data": self.data, "moves": NAMED}),
            vocabulary=json.dumps(sorted(self.vocabulary, key=self.vocabulary.__getitem__)),
            weights=self.weights.astype(np.float16),
            **{
                name: getattr(self, name).astype(np.float32)
                for name in ("biases", "calibration", "judgement", "thresholds")
            },
        )

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> "MovesModel":
        """The model kept by `save`. Raises OSError or ValueError for a file that is none."""
        try:
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
                about, names = json.loads(str(kept["about"])), json.loads(str(kept["vocabulary"]))
                if tuple(about["moves"]) != NAMED:
                    raise ValueError(f"{path.name} knows other moves")
                return cls(
                    embedding=about["embedding"],
                    data=about["data"],
                    vocabulary={name: position for position, name in enumerate(names)},
                    **{
                        name: kept[name].astype(np.float32)
                        for name in ("weights", "biases", "calibration", "judgement", "thresholds")
                    },
                )
        except (EOFError, KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(f"{path.name} is torn or no model of moves") from error


def pairs(units: Sequence[Part], logits: Floats, count: int) -> Floats:
    """Logits of the whole and the highest of the sentences, `(count, 2, m)`, of parts that `parts` made."""
    found = np.repeat(logits[:count, None, :], 2, axis=1)
    fresh = [True] * count
    for part, row in zip(units[count:], logits[count:], strict=True):
        found[part.at, 1] = row if fresh[part.at] else np.maximum(found[part.at, 1], row)
        fresh[part.at] = False
    return found
