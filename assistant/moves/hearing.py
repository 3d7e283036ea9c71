"""Utterances as the tuned encoder reads them: who speaks, what is said, and what the other said last."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.moves.features import before
from assistant.moves.sentences import bared
from assistant.moves.utterance import Utterance

TUNED = Path(__file__).parent / "tuned.onnx"
HEAD = "moves"
_ROLES = {"sales-vp": "vp : ", "learning-executive": "learning : "}


def heard(utterances: Sequence[Utterance]) -> tuple[list[str], list[str]]:
    """The n texts, each with its speaker's role where it is known, and the n texts before them, empty for the first."""
    said = [bared(each.text) for each in utterances]
    texts = [_ROLES.get(each.role or "", "") + text for each, text in zip(utterances, said, strict=True)]
    return texts, ["" if place is None else said[place] for place in before(utterances)]


def bare(utterance: Utterance) -> Utterance:
    """The same as a poor transcript has it: lower case, no marks, nobody's role."""
    words = re.sub(r"[^\w\s'%$€£-]", " ", utterance.text.lower().replace("’", "'"))
    return replace(utterance, text=" ".join(words.split()) or utterance.text, role=None)
