"""The copies of collections that stand in Chroma: told what changed, built anew, cleared away.

Each copy has a name of its own, `cp-<instance>-<collection>-g<generation>`; SQL says which one is current.
"""

import time
from collections.abc import Callable

import numpy as np

from knowledge import shelves
from knowledge.chroma import BATCH, Chroma
from knowledge.errors import IndexUnavailableError
from knowledge.progress import Progress
from knowledge.shelves import Shelf
from knowledge.soundness import index_metadata, is_sound
from knowledge.store import outbox
from knowledge.store.engine import Store
from knowledge.store.vectors import collection_matrix, load

_GENTLY, _LONGEST_BREATH_S = 100, 1.0
"""Chroma lets no other thread of the process run while it takes vectors: 1,000 at once hold answers up for three seconds.
Beside answers it is given a few, and then rests as long as they took."""


class Copies:
    """What is done to copies with vectors of one model; the caller sees to it that one process does it.

    `stopped` is asked between batches whether to give up.
    """

    def __init__(self, store: Store, *, model: str, dimensions: int, stopped: Callable[[], bool]) -> None:
        self._store, self._model, self._stopped = store, model, stopped
        self._metadata = index_metadata(model, dimensions)

    def sound(self, chroma: Chroma, collection_id: int) -> bool:
        """Whether the current copy can be relied on; raises as `is_sound` does."""
        return is_sound(self._store, chroma, collection_id, self._metadata)

    def tell(self, chroma: Chroma, collection_id: int, report: Progress) -> int:
        """Tell the current copy all that waits for it; returns how many changes that were."""
        shelf, told = shelves.find(self._store, collection_id), 0
        if shelf is None:
            return self._forget(chroma, collection_id)
        if shelf.model != self._model:
            return 0  # these wait until the collection is embedded again
        name = shelf.index_name or self._first(chroma, shelf)
        while True:
            with self._store.read() as session:
                rows = outbox.pending(session, BATCH, collection_id)
                hashes = shelves.hashes(session, {row.window_id for row in rows})
                vectors = load(session, hashes.values(), self._model)
            if not rows:
                return told
            present = {i: vectors[key] for i, key in hashes.items() if key in vectors}
            if present:
                chroma.upsert(name, np.array(list(present), np.int64), np.stack(list(present.values())))
            if gone := sorted({row.window_id for row in rows} - present.keys()):
                chroma.delete(name, gone)
            with self._store.write() as session:
                outbox.done(session, [row.id for row in rows])
            told += len(rows)
            report("Updating the index", told, max(shelf.waiting, told))

    def build(self, chroma: Chroma, shelf: Shelf, report: Progress, *, gently: Callable[[], bool]) -> None:
        """Build a copy from the vectors in SQL beside the current one, and swap it in.

        While it is done `gently`, half of the time is left to whoever wants an answer of this process.
        """
        with self._store.read() as session:
            told = shelves.waiting_rows(session, shelf.id)
            ids, vectors = collection_matrix(session, shelf.id, self._model)
        name = self._new_name(chroma, shelf.id)
        chroma.create(name, self._metadata)
        start = 0
        while start < len(ids):
            if self._stopped():
                raise IndexUnavailableError("The vector index was closed while it was being built")
            began, end = time.monotonic(), min(start + (_GENTLY if gently() else BATCH), len(ids))
            chroma.upsert(name, ids[start:end], vectors[start:end])
            report("Building the index", end, len(ids))
            start = end
            if gently():
                time.sleep(min(_LONGEST_BREATH_S, time.monotonic() - began))
        shelves.rename(self._store, shelf.id, name, model=self._model, told=told)
        for old in chroma.names(self._prefix(shelf.id)):
            if old != name:
                chroma.drop(old)

    def sweep(self, chroma: Chroma) -> None:
        """Clear away the copies that nobody uses; only where nobody else can be building one."""
        for name in set(chroma.names("cp-")) - shelves.index_names(self._store):
            chroma.drop(name)

    def _first(self, chroma: Chroma, shelf: Shelf) -> str:
        name = self._new_name(chroma, shelf.id)
        chroma.create(name, self._metadata)
        shelves.rename(self._store, shelf.id, name, model=self._model)
        return name

    def _forget(self, chroma: Chroma, collection_id: int) -> int:
        """The collection is gone from SQL: so are its vectors here, and then what waited for it."""
        for name in chroma.names(self._prefix(collection_id)):
            chroma.drop(name)
        return shelves.forget(self._store, collection_id)

    def _prefix(self, collection_id: int) -> str:
        return f"cp-{self._store.instance_id}-{collection_id}-g"

    def _new_name(self, chroma: Chroma, collection_id: int) -> str:
        prefix = self._prefix(collection_id)
        taken = [int(name.removeprefix(prefix)) for name in chroma.names(prefix)]
        return f"{prefix}{max(taken, default=0) + 1}"
