"""The empty page: what this is, as whom one asks, and questions to start from."""

import streamlit as st

from knowledge.cards import ROLES, Role
from ui.components.asking import Ask
from ui.components.words import OPENINGS, ROLE_NAMES
from ui.session import session, set_value, value_of


def show_start(role: Role, ask: Ask, *, below: bool = False) -> None:
    """The promise, the role switch and four starters for the role; smaller `below` what waits for somebody."""
    if below:
        st.subheader("What is on your mind?", anchor=False)
    else:
        st.title("What is on your mind?", anchor=False)
    opening = OPENINGS[role]
    st.html(f'<p class="cp-lead">{opening.promise}</p>')
    _role_switch(role)
    with st.container(key="starters", gap="small"):
        for position, question in enumerate(opening.starters):
            st.button(
                question,
                key=f"starter-{role}-{position}",
                on_click=ask,
                args=(question,),
                width="stretch",
                wrap=True,
            )


def _role_switch(role: Role) -> None:
    if value_of("role") != role:
        set_value("role", role)
    st.segmented_control(
        "I am asking as",
        ROLES,
        key="role",
        format_func=lambda name: ROLE_NAMES[name],
        required=True,
        on_change=_choose_role,
    )


def _choose_role() -> None:
    chosen: Role | None = value_of("role")
    if chosen:
        session().role = chosen
