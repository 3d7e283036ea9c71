"""Reads the moves of a conversation, utterance by utterance, with what was said before."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from assistant.moves.features import Floats, Part, describe, parts
from assistant.moves.hearing import HEAD, TUNED, heard
from assistant.moves.model import MovesModel, pairs
from assistant.moves.utterance import NAMED, MoveScore, Utterance
from knowledge.classifier import LocalClassifier
from knowledge.embeddings import LocalEmbedder

REMEMBERED, REMEMBERED_TEXTS = 8, 6_000
Embed = Callable[[Sequence[str]], Floats]
Listen = Callable[[Sequence[tuple[str, str]]], Floats]
"""Logits `(n, m)` of n texts, each with what was said before it."""
_Asked = TypeVar("_Asked", bound=Hashable)


class _Remembering(Generic[_Asked]):
    """Rows for what is asked; those of the last few thousand are kept, as a talk is read in two cuts."""

    def __init__(self, work_out: Callable[[Sequence[_Asked]], Floats]) -> None:
        self._work_out = work_out
        self._known: dict[_Asked, Floats] = {}

    def __call__(self, asked: Sequence[_Asked]) -> Floats:
        """One row for each of what is asked, in order."""
        have = {each: known for each in asked if (known := self._known.get(each)) is not None}
        if missing := [each for each in dict.fromkeys(asked) if each not in have]:
            fresh = dict(zip(missing, self._work_out(missing), strict=True))
            self._known = (self._known | fresh) if len(self._known) < REMEMBERED_TEXTS else fresh
            have |= fresh
        return np.stack([have[each] for each in asked])


@dataclass(frozen=True)
class Read:
    """Probabilities `(n, m)` of n utterances, their embeddings `(n, d)`, and those of long ones' sentences."""

    utterances: Floats
    vectors: Floats
    units: list[Part]
    sentences: Floats


class Recogniser:
    """Moves of utterances; `embed` gives one unit row for each text, from the model that the weights belong to, and
    `listen` the logits of the encoder that was tuned beside them.
    """

    def __init__(self, model: MovesModel, *, embed: Embed, listen: Listen) -> None:
        self.model = model
        self._listen = listen
        self._vectors, self._logits = _Remembering(embed), _Remembering(listen)
        self._kept: OrderedDict[tuple[Utterance, ...], Read] = OrderedDict()

    @classmethod
    def shipped(cls, words: LocalEmbedder) -> "Recogniser":
        """What comes with the project, for the embedding model that it belongs to."""
        encoder = LocalClassifier(
            TUNED, words, threads=1
        )  # one line at a time: a second thread costs more than it saves
        return cls(
            MovesModel.load(),
            embed=words.embed,
            listen=lambda said: encoder.logits([text for text, _ in said], [last for _, last in said])[HEAD],
        )

    def embedding_with(self, embed: Embed) -> "Recogniser":
        """The same, with the embeddings of another place: one that remembers them, say."""
        return Recogniser(self.model, embed=embed, listen=self._listen)

    def read(self, utterances: Sequence[Utterance]) -> list[tuple[MoveScore, ...]]:
        """The chosen moves of each utterance in the order spoken, likeliest first; `other` alone where none is."""
        return [self.choose(row) for row in self.probabilities(utterances).utterances]

    def read_sentences(
        self, utterances: Sequence[Utterance]
    ) -> list[list[tuple[str, tuple[MoveScore, ...]]]]:
        """The same for each sentence of the utterances that are long; an empty list for a short one."""
        found: list[list[tuple[str, tuple[MoveScore, ...]]]] = [[] for _ in utterances]
        read = self.probabilities(utterances)
        for unit, row in zip(read.units[len(utterances) :], read.sentences, strict=True):
            found[unit.at].append((unit.text, self.choose(row)))
        return found

    def probabilities(self, utterances: Sequence[Utterance]) -> Read:
        """The probability of each named move, before any is chosen; the last few conversations are remembered."""
        key = tuple(utterances)
        found = self._kept.get(key) or self._read(key)
        self._kept[key] = found
        while len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)
        return found

    def _read(self, utterances: Sequence[Utterance]) -> Read:
        count, units = len(utterances), parts(utterances)
        if not units:
            nothing = np.zeros((0, len(NAMED)), dtype=np.float32)
            return Read(nothing, np.zeros((0, 0), dtype=np.float32), [], nothing)
        vectors = self._vectors([unit.text for unit in units])
        said = list(zip(*heard(utterances), strict=True))
        dense, named = describe(utterances, units, vectors)
        logits = self.model.logits(dense, named)
        alone = np.repeat(logits[count:, None, :], 2, axis=1)
        return Read(
            self.model.probabilities(pairs(units, logits, count), self._logits(said)),
            vectors[:count],
            units,
            self.model.probabilities(alone),
        )

    def choose(self, row: Floats) -> tuple[MoveScore, ...]:
        """The chosen moves of a row of probabilities, likeliest first; `other` alone where none is."""
        chosen = [
            MoveScore(move, float(row[at]))
            for at, move in enumerate(NAMED)
            if row[at] >= self.model.thresholds[at]
        ]
        if not chosen:
            return (MoveScore("other", float(np.prod(1 - row))),)
        return tuple(sorted(chosen, key=lambda found: -found.score))
