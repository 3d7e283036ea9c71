"""Settings: who words the answers, where that runs, what leaves the machine, and whether it works."""

from html import escape

import streamlit as st

from assistant.errors import CounterpartError
from ui.components.model import leaving, model_rows, show_trial
from ui.components.richtext import definition_list
from ui.house import open_house

LEAD = "Who words the coach's answers, where that runs, and what leaves this machine for it."
CHANGING = (
    "Settings are read when Counterpart starts, from its environment. To change who words the answers, set "
    "`COUNTERPART_MODEL` and start it again; `COUNTERPART_MODEL=none` keeps everything on this machine. "
    "`docs/models.md` shows OpenAI, Azure, Ollama, vLLM and others in three lines each."
)


def show_settings() -> None:
    """One page, to read; one button, to try the model out."""
    st.title("Settings", anchor=False)
    st.html(f'<p class="cp-lead">{LEAD}</p>')
    try:
        house = open_house()
        st.html(definition_list(model_rows(house)))
        if house.wording is not None:
            show_trial(house)
        st.subheader("What leaves this machine", anchor=False)
        items = "".join(f"<li>{escape(line)}</li>" for line in leaving(house))
        st.html(f'<div class="cp-answer"><ul>{items}</ul></div>')
        st.subheader("To change it", anchor=False)
        st.markdown(CHANGING)
    except CounterpartError as error:
        st.error(error.message)


show_settings()
