"""Field stories: tell one, find one again, take one along."""

from html import escape

import streamlit as st

from assistant.errors import CounterpartError
from ui.components.stories import show_stories
from ui.components.story_capture import show_capture
from ui.components.story_files import show_files
from ui.house import current_viewer, open_house
from ui.session import session

LEAD = (
    "What happened with a buyer, in your own words: a win, a failure, what managers say, what you saw. "
    "The coach may tell it in the next answer."
)


def show() -> None:
    """The box to tell a story in, the stories, and files; a file that is looked over stands first."""
    house = open_house()
    viewer = current_viewer(house)
    st.title("Stories", anchor=False)
    st.html(f'<p class="cp-lead">{LEAD}</p>')
    try:
        show_capture(house, viewer)
        file = session().stories.file
        if file is not None and not session().stories.text:
            show_files(house, viewer)
        if session().stories.text:
            return
        if file is None or file.batch:
            show_stories(house, viewer)
        if file is None:
            show_files(house, viewer)
    except CounterpartError as error:
        st.html(f'<div class="cp-trouble" role="alert">{escape(error.message)}</div>')


show()
