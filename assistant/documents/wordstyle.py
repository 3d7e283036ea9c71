"""How our Word documents look: page, type, colours, and the marks that python-docx has no call for."""

import re
import unicodedata
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

ACCENT, QUIET, LINE = "2C6159", "5D6665", "C9D6CF"
SERIF, SANS = "Georgia", "Calibri"
INDENT = Cm(0.75)

# What XML cannot hold: control characters, lone halves of characters, and the two that are no characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """The text without what no Word document can hold."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def dress(document: Document) -> None:
    """Give an empty document its page, its type and its footer."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.2)
    _type(document, "Normal", SANS, 11, after=7)
    document.styles["Normal"].paragraph_format.line_spacing = 1.25
    _type(document, "Title", SERIF, 22, after=4)
    _type(document, "Subtitle", SANS, 10, colour=QUIET, after=10)
    _type(document, "Heading 1", SERIF, 15, before=18, after=6)
    _type(document, "Heading 2", SANS, 11.5, bold=True, before=10, after=4)
    _type(document, "Quote", SERIF, 11, after=5, left=INDENT)
    _type(document, "Caption", SANS, 9.5, colour=QUIET, after=6)
    for name in ("List Bullet", "List Number"):
        _type(document, name, SANS, 11, after=4)
    _question_style(document)
    _british(document)
    _page_numbers(document)


def _type(
    document: Document,
    name: str,
    font: str,
    size: float,
    *,
    colour: str = "22282A",
    bold: bool = False,
    before: float = 0,
    after: float = 6,
    left: Length | None = None,
) -> None:
    style: Any = document.styles[name]
    style.font.name, style.font.size, style.font.bold, style.font.italic = font, Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    properties = style.element.get_or_add_rPr()
    for spread in properties.findall(qn("w:spacing")):
        properties.remove(spread)
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), font)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    if left is not None:
        style.paragraph_format.left_indent = left
    for border in style.element.pPr.findall(qn("w:pBdr")) if style.element.pPr is not None else ():
        style.element.pPr.remove(border)


def _question_style(document: Document) -> None:
    style: Any = document.styles.add_style("Question", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.next_paragraph_style = document.styles["Normal"]
    style.font.size, style.font.bold = Pt(12), True
    style.font.color.rgb = RGBColor.from_string(ACCENT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(18), Pt(7)
    style.paragraph_format.keep_with_next = True
    level = OxmlElement("w:outlineLvl")  # so that the questions stand in Word's navigation
    level.set(qn("w:val"), "1")
    style.element.get_or_add_pPr().append(level)


def _british(document: Document) -> None:
    properties = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = properties.find(qn("w:lang"))
    language.set(qn("w:val"), "en-GB")


def _page_numbers(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(QUIET)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def bar(paragraph: Paragraph, colour: str = LINE) -> None:
    """A line at the left, which sets a quotation apart."""
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "10"), ("color", colour)):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr"
    )


def new_numbering(document: Document, *, start: int = 1) -> int:
    """A numbered list of its own; returns the id to hand to `number`."""
    numbering = document.part.numbering_part.element
    style: Any = document.styles["List Number"]
    known = style.element.pPr.numPr.numId.val
    abstract = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == known)
    added = numbering.add_num(abstract)
    added.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(added.numId)


def number(paragraph: Paragraph, numbering_id: int) -> None:
    """Make a paragraph an item of that list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering_id


def bookmark(paragraph: Paragraph, name: str, number_in_document: int) -> None:
    """A place that links inside the document lead to."""
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number_in_document))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


def link(paragraph: Paragraph, text: str, name: str) -> None:
    """A raised number that leads to the bookmark of this name."""
    run = paragraph.add_run(text)
    run.font.superscript, run.font.bold = True, True
    run.font.color.rgb = RGBColor.from_string(ACCENT)
    anchor = OxmlElement("w:hyperlink")
    anchor.set(qn("w:anchor"), name)
    paragraph._p.append(anchor)
    anchor.append(run._r)


def direct(paragraph: Paragraph) -> None:
    """Lay a paragraph out from right to left where its first letter is of such a script."""
    first = next((c for c in paragraph.text if c.isalpha()), "")
    if first and unicodedata.bidirectional(first) in {"R", "AL"}:
        mark = OxmlElement("w:bidi")
        paragraph._p.get_or_add_pPr().insert_element_before(
            mark, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr"
        )


def lines_between_rows(table: Table) -> None:
    """Thin lines above, below and between the rows, none at the sides."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "nil" if side in {"left", "right", "insideV"} else "single")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), LINE)
        borders.append(line)
    table._tbl.tblPr.append(borders)
