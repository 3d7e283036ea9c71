"""Review a talk that took place: its transcript, what mattered, line by line, and what to practise next."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError, NotFoundError
from assistant.records import ReviewRecord
from knowledge.store.access import Viewer
from ui.components.review import show_review
from ui.components.review_cast import show_cast
from ui.components.review_shelf import show_shelf
from ui.house import current_viewer, open_house
from ui.session import session, write_address


def show_page() -> None:
    """The shelf of conversations, who is who in one, or its review."""
    house = open_house()
    viewer = current_viewer(house)
    record = _record(house, viewer)
    try:
        if record is None:
            show_shelf(house, viewer)
        elif session().review.casting or not record.cast:
            show_cast(house, viewer, record)
        else:
            show_review(house, viewer, record)
    except CounterpartError as error:
        st.html(f'<div class="cp-trouble" role="alert">{escape(error.message)}</div>')
    write_address(r=session().review.review_id)


def _record(house: House, viewer: Viewer) -> ReviewRecord | None:
    """The conversation that the tab, or else the address, names; one that is gone is forgotten."""
    desk = session().review
    if desk.review_id is None:
        desk.review_id = st.query_params.get("r")
    if desk.review_id is None:
        return None
    try:
        return house.reviews.get(viewer, desk.review_id)
    except NotFoundError:
        desk.review_id = None
        return None


show_page()
