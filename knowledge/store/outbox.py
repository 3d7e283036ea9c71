"""What the vector index still has to be told, kept in the transaction that changed the windows.

A row says which window changed, not what it is now: whoever drains the outbox looks the window up again, so
that a row which is handled twice, late or out of order does no harm.
"""

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from knowledge.store.tables import Collection, Outbox

Operation = Literal["upsert", "delete"]
_CHUNK = 5_000


def record(session: Session, collection_id: int, window_ids: Iterable[int], operation: Operation) -> None:
    """Note that these windows were written or removed, and raise the collection's version by one.

    Nothing happens for no windows. Belongs in the same transaction as the change.
    """
    rows = [{"collection_id": collection_id, "window_id": int(i), "operation": operation} for i in window_ids]
    if not rows:
        return
    session.flush()
    session.execute(insert(Outbox), rows)
    session.execute(
        update(Collection).where(Collection.id == collection_id).values(version=Collection.version + 1)
    )


def pending(session: Session, limit: int, collection_id: int | None = None) -> list[Outbox]:
    """The oldest `limit` rows that wait, of one collection where it is named."""
    query = select(Outbox).order_by(Outbox.id).limit(limit)
    if collection_id is not None:
        query = query.where(Outbox.collection_id == collection_id)
    return list(session.scalars(query))


def waiting(session: Session, collection_id: int | None = None) -> int:
    """How many rows wait, of one collection where it is named."""
    query = select(func.count()).select_from(Outbox)
    if collection_id is not None:
        query = query.where(Outbox.collection_id == collection_id)
    return session.scalar(query) or 0


def done(session: Session, ids: Iterable[int]) -> None:
    """Take away rows that the vector index has been told about."""
    known = list(ids)
    for start in range(0, len(known), _CHUNK):
        session.execute(delete(Outbox).where(Outbox.id.in_(known[start : start + _CHUNK])))
