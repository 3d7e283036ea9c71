"""Captions: WebVTT from Zoom, Teams and others, SRT from Otter and others, SBV.

webvtt-py reads the blocks. What it leaves out without a word is found by counting arrows and listed; voices, which may
be several in a cue, unclosed or carry a class, are read here.
"""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from assistant.review.readers.labels import name_and_title, speakers_of, split_label
from assistant.review.readers.stamps import seconds
from assistant.review.transcript import Reading, Said

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>\n]*)>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:[a-zA-Z]{1,5}(?:\.[^\s>]*)?(?:[ \t][^>\n]*)?|\d{1,2}:\d{2}[:.\d]*)>")
_ARROW = re.compile(r"-->")
_SRT = re.compile(r"^\s*\d+:\d{2}:\d{2},\d{1,3}\s*-->", re.MULTILINE)
_CUE = re.compile(r"^\s*(?:\d+:)?\d{1,2}:\d{2}\.\d{1,3}\s*-->", re.MULTILINE)
_SBV = re.compile(r"^\d+:\d{2}:\d{2}\.\d{3},\d+:\d{2}:\d{2}\.\d{3}\s*$", re.MULTILINE)
_GUID = re.compile(
    r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.MULTILINE | re.IGNORECASE
)
_QUOTED = 80

Kind = Literal["vtt", "srt", "sbv"]


def read_vtt(text: str) -> Reading:
    """WebVTT: voices by `<v Name>`, or by `Name:` before the words."""
    return _read(text, "vtt")


def read_srt(text: str) -> Reading:
    """SRT: a name stands where the speaker changes, and holds until the next one."""
    return _read(text, "srt")


def read_sbv(text: str) -> Reading:
    """SBV: times, then words."""
    return _read(text, "sbv")


def sniff(text: str) -> str | None:
    """srt, otter-srt, sbv, or vtt without its first line, by the first times that stand in the text."""
    head = text[:20_000]
    if _SRT.search(head):
        return "otter-srt" if "otter.ai" in text[-400:].lower() else "srt"
    return "sbv" if _SBV.search(head) else vtt_family(text) if _CUE.search(head) else None


def vtt_family(text: str) -> str:
    """teams-vtt, zoom-vtt or plain vtt."""
    if _VOICE.search(text) or _GUID.search(text[:4_000]):
        return "teams-vtt"
    named = re.search(r"^\d+\n[\d:.]+ --> [\d:.]+\n[^\n:]{2,50}: ", text[:8_000], re.MULTILINE)
    return "zoom-vtt" if named else "vtt"


def _read(text: str, kind: Kind) -> Reading:
    cues, warnings = _cues(text, kind)
    said = list(_spoken(cues))
    if not any(each.speaker for each in said):
        said, titles = _by_label(said)
    else:
        said, titles = _by_voice(said)
    return Reading(said, [*warnings, *_left_out(text, kind, cues)], titles)


def _cues(text: str, kind: Kind) -> tuple[list[Any], list[str]]:
    from webvtt import sbv, srt, vtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    lines = text.strip("\n").split("\n")
    try:
        if kind == "sbv":
            return list(sbv.parse(lines)), []
        if kind == "srt" and srt.is_valid_content(lines):
            return list(srt.parse(lines)), []
        return vtt.parse(_as_vtt(lines)).captions, []
    except (MalformedFileError, MalformedCaptionError, ValueError) as error:
        return [], [f"The captions could not be read ({' '.join(str(error).split())[:120]})."]


def _as_vtt(lines: list[str]) -> list[str]:
    """Captions without their first line, or SRT whose beginning is broken, as a file that the parser takes."""
    if lines and lines[0].startswith("WEBVTT"):
        return lines
    return [
        "WEBVTT",
        "",
        *(re.sub(r"(\d),(\d{1,3})(?=\D|$)", r"\1.\2", line) if "-->" in line else line for line in lines),
    ]


def _spoken(cues: Iterable[Any]) -> Iterator[Said]:
    for cue in cues:
        raw = "\n".join(cue.lines)
        start, end = seconds(cue.start), seconds(cue.end)
        voices = list(_voices(raw))
        for position, (name, words) in enumerate(voices):
            first, last = position == 0, position == len(voices) - 1
            # a cue has one time for all its voices: the start is the first one's, the end the last one's
            yield Said(name, words, start if first else None, end if last else None)


def _voices(raw: str) -> Iterator[tuple[str | None, str]]:
    """The parts of a cue by voice; what stands before the first voice has no name."""
    parts = _VOICE.split(raw)
    if words := _words(parts[0]):
        yield None, words
    for name, spoken in zip(parts[1::2], parts[2::2], strict=True):
        if words := _words(spoken):
            yield html.unescape(name).strip() or None, words


def _words(raw: str) -> str:
    plain = html.unescape(_TAG.sub("", raw))
    return " ".join(plain.replace("\u200b", "").replace("\u200e", "").replace("\u200f", "").split())


def _by_label(said: list[Said]) -> tuple[list[Said], dict[str, str]]:
    """`Name: words`, said by that person until another is named."""
    split = [split_label(each.text) for each in said]
    people = speakers_of([found[0] for found in split if found], strict=not any(split[:3]))
    named: list[Said] = []
    titles: dict[str, str] = {}
    current = None
    for each, found in zip(said, split, strict=True):
        text = each.text
        if found and found[0] in people:
            current, title = name_and_title(found[0])
            titles |= {current: title} if title else {}
            text = found[1]
        named.append(Said(current, text, each.start, each.end))
    return named, titles


def _by_voice(said: list[Said]) -> tuple[list[Said], dict[str, str]]:
    """Titles taken off the names; words without a voice go on with the speaker before, if there is one."""
    named: list[Said] = []
    titles: dict[str, str] = {}
    current = None
    for each in said:
        if each.speaker:
            current, title = name_and_title(each.speaker)
            titles |= {current: title} if title else {}
        named.append(Said(current, each.text, each.start, each.end))
    return named, titles


def _left_out(text: str, kind: Kind, cues: list[Any]) -> list[str]:
    """Cues that the parser passed over, and blocks of words without a time."""
    found = len(_SBV.findall(text) if kind == "sbv" else _ARROW.findall(text))
    missing = max(found - len(cues), 0)
    remarks = (
        [f"{missing} of {found} cues could not be read (their times or their text are broken)."]
        if missing
        else []
    )
    read = " ".join(" ".join(cue.lines) for cue in cues)
    untimed = [block for block in _untimed(text, kind) if block not in " ".join(read.split())]
    if untimed:
        remarks.append(f"{len(untimed)} stretches without a time were left out: “{untimed[0][:_QUOTED]}”.")
    if not cues and not remarks:
        remarks.append(f"No cue could be read; it begins “{' '.join(text.split())[:_QUOTED]}”.")
    return remarks


def _untimed(text: str, kind: Kind) -> Iterator[str]:
    for number, block in enumerate(re.split(r"\n[ \t]*\n", text.strip())):
        timed = _SBV.search(block) if kind == "sbv" else _ARROW.search(block)
        first = number == 0 and block.startswith("WEBVTT")
        if not timed and not first and not block.lstrip().startswith(("NOTE", "STYLE", "REGION")):
            words = " ".join(line for line in block.split("\n") if not line.strip().isdigit())
            if re.search(r"[^\W\d_]", words):
                yield " ".join(words.split())
