"""Stories as a Word document: a heading for each, what is known of it, and its text."""

import io
from collections.abc import Sequence

import docx

from assistant.documents.wordstyle import direct, dress, writable
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
