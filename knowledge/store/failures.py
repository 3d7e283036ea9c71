"""SQLAlchemy's errors in a person's words."""

import shutil
from pathlib import Path
from typing import Literal

from sqlalchemy import exc

from knowledge.errors import StoreBusyError, StoreError

Doing = Literal["open", "read", "write"]

_KEPT: dict[Doing, str] = {
    "open": "Nothing was changed",
    "read": "Nothing was changed",
    "write": "The change was not kept; everything before it was",
}
_BUSY = (
    "database is locked",
    "database table is locked",
    "lock timeout",
    "deadlock detected",
    "canceling statement due to lock",
)
_FULL = ("database or disk is full", "no space left on device", "could not extend file")
_PERHAPS_FULL = ("disk i/o error", "unable to open database file")
_LEAST_ROOM = 1_000_000
_READ_ONLY = ("attempt to write a readonly database", "read-only transaction", "read-only file system")
_FOREIGN = ("file is not a database", "malformed database schema", "file is encrypted")
_DAMAGED = ("database disk image is malformed", "invalid page", "disk i/o error")
_UNREACHABLE = (
    "connection failed",
    "connection refused",
    "could not connect",
    "server closed the connection",
    "could not translate host",
    "failed to resolve host",
)
_LOGIN = (
    "password authentication failed",
    "no password supplied",
    'role "',
    "no pg_hba.conf entry",
    "permission denied",
)


def translated(error: exc.DBAPIError | exc.TimeoutError, *, where: str, doing: Doing) -> StoreError:
    """The `StoreError` (or `StoreBusyError`) that says what `error` means for the database at `where`."""
    said = str(error.orig if isinstance(error, exc.DBAPIError) else error).strip()
    lower, kept = said.lower(), _KEPT[doing]
    if isinstance(error, exc.TimeoutError) or any(sign in lower for sign in _BUSY):
        return StoreBusyError(
            f"The database {where} is held by another process", kept=kept, next_step="Try again in a moment"
        )
    if any(sign in lower for sign in _PERHAPS_FULL) and _is_full(where):
        lower = _FULL[0]
    for signs, what, next_step in _explanations(where):
        if any(sign in lower for sign in signs):
            return StoreError(what, kept=kept, next_step=next_step)
    first = said.splitlines()[0] if said else type(error).__name__
    return StoreError(
        f"The database {where} refused ({first})",
        kept=kept,
        next_step="Run “counterpart doctor” to see what works",
    )


def _is_full(where: str) -> bool:
    """Whether the disk under a database file has no room: SQLite calls that a failing disk where it cannot even begin."""
    try:
        return shutil.disk_usage(Path(where).parent).free < _LEAST_ROOM
    except OSError:
        return False


def _explanations(where: str) -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """Signs in what the database said, what that means, and what to do."""
    return (
        (
            _FULL,
            f"There is no room left for the database {where}",
            "Make room on that disk, then try again",
        ),
        (
            _READ_ONLY,
            f"The database {where} cannot be written",
            "Make the folder writable or choose another with --data-dir",
        ),
        (
            _FOREIGN,
            f"The file {where} is not a database of Counterpart",
            "Choose another folder with --data-dir, or move that file away",
        ),
        (
            _DAMAGED,
            f"The database {where} is damaged or its disk fails",
            "Restore it from a backup with “counterpart restore”",
        ),
        (
            ("unable to open database file",),
            f"The database {where} cannot be opened",
            "Check that the folder exists and may be written",
        ),
        (
            _LOGIN,
            f"The database {where} refused the login",
            "Correct the name and password in COUNTERPART_DATABASE_URL",
        ),
        (
            _UNREACHABLE,
            f"The database {where} cannot be reached",
            "Start PostgreSQL or correct COUNTERPART_DATABASE_URL",
        ),
    )
