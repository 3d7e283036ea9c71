"""What was found in a paragraph: each with a tap to keep, a way to put it right first, and undo."""

from dataclasses import replace
from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.debrief.dates import day_of
from assistant.debrief.keep import keep_found, keep_meeting
from assistant.debrief.read import Debrief, Found
from assistant.errors import CounterpartError
from assistant.pair.records import PairRecord
from assistant.pilots.days import show_date
from assistant.storage.people import given_name
from knowledge.store.access import Viewer
from ui.components.debrief_story import show_log
from ui.components.pilots.acts import today
from ui.session import session, value_of

KIND_NAMES = {
    "promise": "Promise", "quote": "They said", "outcome": "Outcome", "tried": "Tried", "refused": "Refused",
    "story": "Story", "felt": "How you felt", "group": "Group", "metric": "Number", "manager": "Manager in between",
    "meeting": "Meeting", "mirror": "Sentence of the mirror",
}  # fmt: skip
_WHO = ("me", "counterpart", "both")


def show_found(house: House, viewer: Viewer, pair: PairRecord, read: Debrief) -> None:
    """The items, what was left out and why, and the line to begin with next time."""
    desk = session().debrief
    open_ones = [at for at in range(len(read.items)) if at not in desk.kept and at not in desk.left]
    if read.items:
        name = given_name(pair.other(viewer.person_id)) or "your counterpart"
        st.checkbox(f"Let {name} see the promises that I keep", key="debrief-share")
    for at, found in enumerate(read.items):
        _item(house, viewer, pair, at, found)
    if len(open_ones) > 1:
        st.button(
            f"Keep all {len(open_ones)}",
            key="debrief-keep-all",
            on_click=_keep_all,
            args=(house, viewer, pair, open_ones),
        )
    for line in read.left_out:
        st.html(f'<p class="cp-quiet" role="status">{escape(line)}</p>')
    st.subheader("Next time, to begin with", anchor=False)
    words = escape(read.opening, quote=True)
    st.html(
        f'<div class="cp-draft cp-sheet">{escape(read.opening)}</div>'
        f'<button type="button" class="cp-copy cp-button" data-text="{words}">Copy</button>'
    )


def _item(house: House, viewer: Viewer, pair: PairRecord, at: int, found: Found) -> None:
    desk = session().debrief
    state = "kept" if at in desk.kept else "left" if at in desk.left else "open"
    with st.container(key=f"found-{state}-{at}", gap="xsmall"):
        st.html(
            f'<p class="cp-label">{KIND_NAMES[found.kind]}</p>'
            f'<p class="cp-held" dir="auto">{escape(_words(found, pair, viewer))}</p>'
            + (f'<p class="cp-quiet">{escape(_meta(found))}</p>' if found.kind == "promise" else "")
        )
        if trouble := desk.errors.get(at):
            st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if state == "open":
                st.button("Keep", key=f"found-keep-{at}", on_click=_keep, args=(house, viewer, pair, at))
                _change(house, viewer, pair, at, found)
                st.button("Leave out", key=f"found-leave-{at}", type="tertiary", on_click=_leave, args=(at,))
            else:
                st.html(
                    f'<p class="cp-quiet" role="status">{"Kept." if state == "kept" else "Left out."}</p>',
                    width="content",
                )
                st.button(
                    "Undo", key=f"found-undo-{at}", type="tertiary", on_click=_undo, args=(house, viewer, at)
                )
            if found.kind == "story":
                show_log(house, viewer, at, found)


def _words(found: Found, pair: PairRecord, viewer: Viewer) -> str:
    if found.kind != "promise":
        return found.words
    other = pair.other(viewer.person_id).name
    who = {"me": "You", "counterpart": other, "both": "Both of you", None: "Somebody"}.get(
        found.who, found.who
    )
    return f"{who}: {found.words}"


