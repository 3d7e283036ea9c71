"""The report as one would forward it, its documents, the candid message, and half an hour together."""

from collections.abc import Callable
from html import escape

import streamlit as st

from assistant.documents.pilot_docx import MEDIA_TYPE as DOCX
from assistant.documents.pilot_docx import report_docx
from assistant.pilots.messages import agenda, agenda_markdown, candid_message
from assistant.pilots.report import Report, Section, report, report_markdown
from ui.components.pilots.acts import Desk, today
from ui.components.pilots.checkins import show_reading
from ui.components.richtext import file_name

_PDF, _MD = "application/pdf", "text/markdown"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def show_report(desk: Desk) -> None:
    """The page as it will be read; the documents say the same."""
    promised = desk.house.promised(desk.viewer, desk.record)
    made = report(desk.pilot, measures=desk.house.measures, today=today(), promised=promised)
    _documents(made)
    show_reading(desk, made.reading, cannot=False)
    st.html("".join(_section(section) for section in made.page[:1] + made.page[2:]))
    with st.expander("The longer report", key="pilot-longer"):
        st.html(
            "".join(_section(section) for section in made.more) or '<p class="cp-quiet">Nothing more yet.</p>'
        )
    _message(desk)
    _meeting(desk)


def _documents(made: Report) -> None:
    st.html('<p class="cp-label">To download: one page, the longer report, or three slides</p>')
    longer: tuple[tuple[str, str, str, str, Callable[[], bytes]], ...] = (
        ("One page, PDF", "pdf", _PDF, "pdf", lambda: _pdf(made, longer=False)),
        ("One page, Word", "docx", DOCX, "docx", lambda: report_docx(made)),
        ("Longer, PDF", "long-pdf", _PDF, "pdf", lambda: _pdf(made, longer=True)),
        ("Longer, Word", "long-docx", DOCX, "docx", lambda: report_docx(made, longer=True)),
        ("Slides", "pptx", _PPTX, "pptx", lambda: _pptx(made)),
        ("Markdown", "md", _MD, "md", lambda: report_markdown(made, longer=True).encode()),
    )
    with st.container(horizontal=True, gap="small", key="pilot-documents"):
        for label, key, media, ending, build in longer:
            st.download_button(label, data=build, mime=media, file_name=file_name(made.title, ending), key=f"pilot-get-{key}",
                               on_click="ignore")  # fmt: skip


def _pdf(made: Report, *, longer: bool) -> bytes:
    from assistant.documents.pilot_pdf import report_pdf

    return report_pdf(made, longer=longer)


def _pptx(made: Report) -> bytes:
    from assistant.documents.pilot_pptx import report_pptx

    return report_pptx(made)


def _section(section: Section) -> str:
    lines = "".join(f'<li dir="auto">{escape(line)}</li>' for line in section.lines)
    rows = "".join(
        "<tr>" + "".join(f'<td dir="auto">{escape(cell)}</td>' for cell in row) + "</tr>"
        for row in section.rows
    )
    head = (
        "<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in section.head) + "</tr>"
        if section.head
        else ""
    )
    table = f'<div class="cp-table"><table>{head}{rows}</table></div>' if rows else ""
    body = (
        f'<ul class="cp-plain">{lines}</ul>'
        if len(section.lines) > 1
        else "".join(f'<p dir="auto">{escape(x)}</p>' for x in section.lines)
    )
    return f'<p class="cp-label">{escape(section.title)}</p>{table}{body}'


def _message(desk: Desk) -> None:
    with st.expander("A candid message to your counterpart", key="pilot-message"):
        text = candid_message(desk.pilot, desk.side, measures=desk.house.measures, today=today())
        st.html('<p class="cp-quiet">Make it your own; nothing is sent from here.</p>')
        st.text_area(
            "Your message", value=text, height=190, key=f"pilot-message-{desk.record.version}-{desk.side}"
        )


def _meeting(desk: Desk) -> None:
    with st.expander("Thirty minutes together", key="pilot-meeting"):
        items = agenda(desk.pilot, desk.side, measures=desk.house.measures, today=today())
        rows = "".join(
            f"<dt>{item.start}–{item.end} {escape(item.title)}</dt><dd>"
            + "<br>".join(escape(line) for line in item.lines)
            + "</dd>"
            for item in items
        )
        st.html(f'<dl class="cp-facts">{rows}</dl>')
        st.download_button("The agenda", data=lambda: agenda_markdown(desk.pilot, items), mime=_MD, key="pilot-agenda",
                           file_name=file_name(f"{desk.pilot.title} agenda", "md"), on_click="ignore")  # fmt: skip
