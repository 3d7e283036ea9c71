"""Setting up the playbook on a real database: once, again after a change, and under another model."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from sqlalchemy import delete, func, select

from knowledge.cards import shipped_cards
from knowledge.embeddings import Embedder, Floats, LocalEmbedder
from knowledge.names import PLAYBOOK_COLLECTION
from knowledge.progress import Progress
from knowledge.samples import STORIES_COLLECTION, shipped_stories
from knowledge.setup import (
    ensure_playbook,
    ensure_samples,
    forget_playbook,
    reembed,
    remove_samples,
    restore_samples,
)
from knowledge.store.engine import Store
from knowledge.store.tables import Collection, Document, Passage, Vector, Window


class Tiny:
    """Another embedding model: eight numbers from a text's letters. It counts what it is asked for."""

    name, dimensions = "tiny@1", 8

    def __init__(self) -> None:
        self.asked = 0

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:  # noqa: ARG002  # as the protocol has it
        self.asked += len(texts)
        rows = np.array([np.bincount([ord(c) % 8 for c in t], minlength=8) + 0.1 for t in texts], np.float32)
        made: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return made

    def embed_one(self, text: str) -> Floats:
        row: Floats = self.embed([text])[0]
        return row


class Refusing(LocalEmbedder):
    """The local model, where nothing may be embedded: all that is needed is shipped."""

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:  # noqa: ARG002  # as the protocol has it
        raise AssertionError(f"{len(texts)} texts were embedded, {texts[0]!r} among them")


def count(store: Store, table: type[Document | Passage | Window | Vector]) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def collection(store: Store, name: str) -> Collection:
    with store.read() as session:
        return session.scalars(select(Collection).where(Collection.name == name)).one()


@pytest.fixture
def ready(sqlite_store: Store) -> Iterator[Store]:
    """A store with the playbook in it, made with the local model's shipped vectors."""
    ensure_playbook(sqlite_store, Refusing())
    yield sqlite_store


def test_an_empty_store_gets_every_card_without_embedding_any(ready: Store) -> None:
    cards = shipped_cards()
    assert count(ready, Document) == len(cards)
    with ready.read() as session:
        assert set(session.scalars(select(Document.external_id))) == {card.id for card in cards}
        assert session.scalar(select(func.count()).where(Document.visibility != "workspace")) == 0
    assert collection(ready, PLAYBOOK_COLLECTION).model == LocalEmbedder().name


def test_a_second_start_writes_nothing(ready: Store) -> None:
    before = collection(ready, PLAYBOOK_COLLECTION).version
    told: list[str] = []
    cards = ensure_playbook(ready, Refusing(), progress=lambda what, *_: told.append(what))
    assert [card.id for card in cards.cards] == [card.id for card in shipped_cards()]
    assert collection(ready, PLAYBOOK_COLLECTION).version == before
    assert told == []


def test_a_card_that_went_missing_comes_back_after_a_change(ready: Store) -> None:
    with ready.write() as session:
        session.execute(delete(Document).where(Document.external_id == "thirty-minutes"))
    forget_playbook(ready)
    ensure_playbook(ready, Refusing())
    with ready.read() as session:
        assert session.scalar(select(Document.id).where(Document.external_id == "thirty-minutes"))
    assert count(ready, Document) == len(shipped_cards())


def test_a_card_that_is_no_longer_shipped_leaves(ready: Store) -> None:
    with ready.write() as session:
        row = session.scalars(select(Document).where(Document.external_id == "thirty-minutes")).one()
        row.external_id = "an-older-card"
    forget_playbook(ready)
    ensure_playbook(ready, Refusing())
    with ready.read() as session:
        names = set(session.scalars(select(Document.external_id)))
    assert "an-older-card" not in names
    assert "thirty-minutes" in names


def test_sample_stories_come_leave_for_good_and_come_back_when_asked(sqlite_store: Store) -> None:
    embedder = Refusing()
    stories = len(shipped_stories())
    assert len(ensure_samples(sqlite_store, embedder)) == stories
    assert count(sqlite_store, Document) == stories
    assert collection(sqlite_store, STORIES_COLLECTION).model == embedder.name
    assert remove_samples(sqlite_store, embedder) == stories
    assert count(sqlite_store, Document) == 0
    assert ensure_samples(sqlite_store, embedder) == []
    assert restore_samples(sqlite_store, embedder) == stories
    assert count(sqlite_store, Document) == stories


def test_another_model_gives_every_window_a_vector_before_the_collection_changes(ready: Store) -> None:
    tiny: Embedder = Tiny()
    before = collection(ready, PLAYBOOK_COLLECTION)
    done = reembed(ready, tiny)
    after = collection(ready, PLAYBOOK_COLLECTION)
    assert done.collections == [PLAYBOOK_COLLECTION]
    assert done.windows == count(ready, Window)
    assert 0 < done.embedded <= done.windows
    assert (after.model, after.dimensions) == ("tiny@1", 8)
    assert after.version > before.version
    with ready.read() as session:
        hashes = select(Vector.content_hash).where(Vector.model == "tiny@1")
        without = select(func.count()).select_from(Window).where(Window.content_hash.not_in(hashes))
        assert session.scalar(without) == 0


def test_a_model_that_fails_half_way_leaves_the_collection_as_it_was(ready: Store) -> None:
    class Failing(Tiny):
        def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
            if self.asked:
                raise ConnectionError("away")
            return super().embed(texts, progress)

    with pytest.raises(ConnectionError):
        reembed(ready, Failing())
    assert collection(ready, PLAYBOOK_COLLECTION).model == LocalEmbedder().name
    kept = count(ready, Vector)
    tiny = Tiny()
    reembed(ready, tiny)
    assert tiny.asked < count(ready, Vector) - kept + 300
    assert collection(ready, PLAYBOOK_COLLECTION).model == "tiny@1"


def test_embedding_again_with_the_same_model_costs_nothing_unless_asked_afresh(ready: Store) -> None:
    reembed(ready, tiny := Tiny())
    first = tiny.asked
    assert reembed(ready, tiny).embedded == 0
    assert tiny.asked == first
    assert reembed(ready, tiny, fresh=True).embedded > 0
    assert tiny.asked == 2 * first


def test_going_back_to_the_local_model_needs_no_embedding(ready: Store) -> None:
    reembed(ready, Tiny())
    reembed(ready, Refusing())
    assert collection(ready, PLAYBOOK_COLLECTION).model == LocalEmbedder().name
