"""Killed, torn, deleted, shared: nothing that was acknowledged is lost, and answers go on."""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from support.content import DIMENSIONS, MODEL, add_collection, add_document, nearest, vector_of
from support.writer import WINDOWS, texts_of

from knowledge.chroma import open_folder
from knowledge.errors import IndexUnavailableError
from knowledge.index import VectorIndex, open_index
from knowledge.locks import FolderLock
from knowledge.progress import Board
from knowledge.store import outbox
from knowledge.store.engine import Store, sqlite_url
from knowledge.store.tables import Collection, Document, Passage, Window

TESTS = Path(__file__).parents[1]
QUESTION = vector_of("what now?")
HOLD = """
import sys
from pathlib import Path
from knowledge.locks import FolderLock
lock = FolderLock(Path(sys.argv[1]))
print("held" if lock.acquire() else "not held", flush=True)
sys.stdin.read()
"""


def writer(data_dir: Path, name: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "support.writer", str(data_dir), name]
    return subprocess.Popen(
        command, cwd=TESTS, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": f"{TESTS.parent}"}
    )


def kill_after(process: "subprocess.Popen[str]", documents: int, seconds: float) -> list[str]:
    """Documents acknowledged until it was killed, some `seconds` after the first few."""
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(documents)]
    assert all(acknowledged)
    time.sleep(seconds)
    process.kill()
    rest = process.stdout.read().split("\n")
    process.stdout.close()
    process.wait()
    return acknowledged + [line for line in rest[:-1] if line]


def opened(store: Store, data_dir: Path) -> VectorIndex:
    return open_index(store, data_dir=data_dir, model=MODEL, dimensions=DIMENSIONS)


def answer(index: VectorIndex, collection: int, seconds: float = 30.0) -> list[tuple[int, float]]:
    """What the index answers as soon as it does."""
    end = time.monotonic() + seconds
    while True:
        try:
            return index.query(collection, QUESTION, 10)
        except IndexUnavailableError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def assert_whole(store: Store, index: VectorIndex, acknowledged: list[str]) -> None:
    with store.read() as session:
        collection = session.scalars(select(Collection.id)).one()
        kept = session.scalars(select(Document.external_id)).all()
        windows = select(Document.external_id, func.count()).join(Passage, Passage.document_id == Document.id)
        counts = session.execute(windows.join(Window).group_by(Document.external_id)).all()
    assert set(acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))
    assert {count for _, count in counts} == {WINDOWS}
    assert len(counts) == len(kept)
    found = answer(index, collection)
    assert [i for i, _ in found] == [i for i, _ in nearest(store, collection, QUESTION, 10)]
    assert index.check(collection)
    with store.read() as session:
        assert outbox.waiting(session) == 0


def test_killed_at_any_moment_everything_acknowledged_is_there_whole_and_found(data_dir: Path) -> None:
    moments = random.Random(20)
    acknowledged: list[str] = []
    for life in range(4):
        acknowledged += kill_after(writer(data_dir, f"life{life}"), 3, moments.uniform(0, 0.4))
    store = Store.open(sqlite_url(data_dir))
    index = opened(store, data_dir)
    try:
        assert_whole(store, index, acknowledged)
    finally:
        index.close()
        store.close()


def test_two_processes_write_and_read_on_one_directory_and_one_holds_the_index(data_dir: Path) -> None:
    first = writer(data_dir, "first")
    assert first.stdout is not None
    seen = first.stdout.readline().strip()
    second = writer(data_dir, "second")
    store = Store.open(sqlite_url(data_dir))
    index = opened(store, data_dir)
    try:
        assert second.stdout is not None
        also = second.stdout.readline().strip()
        assert not index.available
        assert (
            index.state == "another Counterpart process holds the index; answers come from the exact search"
        )
        assert index.sync() == 0
        with store.write() as session:
            add_document(session, session.scalars(select(Collection.id)).one(), "third", texts_of("third"))
        acknowledged = [seen, also, "third", *kill_after(second, 2, 0), *kill_after(first, 2, 0)]
        assert_whole(store, index, acknowledged)
        assert index.holder
    finally:
        index.close()
        store.close()


@pytest.fixture
def filled(sqlite_store: Store, data_dir: Path) -> Iterator[tuple[Store, int]]:
    """A collection whose vectors Chroma has written to its files (it does so every thousand)."""
    collection = add_collection(sqlite_store)
    with sqlite_store.write() as session:
        add_document(session, collection, "one", [f"window {n}" for n in range(2500)])
    index = opened(sqlite_store, data_dir)
    assert index.sync() == 2500
    index.close()
    yield sqlite_store, collection


def cut(name: str, keep: int) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (path,) = folder.rglob(name)
        path.write_bytes(path.read_bytes()[:keep])

    return damage


