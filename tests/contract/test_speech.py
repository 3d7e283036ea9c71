"""What is said is written down on this machine: with the real model, and a voice that is synthetic."""

import io
from pathlib import Path

import pytest
from support.voice import as_wav, spoken

from assistant.errors import SettingsError, SpeechError
from assistant.providers.speech import open_transcriber
from assistant.settings import Settings
from assistant.speech import Transcriber, as_line

pytest.importorskip("faster_whisper", reason="counterpart[audio] is not installed")
SAID = "The customer asked about the price of the machine, and then the deal was lost."


@pytest.fixture(scope="module")
def transcriber() -> Transcriber:
    found = open_transcriber(Settings())
    assert found is not None
    return found


def test_a_spoken_sentence_becomes_words_with_their_time(transcriber: Transcriber) -> None:
    seen: list[tuple[float, float]] = []
    found = transcriber.transcribe(
        io.BytesIO(spoken(SAID)), progress=lambda done, whole: seen.append((done, whole))
    )
    words = set(as_line(found).lower().replace(",", "").replace(".", "").split())
    assert len(words & {"customer", "price", "machine", "deal", "lost", "asked"}) >= 4, found
    assert found[0].start < found[-1].end <= seen[-1][1] + 0.5


def test_silence_is_no_words(transcriber: Transcriber) -> None:
    assert transcriber.transcribe(io.BytesIO(as_wav(bytes(32_000), 16_000))) == []


@pytest.mark.parametrize("sound", [b"", b"no sound at all", b"RIFF\x00\x00\x00\x00WAVEfmt "])
def test_what_is_no_sound_is_refused_in_words(transcriber: Transcriber, sound: bytes) -> None:
    with pytest.raises(SpeechError, match="cannot be read"):
        transcriber.transcribe(io.BytesIO(sound))


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    found = open_transcriber(Settings(speech_model_dir=tmp_path))
    assert found is not None
    with pytest.raises(SettingsError, match="COUNTERPART_SPEECH_MODEL_DIR"):
        found.transcribe(io.BytesIO(spoken("Hello")))
