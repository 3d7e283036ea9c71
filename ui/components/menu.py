"""What can be done with the conversation on the page: rename, pin, export, delete."""

from datetime import UTC, datetime

import streamlit as st

from assistant.advice.conversation import answer_of, tokens_ever
from assistant.advice.export import Export, conversation_markdown, exported
from assistant.bootstrap import House
from assistant.records import Conversation, Message
from knowledge.store.access import Viewer
from ui.components.richtext import as_label, file_name
from ui.components.unsent import drop_words, keep_words
from ui.components.words import ROLE_NAMES
from ui.session import role_or, session, value_of


def show_menu(house: House, viewer: Viewer, conversation: Conversation, messages: list[Message]) -> None:
    """One quiet line above the conversation: as whom it is held, and the menu."""
    role = ROLE_NAMES[role_or(conversation.role, "learning-executive")]
    with st.container(
        key="talk-head", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.caption(f"Asking as: {role}{' · Pinned' if conversation.pinned else ''}")
        with st.popover("More", key="talk-menu", type="tertiary"):
            _rename(house, viewer, conversation)
            st.button(
                "Unpin" if conversation.pinned else "Pin to the top",
                key="pin",
                width="stretch",
                on_click=_pin,
                args=(house, viewer, conversation),
            )
            _exports(conversation, messages)
            st.button(
                "Delete", key="delete", width="stretch", on_click=_delete, args=(house, viewer, conversation)
            )
            _tokens(house, viewer, conversation)


def _tokens(house: House, viewer: Viewer, conversation: Conversation) -> None:
    used = tokens_ever(house.conversations, viewer, conversation.id)
    if used.tokens_in:
        st.html(f'<p class="cp-quiet">Tokens of the chat model: {used.told}</p>')


def _rename(house: House, viewer: Viewer, conversation: Conversation) -> None:
    field = f"title-{conversation.id}"
    keep_words(house, viewer, field, conversation.title, folded=True)
    with st.form(f"rename-{conversation.id}", border=False):
        st.text_input("Title", key=field, max_chars=80)
        st.form_submit_button(
            "Rename",
            key=f"rename-send-{conversation.id}",
            width="stretch",
            on_click=_renamed,
            args=(house, viewer, conversation.id),
        )


def _renamed(house: House, viewer: Viewer, conversation_id: str) -> None:
    title = (value_of(f"title-{conversation_id}") or "").strip()
    if title:
        house.conversations.rename(viewer, conversation_id, title)
    drop_words(house, viewer, f"title-{conversation_id}")


def _pin(house: House, viewer: Viewer, conversation: Conversation) -> None:
    house.conversations.pin(viewer, conversation.id, not conversation.pinned)


def _delete(house: House, viewer: Viewer, conversation: Conversation) -> None:
    house.conversations.delete(viewer, conversation.id)
    session().open_conversation(None)
    session().deleted = (conversation.id, as_label(conversation.title, limit=40))


def show_undo(house: House, viewer: Viewer) -> None:
    """The conversation that was deleted last, until it is brought back or another question is asked."""
    gone = session().deleted
    if gone is None:
        return
    with st.container(key="undo", horizontal=True, vertical_alignment="center"):
        st.caption(f"Deleted: {gone[1]}")
        st.button(
            "Undo", key="undo-delete", type="tertiary", on_click=_restore, args=(house, viewer, gone[0])
        )


def _restore(house: House, viewer: Viewer, conversation_id: str) -> None:
    house.conversations.restore(viewer, conversation_id)
    session().deleted = None
    session().open_conversation(conversation_id)


def _exports(conversation: Conversation, messages: list[Message]) -> None:
    """Both are written when they are asked for, not each time the page is drawn."""
    st.download_button(
        "Export as Word (DOCX)",
        lambda: _docx(_export(conversation, messages)),
        file_name=file_name(conversation.title, "docx"),
        mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        key="export-docx",
        on_click="ignore",
        width="stretch",
    )
    st.download_button(
        "Export as Markdown",
        lambda: conversation_markdown(_export(conversation, messages)),
        file_name=file_name(conversation.title, "md"),
        mime="text/markdown",
        key="export",
        on_click="ignore",
        width="stretch",
    )


def _docx(export: Export) -> bytes:
    from assistant.documents.conversation import conversation_docx

    return conversation_docx(export)


def _export(conversation: Conversation, messages: list[Message]) -> Export:
    role = ROLE_NAMES[role_or(conversation.role, "learning-executive")]
    turns = [
        (message.text, answer_of(following) if following and following.author == "coach" else None)
        for message, following in zip(messages, [*messages[1:], None], strict=True)
        if message.author == "user"
    ]
    return exported(conversation.title, turns, role_name=role, exported_at=datetime.now(UTC).astimezone())
