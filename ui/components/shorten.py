"""A question that is too long to be one: said beside the words, which stay where they can be shortened."""

import streamlit as st

from assistant.advice.conversation import MAX_CHARACTERS
from ui.components.asking import Asker
from ui.session import session


def show_too_long(ask: Asker) -> None:
    """The message and the words, as long as they wait to be shortened."""
    words = session().too_long
    if words is None:
        return
    st.html(
        f'<div class="cp-trouble" role="alert">That is {len(words):,} characters, and a question has '
        f"{MAX_CHARACTERS:,} at most. Nothing was sent, and nothing is lost: keep the part that matters and ask "
        "again. A whole document is better added under Documents.</div>"
    )
    with st.form("shorten"):
        key = f"shorter-{len(words)}"
        st.text_area("Your question", value=words, key=key, height=220)
        with st.container(horizontal=True):
            st.form_submit_button(
                "Ask", type="primary", key="shorten-ask", on_click=ask.take_value, args=(key,)
            )
            st.form_submit_button("Leave it", key="shorten-leave", on_click=ask, args=("",))
