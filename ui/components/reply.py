"""A reply pasted from mail or phone: what it says, each with a tick, and what is left to ask."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.pair.between import Between
from assistant.pair.item import Item
from assistant.pilots.days import show_date
from assistant.reply.items import items_of
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.pilots.acts import today
from ui.components.unsent import drop_words, keep_words
from ui.session import session, set_value, value_of

_KINDS = {"outcome": "Outcome", "group": "Team", "promise": "Promise", "refused": "A no", "quote": "Said"}


def show_reply(house: House, viewer: Viewer, between: Between) -> None:
    """The field, then what was read."""
    desk = session().home
    name = between.called(between.other)
    with st.expander(f"A reply from {name}? Paste it", key="home-reply-box", expanded=desk.reply is not None):
        keep_words(house, viewer, "home-reply")
        st.text_area(
            "The reply, as it came", key="home-reply", height=110,
            placeholder="Yes. Win rate in East to 25% by 30 June. You listen, I tell Priya on Monday.",
        )  # fmt: skip
        st.button("Read it", key="home-reply-read", on_click=_read, args=(house,))
        if desk.trouble.get("reply"):
            st.html(f'<div class="cp-trouble" role="alert">{escape(desk.trouble["reply"])}</div>')
        if desk.kept:
            st.html(f'<p class="cp-held" role="status">{escape(desk.kept)}</p>')
        if desk.reply is not None:
            _read_out(house, viewer, between, name)


def _read_out(house: House, viewer: Viewer, between: Between, name: str) -> None:
    read = session().home.reply
    if read is None:
        return
    reply = read[0]
    items = _items(between)
    for label, words in reply.in_words():
        if label in ("Answer", "By"):
            st.html(f'<p class="cp-label">{label}</p><p class="cp-held" dir="auto">{escape(words)}</p>')
    for at, item in enumerate(items):
        st.checkbox(_shown(item, between), value=True, key=f"home-reply-item-{at}")
    questions = reply.questions(name)
    if questions:
        st.html('<p class="cp-label">Still to ask; nothing was guessed</p>')
        numbered = "\n".join(f"{n}. {each}" for n, each in enumerate(questions, start=1))
        count = (
            phrase("reply", "follow-up-one")
            if len(questions) == 1
            else phrase("reply", "follow-up-many", count=str(len(questions)))
        )
        message = phrase(
            "reply",
            "follow-up",
            name=between.named(between.other).capitalize(),
            kept="",
            count=count,
            questions=numbered,
        )
        st.text_area(
            "To send", value=message if not reply.away else questions[0], height=170, key="home-reply-ask"
        )
    if items:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.checkbox(f"{name} may see it", key="home-reply-share", value=True)
            st.button(
                "Keep what is ticked",
                key="home-reply-keep",
                type="primary",
                on_click=_keep,
                args=(house, viewer, between),
            )


def _items(between: Between) -> list[Item]:
    found = session().home.reply
    if found is None:
        return []
    return items_of(found[0], writer=between.other.role, reader=between.me.role, on=found[1])


def _shown(item: Item, between: Between) -> str:
    """As a checkbox shows it; its label is Markdown, so signs that mean something there are escaped."""
    from ui.components.richtext import as_label

    who = ""
    if item.kind == "promise":
        owner = (
            "you"
            if item.who == between.me.role
            else "both"
            if item.who == "both"
            else between.called(between.other)
            if item.who == between.other.role
            else item.who
        )
        due = f", by {show_date(item.due)}" if item.due else f" ({item.due_words})" if item.due_words else ""
        return as_label(f"Promise, {owner}: {item.words}{due}", limit=200)
    return as_label(f"{_KINDS.get(item.kind, item.kind)}{who}: {item.words}", limit=200)


def _read(house: House) -> None:
    desk = session().home
    desk.kept = None
    try:
        desk.reply = (house.read_reply(str(value_of("home-reply") or ""), on=today()), today())
        desk.trouble.pop("reply", None)
    except CounterpartError as error:
        desk.reply, desk.trouble["reply"] = None, error.message


def _keep(house: House, viewer: Viewer, between: Between) -> None:
    desk = session().home
    if desk.reply is None:
        return
    chosen = [at for at in range(len(_items(between))) if value_of(f"home-reply-item-{at}")]
    shared = "pair" if value_of("home-reply-share") else "me"
    try:
        kept = house.keep_reply(
            viewer, between.pair, desk.reply[0], on=desk.reply[1], chosen=chosen,
            visibility="pair" if shared == "pair" else "me",
        )  # fmt: skip
    except CounterpartError as error:
        desk.trouble["reply"] = error.message
        return
    desk.reply, desk.kept = None, "Kept: one thing." if len(kept) == 1 else f"Kept: {len(kept)} things."
    drop_words(house, viewer, "home-reply")
    set_value("home-reply", "")