def remove(name: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (path,) = folder.rglob(name)
        path.unlink()

    return damage


def remove_segment(folder: Path) -> None:
    (path,) = folder.rglob("index_metadata.pickle")
    shutil.rmtree(path.parent)


def replace_by_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("not a folder")


def overwrite_database(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"nonsense" * 1000)


DAMAGES = {
    "the metadata of the graph cut short": cut("index_metadata.pickle", 1000),
    "the metadata of the graph emptied": cut("index_metadata.pickle", 0),
    "the vectors cut short": cut("data_level0.bin", 1000),
    "the vectors cut at the last one": cut("data_level0.bin", -1),
    "the header cut short": cut("header.bin", 10),
    "the lengths emptied": cut("length.bin", 0),
    "the links emptied": cut("link_lists.bin", 3),
    "the graph deleted": remove_segment,
    "the folder deleted": shutil.rmtree,
    "the folder replaced by a file": replace_by_file,
    "the database overwritten": overwrite_database,
    "the database cut short": cut("chroma.sqlite3", 20_000),
    "the database deleted": remove("chroma.sqlite3"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damage_is_noticed_and_mended_from_the_database(
    filled: tuple[Store, int], data_dir: Path, damage: Callable[[Path], None]
) -> None:
    store, collection = filled
    damage(data_dir / "chroma")
    index = opened(store, data_dir)
    try:
        with store.write() as session:
            add_document(session, collection, "two", ["one more"])
        found = answer(index, collection)
        assert [i for i, _ in found] == [i for i, _ in nearest(store, collection, QUESTION, 10)]
        assert index.check(collection)
        assert index.state == "the index is in use"
    finally:
        index.close()


def test_while_a_torn_index_is_built_again_it_says_how_far_and_nobody_waits_for_it(
    filled: tuple[Store, int], data_dir: Path
) -> None:
    store, collection = filled
    cut("index_metadata.pickle", 1000)(data_dir / "chroma")
    board = Board()
    index = open_index(store, data_dir=data_dir, model=MODEL, dimensions=DIMENSIONS, board=board)
    try:
        with pytest.raises(IndexUnavailableError, match="being built again"):
            index.query(collection, QUESTION, 10)
        assert index.mending
        seen = set()
        while index.busy:
            seen |= {(step.work, step.done, step.total) for step in board.steps()}
        counts = [done for work, done, total in seen if (work, total) == ("mending", 2500)]
        assert {100, 1000, 2400} & set(counts)
        assert not index.mending
        assert [i for i, _ in answer(index, collection)] == [
            i for i, _ in nearest(store, collection, QUESTION, 10)
        ]
    finally:
        index.close()


def test_an_index_that_is_left_at_once_says_that_it_is_not_mended_and_the_next_one_mends_it(
    filled: tuple[Store, int], data_dir: Path
) -> None:
    store, collection = filled
    shutil.rmtree(data_dir / "chroma")
    left = opened(store, data_dir)
    assert left.available
    left.close(at_once=True)
    assert left.mending
    index = opened(store, data_dir)
    try:
        answer(index, collection)
        assert not index.mending
    finally:
        index.close()


def test_a_folder_deleted_under_an_open_index_is_built_again(
    filled: tuple[Store, int], data_dir: Path
) -> None:
    store, collection = filled
    index = opened(store, data_dir)
    try:
        answer(index, collection)
        shutil.rmtree(data_dir / "chroma")
        with store.write() as session:
            add_document(session, collection, "two", ["one more"])
        found = answer(index, collection)
        assert [i for i, _ in found] == [i for i, _ in nearest(store, collection, QUESTION, 10)]
        assert (data_dir / "chroma" / "chroma.sqlite3").exists()
    finally:
        index.close()


def test_copies_that_nobody_uses_are_cleared_away(filled: tuple[Store, int], data_dir: Path) -> None:
    store, collection = filled
    folder = open_folder(data_dir / "chroma")
    folder.create("cp-left-by-a-crash-g7", {"model": "x"})
    folder.close()
    index = opened(store, data_dir)
    answer(index, collection)
    index.close()
    folder = open_folder(data_dir / "chroma")
    with store.read() as session:
        assert folder.names("cp-") == session.scalars(select(Collection.index_name)).all()
    folder.close()


def test_a_server_that_is_away_is_said_and_found_again(sqlite_store: Store, data_dir: Path) -> None:
    index = open_index(
        sqlite_store, data_dir=data_dir, url="http://127.0.0.1:9", model=MODEL, dimensions=DIMENSIONS
    )
    try:
        assert not index.available
        assert "cannot be reached" in index.state
        assert not index.holder
        with pytest.raises(IndexUnavailableError, match="exact search"):
            index.query(add_collection(sqlite_store), QUESTION, 1)
        assert index.sync() == 0
    finally:
        index.close()


def test_a_lock_is_held_once_names_its_holder_and_dies_with_it(data_dir: Path) -> None:
    data_dir.mkdir()
    first, second = FolderLock(data_dir / "x.lock"), FolderLock(data_dir / "x.lock")
    assert (first.acquire(), second.acquire(), first.acquire()) == (True, False, True)
    assert (first.held, second.held) == (True, False)
    holder = second.holder()
    assert holder is not None
    first.release()
    assert second.holder() is None
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(first.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert not second.acquire()
        assert (named := second.holder()) is not None
        assert named.pid == other.pid
        other.kill()
    assert second.acquire()
    second.release()
