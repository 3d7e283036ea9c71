"""What was told earlier and bears on what is done here, with the way to put it right or forget it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from assistant.advice.answer import Remembered
from assistant.pair.memory import said_line


def show_remembered(remembered: Sequence[Remembered]) -> None:
    """One quiet line and a link; nothing where nothing is remembered."""
    if not remembered:
        return
    st.html(f'<p class="cp-quiet cp-remembered">{escape(said_line(remembered, fit=False))}</p>')
    st.page_link("views/pair.py", label="Put right or forget what you told me", icon=":material/handshake:")
