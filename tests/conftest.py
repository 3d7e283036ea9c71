"""What every test may ask for: a data directory, a store on either database, an index on either Chroma."""

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from support.content import DIMENSIONS, MODEL
from support.engine import Engine, local_engine
from support.servers import Missing, PostgresServer, chroma_server, postgres_server

from knowledge.index import VectorIndex, open_index
from knowledge.store.engine import DATABASE_FILE, Store, sqlite_url

for _name in [name for name in os.environ if name.startswith(("OPENAI_", "AZURE_OPENAI_"))]:
    del os.environ[_name]  # a key switches a chat model on, also for what a whole run shares
# Tests start the program some hundred times; without its bytecode each start compiles a thousand modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever this machine has set, a test sees the defaults, and nobody's real data."""
    for name in os.environ:
        if name.startswith(("COUNTERPART_", "OPENAI_", "AZURE_", "OTEL_")) and not name.startswith(
            "COUNTERPART_TEST_"
        ):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COUNTERPART_DATA_DIR", str(tmp_path / "unset"))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Loopback only, except for tests marked `live`."""
    if request.node.get_closest_marker("live"):
        return
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {host}")
        return connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory that does not exist yet."""
    return tmp_path / "data"


def needs(start: Callable[[], object]) -> object:
    """What `start` returns; skips where a program is missing, or fails under COUNTERPART_TEST_STRICT=1."""
    try:
        return start()
    except Missing as missing:
        if os.environ.get("COUNTERPART_TEST_STRICT") == "1":
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL for this run: COUNTERPART_TEST_POSTGRES_URL, or one started from Debian's programs."""
    server = needs(lambda: postgres_server(os.environ.get("COUNTERPART_TEST_POSTGRES_URL")))
    assert isinstance(server, PostgresServer)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """A real, tiny language model behind a real server on loopback."""
    with ExitStack() as stack:
        started = needs(lambda: stack.enter_context(local_engine()))
        assert isinstance(started, Engine)
        yield started


@pytest.fixture(scope="session")
def chroma_url() -> Iterator[str]:
    """A Chroma server on loopback."""
    with chroma_server() as url:
        yield url


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file just set up: copying it is quicker than migrating once a test."""
    folder = tmp_path_factory.mktemp("template")
    Store.open(sqlite_url(folder)).close()
    return folder / DATABASE_FILE


@pytest.fixture
def sqlite_store(data_dir: Path, empty_sqlite: Path) -> Iterator[Store]:
    """An empty SQLite store in `data_dir`."""
    data_dir.mkdir()
    shutil.copyfile(empty_sqlite, data_dir / DATABASE_FILE)
    store = Store.open(sqlite_url(data_dir))
    yield store
    store.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store, on each database in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_store")
        return
    url = request.getfixturevalue("postgres").new_database()
    opened = Store.open(url)
    yield opened
    opened.close()


@pytest.fixture(
    params=["sqlite+folder", "sqlite+server", pytest.param("postgresql+server", marks=pytest.mark.postgres)]
)
def indexed(request: pytest.FixtureRequest, data_dir: Path) -> Iterator[tuple[Store, VectorIndex]]:
    """A store and its index, in each arrangement that is supported."""
    database, _, chroma = request.param.partition("+")
    if database == "sqlite":
        store = request.getfixturevalue("sqlite_store")
    else:
        store = Store.open(request.getfixturevalue("postgres").new_database())
    url = request.getfixturevalue("chroma_url") if chroma == "server" else None
    index = open_index(store, data_dir=data_dir, url=url, model=MODEL, dimensions=DIMENSIONS)
    yield store, index
    index.close()
    store.close()
