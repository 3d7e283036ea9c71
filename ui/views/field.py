"""The field: what stories say together, what is new, and a page to take on a ride-along."""

from html import escape

import streamlit as st

from assistant.errors import CounterpartError
from ui.components.field import show_field
from ui.house import current_viewer, open_house

LEAD = "What your people live through with buyers: what keeps coming up, what is rising, and in whose words."


def show() -> None:
    """Themes, the week, and the page before a ride-along."""
    house = open_house()
    viewer = current_viewer(house)
    st.title("The field", anchor=False)
    st.html(f'<p class="cp-lead">{LEAD}</p>')
    try:
        show_field(house, viewer)
    except CounterpartError as error:
        st.html(f'<div class="cp-trouble" role="alert">{escape(error.message)}</div>')


show()
