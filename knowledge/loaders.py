"""Files to documents: which files there are, what each holds, and how it is cut into passages.

Nothing is fetched from the network, whatever a file says. How one format is read stands in `formats.py`.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.drafts import DraftDocument, DraftPassage, DraftWindow
from knowledge.errors import DocumentError
from knowledge.formats import READERS, Part, Reading, tidy
from knowledge.windows import split, windows

CORPUS_SUFFIX = ".jsonl"
MAX_BYTES = 50_000_000
MAX_LINE = 2_000_000
PASSAGE_WORDS = 300  # longer parts are cut, so that a citation shows something a person will read

IsUnchanged = Callable[[str, str], bool]
"""Asked with external id and content hash before anything is read further."""

_FORMAT = "1"  # raised when documents are cut up differently, so that they are read anew
_LEFT_ALONE = frozenset({"node_modules", "__pycache__", "venv"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file that lies under the given paths; with a reason if it will not be read."""

    path: Path
    reason: str = ""


def files_under(roots: Iterable[Path]) -> list[Found]:
    """All files under `roots`, each once, in order of their path; hidden files and folders are passed over.

    A file of a kind that is not read is named with the reason.
    """
    found: dict[Path, Found] = {}
    for root in roots:
        for path in _walk(root):
            found[path] = Found(path, _refusal(path))
    return [found[path] for path in sorted(found)]


def read_file(path: Path, is_unchanged: IsUnchanged) -> Iterator[DraftDocument | str]:
    """What one file holds that has changed: a document, or for a corpus one for each line.

    A line of a corpus that cannot be used comes as a sentence that says why. Raises `DocumentError` for a
    file that cannot be read.
    """
    try:
        if path.suffix.lower() == CORPUS_SUFFIX:
            yield from _corpus(path, is_unchanged)
        else:
            yield from _document(path, is_unchanged)
    except OSError as error:
        raise DocumentError(f"It cannot be read ({error.strerror or error})") from error


def _walk(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _LEFT_ALONE]
        yield from (Path(folder, name) for name in names if not name.startswith("."))


def _refusal(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in READERS and suffix != CORPUS_SUFFIX:
        return f"No text is read from {suffix or 'files without an ending'}."
    if not path.is_file():
        return "It is no file that can be read."
    if suffix != CORPUS_SUFFIX and path.stat().st_size > MAX_BYTES:
        return f"It is larger than {MAX_BYTES // 1_000_000} MB."
    return ""


def _document(path: Path, is_unchanged: IsUnchanged) -> Iterator[DraftDocument]:
    content = path.read_bytes()
    digest = hashlib.sha256(_FORMAT.encode() + content).hexdigest()
    if is_unchanged(str(path), digest):
        return
    if not content.strip():
        raise DocumentError("It is empty")
    reading = READERS[path.suffix.lower()](content)
    title = tidy(reading.title).strip() or path.stem.replace("-", " ").replace("_", " ")
    passages = tuple(_passages(_public_name(path), title, reading))
    if not passages:
        raise DocumentError("It holds no text")
    yield DraftDocument(
        external_id=str(path), source=str(path), title=title[:300], content_hash=digest, passages=passages
    )


def _public_name(path: Path) -> str:
    """Readable, the same for the same path, and different for all the files called index.md."""
    readable = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40] or "document"
    return f"{readable}-{hashlib.sha256(str(path).encode()).hexdigest()[:8]}"


def _passages(name: str, title: str, reading: Reading) -> Iterator[DraftPassage]:
    number = 0
    for part in reading.parts:
        for text in split(tidy(part.text), PASSAGE_WORDS):
            number += 1
            yield DraftPassage(
                name=f"{name}#{number}",
                section=_section(part),
                text=text,
                windows=_windows(text, " › ".join([title, *part.headings])),
                detail=_place(part),
            )


def _section(part: Part) -> str | None:
    place = f"{part.page_kind} {part.page}" if part.page else None
    return " › ".join(filter(None, [*(tidy(heading) for heading in part.headings), place]))[:300] or None


def _place(part: Part) -> dict[str, Any]:
    place: dict[str, Any] = (
        {"headings": [tidy(heading) for heading in part.headings]} if part.headings else {}
    )
    return place | ({part.page_kind: part.page} if part.page else {})


def _windows(text: str, head: str) -> tuple[DraftWindow, ...]:
    return tuple(
        DraftWindow(each, "text", position) for position, each in enumerate(windows(text, head=tidy(head)))
    )


def _corpus(path: Path, is_unchanged: IsUnchanged) -> Iterator[DraftDocument | str]:
    """A BEIR corpus: `{"_id", "title", "text"}` on each line, one passage each."""
    with path.open("rb") as lines:
        number = 0
        while line := lines.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                raise DocumentError(f"Line {number} is longer than {MAX_LINE // 1_000_000} MB")
            if line.strip():
                yield from _entry(line, number, str(path), is_unchanged)
    if not number:
        raise DocumentError("It is empty")


def _entry(line: bytes, number: int, source: str, is_unchanged: IsUnchanged) -> Iterator[DraftDocument | str]:
    try:
        entry = json.loads(line)
        name, title, text = str(entry["_id"]), str(entry.get("title") or ""), str(entry["text"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        yield f'Line {number} is no corpus entry; it needs {{"_id", "title", "text"}}.'
        return
    digest = hashlib.sha256(f"{_FORMAT}\n{title}\n{text}".encode(errors="replace")).hexdigest()
    if is_unchanged(name, digest):
        return
    title, text = tidy(title).strip(), tidy(text).strip()
    if not text:
        yield f"Line {number} holds no text."
        return
    passage = DraftPassage(name=name, text=text, windows=_windows(text, title))
    yield DraftDocument(
        external_id=name,
        source=source,
        title=title or name,
        content_hash=digest,
        passages=(passage,),
        kind="entry",
    )
