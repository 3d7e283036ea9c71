"""Where a draft is typed, kept with every pause, and found again."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.records import DraftRecord
from knowledge.cards import ROLES, Role
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.richtext import as_label
from ui.components.words import ROLE_NAMES
from ui.session import DraftDesk, role_or, session, set_value, value_of, write_address

_PLACEHOLDER = "Hi Dana,\n\nI wanted to follow up on the academy …"


def show_desk(house: House, viewer: Viewer, record: DraftRecord | None) -> None:
    """Who writes, the words, and the button; the words are kept whenever the field is left."""
    desk = session().draft
    role = record.role if record else _own_role(house, viewer)
    if value_of("draft-role") is None:
        set_value("draft-role", role)
    if value_of("draft-text") is None:
        set_value("draft-text", record.text if record else "")
    st.segmented_control(
        "I am writing as",
        ROLES,
        key="draft-role",
        format_func=lambda name: ROLE_NAMES[name],
        required=True,
    )
    st.text_area(
        "Your draft",
        key="draft-text",
        height=320,
        placeholder=_PLACEHOLDER,
        on_change=_keep,
        args=(house, viewer),
    )
    if desk.trouble:
        st.html(f'<div class="cp-trouble" role="alert">{escape(desk.trouble)}</div>')
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button("Check it", key="draft-check", type="primary", on_click=_check, args=(house, viewer))
        if not (value_of("draft-text") or "").strip():
            st.button(
                "Show me with an invented example", key="draft-example", type="tertiary", on_click=_example
            )
    st.html('<p class="cp-quiet">Only you see it. It is kept as you type, on this machine.</p>')


def show_earlier(house: House, viewer: Viewer) -> None:
    """Drafts of before, and the way back for one that was just deleted."""
    desk = session().draft
    if desk.gone:
        with st.container(key="undo-draft", horizontal=True, vertical_alignment="center"):
            st.caption("Deleted.")
            st.button(
                "Undo", key="draft-undo", type="tertiary", on_click=_restore, args=(house, viewer, desk.gone)
            )
    others = [each for each in house.drafts.list(viewer) if each.id != desk.draft_id and each.text.strip()]
    if not others:
        return
    st.subheader("Earlier drafts", anchor=False)
    for each in others[:12]:
        with st.container(
            key=f"held-draft-{each.id}", horizontal=True, vertical_alignment="center", wrap=False
        ):
            st.button(
                as_label(each.title, limit=70), key=f"open-draft-{each.id}", type="tertiary",
                on_click=open_draft, args=(each.id,), width="stretch",
            )  # fmt: skip
            day = f"{each.updated_at.astimezone():%d %b}".lstrip("0")
            st.html(f'<p class="cp-quiet">{escape(day)}</p>', width="content")
            st.button(
                "Delete", key=f"delete-draft-{each.id}", type="tertiary",
                on_click=delete_draft, args=(house, viewer, each.id),
            )  # fmt: skip


def open_draft(draft_id: str | None) -> None:
    """Look at this draft, or at an empty desk."""
    session().draft = DraftDesk(draft_id=draft_id, typing=draft_id is None)
    set_value("draft-text", None)
    set_value("draft-role", None)
    write_address(d=draft_id)


def delete_draft(house: House, viewer: Viewer, draft_id: str) -> None:
    """Take a draft out of sight; the page offers it back."""
    house.drafts.delete(viewer, draft_id)
    if session().draft.draft_id == draft_id:
        open_draft(None)
    session().draft.gone = draft_id


def edit_draft(record: DraftRecord) -> None:
    """Type on."""
    session().draft.typing = True
    set_value("draft-text", record.text)
    set_value("draft-role", record.role)


def _restore(house: House, viewer: Viewer, draft_id: str) -> None:
    session().draft.gone = None
    house.drafts.restore(viewer, draft_id)


def _keep(house: House, viewer: Viewer) -> None:
    desk, text = session().draft, value_of("draft-text") or ""
    if not text.strip() and desk.draft_id is None:
        return
    role = role_or(value_of("draft-role"), "learning-executive")
    try:
        desk.draft_id = house.drafts.save(viewer, text, role=role, draft_id=desk.draft_id).id
        desk.trouble = None
    except CounterpartError as error:
        desk.trouble = error.message


def _check(house: House, viewer: Viewer) -> None:
    desk, text = session().draft, value_of("draft-text") or ""
    role = role_or(value_of("draft-role"), "learning-executive")
    _keep(house, viewer)
    try:
        desk.read = ((text, role), house.check_draft(text, role=role))
        desk.trouble, desk.typing = None, False
    except CounterpartError as error:
        desk.trouble = error.message


def _example() -> None:
    role = role_or(value_of("draft-role"), "learning-executive")
    set_value("draft-text", phrase("draft", "example-vp" if role == "sales-vp" else "example-learning"))


def _own_role(house: House, viewer: Viewer) -> Role:
    person = next((each for each in house.people.list() if each.id == viewer.person_id), None)
    return role_or(person.role if person else None, "learning-executive")
