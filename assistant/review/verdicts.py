"""Whether a finding is made of a talk: a logistic regression for each type, over what is surest in the whole talk.

It sees the two highest scores of every act, and how likely the best lines for each finding are. That nobody named an
outcome, say, is read from all lines at once rather than from each by itself.
"""

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.moves.features import Floats
from assistant.review.acts import ACTS
from assistant.review.marks import Line
from assistant.review.places import PLACES, Talk

WEIGHTS = Path(__file__).parent / "verdicts.npz"
TYPES = (
    "order_taken", "candour_dodged", "persuading_in_series", "no_outcome_named", "no_group_named", "no_story",
    "outcome_asked", "outcome_named", "small_start", "approach_first", "played_back", "reality_named", "story_told",
)  # fmt: skip
"""Those that cross-validation judged better from the whole talk than by a rule over the acts of its lines."""
EITHER = ("order_taken", "candour_dodged", "persuading_in_series")
"""Those that a rule alone may also find: they decide a meeting, and one that is missed costs more than a look."""
LEAST, SCALE, TOP = 0.01, 3.0, 2


@dataclass(frozen=True)
class Verdicts:
    """Weights `(f, t)` and biases `(t,)`, shifted so that .5 is where a finding is made."""

    weights: Floats
    biases: Floats

    def __call__(self, lines: Sequence[Line]) -> Mapping[str, float]:
        """Every type with its score, from 0 to 1."""
        logits = features(lines) @ self.weights + self.biases
        return dict(zip(TYPES, (1 / (1 + np.exp(-logits))).tolist(), strict=True))

    def save(self, path: Path = WEIGHTS) -> None:
        """Keep the model in one file."""
        about = json.dumps({"types": TYPES, "acts": ACTS})
        np.savez_compressed(
            path, about=about, weights=self.weights.astype(np.float32), biases=self.biases.astype(np.float32)
        )

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> "Verdicts":
        """The model kept by `save`. Raises OSError or ValueError for a file that is none."""
        try:
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
                about = json.loads(str(kept["about"]))
                if (tuple(about["types"]), tuple(about["acts"])) != (TYPES, ACTS):
                    raise ValueError(f"{path.name} knows other findings")
                return cls(kept["weights"], kept["biases"])
        except (EOFError, KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(f"{path.name} is torn or no model of findings") from error


def features(lines: Sequence[Line]) -> Floats:
    """What a talk is judged by, `(f,)`: log odds of the highest scores."""
    talk = Talk(lines)
    scores = []
    for act in ACTS:
        best = sorted(talk.act(act), reverse=True)[:TOP]
        scores += [*best, *[0.0] * (TOP - len(best))]
    scores += [max((each.score for each in place.find(talk)), default=0.0) for place in PLACES.values()]
    likely = np.clip(np.array(scores, dtype=np.float32), LEAST, 1 - LEAST)
    return np.asarray(np.log(likely / (1 - likely)) / SCALE, dtype=np.float32)
