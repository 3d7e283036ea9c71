"""What people said of lines that the machine had misread, and what follows for similar lines at once.

The gap between what a person said and what the machine had thought is carried over to other lines by Gaussian process
regression (Rasmussen and Williams 2006, eq. 2.23) over the embeddings. A person's corrections reach far among that
person's own lines, whose style they show; among everybody else's they reach only lines that say nearly the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.moves.features import Floats
from assistant.moves.recogniser import Read, Recogniser
from assistant.moves.sentences import plain
from assistant.moves.utterance import NAMED, MoveScore, Utterance

REACH, NOISE, NEARLY_SAME = 4.0, 0.3, 0.8
"""Chosen on two of the four persons in `persons/`; the other two are only measured (`counterpart eval corrections`)."""
TELLING_WORDS = 4
"""A line of this many words that was corrected is read so wherever it stands; “right” may mean many things."""


@dataclass(frozen=True)
class Example:
    """A corrected line: who said it, its moves as a person saw them, its embedding `(d,)`, the machine's view `(m,)`."""

    speaker: str
    text: str
    moves: frozenset[str]
    vector: Floats
    probabilities: Floats


class Taught:
    """Reads like the recogniser, and as it was corrected."""

    def __init__(self, recogniser: Recogniser, examples: Iterable[Example]) -> None:
        self._recogniser = recogniser
        self._examples = [each for each in examples if len(each.text.split()) >= 2]
        self._said = {
            plain(each.text): each.moves for each in self._examples if len(each.text.split()) >= TELLING_WORDS
        }

    def read(self, utterances: Sequence[Utterance]) -> list[tuple[MoveScore, ...]]:
        """The moves of each utterance; `human` where a person said so of this very line."""
        base = self._recogniser.probabilities(utterances)
        rows = self.adjusted(utterances, base.utterances, base.vectors)
        return [
            human if (human := self._human(each)) else self._recogniser.choose(row)
            for each, row in zip(utterances, rows, strict=True)
        ]

    def probabilities(self, utterances: Sequence[Utterance]) -> Read:
        """As the recogniser has them, with what the corrections add."""
        base = self._recogniser.probabilities(utterances)
        return replace(base, utterances=self.adjusted(utterances, base.utterances, base.vectors))

    def adjusted(self, utterances: Sequence[Utterance], probabilities: Floats, vectors: Floats) -> Floats:
        """Probabilities `(n, m)` with what the corrections add to them; unchanged without any."""
        if not self._examples or not utterances:
            return probabilities
        known = np.stack([each.vector for each in self._examples])
        if known.shape[1] != vectors.shape[1]:  # they were given under another embedding model
            return probabilities
        wanted = np.array(
            [[move in each.moves for move in NAMED] for each in self._examples], dtype=np.float32
        )
        gaps = wanted - np.stack([each.probabilities for each in self._examples])
        within = np.exp(REACH * (known @ known.T - 1)) + NOISE * np.eye(len(known))
        cosines = vectors @ known.T
        reached = np.exp(REACH * (cosines - 1)) * (self._same(utterances) | (cosines > NEARLY_SAME))
        return np.asarray(
            np.clip(probabilities + reached @ np.linalg.solve(within, gaps), 0, 1), dtype=np.float32
        )

    def _same(self, utterances: Sequence[Utterance]) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
        """Who speaks as somebody spoke who was corrected, `(n, k)`."""
        theirs = [each.speaker.casefold() for each in self._examples]
        return np.array([[each.speaker.casefold() == name for name in theirs] for each in utterances])

    def _human(self, each: Utterance) -> tuple[MoveScore, ...]:
        said = self._said.get(plain(each.text))
        return () if said is None else said_by_a_person(said)


def said_by_a_person(moves: Iterable[str]) -> tuple[MoveScore, ...]:
    """Moves as a person named them; `other` alone where none was."""
    return tuple(MoveScore(move, 1.0, human=True) for move in sorted(moves)) or (
        MoveScore("other", 1.0, human=True),
    )
