"""An answer's Markdown written into a Word document, block by block."""

from collections.abc import Sequence

from docx.document import Document
from docx.text.paragraph import Paragraph
from markdown_it.token import Token

from assistant.advice.markup import MARKER, answer_parser
from assistant.documents.wordstyle import ACCENT, INDENT, bar, direct, link, new_numbering, number

_PARSER = answer_parser()


def write_answer(document: Document, markdown: str, *, sources: int) -> None:
    """Paragraphs, lists and quotations as Word has them; `[3]` becomes a link to source 3 if there is one."""
    writer = _Writer(document, sources)
    for token in _PARSER.parse(markdown):
        writer.take(token)


class _Writer:
    """Where in the text we are: how deep in quotations, in which lists, and whether an item just began."""

    def __init__(self, document: Document, sources: int) -> None:
        self.document, self.sources = document, sources
        self.quotes = 0
        self.lists: list[int | None] = []
        self.item_begins = False

    def take(self, token: Token) -> None:
        """One token of the parser."""
        if token.type.startswith("blockquote_"):
            self.quotes += token.nesting
        elif token.type == "bullet_list_open":
            self.lists.append(None)
        elif token.type == "ordered_list_open":
            self.lists.append(new_numbering(self.document, start=int(token.attrGet("start") or 1)))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self.lists.pop()
        elif token.type == "list_item_open":
            self.item_begins = True
        elif token.type == "inline":
            self._write(self._paragraph(), token.children or [])

    def _paragraph(self) -> Paragraph:
        if self.quotes:
            paragraph = self.document.add_paragraph(style="Quote")
            paragraph.paragraph_format.left_indent = INDENT * (self.quotes + len(self.lists))
            bar(paragraph, ACCENT)
        elif self.lists:
            paragraph = self._item(self.lists[-1])
        else:
            paragraph = self.document.add_paragraph()
        self.item_begins = False
        return paragraph

    def _item(self, numbering: int | None) -> Paragraph:
        """The first paragraph of an item carries its mark, the others stand below it."""
        if not self.item_begins:
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.left_indent = INDENT * len(self.lists)
            return paragraph
        paragraph = self.document.add_paragraph(style="List Bullet" if numbering is None else "List Number")
        if numbering is not None:
            number(paragraph, numbering)
        if len(self.lists) > 1:
            paragraph.paragraph_format.left_indent = INDENT * len(self.lists)
        return paragraph

    def _write(self, paragraph: Paragraph, tokens: Sequence[Token]) -> None:
        bold = italic = 0
        for token in tokens:
            if token.type.startswith("strong_"):
                bold += token.nesting
            elif token.type.startswith("em_"):
                italic += token.nesting
            elif token.type in {"softbreak", "hardbreak"}:
                paragraph.add_run().add_break()
            else:
                self._words(paragraph, token.content, bold=bool(bold), italic=bool(italic))
        direct(paragraph)

    def _words(self, paragraph: Paragraph, text: str, *, bold: bool, italic: bool) -> None:
        end = 0
        for match in MARKER.finditer(text):
            if 1 <= int(match.group(1)) <= self.sources:
                self._run(paragraph, text[end : match.start()], bold=bold, italic=italic)
                link(paragraph, f"\u2009{match.group(1)}", f"source-{match.group(1)}")
                end = match.end()
        self._run(paragraph, text[end:], bold=bold, italic=italic)

    @staticmethod
    def _run(paragraph: Paragraph, text: str, *, bold: bool, italic: bool) -> None:
        if text:
            run = paragraph.add_run(text)
            run.bold, run.italic = bold or None, italic or None
