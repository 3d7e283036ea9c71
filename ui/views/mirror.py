"""The mirror: each writes one sentence alone; both stand side by side, with what differs in plain words."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.mirror.compare import Mirror
from assistant.pair.between import Between
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.pilots.acts import today
from ui.components.unsent import drop_words, keep_words
from ui.house import current_viewer, open_house
from ui.session import session, set_value, value_of


def show_mirror() -> None:
    """One's own sentence, then the other's, then both."""
    house = open_house()
    viewer = current_viewer(house)
    st.title("The mirror", anchor=False)
    st.html(f'<p class="cp-lead">{escape(phrase("mirror", "lead"))}</p>')
    try:
        between = house.between(viewer, session().pair.pair_id, today=today())
    except CounterpartError as error:
        st.html(f'<div class="cp-trouble" role="alert">{escape(error.message)}</div>')
        return
    if between.coaching:
        _for_coach(house.mirror(between))
        return
    mine, seen = between.mirror.get(between.me.role), house.mirror(between)
    if mine is None:
        _write(house, viewer, between, "")
        return
    if seen is None:
        st.html(f'<p class="cp-draft cp-sheet" dir="auto">{escape(mine.item.words)}</p>')
        st.html(
            f'<p class="cp-quiet">{escape(phrase("mirror", "waiting", name=between.called(between.other)))}</p>'
        )
        _ask(house, viewer, between)
    else:
        _both(seen)
    with st.expander("Write yours anew"):
        _write(house, viewer, between, mine.item.words)
    if seen is not None:
        with st.expander(f"Paste a newer one of {between.called(between.other)}"):
            _paste(house, viewer, between)


def _write(house: House, viewer: Viewer, between: Between, words: str) -> None:
    if not words:
        st.html(f'<p class="cp-quiet">{escape(phrase("mirror", "yours-first"))}</p>')
    keep_words(house, viewer, "mirror-mine", words)
    st.text_area(
        "Your sentence", key="mirror-mine", height=90,
        placeholder="Win rate in the East team from 18 to 25% by 30 June; I listen to calls, Dana opens doors.",
    )  # fmt: skip
    _trouble("mine")
    st.button(
        "Keep mine",
        key="mirror-keep",
        type="primary",
        on_click=_keep,
        args=(house, viewer, between, "mirror-mine", None),
    )


def _ask(house: House, viewer: Viewer, between: Between) -> None:
    name = between.named(between.other)
    st.text_area(
        f"To send to {name}, who need not come here", value=phrase("mirror", "request", name=name.capitalize() if name.islower() else name),
        height=190, key="mirror-request",
    )  # fmt: skip
    _paste(house, viewer, between)


def _paste(house: House, viewer: Viewer, between: Between) -> None:
    keep_words(house, viewer, "mirror-other")
    st.text_area("The reply, pasted as it came", key="mirror-other", height=90)
    _trouble("other")
    st.button(
        "Put it beside mine",
        key="mirror-paste",
        on_click=_keep,
        args=(house, viewer, between, "mirror-other", between.other.role),
    )


def _both(seen: Mirror) -> None:
    for column, side in zip(st.columns(2, gap="medium"), (seen.learning, seen.vp), strict=True):
        column.html(
            f'<p class="cp-label">{escape(side.name[:1].upper() + side.name[1:])}</p>'
            f'<p class="cp-draft cp-sheet cp-mirror" dir="auto">{escape(side.words)}</p>'
        )
    if not seen.differences:
        st.html(f'<p class="cp-held" role="status">{escape(phrase("mirror", "nothing-differs"))}</p>')
    for each in seen.differences:
        question = phrase("mirror", "ask", question=phrase("mirror", f"question-{each.field}"))
        first = each is seen.differences[0]
        ask = f'<p class="cp-quiet">{escape(question)}</p>' if first else ""
        st.html(
            f'<div class="cp-differs cp-differs-{each.kind}"><p class="cp-held" dir="auto">{escape(each.text)}</p>{ask}</div>'
        )
    for line in seen.same:
        st.html(f'<p class="cp-quiet" dir="auto">{escape(line)}</p>')


def _for_coach(seen: Mirror | None) -> None:
    if seen is None:
        st.html('<p class="cp-quiet">You see it once both have written.</p>')
    else:
        _both(seen)


def _trouble(where: str) -> None:
    if found := session().home.trouble.get(f"mirror-{where}"):
        st.html(f'<div class="cp-trouble" role="alert">{escape(found)}</div>')


def _keep(house: House, viewer: Viewer, between: Between, key: str, of: str | None) -> None:
    try:
        house.write_mirror(viewer, between.pair, str(value_of(key) or ""), of=of, on=today())
    except CounterpartError as error:
        session().home.trouble[key] = error.message
        return
    session().home.trouble.pop(key, None)
    drop_words(house, viewer, key)
    set_value(key, None)


show_mirror()
