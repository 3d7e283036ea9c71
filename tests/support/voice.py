"""A synthetic voice: speaks a sentence into a WAV file, so that what listens is tested with sound."""

import ctypes
import io
import wave
from functools import cache
from typing import Any

_SYNCHRONOUS, _UTF8, _RATE_PARAMETER = 1, 1, 1


@cache
def _library() -> tuple[Any, int]:
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, str(espeakng_loader.get_data_path()).encode(), 0)
    library.espeak_SetVoiceByName(b"en-gb")
    library.espeak_SetParameter(_RATE_PARAMETER, 140, 0)
    return library, int(rate)


def spoken(text: str) -> bytes:
    """`text` said aloud, as a WAV file."""
    library, rate = _library()
    sound = bytearray()

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
    def hear(samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            sound.extend(ctypes.string_at(samples, count * 2))
        return 0

    library.espeak_SetSynthCallback(hear)
    said = text.encode()
    library.espeak_Synth(said, len(said) + 1, 0, 0, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    return as_wav(bytes(sound), rate)


def as_wav(samples: bytes, rate: int) -> bytes:
    """Samples of 16 bits as a WAV file."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples)
    return held.getvalue()
