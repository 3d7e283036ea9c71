"""On “Between us”: who coaches the two, what they see of it, and the way to ask one in or to end it."""

from collections.abc import Callable
from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.pair.coaching import SHARES, Invite, Share
from assistant.pair.records import PairRecord
from assistant.pilots.days import show_date
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.words import SHARE_NAMES
from ui.session import session, set_value, value_of

_NAME, _SHOWN = "coach-name", "coach-shares"
_USUAL: tuple[Share, ...] = ("promises", "mirror", "outcome")


def show_coaches(house: House, viewer: Viewer, pair: PairRecord) -> None:
    """For the two alone: a coach manages nothing here."""
    if viewer.person_id not in {person.id for person in pair.people}:
        return
    invites = house.coaching.invites(viewer, pair.id)
    with st.expander("Your coach" if invites else "Ask a coach in", key="coaches", expanded=bool(invites)):
        for each in invites:
            _coach(house, viewer, pair, each)
        if not invites:
            _ask(house, viewer, pair)
        if trouble := session().pair.errors.get("coach"):
            st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')


def _coach(house: House, viewer: Viewer, pair: PairRecord, invite: Invite) -> None:
    names = {person.id: person.name for person in pair.people}
    asker = "you" if invite.by == viewer.person_id else names.get(invite.by, "one of you")
    day = show_date(invite.since.astimezone().date())
    st.html(
        f'<p class="cp-held" dir="auto">{escape(invite.coach.name)}</p>'
        f'<p class="cp-quiet">Asked in by {escape(asker)} on {escape(day)}. {escape(phrase("pair", "coach-sees"))}</p>'
    )
    key = f"coach-shows-{invite.id}"
    set_value(key, list(invite.shown_by(viewer.person_id)))
    st.pills(
        "Of what both of you see, you show", SHARES, selection_mode="multi", key=key,
        format_func=lambda each: SHARE_NAMES[each], on_change=_shown_anew, args=(house, viewer, pair, invite, key),
    )  # fmt: skip
    for other, shares in invite.shares.items():
        if other != viewer.person_id:
            told = ", ".join(SHARE_NAMES[each].lower() for each in shares)
            st.html(f'<p class="cp-quiet">{escape(names.get(other, "The other"))} shows: {escape(told)}.</p>')
    if count := len(invite.items.get(viewer.person_id, ())):
        words = "One thing" if count == 1 else f"{count} things"
        st.html(f'<p class="cp-quiet">{words} of yours besides, chosen one by one above.</p>')
    st.button(
        f"End it: {invite.coach.name} sees nothing from now on", key=f"coach-end-{invite.id}",
        on_click=_end, args=(house, viewer, pair, invite),
    )  # fmt: skip


def _ask(house: House, viewer: Viewer, pair: PairRecord) -> None:
    st.html(f'<p class="cp-quiet">{escape(phrase("pair", "coach-lead"))}</p>')
    st.text_input("Their name", key=_NAME, max_chars=80, placeholder="Cleo")
    if value_of(_SHOWN) is None:
        set_value(_SHOWN, list(_USUAL))
    st.pills(
        "Of what both of you see, they see", SHARES, selection_mode="multi", key=_SHOWN,
        format_func=lambda each: SHARE_NAMES[each],
    )  # fmt: skip
    st.button("Ask them in", key="coach-ask", type="primary", on_click=_asked, args=(house, viewer, pair))


def _asked(house: House, viewer: Viewer, pair: PairRecord) -> None:
    name = str(value_of(_NAME) or "").strip()
    if not name:
        session().pair.errors["coach"] = "Say who it is."
        return
    shares = value_of(_SHOWN) or []
    _tried(lambda: house.ask_in(viewer, pair, name, shares=shares))


def _shown_anew(house: House, viewer: Viewer, pair: PairRecord, invite: Invite, key: str) -> None:
    items = invite.items.get(viewer.person_id, ())
    shares = value_of(key) or []
    _tried(lambda: house.coaching.invite(viewer, pair.id, invite.coach.id, shares=shares, items=items))


def _end(house: House, viewer: Viewer, pair: PairRecord, invite: Invite) -> None:
    _tried(lambda: house.coaching.withdraw(viewer, pair.id, invite.coach.id))


def _tried(act: Callable[[], object]) -> None:
    errors = session().pair.errors
    errors.pop("coach", None)
    try:
        act()
    except CounterpartError as error:
        errors["coach"] = error.message
