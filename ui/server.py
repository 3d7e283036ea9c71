"""The application as a server sees it: pages, headers, health, and what is done before the first visitor.

`counterpart ui` serves `create_app`; `uvicorn --factory ui.server:create_app` does the same by hand.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit.starlette import App

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.settings import Settings, load_settings
from knowledge.progress import Progress
from ui.components.unsent import take_unsent
from ui.first_page import FirstPage
from ui.house import close_houses, open_house, serve
from ui.security import OwnAddressOnly, SecurityHeaders

log = logging.getLogger("counterpart.ui")


def create_app(settings: Settings | None = None) -> App:
    """The application for these settings (by default the environment's)."""
    chosen = settings or load_settings()
    serve(chosen)
    return App(
        Path(__file__).parent / "app.py",
        lifespan=_lifespan,
        routes=[Route("/health", _health), Route("/unsent", take_unsent, methods=["POST"])],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(OwnAddressOnly, this_machine_only=chosen.this_machine_only),
            Middleware(FirstPage),
        ],
        on_script_error=show_fault,
    )


def show_fault(error: Exception) -> bool:
    """Tell a visitor what happened in words; the traceback goes to the log alone."""
    import streamlit as st

    if isinstance(error, CounterpartError):
        st.error(error.message)
        return True
    log.error("a page failed", exc_info=error)
    st.error(
        "Something went wrong on this page. What you had asked or written before is kept. "
        "Reload the page to go on; if it happens again, the log of `counterpart ui` says why."
    )
    return True


@asynccontextmanager
async def _lifespan(_app: App) -> AsyncIterator[None]:
    house = await asyncio.to_thread(prepare)
    threading.Thread(target=_sync, args=(house,), name="index-sync", daemon=True).start()
    yield
    await asyncio.to_thread(close_houses)


def prepare(progress: Progress | None = None) -> House:
    """Set the instance up if it is new, and load now what the first question would otherwise wait for."""
    import_module("pandas")  # the framework imports it on the first widget, for two seconds
    house = open_house(progress=progress)
    house.coach.cards  # noqa: B018  # built on first use
    house.coach.reaches("warm", role="coach")
    _take_up(house)
    if house.wording is not None:
        house.wording.model.warm()
    return house


def _take_up(house: House) -> None:
    """End what was being added when the machine stopped; the pages open whatever comes of it."""
    for person in house.people.list():
        try:
            house.documents.take_up(house.people.current(person.id))
        except CounterpartError as error:
            log.warning("what was being added was not taken up: %s", error.message)


def _sync(house: House) -> None:
    """Bring the vector index up to date; answers come from the exact search meanwhile."""
    try:
        with house.board.showing("index") as told:
            house.index.sync(told)
    except CounterpartError as error:
        log.warning("the index was not brought up to date: %s", error.message)


async def _health(_request: Request) -> Response:
    try:
        state = await asyncio.to_thread(_state)
    except CounterpartError as error:
        return JSONResponse({"status": "fault", "reason": error.message}, status_code=503)
    return JSONResponse({"status": "ok", **state})


def _state() -> dict[str, str]:
    """Read the store for real; a broken index is told but is no fault, since answers go on without it."""
    house = open_house()
    house.people.list()
    return {"index": house.index.state}
