"""Between us: what is known of the two, each item to be corrected, shared or forgotten."""

import streamlit as st

from ui.components.coach import show_coaches
from ui.components.manager import show_manager
from ui.components.pair import show_known, show_undo
from ui.components.pair_add import show_add
from ui.components.pair_choice import chosen_pair
from ui.components.promises import show_promises
from ui.house import current_viewer, open_house

LEAD = (
    "What you told of the two of you. Answers use it and say so. Put right what is wrong, and forget what should "
    "not be here."
)


def show_pair() -> None:
    """Promises first, then everything else."""
    house = open_house()
    viewer = current_viewer(house)
    st.title("Between us", anchor=False)
    st.html(f'<p class="cp-lead">{LEAD}</p>')
    pair = chosen_pair(house, viewer)
    if pair is None:
        return
    show_undo(house, viewer)
    show_promises(house, viewer, pair)
    show_known(house, viewer, pair)
    show_add(house, viewer, pair)
    show_manager(house, viewer, pair)
    show_coaches(house, viewer, pair)


show_pair()
