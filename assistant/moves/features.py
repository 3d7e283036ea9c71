"""What the model is told about an utterance: its words, its signs, who spoke before and what was said.

Named features are sparse; meaning is dense: the embedding of the text, and that of what the other said last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np
from numpy.typing import NDArray

from assistant.moves import questions
from assistant.moves.cues import cues
from assistant.moves.sentences import bared, plain, sentences
from assistant.moves.utterance import Utterance
from assistant.textmodel import terms

Floats = NDArray[np.float32]
Named = dict[str, float]

LONG_WORDS = 25
STEM, PREVIOUS, SHAPE = 0.35, 0.5, 0.5
PREVIOUS_MEANING = 0.5


@dataclass(frozen=True)
class Part:
    """A whole utterance, or one sentence of a long one: position of the utterance, and its text."""

    at: int
    text: str


@dataclass(frozen=True)
class Seen:
    """Signs of one text: in all of it, in each of its sentences, and what each asks."""

    text: str
    words: list[str]
    signs: set[str]
    asking: list[set[str]]
    kinds: list[questions.Kind]


def parts(utterances: Sequence[Utterance]) -> list[Part]:
    """Every utterance as a whole, without marks of layout, then the sentences of those that have several and are long."""
    found = [Part(at, bared(each.text)) for at, each in enumerate(utterances)]
    for at, whole in enumerate(found[: len(utterances)]):
        split = sentences(whole.text)
        if len(split) > 1 and len(whole.text.split()) >= LONG_WORDS:
            found += [Part(at, sentence) for sentence in split]
    return found


def look(text: str) -> Seen:
    """All signs of a text."""
    said = plain(text)
    split = [plain(sentence) for sentence in sentences(text)] or [""]
    asking = [questions.cues(sentence) for sentence in split]
    return Seen(
        text=said,
        words=said.split(),
        signs=cues(said),
        asking=asking,
        kinds=[questions.kind(sentence, found) for sentence, found in zip(split, asking, strict=True)],
    )


def before(utterances: Sequence[Utterance]) -> list[int | None]:
    """For each utterance the position of what somebody else said last."""
    found: list[int | None] = []
    last: dict[str, int] = {}
    for at, each in enumerate(utterances):
        found.append(max((place for who, place in last.items() if who != each.speaker), default=None))
        last[each.speaker] = at
    return found


def describe(
    utterances: Sequence[Utterance], units: Sequence[Part], vectors: Floats
) -> tuple[Floats, list[Named]]:
    """Dense rows `(n, 2d)` and named features of n parts, whose first ones are the whole utterances.

    `vectors` `(n, d)` are the embeddings of the parts.
    """
    earlier = before(utterances)
    seen = [look(part.text) for part in units]
    dense, named = np.zeros((len(units), 2 * vectors.shape[1]), dtype=np.float32), []
    dense[:, : vectors.shape[1]] = vectors
    for row, part in enumerate(units):
        previous = earlier[part.at]
        features = _own(seen[row]) | _shape(utterances, part.at)
        if previous is not None:
            dense[row, vectors.shape[1] :] = PREVIOUS_MEANING * vectors[previous]
            features |= _context(seen[row], seen[previous], float(vectors[row] @ vectors[previous]))
        named.append(features)
    return dense, named


def _own(seen: Seen) -> Named:
    found: Named = {f"sign {name}": 1.0 for name in seen.signs}
    for name in set().union(*seen.asking):
        found[f"asks {name}"] = 1.0
    for name in seen.asking[-1]:
        found[f"last asks {name}"] = 1.0
    found[f"last kind {seen.kinds[-1]}"] = 1.0
    for kind in set(seen.kinds):
        found[f"kind {kind}"] = 1.0
    if "open" in seen.kinds:
        found["asked open"] = 1.0
    elif "closed" in seen.kinds:
        found["asked closed"] = 1.0
    for term in set(terms(seen.text)):
        found[f"stem {term}"] = STEM
    if seen.words:
        found[f"first {' '.join(seen.words[:1])}"] = STEM
        found[f"first {' '.join(seen.words[:2])}"] = STEM
        found[f"end {seen.words[-1]}"] = STEM
    found["words"] = log1p(len(seen.words)) / 3
    found["sentences"] = log1p(len(seen.kinds)) / 2
    for most in (1, 3, 6, 12, 25, 50):
        if len(seen.words) <= most:
            found[f"up to {most}"] = 0.5
    return found


def _shape(utterances: Sequence[Utterance], at: int) -> Named:
    each = utterances[at]
    found: Named = {f"role {each.role or 'unknown'}": SHAPE}
    if at and utterances[at - 1].speaker == each.speaker:
        found["goes on"] = SHAPE
    if at < 2:
        found["opens"] = SHAPE
    return found


def _context(seen: Seen, previous: Seen, likeness: float) -> Named:
    found: Named = {f"before {name}": PREVIOUS for name in previous.signs}
    found[f"before asks {previous.kinds[-1]}"] = PREVIOUS
    found["before is long"] = PREVIOUS * (len(previous.words) > LONG_WORDS)
    shared = {word for word in seen.words if len(word) > 3} & set(previous.words)
    found["likeness"] = likeness
    found["shared words"] = min(1.0, len(shared) / 4)
    if "second_person" in seen.signs and "first_person" in previous.signs:
        found["their I is my you"] = 1.0
        if "first_person" not in seen.signs:
            found["their I is my you alone"] = 1.0
    return found
