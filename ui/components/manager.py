"""The manager in between, on a page: a note to copy or mail, what they said, and their two minutes in the staff call."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.pair.manager import InBetween
from assistant.pair.records import PairRecord
from assistant.pilots.days import show_date
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.pilots.acts import today
from ui.components.unsent import drop_words, keep_words
from ui.session import session, set_value, value_of


def show_manager(
    house: House, viewer: Viewer, pair: PairRecord, *, name: str | None = None, where: str = "pair"
) -> None:
    """All of it; `name` is the manager of a pilot, who is named there and not here."""
    between = house.between(viewer, pair.id, today=today())
    if between.coaching:
        return
    found = house.in_between(between, name=name)
    with st.expander(
        "The manager in between" if found is None else f"The manager in between: {found.name}",
        key=f"manager-{where}",
    ):
        st.html(f'<p class="cp-quiet">{escape(phrase("pair", "manager-lead"))}</p>')
        if name is None:
            _name(house, viewer, pair, found)
        if found is not None:
            _note(found, where)
            _view(house, viewer, pair, found, where)
            st.html(_part("In the VP's staff call", found.slot, found.call))
        if trouble := session().pair.errors.get(f"manager-{where}"):
            st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')


def _name(house: House, viewer: Viewer, pair: PairRecord, found: InBetween | None) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = found.name if found else ""
        st.text_input("Their name", value=name, key="manager-name", max_chars=80, placeholder="Priya Shah")
        st.button("Use this name", key="manager-name-keep", on_click=_named, args=(house, viewer, pair))


def _note(found: InBetween, where: str) -> None:
    note = escape(found.note, quote=True)
    st.html(
        '<p class="cp-label">To send, two lines</p>'
        f'<div class="cp-draft cp-sheet" dir="auto">{escape(found.note)}</div>'
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.html(
            f'<button type="button" class="cp-copy cp-button" data-text="{note}">Copy</button>',
            width="content",
        )
        st.link_button("As a mail", found.mail, key=f"manager-mail-{where}", icon=":material/mail:")


def _view(house: House, viewer: Viewer, pair: PairRecord, found: InBetween, where: str) -> None:
    rows = "".join(
        f'<p class="cp-held" dir="auto">“{escape(each.item.words)}”</p>'
        f'<p class="cp-quiet">{escape(show_date(each.item.on))}</p>'
        for each in found.views
    )
    asked = rows or f'<p class="cp-quiet">{escape(found.ask)}</p>'
    st.html(f'<p class="cp-label">What {escape(found.name)} says</p>{asked}')
    key = f"manager-said-{where}"
    keep_words(house, viewer, key)
    st.text_area("What they said, as it came", key=key, height=80)
    st.button(
        "Keep it",
        key=f"manager-said-keep-{where}",
        on_click=_said,
        args=(house, viewer, pair, found.name, where),
    )


def _part(label: str, line: str, words: str) -> str:
    return (
        f'<p class="cp-label">{escape(label)}</p><p class="cp-quiet">{escape(line)}</p>'
        f'<div class="cp-draft cp-sheet" dir="auto">{escape(words)}</div>'
        f'<button type="button" class="cp-copy cp-button" data-text="{escape(words, quote=True)}">Copy</button>'
    )


def _named(house: House, viewer: Viewer, pair: PairRecord) -> None:
    errors = session().pair.errors
    errors.pop("manager-pair", None)
    try:
        house.name_manager(viewer, pair, str(value_of("manager-name") or ""), on=today())
    except CounterpartError as error:
        errors["manager-pair"] = error.message


def _said(house: House, viewer: Viewer, pair: PairRecord, name: str, where: str) -> None:
    errors, key = session().pair.errors, f"manager-said-{where}"
    errors.pop(f"manager-{where}", None)
    try:
        house.keep_view(viewer, pair, str(value_of(key) or ""), on=today(), name=name)
    except CounterpartError as error:
        errors[f"manager-{where}"] = error.message
        return
    drop_words(house, viewer, key)
    set_value(key, "")
