"""Text where a name and a time stand before the words: on a line of their own, or in brackets before a colon; and CSV."""

import csv
import io
import re
from itertools import pairwise

from assistant.review.readers import lines
from assistant.review.readers.labels import heading
from assistant.review.readers.stamps import STAMP, of_a_clock, seconds
from assistant.review.transcript import Reading, Said

_NAME = r"(?P<name>[^\W\d_][^\n\t\[\]|:]{0,60}?)"
_DAYTIME = r"(?P<half>\s*[AaPp]\.?[Mm]\.?)?"
_ALONE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^\[(?P<time>{STAMP}){_DAYTIME}\]\s+{_NAME}$",
        rf"^{_NAME}\s*(?:\||\s)\s*(?P<time>{STAMP}){_DAYTIME}$",
        rf"^(?P<time>{STAMP}){_DAYTIME}\s+[-–|]\s+{_NAME}$",
    )
)
_INLINE = (
    re.compile(rf"^{_NAME}\s*[(\[](?P<time>{STAMP})[)\]]\s*:\s*(?P<text>\S.*)$"),
    re.compile(rf"^(?P<time>{STAMP})\s+[-–]?\s*{_NAME}\s*:(?!//)\s+(?P<text>\S.*)$"),
)
_SPEAKER = ("speaker", "speaker name", "name", "who", "participant", "speaker_name")
_TEXT = ("text", "transcript", "sentence", "words", "content", "utterance", "message")
_START = ("start", "start time", "start_time", "time", "timestamp", "begin")
_MORNING, _LATE_START = 7 * 60, 300
_MOST_WORDS, _TWO = 5, 2


def sniff(text: str) -> str | None:
    """headed, inline or csv; None for anything else."""
    sample = [line.strip() for line in text.split("\n")[:400] if line.strip()]
    if sample and _columns(sample[0]):
        return "csv"
    heads = [_alone(line) for line in sample]
    names = [found["name"] for found in heads if found]
    back = len(names) == _TWO or len(set(names)) < len(
        names
    )  # people speak again; the points of an agenda do not
    if back and heads[0] and len(names) >= _TWO and not any(a and b for a, b in pairwise(heads)):
        return "headed"
    inline = [found for line in sample if (found := _inline(line))]
    early = bool(inline) and (seconds(inline[0]["time"]) or 0) < _LATE_START
    return "inline" if early and len(inline) >= max(2, 0.3 * len(sample)) else None


def read_headed(text: str) -> Reading:
    """`[10:32] Dana` or `Dana 10:32 AM`, then the words below."""
    said: list[Said] = []
    notes: list[str] = []
    daytime = False
    for line in filter(None, map(str.strip, text.split("\n"))):
        if found := _alone(line):
            first = not said
            daytime = daytime or bool(found["half"]) or (first and (seconds(found["time"]) or 0) >= _MORNING)
            said.append(Said(found["name"].strip(), "", seconds(found["time"])))
        elif said:
            last = said.pop()
            said.append(Said(last.speaker, f"{last.text} {line}".strip(), last.start))
        else:
            notes.append(line)
    remarks: list[str] = []
    if daytime or of_a_clock(said[0].start if said else None):
        said, remarks = lines.without_times(said)
    return lines.titled(said, [*lines.unplaced(notes), *remarks])


def read_inline(text: str) -> Reading:
    """`Dana (00:01): words` and `0:01 Dana: words`."""
    said: list[Said] = []
    notes: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        found = _inline(line)
        if found:
            said.append(Said(found["name"].strip(), found["text"], seconds(found["time"])))
        elif said and not heading(line):
            last = said.pop()
            said.append(Said(last.speaker, f"{last.text} {line}".strip(), last.start))
        else:
            notes.append(line)
    return lines.titled(said, lines.unplaced(notes))


def read_csv(text: str) -> Reading:
    """A table with a column for who and one for what; times only where they are stamps or seconds."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=_delimiter(text)) if row]
    except csv.Error as error:
        return Reading([], [f"The table could not be read ({error})."])
    columns = _columns(text.split("\n", 1)[0]) if rows else None
    if columns is None:
        return Reading([], ["No column for who spoke and what was said was found."])
    who, what, when = columns
    said, short = [], 0
    for row in rows[1:]:
        if len(row) <= max(who, what) or not row[what].strip():
            short += 1
            continue
        start = seconds(row[when].strip()) if when is not None and when < len(row) else None
        said.append(Said(row[who].strip() or None, row[what], start))
    remarks = [f"{short} of {len(rows) - 1} rows hold no words."] if short else []
    if said and of_a_clock(said[0].start):
        said, clock = lines.without_times(said)
        remarks += clock
    return lines.titled(said, remarks)


def _alone(line: str) -> re.Match[str] | None:
    found = next((match for pattern in _ALONE if (match := pattern.match(line))), None)
    return found if found and len(found["name"].split()) <= _MOST_WORDS else None


def _inline(line: str) -> re.Match[str] | None:
    found = next((match for pattern in _INLINE if (match := pattern.match(line))), None)
    return found if found and not heading(f"{found['name']}:") else None


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _columns(head: str) -> tuple[int, int, int | None] | None:
    names = [name.strip().strip('"').lower() for name in head.split(_delimiter(head))]
    who, what, when = (
        next((names.index(each) for each in known if each in names), None)
        for known in (_SPEAKER, _TEXT, _START)
    )
    return (who, what, when) if who is not None and what is not None else None
