"""What one can do with an answer: copy it, have it again, say whether it helped or that a source is wrong."""

import streamlit as st

from assistant.advice.answer import Answer, Citation
from assistant.advice.conversation import MAX_CHARACTERS
from assistant.advice.sources import source_name
from assistant.bootstrap import House
from assistant.records import Feedback, Message, Verdict
from knowledge.store.access import Viewer
from ui.components.answer import copy_button
from ui.components.asking import Again
from ui.components.richtext import as_label
from ui.components.story_capture import begin
from ui.components.unsent import drop_words, keep_words, words_wait
from ui.session import session, set_value, value_of

_THUMBS: tuple[Verdict, Verdict] = ("unhelpful", "helpful")


def show_acts(
    house: House,
    viewer: Viewer,
    answer: Answer,
    *,
    message: Message,
    question: Message | None,
    asked: Message | None,
    said: list[Feedback],
    again: Again,
) -> None:
    """The quiet row under an answer to what was `asked`; `said` is what this person said about it before."""
    with st.container(key=f"acts-{message.id}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        if asked is not None:
            _versions(asked, again)
        st.html(copy_button(answer), width="content")
        if question is not None:
            st.button(
                "Answer again",
                key=f"again-{message.id}",
                type="tertiary",
                on_click=_again,
                args=(question, again),
            )
            st.button(
                "Edit question", key=f"edit-{message.id}", type="tertiary", on_click=edit, args=(question,)
            )
        if asked is not None:
            st.button(
                "Log as a story", key=f"story-of-{message.id}", type="tertiary", on_click=_log, args=(asked,)
            )
        _thumbs(house, viewer, message, said)
        if answer.citations:
            _wrong(house, viewer, answer.citations, message, said)


def show_editor(house: House, viewer: Viewer, question: Message, *, again: Again, followed: bool) -> None:
    """The question as a text to change; what came after it is said to leave."""
    session().newest = f"edit-{question.id}"
    st.html(f'<div class="cp-turn" data-turn="edit-{question.id}"></div>')
    with st.form(f"editor-{question.id}", border=True):
        keep_words(house, viewer, edit_field(question), question.text)
        st.text_area("Your question", key=edit_field(question), max_chars=MAX_CHARACTERS)
        if followed:
            st.caption("What was said after this question is set aside; you can come back to it.")
        with st.container(horizontal=True):
            st.form_submit_button(
                "Ask again",
                type="primary",
                key=f"send-{question.id}",
                on_click=_ask_edited,
                args=(house, viewer, question, again),
            )
            st.form_submit_button(
                "Leave it",
                key=f"leave-{question.id}",
                on_click=_leave,
                args=(house, viewer, question),
            )


def _versions(asked: Message, again: Again) -> None:
    """Which asking of the question this answers, and the way to those that were set aside."""
    if len(asked.turns) == 1:
        return
    at, every = asked.turns.index(asked.turn), len(asked.turns)
    with st.container(
        key=f"versions-{asked.id}", horizontal=True, vertical_alignment="center", gap=None, width="content"
    ):
        for step, icon, words in (
            (-1, "chevron_left", "Earlier answer"),
            (1, "chevron_right", "Later answer"),
        ):
            if step > 0:
                st.html(f'<span class="cp-version">{at + 1} of {every}</span>', width="content")
            st.button(
                words,
                key=f"version{step:+d}-{asked.id}",
                icon=f":material/{icon}:",
                type="tertiary",
                disabled=not 0 <= at + step < every,
                on_click=again.bring_back,
                args=(asked, asked.turns[(at + step) % every]),
            )


def _ask_edited(house: House, viewer: Viewer, question: Message, again: Again) -> None:
    text = str(value_of(edit_field(question)) or "").strip()
    if text and again(question, text):
        drop_words(house, viewer, edit_field(question))


def _leave(house: House, viewer: Viewer, question: Message) -> None:
    session().editing = None
    drop_words(house, viewer, edit_field(question))


def edit_field(question: Message) -> str:
    """The field in which a question is changed."""
    return f"edited-{question.id}"


def _log(asked: Message) -> None:
    begin(asked.text)
    session().go_to_stories = True


def _again(question: Message, again: Again) -> None:
    again(question, question.text)


def edit(question: Message) -> None:
    """Have this question shown as a text that can be changed."""
    session().editing = question.id


def _thumbs(house: House, viewer: Viewer, message: Message, said: list[Feedback]) -> None:
    key = f"thumbs-{message.id}"
    rated = next((f.verdict for f in reversed(said) if f.verdict in _THUMBS), None)
    if value_of(key) is None and rated is not None:
        set_value(key, _THUMBS.index(rated))
    st.feedback("thumbs", key=key, on_change=_rate, args=(house, viewer, message.id, key))


def _rate(house: House, viewer: Viewer, message_id: str, key: str) -> None:
    chosen = value_of(key)
    house.feedback.rate(viewer, message_id, None if chosen is None else _THUMBS[chosen])
    st.toast("Noted, thank you." if chosen is not None else "Taken back.")


def _wrong(
    house: House, viewer: Viewer, citations: tuple[Citation, ...], message: Message, said: list[Feedback]
) -> None:
    reported = {f.quote for f in said if f.verdict == "wrong"}
    why = f"report-why-{message.id}"
    unsent = " (not sent yet)" if words_wait(house, viewer, why) else ""
    with st.popover(f"A source is wrong{unsent}", key=f"wrong-{message.id}", type="tertiary"):
        if reported:
            st.caption("You reported one here. Whoever keeps the playbook will see it.")
        with st.form(f"report-{message.id}", border=False, clear_on_submit=True):
            st.selectbox(
                "Which one?",
                citations,
                key=f"report-which-{message.id}",
                format_func=lambda c: f"{c.marker} {source_name(c)}",
            )
            keep_words(house, viewer, why, folded=True)
            st.text_area("What is wrong with it?", key=why, max_chars=2_000, height=100)
            st.form_submit_button(
                "Report it",
                key=f"report-send-{message.id}",
                on_click=_report,
                args=(house, viewer, message),
            )


def _report(house: House, viewer: Viewer, message: Message) -> None:
    citation: Citation | None = value_of(f"report-which-{message.id}")
    why = f"report-why-{message.id}"
    reason = str(value_of(why) or "")
    if citation is None or not reason.strip():
        st.toast("Say in a few words what is wrong, then report it.")
        return
    house.feedback.report(
        viewer,
        message.id,
        reason=reason,
        passage_id=citation.passage_id,
        card_id=citation.card_id,
        quote=citation.quote,
    )
    drop_words(house, viewer, why)
    st.toast(f"Reported: {as_label(citation.title)}. The question goes with it.")
