"""Whether a chat model answers: one short message, and what it says back is of no interest."""

import time
from contextlib import closing

from assistant.chat import ChatModel, Prompted
from prompts import prompt


def try_out(model: ChatModel, *, seconds: float) -> float:
    """Seconds until it had replied. Raises `ModelError`, which says what is wrong in the words of whoever set it up."""
    model.wake()  # whoever tries it may just have put right what failed
    started = time.perf_counter()
    asked = [Prompted("user", prompt("advice", "ready").render())]
    with closing(model.stream(asked, seconds=seconds)) as pieces:
        for _ in pieces:
            pass
    return time.perf_counter() - started
