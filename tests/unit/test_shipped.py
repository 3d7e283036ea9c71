"""Vectors that come with the playbook."""

from pathlib import Path

import numpy as np

from knowledge.cards import shipped_cards
from knowledge.embeddings import LocalEmbedder
from knowledge.playbook_drafts import card_draft
from knowledge.shipped import shipped_vectors
from knowledge.windows import content_hash


def test_they_are_used_for_their_own_model_alone() -> None:
    assert shipped_vectors("another-model@1") == {}


def test_every_text_of_the_playbook_has_one() -> None:
    ready = shipped_vectors(LocalEmbedder().name)
    texts = [window.text for card in shipped_cards() for window in card_draft(card).windows()]
    missing = [text for text in texts if content_hash(text) not in ready]
    assert not missing, f"{len(missing)} texts of the playbook have no vector: run `make vectors`"


def test_they_are_what_the_model_makes_of_the_text() -> None:
    embedder = LocalEmbedder()
    texts = [window.text for window in card_draft(shipped_cards()[0]).windows()][:5]
    ready = shipped_vectors(embedder.name)
    for text, made in zip(texts, embedder.embed(texts), strict=True):
        row = ready[content_hash(text)]
        assert abs(np.linalg.norm(row) - 1) < 1e-5
        assert row @ made > 0.9995


def test_a_torn_or_missing_file_means_embedding_anew(tmp_path: Path) -> None:
    torn = tmp_path / "vectors.npz"
    torn.write_bytes(b"PK\x03\x04 torn")
    assert shipped_vectors(LocalEmbedder().name, torn) == {}
    assert shipped_vectors(LocalEmbedder().name, tmp_path / "missing.npz") == {}
