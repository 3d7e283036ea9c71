"""A draft as it was typed, cut into lines that each know where they stand: nothing outside a change is ever touched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Part = Literal["sentence", "item", "heading", "header", "greeting", "closing", "quoted"]
Kind = Literal["mail", "agenda", "outline", "note"]

READ: tuple[Part, ...] = ("sentence", "item", "heading")
"""The parts whose moves are read; a greeting says nothing, and what is quoted is the other's."""

_BULLET = re.compile(r"^[ \t]*(?:[-*•–◦▪]|\d{1,2}[.)]|[a-z][.)]|\[[ xX]?\])[ \t]+")
_HEADING = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|(?:slide|folie|part|section)[ \t]+\d+[ \t]*[:.–-]?[ \t]*)", re.IGNORECASE
)
_HEADER = re.compile(
    r"^[ \t]*(?:to|cc|bcc|from|date|sent|when|where|time|location|attendees|participants|present|duration|agenda|invitees)[ \t]*:|^[ \t]*agenda[ \t:]*$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^[ \t]*(?:subject|re|title|topic|betreff)[ \t]*:[ \t]*", re.IGNORECASE)
_QUOTED = re.compile(r"^[ \t]*>")
_REST_QUOTED = re.compile(
    r"^[ \t]*(?:-{2,} ?(?:original message|forwarded message)|on .{4,120} wrote:[ \t]*$|_{8,}[ \t]*$|from:[ \t].*@)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^[ \t]*(?:--[ \t]*$|sent from my\b)", re.IGNORECASE)
_GREETING = re.compile(
    r"^[ \t]*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|morning)\b(?:[ \t]+[\w.'’&-]+){0,4}[ \t]*(?:[,!:–—-]|$)[ \t]*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^[ \t]*(?:(?:best|kind|warm|many)?[ \t]*(?:regards|wishes|thanks)|thank you(?: (?:so much|very much|both|all|in advance))?|thanks(?: (?:again|so much|a lot|in advance|both|all))?|cheers|best|yours(?: \w+)?|sincerely|all the best|see you(?: (?:soon|then|on \w+|next \w+))?|take care|(?:speak|talk)(?: to you)? (?:soon|then)|until then|have a (?:good|great|nice|lovely) \w+)[ \t]*(?:[,.!]+[ \t]*(?:[\w.'’-]+[ \t]*){0,3})?$",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[.?!…])[\"'”’)]*\s+(?=\S)")
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|st|vs|no|e\.g|i\.e|approx|etc|incl|resp|[A-Z])\.$", re.IGNORECASE
)

_SIGNED = re.compile(r"[-–— ]*(?:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}|[a-z]{2,12}|x+)")


@dataclass(frozen=True, slots=True)
class DraftLine:
    """`text` is `draft[start:end]`; `paragraph` counts from 0. A bullet or number before an item is not in it."""

    id: str
    start: int
    end: int
    text: str
    part: Part
    paragraph: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, whole, and its lines in order."""

    text: str
    kind: Kind
    lines: tuple[DraftLine, ...]

    @property
    def own(self) -> tuple[DraftLine, ...]:
        """The lines that are read."""
        return tuple(line for line in self.lines if line.part in READ)

    @property
    def words(self) -> int:
        """Words of one's own, greeting and farewell included."""
        return sum(len(line.text.split()) for line in self.lines if line.part not in ("quoted", "header"))


def read_draft(text: str) -> Draft:
    """Cut a draft into lines. Any text has a reading; one without words has no lines."""
    spans = _signed(text, _named(text, list(_spans(text))))
    lines = tuple(
        DraftLine(f"l{number}", start, end, text[start:end], part, paragraph)
        for number, (start, end, part, paragraph) in enumerate(spans, start=1)
    )
    return Draft(text, _kind(lines, text), lines)


Span = tuple[int, int, Part, int]


def _spans(text: str) -> Iterator[Span]:
    """Every line's bounds and part; wrapped lines of a paragraph are read as one."""
    paragraph, ended, quoted = 0, False, False
    pending: tuple[int, int] | None = None
    at = 0
    begun = False
    for raw in text.splitlines(keepends=True):
        start, end = at, at + len(raw.rstrip("\r\n"))
        at += len(raw)
        row = text[start:end]
        quoted = quoted or bool(_REST_QUOTED.match(row))
        part = _part(row, begun=begun, ended=ended, quoted=quoted)
        if pending and part != "sentence":
            yield from _sentences(text, *pending, paragraph)
            pending = None
        if part is None:
            paragraph += 1
            continue
        begun = True
        if part == "greeting":
            found = _GREETING.match(row)
            cut = start + (found.end() if found else 0)
            yield start + _indent(row), start + len(row[: cut - start].rstrip()), "greeting", paragraph
            if text[cut:end].strip():
                pending = (cut, end)
        elif part == "sentence":
            pending = (pending[0], end) if pending else (start, end)
        else:
            ended = ended or part == "closing"
            body = start + _marker(row, part)
            if text[body:end].strip():
                yield body, start + len(row.rstrip()), part, paragraph
    if pending:
        yield from _sentences(text, *pending, paragraph)


