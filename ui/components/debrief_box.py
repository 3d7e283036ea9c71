"""Where a meeting is told: what is typed is kept while it is typed, and again after a refresh."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.pair.records import PairRecord
from assistant.storage.people import given_name
from knowledge.store.access import Viewer
from ui.components.debrief_voice import show_voice
from ui.components.pilots.acts import today
from ui.components.unsent import drop_words, keep_words
from ui.session import DebriefDesk, session, set_value, value_of

_FIELD = "debrief-text"


def show_box(house: House, viewer: Viewer, pair: PairRecord) -> None:
    """The box and its button."""
    desk = session().debrief
    keep_words(house, viewer, _FIELD)
    name = given_name(pair.other(viewer.person_id)) or "The other one"
    st.text_area(
        "What happened, in your words",
        key=_FIELD,
        height=190,
        placeholder=f"Twenty minutes in the corridor. {name} wants … They'll send me … by Friday, and I owe them …",
    )
    show_voice(house, _FIELD)
    if desk.trouble:
        st.html(f'<div class="cp-trouble" role="alert">{escape(desk.trouble)}</div>')
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        label = "Read it again" if desk.read else "Read it"
        st.button(label, key="debrief-read", type="primary", on_click=_read, args=(house, viewer, pair))
        if desk.read is not None:
            st.button(
                "Another meeting", key="debrief-new", type="tertiary", on_click=_new, args=(house, viewer)
            )
    st.html('<p class="cp-quiet">Only you see what you write here.</p>')


def _read(house: House, viewer: Viewer, pair: PairRecord) -> None:
    text = str(value_of(_FIELD) or "")
    try:
        read = house.read_debrief(text, viewer=viewer, pair=pair, today=today())
    except CounterpartError as error:
        session().debrief.trouble = error.message
        return
    session().debrief = DebriefDesk(read=read, on=today())


def _new(house: House, viewer: Viewer) -> None:
    drop_words(house, viewer, _FIELD)
    set_value(_FIELD, "")
    session().debrief = DebriefDesk()
