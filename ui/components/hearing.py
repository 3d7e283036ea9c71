"""One line, two ears: how the VP hears it, how learning hears it, with the card behind each."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.hearing.hear import Ear, Heard
from knowledge.cards import Role
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.unsent import drop_words, keep_words
from ui.components.words import ROLE_NAMES
from ui.session import HearingDesk, role_or, session, set_value, value_of

_SIDES: tuple[Role, Role] = ("learning-executive", "sales-vp")
_LEAD = "A sentence, a mail or a slide’s line: what the VP may hear in it, and what learning may hear."


def show_hearing(house: House, viewer: Viewer) -> None:
    """The field, and what both hear."""
    with st.container(key="hearing"):
        st.subheader("How would they hear it?", anchor=False)
        st.html(f'<p class="cp-quiet">{_LEAD}</p>')
        if value_of("hear-role") is None:
            set_value("hear-role", _own_side(house, viewer))
        st.segmented_control(
            "Said by", _SIDES, key="hear-role", format_func=lambda name: ROLE_NAMES[name], required=True,
            on_change=_read_again, args=(house, viewer),
        )  # fmt: skip
        keep_words(house, viewer, "hear-text")
        st.text_area(
            "The line", key="hear-text", height=90, label_visibility="collapsed",
            placeholder="We'd like to roll out the academy to all 240 reps by Q3.",
        )  # fmt: skip
        with st.container(horizontal=True, gap="small"):
            st.button("Hear it", key="hear-read", on_click=_read, args=(house, viewer))
            if session().hearing.found or session().hearing.trouble:
                st.button("Clear", key="hear-clear", type="tertiary", on_click=_clear, args=(house, viewer))
        _shown()


def _shown() -> None:
    desk = session().hearing
    if desk.trouble:
        st.html(f'<div class="cp-trouble" role="alert">{escape(desk.trouble)}</div>')
    if desk.found is None:
        return
    st.html(f'<p class="cp-held" role="status">{escape(desk.found.verdict)}</p>')
    for line in desk.found.lines:
        _line(line, alone=len(desk.found.lines) == 1)
    if desk.found.gaps:
        st.html(f'<p class="cp-quiet">{escape(desk.found.gaps)}</p>')
    if any(line.kind for line in desk.found.lines):
        st.html(f'<p class="cp-quiet">{escape(phrase("hearing", "may"))}</p>')


def _line(line: Heard, *, alone: bool) -> None:
    if line.vp is None or line.learning is None:
        if not alone:
            st.html(f'<p class="cp-quiet cp-unheard" dir="auto">{escape(line.text)}</p>')
        return
    with st.container(key=f"heard-{'apart' if line.apart else 'together'}-{line.id}", gap="xsmall"):
        st.html(f'<p class="cp-draft" dir="auto">{escape(line.text)}</p>')
        for column, name, ear in zip(
            st.columns(2, gap="medium"),
            ("The VP hears", "Learning hears"),
            (line.vp, line.learning),
            strict=True,
        ):
            with column:
                _ear(name, ear)
        if line.instead:
            other = "".join(f'<li dir="auto">{escape(each)}</li>' for each in line.instead)
            st.html(f'<p class="cp-label">Or say</p><ul class="cp-say">{other}</ul>')


def _ear(name: str, ear: Ear) -> None:
    st.html(f'<p class="cp-label">{name}</p><p class="cp-ear">“{escape(ear.hears)}”</p>')
    if ear.cited:
        st.html(f'<p class="cp-quiet cp-why">{escape(ear.cited.quote)}</p>')
        st.page_link(
            "views/playbook.py", label=ear.cited.title, icon=":material/menu_book:",
            query_params={"card": ear.cited.card_id},
        )  # fmt: skip


def _read(house: House, viewer: Viewer) -> None:
    text, role = str(value_of("hear-text") or ""), role_or(value_of("hear-role"), "learning-executive")
    try:
        session().hearing = HearingDesk(found=house.hear(text, writer=role, viewer=viewer))
    except CounterpartError as error:
        session().hearing = HearingDesk(trouble=error.message)


def _read_again(house: House, viewer: Viewer) -> None:
    if session().hearing.found:
        _read(house, viewer)


def _clear(house: House, viewer: Viewer) -> None:
    session().hearing = HearingDesk()
    drop_words(house, viewer, "hear-text")
    set_value("hear-text", "")


def _own_side(house: House, viewer: Viewer) -> Role:
    person = next((each for each in house.people.list() if each.id == viewer.person_id), None)
    return "sales-vp" if person and person.role == "sales-vp" else "learning-executive"
