"""The meeting room: who sits opposite, the clock, what was said, the notes, and where the next line is typed."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.rehearsal.counterpart import Exchange
from assistant.rehearsal.made import lines_made
from assistant.rehearsal.notes import Note, note_on
from assistant.rehearsal.scenario import ITEMS
from assistant.rehearsal.session import Session as Rehearsed
from assistant.rehearsal.state import State
from assistant.rehearsal.transcript import as_markdown
from knowledge.store.access import Viewer
from ui.components.making import show_rows_made
from ui.components.rehearsal_desk import branch, hint, open_rehearsal, say, stop, word
from ui.components.rehearsal_outcome import show_outcome
from ui.components.rehearsal_voice import show_voice
from ui.session import session, set_value, value_of

NOTES = {"on": "After each line", "matters": "Only when it matters", "off": "Off"}
TABLE = {
    "group": "which team",
    "metric": "which number",
    "from": "from",
    "to": "to",
    "when": "by when",
    "next_step": "who does what",
}
_NAMES = {"cold": "Closed", "neutral": "Listening", "warm": "Open"}


def show_room(house: House, viewer: Viewer, played: Rehearsed) -> None:
    """The meeting as far as it went; at its end what came of it."""
    name, notes = played.scenario.counterpart.name, _notes()
    if played.end is None:  # first: a next line may be typed while a model still words the last answer
        st.chat_input(
            f"Say something to {name}",
            key="rehearse-say",
            on_submit=say,
            args=(house, viewer, "rehearse-say"),
        )
    _show_head(played)
    _show_his(name, played.first.his[-1])
    for at, exchange in enumerate(played.exchanges):
        _show_mine(house, viewer, exchange, at)
        if session().rehearsal.to_word and exchange is played.exchanges[-1]:
            _wait(house, viewer, played)
        if notes != "off":
            _show_note(
                note_on(exchange, played.scenario, played.lines[: at + 1]), at, all_of_them=notes == "on"
            )
        _show_his(name, played.exchanges[at].reply)
    if unvoiced := session().rehearsal.unvoiced:
        st.html(f'<p class="cp-quiet cp-note">{escape(unvoiced)}</p>')
    if played.end is not None:
        show_outcome(house, viewer, played)
    else:
        _show_hint()
        show_voice(house, viewer, name)
    show_rows_made(lines_made(played.voiced), title="How these lines were made", key="made-rehearsal")
    _show_acts(house, viewer, played)


def _wait(house: House, viewer: Viewer, played: Rehearsed) -> None:
    """While a model words his answer. Whatever is pressed meanwhile ends that: the drawing stops, and the line stands."""
    slot, thinking = st.empty(), f"{played.scenario.counterpart.name} is thinking"
    line = f'<p class="cp-quiet cp-thinking" role="status">{escape(thinking)}…</p>'
    slot.html(line)
    word(house, viewer, played, show=lambda: slot.html(line))
    slot.empty()


def _show_head(played: Rehearsed) -> None:
    """Name, mood and clock: seen at a glance, and read out as words."""
    state, scenario = played.state, played.scenario
    whole = scenario.minutes_at(played.level) + state.bought
    share = max(0.0, min(1.0, state.minutes / whole)) if whole else 0.0
    left = f"{state.minutes:.0f} of {whole:.0f} minutes left" if played.end is None else "The meeting is over"
    st.html(
        '<div class="cp-room" role="status" aria-live="polite">'
        f'<div class="cp-room-who"><span class="cp-room-name">{escape(scenario.counterpart.name)}</span>'
        f'<span class="cp-room-mood" data-mood="{mood(state)}">{escape(mood_word(state))}</span></div>'
        f'<div class="cp-room-clock"><span>{escape(left)}</span>'
        f'<span class="cp-room-bar" aria-hidden="true"><span style="width:{share:.0%}"></span></span></div></div>'
    )


def mood(state: State) -> str:
    """cold, neutral, warm, or impatient where he is about to leave."""
    return "impatient" if state.patience < 2.5 else state.mood


def mood_word(state: State) -> str:
    """The same in a word that a person would use."""
    return "Losing patience" if mood(state) == "impatient" else _NAMES[state.mood]


def _notes() -> str:
    if value_of("rehearse-notes") is None:
        set_value("rehearse-notes", "on")
    return str(value_of("rehearse-notes"))


def _show_his(name: str, text: str) -> None:
    st.html(f'<div class="cp-his"><p class="cp-label">{escape(name)}</p><p>{escape(text)}</p></div>')


def _show_mine(house: House, viewer: Viewer, exchange: Exchange, at: int) -> None:
    st.html(f'<div class="cp-question">{escape(exchange.text) or "…"}</div>')
    with st.container(key=f"rehearse-turn-{at}", horizontal=True, horizontal_alignment="right"):
        st.button(
            "Try another line here", key=f"rehearse-branch-{at}", type="tertiary", icon=":material/undo:",
            on_click=branch, args=(house, viewer, at),
        )  # fmt: skip


def _show_note(note: Note, at: int, *, all_of_them: bool) -> None:
    if not (all_of_them or note.matters) or not (note.why or note.instead):
        return
    lines = "".join(f"<li>{escape(line)}</li>" for line in note.instead)
    better = f'<p class="cp-label">At that moment, for instance</p><ul>{lines}</ul>' if lines else ""
    st.html(
        f'<aside class="cp-aside" aria-label="Note on line {at + 1}">'
        f"<p>{escape(note.summary)} {escape(' '.join(note.why))}</p>{better}</aside>"
    )


def _show_hint() -> None:
    if found := session().rehearsal.hint:
        lines = "".join(f"<li>{escape(line)}</li>" for line in found)
        st.html(f'<aside class="cp-aside" role="status"><p>You could say</p><ul>{lines}</ul></aside>')


def _show_acts(house: House, viewer: Viewer, played: Rehearsed) -> None:
    with st.container(key="rehearse-acts", horizontal=True, vertical_alignment="center", gap="small"):
        if played.end is None:
            st.button(
                "What could I say now?",
                key="rehearse-hint",
                type="tertiary",
                on_click=hint,
                args=(house, viewer),
            )
        with st.popover("Notes and how it is seen", key="rehearse-options", type="tertiary"):
            st.segmented_control(
                "Notes",
                tuple(NOTES),
                key="rehearse-notes",
                format_func=lambda name: NOTES[name],
                required=True,
            )
            if st.toggle(f"Show how {played.scenario.counterpart.name} sees it", key="rehearse-state"):
                _show_state(played.state)
        if played.end is None:
            st.button("Pause", key="rehearse-pause", type="tertiary", on_click=open_rehearsal, args=(None,))
            st.button("Stop here", key="rehearse-stop", type="tertiary", on_click=stop, args=(house, viewer))
        st.download_button(
            "Save as text", lambda: as_markdown(played), file_name=f"{played.scenario.id}.md", mime="text/markdown",
            key="rehearse-save", type="tertiary", on_click="ignore",
        )  # fmt: skip


def _show_state(state: State) -> None:
    table = "".join(
        f"<dt>{escape(TABLE[item])}</dt><dd>{'on the table' if item in state.clarity else 'not yet'}</dd>"
        for item in ITEMS
    )
    st.html(
        f'<dl class="cp-facts"><dt>Patience</dt><dd>{state.patience:.0f} of 10</dd>'
        f"<dt>Trust</dt><dd>{state.trust:.0f} of 5</dd>{table}</dl>"
    )
