"""Transcripts as text: `Name: words`, with or without times, as headers, in brackets, in bold, in columns, as a chat."""

import re
from collections.abc import Iterable, Iterator

from assistant.review.readers.labels import heading, name_and_title, speakers_of, split_label
from assistant.review.readers.stamps import STAMP, of_a_clock, seconds
from assistant.review.transcript import Reading, Said

_HEADER = re.compile(rf"^(?P<name>[^\W\d_][^\n\t]{{0,60}}?)(?:\s{{2,}}|\t+)(?P<time>{STAMP})\s*$")
_CAPTION = re.compile(rf"^\[(?P<name>[^\]\n]{{1,60}})\]\s+(?P<time>{STAMP})\s*$")
_BRACKET = re.compile(rf"^[\[(](?P<time>{STAMP})(?:\s*(?:-->?|–|-)\s*{STAMP})?[\])]\s*(?P<rest>.+)$")
_BOLD = re.compile(
    rf"^\*\*(?P<name>[^*\n(:]{{1,60}}?)\s*(?:\((?P<title>[^)\d][^)]*)\))?\s*(?:[(\[](?P<time>{STAMP})[)\]])?\s*:?\s*\*\*\s*:?\s*(?P<text>.*)$"
)
_TABS = re.compile(
    rf"^(?P<time>{STAMP})\s*\t+\s*(?:From\s+)?(?P<name>[^\t:]{{1,60}}?)(?:\s+to\s+[^\t:]+?)?\s*(?::|\t)\s*(?P<text>.*)$",
    re.IGNORECASE,
)
_DAY = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+)?"
_CHAT = re.compile(
    rf"^[\[(]?{_DAY}(?P<time>\d{{1,2}}:\d{{2}}(?::\d{{2}})?)(?:\s*[AaPp]\.?[Mm]\.?)?[\])]?\s*(?:[-–]\s*)?"
    r"(?:From\s+)?(?P<name>[^\W\d_][^:\n]{0,60}?)(?:\s+to\s+(?:Everyone|everyone|[^:\n]{1,40}))?\s*:(?!//)\s*(?P<text>.*)$"
)
_FOOTER = re.compile(r"^\s*(?:transcribed by\b.*|.*\botter\.ai\b\s*)$", re.IGNORECASE)
_QUOTED = 60
_ENOUGH = 0.3


def sniff(text: str) -> str:
    """Which of these a text is, by what most of its first lines look like."""
    sample = [line.strip() for line in text.split("\n")[:400] if line.strip()]
    if any(_FOOTER.match(line) for line in text.split("\n")[-8:]) and any(map(_HEADER.match, sample)):
        return "otter-txt"
    for name, pattern in (
        ("zoom-captions", _CAPTION),
        ("otter-txt", _HEADER),
        ("bold", _BOLD),
        ("zoom-txt", _TABS),
    ):
        hits = sum(bool(pattern.match(line)) for line in sample)
        if hits >= max(2, 0.15 * len(sample)) or (hits and hits >= 0.5 * len(sample)):
            return name
    if _share(sample, _BRACKET) > _ENOUGH and not _clocks(sample):
        return "bracketed"
    return "chat" if _share(sample, _CHAT) > _ENOUGH else "text"


def read_headers(text: str) -> Reading:
    """A line with name and time, then the words below it; a footer says which tool wrote it."""
    said: list[Said] = []
    notes: list[str] = []
    for line in _lines(text):
        found = _HEADER.match(line) or _CAPTION.match(line)
        if _FOOTER.match(line):
            continue
        if found:
            said.append(Said(found["name"].strip(), "", seconds(found["time"])))
        elif said:
            last = said.pop()
            said.append(Said(last.speaker, f"{last.text} {line}".strip(), last.start))
        else:
            notes.append(line)
    said, remarks = _without_clock(said)
    return titled(said, [*unplaced(notes), *remarks])


def read_bracketed(text: str) -> Reading:
    """`[00:05:32] Alice: words`."""
    rows = []
    for line in _lines(text):
        found = _BRACKET.match(line)
        rows.append((seconds(found["time"]), found["rest"]) if found else (None, line))
    return labelled(rows)


