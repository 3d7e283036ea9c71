"""Rehearse: choose a meeting, read what you know of it, play it, see what came of it."""

from html import escape

import streamlit as st

from assistant.errors import CounterpartError, NotFoundError
from ui.components.rehearsal_choose import show_brief, show_meetings
from ui.components.rehearsal_desk import open_rehearsal, resumed
from ui.components.rehearsal_form import show_form, show_start
from ui.components.rehearsal_room import show_room
from ui.house import current_viewer, open_house
from ui.session import session, write_address

LEAD = (
    "Practise the conversation before it counts. The other side has a clock, a temper and something on their mind, "
    "and may say no. What you say here is yours alone."
)


def show_rehearsal() -> None:
    """The meeting that is played, or the brief of one, or all there are."""
    house = open_house()
    viewer = current_viewer(house)
    desk = session().rehearsal
    try:
        if desk.fresh and (named := st.query_params.get("r")):
            open_rehearsal(named)
        played = resumed(house, viewer)
        if played is not None:
            show_room(house, viewer, played)
        elif desk.form is not None:
            show_form(house)
        elif desk.chosen is not None:
            show_brief(house, viewer, house.room.scenarios.get(desk.chosen))
        else:
            st.title("Rehearse", anchor=False)
            st.html(f'<p class="cp-lead">{LEAD}</p>')
            show_meetings(house, viewer)
            show_start(house)
    except NotFoundError as error:
        open_rehearsal(None)
        st.html(f'<div class="cp-trouble" role="alert">{escape(error.message)}</div>')
    except CounterpartError as error:
        st.html(f'<div class="cp-trouble" role="alert">{escape(error.message)}</div>')
    write_address(r=session().rehearsal.open)


show_rehearsal()
