"""Setting up what the project ships, cards and sample stories: in an empty store, and again when they have changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from knowledge.cards import PLAYBOOK, Card, shipped_cards
from knowledge.embeddings import Embedder
from knowledge.ingest import ingest_cards, ingest_shipped
from knowledge.progress import Progress
from knowledge.samples import SAMPLES, STORIES_COLLECTION, Story, shipped_stories, story_drafts
from knowledge.shipped import shipped_vectors
from knowledge.store.engine import Store
from knowledge.store.tables import Collection, Instance, Vector, Window
from knowledge.store.vectors import missing
from knowledge.vectorise import known_vectors

_KEY, _SAMPLES_KEY = "playbook", "samples"
_REMOVED = "removed"


def ensure_playbook(store: Store, embedder: Embedder, *, progress: Progress | None = None) -> list[Card]:
    """The shipped cards, which are in the store afterwards; nothing is written where they were already."""
    cards = shipped_cards()
    digest = _digest(PLAYBOOK, embedder.name)
    with store.read() as session:
        if _kept(session) == digest:
            return cards
    ingest_cards(store, embedder, cards, progress=progress)
    _keep(store, _KEY, digest)
    return cards


def ensure_samples(store: Store, embedder: Embedder, *, progress: Progress | None = None) -> list[Story]:
    """The sample stories, which are in the store afterwards; none where they were removed."""
    stories = shipped_stories()
    digest = _digest(SAMPLES, embedder.name)
    with store.read() as session:
        kept = _kept(session, _SAMPLES_KEY)
    if kept == _REMOVED:
        return []
    if kept != digest:
        ingest_shipped(
            store, embedder, story_drafts(stories), collection=STORIES_COLLECTION, progress=progress
        )
        _keep(store, _SAMPLES_KEY, digest)
    return stories


def remove_samples(store: Store, embedder: Embedder) -> int:
    """Take the sample stories out, for good; returns how many there were."""
    report = ingest_shipped(store, embedder, [], collection=STORIES_COLLECTION)
    _keep(store, _SAMPLES_KEY, _REMOVED)
    return report.removed


def restore_samples(store: Store, embedder: Embedder, *, progress: Progress | None = None) -> int:
    """Bring the sample stories back; returns how many there are."""
    _keep(store, _SAMPLES_KEY, "")
    return len(ensure_samples(store, embedder, progress=progress))


def forget_playbook(store: Store) -> None:
    """Make the next `ensure_playbook` read every card anew."""
    _keep(store, _KEY, "")


def _keep(store: Store, key: str, value: str) -> None:
    with store.write() as session:
        session.merge(Instance(key=key, value=value))


def _kept(session: Session, key: str = _KEY) -> str | None:
    row = session.get(Instance, key)
    return row.value if row else None


def _digest(folder: Path, model: str) -> str:
    digest = hashlib.sha256(model.encode())
    for path in sorted(folder.rglob("*.md")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Reembedded:
    """What `reembed` went through: names of collections, windows in all, texts that were embedded."""

    collections: list[str]
    windows: int
    embedded: int


def reembed(
    store: Store, embedder: Embedder, *, fresh: bool = False, progress: Progress | None = None
) -> Reembedded:
    """Give every window a vector of `embedder`, and read the playbook anew; `fresh` embeds all of them again.

    A collection changes its model only when all its windows have their vectors, so a run that is stopped loses nothing.
    """
    if fresh:
        with store.write() as session:
            session.execute(delete(Vector).where(Vector.model == embedder.name))
    with store.read() as session:
        collections = [(row.id, row.name) for row in session.execute(select(Collection.id, Collection.name))]
    windows = embedded = 0
    for collection_id, _ in collections:
        texts = _texts(store, collection_id)
        windows += len(texts)
        embedded += _embed_missing(store, embedder, texts, progress)
        _adopt(store, collection_id, embedder)
    forget_playbook(store)
    ensure_playbook(store, embedder, progress=progress)
    return Reembedded([name for _, name in collections], windows, embedded)


def _texts(store: Store, collection_id: int) -> dict[str, str]:
    query = select(Window.content_hash, Window.text).where(Window.collection_id == collection_id)
    with store.read() as session:
        return {row.content_hash: row.text for row in session.execute(query)}


def _embed_missing(
    store: Store, embedder: Embedder, texts: Mapping[str, str], progress: Progress | None
) -> int:
    with store.read() as session:
        lacking = missing(session, texts, embedder.name)
    known_vectors(
        store,
        embedder,
        {key: texts[key] for key in lacking},
        ready=shipped_vectors(embedder.name),
        progress=progress,
        keep=True,
    )
    return len(lacking)


def _adopt(store: Store, collection_id: int, embedder: Embedder) -> None:
    change = update(Collection).where(Collection.id == collection_id, Collection.model != embedder.name)
    with store.write() as session:
        session.execute(
            change.values(
                model=embedder.name,
                dimensions=embedder.dimensions,
                version=Collection.version + 1,
                index_name=None,
            )
        )
