"""A pilot's report as a Word document."""

import io

import docx
from docx.document import Document
from docx.shared import Cm, Pt, RGBColor

from assistant.documents.chart import chart_png, in_a_sentence
from assistant.documents.wordstyle import QUIET, direct, dress, lines_between_rows, writable
from assistant.pilots.report import Report, Section

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WIDTH = Cm(15.8)


def report_docx(report: Report, *, longer: bool = False) -> bytes:
    """The content of a .docx file: one page, or the longer one."""
    document = docx.Document()
    dress(document)
    _tighten(document)
    about = document.core_properties
    about.title, about.author, about.comments = writable(report.title)[:255], "Counterpart", ""
    document.add_paragraph(writable(report.title), style="Title")
    direct(document.add_paragraph(writable(report.statement), style="Subtitle"))
    _headline(document, report)
    _picture(document, report)
    for section in report.page:
        _section(document, section)
    for number, section in enumerate(report.more if longer else ()):
        _section(document, section, on_a_new_page=number == 0)
    document.add_paragraph(report.note, style="Caption").paragraph_format.space_before = Pt(10)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _tighten(document: Document) -> None:
    """One page is one page: smaller margins and gaps than a conversation has."""
    page = document.sections[0]
    page.top_margin, page.bottom_margin = Cm(1.6), Cm(1.5)
    document.styles["Normal"].paragraph_format.line_spacing = 1.12
    for name, before, after in (("Normal", 0, 3), ("Heading 2", 7, 2), ("List Bullet", 0, 2)):
        form = document.styles[name].paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
    for name in ("Normal", "List Bullet"):
        document.styles[name].font.size = Pt(10.5)


def _headline(document: Document, report: Report) -> None:
    run = document.add_paragraph().add_run(writable(report.headline))
    run.font.size, run.font.bold = Pt(14), True
    if report.why:
        direct(document.add_paragraph(writable(" ".join(report.why))))


def _picture(document: Document, report: Report) -> None:
    picture = chart_png(report.pilot, report.reading, height=190)
    if picture is None:
        return
    document.add_picture(io.BytesIO(picture), width=_WIDTH)
    shape = document.inline_shapes[-1]
    shape._inline.docPr.set("descr", writable(in_a_sentence(report.pilot, report.reading)))


def _section(document: Document, section: Section, *, on_a_new_page: bool = False) -> None:
    heading = document.add_paragraph(section.title, style="Heading 2")
    heading.paragraph_format.keep_with_next = True
    heading.paragraph_format.page_break_before = on_a_new_page
    if section.rows:
        _table(document, section)
    for line in section.lines:
        style = "List Bullet" if len(section.lines) > 1 else "Normal"
        direct(document.add_paragraph(writable(line), style=style))


def _table(document: Document, section: Section) -> None:
    rows = [section.head, *section.rows] if section.head else list(section.rows)
    widths = _widths(len(rows[0]))
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for at, row in enumerate(rows):
        cells = table.add_row().cells
        for place, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.width = widths[place]
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            run = paragraph.add_run(writable(text[:1].upper() + text[1:]))
            run.font.size = Pt(10)
            if (section.head and at == 0) or (not section.head and place == 0 and len(row) == 2):
                run.font.color.rgb = RGBColor.from_string(QUIET)
            direct(paragraph)
    lines_between_rows(table)


def _widths(columns: int) -> list[Cm]:
    return {2: [Cm(5), Cm(10.8)], 4: [Cm(3.2), Cm(3.4), Cm(1.8), Cm(7.4)]}.get(
        columns, [Cm(15.8 / columns)] * columns
    )
