"""Before you meet: two minutes, one page, and the same on paper."""

from html import escape

import streamlit as st

from assistant.errors import CounterpartError
from assistant.prepare.prepare import MINUTES, Preparation
from prompts import phrase
from ui.components.pilots.acts import today
from ui.components.richtext import file_name
from ui.house import current_viewer, open_house
from ui.session import session, value_of

LEAD = "What is open between you, the one thing to settle, and how to begin. Drawn from what you told, and nothing else."


def show_prepare() -> None:
    """With whom, how long, and the page."""
    house = open_house()
    viewer = current_viewer(house)
    st.title("Prepare", anchor=False)
    st.html(f'<p class="cp-lead">{LEAD}</p>')
    try:
        between = house.between(viewer, session().pair.pair_id, today=today())
        st.segmented_control(
            "How long?", list(MINUTES), key="prepare-minutes", default=30,
            format_func=lambda minutes: f"{minutes} minutes", required=True,
        )  # fmt: skip
        made = house.prepare(viewer, between, minutes=int(value_of("prepare-minutes") or 30))
    except CounterpartError as error:
        st.html(f'<div class="cp-trouble" role="alert">{escape(error.message)}</div>')
        return
    _paper(made)
    _take_away(made)


def _paper(made: Preparation) -> None:
    with st.container(key="prepare-paper", border=True):
        st.html(f'<p class="cp-held">{escape(made.title)}</p>')
        for heading, lines in made.sections():
            if lines:
                st.html(_section(heading, lines, spoken=heading == phrase("prepare", "head-opening")))
        if made.why:
            st.page_link(
                "views/playbook.py", label=made.why.title, icon=":material/menu_book:",
                query_params={"card": made.why.card_id}, help=made.why.quote,
            )  # fmt: skip
        told = (
            phrase("prepare", "from-items", count=str(made.told))
            if made.told
            else phrase("prepare", "from-nothing")
        )
        st.html(f'<p class="cp-quiet">{escape(told)}</p>')


def _section(heading: str, lines: list[str], *, spoken: bool) -> str:
    kind = "cp-ear" if spoken else "cp-line"
    rows = "".join(f'<p class="{kind}" dir="auto">{escape(line)}</p>' for line in lines)
    return f'<div class="cp-part"><p class="cp-label">{escape(heading)}</p>{rows}</div>'


def _take_away(made: Preparation) -> None:
    text = (
        made.title
        + "\n\n"
        + "\n\n".join(f"{heading}\n" + "\n".join(lines) for heading, lines in made.sections() if lines)
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.download_button(
            "Word", lambda: _docx(made), file_name(made.title, "docx"), key="prepare-docx", icon=":material/download:",
            on_click="ignore",
        )  # fmt: skip
        st.html(
            f'<button type="button" class="cp-copy cp-button" data-text="{escape(text, quote=True)}">Copy</button>',
            width="content",
        )
        st.html('<p class="cp-quiet">Or print this page: only the sheet is printed.</p>', width="content")


def _docx(made: Preparation) -> bytes:
    from assistant.documents.prepare_docx import prepare_docx

    return prepare_docx(made)


show_prepare()
