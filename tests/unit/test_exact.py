"""The exact scan."""

import threading

import numpy as np
from support.content import (
    DIMENSIONS,
    MODEL,
    add_collection,
    add_document,
    nearest,
    remove_document,
    vector_of,
)

from knowledge.exact import ExactScan
from knowledge.store.engine import Store

TEXTS = [f"text {number}" for number in range(60)]


def filled(store: Store) -> int:
    collection_id = add_collection(store)
    with store.write() as session:
        add_document(session, collection_id, "a", TEXTS)
    return collection_id


def test_it_finds_the_true_nearest_in_order(store: Store) -> None:
    collection_id = filled(store)
    found = ExactScan(store, MODEL).query(collection_id, vector_of("asked"), 7)
    expected = nearest(store, collection_id, vector_of("asked"), 7)
    assert [window for window, _ in found] == [window for window, _ in expected]
    assert np.allclose([near for _, near in found], [near for _, near in expected], atol=1e-6)


def test_more_than_there_is_gives_all_there_is(sqlite_store: Store) -> None:
    collection_id = filled(sqlite_store)
    assert len(ExactScan(sqlite_store, MODEL).query(collection_id, vector_of("asked"), 1_000)) == 60
    assert ExactScan(sqlite_store, MODEL).query(collection_id + 1, vector_of("asked"), 5) == []


def test_a_change_is_seen_by_the_next_question(sqlite_store: Store) -> None:
    collection_id, scan = filled(sqlite_store), ExactScan(sqlite_store, MODEL)
    assert scan.query(collection_id, vector_of("asked"), 1)[0][1] < 0.99
    with sqlite_store.write() as session:
        (added,) = add_document(session, collection_id, "b", ["asked"])
    assert scan.query(collection_id, vector_of("asked"), 1)[0][0] == added
    with sqlite_store.write() as session:
        remove_document(session, collection_id, "b")
    assert scan.query(collection_id, vector_of("asked"), 1)[0][0] != added


def test_the_matrix_is_read_once_for_many_threads(sqlite_store: Store) -> None:
    collection_id, scan = filled(sqlite_store), ExactScan(sqlite_store, MODEL)
    matrices: list[int] = []
    threads = [
        threading.Thread(target=lambda: matrices.append(id(scan.matrix(collection_id)[1]))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(matrices)) == 1
    assert scan.matrix(collection_id)[1].shape == (60, DIMENSIONS)
