"""What each stretch of a paragraph tells, by weights learnt from labelled ones: logistic regressions over its signs."""

import json
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.debrief.signs import Signs

Floats = NDArray[np.float32]
WEIGHTS = Path(__file__).parent / "debrief.npz"
KINDS = ("promise", "outcome", "refused", "tried", "story", "felt")
OWNERS = ("me", "counterpart", "both", "other")


@dataclass(frozen=True)
class Weights:
    """Weights `(v, h)` and biases `(h,)` for v signs and h heads: one for each of `KINDS`, then one for each of `OWNERS`.

    A stretch tells a kind from its threshold upwards; whose a promise is says the highest of the owners.
    """

    vocabulary: dict[str, int]
    weights: Floats
    biases: Floats
    thresholds: Floats

    def odds(self, told: Sequence[Signs]) -> Floats:
        """The probability of each head for each stretch: (n, h)."""
        found = np.tile(self.biases, (len(told), 1))
        for row, signs in enumerate(told):
            known = [
                (self.vocabulary[name], value) for name, value in signs.items() if name in self.vocabulary
            ]
            if known:
                places, values = zip(*known, strict=True)
                found[row] += np.array(values, dtype=np.float32) @ self.weights[list(places)]
        return np.asarray(1 / (1 + np.exp(-found)), dtype=np.float32)

    def save(self, path: Path = WEIGHTS) -> None:
        """Keep them in one file, in half precision."""
        np.savez_compressed(
            path,
            vocabulary=json.dumps(sorted(self.vocabulary, key=self.vocabulary.__getitem__)),
            weights=self.weights.astype(np.float16),
            biases=self.biases.astype(np.float32),
            thresholds=self.thresholds.astype(np.float32),
        )

    @classmethod
    @cache
    def load(cls, path: Path = WEIGHTS) -> "Weights":
        """The shipped ones. Raises OSError or ValueError for a file that holds none."""
        try:
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
                names = json.loads(str(kept["vocabulary"]))
                return cls(
                    {name: place for place, name in enumerate(names)},
                    *(kept[name].astype(np.float32) for name in ("weights", "biases", "thresholds")),
                )
        except (EOFError, KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(f"{path.name} is torn or holds no weights") from error
