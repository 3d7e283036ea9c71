"""`counterpart eval moves`: how well moves are recognised, on scenarios that nothing was trained or tuned on."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import DataDir, Json, print_json, shown_progress
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.evals.moves import MovesReport


def register(app: typer.Typer) -> None:
    """Add the command to `app`, the group of evaluations."""
    app.command("moves")(moves)


def moves(
    *,
    card: Annotated[
        Path | None, typer.Option(help="Write the figures into this model card, between its two marks")
    ] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Read the held-back scenarios and compare with their labels."""
    from assistant.bootstrap import embedder_of, recogniser_of
    from assistant.evals.moves import evaluate_moves
    from assistant.evals.movescard import write_figures
    from assistant.moves.examples import read_scenarios

    settings = load_settings(data_dir=data_dir)
    held_back = [each for each in read_scenarios() if each.held_back]
    with shown_progress() as progress:
        report = evaluate_moves(recogniser_of(embedder_of(settings)), held_back, progress=progress)
    if card is not None:
        write_figures(card, report)
    if as_json:
        print_json(asdict(report))
    else:
        _tell(report)


def _tell(report: "MovesReport") -> None:
    typer.echo(f"{report.scenarios} scenarios, {report.utterances} utterances, none of them trained on")
    typer.echo(f"\n{'move':20}{'there':>6}{'precision':>11}{'recall':>8}{'F1':>6}")
    for each in report.moves:
        typer.echo(f"{each.move:20}{each.there:6}{each.precision:11.2f}{each.recall:8.2f}{each.f1:6.2f}")
    typer.echo("")
    for name, value in asdict(report).items():
        if isinstance(value, float):
            typer.echo(f"{name.replace('_', ' '):30}{value:6.3f}")
    typer.echo("\nmissed, and seen in its place")
    for missed, wrong, times in report.confused:
        typer.echo(f"  {missed:20}{wrong:20}{times:3}")
