"""How well passages are found: nDCG@10, recall and MRR over a BEIR-shaped set, in a store of its own.

What was tuned on `mtrag-dev` (weights in `knowledge/search.py` and `knowledge/lexical.py`) was tuned on its
even queries, counted from 0 in the file; the report gives both halves, and the odd one may be believed.
"""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from assistant.errors import InputRefusedError
from assistant.evals.files import Query, Ranking, read_judgements, read_queries
from knowledge.embeddings import Embedder
from knowledge.index import open_index
from knowledge.ingest import ingest_paths
from knowledge.progress import Progress, silent
from knowledge.search import Search
from knowledge.store.access import Viewer
from knowledge.store.engine import Store, sqlite_url
from knowledge.store.tables import SYSTEM_PERSON, WORKSPACE

COLLECTION = "evaluation"
DEPTH = 100  # documents ranked for each query

Judgements = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over queries, each between 0 and 1."""

    ndcg_10: float
    recall_5: float
    recall_10: float
    mrr_10: float

    def as_json(self) -> dict[str, float]:
        """Under the names the field uses."""
        names = "nDCG@10", "Recall@5", "Recall@10", "MRR@10"
        return {name: round(value, 4) for name, value in zip(names, asdict(self).values(), strict=True)}


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """Quality over all queries and over either half, and milliseconds for one query with its embedding."""

    queries: int
    documents: int
    quality: Quality
    even: Quality | None
    odd: Quality | None
    p50_ms: float
    p95_ms: float
    path: str

    def as_json(self) -> dict[str, Any]:
        """What `counterpart eval retrieval --json` prints."""
        halves = {"even": self.even, "odd": self.odd}
        return {
            "queries": self.queries,
            "documents": self.documents,
            **self.quality.as_json(),
            "ms": {"p50": round(self.p50_ms, 2), "p95": round(self.p95_ms, 2)},
            "halves": {name: half.as_json() for name, half in halves.items() if half},
            "path": self.path,
        }


def evaluate_retrieval(
    embedder: Embedder, *, corpus: Path, queries: Path, qrels: Path, progress: Progress = silent
) -> RetrievalReport:
    """Index `corpus` into a store that is thrown away, ask every judged query, and compare with `qrels`.

    Raises `InputRefusedError` for files that do not fit together.
    """
    judged = read_judgements(qrels)
    asked = [query for query in read_queries(queries) if query.id in judged]
    if not asked:
        raise InputRefusedError(f"No query of {queries} is judged in {qrels}")
    with TemporaryDirectory(prefix="counterpart-eval-") as folder:
        data_dir = Path(folder)
        store = Store.open(sqlite_url(data_dir))
        index = open_index(store, data_dir=data_dir, model=embedder.name, dimensions=embedder.dimensions)
        try:
            viewer = Viewer(WORKSPACE, SYSTEM_PERSON)
            report = ingest_paths(
                store, embedder, [corpus], viewer=viewer, collection=COLLECTION, progress=progress
            )
            index.sync(progress)
            search = Search(store, embedder, index)
            runs, times, path = _ask(search, viewer, asked, progress)
        finally:
            index.close()
            store.close()
    return RetrievalReport(
        queries=len(asked),
        documents=report.documents,
        quality=measure(asked, runs, judged),
        even=measure(asked[0::2], runs, judged) if len(asked) > 1 else None,
        odd=measure(asked[1::2], runs, judged) if len(asked) > 1 else None,
        p50_ms=float(np.percentile(times, 50)),
        p95_ms=float(np.percentile(times, 95)),
        path=path,
    )


def measure(queries: Sequence[Query], runs: dict[str, Ranking], judged: Judgements) -> Quality:
    """The means over `queries`, by the field's reference implementation (ir-measures)."""
    import ir_measures
    from ir_measures import RR, R, nDCG

    wanted = [nDCG @ 10, R @ 5, R @ 10, RR @ 10]
    qrels = {query.id: judged[query.id] for query in queries}
    run = {query.id: dict(runs[query.id]) for query in queries}
    means = ir_measures.calc_aggregate(wanted, qrels, run)
    return Quality(*(float(means[each]) for each in wanted))


def _ask(
    search: Search, viewer: Viewer, queries: Sequence[Query], progress: Progress
) -> tuple[dict[str, Ranking], list[float], str]:
    """Rankings by query id, milliseconds for each, and the path that answered last."""
    runs: dict[str, Ranking] = {}
    times: list[float] = []
    path = "exact"
    search.documents("warm", viewer=viewer, collections=[COLLECTION], k=DEPTH)  # loads model and index
    for number, query in enumerate(queries):
        started = time.perf_counter()
        runs[query.id], path = search.documents(query.text, viewer=viewer, collections=[COLLECTION], k=DEPTH)
        times.append((time.perf_counter() - started) * 1000)
        progress("Asking", number + 1, len(queries))
    return runs, times, path
