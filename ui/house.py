"""The one instance that every page of this process works with."""

import threading

from assistant.bootstrap import House, Progress, build_house
from assistant.errors import NotFoundError
from assistant.settings import Settings, load_settings
from knowledge.store.access import Viewer
from ui.session import session

_lock = threading.Lock()
_houses: dict[Settings, House] = {}
_served: list[Settings] = []


def serve(settings: Settings) -> None:
    """From now on the pages of this process work with these settings instead of the environment's."""
    _served[:] = [settings]


def open_house(*, progress: Progress | None = None) -> House:
    """The instance that is served, set up on first use and then shared.

    Sessions run in threads of their own, so the first one sets up while the others wait.
    """
    chosen = _served[0] if _served else load_settings()
    with _lock:
        if chosen not in _houses:
            _houses[chosen] = build_house(chosen, progress=progress)
        return _houses[chosen]


def close_houses() -> None:
    """Give the index's lock and the database back; the next `open_house` starts afresh."""
    with _lock:
        for house in _houses.values():
            house.close()
        _houses.clear()


def current_viewer(house: House) -> Viewer:
    """Who sits at this tab; whoever the address line names, if that person is here, otherwise the first."""
    try:
        return house.people.current(session().person_id)
    except NotFoundError:
        session().become(None)
        return house.people.current(None)
