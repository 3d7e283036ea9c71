"""The open source: the passage behind a marker, at the side of the answer or, on a phone, below it."""

from html import escape

import streamlit as st

from assistant.advice.answer import Answer, Citation
from assistant.advice.sources import is_invented, principles_line, source_title
from ui.components.richtext import passage_html
from ui.session import session

_GRADES = {
    "article": "from the article this playbook grew out of",
    "extension": "added from practice",
    "research": "from research",
    "anecdote": "an anecdote, told once and checked by nobody",
    "verified": "verified by somebody who knows",
    "measured": "measured",
}
_SAYS = {
    "playbook": "Our playbook says so. It is advice from practice, not proof.",
    "story": "A story from the field: what one person saw.",
    "invented": "An invented example, made up to show what is meant. It did not happen to anybody here.",
    "document": "From a document that was added here. What it says is its author's, not the playbook's.",
}


def show_source(answers: dict[str, Answer]) -> None:
    """The passage that is open, if one is; `answers` by the id of their message."""
    opened = session().source
    if opened is None:
        return
    citation = _find(answers.get(opened[0]), opened[1])
    if citation is None:
        session().source = None
        return
    with st.container(key="source"):
        _head(citation)
        st.html(f'<div class="cp-passage" id="source-{citation.marker}">{passage_html(citation)}</div>')
        st.html(f'<p class="cp-quiet">{_standing(citation)}</p>')
        if citation.card_id:
            st.page_link(
                "views/playbook.py", label="Read the whole card", query_params={"card": citation.card_id}
            )


def _standing(citation: Citation) -> str:
    """What it is worth: its kind in words, and its grade."""
    graded = _GRADES.get(citation.grade or "")
    return f"{_SAYS['invented' if is_invented(citation) else citation.kind]}{f' Grade: {graded}.' if graded else ''}"


def _head(citation: Citation) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(f'<p class="cp-label">Source {citation.marker}</p>')
        st.button("Close", key="close-source", type="tertiary", on_click=_close, shortcut="Esc")
    where = escape(" · ".join(filter(None, (citation.section, principles_line(citation)))))
    st.html(
        f'<h2 class="cp-source-title">{escape(source_title(citation))}</h2><p class="cp-quiet">{where}</p>'
    )


def _close() -> None:
    session().source = None


def _find(answer: Answer | None, marker: int) -> Citation | None:
    return next((c for c in answer.citations if c.marker == marker), None) if answer else None
