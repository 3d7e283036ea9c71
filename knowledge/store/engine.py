"""The store: one database, opened at its newest schema, with reading and writing sessions.

SQLite by default (WAL, every commit on disk, one writer at a time), PostgreSQL by URL. What SQLAlchemy raises
leaves this module as `StoreError` or `StoreBusyError`.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from knowledge.errors import StoreBusyError, StoreError
from knowledge.locks import FolderLock
from knowledge.progress import Progress, silent
from knowledge.store.failures import Doing, translated
from knowledge.store.tables import Instance

Dialect = Literal["sqlite", "postgresql"]

DATABASE_FILE = "counterpart.db"
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012")
"""Every schema version this program knows, oldest first; the last one is the one it works with."""

_PATIENCE_S = 15
_SETUP_PATIENCE_S = 60
_LOCK_SPACE = 0x636F756E


def sqlite_url(data_dir: Path) -> str:
    """The URL of the SQLite file in `data_dir`."""
    return URL.create("sqlite", database=str(data_dir / DATABASE_FILE)).render_as_string()


class Store:
    """The database of one instance; threads may share it, and several processes open the same one."""

    def __init__(self, url: str) -> None:
        """Nothing is opened or created yet. Raises `StoreError` for a URL of another kind of database."""
        self._url = _checked(url)
        self.dialect: Dialect = "sqlite" if self._url.get_backend_name() == "sqlite" else "postgresql"
        self._engine = _sqlite(self._url) if self.dialect == "sqlite" else _postgresql(self._url)
        self._writer, self._reader = self._engine.execution_options(writing=True), self._engine
        if self.dialect == "postgresql":
            self._reader = self._engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @classmethod
    def open(cls, url: str, *, progress: Progress | None = None) -> Self:
        """A store whose schema is the newest; an empty database is set up with the default workspace.

        `progress` is told when there is something to do. Raises `StoreError` for a database that cannot be
        opened, belongs to another program or to a newer version of this one; `StoreBusyError` where another
        process holds it too long.
        """
        store = cls(url)
        try:
            store._bring_to_head(progress or silent)
        except BaseException:
            store.close()
            raise
        return store

    @property
    def where(self) -> str:
        """The database as a person would name it, without its password."""
        if self.dialect == "sqlite":
            return str(self._url.database)
        return self._url.set(drivername="postgresql").render_as_string()

    @property
    def folder(self) -> Path | None:
        """The folder of the SQLite file; None on PostgreSQL."""
        return Path(str(self._url.database)).parent if self.dialect == "sqlite" else None

    @cached_property
    def instance_id(self) -> str:
        """Eight hexadecimal digits that set this database apart from others."""
        with self.read() as session:
            return session.scalars(select(Instance.value).where(Instance.key == "id")).one()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the database and cannot change it."""
        with (
            self._failures("read"),
            Session(self._reader, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that is one transaction: committed at the end, rolled back where the block raises.

        On SQLite the write lock is taken at once, so that what the block reads cannot change before it
        writes.
        """
        with (
            self._failures("write"),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()
            yield session

    @contextmanager
    def alone(self, name: str) -> Iterator[bool]:
        """Whether this process is the only one in the work called `name`, for as long as the block runs.

        Never waits: False where another process is at it. A process that dies gives it up.
        """
        if self.dialect == "sqlite":
            lock = FolderLock(Path(f"{self._url.database}.{name}.lock"))
            mine = lock.acquire()
            try:
                yield mine
            finally:
                lock.release()
            return
        with self._failures("read"), self._engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            key = {"key": _lock_key(name)}
            mine = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), key))
            try:
                yield mine
            finally:
                if mine:
                    connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)

    def close(self) -> None:
        """Give back every connection. The store may not be used after this."""
        self._engine.dispose()

    @contextmanager
    def _failures(self, doing: Doing) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeoutError) as error:
            raise translated(error, where=self.where, doing=doing) from error

    def _bring_to_head(self, progress: Progress) -> None:
        if self.folder is not None:
            _make_folder(self.folder)
        with self._failures("open"):
            if self._quick_revision() == REVISIONS[-1]:
                return
            with self._setup_lock(), self._writer.begin() as connection:
                if self.dialect == "postgresql":
                    connection.execute(
                        text("SELECT pg_advisory_xact_lock(:key)"), {"key": _lock_key("setup")}
                    )
                if (found := self._revision(connection)) != REVISIONS[-1]:
                    what = "Setting up the database" if found is None else "Bringing the database up to date"
                    progress(what, 0, 1)
                    _migrate(connection)

    def _quick_revision(self) -> str | None:
        """The schema version, or None where that cannot be told without the lock."""
        try:
            with self._reader.connect() as connection:
                return self._revision(connection)
        except OperationalError:
            return None

    def _revision(self, connection: Connection) -> str | None:
        tables = set(inspect(connection).get_table_names())
        found = (
            connection.scalar(text("SELECT version_num FROM alembic_version"))
            if "alembic_version" in tables
            else None
        )
        if foreign := tables - {"alembic_version"} if found is None else ():
            raise StoreError(
                f"The database {self.where} holds the tables of another program ({min(foreign)})",
                kept="Nothing was changed",
                next_step="Choose another folder with --data-dir, or another database",
            )
        if found is not None and found not in REVISIONS:
            raise StoreError(
                f"The database {self.where} was made by a newer version of Counterpart (schema {found})",
                kept="Nothing was changed",
                next_step="Update Counterpart, or choose another folder with --data-dir",
            )
        return found

    @contextmanager
    def _setup_lock(self) -> Iterator[None]:
        if self.dialect == "postgresql":
            yield
            return
        from filelock import FileLock, Timeout

        lock = FileLock(f"{self._url.database}.setup.lock", timeout=_SETUP_PATIENCE_S)
        try:
            lock.acquire()
        except Timeout:
            raise StoreBusyError(
                f"Another process has been setting up {self.where} for over a minute",
                kept="Nothing was changed",
                next_step="Wait for it or end it, then try again",
            ) from None
        except OSError as error:
            raise _unusable(Path(self.where).parent, error) from error
        try:
            yield
        finally:
            lock.release()


def _checked(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            "The database address cannot be read",
            next_step="Write it as postgresql://name:password@host/database",
        ) from error
    backend = parsed.get_backend_name()
    if backend in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and parsed.database and parsed.database != ":memory:":
        return parsed
    raise StoreError(
        f"Counterpart keeps its records in PostgreSQL or in an SQLite file, not in {backend}",
        next_step="Correct COUNTERPART_DATABASE_URL or leave it unset",
    )


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _PATIENCE_S}, pool_size=5, max_overflow=40)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # Python's driver begins transactions by itself, late and never immediate: that is switched off, and
    # `_begin_sqlite` begins each one.
    connection.isolation_level = None
    for pragma in (f"busy_timeout={_PATIENCE_S * 1000}", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()
    # The journal's mode is written into the file, so that another program's database must not be told.
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables or "alembic_version" in tables:
        connection.execute("PRAGMA journal_mode=WAL").close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql(url: URL) -> Engine:
    options = {"options": f"-c lock_timeout={_PATIENCE_S * 1000}", "connect_timeout": _PATIENCE_S}
    return create_engine(url, connect_args=options, pool_pre_ping=True, pool_size=5, max_overflow=40)


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(folder, error) from error


def _unusable(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f"The folder {folder} cannot be used ({error.strerror or error})",
        kept="Nothing was changed",
        next_step="Check its rights and room, or choose another with --data-dir",
    )


def _lock_key(name: str) -> int:
    """PostgreSQL's advisory locks are numbers, shared by all who use the same database."""
    return _LOCK_SPACE << 32 | zlib.crc32(name.encode())
