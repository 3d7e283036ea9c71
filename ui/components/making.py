"""How an answer was made, for whoever wants to know: who worded it, what it was given, what the check left out."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from assistant.advice.answer import Answer
from assistant.advice.making import left_out, making
from knowledge.cards import Card
from ui.components.richtext import definition_list


def show_rows_made(rows: Sequence[tuple[str, str]], *, title: str, key: str) -> None:
    """The same of something that is no answer, closed until somebody asks; nothing where no chat model was asked."""
    if not rows:
        return
    with st.container(key=key), st.expander(title):
        st.html(definition_list(rows))


def show_how_made(answer: Answer, *, message_id: str, cards: Mapping[str, Card]) -> None:
    """Closed until somebody asks."""
    with st.container(key=f"made-{message_id}"), st.expander("How this answer was made"):
        st.html(definition_list(making(answer, cards)))
        if out := left_out(answer):
            items = "".join(f"<li>{escape(text)} <em>({escape(why)})</em></li>" for text, why in out)
            st.html(
                '<p class="cp-label">The model wrote this too. It is not from the playbook and is no part of '
                f'the answer:</p><ul class="cp-left-out">{items}</ul>'
            )
