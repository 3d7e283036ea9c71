"""What was said into a microphone, written down on this machine."""

from assistant.errors import CounterpartError
from assistant.speech import Audio, Transcriber, as_line


def written_down(transcriber: Transcriber, sound: Audio) -> tuple[str, str | None]:
    """The line that was heard, or "" and what to tell the speaker. The sound itself is not kept."""
    try:
        line = as_line(transcriber.transcribe(sound))
    except CounterpartError as error:
        return "", error.message
    return line, None if line else "No words could be made out. Try again, or type it."
