"""One pilot: where it stands, what comes next, and the chapter that is open."""

from html import escape

import streamlit as st

from assistant.pilots.messages import felt, felt_message
from assistant.pilots.scope import statement
from assistant.pilots.state import next_step, stage
from ui.components.manager import show_manager
from ui.components.pilots.acts import Desk, desk_state, open_pilot, today
from ui.components.pilots.brief import show_brief
from ui.components.pilots.checkins import show_check_ins
from ui.components.pilots.decision import show_decision
from ui.components.pilots.listing import remove
from ui.components.pilots.report import show_report
from ui.components.pilots.scope import show_scope
from ui.components.pilots.words import CHAPTER_OF, CHAPTERS, PRACTICE, STATES
from ui.components.richtext import as_label
from ui.session import set_value, value_of, write_address

_SHOWN = dict(
    zip(CHAPTERS, (show_brief, show_scope, show_check_ins, show_report, show_decision), strict=True)
)


def show_story(desk: Desk) -> None:
    """The whole page of one pilot."""
    at = stage(desk.pilot, today=today())
    st.button(
        "All pilots",
        key="pilot-back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=open_pilot,
        args=(None,),
    )
    st.title(as_label(desk.pilot.title), anchor=False)
    st.html(
        f'<p class="cp-pilot-line" dir="auto">{escape(statement(desk.pilot, desk.house.measures))}</p>'
        + _steps(at)
    )
    following = next_step(desk.pilot, measures=desk.house.measures, today=today())
    st.html(f'<p class="cp-quiet" role="status">Next: {escape(following)}.</p>')
    _say_so(desk)
    _told()
    chapter = _chapter(at)
    write_address(pilot=desk.record.id, part=chapter)
    _SHOWN[chapter](desk)
    _manager(desk)
    _foot(desk)


def _chapter(at: str) -> str:
    state = desk_state()
    if state.chapter not in CHAPTERS:
        state.chapter = CHAPTER_OF[at]
    if value_of("pilot-chapter") not in CHAPTERS:
        set_value("pilot-chapter", state.chapter)
    st.segmented_control("Chapter", list(CHAPTERS), key="pilot-chapter", label_visibility="collapsed", required=True,
                         on_change=_turned)  # fmt: skip
    return str(value_of("pilot-chapter") or state.chapter)


def _turned() -> None:
    state = desk_state()
    state.chapter = value_of("pilot-chapter")
    state.notice = None


def _steps(at: str) -> str:
    names = list(STATES)
    items = "".join(
        f'<li class="{"cp-now" if name == at else "cp-done" if names.index(name) < names.index(at) else ""}"'
        f"{' aria-current=step' if name == at else ''}>{STATES[name]}</li>"
        for name in names
    )
    return f'<ol class="cp-steps" aria-label="Where it stands">{items}</ol>'


def _say_so(desk: Desk) -> None:
    """One tap, on any day, without a number; and the words to say it."""
    if desk.pilot.decision is not None:
        return
    st.button(
        "I feel no progress",
        key="pilot-felt",
        icon=":material/sentiment_dissatisfied:",
        on_click=_felt,
        args=(desk,),
    )
    if desk_state().question != "felt":
        return
    with st.container(key="pilot-felt-words", border=True):
        st.html('<p class="cp-quiet">Kept, and seen by both of you. A feeling is enough; to say it in person or in a message, '
                "make these words your own:</p>")  # fmt: skip
        st.text_area("Your message", key="pilot-felt-text", height=190)
        st.button("Close", key="pilot-felt-close", type="tertiary", on_click=_close)


def _felt(desk: Desk) -> None:
    if desk.change(lambda pilot: felt(pilot, by=desk.name, on=today()), "Said: no progress felt"):
        set_value("pilot-felt-text", felt_message(desk.pilot, desk.side, measures=desk.house.measures))
        desk_state().question = "felt"


def _close() -> None:
    desk_state().question = None


def _told() -> None:
    state = desk_state()
    if "page" in state.errors:
        st.html(f'<div class="cp-trouble" role="alert">{escape(state.errors["page"])}</div>')
    if state.notice:
        st.html(f'<p class="cp-notice" role="status">{escape(state.notice)}</p>')


def _manager(desk: Desk) -> None:
    """The third person of a pilot: whoever leads the team."""
    pairs = {each.id: each for each in desk.house.pairs.pairs(desk.viewer)}
    pair = pairs.get(desk.record.pair_id or "")
    if desk.pilot.manager and pair is not None:
        show_manager(desk.house, desk.viewer, pair, name=desk.pilot.manager, where="pilot")


def _foot(desk: Desk) -> None:
    """Everything that happened to it, its file, and the way out."""
    with st.expander("History and file", key="pilot-history"):
        names = {person.id: person.name for person in desk.house.people.list()}
        changes = desk.house.pilots.history(desk.viewer, desk.record.id)[-30:]
        rows = "".join(
            f"<li><span class='cp-quiet'>{escape(f'{each.at.astimezone():%d %b, %H:%M}'.lstrip('0'))} · "
            f"{escape(names.get(each.by, 'somebody who left'))}</span><br>{escape(each.about)}"
            f"{_fields(list(each.changes))}</li>"
            for each in reversed(changes)
        )
        st.html(f'<ul class="cp-history">{rows}</ul>')
        with st.container(horizontal=True):
            from assistant.pilots.filing import write_pilot
            from ui.components.richtext import file_name

            st.download_button("The pilot as a file", data=lambda: write_pilot(desk.pilot), mime="application/yaml", key="pilot-file",
                               file_name=file_name(desk.pilot.title, "yaml"), on_click="ignore")  # fmt: skip
            if desk.record.owner_id == desk.viewer.person_id:
                st.button("Remove the pilot", key="pilot-remove", type="tertiary", on_click=remove,
                          args=(desk.house, desk.viewer, desk.record))  # fmt: skip
        st.html(f'<p class="cp-quiet">{PRACTICE}</p>')


def _fields(names: list[str]) -> str:
    if not names:
        return ""
    shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    return f' <span class="cp-quiet">({escape(shown)})</span>'
