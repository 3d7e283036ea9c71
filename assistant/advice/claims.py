"""A worded answer taken apart: lines, sentences, the markers each carries, and which of them claim something."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_MARKERS = re.compile(r"\s*[\[【](\s*[sS]?\d{1,3}(?:\s*[,;]\s*[sS]?\d{1,3})*\s*)[\]】]")
_LINE = re.compile(r"^(?P<lead>\s*(?:>\s?)*(?:[-*•]\s+|\d{1,2}[.)]\s+)?)(?P<rest>.*)$")
_ABBREVIATIONS = frozenset(
    [
        "e.g.",
        "i.e.",
        "etc.",
        "vs.",
        "mr.",
        "mrs.",
        "ms.",
        "dr.",
        "st.",
        "no.",
        "approx.",
        "a.m.",
        "p.m.",
        "inc.",
        "ltd.",
    ]
)
_END = re.compile(r"[.!?…]+[”\"’')]*(?=\s|$)")
_OPEN, _CLOSE = "“", "”"
FOREIGN = re.compile(
    r"https?:|//|www\.|!\[|\]\(|<[a-z/!]|&#?\w+;|\b(?:data|javascript|vbscript|mailto|ftp|file|tel):\S"
    r"|\S@\S|\b[a-z0-9-]{2,}\.[a-z]{2,}\b",
    re.IGNORECASE,
)
"""What no passage of ours has and no answer may hold: addresses of pages and people, pictures, links, HTML."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or words in quotation marks with what leads up to them, and the markers that stand with it.

    `lead` is what the line begins with (`- `, `> `, `1. `) where this is the first of its line; `block` counts
    paragraphs, `line` lines.
    """

    text: str
    markers: tuple[int, ...]
    lead: str = ""
    block: int = 0
    line: int = 0

    @property
    def sentences(self) -> tuple[str, ...]:
        """Each sentence in it; those inside quotation marks are told apart here."""
        return tuple(_sentences(self.text, inside_quotes=True))

    @property
    def spoken(self) -> bool:
        """Whether it holds words to say or to send."""
        return _OPEN in self.text


def segments(answer: str) -> list[Segment]:
    """What an answer consists of, in order; headings and emphasis are taken off."""
    found: list[Segment] = []
    for block, paragraph in enumerate(re.split(r"\n\s*\n", _visible(answer).strip())):
        for number, line in enumerate(paragraph.splitlines()):
            match = _LINE.match(_plain(line))
            if match and match["rest"].strip():
                found += _of_line(match["rest"], _tidy(match["lead"]), block, number)
    return found


def complete(text: str) -> int:
    """How far the text is made of whole sentences with their markers; a sentence is whole once something follows it."""
    end = 0
    for match in re.finditer(
        r"[.!?…:][”\"’')]*(?:\s*[\[【][^\]】\n]{0,12}[\]】])*[.!?]?(?=\s*\n|\s+[^\s\[【])", text
    ):
        if _quotes_closed(text[: match.end()]) and not _abbreviated(text[: match.end()]):
            end = match.end()
    return end


def draft_words(text: str) -> str:
    """A reply so far, for whoever watches it grow: without markers, a half one at its end, and lines with an address."""
    bare = re.sub(r"\s*[\[【][\s\d,;sS]*$", "", _MARKERS.sub("", _visible(text)))
    return "\n".join(_plain(line) for line in bare.splitlines() if not FOREIGN.search(line)).strip()


def claims(segment: Segment) -> bool:
    """Whether it says anything that needs a source: all but labels and questions to the user."""
    text = segment.text.strip()
    words = re.findall(r"[\w’'-]+", text)
    if text.endswith(":") and len(words) <= 7 and not re.search(r"\d", text):
        return False
    return not (_asks_user(segment, text) and len(words) <= 22)


def _asks_user(segment: Segment, text: str) -> bool:
    if (
        not text.endswith("?")
        or segment.spoken
        or re.search(r"\d|%|\b(know|true|aware|heard) that\b", text, re.IGNORECASE)
    ):
        return False
    return (
        re.match(
            r"(?i)(?:and |so |then )?(which|what|who|whom|whose|where|when|how|is|are|was|do|does|did|has|have|would|could|can|will)\b",
            text,
        )
        is not None
    )


def _of_line(rest: str, lead: str, block: int, line: int) -> Iterator[Segment]:
    for position, (text, markers) in enumerate(_with_markers(rest)):
        yield Segment(text, markers, lead if position == 0 else "", block, line)


def _with_markers(line: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Sentences of a line, each with the markers in it and right behind it."""
    pieces = list(_sentences(_markers_last(line), inside_quotes=False))
    kept: list[tuple[str, tuple[int, ...]]] = []
    for piece in pieces:
        numbers = tuple(
            int(number) for group in _MARKERS.findall(piece) for number in re.findall(r"\d+", group)
        )
        words = re.sub(r"\s+([.,;:!?])", r"\1", _MARKERS.sub("", piece)).strip()
        if not words.strip(".,;:!?—–- ") and kept:
            text, before = kept[-1]
            kept[-1] = (text, tuple(dict.fromkeys((*before, *numbers))))
        elif words:
            kept.append((words, tuple(dict.fromkeys(numbers))))
    yield from kept


def _markers_last(line: str) -> str:
    """“… results [1]. Next” and “… results. [1] Next” both put the marker before the end of its sentence.

    “… results [1] Next” has two sentences as well: the second may not hide in the first.
    """
    told = re.sub(r"([.!?…]+[”\"’']*)((?:\s*[\[【]\s*[sS]?\d[^\]】]{0,10}[\]】])+)", r"\2\1", line)
    return re.sub(r"([\[【]\s*[sS]?\d[^\]】]{0,10}[\]】])\s+(?=[“\"]?[^\W\d_a-zß-ÿ])", r"\1. ", told)


def _sentences(text: str, *, inside_quotes: bool) -> Iterator[str]:
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.end()]
        if _abbreviated(piece) or (not inside_quotes and not _quotes_closed(piece)):
            continue
        if piece.strip():
            yield piece.strip()
        start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def _quotes_closed(text: str) -> bool:
    return text.count(_OPEN) <= text.count(_CLOSE) and text.count('"') % 2 == 0


def _abbreviated(piece: str) -> bool:
    last = piece.rsplit(maxsplit=1)[-1].lower().lstrip("(“\"'") if piece.split() else ""
    return last in _ABBREVIATIONS or re.fullmatch(r"[a-z]\.", last) is not None


def _visible(text: str) -> str:
    """Compatible letters made plain ones, and nothing that controls a machine or is not seen."""
    plain = "…".join(unicodedata.normalize("NFKC", part) for part in text.split("…"))
    return "".join(c if c.isprintable() or c == "\n" else " " if c.isspace() else "" for c in plain)


def _plain(line: str) -> str:
    """A line without headings and emphasis, with straight quotation marks made round."""
    bare = re.sub(r"\*\*|__|`", "", re.sub(r"^\s*#{1,6}\s+", "", line))
    return re.sub(r'"([^"\n]+)"', rf"{_OPEN}\1{_CLOSE}", bare)


def _tidy(lead: str) -> str:
    if ">" in lead:
        return "> "
    number = re.search(r"\d+", lead)
    return f"{number.group(0)}. " if number else "- " if lead.strip() else ""