_ADDRESSED = re.compile(r"[A-Z][\w'’-]+(?:(?:,| and| &) [A-Z][\w'’-]+){0,2}[ \t]*[,!–—-][ \t]*\n+")


def _named(text: str, spans: list[Span]) -> list[Span]:
    """“Ines,” alone in the first row of all is a greeting."""
    first = next(
        (at for at, each in enumerate(spans) if each[2] not in ("header", "heading", "quoted")), None
    )
    if first is None or spans[first][2] != "sentence":
        return spans
    start, end, part, paragraph = spans[first]
    found = _ADDRESSED.match(text, start, end)
    if found is None:
        return spans
    named = len(found.group(0).rstrip())
    return [
        *spans[:first],
        (start, start + named, "greeting", paragraph),
        (found.end(), end, part, paragraph),
        *spans[first + 1 :],
    ]


def _signed(text: str, spans: list[Span]) -> list[Span]:
    """A name alone at the end of a mail is a signature."""
    own = [at for at, (_, _, part, _) in enumerate(spans) if part != "quoted"]
    if len(own) < 2 or not any(part == "greeting" for _, _, part, _ in spans):
        return spans
    start, end, part, paragraph = spans[own[-1]]
    if part == "sentence" and (_SIGNED.fullmatch(text[start:end]) or _CLOSING.match(text[start:end])):
        spans[own[-1]] = (start, end, "closing", paragraph)
    return spans


def _part(row: str, *, begun: bool, ended: bool, quoted: bool) -> Part | None:
    if not row.strip():
        return None
    signs: tuple[tuple[Part, bool], ...] = (
        ("quoted", quoted or bool(_QUOTED.match(row))),
        ("closing", ended or bool(_SIGNATURE.match(row)) or (begun and bool(_CLOSING.match(row)))),
        ("header", bool(_HEADER.match(row))),
        ("heading", bool(_HEADING.match(row) or _SUBJECT.match(row))),
        ("item", bool(_BULLET.match(row))),
        ("greeting", len(row) < 400 and _greets(row)),
    )
    return next((part for part, seen in signs if seen), "sentence")


def _greets(row: str) -> bool:
    """ "Hi Dana," greets; "Hey, that worked" does too; "Dear customers were lost" does not."""
    found = _GREETING.match(row)
    return found is not None and (found.group(0).rstrip()[-1:] in ",!:–—-" or found.end() == len(row))


def _marker(row: str, part: Part) -> int:
    """Where the words begin, behind a bullet, a number, hashes or `Subject:`."""
    for pattern in (_BULLET,) if part == "item" else (_HEADING, _SUBJECT) if part == "heading" else ():
        if found := pattern.match(row):
            return found.end()
    return _indent(row)


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())


def _sentences(text: str, start: int, end: int, paragraph: int) -> Iterator[Span]:
    start += _indent(text[start:end])
    begin = start
    for found in _END.finditer(text, start, end):
        stop = found.start() + len(found.group(0).rstrip())
        if _SHORTENED.search(text[begin:stop]):
            continue
        yield begin, stop, "sentence", paragraph
        begin = found.end()
    if text[begin:end].strip():
        yield begin, begin + len(text[begin:end].rstrip()), "sentence", paragraph


def _kind(lines: tuple[DraftLine, ...], text: str) -> Kind:
    parts = [line.part for line in lines]
    if (
        "greeting" in parts
        or "closing" in parts
        or re.search(r"^\s*(?:subject|to)\s*:", text, re.IGNORECASE | re.MULTILINE)
    ):
        return "mail"
    items, headings = parts.count("item"), parts.count("heading")
    if headings > 1:
        return "outline"
    agenda = re.search(r"\bagenda\b", text[:200], re.IGNORECASE) or re.search(
        r"\b\d{1,3} ?min", text, re.IGNORECASE
    )
    if agenda and items > 1:
        return "agenda"
    return "outline" if items > len(parts) / 2 and items > 1 else "note"
