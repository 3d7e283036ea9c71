"""`counterpart search`: every passage that matches, by score."""

import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import DataDir, Json, print_json, see_index_mended, shown_progress
from assistant.errors import InputRefusedError
from assistant.evals.files import Query, read_queries, write_run
from knowledge.cards import ROLES

if TYPE_CHECKING:
    from assistant.bootstrap import House
    from knowledge.search import Hit, Results

MAX_K = 1_000


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("search")(search)


def search(
    query: Annotated[str | None, typer.Argument(help="What to look for")] = None,
    *,
    k: Annotated[
        int | None, typer.Option("-k", help="How many; 10, or 100 with --batch", min=1, max=MAX_K)
    ] = None,
    collection: Annotated[str | None, typer.Option(help="One collection; all if left out")] = None,
    role: Annotated[
        str | None, typer.Option("--as", help="Cards for this role only: " + ", ".join(ROLES))
    ] = None,
    batch: Annotated[Path | None, typer.Option(help="Queries, one JSON object a line: _id, text")] = None,
    run: Annotated[Path | None, typer.Option(help="Where the TREC run of --batch goes")] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Find passages in the playbook and in your documents."""
    from assistant.bootstrap import open_house
    from assistant.settings import load_settings

    if role is not None and role not in ROLES:
        raise InputRefusedError(f"There is no role “{role[:40]}”", next_step=f"Use one of {', '.join(ROLES)}")
    queries = _checked_batch(query, batch, run, collection)
    with ExitStack() as stack:
        with shown_progress() as progress:
            house = stack.enter_context(open_house(load_settings(data_dir=data_dir), progress=progress))
        names = _collections(house, collection)
        if run is not None:
            _batch(house, queries, names, k=k or 100, role=role, run=run, as_json=as_json)
        else:
            text = (query or "").strip()
            found = house.search.search(text, viewer=house.viewer, collections=names, k=k or 10, role=role)
            if as_json:
                print_json(_as_json(text, found))
            else:
                _tell(found.hits)
        see_index_mended(house)


def _checked_batch(
    query: str | None, batch: Path | None, run: Path | None, collection: str | None
) -> list[Query]:
    """The queries of a batch. Raises `InputRefusedError` where the options do not fit together."""
    if batch is None and run is None:
        if not (query or "").strip():
            raise InputRefusedError(
                "There is nothing to look for", next_step="Give a query, or --batch with --run"
            )
        return []
    if query is not None or batch is None or run is None or collection is None:
        raise InputRefusedError(
            "A batch needs --batch FILE, --collection NAME and --run FILE, and no query beside them"
        )
    return read_queries(batch)


def _collections(house: "House", wanted: str | None) -> list[str]:
    names = house.search.collections(house.viewer)
    if wanted is None:
        return names
    if wanted not in names:
        raise InputRefusedError(
            f"There is no collection “{wanted[:80]}”", next_step=f"There are {', '.join(names) or 'none yet'}"
        )
    return [wanted]


def _batch(
    house: "House",
    queries: list[Query],
    names: list[str],
    *,
    k: int,
    role: str | None,
    run: Path,
    as_json: bool,
) -> None:
    started, ranked, paths = time.perf_counter(), {}, set()
    rows = house.embedder.embed([query.text for query in queries])
    for query, vector in zip(queries, rows, strict=True):
        ranked[query.id], path = house.search.documents(
            query.text, viewer=house.viewer, collections=names, k=k, role=role, vector=vector
        )
        paths.add(path)
    write_run(run, ranked)
    seconds = round(time.perf_counter() - started, 3)
    path = "exact" if "exact" in paths else "chroma"
    if as_json:
        print_json({"queries": len(queries), "run": str(run), "path": path, "seconds": seconds})
    else:
        typer.echo(f"{len(queries)} queries in {seconds:.1f} s, written to {run}")


def _as_json(query: str, found: "Results") -> dict[str, object]:
    results = [
        {
            "rank": rank,
            "passage_id": hit.passage_id,
            "document_id": hit.document_id,
            "kind": hit.kind,
            "title": hit.title,
            "section": hit.section,
            "text": hit.text,
            "score": round(hit.score, 6),
        }
        for rank, hit in enumerate(found.hits, 1)
    ]
    return {"query": query, "results": results, "path": found.path, "timings_ms": found.timings_ms}


def _tell(hits: "list[Hit]") -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False)
    if not hits:
        console.print("Nothing was found.")
    for rank, hit in enumerate(hits, 1):
        heading = " › ".join(filter(None, [hit.title, hit.section]))
        console.print(
            Text(f"{rank}. {heading}", style="bold"), Text(f"{hit.score:.2f} {hit.passage_id}", style="dim")
        )
        console.print(Padding(Text(hit.text[:400] + ("…" if len(hit.text) > 400 else "")), (0, 0, 1, 3)))
