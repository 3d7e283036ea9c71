"""A question that is too long to be one: said beside the words, which stay where they can be shortened."""

import streamlit as st

from assistant.advice.conversation import MAX_CHARACTERS
from ui.components.asking import SHORTER, Asker
from ui.components.unsent import keep_words, words_wait
from ui.session import session


def show_too_long(ask: Asker) -> None:
    """The message and the words, as long as they wait to be shortened; a refresh finds them again."""
    if session().too_long is None and words_wait(ask.house, ask.viewer, SHORTER):
        session().too_long = ask.house.unsent.of(ask.viewer, SHORTER)
    words = session().too_long
    if words is None:
        return
    session().newest = place = f"long-{len(words)}"  # below a long conversation nobody would see it
    st.html(
        f'<div class="cp-turn" data-turn="{place}"><div class="cp-trouble" role="alert">{_says(len(words))}</div></div>'
    )
    with st.form("shorten"):
        keep_words(ask.house, ask.viewer, SHORTER, words)
        st.text_area("Your question", key=SHORTER, height=220)
        with st.container(horizontal=True):
            st.form_submit_button("Ask", type="primary", key="shorten-ask", on_click=ask.take_shortened)
            st.form_submit_button("Leave it", key="shorten-leave", on_click=ask.leave_shortening)


def _says(characters: int) -> str:
    if characters <= MAX_CHARACTERS:
        return "You were shortening this question. It was not sent yet, and nothing of it is lost."
    return (
        f"That is {characters:,} characters, and a question has {MAX_CHARACTERS:,} at most. Nothing was sent, and "
        "nothing is lost: keep the part that matters and ask again. A whole document is better added under Documents."
    )
