"""Saying a line aloud: it is written down here, looked at, and only then sent."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.speech import Transcriber
from knowledge.store.access import Viewer
from ui.components.rehearsal_desk import say
from ui.components.voice import written_down
from ui.session import session, set_value, value_of

_HEARD = "rehearse-heard"


def show_voice(house: House, viewer: Viewer, name: str) -> None:
    """A microphone where this machine can write down what is said; nothing where it cannot."""
    if house.transcriber is None:
        return
    desk = session().rehearsal
    with st.expander("Say it aloud", key="rehearse-voice"):
        key = f"rehearse-sound-{desk.takes}"
        st.audio_input(
            f"Speak to {name}",
            key=key,
            on_change=_listen,
            args=(house.transcriber, key),
            label_visibility="collapsed",
        )
        if desk.misheard:
            st.html(f'<div class="cp-trouble" role="alert">{escape(desk.misheard)}</div>')
        if value_of(_HEARD) is None or not desk.heard:
            st.html(
                '<p class="cp-quiet">It is written down on this machine, and you see it before it is sent.</p>'
            )
            return
        st.text_area("This was heard. Put it right before you say it.", key=_HEARD)
        st.button(
            f"Say this to {name}",
            key="rehearse-say-heard",
            type="primary",
            on_click=_send,
            args=(house, viewer),
        )


def _listen(transcriber: Transcriber, key: str) -> None:
    """Write down what was recorded; the sound itself is not kept."""
    desk, sound = session().rehearsal, value_of(key)
    desk.heard, desk.misheard = False, None
    if sound is None:
        return
    line, desk.misheard = written_down(transcriber, sound)
    if desk.misheard is None:
        desk.heard = True
        set_value(_HEARD, line)


def _send(house: House, viewer: Viewer) -> None:
    say(house, viewer, _HEARD)
    desk = session().rehearsal
    desk.heard, desk.takes = False, desk.takes + 1
