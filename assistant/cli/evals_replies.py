"""`counterpart eval replies`: how well a pasted reply is read, and whether anything in it is made up."""

from dataclasses import asdict
from typing import Annotated

import typer

from assistant.cli.options import Json, print_json

Dev = Annotated[
    bool, typer.Option("--dev", help="The half that tuning looked at, instead of the held-out one")
]
Unseen = Annotated[
    bool,
    typer.Option("--unseen", help="The same, each writer's promises by what was learnt from the others'"),
]
Failures = Annotated[
    bool, typer.Option("--failures", help="Name what went wrong; only with --dev or --unseen")
]


def register(app: typer.Typer) -> None:
    """Add the command to `app`, the group of evaluations."""
    app.command("replies")(replies)


def replies(
    *, dev: Dev = False, unseen: Unseen = False, failures: Failures = False, as_json: Json = False
) -> None:
    """Read labelled replies. The held-out half is never shown, only measured."""
    from assistant.advice.language import read_language
    from assistant.evals.advice import Half
    from assistant.evals.replies import evaluate_replies, evaluate_unseen, read_cases

    half: Half = "dev" if dev else "held-out"
    report = asdict(
        evaluate_unseen(language=read_language)
        if unseen
        else evaluate_replies(read_cases(half), half=half, language=read_language)
    )
    failed = report.pop("failures")
    if (dev or unseen) and failures:
        report["failures"] = failed
    if as_json:
        print_json(report)
        return
    for name, value in report.items():
        if name == "failures":
            for each in value:
                typer.echo(f"  {each['id']}: {each['wrong']}")
        elif isinstance(value, dict):
            typer.echo(f"{name:12} " + "  ".join(f"{field} {share:.2f}" for field, share in value.items()))
        else:
            typer.echo(f"{name.replace('_', ' '):12} {value}")
