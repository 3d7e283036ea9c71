"""The page's own style and the little script behind markers, copy buttons, stop and unsent words."""

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from knowledge.store.access import Viewer
from ui.components.asking import stop_answering
from ui.components.unsent import as_data, read_again
from ui.session import session, value_of

_HERE = Path(__file__).parent


def style() -> None:
    """Put our style sheet on the page."""
    st.html(_HERE.parent / "style.css")


def listen(viewer: Viewer) -> None:
    """Let markers open, copy buttons copy, stop act at once, and keep what is typed. Call once, at a page's end."""
    opened = session().source
    _component()(
        key="frontend",
        data={
            "open": f"{opened[0]}/{opened[1]}" if opened else None,
            "newest": session().newest,
            "unsent": as_data(viewer),
            "bring": session().review.bring,
        },
        on_cite_change=_cited,
        on_line_change=_line_chosen,
        on_stop_change=stop_answering,
        on_found_change=_found,
    )
    session().review.bring = None


@cache
def _component() -> ComponentRenderer:
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    return st.components.v2.component("counterpart_page", js=script)


def _cited() -> None:
    message, _, marker = str(value_of("frontend").get("cite")).partition("/")
    if marker.isdigit():
        session().toggle_source(message, int(marker))


def _found() -> None:
    """Words that the page before could not hand over in time are here now: their fields show them."""
    read_again(str(name) for name in value_of("frontend").get("found") or ())


def _line_chosen() -> None:
    session().review.line = str(value_of("frontend").get("line")) or None
