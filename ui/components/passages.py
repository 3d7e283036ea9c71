"""Finding passages in one's own documents."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.storage.uploads import SHIPPED
from knowledge.search import Hit
from knowledge.store.access import Viewer
from ui.components.richtext import text_html, unmarked

MOST = 8
_FLOOR = 0.3  # below this similarity, and without a word in common, a passage is about something else
_LONG = 600


def search_documents(house: House, viewer: Viewer) -> None:
    """A search box, and below it the passages that fit, the best first."""
    words = st.text_input(
        "Search your documents",
        key="document-words",
        placeholder="What did the regional managers say about onboarding?",
        icon=":material/search:",
        max_chars=500,
    )
    if words.strip():
        _show(_found(house, viewer, words.strip()))


def _found(house: House, viewer: Viewer, words: str) -> list[Hit]:
    own = [name for name in house.search.collections(viewer) if name not in SHIPPED]
    found = house.search.search(words, viewer=viewer, collections=own, k=MOST)
    return [hit for hit in found.hits if hit.lexical > 0 or hit.dense >= _FLOOR]


def _show(hits: list[Hit]) -> None:
    if not hits:
        st.info("Nothing in your documents is about that. Try other words.")
        return
    st.caption(f"{len(hits)} {'passage' if len(hits) == 1 else 'passages'}, the nearest first")
    for position, hit in enumerate(hits):
        with st.container(key=f"passage-{position}", border=True, gap="xsmall"):
            section = f" · {escape(hit.section)}" if hit.section else ""
            st.html(
                f'<p class="cp-held" dir="auto">{escape(hit.title)}<span class="cp-quiet">{section}</span></p>'
            )
            _text(unmarked(hit.text))


def _text(text: str) -> None:
    if len(text) <= _LONG:
        st.html(text_html(text, css_class="cp-passage"))
        return
    st.html(text_html(text[:_LONG].rsplit(" ", 1)[0] + " …", css_class="cp-passage"))
    with st.expander("Read the whole passage"):
        st.html(text_html(text, css_class="cp-passage"))