def _meta(found: Found) -> str:
    if found.asks == "who":
        return "Who is meant is not clear. Say it under “Change”."
    if found.asks == "day":
        return f"“{found.due_words}” can be two days. Say which under “Change”."
    if found.due is not None:
        return f"By {show_date(found.due)}" + (f" (“{found.due_words}”)" if found.due_words else "")
    return f"No day (“{found.due_words}”)" if found.due_words else "No day"


def _change(house: House, viewer: Viewer, pair: PairRecord, at: int, found: Found) -> None:
    with st.popover("Change", key=f"found-change-{at}"), st.form(f"found-form-{at}", border=False):
        st.text_area("In your words", value=found.words, key=f"found-words-{at}", height=80)
        if found.kind == "promise":
            names = {"me": "You", "counterpart": pair.other(viewer.person_id).name, "both": "Both of you"}
            options = [*_WHO, *([found.who] if found.who and found.who not in _WHO else [])]
            st.selectbox(
                "Who", options, index=options.index(found.who) if found.who in options else None,
                key=f"found-who-{at}", format_func=lambda who: names.get(who, who), accept_new_options=True,
            )  # fmt: skip
            by = found.due.isoformat() if found.due else found.due_words or ""
            st.text_input(
                "By when", value=by, key=f"found-by-{at}", placeholder="Friday, 14 April, or nothing"
            )
        st.form_submit_button(
            "Keep it so", key=f"found-send-{at}", on_click=_put_right, args=(house, viewer, pair, at)
        )


def _put_right(house: House, viewer: Viewer, pair: PairRecord, at: int) -> None:
    desk = session().debrief
    if (read := desk.read) is None:
        return
    found, words = read.items[at], str(value_of(f"found-words-{at}") or "").strip()
    if not words:
        desk.errors[at] = "Say it in a few words, or leave it out."
        return
    changed = replace(found, words=words, asks=None)
    if found.kind == "promise":
        by = str(value_of(f"found-by-{at}") or "").strip()
        try:
            unchanged = by in (found.due_words, found.due.isoformat() if found.due else "")
            due = found.due if unchanged else day_of(by, today=desk.on or today()) if by else None
        except CounterpartError as error:
            desk.errors[at] = error.message
            return
        due_words = found.due_words if unchanged else by or None
        changed = replace(changed, who=value_of(f"found-who-{at}"), due=due, due_words=due_words)
    desk.read = replace(
        read, items=tuple(changed if place == at else each for place, each in enumerate(read.items))
    )
    _keep(house, viewer, pair, at)


def _keep(house: House, viewer: Viewer, pair: PairRecord, at: int) -> None:
    desk = session().debrief
    if (read := desk.read) is None:
        return
    found = read.items[at]
    if found.asks is not None:
        desk.errors[at] = "Say first who it was." if found.asks == "who" else "Say first which day."
        return
    shared = bool(value_of("debrief-share")) and found.kind == "promise"
    try:
        meeting = keep_meeting(house.pairs, viewer, pair, read, on=desk.on or today())
        kept = keep_found(
            house.pairs, viewer, pair, found, meeting=meeting, visibility="pair" if shared else "me"
        )
    except CounterpartError as error:
        desk.errors[at] = error.message
        return
    desk.errors.pop(at, None)
    desk.kept[at] = kept.id
    desk.left.discard(at)


def _keep_all(house: House, viewer: Viewer, pair: PairRecord, places: list[int]) -> None:
    for at in places:
        _keep(house, viewer, pair, at)


def _leave(at: int) -> None:
    session().debrief.left.add(at)
    session().debrief.errors.pop(at, None)


def _undo(house: House, viewer: Viewer, at: int) -> None:
    desk = session().debrief
    desk.left.discard(at)
    if (kept := desk.kept.pop(at, None)) is None:
        return
    try:
        house.pairs.forget(viewer, kept)
    except CounterpartError as error:
        desk.errors[at] = error.message
