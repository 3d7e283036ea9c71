"""One's own documents: search them, add to them, see what is there, take it out again."""

from html import escape

import streamlit as st

from assistant.errors import CounterpartError
from ui.components.documents import add_documents, show_outcomes, show_shelf
from ui.components.passages import search_documents
from ui.house import current_viewer, open_house
from ui.session import session

LEAD = (
    "Your own material: notes, briefings, plans, decks. It is searched here, and where a sentence of it clearly "
    "answers a question, the coach quotes it beside the playbook's advice and says where it comes from."
)


def show_documents() -> None:
    """Search, what there is, and the form that adds to it."""
    house = open_house()
    viewer = current_viewer(house)
    st.title("Documents", anchor=False)
    st.html(f'<p class="cp-lead">{LEAD}</p>')
    try:
        add_documents(house, viewer)
        show_outcomes()
        held = house.documents.list(viewer)
        if held or session().taken_out:  # the page keeps its shape while something can be brought back
            search_documents(house, viewer)
        show_shelf(house, viewer, held)
    except CounterpartError as error:
        st.html(f'<div class="cp-trouble" role="alert">{escape(error.message)}</div>')


show_documents()
