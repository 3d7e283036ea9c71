"""What a store promises on either database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text, update
from support.content import (
    DIMENSIONS,
    MODEL,
    add_collection,
    add_document,
    content_hash,
    remove_document,
    vector_of,
)

from knowledge.errors import StoreError
from knowledge.store import outbox, vectors
from knowledge.store.engine import Store
from knowledge.store.tables import Base, Collection, Passage, Person, Vector, Window, Workspace


def search(store: Store, words: str) -> list[int]:
    statement = {
        "sqlite": "SELECT rowid FROM window_fts WHERE window_fts MATCH :words ORDER BY rowid",
        "postgresql": 'SELECT id FROM "window"'
        " WHERE search @@ plainto_tsquery('english', :words) ORDER BY id",
    }[store.dialect]
    with store.read() as session:
        return list(session.scalars(text(statement), {"words": words}))


def test_a_new_store_has_a_workspace_the_system_person_and_an_id_of_its_own(store: Store) -> None:
    with store.read() as session:
        assert session.scalars(select(Workspace.id)).all() == ["default"]
        assert session.execute(select(Person.id, Person.role)).all() == [("system", "system")]
    assert len(store.instance_id) == 8


def test_the_migrations_make_what_the_tables_say(store: Store) -> None:
    def ours(_: object, name: str | None, kind: str, *_rest: object) -> bool:
        full_text = kind == "table" and str(name).startswith("window_fts")
        return not full_text and name not in ("search", "ix_window_search", "alembic_version")

    with store.write() as session:
        context = MigrationContext.configure(
            session.connection(), opts={"include_object": ours, "compare_type": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_what_a_failing_block_wrote_is_not_kept(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write() as session:
        session.add(Workspace(id="half", name="half"))
        session.flush()
        raise RuntimeError
    with store.read() as session:
        assert session.get(Workspace, "half") is None


def test_a_reading_session_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError), store.read() as session:
        session.add(Workspace(name="smuggled"))
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Workspace)) == 1


def test_a_reading_session_sees_one_moment_while_others_write(store: Store) -> None:
    with store.read() as reader:
        before = reader.scalar(select(func.count()).select_from(Workspace))
        with store.write() as writer:
            writer.add(Workspace(name="second"))
        assert reader.scalar(select(func.count()).select_from(Workspace)) == before


def test_writers_on_many_threads_follow_each_other_and_lose_nothing(store: Store) -> None:
    collection = add_collection(store)

    def raise_version(_: int) -> None:
        with store.write() as session:
            row = session.scalars(
                select(Collection).where(Collection.id == collection).with_for_update()
            ).one()
            row.version += 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(raise_version, range(40)))
    with store.read() as session:
        assert session.get_one(Collection, collection).version == 40


def test_times_come_back_with_their_zone(store: Store) -> None:
    with store.read() as session:
        made = session.get_one(Workspace, "default").created_at
    assert made.tzinfo is UTC
    assert abs((datetime.now(UTC) - made).total_seconds()) < 3600


def test_a_reference_to_nothing_is_refused(store: Store) -> None:
    with pytest.raises(StoreError), store.write() as session:
        session.add(Person(workspace_id="nowhere", name="Nobody", role="coach"))


def test_words_are_found_by_stem_and_leave_with_their_document(store: Store) -> None:
    collection = add_collection(store)
    with store.write() as session:
        kept = add_document(session, collection, "kept", ["Managers coach their teams"])
        add_document(session, collection, "gone", ["Coaching in the field", "Nothing of note"])
    assert len(search(store, "coached")) == 2
    with store.write() as session:
        remove_document(session, collection, "gone")
    assert search(store, "coached") == kept
    with store.write() as session:
        session.execute(update(Window).where(Window.id == kept[0]).values(text="Sellers ask"))
    assert (search(store, "coached"), search(store, "asking")) == ([], kept)


def test_a_removed_collection_takes_everything_in_it_along(store: Store) -> None:
    collection = add_collection(store)
    with store.write() as session:
        add_document(session, collection, "one", ["first", "second"])
    with store.write() as session:
        session.delete(session.get_one(Collection, collection))
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Passage)) == 0
        assert session.scalar(select(func.count()).select_from(Window)) == 0
    assert search(store, "first") == []


def test_the_id_of_a_window_that_left_is_never_given_again(store: Store) -> None:
    collection = add_collection(store)
    with store.write() as session:
        before = add_document(session, collection, "one", ["first", "second"])
        remove_document(session, collection, "one")
        after = add_document(session, collection, "one", ["first", "second"])
    assert min(after) > max(before)


def test_work_that_one_alone_may_do_is_refused_to_the_second(store: Store) -> None:
    with store.alone("index") as first, store.alone("index") as second, store.alone("other") as other:
        assert (first, second, other) == (True, False, True)
    with store.alone("index") as again:
        assert again


@pytest.fixture
def collection(store: Store) -> Iterator[int]:
    yield add_collection(store)


def test_the_outbox_keeps_the_order_and_raises_the_version(store: Store, collection: int) -> None:
    with store.write() as session:
        outbox.record(session, collection, [3, 1, 2], "upsert")
        outbox.record(session, collection, [1], "delete")
        outbox.record(session, collection, [], "delete")
    with store.read() as session:
        rows = outbox.pending(session, 10)
        assert [(row.window_id, row.operation) for row in rows] == [
            (3, "upsert"),
            (1, "upsert"),
            (2, "upsert"),
            (1, "delete"),
        ]
        assert [row.id for row in outbox.pending(session, 2, collection)] == [row.id for row in rows[:2]]
        assert session.get_one(Collection, collection).version == 2
    with store.write() as session:
        outbox.done(session, [row.id for row in rows[:3]])
    with store.read() as session:
        assert (outbox.waiting(session), outbox.waiting(session, collection + 1)) == (1, 0)


def test_the_outbox_row_goes_with_the_change_that_was_not_kept(store: Store, collection: int) -> None:
    with pytest.raises(RuntimeError), store.write() as session:
        add_document(session, collection, "one", ["first"])
        raise RuntimeError
    with store.read() as session:
        assert outbox.waiting(session) == 0
        assert session.get_one(Collection, collection).version == 0


def test_vectors_come_back_as_they_were_and_only_for_their_model(store: Store) -> None:
    stored = {content_hash(word): vector_of(word) for word in ("one", "two")}
    with store.write() as session:
        vectors.put(session, stored, MODEL)
        vectors.put(session, {content_hash("one"): vector_of("another")}, MODEL)
    with store.read() as session:
        found = vectors.load(session, [*stored, "unknown"], MODEL)
        assert vectors.missing(session, [*stored, "unknown"], MODEL) == {"unknown"}
        assert vectors.missing(session, stored, "other-model") == set(stored)
    assert found.keys() == stored.keys()
    assert all(np.array_equal(found[key], stored[key]) and found[key].dtype == np.float32 for key in stored)


def test_the_matrix_of_a_collection_has_its_windows_in_order_and_nobody_elses(
    store: Store, collection: int
) -> None:
    other = add_collection(store, "other")
    with store.write() as session:
        first = add_document(session, collection, "one", ["a", "b", "a"])
        add_document(session, other, "two", ["c"])
        second = add_document(session, collection, "three", ["d"])
    with store.read() as session:
        ids, matrix = vectors.collection_matrix(session, collection, MODEL)
        assert vectors.collection_matrix(session, collection, "other-model")[1].shape == (0, 0)
    assert (ids.dtype, matrix.dtype, matrix.shape) == (np.int64, np.float32, (4, DIMENSIONS))
    assert ids.tolist() == first + second
    assert np.array_equal(matrix, np.stack([vector_of(word) for word in "abad"]))


def test_vectors_of_unequal_length_are_an_error_that_says_what_to_do(store: Store, collection: int) -> None:
    with store.write() as session:
        add_document(session, collection, "one", ["a", "b"])
        short = update(Vector).where(Vector.content_hash == content_hash("b"))
        session.execute(short.values(values=vector_of("b", 7).tobytes()))
    with pytest.raises(StoreError, match="counterpart reindex"), store.read() as session:
        vectors.collection_matrix(session, collection, MODEL)


def test_vectors_that_no_window_needs_can_be_cleared_away(store: Store, collection: int) -> None:
    with store.write() as session:
        add_document(session, collection, "one", ["a"])
        add_document(session, collection, "two", ["a", "b"])
        remove_document(session, collection, "two")
    with store.write() as session:
        assert vectors.prune(session) == 1
        assert vectors.missing(session, [content_hash("a"), content_hash("b")], MODEL) == {content_hash("b")}
