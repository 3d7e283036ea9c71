"""Whether a model's words for a line say more than the line does: an order that it read somewhere, a question of its own."""

import re
import unicodedata
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.rehearsal.words import content

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
_ADDRESS = re.compile(r"//|\S@\S|\w\.[a-z]{2,}\b|\b(?:data|javascript|mailto|file|tel):\S", re.IGNORECASE)
_END = re.compile(r"(?<=[.!?;:…])[”\"’')]*\s+")
_SAME, _NEAR, _CLOSE = 0.4, 0.6, 0.3
"""Nearness to the draft or a sentence of it from which a sentence says the same: with a word of it, with none, and for
an aside."""
_ASIDE = 3
"""Words in an aside, or in what only takes up what was just said."""


def hidden(text: str) -> bool:
    """Signs that are not seen, turn the direction, or look like others; and addresses."""
    seen = unicodedata.normalize("NFKC", text)
    odd = any(unicodedata.category(sign) in {"Cf", "Cc", "Co", "Cs"} for sign in text)
    return odd or bool(_ADDRESS.search(seen)) or any("\uff01" <= sign <= "\uff5e" for sign in text)


def adds(text: str, draft: str, said: str, embed: Embed) -> bool:
    """Whether a sentence of `text` is none of `draft`, where `said` is what the other one has just said."""
    sentences, drafted = _END.split(text), [draft, *_END.split(draft)]
    rows = embed([*sentences, *drafted])
    near = (rows[: len(sentences)] @ rows[len(sentences) :].T).max(axis=1)
    return any(
        _strange(sentence, draft, said, float(cosine))
        for sentence, cosine in zip(sentences, near, strict=True)
    )


def _strange(sentence: str, draft: str, said: str, near: float) -> bool:
    own, theirs, long = content(sentence), content(draft), len(sentence.split()) > _ASIDE
    if sentence.rstrip("”\"’') ").endswith("?") and "?" not in draft:
        return long or not own <= content(said) | theirs
    if _repeats(sentence, draft, said):
        return True
    shared = len(own & theirs)
    if shared and (near >= _SAME or 2 * shared >= len(own)):
        return False
    return near < (_NEAR if long else _CLOSE if own else 0.0)


def _repeats(sentence: str, draft: str, said: str) -> bool:
    """Whether a part of it says after the other one what the draft does not."""
    theirs, heard = content(draft), content(said)
    parts = [(content(part), len(part.split())) for part in re.split(r"[,;:—–]\s*", sentence)]
    return any(own and own <= heard - theirs and words > _ASIDE for own, words in parts)
