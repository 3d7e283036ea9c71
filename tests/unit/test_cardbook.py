"""The book of all cards: what a question is near to."""

from collections.abc import Sequence

import numpy as np
import pytest
from support.cards import CARD, card

from knowledge.cardbook import CardBook, Floats
from knowledge.embeddings import LocalEmbedder


@pytest.fixture(scope="module")
def embedder() -> LocalEmbedder:
    return LocalEmbedder()


@pytest.fixture(scope="module")
def book(embedder: LocalEmbedder) -> CardBook:
    return CardBook([card()], embedder.embed)


def test_every_text_a_question_can_be_near_to_is_an_entry(book: CardBook) -> None:
    kinds = {(entry.kind, entry.text) for entry in book.entries}
    assert ("title", "One team first") in kinds
    assert ("situation", "everybody at once") in kinds
    assert ("sentence", "Pick one team, not the field.") in kinds
    assert ("verdict", "Should we train everybody?") in kinds
    assert ("objection", "Why not all?") in kinds
    assert len(book.entries) == 1 + 3 + 7 + 1 + 1


def test_the_nearest_entries_come_best_first(book: CardBook, embedder: LocalEmbedder) -> None:
    near = book.near(embedder.embed_one("Should the whole sales force be trained at once?"))
    found = near.best("situation", "verdict", top=4)
    assert found[0][0].text == "Should we train everybody?"
    assert found[0][0].verdict == "no"
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    assert near.best("sentence", cards=["no-such-card"]) == []


def test_a_sentence_is_nearest_to_itself(book: CardBook, embedder: LocalEmbedder) -> None:
    for sentence in card().sentences():
        near = book.near(embedder.embed_one(sentence.text))
        assert near.of("one-team", sentence) == pytest.approx(1, abs=1e-3)
    first, *_, last = card().sentences()
    assert book.alike("one-team", first, first) == pytest.approx(1, abs=1e-5)
    assert book.alike("one-team", first, last) < 0.9


def test_the_mean_of_the_best_is_zero_where_there_is_nothing(book: CardBook, embedder: LocalEmbedder) -> None:
    near = book.near(embedder.embed_one("everybody at once"))
    assert near.mean_top("no-such-card", "title") == 0
    assert near.mean_top("one-team", "situation") == pytest.approx(1, abs=1e-3)
    assert near.mean_top("one-team", "situation", top=3) < near.mean_top("one-team", "situation")


def test_all_texts_are_embedded_in_one_go() -> None:
    asked: list[int] = []

    def vectors(texts: Sequence[str]) -> Floats:
        asked.append(len(texts))
        return np.eye(len(texts), 64, dtype=np.float32)

    other = card(CARD).about.model_copy(update={"id": "other"})
    book = CardBook([card(), type(card())(other, card().sections, "")], vectors)
    assert asked == [len(book.entries)]
    assert set(book.cards) == {"one-team", "other"}
