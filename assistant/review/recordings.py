"""A recording as a transcript: a draft that a machine wrote down on this computer, without anybody's name."""

from collections.abc import Sequence
from pathlib import PurePath

from assistant.review.transcript import Said, Transcript, merged
from assistant.speech import Spoken

RECORDED = ("wav", "mp3", "m4a", "ogg", "oga", "webm", "mp4", "flac", "aac")
DRAFT = (
    "This is a draft that a machine wrote down on this computer. Correct its words before you rely on them."
)
NAMELESS = "A recording does not say who spoke, and that is not guessed: say it line by line."


def is_recording(name: str) -> bool:
    """Whether a file is sound or video, by its name."""
    return PurePath(name).suffix.lower().lstrip(".") in RECORDED


def draft_of(name: str, spoken: Sequence[Spoken]) -> Transcript:
    """What was heard as a transcript whose speakers are still to be named; no turn where nobody spoke."""
    said = (Said(None, each.text, each.start, each.end) for each in spoken if each.text.strip())
    return Transcript(PurePath(name).name, "recording", merged(said), (DRAFT, NAMELESS))


def to_correct(transcript: Transcript) -> str:
    """The draft as lines to put names and words right in, in a form that is read again with its times."""
    return "\n".join(
        f"[{_stamp(turn.start or 0.0)}] {turn.speaker}: {turn.text}" for turn in transcript.turns
    )


def _stamp(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
