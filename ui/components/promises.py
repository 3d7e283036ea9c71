"""Promises on a page: what waits, with one tap each, and what to say when it did not happen."""

from collections.abc import Callable
from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.debrief.dates import day_of
from assistant.documents.calendar import MEDIA_TYPE, promises_ics
from assistant.errors import CounterpartError
from assistant.pair.item import Item
from assistant.pair.promises import Waiting, didnt, happened, moved, reopened, settled, waiting
from assistant.pair.records import PairItem, PairRecord
from assistant.pair.speech import calendar_entries, owner_shown, read_by, what_to_say
from assistant.pilots.days import show_date
from knowledge.store.access import Viewer
from ui.components.pilots.acts import today
from ui.session import session, value_of

_STANDING = {
    "overdue": "Overdue",
    "today": "Today",
    "soon": "This week",
    "later": "Later",
    "undated": "No day",
}
_SETTLED_SHOWN = 5


def show_promises(house: House, viewer: Viewer, pair: PairRecord) -> None:
    """What waits, the most pressing first; below, what was settled last, with a way back."""
    kept = house.pairs.items(viewer, pair.id, kinds=["promise"])
    waits = waiting(kept, pair, person_id=viewer.person_id, today=today())
    st.subheader("Promises", anchor=False)
    if not waits:
        st.html('<p class="cp-quiet">Nothing is open between you.</p>')
    may = viewer.person_id in {person.id for person in pair.people}
    for each in waits:
        _row(house, viewer, pair, each, may=may)
    entries = calendar_entries(kept, pair, viewer.person_id)
    if entries:
        st.download_button(
            "Into my calendar (.ics)", lambda: promises_ics(entries), "promises.ics", MEDIA_TYPE,
            key="promises-ics", type="tertiary", icon=":material/event:", on_click="ignore",
        )  # fmt: skip
    for each_kept in settled(kept)[:_SETTLED_SHOWN]:
        _settled(house, viewer, pair, each_kept, may=may)


def _row(house: House, viewer: Viewer, pair: PairRecord, each: Waiting, *, may: bool) -> None:
    kept = each.kept
    with st.container(key=f"promise-{each.standing}-{kept.id}", gap="xsmall"):
        due = show_date(kept.item.due) if kept.item.due else kept.item.due_words or ""
        meta = " · ".join(filter(None, (_STANDING[each.standing], due)))
        st.html(
            f'<p class="cp-held" dir="auto">{escape(owner_shown(kept.item, pair, viewer.person_id))}: '
            f'{escape(read_by(kept, pair, viewer.person_id))}</p><p class="cp-quiet">{escape(meta)}</p>'
        )
        _say(house, viewer, pair, kept)
        _trouble(kept.id)
        if may:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                for name, label, change, about in _ACTS:
                    st.button(
                        label,
                        key=f"{name}-{kept.id}",
                        on_click=_act,
                        args=(house, viewer, kept, change, about),
                    )
                _move(house, viewer, kept)


def _say(house: House, viewer: Viewer, pair: PairRecord, kept: PairItem) -> None:
    times = sum(change.about == "Moved" for change in house.pairs.history(viewer, kept.id))
    line = what_to_say(kept, pair, viewer.person_id, today=today(), times_moved=times)
    if line:
        st.html(
            f'<div class="cp-quiet">To say: {escape(line)} '
            f'<button type="button" class="cp-copy" data-text="{escape(line, quote=True)}">Copy</button></div>'
        )


def _settled(house: House, viewer: Viewer, pair: PairRecord, kept: PairItem, *, may: bool) -> None:
    how = "Happened" if kept.item.state == "happened" else "Did not happen"
    with st.container(key=f"settled-{kept.id}", gap="xsmall"):
        st.html(
            f'<p class="cp-quiet" dir="auto">{how}: {escape(owner_shown(kept.item, pair, viewer.person_id))}, '
            f"{escape(read_by(kept, pair, viewer.person_id))}</p>"
        )
        _say(house, viewer, pair, kept)
        _trouble(kept.id)
        if may:
            st.button(
                "Undo",
                key=f"reopen-{kept.id}",
                type="tertiary",
                on_click=_act,
                args=(house, viewer, kept, reopened, "Reopened"),
            )


def _move(house: House, viewer: Viewer, kept: PairItem) -> None:
    with st.popover("Moved", key=f"moved-{kept.id}"), st.form(f"moved-form-{kept.id}", border=False):
        st.text_input("To which day", key=f"moved-to-{kept.id}", placeholder="next Friday, 14 April")
        st.form_submit_button(
            "Move it", key=f"moved-send-{kept.id}", on_click=_moved, args=(house, viewer, kept)
        )


def _moved(house: House, viewer: Viewer, kept: PairItem) -> None:
    words = str(value_of(f"moved-to-{kept.id}") or "").strip()
    try:
        day = day_of(words, today=today())
    except CounterpartError as error:
        session().pair.errors[kept.id] = error.message
        return
    _act(house, viewer, kept, lambda item: moved(item, to=day, words=words), "Moved")


def _act(house: House, viewer: Viewer, kept: PairItem, change: Callable[[Item], Item], about: str) -> None:
    errors = session().pair.errors
    errors.pop(kept.id, None)
    try:
        house.pairs.change(viewer, kept.id, change, about=about, version=kept.version)
    except CounterpartError as error:
        errors[kept.id] = error.message


def _trouble(item_id: str) -> None:
    if words := session().pair.errors.get(item_id):
        st.html(f'<div class="cp-trouble" role="alert">{escape(words)}</div>')


_ACTS = (("happened", "Happened", happened, "Happened"), ("didnt", "Didn't", didnt, "Didn't happen"))
