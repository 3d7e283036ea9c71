"""Stories as a Word document: a heading for each, what is known of it, and its text."""

import io
from collections.abc import Sequence

import docx
from docx.shared import Pt

from assistant.documents.wordstyle import direct, dress, writable
from assistant.stories.brief import Brief, sections
from assistant.stories.export import row_of
from assistant.stories.story import Story

NOTE = "Stories from the field, masked before they were kept. Each says how far it can be trusted."


def stories_docx(stories: Sequence[Story]) -> bytes:
    """The content of a .docx file, which can be imported again."""
    document = docx.Document()
    dress(document)
    about = document.core_properties
    about.title, about.author, about.comments = "Field stories", "Counterpart", ""
    document.add_heading("Field stories", level=1)
    for story in stories:
        document.add_heading(writable(story.title), level=2)
        for name, value in row_of(story).items():
            if name not in {"title", "text"}:
                told = ", ".join(value) if isinstance(value, list) else "yes" if value is True else str(value)
                document.add_paragraph(f"{name}: {writable(' '.join(told.split()))}", style="List Bullet")
        for paragraph in filter(str.strip, story.text.split("\n")):
            direct(document.add_paragraph(writable(paragraph)))
    document.core_properties.subject = NOTE
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def brief_docx(brief: Brief) -> bytes:
    """The page before a ride-along as a .docx file."""
    document = docx.Document()
    dress(document)
    about = document.core_properties
    about.title, about.author, about.comments = "Before you ride along", "Counterpart", ""
    document.add_paragraph("Before you ride along", style="Title")
    document.add_paragraph(
        writable(f"{brief.where}. {brief.lead}" if brief.where else brief.lead), style="Subtitle"
    )
    for heading, items in sections(brief):
        document.add_paragraph(writable(heading), style="Heading 2")
        for item in items:
            paragraph = document.add_paragraph(writable(item), style="List Bullet")
            paragraph.paragraph_format.space_after = Pt(2)
            direct(paragraph)
    document.add_paragraph(writable(brief.basis), style="Caption")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
