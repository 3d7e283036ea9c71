"""The vector index in Chroma, kept in step with SQL and built again from it.

What changed in SQL waits in the outbox until the index was told. The index is looked over when it is opened
and after every failure; what is not sound is built again beside the old one, from SQL, and swapped in. Until
then, and wherever Chroma cannot be used, `query` raises `IndexUnavailableError` and the caller searches
exactly.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, RLock, Thread

from knowledge import chroma as chroma_database
from knowledge import shelves
from knowledge.chroma import Chroma
from knowledge.copies import Copies
from knowledge.errors import (
    CounterpartError,
    EmbeddingMismatchError,
    IndexUnavailableError,
    InputRefusedError,
    StoreBusyError,
    StoreError,
)
from knowledge.locks import FolderLock, Holder
from knowledge.progress import Board, Progress, silent
from knowledge.shelves import Shelf
from knowledge.store.engine import Store
from knowledge.store.vectors import Floats

REBUILDING = "the index is being built again; answers come from the exact search meanwhile"
HELD = "another Counterpart process holds the index; answers come from the exact search"
_INLINE = 500  # so many changes take about half a second, before an answer; more are worked off beside it
_ASK_LOCK_AGAIN_S = 2.0
_CONNECT_AGAIN_S = 10.0
_LAST_WORK_S = 5.0


class ChromaIndex:
    """`VectorIndex` over Chroma; `folder` is None for a server."""

    def __init__(
        self,
        store: Store,
        connect: Callable[[], Chroma],
        folder: Path | None,
        *,
        model: str,
        dimensions: int,
        board: Board | None = None,
    ) -> None:
        self._board = board or Board()
        self._store, self._connect, self._folder = store, connect, folder
        self._dimensions, self._model = dimensions, model
        self._lock = FolderLock(folder.with_name(folder.name + ".lock")) if folder else None
        self._chroma: Chroma | None = None
        self._trouble, self._try_again = "the index was not opened yet", 0.0
        self._unsound: dict[int, str | None] = {}  # and the copy that was found wanting
        self._opening, self._working, self._stop, self._hurried = RLock(), RLock(), Event(), Event()
        self._behind: Thread | None = None
        self._copies = Copies(store, model=model, dimensions=dimensions, stopped=self._stop.is_set)

    @property
    def available(self) -> bool:
        return self._ready() is not None

    @property
    def state(self) -> str:
        if self._ready() is None:
            return self._trouble
        if self._unsound:
            return REBUILDING
        return "the index is in use"

    @property
    def busy(self) -> bool:
        return self._behind is not None and self._behind.is_alive()

    @property
    def mending(self) -> bool:
        return bool(self._unsound)

    @property
    def holder(self) -> bool:
        return self._ready() is not None and (self._lock is None or self._lock.held)

    @property
    def held_by(self) -> Holder | None:
        """Which process holds the folder's lock; None for a server, or where nobody does."""
        return self._lock.holder() if self._lock else None

    def query(self, collection_id: int, vector: Floats, k: int) -> list[tuple[int, float]]:
        chroma = self._required()
        shelf = self._shelf(collection_id)
        if vector.shape != (self._dimensions,):
            raise EmbeddingMismatchError(
                f"The question has {vector.size} dimensions and the index {self._dimensions}"
            )
        if collection_id in self._unsound:
            self._work_behind()
            raise _unavailable("it is being built again")
        if shelf.waiting:
            shelf = self._caught_up(shelf)
        if shelf.index_name is None:
            return []
        try:
            return chroma.query(shelf.index_name, vector, k)
        except IndexUnavailableError:
            self._suspect(collection_id)
            raise

    def sync(self, progress: Progress | None = None) -> int:
        if self._ready() is None:
            return 0
        with self._working, self._alone() as mine:
            return self._drain_all(progress or silent) if mine else 0

    def check(self, collection_id: int) -> bool:
        chroma, shelf = self._required(), self._shelf(collection_id)
        if shelf.waiting and collection_id not in self._unsound:
            self.sync()
        return collection_id not in self._unsound and self._copies.sound(chroma, collection_id)

    def rebuild(self, collection_id: int | None = None, progress: Progress | None = None) -> None:
        self._required()
        with self._working, self._alone() as mine:
            if not mine:
                raise _unavailable("another process is building it")
            wanted = [collection_id] if collection_id is not None else shelves.ids(self._store)
            self._unsound |= {shelf.id: shelf.index_name for shelf in map(self._shelf, wanted)}
            self._build_unsound(progress or silent, gently=lambda: False)

    def hurry(self) -> None:
        self._hurried.set()

    def close(self, *, at_once: bool = False) -> None:
        self.hurry()
        if self._behind is not None:
            self._behind.join(0 if at_once else _LAST_WORK_S)
        self._stop.set()
        if self._behind is not None:
            self._behind.join()
        with self._opening:
            self._closed_for(float("inf"), "the index is closed")
            if self._lock is not None:
                self._lock.release()

    # Opening, and what is known about it

    def _ready(self) -> Chroma | None:
        if self._chroma is None and not self._stop.is_set() and time.monotonic() >= self._try_again:
            with self._opening:
                if self._chroma is None:
                    self._open()
        return self._chroma

    def _required(self) -> Chroma:
        if (chroma := self._ready()) is None:
            raise _unavailable(self._trouble)
        return chroma

    def _open(self) -> None:
        try:
            if self._lock is not None and not self._lock.acquire():
                return self._closed_for(_ASK_LOCK_AGAIN_S, HELD)
            chroma = self._connect_or_discard()
            self._look_over(chroma)
        except (IndexUnavailableError, StoreError) as error:
            if self._lock is not None:
                self._lock.release()
            return self._closed_for(_CONNECT_AGAIN_S, error.what)
        self._chroma = chroma
        if self._unsound:
            self._work_behind()
        return None

    def _closed_for(self, seconds: float, why: str) -> None:
        if self._chroma is not None:
            self._chroma.close()
        self._chroma, self._trouble, self._try_again = None, why, time.monotonic() + seconds

    def _connect_or_discard(self) -> Chroma:
        try:
            return self._connect()
        except IndexUnavailableError:
            if self._folder is None:
                raise
            chroma_database.discard(self._folder)
            return self._connect()

    def _look_over(self, chroma: Chroma) -> None:
        known = [self._shelf(i) for i in shelves.ids(self._store, model=self._model)]
        self._unsound = {
            shelf.id: shelf.index_name for shelf in known if not self._copies.sound(chroma, shelf.id)
        }
        if self._folder is not None:  # on a server, another process may be building what nobody uses yet
            self._copies.sweep(chroma)

    def _shelf(self, collection_id: int) -> Shelf:
        shelf = shelves.find(self._store, collection_id)
        if shelf is None:
            raise InputRefusedError(f"There is no collection {collection_id}")
        if shelf.model != self._model:
            raise EmbeddingMismatchError(
                f"The collection “{shelf.name}” was embedded with {shelf.model}, not with {self._model}",
                kept="Its texts and vectors are complete",
                next_step="Set COUNTERPART_EMBEDDING back, or run “counterpart reindex” to embed it again",
            )
        return shelf

    # Telling the index what changed

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """A folder has one writer anyway; of the processes that share a server, one writes at a time."""
        if self._folder is not None:
            yield True
            return
        with self._store.alone("index") as mine:
            yield mine

    def _caught_up(self, shelf: Shelf) -> Shelf:
        if shelf.waiting > _INLINE or not self._working.acquire(timeout=0.2):
            self._work_behind()
            raise _unavailable("it is catching up with changes")
        try:
            self.sync()
        except StoreBusyError as error:
            raise _unavailable("it is catching up with changes") from error
        finally:
            self._working.release()
        if (shelf := self._shelf(shelf.id)).waiting or shelf.id in self._unsound:
            raise _unavailable("it is catching up with changes")
        return shelf

    def _drain_all(self, report: Progress) -> int:
        told = 0
        for collection_id in shelves.waiting(self._store):
            try:
                if collection_id not in self._unsound:
                    told += self._copies.tell(self._required(), collection_id, report)
            except IndexUnavailableError:
                self._suspect(collection_id)
        return told

    # Building again

    def _suspect(self, collection_id: int) -> None:
        """Something failed: find out whether the server is away, or this collection has to be built again."""
        chroma = self._chroma
        if chroma is not None and chroma.remote and not chroma.alive():
            self._closed_for(
                _CONNECT_AGAIN_S, "the Chroma server does not answer; answers come from the exact search"
            )
        else:
            shelf = shelves.find(self._store, collection_id)
            self._unsound[collection_id] = shelf.index_name if shelf else None
            self._work_behind()

    def _work_behind(self) -> None:
        """Catch up and build again on a thread of its own, so that nobody's answer waits."""
        if not self.busy and not self._stop.is_set():
            self._behind = Thread(target=self._catch_up, name="index", daemon=True)
            self._behind.start()

    def _catch_up(self) -> None:
        try:
            with self._working, self._alone() as mine:
                if mine and (chroma := self._ready()) is not None:
                    for collection_id in [i for i in self._unsound if self._mended(chroma, i)]:
                        del self._unsound[collection_id]
                    if self._unsound:
                        with self._board.showing("mending") as told:
                            self._build_unsound(told, gently=lambda: not self._hurried.is_set())
                    with self._board.showing("index") as told:
                        self._drain_all(told)
        except Exception as error:  # noqa: BLE001  # nobody waits for this thread: what it met is told by `state`
            self._closed_for(_CONNECT_AGAIN_S, f"the index could not be built again ({error})")

    def _mended(self, chroma: Chroma, collection_id: int) -> bool:
        """Whether another process built it meanwhile, or it left altogether."""
        shelf = shelves.find(self._store, collection_id)
        if shelf is None or shelf.model != self._model:
            return True
        # The copy that failed is not asked again: a torn one may read well and fail at every write.
        return shelf.index_name != self._unsound[collection_id] and self._copies.sound(chroma, collection_id)

    def _build_unsound(self, report: Progress, *, gently: Callable[[], bool]) -> None:
        try:
            for collection_id in sorted(self._unsound):
                self._copies.build(self._required(), self._shelf(collection_id), report, gently=gently)
                del self._unsound[collection_id]
        except IndexUnavailableError:
            if self._folder is None or self._stop.is_set():
                raise
            self._start_over(report, gently=gently)

    def _start_over(self, report: Progress, *, gently: Callable[[], bool]) -> None:
        """Not one collection but the folder is unusable: take it away and build everything in a new one."""
        self._closed_for(float("inf"), REBUILDING)
        chroma: Chroma | None = None
        try:
            if self._folder is not None:
                chroma_database.discard(self._folder)
            chroma = self._connect()
            for collection_id in shelves.ids(self._store, model=self._model):
                self._copies.build(chroma, self._shelf(collection_id), report, gently=gently)
                self._unsound.pop(collection_id, None)
        except CounterpartError as error:
            if chroma is not None:
                chroma.close()
            self._closed_for(_CONNECT_AGAIN_S, error.what)
            raise
        self._chroma = chroma


def _unavailable(why: str) -> IndexUnavailableError:
    return IndexUnavailableError(
        f"The vector index cannot be used now: {why}", kept="Answers come from the exact search meanwhile"
    )
