"""What is known of a pair beside its promises: each item with who told it and when, to be corrected, shared, forgotten."""

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.pair.coaching import Invite
from assistant.pair.item import Kind
from assistant.pair.records import PairItem, PairRecord
from assistant.pair.speech import read_by
from assistant.pilots.days import show_date
from knowledge.store.access import Viewer
from ui.components.debrief import KIND_NAMES
from ui.components.richtext import as_label
from ui.session import session, value_of

GROUPS: dict[Kind, str] = {
    "outcome": "The outcome", "mirror": "The mirror", "metric": "The number", "group": "The group",
    "promise": "Promises, each word of them", "refused": "What was refused", "tried": "What was tried",
    "quote": "What was said", "story": "Stories", "felt": "How it felt", "manager": "The manager in between",
    "meeting": "Meetings",
}  # fmt: skip
"""Every kind of item, in the order in which the page shows them."""


def show_known(house: House, viewer: Viewer, pair: PairRecord) -> None:
    """Every item, by kind, the newest first, each with who sees it."""
    items, invites = house.pairs.items(viewer, pair.id), house.coaching.invites(viewer, pair.id)
    st.subheader("What is known", anchor=False)
    if not items:
        st.html(
            '<p class="cp-quiet">Nothing yet. Tell how your last meeting went; it takes ninety seconds.</p>'
        )
        st.page_link("views/debrief.py", label="How did it go?", icon=":material/edit_note:")
        return
    people = {person.id: person.name for person in house.people.list()}
    for kind, heading in GROUPS.items():
        found = [kept for kept in reversed(items) if kept.item.kind == kind]
        if found:
            with st.expander(
                f"{heading} ({len(found)})",
                key=f"known-{kind}",
                expanded=kind in ("outcome", "refused", "tried"),
            ):
                for kept in found:
                    teller = (
                        "you" if kept.owner_id == viewer.person_id else people.get(kept.owner_id, "somebody")
                    )
                    told = f"{show_date(kept.item.on)}, told by {teller}; {_seen_by(kept, invites)}"
                    with st.container(key=f"known-item-{kept.id}", gap="xsmall"):
                        _item(viewer, pair, kept, told)
                        if viewer.person_id in {kept.owner_id, *(person.id for person in pair.people)}:
                            _acts(house, viewer, kept, invites)


def _seen_by(kept: PairItem, invites: Sequence[Invite]) -> str:
    coaches = " and ".join(each.coach.name for each in invites if each.sees(kept))
    if kept.visibility == "pair":
        return f"both of you and {coaches} see it" if coaches else "both of you see it"
    return f"only you and {coaches} see it" if coaches else "only you see it"


def _item(viewer: Viewer, pair: PairRecord, kept: PairItem, told: str) -> None:
    item = kept.item
    went = f'<p class="cp-quiet" dir="auto">How it went: {escape(item.went)}</p>' if item.went else ""
    st.html(
        f'<p class="cp-held" dir="auto">{escape(read_by(kept, pair, viewer.person_id))}</p>{went}'
        f'<p class="cp-quiet">{escape(told)}</p>'
    )
    if trouble := session().pair.errors.get(f"known-{kept.id}"):
        st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')


def _acts(house: House, viewer: Viewer, kept: PairItem, invites: Sequence[Invite]) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        with (
            st.popover("Correct", key=f"correct-{kept.id}"),
            st.form(f"correct-form-{kept.id}", border=False),
        ):
            st.text_area(
                "What should stand here", value=kept.item.words, key=f"correct-words-{kept.id}", height=90
            )
            st.form_submit_button(
                "Keep it so", key=f"correct-send-{kept.id}", on_click=_correct, args=(house, viewer, kept)
            )
        if kept.owner_id == viewer.person_id:
            label = "Only for me" if kept.visibility == "pair" else "Share"
            st.button(
                label, key=f"share-{kept.id}", type="tertiary", on_click=_share, args=(house, viewer, kept)
            )
            for invite in invites:
                _to_coach(house, viewer, kept, invite)
        st.button(
            "Forget", key=f"forget-{kept.id}", type="tertiary", on_click=_forget, args=(house, viewer, kept)
        )


def _to_coach(house: House, viewer: Viewer, kept: PairItem, invite: Invite) -> None:
    """One thing, shown to the coach or no longer; nothing where they see it anyhow."""
    chosen = kept.id in invite.items.get(viewer.person_id, ())
    if chosen or not invite.sees(kept):
        label = f"No longer for {invite.coach.name}" if chosen else f"Show {invite.coach.name}"
        st.button(
            as_label(label), key=f"lend-{invite.id}-{kept.id}", type="tertiary", on_click=_lend,
            args=(house, viewer, kept, invite, not chosen),
        )  # fmt: skip


def _lend(house: House, viewer: Viewer, kept: PairItem, invite: Invite, shown: bool) -> None:
    _tried(f"known-{kept.id}", lambda: house.coaching.show(viewer, invite.id, kept.id, shown=shown))


def _correct(house: House, viewer: Viewer, kept: PairItem) -> None:
    words, where = str(value_of(f"correct-words-{kept.id}") or "").strip(), f"known-{kept.id}"
    if not words:
        session().pair.errors[where] = "Say it in a few words, or forget it."
        return
    _tried(
        where,
        lambda: house.pairs.change(
            viewer, kept.id, lambda item: item.changed(words=words), about="Put right", version=kept.version
        ),
    )


def _share(house: House, viewer: Viewer, kept: PairItem) -> None:
    wanted = "me" if kept.visibility == "pair" else "pair"
    _tried(
        f"known-{kept.id}", lambda: house.pairs.share(viewer, kept.id, "pair" if wanted == "pair" else "me")
    )


def _forget(house: House, viewer: Viewer, kept: PairItem) -> None:
    def forget() -> None:
        session().pair.gone = house.pairs.forget(viewer, kept.id)

    _tried(f"known-{kept.id}", forget)


def show_undo(house: House, viewer: Viewer) -> None:
    """The way back for what was just forgotten; it is held by this tab alone."""
    gone = session().pair.gone
    if gone is None:
        return
    with st.container(key="undo-forget", horizontal=True, vertical_alignment="center"):
        st.caption(f"Forgotten: {KIND_NAMES[gone.kept.item.kind].lower()}. No answer uses it any more.")
        st.button("Undo", key="undo-forgotten", type="tertiary", on_click=_restore, args=(house, viewer))


def _restore(house: House, viewer: Viewer) -> None:
    gone, session().pair.gone = session().pair.gone, None
    if gone is not None:
        _tried("page", lambda: house.pairs.restore(viewer, gone))


def _tried(where: str, act: Callable[[], object]) -> None:
    errors = session().pair.errors
    errors.pop(where, None)
    try:
        act()
    except CounterpartError as error:
        errors[where] = error.message
