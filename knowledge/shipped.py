"""Vectors that come with the playbook, so that a fresh instance need not embed it.

`python -m knowledge.shipped` embeds the playbook anew, after a card was changed.
"""

import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from knowledge.cards import PLAYBOOK, Card, shipped_cards
from knowledge.embeddings import Embedder, Floats, LocalEmbedder, unit
from knowledge.playbook_drafts import card_draft
from knowledge.progress import Progress
from knowledge.samples import shipped_stories, story_drafts
from knowledge.windows import content_hash

VECTORS = PLAYBOOK / "vectors.npz"


def shipped_vectors(model: str, path: Path = VECTORS) -> dict[str, Floats]:
    """Content hash to vector `(d,)`, unit length; empty where none were made with `model`.

    A missing or damaged file is no fault: what it would have held is embedded instead.
    """
    made_with, vectors = _load(path)
    return vectors if made_with == model else {}


@cache
def _load(path: Path) -> tuple[str, dict[str, Floats]]:
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            rows = unit(file["vectors"].astype(np.float32))
            hashes = [each.tobytes().hex() for each in file["hashes"]]
            return str(file["model"]), dict(zip(hashes, rows, strict=True))
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        return "", {}


def write_vectors(embedder: Embedder, path: Path = VECTORS, progress: Progress | None = None) -> int:
    """Embed the shipped playbook into `path`, as int8 rows by content hash; returns how many.

    A row is scaled so that its largest number is 127, and its length is put right when it is read: the cosine
    similarity to the row before is above .9999.
    """
    cards = shipped_cards()
    texts = {content_hash(text): text for card in cards for text in _texts(card)}
    texts |= {
        window.content_hash: window.text
        for draft in story_drafts(shipped_stories())
        for window in draft.windows()
    }
    hashes = sorted(texts)
    rows = embedder.embed([texts[each] for each in hashes], progress)
    np.savez_compressed(
        path,
        model=np.array(embedder.name),
        hashes=np.array([bytes.fromhex(each) for each in hashes], dtype="V32"),
        vectors=np.round(rows * (127 / np.abs(rows).max(axis=1, keepdims=True))).astype(np.int8),
    )
    return len(hashes)


def _texts(card: Card) -> Iterator[str]:
    """All that is embedded of a card: what is indexed, and what the composer compares a question with."""
    yield from (window.text for window in card_draft(card).windows())
    yield card.title
    for sentence in card.sentences():
        yield from (sentence.text, *([sentence.objection] if sentence.objection else []))


def main() -> None:
    """What `make vectors` runs."""

    def report(what: str, done: int, total: int) -> None:
        sys.stderr.write(f"\r{what} {done}/{total}")

    count = write_vectors(LocalEmbedder(), progress=report)
    sys.stderr.write(f"\n{count} vectors in {VECTORS.name}\n")


if __name__ == "__main__":
    main()
