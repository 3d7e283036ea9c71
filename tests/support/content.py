"""Collections of windows with vectors, as ingest would write them."""

import hashlib
from collections.abc import Sequence

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.store import outbox, vectors
from knowledge.store.engine import Store
from knowledge.store.tables import SYSTEM_PERSON, WORKSPACE, Collection, Document, Passage, Window

MODEL = "test-model@0123abcd"
DIMENSIONS = 32


def vector_of(text: str, dimensions: int = DIMENSIONS) -> vectors.Floats:
    """A unit vector that depends on the text alone."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
    row = np.random.default_rng(seed).normal(size=dimensions).astype(np.float32)
    return row / np.linalg.norm(row)


def add_collection(store: Store, name: str = "playbook", model: str = MODEL) -> int:
    """A new collection's id."""
    with store.write() as session:
        row = Collection(workspace_id=WORKSPACE, name=name, model=model, dimensions=DIMENSIONS)
        session.add(row)
        session.flush()
        return row.id


def add_document(
    session: Session, collection_id: int, name: str, texts: Sequence[str], **owned: str
) -> list[int]:
    """A document of one passage with a window for each text, vectors and outbox rows; the windows' ids."""
    owner = {"workspace_id": WORKSPACE, "owner_id": SYSTEM_PERSON, "visibility": "workspace"} | owned
    document = Document(
        collection_id=collection_id,
        external_id=name,
        source=name,
        title=name,
        content_hash=name,
        kind="file",
        **owner,
    )
    session.add(document)
    session.flush()
    passage = Passage(document_id=document.id, name=name, position=0, text="\n".join(texts), **owner)
    session.add(passage)
    session.flush()
    windows = [
        Window(
            collection_id=collection_id,
            passage_id=passage.id,
            position=i,
            text=text,
            content_hash=content_hash(text),
        )
        for i, text in enumerate(texts)
    ]
    session.add_all(windows)
    session.flush()
    vectors.put(session, {content_hash(text): vector_of(text) for text in texts}, MODEL)
    ids = [window.id for window in windows]
    outbox.record(session, collection_id, ids, "upsert")
    return ids


def remove_document(session: Session, collection_id: int, name: str) -> None:
    """Take a document and its windows out, and tell the outbox."""
    document = session.scalars(
        select(Document).where(Document.collection_id == collection_id, Document.external_id == name)
    ).one()
    windows = select(Window.id).join(Passage, Passage.id == Window.passage_id)
    gone = list(session.scalars(windows.where(Passage.document_id == document.id)))
    session.delete(document)
    outbox.record(session, collection_id, gone, "delete")


def content_hash(text: str) -> str:
    """What ingest would call this text."""
    return hashlib.sha256(text.encode()).hexdigest()


def nearest(store: Store, collection_id: int, vector: vectors.Floats, k: int) -> list[tuple[int, float]]:
    """The truth: every vector in SQL compared."""
    with store.read() as session:
        ids, matrix = vectors.collection_matrix(session, collection_id, MODEL)
    scores = matrix @ vector
    return [(int(ids[i]), float(scores[i])) for i in np.argsort(-scores)[:k]]
