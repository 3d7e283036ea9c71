"""A review as a Word document: what matters with its lines, the scorecard, the figures, comments and the talk."""

import io

import docx
from docx.document import Document
from docx.shared import Cm, Pt, RGBColor

from assistant.documents.wordstyle import QUIET, bar, direct, dress, lines_between_rows, writable
from assistant.review.export import Export, Point

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_WIDE, _TWO, _FEW_COLUMNS = 15.8, 2, 5
"""How wide a page's words are in centimetres; from how many columns on the first one gives way."""


def review_docx(export: Export) -> bytes:
    """The content of a .docx file. What people said stays text, whatever it holds."""
    document = docx.Document()
    dress(document)
    about = document.core_properties
    about.title, about.author, about.comments = writable(export.title)[:255], "Counterpart", ""
    document.add_paragraph(writable(export.title), style="Title")
    document.add_paragraph(writable(export.note), style="Subtitle")
    for heading, points in export.sections:
        document.add_heading(heading, level=1)
        for point in points:
            _point(document, point)
    for heading, rows in export.tables:
        document.add_heading(heading, level=1)
        _table(document, rows)
    if export.talk:
        document.add_heading("The talk", level=1)
        _table(document, export.talk, narrow=True)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _point(document: Document, point: Point) -> None:
    head = document.add_paragraph(writable(point.title), style="Heading 2")
    head.paragraph_format.keep_with_next = True
    quote = document.add_paragraph(writable(f"“{point.quote}”"), style="Quote")
    bar(quote)
    direct(quote)
    quote.paragraph_format.keep_with_next = True
    _quiet(document, point.where)
    document.add_paragraph(writable(point.why))
    if point.instead:
        _quiet(document, "Could have been said")
    for each in point.instead:
        direct(document.add_paragraph(writable(each), style="List Bullet"))
    if point.source:
        _quiet(document, point.source)


def _quiet(document: Document, text: str) -> None:
    run = document.add_paragraph().add_run(writable(text))
    run.font.size, run.font.color.rgb = Pt(9.5), RGBColor.from_string(QUIET)


def _table(document: Document, rows: tuple[tuple[str, ...], ...], *, narrow: bool = False) -> None:
    if not rows:
        return
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.autofit = False
    first = 3.2 if narrow or len(rows[0]) > _FEW_COLUMNS else 7.4 if len(rows[0]) > _TWO else 11.4
    widths = (Cm(first), *(Cm((_WIDE - first) / (len(rows[0]) - 1)) for _ in rows[0][1:]))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in rows:
        for cell, text, width in zip(table.add_row().cells, row, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            run = paragraph.add_run(writable(text))
            run.font.size = Pt(10)
            direct(paragraph)
    lines_between_rows(table)
