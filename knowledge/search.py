"""Search: candidates from the vector index and from full text, filtered by who may see them, and ranked.

A passage scores by its best window. Similarity and word match are added with fixed weights, which did better
on the retrieval questions than reciprocal ranks. When the index cannot answer, the exact scan does.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from knowledge.drafts import check_model
from knowledge.embeddings import Embedder
from knowledge.errors import IndexUnavailableError
from knowledge.exact import ExactScan
from knowledge.index import VectorIndex
from knowledge.lexical import lexical_query
from knowledge.lookup import Found, similarities, visible_passages, with_passages
from knowledge.store.access import Viewer
from knowledge.store.engine import Store
from knowledge.store.tables import Collection

Floats = NDArray[np.float32]
Path = Literal["chroma", "exact"]

CANDIDATES = 200  # windows asked for at first, from either side
INDEX_LIMIT = 1_600  # past this many the exact scan is quicker than the index
LEXICAL_WEIGHT = 0.35  # chosen on the tuning half of the retrieval questions


@dataclass(frozen=True, slots=True)
class WindowHit:
    """A window that matched. `dense` is the cosine similarity, `lexical` 0..1, `fused` their weighted sum."""

    window_id: int
    passage_name: str
    card_id: str | None
    kind: str
    section: str | None
    position: int
    text: str
    dense: float
    lexical: float
    fused: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that matched, with its best window. `passage_id` is its public name."""

    passage_id: str
    document_id: str
    kind: str
    title: str
    section: str | None
    text: str
    score: float
    dense: float
    lexical: float
    window_id: int
    window_kind: str
    window_text: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Results:
    """Hits, best first, which path found them, and how long it took: embed, retrieve, total."""

    hits: list[Hit]
    path: Path
    timings_ms: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Scored:
    """A visible window with its scores."""

    window_id: int
    passage_id: int
    dense: float
    lexical: float

    @property
    def fused(self) -> float:
        return fused(self.dense, self.lexical)


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A passage with the best of each score among its windows, and the window that is best by both."""

    dense: float
    lexical: float
    best: _Scored

    @property
    def score(self) -> float:
        return fused(self.dense, self.lexical)


def fused(dense: float, lexical: float) -> float:
    """One score out of two: the weighted sum."""
    return (1 - LEXICAL_WEIGHT) * dense + LEXICAL_WEIGHT * lexical


class Search:
    """Ranked passages for a question. Safe to share between threads."""

    def __init__(self, store: Store, embedder: Embedder, index: VectorIndex) -> None:
        self._store, self._embedder, self._index = store, embedder, index
        self._exact = ExactScan(store, embedder.name)

    def search(
        self,
        query: str,
        *,
        viewer: Viewer,
        collections: Sequence[str],
        k: int = 10,
        role: str | None = None,
        vector: Floats | None = None,
    ) -> Results:
        """The `k` best passages that `viewer` may see; with `role`, of cards only those for that role.

        A collection that does not exist holds nothing. Raises `EmbeddingMismatchError` where a collection was
        built with another model, and `EmbeddingError` where the question cannot be embedded.
        """
        started = time.perf_counter()
        vector = self._embedder.embed_one(query) if vector is None else vector
        embedded = time.perf_counter()
        path, scored = self._scored(query, vector, viewer, collections, k)
        hits = self._hits(scored, k, role)
        done = time.perf_counter()
        timings = {"embed": embedded - started, "retrieve": done - embedded, "total": done - started}
        return Results(hits, path, {name: round(spent * 1000, 2) for name, spent in timings.items()})

    def documents(
        self,
        query: str,
        *,
        viewer: Viewer,
        collections: Sequence[str],
        k: int,
        role: str | None = None,
        vector: Floats | None = None,
    ) -> tuple[list[tuple[str, float]], Path]:
        """The `k` best documents, each once with the score of its best passage; and which path found them."""
        passages, vector = 2 * k, self._embedder.embed_one(query) if vector is None else vector
        while True:
            found = self.search(
                query, viewer=viewer, collections=collections, k=passages, role=role, vector=vector
            )
            best: dict[str, float] = {}
            for hit in found.hits:
                best.setdefault(hit.document_id, hit.score)
            if len(best) >= k or len(found.hits) < passages:
                return list(best.items())[:k], found.path
            passages *= 4

    def search_windows(
        self, query: str, *, viewer: Viewer, collection: str, k: int, vector: Floats | None = None
    ) -> tuple[list[WindowHit], Path]:
        """The `k` best windows themselves, sentences and situations included, and which path found them."""
        vector = self._embedder.embed_one(query) if vector is None else vector
        path, scored = self._scored(query, vector, viewer, [collection], k)
        best = sorted(scored, key=lambda each: (-each.fused, each.window_id))[:k]
        with self._store.read() as session:
            rows = with_passages(session, [each.window_id for each in best])
        return [_window_hit(each, rows[each.window_id]) for each in best if each.window_id in rows], path

    def collections(self, viewer: Viewer) -> list[str]:
        """Names of the workspace's collections, in order."""
        query = select(Collection.name).where(Collection.workspace_id == viewer.workspace_id)
        with self._store.read() as session:
            return sorted(session.scalars(query))

    def _scored(
        self, query: str, vector: Floats, viewer: Viewer, names: Sequence[str], k: int
    ) -> tuple[Path, list[_Scored]]:
        """Every candidate window with both scores, each once."""
        ids, wanted = self._collection_ids(viewer, names), max(CANDIDATES, 2 * k)
        path: Path = "chroma"
        dense: dict[int, float] = {}
        passages: dict[int, int] = {}
        for collection_id in ids:
            answered, near, seen = self._nearest(collection_id, vector, viewer, wanted)
            path = "exact" if answered == "exact" else path
            dense, passages = dense | near, passages | seen
        with self._store.read() as session:
            lexical = dict(lexical_query(session, query, collection_ids=ids, viewer=viewer, k=wanted))
            only_lexical = [window for window in lexical if window not in dense]
            dense |= similarities(session, only_lexical, vector, self._embedder.name)
            passages |= visible_passages(session, only_lexical, viewer)
        scored = [
            _Scored(window, passages[window], near, lexical.get(window, 0.0))
            for window, near in dense.items()
            if window in passages
        ]
        return path, scored

    def _nearest(
        self, collection_id: int, vector: Floats, viewer: Viewer, wanted: int
    ) -> tuple[Path, dict[int, float], dict[int, int]]:
        """Similarity and passage of the nearest windows; asks for more until half of `wanted` may be seen."""
        asked = wanted
        while True:
            path, found = self._ask(collection_id, vector, asked)
            with self._store.read() as session:
                seen = visible_passages(session, [window for window, _ in found], viewer)
            if 2 * len(seen) >= wanted or len(found) < asked:
                return path, {window: near for window, near in found if window in seen}, seen
            asked *= 4

    def _ask(self, collection_id: int, vector: Floats, k: int) -> tuple[Path, list[tuple[int, float]]]:
        if k <= INDEX_LIMIT:
            try:
                return "chroma", self._index.query(collection_id, vector, k)
            except IndexUnavailableError:
                pass  # the exact scan answers, and the result says so
        return "exact", self._exact.query(collection_id, vector, k)

    def _collection_ids(self, viewer: Viewer, names: Sequence[str]) -> list[int]:
        query = select(Collection).where(
            Collection.workspace_id == viewer.workspace_id, Collection.name.in_(names)
        )
        with self._store.read() as session:
            found = list(session.scalars(query.order_by(Collection.id)))
        for collection in found:
            check_model(collection, self._embedder)
        return [collection.id for collection in found]

    def _hits(self, scored: list[_Scored], k: int, role: str | None) -> list[Hit]:
        ranked, hits = _ranked(scored), list[Hit]()
        with self._store.read() as session:
            for start in range(0, len(ranked), 2 * k):
                part = ranked[start : start + 2 * k]
                found = with_passages(session, [each.best.window_id for each in part])
                pairs = [(each, found.get(each.best.window_id)) for each in part]
                hits += [_hit(each, row) for each, row in pairs if row is not None and _wanted(row, role)]
                if len(hits) >= k:
                    break
        return hits[:k]


