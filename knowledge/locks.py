"""One process at a time: a lock on a file that the system gives back when its holder dies."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


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

        False as well where the folder cannot be written: whoever cannot lock a folder must not write in it.
        """
        from filelock import Timeout

        if self.held:
            return True
        try:
            self._lock.acquire()
            self._beside.write_text(
                json.dumps({"pid": os.getpid(), "started": datetime.now(UTC).isoformat()})
            )
        except (Timeout, OSError):
            self._lock.release()
            return False
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
