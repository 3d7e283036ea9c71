"""The vector index, as search sees it: a disposable copy of the vectors in SQL.

It answers fast or says at once that it cannot, and then the caller searches exactly.
"""

from pathlib import Path
from typing import NoReturn, Protocol

from knowledge.errors import IndexUnavailableError
from knowledge.progress import Board, Progress
from knowledge.store.engine import Store
from knowledge.store.vectors import Floats


class VectorIndex(Protocol):
    """What search needs of an index. Safe to share between threads."""

    @property
    def available(self) -> bool:
        """Whether it can be asked now. Opens it where that was not done yet."""

    @property
    def state(self) -> str:
        """The same in a sentence, for a person."""

    @property
    def busy(self) -> bool:
        """Whether it works beside the answers."""

    @property
    def mending(self) -> bool:
        """Whether some of it was found torn or lost, and is not built again yet."""

    @property
    def holder(self) -> bool:
        """Whether this process is one that writes in it."""

    def query(self, collection_id: int, vector: Floats, k: int) -> list[tuple[int, float]]:
        """The `k` windows nearest to `vector` `(d,)`, with cosine similarity, best first.

        Everything committed before the call is in it. Raises `IndexUnavailableError` where it cannot answer,
        and `EmbeddingMismatchError` where the collection was built with another model.
        """

    def sync(self, progress: Progress | None = None) -> int:
        """Tell the index what changed; returns how many changes: 0 where another process tells it."""

    def check(self, collection_id: int) -> bool:
        """Whether count and a sample of its vectors agree with SQL. Raises as `query` does."""

    def rebuild(self, collection_id: int | None = None, progress: Progress | None = None) -> None:
        """Build one collection, or all, again from the vectors in SQL. Raises as `query` does."""

    def hurry(self) -> None:
        """Nobody wants an answer any more: work under way need leave no time to others."""

    def close(self, *, at_once: bool = False) -> None:
        """Give files, connections and the lock back; work under way has seconds to finish, or none."""


def open_index(
    store: Store,
    *,
    data_dir: Path,
    url: str | None = None,
    token: str | None = None,
    model: str,
    dimensions: int,
    board: Board | None = None,
    left: bool = False,
) -> VectorIndex:
    """The index of `store`: in `<data_dir>/chroma`, or on the Chroma server at `url`.

    What it does beside answers stands on the `board`. Nothing is opened before it is needed, and a damaged, locked
    or unreachable index is no error here: it is `available` or not. With `left`, for a short command, it stays closed,
    and what changed waits for whoever opens it next.
    """
    from knowledge import chroma
    from knowledge.chroma_index import ChromaIndex

    if left:
        return ChromaIndex(store, _left, None, model=model, dimensions=dimensions, board=board)
    if url is not None:
        return ChromaIndex(
            store,
            lambda: chroma.open_server(url, token),
            None,
            model=model,
            dimensions=dimensions,
            board=board,
        )
    folder = data_dir.absolute() / "chroma"
    return ChromaIndex(
        store, lambda: chroma.open_folder(folder), folder, model=model, dimensions=dimensions, board=board
    )


def _left() -> NoReturn:
    raise IndexUnavailableError("the index is left to whoever opens it next; the exact search answers")
