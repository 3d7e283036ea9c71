"""Vectors in SQL, by the hash of the text and the model, so that nothing is embedded twice.

Kept as little-endian float32 of unit length. The vector index is built from here and can always be built
again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from knowledge.errors import StoreError
from knowledge.store.tables import Vector, Window

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]

_STORED = np.dtype("<f4")
_CHUNK = 5_000
_MATRIX_CHUNK = 20_000


def missing(session: Session, hashes: Iterable[str], model: str) -> set[str]:
    """Those of `hashes` that have no vector of `model` yet."""
    wanted = set(hashes)
    for chunk in _chunks(sorted(wanted)):
        known = select(Vector.content_hash).where(Vector.model == model, Vector.content_hash.in_(chunk))
        wanted.difference_update(session.scalars(known))
    return wanted


def put(session: Session, vectors: Mapping[str, Floats], model: str) -> None:
    """Keep vectors `(d,)` by content hash; one that is already there stays as it is."""
    rows = [
        {"content_hash": key, "model": model, "values": np.ascontiguousarray(value, dtype=_STORED).tobytes()}
        for key, value in vectors.items()
    ]
    if not rows:
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(Vector).on_conflict_do_nothing(), rows)


def load(session: Session, hashes: Iterable[str], model: str) -> dict[str, Floats]:
    """Vectors `(d,)` by content hash; a hash without one is left out."""
    found: dict[str, Floats] = {}
    for chunk in _chunks(sorted(set(hashes))):
        query = select(Vector.content_hash, Vector.values).where(
            Vector.model == model, Vector.content_hash.in_(chunk)
        )
        found.update({key: _floats(values) for key, values in session.execute(query)})
    return found


def collection_matrix(session: Session, collection_id: int, model: str) -> tuple[Ids, Floats]:
    """Window ids `(n,)`, ascending, and vectors `(n, d)`, of the windows that have one of `model`.

    Raises `StoreError` where vectors of one model differ in length.
    """
    query = (
        select(Window.id, Vector.values)
        .join(Vector, (Vector.content_hash == Window.content_hash) & (Vector.model == model))
        .where(Window.collection_id == collection_id)
        .order_by(Window.id)
    )
    parts = list(_matrix_parts(session, query))
    if not parts:
        return np.empty(0, np.int64), np.empty((0, 0), np.float32)
    if len({values.shape[1] for _, values in parts}) != 1:
        raise _damaged(model)
    return np.concatenate([ids for ids, _ in parts]), np.concatenate([values for _, values in parts])


def prune(session: Session) -> int:
    """Take away vectors whose text no window holds any more; returns how many went."""
    unused = ~exists().where(Window.content_hash == Vector.content_hash)
    gone = session.execute(delete(Vector).where(unused).execution_options(synchronize_session=False))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a DELETE gives a CursorResult


def _matrix_parts(session: Session, query: Select[int, bytes]) -> Iterator[tuple[Ids, Floats]]:
    result = session.execute(query, execution_options={"yield_per": _MATRIX_CHUNK})
    for rows in result.partitions():
        ids, values = zip(*rows, strict=True)
        joined = np.frombuffer(b"".join(values), dtype=_STORED)
        if joined.size % len(ids):
            raise _damaged("one model")
        yield np.array(ids, dtype=np.int64), joined.reshape(len(ids), -1).astype(np.float32, copy=False)


def _floats(values: bytes) -> Floats:
    return np.frombuffer(values, dtype=_STORED).astype(np.float32, copy=False)


def _damaged(model: str) -> StoreError:
    return StoreError(
        f"Stored vectors of {model} differ in length",
        kept="The texts are complete",
        next_step="Run “counterpart reindex” to make the vectors again",
    )


def _chunks(items: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
