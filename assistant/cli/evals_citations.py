"""`counterpart eval citations`: how well the check of a chat model's words tells true from false."""

from dataclasses import asdict
from typing import Annotated

import typer

from assistant.cli.options import DataDir, Json, print_json, shown_progress
from assistant.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command to `app`, the group of evaluations."""
    app.command("citations")(citations)


def citations(
    *,
    dev: Annotated[
        bool, typer.Option("--dev", help="The half that tuning looked at, instead of the held-out one")
    ] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Judge labelled claims against the passages they name. The held-out half is never shown, only measured."""
    from assistant.bootstrap import open_house
    from assistant.evals.advice import Half
    from assistant.evals.citations import evaluate_citations, read_pairs

    half: Half = "dev" if dev else "held-out"
    with (
        shown_progress() as progress,
        open_house(load_settings(data_dir=data_dir), progress=progress) as house,
    ):
        report = asdict(
            evaluate_citations(
                house.coach.cards,
                read_pairs(half),
                half=half,
                embed=house.embedder.embed,
                progress=progress,
            )
        )
    if not dev:
        report.pop("failures")
    if as_json:
        print_json(report)
        return
    for name, value in report.items():
        if name != "failures":
            typer.echo(f"{name.replace('_', ' '):24} {value}")
