"""What features know of speech: audio in, words out. What listens is in `assistant/providers/speech.py`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

Audio = Path | BinaryIO
"""A file of sound, in any format that ffmpeg reads (WAV, MP3, M4A, OGG, WebM, video too)."""
Progress = Callable[[float, float], object]
"""Gets the seconds that were listened to and the seconds there are; what it raises stops the listening."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stretch of speech: seconds from the start, and its words."""

    start: float
    end: float
    text: str


class Transcriber(Protocol):
    """Writes down what is said. Nothing leaves the machine, and the sound is not kept."""

    def transcribe(self, audio: Audio, *, progress: Progress | None = None) -> list[Spoken]:
        """What is said in `audio`, in order; an empty list where nobody speaks. Raises `SpeechError`."""


def as_line(spoken: Iterable[Spoken]) -> str:
    """All of it as one line, to be looked at before it is sent."""
    return " ".join(" ".join(each.text for each in spoken).split())
