"""Exact nearest neighbours: one matrix of all vectors of a collection and one product.

What answers when the vector index cannot, and what the index is measured against.
"""

import threading
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from knowledge.store import vectors
from knowledge.store.engine import Store
from knowledge.store.tables import Collection

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]

_KEPT = 4  # collections in memory: 100,000 windows are 150 MB


class ExactScan:
    """Nearest windows by scanning; a collection's matrix is read once a version. Thread-safe."""

    def __init__(self, store: Store, model: str) -> None:
        self._store, self._model = store, model
        self._lock = threading.Lock()
        self._matrices: OrderedDict[int, tuple[int, Ids, Floats]] = OrderedDict()

    def query(self, collection_id: int, vector: Floats, k: int) -> list[tuple[int, float]]:
        """The `k` windows nearest to `vector` `(d,)`, with cosine similarity, best first; ties by id."""
        ids, matrix = self.matrix(collection_id)
        if not len(ids):
            return []
        scores = matrix @ vector
        chosen = np.argpartition(-scores, k - 1)[:k] if k < len(ids) else np.arange(len(ids))
        order = chosen[np.lexsort((ids[chosen], -scores[chosen]))]
        return [(int(ids[row]), float(scores[row])) for row in order]

    def matrix(self, collection_id: int) -> tuple[Ids, Floats]:
        """Window ids `(n,)` and vectors `(n, d)` as of now."""
        with self._lock, self._store.read() as session:
            version = session.scalar(select(Collection.version).where(Collection.id == collection_id)) or 0
            held = self._matrices.get(collection_id)
            if held is None or held[0] != version:
                held = (version, *vectors.collection_matrix(session, collection_id, self._model))
                self._matrices[collection_id] = held
            self._matrices.move_to_end(collection_id)
            while len(self._matrices) > _KEPT:
                self._matrices.popitem(last=False)
            return held[1:]