def _ranked(scored: list[_Scored]) -> list[_Ranked]:
    """Passages by their scores, best first."""
    grouped: dict[int, list[_Scored]] = {}
    for each in scored:
        grouped.setdefault(each.passage_id, []).append(each)
    ranked = [
        _Ranked(
            dense=max(each.dense for each in group),
            lexical=max(each.lexical for each in group),
            best=max(group, key=lambda each: (each.fused, -each.window_id)),
        )
        for group in grouped.values()
    ]
    return sorted(ranked, key=lambda each: (-each.score, each.best.passage_id))


def _wanted(found: Found, role: str | None) -> bool:
    detail = found.passage.detail
    return detail.get("citable", True) and (role is None or role in detail.get("audience", [role]))


def _hit(ranked: _Ranked, found: Found) -> Hit:
    return Hit(
        passage_id=found.passage.name,
        document_id=found.document.external_id,
        kind=found.document.kind,
        title=found.document.title,
        section=found.passage.section,
        text=found.passage.text,
        score=ranked.score,
        dense=ranked.dense,
        lexical=ranked.lexical,
        window_id=found.window.id,
        window_kind=found.window.kind,
        window_text=found.window.text,
        detail=found.passage.detail,
    )


def _window_hit(scored: _Scored, found: Found) -> WindowHit:
    return WindowHit(
        window_id=found.window.id,
        passage_name=found.passage.name,
        card_id=found.passage.detail.get("card_id"),
        kind=found.window.kind,
        section=found.passage.section,
        position=found.window.position,
        text=found.window.text,
        dense=scored.dense,
        lexical=scored.lexical,
        fused=scored.fused,
    )
