"""Check a draft: paste it, see what it does, take or leave each change, and copy what you would send."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError, NotFoundError
from assistant.records import DraftRecord
from knowledge.store.access import Viewer
from ui.components.draft import show_result
from ui.components.draft_desk import show_desk, show_earlier
from ui.components.hearing import show_hearing
from ui.house import current_viewer, open_house
from ui.session import session, write_address

LEAD = (
    "Paste the mail, agenda or outline you are about to send. You see how it reads on the other side, "
    "and what could stand there in your own words. Take what fits."
)


def show_draft() -> None:
    """The desk to type at, or what the check found; below, earlier drafts."""
    house = open_house()
    viewer = current_viewer(house)
    record = _record(house, viewer)
    st.title("Check a draft", anchor=False)
    if session().draft.typing or record is None:
        st.html(f'<p class="cp-lead">{LEAD}</p>')
        show_desk(house, viewer, record)
        show_hearing(house, viewer)
        show_earlier(house, viewer)
    else:
        try:
            show_result(house, viewer, record)
        except CounterpartError as error:
            st.html(f'<div class="cp-trouble" role="alert">{escape(error.message)}</div>')
            show_desk(house, viewer, record)
    write_address(d=session().draft.draft_id)


def _record(house: House, viewer: Viewer) -> DraftRecord | None:
    """The draft that the tab, or else the address, names; one that is gone is forgotten."""
    desk = session().draft
    if desk.draft_id is None and (named := st.query_params.get("d")):
        desk.draft_id, desk.typing = named, False
    if desk.draft_id is None:
        return None
    try:
        return house.drafts.get(viewer, desk.draft_id)
    except NotFoundError:
        desk.draft_id, desk.typing = None, True
        return None


show_draft()
