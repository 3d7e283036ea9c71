"""A pilot's report as PDF, set by Typst: its words come as data, so that none of them is read as markup."""

import json
from pathlib import Path
from typing import Any

from assistant.documents.chart import chart_svg, in_a_sentence
from assistant.documents.wordstyle import writable
from assistant.errors import StoreError
from assistant.pilots.report import Report, Section

MEDIA_TYPE = "application/pdf"
_TEMPLATE = Path(__file__).with_name("pilot.typ")


def report_pdf(report: Report, *, longer: bool = False) -> bytes:
    """The content of a PDF file: one page, or the longer one. Raises `StoreError` where it cannot be set."""
    import typst

    inputs = {"data": json.dumps(_data(report, longer=longer))}
    drawn = chart_svg(report.pilot, report.reading, height=190)
    if drawn is not None:
        inputs["chart"] = writable(drawn)
    try:
        made = typst.compile(_TEMPLATE, format="pdf", sys_inputs=inputs)
    except typst.TypstError as error:
        raise StoreError(
            f"The PDF could not be set ({str(error.message)[:120]})",
            kept="The pilot is unchanged",
            next_step="Take the Word document or Markdown instead",
        ) from error
    assert isinstance(made, bytes)  # noqa: S101  # one file was asked for
    return made


def _data(report: Report, *, longer: bool) -> dict[str, Any]:
    return {
        "title": writable(report.title),
        "statement": writable(report.statement),
        "headline": writable(report.headline),
        "why": writable(" ".join(report.why)),
        "note": report.note,
        "alt": writable(in_a_sentence(report.pilot, report.reading)),
        "page": [_section(each) for each in report.page],
        "more": [_section(each) for each in report.more] if longer else [],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "lines": [writable(line) for line in section.lines],
        "rows": [[writable(cell[:1].upper() + cell[1:]) for cell in row] for row in section.rows],
        "head": list(section.head),
    }
