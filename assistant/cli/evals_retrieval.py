"""`counterpart eval retrieval`: how well passages are found, on a judged set."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import DataDir, Json, print_json, shown_progress


def register(app: typer.Typer) -> None:
    """Add the command to `app`, the group of evaluations."""
    app.command("retrieval")(retrieval)


def retrieval(
    corpus: Annotated[Path, typer.Option(help="BEIR corpus.jsonl")],
    queries: Annotated[Path, typer.Option(help="BEIR queries.jsonl")],
    qrels: Annotated[Path, typer.Option(help="BEIR qrels.tsv")],
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Measure retrieval in a store that is thrown away; your own data is not touched."""
    from assistant.bootstrap import embedder_of
    from assistant.evals.retrieval import evaluate_retrieval
    from assistant.settings import load_settings

    with shown_progress() as progress:
        report = evaluate_retrieval(
            embedder_of(load_settings(data_dir=data_dir)),
            corpus=corpus,
            queries=queries,
            qrels=qrels,
            progress=progress,
        )
    if as_json:
        print_json(report.as_json())
        return
    for name, value in report.quality.as_json().items():
        held_out = f"   odd half {report.odd.as_json()[name]:.3f}" if report.odd else ""
        typer.echo(f"{name:10} {value:.3f}{held_out}")
    typer.echo(f"{report.queries} queries, {report.documents} documents, {report.path}")
    typer.echo(f"{report.p50_ms:.1f} ms a query, {report.p95_ms:.1f} at the 95th percentile")
