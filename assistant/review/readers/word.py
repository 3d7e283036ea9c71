"""Word documents: Teams, Google Meet with the summary above its transcript, and plain ones."""

import io
import re

from assistant.review.readers import lines
from assistant.review.readers.stamps import STAMP, seconds
from assistant.review.transcript import Reading, Said

_TEAMS = re.compile(
    rf"^\s*(?P<name>[^\n\t]{{1,80}}?)(?:\s{{2,}}|\t+)(?P<time>{STAMP})\s*(?:\n(?P<text>.*))?$", re.DOTALL
)
_SYSTEM = re.compile(r"^\s*\S.{0,80}\b(?:started|stopped) transcription\s*$", re.DOTALL)
_STAMP_LINE = re.compile(rf"^\s*(?P<time>{STAMP})\s*$")
_TRANSCRIPT = re.compile(r"^\W*(?:.{0,160}\W)?transcript\W*$", re.IGNORECASE)
_MEET_END = re.compile(
    r"^\W*(?:meeting ended after\b.*|this editable transcript was computer generated.*)$", re.IGNORECASE
)


def sniff(content: bytes) -> str:
    """teams-docx, meet-docx or docx."""
    paragraphs = _paragraphs(content)[0]
    if sum(bool(_TEAMS.match(text)) for text in paragraphs) >= 1 and not any(
        map(_STAMP_LINE.match, paragraphs)
    ):
        return "teams-docx"
    if (
        any(map(_TRANSCRIPT.match, paragraphs))
        or sum(bool(_STAMP_LINE.match(text)) for text in paragraphs) >= 1
    ):
        return "meet-docx"
    return "docx"


def read_teams(content: bytes) -> Reading:
    """`Name   0:03`, a line break, then the words, in one paragraph; it says who switched the transcript on."""
    paragraphs, warnings = _paragraphs(content)
    said: list[Said] = []
    notes: list[str] = []
    for text in paragraphs:
        if _SYSTEM.match(text):
            continue
        if found := _TEAMS.match(text):
            said.append(
                Said(found["name"].strip(), " ".join((found["text"] or "").split()), seconds(found["time"]))
            )
        elif said:
            last = said.pop()
            said.append(Said(last.speaker, f"{last.text} {text}".strip(), last.start))
        else:
            notes.append(" ".join(text.split()))
    return lines.titled(said, [*warnings, *lines.unplaced(notes)])


def read_meet(content: bytes) -> Reading:
    """Google Meet: what stands above the transcript is a summary by a machine and was said by nobody."""
    paragraphs, warnings = _paragraphs(content)
    start = _where_speech_begins(paragraphs)
    notes = [" ".join(text.split()) for text in paragraphs[:start]]
    reading = _stamped([text for text in paragraphs[start:] if not _MEET_END.match(text)])
    reading.warnings[:0] = [*warnings, *lines.unplaced(notes)]
    return reading


def read_docx(content: bytes) -> Reading:
    """Any other document: read as text is."""
    paragraphs, warnings = _paragraphs(content)
    text = "\n".join(paragraphs)
    name = lines.sniff(text)
    readers = {
        "otter-txt": lines.read_headers,
        "zoom-captions": lines.read_headers,
        "bold": lines.read_bold,
        "bracketed": lines.read_bracketed,
        "zoom-txt": lines.read_tabs,
        "chat": lines.read_chat,
    }
    reading = readers.get(name, lines.read_plain)(text)
    reading.warnings[:0] = warnings
    return reading


def _where_speech_begins(paragraphs: list[str]) -> int:
    """After the last heading “Transcript”, else at the first line that is a time."""
    headings = [position for position, text in enumerate(paragraphs) if _TRANSCRIPT.match(text)]
    stamps = [position for position, text in enumerate(paragraphs) if _STAMP_LINE.match(text)]
    for position in reversed(headings):
        if position + 1 < len(paragraphs):
            return position + 1
    return stamps[0] if stamps else 0


def _stamped(paragraphs: list[str]) -> Reading:
    """A time on a line of its own is that of the next words alone; nothing is worked out for those after it."""
    rows: list[str] = []
    times: dict[int, float | None] = {}
    for text in (line.strip() for paragraph in paragraphs for line in paragraph.split("\n")):
        if found := _STAMP_LINE.match(text):
            times[len(rows)] = seconds(found["time"])
        elif text:
            rows.append(text)
    return lines.labelled([(times.get(position), row) for position, row in enumerate(rows)])


def _paragraphs(content: bytes) -> tuple[list[str], list[str]]:
    """Every paragraph with text, those in tables too, in order."""
    import docx
    from docx.text.paragraph import Paragraph

    try:
        document = docx.Document(io.BytesIO(content))
        texts: list[str] = []
        for block in document.iter_inner_content():
            if isinstance(block, Paragraph):
                texts.append(block.text)
            else:
                texts += [cell.text for row in block.rows for cell in row.cells]
    except Exception as error:  # noqa: BLE001  # python-docx raises whatever a broken archive makes it raise
        return [], [f"The file is no Word document that can be opened ({type(error).__name__})."]
    return [text for text in texts if text.strip()], []
