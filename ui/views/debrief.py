"""How did it go? One text box after a meeting, and what was found in it, kept on a tap."""

import streamlit as st

from ui.components.debrief import show_found
from ui.components.debrief_box import show_box
from ui.components.pair_choice import chosen_pair
from ui.house import current_viewer, open_house
from ui.session import session

LEAD = (
    "Tell it as it comes, in a paragraph. What was promised, said, tried and refused is set out below, and each is kept "
    "only if you say so."
)


def show_debrief() -> None:
    """The box; then what was found."""
    house = open_house()
    viewer = current_viewer(house)
    st.title("How did it go?", anchor=False)
    st.html(f'<p class="cp-lead">{LEAD}</p>')
    pair = chosen_pair(house, viewer)
    if pair is None:
        return
    show_box(house, viewer, pair)
    if (read := session().debrief.read) is not None:
        show_found(house, viewer, pair, read)


show_debrief()
