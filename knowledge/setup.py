"""Setting up what the project ships, cards and sample stories: in an empty store, and again when they have changed."""

import hashlib
import json
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from knowledge.embeddings import Embedder
from knowledge.errors import StoreBusyError
from knowledge.ingest import ingest_cards, ingest_shipped
from knowledge.own_cards import OwnCards, Playbook, shipped_playbook
from knowledge.playbook_drafts import CARD_FORMAT
from knowledge.progress import Progress
from knowledge.samples import SAMPLES, STORIES_COLLECTION, Story, shipped_stories, story_drafts
from knowledge.shipped import shipped_vectors
from knowledge.store import tables
from knowledge.store.engine import Store
from knowledge.store.tables import Instance, Vector, Window
from knowledge.store.vectors import missing
from knowledge.vectorise import known_vectors

_KEY, _CARDS_KEY, _SAMPLES_KEY = "playbook", "cards", "samples"
_REMOVED = "removed"
_PATIENCE_S = 60


def ensure_playbook(
    store: Store,
    embedder: Embedder,
    *,
    own: OwnCards | None = None,
    changed: Callable[[Collection[str]], object] | None = None,
    progress: Progress | None = None,
) -> Playbook:
    """The playbook, which is in the store afterwards; nothing is written where it was already.

    `changed` is told the ids of cards that are other ones than the last time, before that is written down: a run
    that is killed tells them again. Raises `StoreBusyError` where another process is at it for over a minute.
    """
    book = _read(own)
    if _is_kept(store, book, embedder):
        return book
    with _alone(store):
        book = _read(own)  # another process may have been at it, and the files may be newer by now
        if not _is_kept(store, book, embedder):
            ingest_cards(store, embedder, book.cards, progress=progress)
            _tell_changed(store, book, changed)
            _keep(store, _KEY, _digest_of(book, embedder))
    return book


def _read(own: OwnCards | None) -> Playbook:
    return own.playbook() if own else shipped_playbook()


def _digest_of(book: Playbook, embedder: Embedder) -> str:
    return hashlib.sha256(f"{embedder.name}\0{CARD_FORMAT}\0{book.digest}".encode()).hexdigest()


def _is_kept(store: Store, book: Playbook, embedder: Embedder) -> bool:
    with store.read() as session:
        return _kept(session) == _digest_of(book, embedder)


@contextmanager
def _alone(store: Store) -> Iterator[None]:
    """Two processes that bring the playbook up to date at once could leave the older one's cards in."""
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        with store.alone("playbook") as mine:
            if mine:
                yield
                return
        time.sleep(0.1)
    raise StoreBusyError(
        "Another process has been reading the playbook for over a minute",
        kept="Nothing was changed",
        next_step="Wait for it or end it, then try again",
    )


def _tell_changed(store: Store, book: Playbook, changed: Callable[[Collection[str]], object] | None) -> None:
    """Say which cards changed, and write down how they are now; where nobody listens, it waits for who does."""
    if changed is None:
        return
    now = {card.id: hashlib.sha256(card.digest_source.encode()).hexdigest()[:16] for card in book.cards}
    with store.read() as session:
        before: dict[str, str] = json.loads(_kept(session, _CARDS_KEY) or "{}")
    others = {name for name, digest in before.items() if now.get(name) != digest}
    if others:
        changed(others)
    _keep(store, _CARDS_KEY, json.dumps(now))


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


def samples_in_use(store: Store) -> bool:
    """Whether sample stories may be shown: nobody removed them, in this process or another."""
    with store.read() as session:
        return _kept(session, _SAMPLES_KEY) != _REMOVED


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
    store: Store,
    embedder: Embedder,
    *,
    own: OwnCards | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
) -> Reembedded:
    """Give every window a vector of `embedder`, and read the playbook anew; `fresh` embeds all of them again.

    A collection changes its model only when all its windows have their vectors, so a run that is stopped loses nothing.
    """
    if fresh:
        with store.write() as session:
            session.execute(delete(Vector).where(Vector.model == embedder.name))
    with store.read() as session:
        collections = [
            (row.id, row.name)
            for row in session.execute(select(tables.Collection.id, tables.Collection.name))
        ]
    windows = embedded = 0
    for collection_id, _ in collections:
        texts = _texts(store, collection_id)
        windows += len(texts)
        embedded += _embed_missing(store, embedder, texts, progress)
        _adopt(store, collection_id, embedder)
    forget_playbook(store)
    ensure_playbook(store, embedder, own=own, progress=progress)
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
    change = update(tables.Collection).where(
        tables.Collection.id == collection_id, tables.Collection.model != embedder.name
    )
    with store.write() as session:
        session.execute(
            change.values(
                model=embedder.name,
                dimensions=embedder.dimensions,
                version=tables.Collection.version + 1,
                index_name=None,
            )
        )
