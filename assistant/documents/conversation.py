"""A conversation as a Word document: questions, answers with their quotations, and the sources at the end."""

import io

import docx
from docx.document import Document
from docx.shared import Cm, Pt, RGBColor

from assistant.advice.answer import Citation, Pilot
from assistant.advice.export import NO_ANSWER, Export, ExportedTurn, pilot_rows
from assistant.advice.sources import principles_line, source_title
from assistant.documents.blocks import write_answer
from assistant.documents.wordstyle import QUIET, bar, bookmark, direct, dress, lines_between_rows, writable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NAMES, _VALUES = Cm(3), Cm(12.8)


def conversation_docx(export: Export) -> bytes:
    """The content of a .docx file. Words of users and of the playbook stay text, whatever they hold."""
    document = docx.Document()
    dress(document)
    _describe(document, export)
    document.add_paragraph(writable(export.title), style="Title")
    document.add_paragraph(export.note, style="Subtitle")
    for turn in export.turns:
        _turn(document, turn, sources=len(export.sources))
    if export.sources:
        _sources(document, export)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _describe(document: Document, export: Export) -> None:
    about = document.core_properties
    about.title, about.author, about.comments = writable(export.title)[:255], "Counterpart", ""


def _turn(document: Document, turn: ExportedTurn, *, sources: int) -> None:
    direct(document.add_paragraph(writable(turn.question).strip(), style="Question"))
    if turn.answer is None:
        document.add_paragraph(NO_ANSWER, style="Caption")
        return
    write_answer(document, writable(turn.answer), sources=sources)
    if turn.pilot:
        _pilot(document, turn.pilot)
    if turn.made:
        document.add_paragraph(writable(f"How this answer was made: {turn.made}"), style="Caption")


def _pilot(document: Document, pilot: Pilot) -> None:
    document.add_paragraph("A pilot to propose", style="Heading 2")
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, (_NAMES, _VALUES), strict=True):
        column.width = width
    for name, value in pilot_rows(pilot):
        cells = table.add_row().cells
        for cell, text in zip(cells, (name, value), strict=True):
            form = cell.paragraphs[0].paragraph_format
            form.space_before, form.space_after = Pt(3), Pt(3)
            cell.paragraphs[0].add_run(writable(text[:1].upper() + text[1:]))
        cells[0].paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string(QUIET)
    lines_between_rows(table)


def _sources(document: Document, export: Export) -> None:
    document.add_heading("Sources", level=1)
    document.add_paragraph(export.basis, style="Caption")
    for position, citation in enumerate(export.sources, 1):
        _source(document, position, citation)


def _source(document: Document, position: int, citation: Citation) -> None:
    head = document.add_paragraph()
    head.paragraph_format.keep_with_next = True
    head.paragraph_format.space_before, head.paragraph_format.space_after = Pt(8), Pt(2)
    bookmark(head, f"source-{position}", position)
    head.add_run(f"{position}  {writable(source_title(citation))}").bold = True
    if shown := " · ".join(filter(None, [citation.section, principles_line(citation)])):
        run = head.add_run(f"\n{writable(shown)}")
        run.font.size, run.font.color.rgb = Pt(9.5), RGBColor.from_string(QUIET)
    quote = document.add_paragraph(f"“{writable(citation.quote)}”", style="Quote")
    bar(quote)
    direct(quote)
