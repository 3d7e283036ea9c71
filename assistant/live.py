"""The coach over a playbook that people change while it is in use.

Questions come in on many threads. The one that first notices a changed card file brings the cards in and builds a
coach over them; the others go on with the coach before it until the new one stands.
"""

import logging
import threading
import time
from collections.abc import Callable

from assistant.advice.coach import Coach
from assistant.errors import CounterpartError
from knowledge.own_cards import Playbook
from knowledge.own_files import State

_TRY_AGAIN_S = 30
log = logging.getLogger("counterpart.playbook")


class LiveCoach:
    """Holds the coach and the playbook it was built over."""

    def __init__(
        self,
        playbook: Playbook,
        *,
        state: Callable[[], State],
        ensure: Callable[[], Playbook],
        build: Callable[[Playbook], Coach],
    ) -> None:
        """`state` tells cheaply whether files changed, `ensure` brings them in, `build` makes a coach."""
        self._playbook, self._state, self._ensure, self._build = playbook, state, ensure, build
        self._coach: Coach | None = None
        self._refused: tuple[State, float] = ((), 0.0)
        self._lock = threading.Lock()

    @property
    def playbook(self) -> Playbook:
        """The cards in force; as new as the coach was when it was last asked for."""
        return self._playbook

    @property
    def behind(self) -> bool:
        """Whether cards changed that the coach does not know yet."""
        return self._coach is not None and not self._is_settled(self._state())

    def current(self) -> Coach:
        """The coach over the cards as they are now, or, where they cannot be brought in, as they were before."""
        coach, state = self._coach, self._state()
        if coach is not None and (self._is_settled(state) or not self._lock.acquire(blocking=False)):
            return coach
        if coach is None:
            self._lock.acquire()
        try:
            return self._renewed()
        except CounterpartError as error:
            self._refused = (state, time.monotonic() + _TRY_AGAIN_S)
            log.warning("changed cards were not brought in: %s", error.message)
            return self._over(self._playbook)
        finally:
            self._lock.release()

    def refresh(self) -> Playbook:
        """Bring changed cards in now. Raises what keeps them from it; the coach before stays in use then."""
        with self._lock:
            self._renewed()
        return self._playbook

    def _is_settled(self, state: State) -> bool:
        """Whether there is nothing to bring in, or nothing that can be brought in just now."""
        refused, until = self._refused
        return state == self._playbook.state or (state == refused and time.monotonic() < until)

    def _renewed(self) -> Coach:
        known = self._playbook
        return self._over(known if self._state() == known.state else self._ensure())

    def _over(self, playbook: Playbook) -> Coach:
        """The coach over these cards; the one there is if it knows the same."""
        if self._coach is None or playbook.cards != self._playbook.cards:
            self._coach = self._build(playbook)
        self._playbook = playbook
        return self._coach
