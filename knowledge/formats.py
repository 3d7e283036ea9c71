"""How each format is read: bytes to a title and parts, each part with its headings and its page or slide.

A reader touches nothing but the bytes, and raises `DocumentError` with the reason where they cannot be read.
"""

import io
import logging
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from knowledge.errors import DocumentError

MAX_UNPACKED = 300_000_000
MAX_RATIO = 200
MAX_MEMBERS = 10_000
MAX_PAGES = 5_000
_SAMPLE = 200_000  # bytes that are enough to guess an encoding by

# Everything that is no text: control characters but tab and newline, direction overrides, lone surrogates.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,4000}(?:\s+\"[^\"]{0,500}\")?\)")
_SLIDE = re.compile(r"^<!-- Slide number: (\d+) -->$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch under one heading or on one page; `page_kind` is page or slide."""

    text: str
    headings: tuple[str, ...] = ()
    page: int | None = None
    page_kind: str = "page"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds. `title` is empty where the file does not say."""

    title: str
    parts: list[Part]


def tidy(text: str) -> str:
    """NFC, newlines as \\n, without control characters; lines lose their trailing blanks."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\u00a0", " ")
    cleaned = unicodedata.normalize("NFC", _UNPRINTABLE.sub("", lines))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", cleaned))


def read_text(content: bytes) -> Reading:
    """Plain text in whichever encoding."""
    return Reading("", [Part(decode(content))])


def read_markdown(content: bytes) -> Reading:
    """Markdown, by its headings; front matter gives the title."""
    import frontmatter
    import yaml

    source, title = decode(content), ""
    try:
        post = frontmatter.loads(source)
        source, title = post.content, str(post.metadata.get("title") or "")
    except (yaml.YAMLError, AttributeError, ValueError, RecursionError):
        pass  # three dashes that are no front matter are text
    return markdown_parts(source, title)


def read_html(content: bytes) -> Reading:
    """A page without its scripts and styles."""
    from markitdown import StreamInfo
    from markitdown.converters import HtmlConverter

    text = decode(content).encode()
    result = _converted(HtmlConverter, io.BytesIO(text), StreamInfo(extension=".html", charset="utf-8"))
    return markdown_parts(result.markdown, str(result.title or "").strip())


def read_docx(content: bytes) -> Reading:
    """A Word document, by its headings."""
    from markitdown import StreamInfo
    from markitdown.converters import DocxConverter

    check_archive(content)
    result = _converted(DocxConverter, io.BytesIO(content), StreamInfo(extension=".docx"))
    return markdown_parts(result.markdown, "")


def read_pptx(content: bytes) -> Reading:
    """A presentation, slide by slide, with the speaker's notes."""
    from markitdown import StreamInfo
    from markitdown.converters import PptxConverter

    check_archive(content)
    markdown = _converted(PptxConverter, io.BytesIO(content), StreamInfo(extension=".pptx")).markdown
    pieces = _SLIDE.split(markdown)
    parts = [
        Part(part.text, part.headings, int(number), "slide")
        for number, slide in zip(pieces[1::2], pieces[2::2], strict=True)
        for part in markdown_parts(slide, "").parts
    ]
    return Reading(next((part.headings[0] for part in parts if part.headings), ""), parts)


def read_pdf(content: bytes) -> Reading:
    """A PDF, page by page."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on sloppy files help nobody here
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("It is protected by a password")
        if len(reader.pages) > MAX_PAGES:
            raise DocumentError(f"It has more than {MAX_PAGES} pages")
        parts = [Part(page.extract_text() or "", (), number) for number, page in enumerate(reader.pages, 1)]
        title = str((reader.metadata.title if reader.metadata else None) or "")
    except DocumentError:
        raise
    except Exception as error:  # a broken PDF makes pypdf raise whatever it stumbles over
        raise DocumentError(f"It is no PDF that can be read ({_short(error)})") from error
    if not any(part.text.strip() for part in parts):
        raise DocumentError("It has no text layer, only pictures of pages; run text recognition on it first")
    return Reading(title, parts)


READERS: dict[str, Callable[[bytes], Reading]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
    ".text": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pptx": read_pptx,
    ".pdf": read_pdf,
}


def decode(content: bytes) -> str:
    """Text from bytes: UTF-8, UTF-16 with its mark, or what the bytes look like. Raises `DocumentError`."""
    from charset_normalizer import from_bytes

    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content[:_SAMPLE]:
        raise DocumentError("It is no text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = from_bytes(content[:_SAMPLE]).best()
    if guess is None:
        raise DocumentError("Its encoding cannot be told")
    return content.decode(guess.encoding, errors="replace")


def markdown_parts(source: str, title: str) -> Reading:
    """Markdown cut at its headings; the first heading of the first level is the title where none is given."""
    from markdown_it import MarkdownIt

    lines, parser = source.splitlines(), MarkdownIt("commonmark").disable("inline")
    tokens = parser.parse(source)
    marks = [
        (token.map, int(token.tag[1:]), plain(following.content))
        for token, following in pairwise(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]
    if not title and marks and marks[0][1] == 1:
        title = marks[0][2]
    parts = [Part(text, headings) for text, headings in _stretches(lines, marks) if text.strip()]
    return Reading(title, [Part(p.text, tuple(h for h in p.headings if h and h != title)) for p in parts])


def _stretches(
    lines: list[str], marks: list[tuple[list[int], int, str]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    path: dict[int, str] = {}
    start = 0
    for (first, after), level, heading in [*marks, ([len(lines)] * 2, 7, "")]:
        yield plain("\n".join(lines[start:first])), tuple(path[depth] for depth in sorted(path))
        path = {depth: name for depth, name in path.items() if depth < level} | {level: heading}
        start = after


def plain(markdown: str) -> str:
    """The text of links and pictures without their addresses, and no comments."""
    return _LINK.sub(r"\1", "".join(_without_comments(markdown))).strip()


def _without_comments(markdown: str) -> Iterator[str]:
    """The stretches between comments. Not by a pattern: minutes, where many are left open."""
    position = 0
    while (start := markdown.find("<!--", position)) >= 0 and (end := markdown.find("-->", start)) >= 0:
        yield markdown[position:start]
        position = end + 3
    yield markdown[position:]


def check_archive(content: bytes) -> None:
    """Raises `DocumentError` for what is no archive, or one that would unpack to far more than it should."""
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        if content.startswith(b"\xd0\xcf\x11\xe0"):
            raise DocumentError("It is protected by a password, or in the format before 2007") from error
        raise DocumentError("It is damaged, or not what its ending says") from error
    unpacked = sum(member.file_size for member in members)
    too_dense = unpacked > 20_000_000 and unpacked > MAX_RATIO * len(content)
    if unpacked > MAX_UNPACKED or too_dense or len(members) > MAX_MEMBERS:
        raise DocumentError("It would unpack to far more than a document holds, so it was left closed")


def _converted(converter: Callable[[], Any], stream: io.BytesIO, info: Any) -> Any:
    try:
        return converter().convert(stream, info)
    except Exception as error:  # converters raise whatever their parsers stumble over
        raise DocumentError(f"It is damaged, or not what its ending says ({_short(error)})") from error


def _short(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:120] or type(error).__name__
