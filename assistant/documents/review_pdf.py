"""A review as PDF, set by Typst: its words come as data, so that none of them is read as markup."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.documents.wordstyle import writable
from assistant.errors import StoreError
from assistant.review.export import Export

MEDIA_TYPE = "application/pdf"
_TEMPLATE = Path(__file__).with_name("review.typ")


def review_pdf(export: Export) -> bytes:
    """The content of a PDF file. Raises `StoreError` where it cannot be set."""
    import typst

    try:
        made = typst.compile(_TEMPLATE, format="pdf", sys_inputs={"data": json.dumps(_plain(asdict(export)))})
    except typst.TypstError as error:
        raise StoreError(
            f"The PDF could not be set ({str(error.message)[:120]})",
            kept="The review is unchanged",
            next_step="Take the Word document instead",
        ) from error
    assert isinstance(made, bytes)  # noqa: S101  # one file was asked for
    return made


def _plain(value: Any) -> Any:
    """The same with texts that any document can hold."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return writable(value) if isinstance(value, str) else value
