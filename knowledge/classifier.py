"""A text classifier with several heads over one tuned encoder, in 8-bit integers on the processor.

The file is an ONNX graph from token ids to one row of logits for each head; its metadata name the heads' classes.
"""

import json
import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.embeddings import LocalEmbedder, open_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = NDArray[np.float32]
MAX_TOKENS = 96
"""What it was trained with; of a longer text the beginning is read."""
_REMEMBERED = 16


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

    def _run(self, text: str) -> dict[str, dict[str, float]]:
        assert self._session is not None  # noqa: S101  # asked before
        ids = self._words.token_ids([text])[0]
        ids = ids if len(ids) <= MAX_TOKENS else [*ids[: MAX_TOKENS - 1], ids[-1]]
        fed = np.array([ids], dtype=np.int64)
        rows = self._session.run(list(self._heads), {"input_ids": fed, "attention_mask": np.ones_like(fed)})
        return {
            head: dict(zip(classes, _softmax(row[0]), strict=True))
            for (head, classes), row in zip(self._heads.items(), rows, strict=True)
        }

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


def _softmax(row: Sequence[float]) -> list[float]:
    odds = np.exp(np.asarray(row) - np.max(row))
    found: list[float] = (odds / odds.sum()).tolist()
    return found
