"""Vectors for texts, each embedded at most once: kept before, shipped, or made now."""

from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.embeddings import Embedder, Floats
from knowledge.progress import Progress
from knowledge.store import vectors
from knowledge.store.engine import Store
from knowledge.windows import content_hash

GROUP = 256  # about ten seconds of embedding: what a kill can cost


def vectors_of(
    store: Store,
    embedder: Embedder,
    texts: Sequence[str],
    *,
    ready: Mapping[str, Floats] | None = None,
    progress: Progress | None = None,
) -> Floats:
    """One row per text, in order: (n, d) float32 of unit length. Raises `EmbeddingError`."""
    hashes = [content_hash(text) for text in texts]
    rows = known_vectors(
        store, embedder, dict(zip(hashes, texts, strict=True)), ready=ready, progress=progress, keep=True
    )
    if not hashes:
        return np.zeros((0, embedder.dimensions), dtype=np.float32)
    return np.stack([rows[each] for each in hashes])


def known_vectors(
    store: Store,
    embedder: Embedder,
    texts: Mapping[str, str],
    *,
    ready: Mapping[str, Floats] | None = None,
    progress: Progress | None = None,
    keep: bool = False,
) -> dict[str, Floats]:
    """Vector `(d,)` by content hash, for `texts` by content hash; those in `ready` need not be embedded.

    What was embedded is kept at once if `keep` says so, or if there is so much of it that a kill would hurt.
    """
    shipped = ready or {}
    with store.read() as session:
        rows = vectors.load(session, texts, embedder.name)
    fresh = {key: shipped[key] for key in texts if key not in rows and key in shipped}
    missing = [key for key in texts if key not in rows and key not in fresh]
    keep = keep or len(missing) > GROUP
    for start in range(0, len(missing), GROUP):
        part = missing[start : start + GROUP]
        made = embedder.embed([texts[key] for key in part], progress)
        made_now = dict(zip(part, made, strict=True))
        if keep:
            _keep(store, made_now, embedder.name)
        rows |= made_now
    if keep and fresh:
        _keep(store, fresh, embedder.name)
    return rows | fresh


def _keep(store: Store, rows: Mapping[str, Floats], model: str) -> None:
    with store.write() as session:
        vectors.put(session, rows, model)
