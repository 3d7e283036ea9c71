"""All cards with a vector for every sentence, situation, settled question and objection: what the composer chooses from.

A few thousand short texts, held as one matrix; one question against all of them is a single product.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from knowledge.cards import Card, Sentence

Floats = NDArray[np.float32]
EntryKind = Literal["title", "situation", "verdict", "sentence", "objection"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of a card that a question can be near to."""

    card_id: str
    kind: EntryKind
    text: str
    sentence: Sentence | None = None
    verdict: str | None = None


class CardBook:
    """Cards by id, and their entries as rows of one matrix `(n, d)`."""

    def __init__(self, cards: Iterable[Card], vectors_of: Callable[[Sequence[str]], Floats]) -> None:
        self.cards = {card.id: card for card in cards}
        self.entries: tuple[Entry, ...] = tuple(entries(self.cards.values()))
        self._matrix = vectors_of([entry.text for entry in self.entries])
        self.row_of = {
            (e.card_id, e.sentence.section, e.sentence.raw): row
            for row, e in enumerate(self.entries)
            if e.kind == "sentence" and e.sentence is not None
        }
        self._rows: dict[tuple[str, EntryKind], list[int]] = {}
        for row, entry in enumerate(self.entries):
            self._rows.setdefault((entry.card_id, entry.kind), []).append(row)

    def near(self, vector: Floats) -> "Nearness":
        """How near every entry is to a question's vector `(d,)`, as cosine similarity."""
        return Nearness(self, self._matrix @ vector)

    def rows(self, cards: Iterable[str], kinds: Iterable[EntryKind]) -> list[int]:
        """Rows of the entries of these kinds in these cards."""
        wanted = tuple(kinds)
        return [row for card in cards for kind in wanted for row in self._rows.get((card, kind), ())]

    def alike(self, card_id: str, one: Sentence, other: Sentence) -> float:
        """Cosine similarity of two sentences of a card."""
        a, b = (self._matrix[self.row_of[(card_id, s.section, s.raw)]] for s in (one, other))
        return float(a @ b)


class Nearness:
    """One question against the whole book."""

    def __init__(self, book: CardBook, scores: Floats) -> None:
        self.book, self.scores = book, scores

    def of(self, card_id: str, sentence: Sentence) -> float:
        """Similarity of the question to one sentence of a card."""
        return float(self.scores[self.book.row_of[(card_id, sentence.section, sentence.raw)]])

    def best(
        self, *kinds: EntryKind, cards: Iterable[str] | None = None, top: int = 1
    ) -> list[tuple[Entry, float]]:
        """The nearest entries of some kinds, best first, within some cards if given."""
        rows = np.array(self.book.rows(cards if cards is not None else self.book.cards, kinds), dtype=np.intp)
        order = rows[np.argsort(-self.scores[rows], kind="stable")[:top]]
        return [(self.book.entries[int(row)], float(self.scores[row])) for row in order]

    def mean_top(self, card_id: str, *kinds: EntryKind, top: int = 1) -> float:
        """The mean similarity of a card's `top` nearest entries of these kinds; 0 where it has none."""
        rows = self.book.rows([card_id], kinds)
        return float(np.mean(np.sort(self.scores[rows])[-top:])) if rows else 0.0


def entries(cards: Iterable[Card]) -> Iterable[Entry]:
    """Every entry of these cards, card by card."""
    for card in cards:
        yield from _entries(card)


def _entries(card: Card) -> Iterable[Entry]:
    yield Entry(card.id, "title", card.title)
    for situation in card.about.situations:
        yield Entry(card.id, "situation", situation)
    for sentence in card.sentences():
        yield Entry(card.id, "sentence", sentence.text, sentence)
        for verdict, question in sentence.verdicts:
            yield Entry(card.id, "verdict", question, sentence, verdict)
        if sentence.objection:
            yield Entry(card.id, "objection", sentence.objection, sentence)
