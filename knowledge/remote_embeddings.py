"""Embeddings from OpenAI or any server that speaks its protocol."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from pydantic import SecretStr

from knowledge.embeddings import Floats, unit
from knowledge.errors import EmbeddingError
from knowledge.progress import Progress, silent

if TYPE_CHECKING:
    import openai
    from langchain_openai import OpenAIEmbeddings

REQUEST = 64  # texts a request: well below every service's limit, and progress moves
_KNOWN = {"text-embedding-3-small": 1536, "text-embedding-3-large": 3072, "text-embedding-ada-002": 1536}
_CHARACTERS = 24_000  # about the 8,191 tokens that these models take


class OpenAIEmbedder:
    """Vectors from a service; the openai client is made at the first text."""

    def __init__(
        self,
        model: str,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        compatible: bool = False,
        timeout: float = 60.0,
        retries: int = 2,
    ) -> None:
        self._model, self._key, self._base_url, self._compatible = model, api_key, base_url, compatible
        self._timeout, self._retries = timeout, retries

    @property
    def name(self) -> str:
        """`openai:<model>` or `openai-compatible:<model>`."""
        return f"{'openai-compatible' if self._compatible else 'openai'}:{self._model}"

    @cached_property
    def dimensions(self) -> int:
        """Length of a vector; a model that is not known is asked once. Raises `EmbeddingError`."""
        return _KNOWN.get(self._model) or len(self.embed_one("dimensions"))

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        """One row per text, in order: (n, d) float32 of unit length. Raises `EmbeddingError`."""
        report, rows = progress or silent, []
        for start in range(0, len(texts), REQUEST):
            rows += self._request(list(texts[start : start + REQUEST]))
            report("Embedding", len(rows), len(texts))
        if not rows:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return unit(np.array(rows, dtype=np.float32))

    def embed_one(self, text: str) -> Floats:
        """The vector of one text: (d,)."""
        vector: Floats = self.embed([text])[0]
        return vector

    def _request(self, texts: list[str]) -> list[list[float]]:
        import openai

        try:
            rows = self._client.embed_documents([text[:_CHARACTERS] or " " for text in texts])
        except openai.OpenAIError as error:
            raise self._translated(error) from error
        except (
            ValueError,
            TypeError,
            AttributeError,
            KeyError,
        ) as error:  # a body that is not of the protocol
            raise self._unreadable(str(error)) from error
        lengths = {len(row) for row in rows if row}
        if len(rows) != len(texts) or len(lengths) != 1 or not all(rows):
            raise self._unreadable(f"{len(rows)} vectors for {len(texts)} texts")
        return rows

    @cached_property
    def _client(self) -> "OpenAIEmbeddings":
        from langchain_openai import OpenAIEmbeddings

        if self._key is None and not self._compatible:
            raise EmbeddingError(
                "OpenAI's embeddings need a key",
                next_step="Set OPENAI_API_KEY, or COUNTERPART_EMBEDDING=local",
            )
        return OpenAIEmbeddings(
            model=self._model,
            openai_api_key=SecretStr(self._key or "none"),  # servers without keys still want the header
            openai_api_base=self._base_url,
            request_timeout=self._timeout,
            max_retries=self._retries,
            chunk_size=REQUEST,
            # Otherwise texts are sent as OpenAI's token numbers, which no other server understands.
            check_embedding_ctx_length=False,
        )

    def _translated(self, error: "openai.OpenAIError") -> EmbeddingError:
        import openai

        reasons: list[tuple[type[openai.OpenAIError], str, str]] = [
            (openai.APITimeoutError, f"did not answer within {self._timeout:.0f} seconds", "Try again later"),
            (
                openai.APIConnectionError,
                "cannot be reached",
                "Check OPENAI_BASE_URL and that the server runs",
            ),
            (openai.AuthenticationError, "does not accept the key", "Check OPENAI_API_KEY"),
            (
                openai.PermissionDeniedError,
                "does not let this key use the model",
                "Check OPENAI_API_KEY's rights",
            ),
            (
                openai.NotFoundError,
                "does not know the model or address",
                "Check COUNTERPART_EMBEDDING and OPENAI_BASE_URL",
            ),
            (
                openai.RateLimitError,
                "refuses more for now: the rate or the quota is used up",
                "Wait, or check the account",
            ),
            (openai.InternalServerError, "failed on its side", "Try again later"),
        ]
        for kind, happened, next_step in reasons:
            if isinstance(error, kind):
                return self._error(happened, next_step)
        return self._error(f"refused: {str(error)[:200]}", "Check COUNTERPART_EMBEDDING")

    def _unreadable(self, detail: str) -> EmbeddingError:
        return self._error(f"gave an answer that cannot be read ({detail[:200]})", "Check OPENAI_BASE_URL")

    def _error(self, happened: str, next_step: str) -> EmbeddingError:
        where = self._base_url or "OpenAI"
        return EmbeddingError(
            f"The embedding service at {where} (model {self._model}) {happened}",
            kept="What was embedded before is kept",
            next_step=f"{next_step}, or use COUNTERPART_EMBEDDING=local",
        )
