"""Documents made ready to be kept, and the one way in which they enter and leave the database.

A document goes in whole: its passages, windows, vectors and the note to the vector index are one transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from knowledge.embeddings import Embedder, Floats
from knowledge.errors import EmbeddingMismatchError
from knowledge.store import outbox, vectors
from knowledge.store.tables import Collection, Document, Passage, Window
from knowledge.windows import content_hash

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class DraftWindow:
    """A stretch that will be embedded; `position` counts within its passage and kind."""

    text: str
    kind: str = "text"
    position: int = 0

    @property
    def content_hash(self) -> str:
        """What its vector is found by."""
        return content_hash(self.text)


@dataclass(frozen=True, slots=True)
class DraftPassage:
    """What a citation will quote. `name` is its public id."""

    name: str
    text: str
    windows: tuple[DraftWindow, ...]
    section: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftDocument:
    """A card, a file or a corpus entry, read and cut up."""

    external_id: str
    source: str
    title: str
    content_hash: str
    passages: tuple[DraftPassage, ...]
    kind: str = "document"
    detail: Mapping[str, Any] = field(default_factory=dict)

    def windows(self) -> Iterable[DraftWindow]:
        """Of all passages, in order."""
        return (window for passage in self.passages for window in passage.windows)


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whose records these become and who else sees them."""

    workspace_id: str
    owner_id: str
    visibility: str = "me"
    pair_id: str | None = None

    def columns(self) -> dict[str, str | None]:
        """As the tables call them."""
        return {
            "workspace_id": self.workspace_id,
            "owner_id": self.owner_id,
            "visibility": self.visibility,
            "pair_id": self.pair_id,
        }


def ensure_collection(session: Session, workspace_id: str, name: str, embedder: Embedder) -> Collection:
    """The collection of this name, made if it is new.

    Raises `EmbeddingMismatchError` where it was built with another model.
    """
    query = select(Collection).where(Collection.workspace_id == workspace_id, Collection.name == name)
    found = session.scalars(query).first()
    if found is None:
        found = Collection(
            workspace_id=workspace_id, name=name, model=embedder.name, dimensions=embedder.dimensions
        )
        session.add(found)
        session.flush()
    check_model(found, embedder)
    return found


def check_model(collection: Collection, embedder: Embedder) -> None:
    """Raises `EmbeddingMismatchError` unless the collection's vectors come from this embedder."""
    if collection.model != embedder.name:
        raise EmbeddingMismatchError(
            f"The collection “{collection.name}” was built with the embedding model {collection.model},"
            f" and {embedder.name} is configured",
            kept="Nothing was changed",
            next_step=f"Run “counterpart reindex” to build it anew, or configure {collection.model} again",
        )


def save(
    session: Session,
    collection: Collection,
    drafts: Sequence[DraftDocument],
    *,
    owner: Ownership,
    rows: Mapping[str, Floats],
) -> None:
    """Keep these documents, each in place of the one of its external id. `rows`: content hash -> vector."""
    remove(session, collection.id, [draft.external_id for draft in drafts])
    vectors.put(session, rows, collection.model)
    passages = _add_passages(session, _add_documents(session, collection.id, drafts, owner), owner)
    windows = [
        Window(
            collection_id=collection.id,
            passage_id=record.id,
            position=window.position,
            kind=window.kind,
            text=window.text,
            content_hash=window.content_hash,
        )
        for record, passage in passages
        for window in passage.windows
    ]
    session.add_all(windows)
    session.flush()
    outbox.record(session, collection.id, [window.id for window in windows], "upsert")


def remove(session: Session, collection_id: int, external_ids: Iterable[str]) -> int:
    """Take documents out, with everything that hangs on them. Returns how many there were."""
    wanted, removed = list(external_ids), 0
    for start in range(0, len(wanted), _CHUNK):
        chosen = select(Document.id).where(
            Document.collection_id == collection_id,
            Document.external_id.in_(wanted[start : start + _CHUNK]),
        )
        documents = list(session.scalars(chosen))
        passages = select(Passage.id).where(Passage.document_id.in_(documents))
        windows = list(session.scalars(select(Window.id).where(Window.passage_id.in_(passages))))
        session.execute(delete(Document).where(Document.id.in_(documents)))
        outbox.record(session, collection_id, windows, "delete")
        removed += len(documents)
    return removed


def _add_documents(
    session: Session, collection_id: int, drafts: Sequence[DraftDocument], owner: Ownership
) -> list[tuple[Document, DraftDocument]]:
    documents = [
        Document(
            collection_id=collection_id,
            external_id=draft.external_id,
            source=draft.source,
            title=draft.title,
            content_hash=draft.content_hash,
            kind=draft.kind,
            detail=dict(draft.detail),
            **owner.columns(),
        )
        for draft in drafts
    ]
    session.add_all(documents)
    session.flush()
    return list(zip(documents, drafts, strict=True))


def _add_passages(
    session: Session, documents: list[tuple[Document, DraftDocument]], owner: Ownership
) -> list[tuple[Passage, DraftPassage]]:
    pairs = [
        (
            Passage(
                document_id=document.id,
                name=passage.name,
                position=position,
                section=passage.section,
                text=passage.text,
                detail=dict(passage.detail),
                **owner.columns(),
            ),
            passage,
        )
        for document, draft in documents
        for position, passage in enumerate(draft.passages)
    ]
    session.add_all([record for record, _ in pairs])
    session.flush()
    return pairs
