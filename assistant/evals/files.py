"""The files of retrieval evaluation: BEIR queries and judgements in, TREC runs out."""

import csv
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputRefusedError

Ranking = Sequence[tuple[str, float]]
"""Document ids with their scores, best first."""


@dataclass(frozen=True, slots=True)
class Query:
    """A line of queries.jsonl; of a conversation with several turns, `text` is the last one."""

    id: str
    text: str


def read_queries(path: Path) -> list[Query]:
    """Every query of `{"_id", "text"}` lines. Raises `InputRefusedError` naming the line that is none."""
    queries: dict[str, Query] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            query = Query(str(entry["_id"]), _last_turn(str(entry["text"])))
        except (ValueError, KeyError, TypeError, RecursionError):
            raise InputRefusedError(f'{path}, line {number}: a query is {{"_id", "text"}}') from None
        if not query.text or not query.id or set(query.id) & set(" \t"):
            raise InputRefusedError(f"{path}, line {number}: a query needs a text, and an id without blanks")
        if query.id in queries:
            raise InputRefusedError(f"{path}, line {number}: the id {query.id} occurs twice")
        queries[query.id] = query
    if not queries:
        raise InputRefusedError(f"{path} holds no queries")
    return list(queries.values())


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Relevance by query id and document id. `path`: query-id, corpus-id, score, tab-separated."""
    judged: dict[str, dict[str, int]] = {}
    for number, row in enumerate(csv.reader(_lines(path), delimiter="\t", quoting=csv.QUOTE_NONE), 1):
        if not row or row[0] == "query-id":
            continue
        try:
            query, document, grade = row
            judged.setdefault(query, {})[document] = int(grade)
        except ValueError:
            raise InputRefusedError(
                f"{path}, line {number}: a judgement is query-id, corpus-id, score"
            ) from None
    if not judged:
        raise InputRefusedError(f"{path} holds no judgements")
    return judged


def write_run(path: Path, ranked: Mapping[str, Ranking], tag: str = "counterpart") -> None:
    """A TREC run: qid Q0 docid rank score tag. Written whole or not at all; raises `InputRefusedError`."""
    lines = (
        f"{query} Q0 {document} {rank} {score:.6f} {tag}\n"
        for query, documents in ranked.items()
        for rank, (document, score) in enumerate(documents, 1)
    )
    try:
        descriptor, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.writelines(lines)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise InputRefusedError(
            f"{path} cannot be written ({error.strerror})", next_step="Choose another --run"
        ) from error


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "no UTF-8 text"
        raise InputRefusedError(f"{path} cannot be read ({reason})", next_step="Check the path") from error


def _last_turn(text: str) -> str:
    """What was asked last, where the text holds a conversation with a turn on each line."""
    turns = [line.strip() for line in text.splitlines() if line.strip()]
    return turns[-1].removeprefix("|user|:").strip() if turns else ""
