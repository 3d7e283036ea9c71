"""The brief on the page: one question at a time, the reply pasted from a phone, and who said what."""

from html import escape

import streamlit as st

from assistant.pilots.brief import QUESTIONS, Step, answered
from assistant.pilots.model import Pilot
from assistant.pilots.reply import Reply, parse_reply, request, sent
from ui.components.pilots.acts import Desk, clear, desk_state, go
from ui.session import set_value, value_of

_NAMES = {each.id: each.id.replace("-", " ").capitalize() for each in QUESTIONS}


def show_brief(desk: Desk) -> None:
    """The next question, or the end of the interview."""
    _question(desk)
    with st.expander("Ask the VP, and paste the reply", key="pilot-reply-box"):
        _ask_the_vp(desk)
    _said(desk)


def _question(desk: Desk) -> None:
    interview, state = desk.interview, desk_state()
    open_ones = interview.open(desk.pilot)
    skipped = state.question if state.question in _NAMES else None
    question = interview.next(desk.pilot, after=skipped) or (open_ones[0] if open_ones else None)
    if question is None:
        st.html(
            '<p class="cp-notice" role="status">That is the brief. What is missing stands under the checks.</p>'
        )
        st.button("To the scope", key="pilot-to-scope", type="primary", on_click=go, args=("Scope",))
        return
    left = f"{len(open_ones)} questions left" if len(open_ones) > 1 else "The last question"
    done = sum(answered(desk.pilot, each) for each in QUESTIONS)
    st.progress(done / (done + len(open_ones)), f"{left}; stop whenever you like, all of it is kept")
    with st.form(f"pilot-question-{question.id}", border=True):
        st.html(f'<p class="cp-ask">{escape(interview.text(desk.pilot, question))}</p>')
        st.text_area("Your answer", key=f"pilot-answer-{question.id}", height=90, label_visibility="collapsed",
                     placeholder="In your own words")  # fmt: skip
        trouble = state.errors.get(f"answer-{question.id}")
        if trouble:
            st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button("Keep and go on", key="pilot-answer-send", type="primary", on_click=_answer,
                                  args=(desk, question.id))  # fmt: skip
            st.form_submit_button("Nobody knows yet", key="pilot-answer-unknown", on_click=_answer,
                                  args=(desk, question.id, "unknown"))  # fmt: skip
            st.form_submit_button("Ask me later", key="pilot-answer-later", type="tertiary", on_click=_later,
                                  args=(question.id,))  # fmt: skip


def _answer(desk: Desk, question: str, words: str | None = None) -> None:
    key = f"pilot-answer-{question}"
    text = str(value_of(key) or "") if words is None else words
    if not text.strip():
        desk_state().errors[f"answer-{question}"] = "Say it in a line, or choose “Nobody knows yet”."
        return
    steps: list[Step] = []

    def change(pilot: Pilot) -> Pilot:
        steps.append(desk.interview.answer(pilot, question, text))
        return steps[-1].pilot

    if not desk.change(change, f"Answered: {_NAMES[question].lower()}", where=f"answer-{question}"):
        return
    state, step = desk_state(), steps[-1]
    state.question = None
    state.notice = step.note or None
    if step.sharper and step.pilot == desk.pilot:  # a number that could not be read: it stays to be mended
        state.errors[f"answer-{question}"] = step.sharper
        return
    clear(key)


def _later(question: str) -> None:
    desk_state().question = question


def _ask_the_vp(desk: Desk) -> None:
    remembered = bool(desk.pilot.asked)
    asked = desk.pilot if remembered else request(desk.pilot, desk.interview)[0]
    message = sent(asked, desk.interview)
    if not asked.asked:
        st.html('<p class="cp-quiet">Nothing is left to ask.</p>')
        return
    st.text_area(
        "To send: five questions that fit on a phone",
        value=message,
        height=230,
        key=f"pilot-request-{desk.record.version}",
    )
    label = "Ask others instead" if remembered else "I sent these"
    st.button(label, key="pilot-request-sent", type="tertiary", on_click=_sent, args=(desk,))
    with st.form("pilot-reply", border=False):
        st.text_area(
            "The reply, pasted",
            key="pilot-reply-text",
            height=120,
            placeholder="1. win rate, 18 to 25%\n2. East team\n3. don't know",
        )
        st.form_submit_button("Read the reply", key="pilot-reply-send", on_click=_replied, args=(desk,))
    trouble = desk_state().errors.get("reply")
    if trouble:
        st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')


def _sent(desk: Desk) -> None:
    """Remember which questions went out, so that the numbers in the reply mean them; or choose others."""
    if desk.pilot.asked:
        desk.change(lambda pilot: pilot.model_copy(update={"asked": ()}), "Other questions for the VP")
    else:
        desk.change(lambda pilot: request(pilot, desk.interview)[0], "Sent questions to the VP")


def _replied(desk: Desk) -> None:
    text = str(value_of("pilot-reply-text") or "")
    if not text.strip():
        desk_state().errors["reply"] = "Paste the reply first."
        return
    found: list[Reply] = []

    def change(pilot: Pilot) -> Pilot:
        drawn = desk.pilot if desk.pilot.asked else request(desk.pilot, desk.interview)[0]
        found.append(parse_reply(pilot.model_copy(update={"asked": drawn.asked}), text, desk.interview))
        return found[-1].pilot.model_copy(update={"asked": ()})

    if not desk.change(change, "The VP's reply", where="reply", undo=True):
        return
    reply, state = found[-1], desk_state()
    taken = "; ".join(
        f"{_NAMES[each.question.id]}: {each.words}" + (" (asked again)" if each.sharper else "")
        for each in reply.taken
    )
    left = "; ".join(reply.left)
    state.notice = (f"Read: {taken}." if taken else "Nothing in it could be placed.") + (
        f" Left over: {left}" if left else ""
    )
    set_value("pilot-reply-text", left)


def _said(desk: Desk) -> None:
    """Side by side: each one's words, kept as they were, the newest first."""
    said = desk.pilot.said
    if not said:
        return
    with st.expander(f"Who said what ({len(said)})", key="pilot-said"):
        people = list(dict.fromkeys(each.by or "Somebody" for each in said))
        for column, name in zip(st.columns(len(people[:3])), people[:3], strict=True):
            mine = [each for each in reversed(said) if (each.by or "Somebody") == name]
            rows = "".join(
                f'<p class="cp-label">{escape(_NAMES.get(each.field, each.field))}</p><p dir="auto">“{escape(each.words)}”</p>'
                for each in mine
            )
            column.html(f'<p class="cp-held">{escape(name)}</p>{rows}')
