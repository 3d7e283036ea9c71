"""How long work tells whoever watches where it is."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""
Work = Literal["cards", "index", "mending"]
"""Changed cards are brought in; the index is told what changed; an index that was torn or lost is built again."""


def silent(_what: str, _done: int, _total: int) -> None:
    """For callers nobody watches."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far one piece of work is; `total` is 0 while that is not known, `began` on the monotonic clock."""

    work: Work
    done: int
    total: int
    began: float


class Board:
    """What is under way in this process, for whoever looks from another thread."""

    def __init__(self) -> None:
        self._steps: dict[object, Step] = {}
        self._lock = threading.Lock()

    @contextmanager
    def showing(self, work: Work) -> Iterator[Progress]:
        """Inside, `work` stands on the board, as far as the callable says."""
        mine, began = object(), time.monotonic()

        def put(_what: str, done: int, total: int) -> None:
            with self._lock:
                self._steps[mine] = Step(work, done, total, began)

        put("", 0, 0)
        try:
            yield put
        finally:
            with self._lock:
                del self._steps[mine]

    def steps(self, *, for_seconds: float = 0.0) -> tuple[Step, ...]:
        """What is under way now, and was for so long, the oldest first."""
        since = time.monotonic() - for_seconds
        with self._lock:
            return tuple(step for step in self._steps.values() if step.began <= since)
