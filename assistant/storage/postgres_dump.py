"""The records of an instance on PostgreSQL as one file, and back into an empty database, by PostgreSQL's own programs."""

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from assistant.errors import InputRefusedError, StoreError

HOURS = 6 * 3600
"""Seconds after which a dump is given up."""


def dump(url: str, target: Path) -> None:
    """One moment of the database at `url`, in pg_dump's own compressed form. Others may go on writing."""
    _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    _run("pg_restore", None, "--list", str(target), "--file=/dev/null")


def load(url: str, source: Path) -> None:
    """Put what was dumped into the empty database at `url`: all of it, or nothing."""
    _check_empty(url)
    options = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    _run("pg_restore", url, *options, str(source))


def _check_empty(url: str) -> None:
    try:
        engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
        try:
            with closing(engine.connect()) as connection:
                tables = inspect(connection).get_table_names()
        finally:
            engine.dispose()
    except SQLAlchemyError as error:
        raise StoreError(
            f"The database cannot be reached ({str(error).splitlines()[0][:200]})",
            kept="Nothing was changed",
            next_step="Check COUNTERPART_DATABASE_URL",
        ) from error
    if tables:
        raise InputRefusedError(
            "The database that COUNTERPART_DATABASE_URL names is not empty",
            kept="Nothing was changed",
            next_step="Create an empty one, and name that",
        )


def rename(url: str, instance_id: str) -> None:
    """Give the instance that was loaded an id of its own, eight hexadecimal digits."""
    _run("psql", url, "--quiet", "--command", f"UPDATE instance SET value = '{instance_id}' WHERE key = 'id'")  # noqa: S608  # digits of ours


def _run(program: str, url: str | None, *options: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise InputRefusedError(
            f"The records are in PostgreSQL, and its program {program} was not found",
            kept="Nothing was changed",
            next_step="Install it (on Debian: apt install postgresql-client), or use it yourself",
        )
    with TemporaryDirectory() as folder:
        where = () if url is None else (f"--dbname={_address(url, Path(folder) / 'password')}",)
        done = subprocess.run(  # noqa: S603  # PostgreSQL's own program, without a shell
            [found, *where, *options],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=HOURS,
            check=False,
        )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise StoreError(
            f"{program} failed ({said[:300]})",
            kept="Your data is as it was",
            next_step="Mend that, then try again",
        )


def _address(url: str, passwords: Path) -> str:
    """The address for libpq; the password goes into a file, since other people can read a command line."""
    parsed = make_url(url).set(drivername="postgresql")
    if parsed.password:
        escaped = str(parsed.password).replace("\\", "\\\\").replace(":", "\\:")
        passwords.touch(mode=0o600)
        passwords.write_text(f"*:*:*:*:{escaped}{os.linesep}", encoding="utf-8")
        parsed = parsed.set(password=None).update_query_dict({"passfile": str(passwords)})
    return parsed.render_as_string(hide_password=False)
