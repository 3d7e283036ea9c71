"""The page's own style and the little script behind markers, copy buttons and stop."""

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from ui.components.asking import stop_answering
from ui.session import session, value_of

_HERE = Path(__file__).parent


def style() -> None:
    """Put our style sheet on the page."""
    st.html(_HERE.parent / "style.css")


def listen() -> None:
    """Let markers open their source, copy buttons copy, and stop act at once. Call once, at the end of a page."""
    opened = session().source
    _component()(
        key="frontend",
        data={"open": f"{opened[0]}/{opened[1]}" if opened else None, "newest": session().newest},
        on_cite_change=_cited,
        on_stop_change=stop_answering,
    )


@cache
def _component() -> ComponentRenderer:
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    return st.components.v2.component("counterpart_page", js=script)


def _cited() -> None:
    message, _, marker = str(value_of("frontend").get("cite")).partition("/")
    if marker.isdigit():
        session().toggle_source(message, int(marker))
