"""A text classifier with several heads over one tuned encoder, in 8-bit integers on the processor.

The file is an ONNX graph from token ids to one row of logits for each head; its metadata name the heads' classes.
"""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.embeddings import LocalEmbedder, open_session
from knowledge.errors import EmbeddingError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = NDArray[np.float32]
MAX_TOKENS, MAX_BEFORE = 96, 28
"""What it was trained with; of a longer text the beginning is read, of what came before it the end."""
_REMEMBERED = 16


@dataclass(frozen=True)
class Ids:
    """A text as tokens; `types` are 1 for its own where another stands before it, and otherwise all 0."""

    tokens: list[int]
    types: list[int]


def ids_of(words: LocalEmbedder, texts: Sequence[str], before: Sequence[str] | None = None) -> list[Ids]:
    """Each text between the marks of beginning and end, with the text `before` it in a segment of its own if given."""
    own = [
        each if len(each) <= MAX_TOKENS else [*each[: MAX_TOKENS - 1], each[-1]]
        for each in words.token_ids(texts)
    ]
    if before is None:
        return [Ids(each, [0] * len(each)) for each in own]
    first = [[each[0], *each[1:-1][-MAX_BEFORE:], each[-1]] for each in words.token_ids(before)]
    return [
        Ids([*one, *two[1:]], [0] * len(one) + [1] * (len(two) - 1))
        for one, two in zip(first, own, strict=True)
    ]


class LocalClassifier:
    """Probabilities of each head's classes for a text; loaded at the first text, safe to share.

    `words` is an embedder whose vocabulary the encoder shares. Where the file cannot be run it has nothing to say.
    """

    def __init__(self, path: Path, words: LocalEmbedder, *, threads: int = 2) -> None:
        self._path, self._words, self._threads, self._lock = path, words, threads, threading.Lock()
        self._remembered = lru_cache(_REMEMBERED)(self._run)

    @property
    def usable(self) -> bool:
        """Whether the file is there and can be run."""
        with self._lock:
            return self._session is not None

    @property
    def data(self) -> str:
        """The digest of the lines it was trained on; empty where the file cannot be run."""
        return self._told.get("data", "") if self.usable else ""

    def probabilities(self, text: str) -> dict[str, dict[str, float]]:
        """For each head each class and its probability; nothing where the file cannot be run."""
        return self._remembered(text) if self.usable else {}

    def logits(self, texts: Sequence[str], before: Sequence[str] | None = None) -> dict[str, Floats]:
        """For each head one row a text, `(n, classes)`, each read by itself, so that company changes nothing.

        Raises `EmbeddingError` where the file cannot be run.
        """
        if not self.usable:
            raise EmbeddingError(
                f"{self._path.name} cannot be run", next_step="Install the application anew; nothing was lost"
            )
        rows = [self._row(each) for each in ids_of(self._words, texts, before)]
        return {
            head: np.stack([row[at] for row in rows]) if rows else np.zeros((0, len(of)), dtype=np.float32)
            for at, (head, of) in enumerate(self._heads.items())
        }

    def _run(self, text: str) -> dict[str, dict[str, float]]:
        rows = self._row(ids_of(self._words, [text])[0])
        return {
            head: dict(zip(classes, _softmax(row), strict=True))
            for (head, classes), row in zip(self._heads.items(), rows, strict=True)
        }

    def _row(self, ids: Ids) -> list[Floats]:
        assert self._session is not None  # noqa: S101  # asked before
        tokens = np.array([ids.tokens], dtype=np.int64)
        fed = {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        if len(self._session.get_inputs()) > len(fed):
            fed["token_type_ids"] = np.array([ids.types], dtype=np.int64)
        return [found[0] for found in self._session.run(list(self._heads), fed)]

    @cached_property
    def _heads(self) -> dict[str, list[str]]:
        heads: dict[str, list[str]] = json.loads(self._told["heads"])
        return heads

    @cached_property
    def _told(self) -> dict[str, str]:
        told: dict[str, str] = self._session.get_modelmeta().custom_metadata_map if self._session else {}
        return told

    @cached_property
    def _session(self) -> "InferenceSession | None":
        try:
            return open_session(self._path, self._threads)
        except Exception:  # noqa: BLE001  # onnxruntime's exceptions share no base class
            return None


def _softmax(row: Floats) -> list[float]:
    odds = np.exp(row - np.max(row))
    found: list[float] = (odds / odds.sum()).tolist()
    return found
