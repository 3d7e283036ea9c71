"""Whether a conversation is one of selling and learning at all: a small local model over what is said in it.

`python -m assistant.review.topic` trains it on the meetings among the labelled conversations, the held-back third left
out, against the lines of other meetings in `elsewhere.txt`.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from math import log
from pathlib import Path
from statistics import fmean

from assistant.moves.examples import Scenario, read_scenarios
from assistant.review.marks import LEARNING, VP
from assistant.review.roles import of_the_field
from assistant.review.transcript import Transcript
from assistant.textmodel import Floats, TextModel, train

WEIGHTS = Path(__file__).parent / "topic.npz"
ELSEWHERE = Path(__file__).parent / "elsewhere.txt"
OTHER = "elsewhere"
STRENGTH, STEM_WEIGHT = 1.0, 0.0
TELLING_WORDS, MOST_WORDS, MOST_LINES = 4, 40, 60
NEAR = 0.68
"""Mean log odds below which a talk is about something else; chosen on talks of both kinds that were looked at."""

Embed = Callable[[Sequence[str]], Floats]
Near = Callable[[Sequence[str]], float]


class Topic:
    """How near a conversation is to what a VP and learning speak of; `embed` belongs to the model's weights."""

    def __init__(self, model: TextModel, *, embed: Embed) -> None:
        self._model = model
        self._embed = embed

    def __call__(self, texts: Sequence[str]) -> float:
        """Mean log odds over at most sixty lines, taken evenly from all; `NEAR` where nothing tells."""
        told = _lines(texts)
        told = told[:: max(1, len(told) // MOST_LINES)][:MOST_LINES]
        if not told:
            return NEAR
        found = [
            self._model.probabilities(text, vector)
            for text, vector in zip(told, self._embed(told), strict=True)
        ]
        return fmean(log((1 - each[OTHER]) / each[OTHER]) for each in found)


def elsewhere(transcript: Transcript, roles: Mapping[str, str | None], near: Near | None) -> bool:
    """Whether a talk is about something else; never where it is known that both a VP and learning speak."""
    if near is None or {VP, LEARNING} <= set(roles.values()):
        return False
    return not about_it([turn.text for turn in transcript.turns], near)


def about_it(texts: Sequence[str], near: Near) -> bool:
    """Whether the turns of a talk are of selling and learning, by their words or by what they mean."""
    return of_the_field(" ".join(texts)) or near(texts) >= NEAR


def learn(
    scenarios: Sequence[Scenario], elsewhere: Sequence[str], embed: Embed, *, embedding: str
) -> TextModel:
    """A model of what each of the two says in their meetings, and of lines from others."""
    own = [
        (text, said.role)
        for each in scenarios
        for said in each.utterances
        for text in _lines([said.text])
        if said.role in (VP, LEARNING)
    ]
    return train(
        [*own, *((text, OTHER) for text in _lines(elsewhere))],
        embed,
        classes=(VP, LEARNING, OTHER),
        embedding=embedding,
        strength=STRENGTH,
        stem_weight=STEM_WEIGHT,
    )


def read_elsewhere(path: Path = ELSEWHERE) -> list[str]:
    """The lines of meetings about something else."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _lines(texts: Sequence[str]) -> list[str]:
    return [" ".join(text.split()[:MOST_WORDS]) for text in texts if len(text.split()) >= TELLING_WORDS]


def main() -> None:
    """Train on what is not held back, and write the weights."""
    from knowledge.embeddings import LocalEmbedder

    embedder = LocalEmbedder()
    meetings = [each for each in read_scenarios() if each.field and not each.held_back]
    learn(meetings, read_elsewhere(), embedder.embed, embedding=embedder.name).save(WEIGHTS)
    sys.stderr.write(f"weights in {WEIGHTS.name}\n")


if __name__ == "__main__":
    main()