def read_bold(text: str) -> Reading:
    """`**Sarah (00:00):** words`, as assistants write them in Markdown."""
    said: list[Said] = []
    notes: list[str] = []
    for line in _lines(text):
        if found := _BOLD.match(line):
            title = f" ({found['title']})" if found["title"] else ""
            said.append(Said(found["name"].strip() + title, found["text"], seconds(found["time"] or "")))
        elif said and not line.startswith("#"):
            last = said.pop()
            said.append(Said(last.speaker, f"{last.text} {line}".strip(), last.start))
        else:
            notes.append(line)
    return titled(said, unplaced(notes))


def read_tabs(text: str) -> Reading:
    """Zoom's text files: time, name and words in columns."""
    return _stamped(text, _TABS)


def read_chat(text: str) -> Reading:
    """A chat log: the time of day, a name, words; a line without them goes on with the one before."""
    return _stamped(text, _CHAT)


def read_plain(text: str) -> Reading:
    """`Name: words`. A heading, a note or an address before a colon is no speaker."""
    return labelled([(None, line) for line in _lines(text)])


def _stamped(text: str, pattern: re.Pattern[str]) -> Reading:
    said: list[Said] = []
    notes: list[str] = []
    for line in _lines(text):
        found = pattern.match(line)
        if found and not heading(f"{found['name']}:"):
            said.append(Said(found["name"].strip(), found["text"].strip(), seconds(found["time"])))
        elif heading(line) or not said:
            notes.append(line)
        else:
            last = said.pop()
            said.append(Said(last.speaker, f"{last.text} {line}".strip(), last.start))
    said, remarks = _without_clock(said) if pattern is _TABS else without_times(said)
    return titled(said, [*unplaced(notes), *remarks])


def labelled(rows: list[tuple[float | None, str]]) -> Reading:
    split = [split_label(line) for _, line in rows]
    people = speakers_of([found[0] for found in split if found])
    said: list[Said] = []
    notes: list[str] = []
    for (start, line), found in zip(rows, split, strict=True):
        if found and found[0] in people:
            said.append(Said(found[0], found[1], start))
        elif heading(line) or (people and not said):
            notes.append(line)
        elif said and (people or start is None):
            said.append(Said(said[-1].speaker, line, start))
        else:
            said.append(Said(None, line, start))
    said, remarks = _without_clock(said)
    return titled(said, [*unplaced(notes), *remarks])


def titled(said: Iterable[Said], warnings: list[str]) -> Reading:
    titles: dict[str, str] = {}
    plain = []
    for each in said:
        name, title = name_and_title(each.speaker) if each.speaker else (None, "")
        if name and title:
            titles[name] = title
        plain.append(Said(name, each.text, each.start, each.end))
    return Reading(plain, warnings, titles)


def _without_clock(said: list[Said]) -> tuple[list[Said], list[str]]:
    first = next((each.start for each in said if each.start is not None), None)
    return without_times(said) if of_a_clock(first) else (said, [])


def without_times(said: list[Said]) -> tuple[list[Said], list[str]]:
    """The time of day says nothing about the start of the talk."""
    timeless = [Said(each.speaker, each.text) for each in said]
    return timeless, ["The times are of the day, not from the start of the talk; they were left out."]


def unplaced(notes: list[str]) -> list[str]:
    if not notes:
        return []
    shown = "; ".join(f"“{line[:_QUOTED]}{'…' if len(line) > _QUOTED else ''}”" for line in notes[:5])
    more = f" and {len(notes) - 5} more" if len(notes) > 5 else ""
    return [f"Not taken for speech: {shown}{more}."]


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n") if line.strip())


def _share(sample: list[str], pattern: re.Pattern[str]) -> float:
    return sum(bool(pattern.match(line)) for line in sample) / max(len(sample), 1)


def _clocks(sample: list[str]) -> bool:
    """Whether the times in brackets are of the day, as in a chat: a recording does not begin at `[10:30]`."""
    first = next((match["time"] for match in map(_BRACKET.match, sample) if match), "")
    return of_a_clock(seconds(first)) or (first.count(":") == 1 and 7 <= int(first.split(":")[0]) < 24)
