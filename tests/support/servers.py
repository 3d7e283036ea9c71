"""A real PostgreSQL and a real Chroma server, for as long as a test run needs them."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from sqlalchemy import create_engine, make_url, text

from knowledge.store.engine import Store

PATIENCE_S = 60


class Missing(Exception):  # noqa: N818  # a reason, not a failure
    """A program that a test needs is not on this machine."""


@dataclass
class PostgresServer:
    """A running server; `folder` is set where it is ours to stop."""

    url: str
    folder: Path | None = None
    template: str | None = None

    def new_database(self, *, empty: bool = False) -> str:
        """The URL of a new database, set up already unless it should be `empty`."""
        if not empty and self.template is None:
            self.template = f"template_{secrets.token_hex(4)}"
            self._execute(f"CREATE DATABASE {self.template}")
            Store.open(self._url(self.template)).close()
        name = f"test_{secrets.token_hex(6)}"
        self._execute(f"CREATE DATABASE {name}" + ("" if empty else f" TEMPLATE {self.template}"))
        return self._url(name)

    def stop(self) -> None:
        """Stop it and remove its files, if we started it."""
        if self.folder is not None:
            _as_postgres(_program("pg_ctl"), "-D", str(self.folder / "db"), "-m", "immediate", "-w", "stop")
            shutil.rmtree(self.folder, ignore_errors=True)

    def _url(self, database: str) -> str:
        return make_url(self.url).set(database=database).render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        engine = create_engine(
            make_url(self.url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def postgres_server(url: str | None) -> PostgresServer:
    """The server at `url`, or a new one that listens on a socket in a folder of its own. Raises `Missing`."""
    if url:
        return PostgresServer(url)
    folder = Path(tempfile.mkdtemp(prefix="counterpart-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    _as_postgres(
        _program("initdb"),
        "-D",
        str(folder / "db"),
        "-A",
        "trust",
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--no-sync",
    )
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=300"
    log = str(folder / "log")
    _as_postgres(_program("pg_ctl"), "-D", str(folder / "db"), "-o", options, "-l", log, "-w", "start")
    return PostgresServer(f"postgresql://postgres@/postgres?host={folder}", folder)


@contextmanager
def chroma_server() -> Iterator[str]:
    """The URL of a Chroma server with an empty folder."""
    folder = Path(tempfile.mkdtemp(prefix="counterpart-chroma-"))
    port = free_port()
    program = Path(sys.executable).with_name("chroma")
    # Nobody reads its output here, and a full pipe would stop it: a file takes as much as comes.
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, "run", "--path", folder / "data", "--host", "127.0.0.1", "--port", str(port)],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _await(url, process, folder / "log")
        yield url
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{url}/api/v2/heartbeat", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"Chroma did not start: {log.read_text()[-2000:]}")


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}")) or [
        Path(p) for p in [shutil.which(name)] if p
    ]
    if not found:
        raise Missing(
            "PostgreSQL is not installed (apt install postgresql), and COUNTERPART_TEST_POSTGRES_URL is unset"
        )
    return str(found[-1])


def _as_postgres(*command: str) -> None:
    """Run it; PostgreSQL refuses to run as root."""
    if os.geteuid() == 0:
        command = ("runuser", "-u", "postgres", "--", *command)
    try:
        subprocess.run(command, check=True, capture_output=True, cwd="/", timeout=PATIENCE_S)
    except FileNotFoundError as error:
        raise Missing(f"{error.filename} is not installed") from error
