"""Full-text ranking in the database itself: FTS5 on SQLite, its own text search on PostgreSQL.

Scores are brought to 0..1 by s / (s + h), so that they can be added to a cosine similarity; h was chosen on
the tuning half of the retrieval questions (`assistant/evals/retrieval.py`).
"""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    cast,
    column,
    exists,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from knowledge.stopwords import STOP_WORDS
from knowledge.store.access import Viewer, visible
from knowledge.store.tables import Passage, Window

MAX_TERMS = 64  # a pasted page is searched by its first words
_HALF = {"sqlite": 12.0, "postgresql": 0.55}

_TERM = re.compile(r"[^\W_]+")


def terms(query: str) -> list[str]:
    """What is looked for, each once: the query's words without stop-words, or a few of those if all are."""
    words = list(dict.fromkeys(_TERM.findall(query.lower())))
    return ([word for word in words if word not in STOP_WORDS] or words[:4])[:MAX_TERMS]


def lexical_query(
    session: Session, query: str, *, collection_ids: Sequence[int], viewer: Viewer, k: int
) -> list[tuple[int, float]]:
    """The `k` windows that share most with `query` among those `viewer` may see: id and score in 0..1."""
    wanted = terms(query)
    if not wanted or not collection_ids:
        return []
    dialect = session.get_bind().dialect.name
    may_see = exists().where(Passage.id == Window.passage_id, visible(Passage, viewer))
    rows: list[tuple[int, float]] = []
    # Rights are looked up for the best few alone, which is enough nearly always, and otherwise for all.
    for among in (
        (_postgresql(wanted),) if dialect == "postgresql" else (_sqlite(wanted, 2 * k), _sqlite(wanted))
    ):
        statement = (
            among.where(Window.collection_id.in_(collection_ids), may_see)
            .order_by(text("score DESC"), Window.id)
            .limit(k)
        )
        rows = [(int(window), float(score)) for window, score in session.execute(statement) if score > 0]
        if len(rows) == k:
            break
    half = _HALF[dialect]
    return [(window, score / (score + half)) for window, score in rows]


def _sqlite(wanted: list[str], best: int | None = None) -> Select[int, float]:
    """Windows with their BM25 score, only the `best` so many if given."""
    match = " OR ".join(f'"{term}"' for term in wanted)
    index = table("window_fts", column("rowid"), column("rank"))
    found = (
        select(index.c.rowid.label("id"), index.c.rank.label("rank"))
        .where(text("window_fts MATCH :match").bindparams(match=match))
        .order_by(index.c.rank)
        .limit(best)
        .subquery()
    )
    score: ColumnElement[float] = -cast(found.c.rank, Float)
    return select(Window.id, score.label("score")).select_from(found).join(Window, Window.id == found.c.id)


def _postgresql(wanted: list[str]) -> Select[int, float]:
    search: ColumnElement[Any] = literal_column('"window".search')
    asked = func.to_tsquery("english", literal(" | ".join(wanted)))
    score = func.ts_rank_cd(search, asked, 1, type_=Float())  # 1: divided by the logarithm of the length
    return select(Window.id, score.label("score")).where(search.op("@@")(asked))
