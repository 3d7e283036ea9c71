"""The router: what stands around every page, and which page is shown."""

from pathlib import Path

import streamlit as st

from ui.components.frontend import listen, style
from ui.components.sidebar import show_sidebar
from ui.components.under_way import show_under_way
from ui.house import current_viewer, open_house
from ui.session import session, write_address

_HERE = Path(__file__).parent


def main() -> None:
    """Set the page up, find out who sits here, and run the page that was asked for."""
    st.set_page_config(
        page_title="Counterpart",
        page_icon=str(_HERE / "icon.svg"),
        layout="wide",
        initial_sidebar_state="auto",
    )
    style()
    session().shown_fields.clear()
    coach = st.Page("views/advice.py", title="Ask the coach", icon=":material/forum:", default=True)
    prepare = st.Page("views/prepare.py", title="Prepare", icon=":material/checklist:", url_path="prepare")
    mirror = st.Page(
        "views/mirror.py", title="The mirror", icon=":material/compare_arrows:", url_path="mirror"
    )
    playbook = st.Page(
        "views/playbook.py", title="Playbook", icon=":material/menu_book:", url_path="playbook"
    )
    documents = st.Page(
        "views/documents.py", title="Documents", icon=":material/folder_open:", url_path="documents"
    )
    draft = st.Page("views/draft.py", title="Check a draft", icon=":material/edit_note:", url_path="draft")
    stories = st.Page("views/stories.py", title="Stories", icon=":material/chat_bubble:", url_path="stories")
    rehearsal = st.Page("views/rehearsal.py", title="Rehearse", icon=":material/mic:", url_path="rehearse")
    pilots = st.Page("views/pilots.py", title="Pilots", icon=":material/flag:", url_path="pilots")
    debrief = st.Page(
        "views/debrief.py", title="How did it go?", icon=":material/edit_calendar:", url_path="debrief"
    )
    pair = st.Page("views/pair.py", title="Between us", icon=":material/handshake:", url_path="pair")
    review = st.Page(
        "views/review.py", title="Review a talk", icon=":material/graphic_eq:", url_path="review"
    )
    field = st.Page("views/field.py", title="The field", icon=":material/insights:", url_path="field")
    settings = st.Page("views/settings.py", title="Settings", icon=":material/tune:", url_path="settings")
    page = st.navigation(
        {
            "": [coach],
            "Before a meeting": [prepare, mirror, rehearsal, draft],
            "After it": [debrief, review, pair],
            "Over time": [pilots, stories, field],
            "What the coach knows": [playbook, documents, settings],
        },
        expanded=True,
    )
    house = open_house()
    viewer = current_viewer(house)
    write_address(**{"as": None if viewer.person_id == house.viewer.person_id else viewer.person_id})
    show_sidebar(house, viewer)
    if session().take_go_to_coach() and page != coach:
        st.switch_page(coach)
    if session().take_go_to_stories() and page != stories:
        st.switch_page(stories)
    if session().take_go_to_pilots() and page != pilots:
        st.switch_page(pilots)
    if session().take_go_to_rehearsal() and page != rehearsal:
        st.switch_page(rehearsal)
    show_under_way(house)
    page.run()
    listen(viewer)


main()
