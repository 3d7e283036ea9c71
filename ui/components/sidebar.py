"""Beside every page: who sits here, and this person's conversations."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from assistant.bootstrap import House
from assistant.records import Conversation
from knowledge.store.access import Viewer
from ui.components.richtext import as_label
from ui.session import session, set_value, value_of


def show_sidebar(house: House, viewer: Viewer) -> None:
    """The picker and the list; conversations are opened on the coach's page."""
    with st.sidebar:
        _person(house, viewer)
        st.divider()
        st.button(
            "New conversation",
            key="new",
            icon=":material/add:",
            width="stretch",
            on_click=_open,
            args=(None,),
        )
        _conversations(house, viewer)
        st.caption(
            "“Who is here?” picks whose conversations you see. It is no access control: "
            "anyone at this computer can pick anyone."
        )


def _person(house: House, viewer: Viewer) -> None:
    people = {person.id: person for person in house.people.list() if not person.only_name}
    if value_of("person") != viewer.person_id:
        set_value("person", viewer.person_id)
    st.selectbox(
        "Who is here?",
        list(people),
        key="person",
        format_func=lambda person_id: people[person_id].name,
        on_change=lambda: session().become(value_of("person")),
    )


def _conversations(house: House, viewer: Viewer) -> None:
    wanted = st.text_input(
        "Search conversations", key="find", placeholder="Search conversations", label_visibility="collapsed"
    )
    found = house.conversations.list(viewer, query=wanted.strip())
    if not found:
        st.caption(
            "Nothing found. Try fewer words." if wanted.strip() else "Your conversations will be kept here."
        )
        return
    for heading, group in _grouped(found[:60]):
        st.html(f'<p class="cp-label">{heading}</p>')
        with st.container(gap=None):
            for conversation in group:
                _entry(conversation)
    if len(found) > 60:
        st.caption(f"{len(found) - 60} older ones: search to find them.")


def _entry(conversation: Conversation) -> None:
    current = session().conversation_id == conversation.id
    with st.container(key=f"talk-{conversation.id}", horizontal=True, gap="xxsmall", wrap=False):
        st.button(
            as_label(conversation.title or "Untitled", limit=70),
            key=f"open-{conversation.id}",
            type="secondary" if current else "tertiary",
            on_click=_open,
            args=(conversation.id,),
            width="stretch",
        )


def _open(conversation_id: str | None) -> None:
    session().open_conversation(conversation_id)
    session().go_to_coach = True


def _grouped(found: list[Conversation]) -> list[tuple[str, list[Conversation]]]:
    today = datetime.now(UTC).date()
    groups: dict[str, list[Conversation]] = {"Pinned": [], "Today": [], "Last seven days": [], "Earlier": []}
    for conversation in found:
        day = conversation.updated_at.date()
        name = (
            "Today" if day >= today else "Last seven days" if day > today - timedelta(days=7) else "Earlier"
        )
        groups["Pinned" if conversation.pinned else name].append(conversation)
    return [(name, group) for name, group in groups.items() if group]
