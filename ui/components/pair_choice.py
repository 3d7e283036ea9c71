"""Which pair a page is about, and the name of whoever is on the other side."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.pair.records import PairRecord
from assistant.storage.people import given_name
from knowledge.store.access import Viewer
from ui.session import session, set_value, value_of


def chosen_pair(house: House, viewer: Viewer) -> PairRecord | None:
    """The pair that was picked, or the first; somebody without one is helped to begin one."""
    pairs = house.pairs.pairs(viewer)
    if not pairs:
        _begin(house, viewer)
        return None
    desk = session().pair
    pair = next((each for each in pairs if each.id == desk.pair_id), pairs[0])
    if len(pairs) > 1:
        names = {each.id: _label(each, viewer) for each in pairs}
        if value_of("pair-choice") not in names:
            set_value("pair-choice", pair.id)
        st.segmented_control(
            "With",
            list(names),
            key="pair-choice",
            format_func=lambda name: names[name],
            required=True,
            on_change=_choose,
        )
    if given_name(pair.other(viewer.person_id)) is None and house.people.role_of(viewer) != "coach":
        _ask_name(house, viewer, pair)
    return pair


def _label(pair: PairRecord, viewer: Viewer) -> str:
    if viewer.person_id in {person.id for person in pair.people}:
        return pair.other(viewer.person_id).name
    return f"{pair.learning_executive.name} and {pair.sales_vp.name}"


def _choose() -> None:
    session().pair.pair_id = value_of("pair-choice")


def _ask_name(house: House, viewer: Viewer, pair: PairRecord) -> None:
    """Once: the name they go by. Until then they are called by their role."""
    role = "VP" if pair.other(viewer.person_id).role == "sales-vp" else "learning executive"
    with (
        st.form("pair-name", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input(f"Your {role}'s name", key="pair-name-text", placeholder="Dana", max_chars=80)
        st.form_submit_button(
            "Use this name", key="pair-name-send", on_click=_name, args=(house, viewer, pair)
        )
    _trouble("pair-name")


def _name(house: House, viewer: Viewer, pair: PairRecord) -> None:
    role, name = pair.other(viewer.person_id).role, str(value_of("pair-name-text") or "")
    try:
        house.pairs.rename(viewer, pair.id, role, name)
    except CounterpartError as error:
        session().pair.errors["pair-name"] = error.message
        return
    session().pair.errors.pop("pair-name", None)


def _begin(house: House, viewer: Viewer) -> None:
    st.html(
        '<p class="cp-quiet">You are in no pair yet. Name whom you work with; they never have to sign in.</p>'
    )
    label = "The VP's name" if house.people.role_of(viewer) == "coach" else "Their name"
    with (
        st.form("pair-begin", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        if house.people.role_of(viewer) == "coach":
            st.text_input("The learning executive's name", key="pair-begin-learning", max_chars=80)
        st.text_input(label, key="pair-begin-text", max_chars=80)
        st.form_submit_button("Begin", key="pair-begin-send", on_click=_begun, args=(house, viewer))
    _trouble("pair-begin")


def _begun(house: House, viewer: Viewer) -> None:
    name = str(value_of("pair-begin-text") or "")
    learning = str(value_of("pair-begin-learning") or "")
    try:
        if house.people.role_of(viewer) == "sales-vp":
            made = house.pairs.begin(viewer, learning_executive=name)
        else:
            made = house.pairs.begin(viewer, sales_vp=name, learning_executive=learning)
    except CounterpartError as error:
        session().pair.errors["pair-begin"] = error.message
        return
    session().pair.errors.pop("pair-begin", None)
    session().pair.pair_id = made.id


def _trouble(field: str) -> None:
    if words := session().pair.errors.get(field):
        st.html(f'<div class="cp-trouble" role="alert">{escape(words)}</div>')
