"""The page before a meeting as a Word document, one side of paper."""

import io

import docx
from docx.shared import Pt, RGBColor

from assistant.documents.wordstyle import QUIET, direct, dress, writable
from assistant.pilots.days import show_date
from assistant.prepare.prepare import Preparation
from prompts import phrase

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def prepare_docx(made: Preparation) -> bytes:
    """The content of a .docx file. What people said stays text, whatever it holds."""
    document = docx.Document()
    dress(document)
    about = document.core_properties
    about.title, about.author, about.comments = writable(made.title)[:255], "Counterpart", ""
    document.add_paragraph(writable(made.title), style="Title")
    told = (
        phrase("prepare", "from-items", count=str(made.told))
        if made.told
        else phrase("prepare", "from-nothing")
    )
    document.add_paragraph(writable(f"{show_date(made.today)} · {told}"), style="Subtitle")
    for heading, lines in made.sections():
        if not lines:
            continue
        document.add_heading(heading, level=2)
        for line in lines:
            paragraph = document.add_paragraph(
                writable(line), style="List Bullet" if len(lines) > 1 else None
            )
            paragraph.paragraph_format.space_after = Pt(2)
            direct(paragraph)
    if made.why:
        run = document.add_paragraph().add_run(writable(f"{made.why.title}: {made.why.quote}"))
        run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(QUIET)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
