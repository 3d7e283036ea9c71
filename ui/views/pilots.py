"""The Pilots page: which there are, and one as a story from brief to decision."""

from html import escape

import streamlit as st

from assistant.errors import CounterpartError, NotFoundError
from ui.components.pilots.acts import Desk, desk_state, open_pilot
from ui.components.pilots.listing import show_list
from ui.components.pilots.story import show_story
from ui.house import current_viewer, open_house
from ui.session import write_address


def show_pilots() -> None:
    """The pilot that the address names, or all of them."""
    house = open_house()
    viewer = current_viewer(house)
    person = next(each for each in house.people.list() if each.id == viewer.person_id)
    wanted = desk_state().pilot_id
    try:
        if wanted is not None:
            record = house.pilots.get(viewer, wanted)
            show_story(Desk(house, viewer, record, house.people.role_of(viewer), person.name))
            return
    except NotFoundError as error:
        open_pilot(None)
        st.html(f'<div class="cp-trouble" role="alert">{escape(error.message)}</div>')
    write_address(pilot=None, part=None)
    try:
        show_list(house, viewer, person)
    except CounterpartError as error:
        st.html(f'<div class="cp-trouble" role="alert">{escape(error.message)}</div>')


show_pilots()
