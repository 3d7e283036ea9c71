"""Adding something by hand to what is known of a pair."""

from html import escape
from typing import Any

import streamlit as st

from assistant.bootstrap import House
from assistant.debrief.dates import day_of
from assistant.debrief.read import owner_in
from assistant.errors import CounterpartError
from assistant.pair.item import Item
from assistant.pair.records import PairRecord
from knowledge.store.access import Viewer
from ui.components.debrief import KIND_NAMES
from ui.components.pilots.acts import today
from ui.components.unsent import drop_words, keep_words
from ui.session import session, set_value, value_of

_KINDS = ("promise", "outcome", "group", "metric", "tried", "refused", "quote", "manager")
_FIELD = "pair-add-words"


def show_add(house: House, viewer: Viewer, pair: PairRecord) -> None:
    """Kind, words, and for a promise who and by when."""
    with st.expander("Add something", key="pair-add"):
        kind = st.selectbox("What", _KINDS, key="pair-add-kind", format_func=lambda name: KIND_NAMES[name])
        keep_words(house, viewer, _FIELD)
        st.text_area("In your words", key=_FIELD, height=80)
        if kind == "promise":
            names = {"me": "You", "counterpart": pair.other(viewer.person_id).name, "both": "Both of you"}
            st.selectbox("Who", list(names), key="pair-add-who", format_func=lambda who: names[who])
            st.text_input("By when", key="pair-add-by", placeholder="Friday, 14 April, or nothing")
        if kind == "tried":
            st.text_input("How it went", key="pair-add-went")
        if trouble := session().pair.errors.get("add"):
            st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')
        st.button("Add it", key="pair-add-send", on_click=_add, args=(house, viewer, pair))


def _add(house: House, viewer: Viewer, pair: PairRecord) -> None:
    errors, kind = session().pair.errors, str(value_of("pair-add-kind"))
    errors.pop("add", None)
    words = str(value_of(_FIELD) or "").strip()
    if not words:
        errors["add"] = "Say it in a few words."
        return
    values: dict[str, Any] = {"kind": kind, "words": words, "on": today()}
    try:
        if kind == "promise":
            by = str(value_of("pair-add-by") or "").strip()
            values["who"] = owner_in(pair, value_of("pair-add-who"), person_id=viewer.person_id)
            values |= {"due": day_of(by, today=today()), "due_words": by} if by else {}
        if kind == "tried" and (went := str(value_of("pair-add-went") or "").strip()):
            values["went"] = went
        house.pairs.add(viewer, pair.id, [Item.model_validate(values)])
    except CounterpartError as error:
        errors["add"] = error.message
        return
    drop_words(house, viewer, _FIELD)
    set_value(_FIELD, "")
