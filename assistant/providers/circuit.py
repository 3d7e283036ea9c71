"""A circuit that opens after failures in a row, so that a service that is down is not waited for at every question.

pybreaker holds one lock for as long as a call lasts, which would let one person at a time speak with a model.
"""

import threading
import time
from collections.abc import Callable

from assistant.errors import ModelError, ModelFault

_TELLING: frozenset[ModelFault] = frozenset(
    {"address", "cut", "key", "model", "quota", "rights", "server", "time", "unreadable"}
)
"""Faults that the next question would meet as well; a refusal or a question that is too long is no such one."""


class Circuit:
    """Opens after `failures` in a row; after `rest` seconds one call is let through, and its success closes it."""

    def __init__(
        self, *, failures: int = 3, rest: float = 30.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit, self._rest, self._clock = failures, rest, clock
        self._failed, self._until = 0, 0.0
        self._last: ModelError | None = None
        self._lock = threading.Lock()

    def enter(self) -> None:
        """Before a call. Raises `ModelError` while the circuit is open."""
        with self._lock:
            left = self._until - self._clock()
            if self._failed < self._limit or self._last is None:
                return
            if left <= 0:
                self._until = self._clock() + self._rest  # this call is the trial; the others go on waiting
                return
            raise ModelError(
                f"The chat model was not asked: it failed {self._failed} times in a row ({self._last.brief})",
                fault="resting",
                brief=f"it failed several times ({self._last.brief}) and is tried again in {left:.0f} seconds",
                kept="Answers are composed from the playbook meanwhile",
                next_step=self._last.next_step or "It is tried again by itself",
            )

    def let_through(self) -> None:
        """The next call is a trial, however long ago the last failure was."""
        with self._lock:
            self._until = self._clock()

    def succeeded(self) -> None:
        """After a call that brought something."""
        with self._lock:
            self._failed, self._last = 0, None

    def failed(self, error: ModelError) -> None:
        """After a call that did not."""
        if error.fault not in _TELLING:
            return
        with self._lock:
            self._failed, self._last = self._failed + 1, error
            self._until = self._clock() + self._rest
