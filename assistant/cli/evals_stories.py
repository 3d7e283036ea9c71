"""`counterpart eval redaction` and `eval duplicates`: how well stories are masked, and retellings found."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from assistant.cli.options import Json, print_json

Dev = Annotated[
    bool, typer.Option("--dev", help="The half that tuning looked at, instead of the held-out one")
]
Failures = Annotated[bool, typer.Option("--failures", help="Show what went wrong; only with --dev")]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`, the group of evaluations."""
    app.command("redaction")(redaction)
    app.command("duplicates")(duplicates)


def redaction(*, dev: Dev = False, failures: Failures = False, as_json: Json = False) -> None:
    """Mask stories with planted identities. The held-out half is never shown, only measured."""
    from assistant.evals.advice import Half
    from assistant.evals.stories import evaluate_redaction, read_names, read_planted

    half: Half = "dev" if dev else "held-out"
    _tell(asdict(evaluate_redaction(read_planted(half), read_names(), half=half)), dev and failures, as_json)


def duplicates(*, dev: Dev = False, failures: Failures = False, as_json: Json = False) -> None:
    """Compare stories told twice and other events at the same account. The held-out half is never shown.

    With --dev these are the events that it learnt from, so that the figure flatters; the training command says how it
    does on those of them that it was not shown.
    """
    from assistant.evals.advice import Half
    from assistant.evals.stories import evaluate_duplicates, read_events
    from knowledge.embeddings import LocalEmbedder

    half: Half = "dev" if dev else "held-out"
    embedder = LocalEmbedder()
    report = evaluate_duplicates(read_events(half), embedder.embed, embedder.embed_words, half=half)
    _tell(asdict(report), dev and failures, as_json)


def _tell(report: dict[str, Any], with_failures: bool, as_json: bool) -> None:
    failed = report.pop("failures")
    if with_failures:
        report["failures"] = failed
    if as_json:
        print_json(report)
        return
    for name, value in report.items():
        if name != "failures":
            typer.echo(f"{name.replace('_', ' '):24} {value}")
    for each in report.get("failures", ()):
        typer.echo("  " + "  |  ".join(each.values()))
