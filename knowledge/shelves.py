"""What SQL knows of the collections in the vector index: the current copy, and what should be in it."""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from knowledge.errors import EmbeddingMismatchError
from knowledge.store import outbox
from knowledge.store.engine import Store
from knowledge.store.tables import Collection, Outbox, Vector, Window
from knowledge.store.vectors import Floats, load

_ENDS, _AMONG = (
    2,
    4,
)  # a torn index loses the oldest vectors or the newest ones; a few between are for the rest


@dataclass(frozen=True, slots=True)
class Shelf:
    """A collection: the Chroma collection that is current, and how many changes that one was not told."""

    id: int
    name: str
    model: str
    index_name: str | None
    waiting: int


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the index should contain: how many windows, and the vectors of a few."""

    index_name: str | None
    waiting: int
    windows: int
    sample: Mapping[int, Floats]
    with_vector: Callable[[], int]
    """How many windows have a vector: slow, and needed only where `windows` does not match."""


def find(store: Store, collection_id: int) -> Shelf | None:
    """One collection, or None."""
    with store.read() as session:
        row = session.execute(_shelf().where(Collection.id == collection_id)).one_or_none()
        return None if row is None else Shelf(*row)


def ids(store: Store, *, model: str | None = None) -> list[int]:
    """Every collection, or every one embedded with `model`."""
    with store.read() as session:
        query = select(Collection.id).order_by(Collection.id)
        return list(session.scalars(query if model is None else query.where(Collection.model == model)))


def index_names(store: Store) -> set[str]:
    """The copies that are current, whatever their model."""
    with store.read() as session:
        return set(session.scalars(select(Collection.index_name).where(Collection.index_name.is_not(None))))


def waiting(store: Store) -> list[int]:
    """Collections with changes that the index was not told, some of which may have left SQL."""
    with store.read() as session:
        return list(session.scalars(select(Outbox.collection_id).distinct().order_by(Outbox.collection_id)))


def waiting_rows(session: Session, collection_id: int) -> list[int]:
    """Ids of the rows that wait for this collection."""
    return list(session.scalars(select(Outbox.id).where(Outbox.collection_id == collection_id)))


def hashes(session: Session, window_ids: Iterable[int]) -> dict[int, str]:
    """The content hash of each of these windows that is still there."""
    rows = session.execute(select(Window.id, Window.content_hash).where(Window.id.in_(list(window_ids))))
    return {row.id: row.content_hash for row in rows}


def rename(
    store: Store, collection_id: int, index_name: str, *, model: str, told: Iterable[int] = ()
) -> None:
    """Make `index_name` the current copy, which contains the changes `told` (outbox ids).

    Raises `EmbeddingMismatchError` where the collection was given another model, or left, meanwhile.
    """
    with store.write() as session:
        here = (Collection.id == collection_id) & (Collection.model == model)
        changed = session.execute(update(Collection).where(here).values(index_name=index_name))
        if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE gives a CursorResult
            raise EmbeddingMismatchError(
                f"The collection {collection_id} was changed while its index was built",
                next_step="Build it again",
            )
        outbox.done(session, told)


def forget(store: Store, collection_id: int) -> int:
    """Take away what waits for a collection that has left; returns how many rows that were."""
    with store.write() as session:
        gone = session.execute(delete(Outbox).where(Outbox.collection_id == collection_id))
        return int(gone.rowcount)  # type: ignore[attr-defined]  # a DELETE gives a CursorResult


def expectation(store: Store, collection_id: int) -> Expectation:
    """What the index should say of this collection; its model is the collection's own."""
    with store.read() as session:
        shelf = Shelf(*session.execute(_shelf().where(Collection.id == collection_id)).one())
        windows = session.scalar(select(func.count()).where(Window.collection_id == collection_id)) or 0
        chosen = hashes(session, _sample(session, collection_id)) if windows else {}
        vectors = load(session, chosen.values(), shelf.model)
    sample = {i: vectors[key] for i, key in chosen.items() if key in vectors}
    return Expectation(
        shelf.index_name,
        shelf.waiting,
        windows,
        sample,
        lambda: _with_vector(store, collection_id, shelf.model),
    )


def _shelf() -> Select[int, str, str, str | None, int]:
    rows = (
        select(func.count())
        .where(Outbox.collection_id == Collection.id)
        .correlate(Collection)
        .scalar_subquery()
    )
    return select(Collection.id, Collection.name, Collection.model, Collection.index_name, rows)


def _with_vector(store: Store, collection_id: int, model: str) -> int:
    with store.read() as session:
        query = select(func.count()).select_from(Window).where(Window.collection_id == collection_id)
        vector = (Vector.content_hash == Window.content_hash) & (Vector.model == model)
        return session.scalar(query.join(Vector, vector)) or 0


def _sample(session: Session, collection_id: int) -> set[int]:
    """Windows the index was told about: the oldest, the newest, and some between."""
    unsaid = select(Outbox.window_id).where(Outbox.collection_id == collection_id)
    told = select(Window.id).where(Window.collection_id == collection_id, Window.id.not_in(unsaid))
    newest = list(session.scalars(told.order_by(Window.id.desc()).limit(_ENDS)))
    oldest = list(session.scalars(told.order_by(Window.id).limit(_ENDS)))
    if not newest:
        return set()
    starts = (random.randint(oldest[0], newest[0]) for _ in range(_AMONG))  # noqa: S311  # a sample, no secret
    between = [
        session.scalar(told.where(Window.id >= start).order_by(Window.id).limit(1)) for start in starts
    ]
    return {*newest, *oldest, *(i for i in between if i is not None)}
