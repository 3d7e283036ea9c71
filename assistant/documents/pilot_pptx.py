"""A pilot's report as three slides: the outcome, what happened, and the decision."""

import io
from collections.abc import Iterable
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Length, Pt

from assistant.documents.chart import chart_png, in_a_sentence
from assistant.documents.wordstyle import writable
from assistant.pilots.report import Report, Section, say, short

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_ACCENT, _QUIET, _TEXT = (RGBColor(*bytes.fromhex(each)) for each in ("2C6159", "5D6665", "22282A"))  # type: ignore[no-untyped-call]  # it ships no types
_LEFT, _WIDE = Inches(0.8), Inches(11.7)


def report_pptx(report: Report) -> bytes:
    """The content of a .pptx file with three slides."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    deck.core_properties.title, deck.core_properties.author = writable(report.title)[:255], "Counterpart"
    _outcome(deck, report)
    _happened(deck, report)
    _decision(deck, report)
    stream = io.BytesIO()
    deck.save(stream)
    return stream.getvalue()


def _outcome(deck: Any, report: Report) -> None:
    slide = _slide(deck, report.headline)
    _write(slide, [(short(report.statement, 180), 16, _QUIET)], top=1.35, height=0.5)
    picture = chart_png(report.pilot, report.reading, scale=3, width=900, height=330)
    if picture is not None:
        shown = slide.shapes.add_picture(io.BytesIO(picture), _LEFT, Inches(1.95), height=Inches(4.05))
        if shown.width > _WIDE:
            shown.height, shown.width = Emu(int(shown.height * _WIDE / shown.width)), _WIDE
        shown._element.nvPicPr.cNvPr.set("descr", writable(in_a_sentence(report.pilot, report.reading)))
    _write(slide, [(short(" ".join(report.why), 330), 16, _TEXT)], top=6.1, height=0.9)


def _happened(deck: Any, report: Report) -> None:
    sections = {section.title: section for section in report.page}
    slide = _slide(deck, say("slide-happened"))
    left = [say("sellers"), say("changed")]
    right = [say("worked"), say("failed")]
    _column(slide, (sections[name] for name in left if name in sections), left=_LEFT)
    _column(slide, (sections[name] for name in right if name in sections), left=Inches(7.0))


def _decision(deck: Any, report: Report) -> None:
    slide = _slide(deck, say("decided") if report.pilot.decision else say("ask"))
    _write(slide, [(report.ask, 24, _TEXT)], top=1.5, height=2.0)
    cannot = next((section for section in report.page if section.title == say("cannot")), None)
    if cannot is not None:
        lines = [(cannot.title, 16, _ACCENT), *((short(line, 220), 16, _TEXT) for line in cannot.lines)]
        _write(slide, lines, top=3.9, height=2.4)
    _write(slide, [(report.note, 11, _QUIET)], top=6.85, height=0.4)


def _column(slide: Any, sections: Iterable[Section], *, left: Length) -> None:
    lines: list[tuple[str, int, RGBColor]] = []
    for section in sections:
        lines.append((section.title, 16, _ACCENT))
        lines += [(short(line, 260), 18, _TEXT) for line in section.lines[:3]]
        lines.append(("", 10, _TEXT))
    _write(slide, lines, top=1.5, height=5.2, left=left, width=Inches(5.5))


def _slide(deck: Any, title: str) -> Any:
    """A slide with a real title, so that outline and screen readers have it."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = _LEFT, Inches(0.4), _WIDE, Inches(0.95)
    shape.text_frame.word_wrap, shape.text_frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    shape.text_frame.text = writable(short(title, 120))
    for paragraph in shape.text_frame.paragraphs:
        paragraph.alignment = None
        _dress(paragraph, 28 if len(title) < 80 else 24, _ACCENT, serif=True)
    return slide


def _write(
    slide: Any, lines: Iterable[tuple[str, int, RGBColor]], *, top: float, height: float,
    left: Length = _LEFT, width: Length = _WIDE,
) -> None:  # fmt: skip
    frame = slide.shapes.add_textbox(left, Inches(top), width, Inches(height)).text_frame
    frame.word_wrap = True
    for at, (text, size, colour) in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text = writable(" ".join(text.split()))
        paragraph.space_after = Pt(6)
        _dress(paragraph, size, colour)


def _dress(paragraph: Any, size: int, colour: RGBColor, *, serif: bool = False) -> None:
    from pptx.enum.text import PP_ALIGN

    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.font.size, paragraph.font.color.rgb = Pt(size), colour
    paragraph.font.name = "Georgia" if serif else "Calibri"
