"""The one place where settings become working parts and are handed to the features that need them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import Settings, load_settings
from assistant.storage.conversations import Conversations
from assistant.storage.people import People
from knowledge.embeddings import Embedder, open_embedder
from knowledge.errors import StoreError
from knowledge.index import VectorIndex, open_index
from knowledge.search import Search
from knowledge.store.access import Viewer
from knowledge.store.engine import Store, sqlite_url

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class House:
    """Everything an instance has, wired. Close it through `open_house`."""

    settings: Settings
    store: Store
    embedder: Embedder
    index: VectorIndex
    search: Search
    people: People
    conversations: Conversations
    viewer: Viewer


@contextmanager
def open_house(
    settings: Settings | None = None, *, progress: Progress | None = None, use_index: bool = True
) -> Iterator[House]:
    """A working instance; an empty data directory is set up first (schema, shipped playbook).

    `use_index=False` leaves the Chroma folder alone: commands that only read records need not pay for it.
    """
    house = build_house(settings or load_settings(), progress=progress, use_index=use_index)
    try:
        yield house
    finally:
        house.index.close()
        house.store.close()


def build_house(settings: Settings, *, progress: Progress | None = None, use_index: bool = True) -> House:
    """The same, for a process that keeps it open for as long as it lives."""
    _make_folder(settings.data_dir)
    store = Store.open(database_url(settings), progress=progress)
    embedder = open_embedder(
        settings.embedding,
        threads=settings.embedding_threads,
        model_dir=settings.embedding_model_dir,
        api_key=settings.openai_api_key,
        base_url=settings.openai_base_url,
    )
    people = People(store)
    return House(
        settings=settings,
        store=store,
        embedder=embedder,
        index=(index := _open_index(settings, store, embedder, use_index=use_index)),
        search=Search(store, embedder, index),
        people=people,
        conversations=Conversations(store),
        viewer=people.current(None),
    )


def database_url(settings: Settings) -> str:
    """The records' address: PostgreSQL if set, otherwise the SQLite file in the data directory."""
    return settings.database_url.get_secret_value() if settings.database_url else sqlite_url(settings.data_dir)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The data directory {folder} cannot be made ({error.strerror})",
            next_step="Choose another one with --data-dir or COUNTERPART_DATA_DIR",
        ) from error
