"""What the vector index promises, in a folder and on a server, beside either database."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update
from support.content import (
    DIMENSIONS,
    MODEL,
    add_collection,
    add_document,
    nearest,
    remove_document,
    vector_of,
)

from knowledge import chroma_index
from knowledge.chroma import open_server
from knowledge.errors import EmbeddingMismatchError, IndexUnavailableError, InputRefusedError
from knowledge.index import VectorIndex, open_index
from knowledge.store import outbox, vectors
from knowledge.store.engine import Store
from knowledge.store.tables import Collection, Vector

Indexed = tuple[Store, VectorIndex]


def fill(store: Store, texts: int = 60, name: str = "playbook") -> int:
    collection = add_collection(store, name)
    with store.write() as session:
        add_document(session, collection, "one", [f"{name} {n}" for n in range(texts)])
    return collection


def eventually(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def same(found: list[tuple[int, float]], truth: list[tuple[int, float]]) -> bool:
    return [i for i, _ in found] == [i for i, _ in truth] and np.allclose(
        [s for _, s in found], [s for _, s in truth], atol=1e-5
    )


def test_the_nearest_ten_are_those_of_the_exact_comparison(indexed: Indexed) -> None:
    store, index = indexed
    collection = fill(store, 500)
    assert index.sync() == 500
    for question in ("first light", "thirty minutes", "a small team"):
        vector = vector_of(question)
        assert same(index.query(collection, vector, 10), nearest(store, collection, vector, 10))


def test_similarity_is_the_cosine_and_the_vector_itself_is_one(indexed: Indexed) -> None:
    store, index = indexed
    collection = fill(store)
    ((_, score),) = index.query(collection, vector_of("playbook 7"), 1)
    assert score == pytest.approx(1.0, abs=1e-5)


def test_more_than_there_is_gives_what_there_is(indexed: Indexed) -> None:
    store, index = indexed
    collection = fill(store, 5)
    assert len(index.query(collection, vector_of("x"), 50)) == 5


def test_an_empty_collection_finds_nothing(indexed: Indexed) -> None:
    store, index = indexed
    assert index.query(add_collection(store), vector_of("x"), 5) == []


def test_what_was_committed_is_found_without_a_word_from_anybody(indexed: Indexed) -> None:
    store, index = indexed
    collection = fill(store)
    index.query(collection, vector_of("x"), 1)
    with store.write() as session:
        (added,) = add_document(session, collection, "two", ["a story logged a second ago"])
    assert index.query(collection, vector_of("a story logged a second ago"), 1)[0][0] == added
    with store.write() as session:
        remove_document(session, collection, "two")
    assert added not in [i for i, _ in index.query(collection, vector_of("a story logged a second ago"), 61)]
    assert index.check(collection)


def test_draining_twice_and_repeated_rows_have_the_effect_of_once(indexed: Indexed) -> None:
    store, index = indexed
    collection = fill(store, 20)
    assert (index.sync(), index.sync()) == (20, 0)
    with store.write() as session:
        ids, _ = vectors.collection_matrix(session, collection, MODEL)
        for operation in ("delete", "upsert", "delete"):  # late and out of order: the windows are still there
            outbox.record(session, collection, [int(i) for i in ids], operation)
    assert index.sync() == 60
    assert index.check(collection)
    assert len(index.query(collection, vector_of("x"), 50)) == 20


def test_collections_do_not_mix_and_one_that_is_removed_leaves(indexed: Indexed) -> None:
    store, index = indexed
    first, second = fill(store, 10, "first"), fill(store, 10, "second")
    index.sync()
    with store.read() as session:
        own, _ = vectors.collection_matrix(session, second, MODEL)
    assert {i for i, _ in index.query(second, vector_of("x"), 50)} == set(own.tolist())
    with store.write() as session:
        outbox.record(session, first, [1], "delete")
        session.delete(session.get_one(Collection, first))
    assert index.sync() == 1
    with pytest.raises(InputRefusedError):
        index.query(first, vector_of("x"), 1)
    assert index.check(second)


def test_a_rebuild_takes_the_vectors_from_the_database_and_swaps_them_in(indexed: Indexed) -> None:
    store, index = indexed
    collection = fill(store, 1200)
    index.sync()
    with store.read() as session:
        before = session.get_one(Collection, collection).index_name
    steps: list[tuple[int, int]] = []
    index.rebuild(progress=lambda _what, done, total: steps.append((done, total)))
    with store.read() as session:
        after = session.get_one(Collection, collection).index_name
    assert before != after
    assert steps == [(1000, 1200), (1200, 1200)]
    assert index.check(collection)
    assert same(index.query(collection, vector_of("x"), 10), nearest(store, collection, vector_of("x"), 10))


def test_what_was_changed_and_not_told_is_in_a_rebuild_and_no_longer_waits(indexed: Indexed) -> None:
    store, index = indexed
    collection = fill(store, 30)
    index.rebuild(collection)
    assert index.sync() == 0
    assert len(index.query(collection, vector_of("x"), 50)) == 30


def test_another_embedding_model_is_refused_with_the_way_out(indexed: Indexed) -> None:
    store, index = indexed
    collection = fill(store)
    index.sync()
    with store.write() as session:
        session.execute(update(Collection).where(Collection.id == collection).values(model="another@99"))
    for attempt in (
        lambda: index.query(collection, vector_of("x"), 1),
        lambda: index.check(collection),
        lambda: index.rebuild(collection),
    ):
        with pytest.raises(EmbeddingMismatchError, match="counterpart reindex"):
            attempt()


def test_a_copy_made_with_another_model_is_built_again(
    indexed: Indexed, data_dir: Path, chroma_url: str
) -> None:
    store, index = indexed
    collection = fill(store)
    index.sync()
    index.close()
    with store.write() as session:
        session.execute(update(Collection).values(model="another@99"))
        session.execute(update(Vector).values(model="another@99"))
    url = None if (data_dir / "chroma").exists() else chroma_url
    again = open_index(store, data_dir=data_dir, url=url, model="another@99", dimensions=DIMENSIONS)
    try:
        assert eventually(lambda: again.available and again.check(collection))
        assert len(again.query(collection, vector_of("x"), 5)) == 5
    finally:
        again.close()


def test_vectors_that_were_lost_are_noticed_and_built_again(indexed: Indexed) -> None:
    store, index = indexed
    collection = fill(store)
    index.sync()
    with store.read() as session:
        name = session.get_one(Collection, collection).index_name
    assert isinstance(index, chroma_index.ChromaIndex)
    index._required().delete(str(name), [1, 2, 3])
    assert not index.check(collection)
    index.rebuild(collection)
    assert index.check(collection)


def test_a_long_outbox_is_caught_up_with_beside_the_answers(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, index = indexed
    monkeypatch.setattr(chroma_index, "_INLINE", 10)
    collection = fill(store, 200)
    with pytest.raises(IndexUnavailableError, match="exact search"):
        index.query(collection, vector_of("x"), 1)

    def answers() -> bool:
        try:
            return len(index.query(collection, vector_of("x"), 1)) == 1
        except IndexUnavailableError:
            return False

    assert eventually(answers)
    assert index.check(collection)


def test_a_closed_index_says_so_and_stays_closed(indexed: Indexed) -> None:
    store, index = indexed
    collection = fill(store)
    index.sync()
    index.close()
    assert not index.available
    assert index.state == "the index is closed"
    assert index.sync() == 0
    with pytest.raises(IndexUnavailableError):
        index.query(collection, vector_of("x"), 1)


def test_threads_may_ask_while_another_one_writes(indexed: Indexed) -> None:
    store, index = indexed
    collection = fill(store, 100)
    index.sync()

    def ask(_: int) -> int:
        try:
            return len(index.query(collection, vector_of("x"), 10))
        except IndexUnavailableError:  # catching up: the caller searches exactly
            return 10

    def write(number: int) -> int:
        with store.write() as session:
            add_document(session, collection, f"more {number}", [f"more {number}"])
        return 10

    with ThreadPoolExecutor(6) as threads:
        work = [threads.submit(write if n % 4 == 0 else ask, n) for n in range(48)]
        assert {each.result() for each in work} == {10}
    assert index.check(collection)
    assert len(index.query(collection, vector_of("x"), 200)) == 112


def test_a_question_of_another_length_harms_nothing(indexed: Indexed) -> None:
    store, index = indexed
    collection = fill(store)
    with pytest.raises(EmbeddingMismatchError):
        index.query(collection, vector_of("x", DIMENSIONS + 1), 1)
    assert len(index.query(collection, vector_of("x"), 1)) == 1


def test_two_processes_on_one_server_see_each_others_changes(
    sqlite_store: Store, data_dir: Path, chroma_url: str
) -> None:
    first, second = (
        open_index(sqlite_store, data_dir=data_dir, url=chroma_url, model=MODEL, dimensions=DIMENSIONS)
        for _ in range(2)
    )
    collection = fill(sqlite_store, 20)
    try:
        assert first.sync() == 20
        assert same(second.query(collection, vector_of("x"), 5), first.query(collection, vector_of("x"), 5))
        second.rebuild(collection)
        assert len(first.query(collection, vector_of("x"), 50)) == 20
        with sqlite_store.write() as session:
            (added,) = add_document(session, collection, "two", ["new"])
        assert first.query(collection, vector_of("new"), 1)[0][0] == added
        assert second.query(collection, vector_of("new"), 1)[0][0] == added
        assert first.holder
        assert second.holder
    finally:
        first.close()
        second.close()


def test_a_bearer_token_reaches_the_server(chroma_url: str) -> None:
    server = open_server(chroma_url, "s3cret")
    assert server._client._server.get_request_headers()["authorization"] == "Bearer s3cret"
    assert server.alive()
    server.close()
