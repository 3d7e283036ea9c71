"""The small classifier: it learns from labelled lines, is kept in one file and reads as it did before."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.textmodel import Floats, TextModel, terms, train
from knowledge.embeddings import LocalEmbedder

LINES = [
    *((f"the rep lost the deal in {town}", "sales") for town in ("Dallas", "Lyon", "Osaka", "Perth", "Graz")),
    *((f"bake the bread for {n} minutes", "kitchen") for n in (10, 20, 30, 40, 50)),
    *((f"the dog barked at the {who}", "animals") for who in ("postman", "cat", "guest", "moon", "car")),
]
CLASSES = ("kitchen", "sales", "animals")


@pytest.fixture(scope="module")
def embedder() -> LocalEmbedder:
    return LocalEmbedder()


@pytest.fixture(scope="module")
def model(embedder: LocalEmbedder) -> TextModel:
    return train(
        LINES, embedder.embed, classes=CLASSES, embedding=embedder.name, strength=10, stem_weight=0.3
    )


def test_it_recognises_what_it_has_never_read(model: TextModel, embedder: LocalEmbedder) -> None:
    for text, wanted in (
        ("our seller lost two deals", "sales"),
        ("how long does a cake bake", "kitchen"),
        ("a puppy barks", "animals"),
    ):
        probabilities = model.probabilities(text, embedder.embed_one(text))
        assert max(probabilities, key=probabilities.__getitem__) == wanted
        assert sum(probabilities.values()) == pytest.approx(1)
        assert set(probabilities) == set(CLASSES)


def test_a_class_without_lines_is_no_class(embedder: LocalEmbedder) -> None:
    trained = train(
        LINES, embedder.embed, classes=(*CLASSES, "empty"), embedding="m", strength=10, stem_weight=0.3
    )
    assert trained.classes == CLASSES


def test_what_is_kept_reads_as_before(model: TextModel, embedder: LocalEmbedder, tmp_path: Path) -> None:
    model.save(tmp_path / "model.npz")
    kept = TextModel.load(tmp_path / "model.npz")
    assert (kept.embedding, kept.classes, kept.vocabulary) == (
        model.embedding,
        model.classes,
        model.vocabulary,
    )
    for text, _ in LINES:
        before = model.probabilities(text, embedder.embed_one(text))
        assert kept.probabilities(text, embedder.embed_one(text)) == pytest.approx(before, abs=0.01)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"no archive at all"])
def test_a_file_that_is_no_model_is_an_error_that_can_be_caught(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "model.npz").write_bytes(content)
    with pytest.raises((OSError, ValueError)):
        TextModel.load(tmp_path / "model.npz")


def test_words_of_one_stem_are_one_term_and_all_numbers_are() -> None:
    assert terms("managers") == terms("Manager")
    assert terms("in 10 weeks") == terms("in 999 weeks")
    assert "<number> week" in terms("in 10 weeks")
    assert terms("don’t") == terms("don't")
    assert terms("") == []


def test_words_it_never_met_do_not_stop_it(model: TextModel) -> None:
    blank: Floats = np.zeros(model.weights.shape[0] - len(model.vocabulary), dtype=np.float32)
    probabilities = model.probabilities("zzyzx 🙂 ---", blank)
    assert sum(probabilities.values()) == pytest.approx(1)


def test_the_embedding_is_asked_once_for_all_lines() -> None:
    asked: list[int] = []

    def embed(texts: Sequence[str]) -> Floats:
        asked.append(len(texts))
        return np.eye(len(texts), 16, dtype=np.float32)

    train(LINES, embed, classes=CLASSES, embedding="m", strength=1, stem_weight=1)
    assert asked == [len(LINES)]
