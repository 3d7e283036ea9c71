"""Whether somebody speaks as a VP of Sales or as a learning executive: a small local model over what they say.

`python -m assistant.review.leaning` trains it on the labelled conversations of the moves, the held-back third left out.
"""

import sys
from collections.abc import Callable, Sequence
from itertools import islice
from math import log
from pathlib import Path
from statistics import fmean

from assistant.moves.examples import Scenario, read_scenarios
from assistant.review.marks import LEARNING, VP
from assistant.textmodel import Floats, TextModel, train

WEIGHTS = Path(__file__).parent / "roles.npz"
STRENGTH, STEM_WEIGHT = 0.3, 0.35
OTHER = "other"
TELLING_WORDS, MOST_LINES = 4, 60

Embed = Callable[[Sequence[str]], Floats]


class Leaning:
    """How much more somebody speaks like a VP than like learning; `embed` belongs to the model's weights."""

    def __init__(self, model: TextModel, *, embed: Embed) -> None:
        self._model = model
        self._embed = embed

    def __call__(self, texts: Sequence[str]) -> float:
        """Mean log odds over what was said, above zero for a VP; 0 where nothing tells."""
        told = list(islice((text for text in texts if len(text.split()) >= TELLING_WORDS), MOST_LINES))
        if not told:
            return 0.0
        found = [
            self._model.probabilities(text, vector)
            for text, vector in zip(told, self._embed(told), strict=True)
        ]
        return fmean(log(each[VP] / each[LEARNING]) for each in found)


def learn(scenarios: Sequence[Scenario], embed: Embed, *, embedding: str) -> TextModel:
    """A model of who says what, from lines whose speaker has a role."""
    lines = [
        (said.text, said.role if said.role in (VP, LEARNING) else OTHER)
        for each in scenarios
        for said in each.utterances
        if len(said.text.split()) >= TELLING_WORDS
    ]
    return train(
        lines,
        embed,
        classes=(VP, LEARNING, OTHER),
        embedding=embedding,
        strength=STRENGTH,
        stem_weight=STEM_WEIGHT,
    )


def main() -> None:
    """Train on what is not held back, and write the weights."""
    from knowledge.embeddings import LocalEmbedder

    embedder = LocalEmbedder()
    scenarios = [each for each in read_scenarios() if not each.held_back]
    learn(scenarios, embedder.embed, embedding=embedder.name).save(WEIGHTS)
    sys.stderr.write(f"weights in {WEIGHTS.name}\n")


if __name__ == "__main__":
    main()
