"""Chroma, embedded or on a server, as the index sees it: window ids and our vectors, and nothing else.

Whatever Chroma raises leaves this module as `IndexUnavailableError`.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import numpy as np

from knowledge.errors import IndexUnavailableError
from knowledge.graph_files import cut_short
from knowledge.store.vectors import Floats, Ids

BATCH = 1_000
"""Vectors handed over at once; Chroma refuses more than 5,461."""

# At 20,000 clustered vectors the defaults (16, 100, 100) found .86 of the true 200 nearest, these .94; both
# found all of the nearest ten.
_HNSW = {"space": "cosine", "max_neighbors": 24, "ef_construction": 100, "ef_search": 300}
_PATIENCE_S = 30.0
_GREETING_S = 3.0


class Chroma:
    """An open Chroma database. `remote` tells a server from a folder of our own."""

    def __init__(self, client: Any, *, remote: bool) -> None:
        """`client` is a `chromadb.Client`, whose declared types leave out half of what it takes."""
        self.remote = remote
        self._client = client
        self._opened: dict[str, Any] = {}

    def names(self, prefix: str) -> list[str]:
        """Names of the collections that start with `prefix`."""
        with _translated("list its collections"):
            return sorted(c.name for c in self._client.list_collections() if c.name.startswith(prefix))

    def metadata(self, name: str) -> Mapping[str, Any]:
        """What `create` wrote down."""
        with _translated(f"open {name}"):
            return dict(self._collection(name).metadata or {})

    def create(self, name: str, metadata: Mapping[str, Any]) -> None:
        """An empty collection in cosine space; one of that name goes first."""
        self.drop(name)
        with _translated(f"create {name}"):
            self._opened[name] = self._client.create_collection(
                name, configuration={"hnsw": _HNSW}, metadata=dict(metadata), embedding_function=None
            )

    def drop(self, name: str) -> None:
        """Take a collection away; nothing happens where there is none."""
        from chromadb.errors import NotFoundError

        self._opened.pop(name, None)
        with _translated(f"remove {name}"):
            try:
                self._client.delete_collection(name)
            except NotFoundError:
                return

    def count(self, name: str) -> int:
        """How many vectors the collection says it holds."""
        with _translated(f"count {name}"):
            return int(self._collection(name).count())

    def vectors(self, name: str, ids: Sequence[int]) -> dict[int, Floats]:
        """The stored vectors `(d,)` of those `ids` that are there."""
        with _translated(f"read {name}"):
            found = self._collection(name).get(ids=[str(i) for i in ids], include=["embeddings"])
            rows = np.asarray(found["embeddings"], dtype=np.float32)
            return {int(key): row for key, row in zip(found["ids"], rows, strict=True)}

    def upsert(self, name: str, ids: Ids, vectors: Floats) -> None:
        """Put `(n,)` ids with their `(n, d)` vectors; what was there is replaced."""
        with _translated(f"write {name}"):
            for start in range(0, len(ids), BATCH):
                keys = [str(i) for i in ids[start : start + BATCH]]
                self._collection(name).upsert(ids=keys, embeddings=vectors[start : start + BATCH])

    def delete(self, name: str, ids: Sequence[int]) -> None:
        """Take vectors away; ids that are not there do no harm."""
        with _translated(f"write {name}"):
            for start in range(0, len(ids), BATCH):
                self._collection(name).delete(ids=[str(i) for i in ids[start : start + BATCH]])

    def query(self, name: str, vector: Floats, k: int) -> list[tuple[int, float]]:
        """The `k` nearest to `vector` `(d,)`: id and cosine similarity, best first."""
        with _translated(f"search {name}"):
            found = self._collection(name).query(
                query_embeddings=[vector], n_results=k, include=["distances"]
            )
            distances = found["distances"] or [[]]
            return [(int(key), 1.0 - far) for key, far in zip(found["ids"][0], distances[0], strict=True)]

    def alive(self) -> bool:
        """Whether it answers at all."""
        try:
            with _translated("answer"):
                return int(self._client.heartbeat()) > 0
        except IndexUnavailableError:
            return False

    def close(self) -> None:
        """Give its files or connections back."""
        self._opened.clear()
        try:
            with _translated("close"):
                self._close_connections()
                self._client.close()
        except IndexUnavailableError:
            return  # what cannot be closed is broken already, and whoever closes it is done with it

    def _close_connections(self) -> None:
        # Chroma leaves its own open, and those of a second client that it makes to look for its tenant.
        for client in (self._client, self._client._admin_client) if self.remote else ():
            client._server._session.close()

    def _collection(self, name: str) -> Any:
        if name not in self._opened:
            self._opened[name] = self._client.get_collection(name, embedding_function=None)
        return self._opened[name]


def open_folder(folder: Path) -> Chroma:
    """The embedded Chroma in `folder`. The caller holds the lock on it.

    Raises `IndexUnavailableError` where the folder cannot be used.
    """
    if (torn := cut_short(folder)) is not None:
        raise _unavailable(f"the files in {torn} are cut short")
    try:
        with _translated("open its folder"):
            import chromadb

            return Chroma(chromadb.PersistentClient(str(folder), settings=_settings()), remote=False)
    except IndexUnavailableError:
        _forget(folder)
        raise


def open_server(url: str, token: str | None) -> Chroma:
    """The Chroma server at `url`, with `token` as bearer token for a proxy in front of it.

    Raises `IndexUnavailableError` where it does not answer within seconds.
    """
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    _greet(url, headers)
    parts = urlsplit(url)
    with _translated(f"reach the server at {url}"):
        import chromadb

        client = chromadb.HttpClient(
            host=url.rstrip("/") if parts.path.strip("/") else str(parts.hostname),
            port=parts.port or (443 if parts.scheme == "https" else 80),
            ssl=parts.scheme == "https",
            headers=headers,
            settings=_settings(),
        )
        # Chroma's client waits for ever by default, and there is no setting for it.
        server: Any = client
        server._server._session.timeout = _PATIENCE_S  # private, but chromadb is pinned
        return Chroma(client, remote=True)


def discard(folder: Path) -> None:
    """Take away a folder that cannot be used; all that was in it is in SQL.

    Raises `IndexUnavailableError` where that fails.
    """
    try:
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder)
        else:
            folder.unlink(missing_ok=True)
    except OSError as error:
        raise _unavailable(f"the damaged folder {folder} cannot be removed ({error.strerror})") from error


def _greet(url: str, headers: Mapping[str, str]) -> None:
    request = Request(f"{url.rstrip('/')}/api/v2/heartbeat", headers=dict(headers))  # noqa: S310  # settings admit http(s) only
    try:
        with urlopen(request, timeout=_GREETING_S):  # noqa: S310  # likewise
            return
    except (URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise _unavailable(f"the Chroma server at {url} cannot be reached ({reason})") from error


def _settings() -> Any:
    from chromadb.config import Settings

    # Chroma would read a file .env in whatever folder a command is started from.
    return Settings(_env_file=None, anonymized_telemetry=False)


def _forget(folder: Path) -> None:
    """Chroma keeps a client that failed to start, and would hand it out again for the same folder."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient._identifier_to_system.pop(str(folder), None)
    SharedSystemClient._identifier_to_refcount.pop(str(folder), None)


@contextmanager
def _translated(doing: str) -> Iterator[None]:
    try:
        yield
    except IndexUnavailableError:
        raise
    except BaseException as error:
        # A damaged folder makes Chroma raise AttributeError, ValueError and, from Rust, panics that are no
        # `Exception`.
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        said = (str(error) or type(error).__name__).splitlines()[0]
        raise _unavailable(f"Chroma could not {doing} ({said})") from error


def _unavailable(what: str) -> IndexUnavailableError:
    return IndexUnavailableError(
        f"The vector index cannot be used: {what}",
        kept="Texts and vectors are complete in the database, and answers come from the exact search",
        next_step="Run “counterpart doctor”, or “counterpart reindex” to build the index again",
    )
