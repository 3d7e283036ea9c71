"""One process at a time: a lock on a file that the system gives back when its holder dies."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from knowledge.errors import StoreError


@dataclass(frozen=True, slots=True)
class Holder:
    """Which process holds a lock, and since when (UTC)."""

    pid: int
    started: datetime


class FolderLock:
    """A lock at `path` that never waits. Who holds it stands beside it, in `<path>.holder`."""

    def __init__(self, path: Path) -> None:
        from filelock import FileLock

        self.path = path
        self._beside = path.with_name(path.name + ".holder")
        # Streamlit answers on many threads: what one of them acquired, another one gives back.
        self._lock = FileLock(path, blocking=False, thread_local=False)

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._lock.is_locked

    def acquire(self) -> bool:
        """Take the lock if it is free; True where this object holds it now.

        Raises `StoreError` where the folder cannot be written: nobody can say then who holds it.
        """
        from filelock import Timeout

        if self.held:
            return True
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock.acquire()
            self._beside.write_text(
                json.dumps({"pid": os.getpid(), "started": datetime.now(UTC).isoformat()})
            )
        except Timeout:
            return False
        except OSError as error:
            self._lock.release()
            raise StoreError(
                f"The file {self.path} cannot be written ({error.strerror or error})",
                kept="Nothing was changed",
                next_step="Check the folder's rights and room, or choose another with --data-dir",
            ) from error
        return True

    def release(self) -> None:
        """Give the lock back; nothing happens where it is not held."""
        if self.held:
            self._beside.unlink(missing_ok=True)
            self._lock.release()

    def holder(self) -> Holder | None:
        """Who wrote down last that they hold it; None where nobody did. It may have died since."""
        try:
            found = json.loads(self._beside.read_text())
            return Holder(int(found["pid"]), datetime.fromisoformat(found["started"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
