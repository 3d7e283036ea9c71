"""A story that came up in a debrief: into the story log with one press, masked, at first for its teller alone."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.debrief.read import Found
from assistant.errors import CounterpartError
from knowledge.store.access import Viewer
from ui.session import session


def show_log(house: House, viewer: Viewer, at: int, found: Found) -> None:
    """The button; then the words as they stand in the log, and the way back."""
    logged = session().debrief.logged.get(at)
    if logged is None:
        st.button(
            "Into the story log", key=f"found-log-{at}", icon=":material/chat_bubble:", on_click=_log,
            args=(house, viewer, at, found),
        )  # fmt: skip
        return
    st.html(
        f'<p class="cp-quiet" role="status" dir="auto">In the story log, for you alone so far: “{escape(logged[1])}”</p>'
    )
    st.page_link("views/stories.py", label="Stories", icon=":material/chat_bubble:")
    st.button(
        "Out of it again",
        key=f"found-unlog-{at}",
        type="tertiary",
        on_click=_take_out,
        args=(house, viewer, at),
    )


def _log(house: House, viewer: Viewer, at: int, found: Found) -> None:
    desk = session().debrief
    desk.errors.pop(at, None)
    try:
        story = house.log_told(viewer, found.words)
    except CounterpartError as error:
        desk.errors[at] = error.message
        return
    desk.logged[at] = story.id, story.fields.text


def _take_out(house: House, viewer: Viewer, at: int) -> None:
    desk = session().debrief
    story_id, _ = desk.logged.pop(at, (None, None))
    if story_id is None:
        return
    try:
        house.stories.remove(viewer, story_id)
    except CounterpartError as error:
        desk.errors[at] = error.message
