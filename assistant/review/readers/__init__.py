"""Transcripts as they really come: which format a file is in, and what was said in it.

Each family of formats is a module. A reader takes the file's text or bytes and returns a `Reading`; it never raises for
odd content, it lists what it did not understand. `read_transcript` refuses what holds no speech at all.
"""

from collections.abc import Callable
from pathlib import PurePath

from assistant.errors import InputRefusedError
from assistant.review.readers import captions, headed, lines, structured, word
from assistant.review.readers.decoding import decoded
from assistant.review.transcript import Reading, Transcript, merged

MAX_BYTES = 30_000_000

TEXT_READERS: dict[str, Callable[[str], Reading]] = {
    "zoom-vtt": captions.read_vtt,
    "teams-vtt": captions.read_vtt,
    "vtt": captions.read_vtt,
    "srt": captions.read_srt,
    "otter-srt": captions.read_srt,
    "sbv": captions.read_sbv,
    "otter-txt": lines.read_headers,
    "zoom-captions": lines.read_headers,
    "bracketed": lines.read_bracketed,
    "bold": lines.read_bold,
    "zoom-txt": lines.read_tabs,
    "chat": lines.read_chat,
    "headed": headed.read_headed,
    "inline": headed.read_inline,
    "csv": headed.read_csv,
    "text": lines.read_plain,
    "gong-json": structured.read_gong,
    "fireflies-json": structured.read_fireflies,
    "json": structured.read_json,
}
WORD_READERS: dict[str, Callable[[bytes], Reading]] = {
    "teams-docx": word.read_teams,
    "meet-docx": word.read_meet,
    "docx": word.read_docx,
}
FORMATS = ("auto", *TEXT_READERS, *WORD_READERS)
"""Every value of `--format`."""

_OTHER = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Word file (.doc)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1aE\xdf\xa3": "a recording",
    b"RIFF": "a recording",
    b"ID3": "a recording",
    b"OggS": "a recording",
    b"fLaC": "a recording",
}
_MARKED = (("[Script Info]", "an ASS subtitle file"), ("<tt", "a TTML subtitle file"), ("<?xml", "an XML file"),
           ("<!DOCTYPE", "a web page"), ("<html", "a web page"), ("{\\rtf", "an RTF document"))  # fmt: skip
_ZIP = b"PK\x03\x04"


def read_transcript(name: str, content: bytes, format: str = "auto") -> Transcript:  # noqa: A002  # the option's name
    """The conversation in a file. Raises `InputRefusedError` for an unknown format or a file without speech."""
    _check(name, content, format)
    if content.startswith(_ZIP):
        chosen = format if format in WORD_READERS else word.sniff(content)
        reading = WORD_READERS[chosen](content)
    else:
        text, warnings = decoded(content)
        _refuse_binary(name, content, text)
        _refuse_markup(name, text)
        chosen = format if format in TEXT_READERS else sniff(text)
        reading = TEXT_READERS[chosen](text)
        reading.warnings[:0] = warnings
    turns = merged(each for each in reading.said if each.text.strip())
    if not turns:
        raise _no_speech(name, reading)
    transcript = Transcript(
        PurePath(name).name, reading.format or chosen, turns, tuple(reading.warnings), reading.titles
    )
    return _remarked(transcript)


def sniff(text: str) -> str:
    """The format of a text file, by what stands in it; its name may lie."""
    head = text.lstrip()
    if head[:1] in "{[" and (found := structured.sniff(head)):
        return found
    if head.startswith("WEBVTT"):
        return captions.vtt_family(text)
    if found := captions.sniff(text):
        return found
    found = lines.sniff(text)
    return headed.sniff(text) or found if found in ("text", "chat") else found


def _check(name: str, content: bytes, format: str) -> None:  # noqa: A002  # the option's name
    if format not in FORMATS:
        raise InputRefusedError(
            f"There is no transcript format “{format[:40]}”", next_step=f"Use one of {', '.join(FORMATS)}"
        )
    if not content.strip(b"\x00 \r\n\t\xff\xfe\xef\xbb\xbf"):
        raise InputRefusedError(f"{name} is empty", next_step="Choose a file with a transcript in it")
    if len(content) > MAX_BYTES:
        raise InputRefusedError(
            f"{name} is larger than {MAX_BYTES // 1_000_000} MB", next_step="Cut it into one file a meeting"
        )
    for start, what in _OTHER.items():
        if content.startswith(start) or (start == b"RIFF" and content[4:8] == b"ftyp"):
            raise InputRefusedError(
                f"{name} is {what}, not a transcript",
                next_step="Export the transcript from the meeting tool as VTT, DOCX or text",
            )


def _refuse_binary(name: str, content: bytes, text: str) -> None:
    """Bytes that were no text in any encoding: control signs among them, or hardly a letter left."""
    odd = sum(byte < 9 or 13 < byte < 32 for byte in content[:4_000] if byte)
    if odd > 0.02 * min(len(content), 4_000) or (
        b"\x00" in content[:4_000] and len(text) > 0.9 * len(content)
    ):
        raise InputRefusedError(
            f"{name} is no text and no Word document that can be opened",
            next_step="Export the transcript from the meeting tool as VTT, DOCX or text",
        )


def _refuse_markup(name: str, text: str) -> None:
    for start, what in _MARKED:
        if text.lstrip().lower().startswith(start.lower()):
            raise InputRefusedError(
                f"{name} is {what}, which is not read as a transcript",
                next_step="Export it as VTT, SRT, DOCX or text",
            )


def _no_speech(name: str, reading: Reading) -> InputRefusedError:
    seen = f": {reading.warnings[0]}" if reading.warnings else ""
    return InputRefusedError(
        f"No speech was found in {name}{seen}".rstrip("."),
        next_step="Look whether it is a transcript, or name its format with --format",
    )


def _remarked(transcript: Transcript) -> Transcript:
    if not transcript.unattributed:
        return transcript
    remark = (
        "The file does not say who spoke, and that is not guessed. "
        "Write a name and a colon before each line, and review it again."
    )
    return Transcript(
        transcript.file,
        transcript.format,
        transcript.turns,
        (remark, *transcript.warnings),
        transcript.titles,
    )
