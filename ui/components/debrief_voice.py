"""A meeting told aloud: it is written down on this machine, into the box, and looked at before it is read."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.speech import Transcriber
from ui.components.voice import written_down
from ui.session import session, set_value, value_of


def show_voice(house: House, field: str) -> None:
    """A microphone where this machine can write down what is said; nothing where it cannot."""
    if house.transcriber is None:
        return
    desk = session().debrief
    with st.expander("Tell it aloud", key="debrief-voice"):
        key = f"debrief-sound-{desk.takes}"
        st.audio_input(
            "Tell it aloud", key=key, on_change=_listen, args=(house.transcriber, key, field),
            label_visibility="collapsed",
        )  # fmt: skip
        st.html(
            '<p class="cp-quiet">It is written down on this machine, into the box above. The sound is not kept.</p>'
        )
        if desk.misheard:
            st.html(f'<div class="cp-trouble" role="alert">{escape(desk.misheard)}</div>')


def _listen(transcriber: Transcriber, key: str, field: str) -> None:
    """What was heard goes behind what stands in the box already."""
    desk, sound = session().debrief, value_of(key)
    desk.misheard = None
    if sound is None:
        return
    line, desk.misheard = written_down(transcriber, sound)
    if not line:
        return
    desk.takes += 1
    set_value(field, f"{value_of(field) or ''} {line}".strip())
