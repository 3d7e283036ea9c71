"""`counterpart eval corrections`: what twenty corrections do to one person's other lines, and to everybody else's."""

from dataclasses import asdict

import typer

from assistant.cli.options import DataDir, Json, print_json
from assistant.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command to `app`, the group of evaluations."""
    app.command("corrections")(corrections)


def corrections(*, data_dir: DataDir = None, as_json: Json = False) -> None:
    """Correct twenty lines of one move in one person's style, and read that person's other lines again."""
    from assistant.bootstrap import embedder_of, recogniser_of
    from assistant.evals.corrections import evaluate_corrections

    report = evaluate_corrections(recogniser_of(embedder_of(load_settings(data_dir=data_dir))))
    if as_json:
        print_json(asdict(report))
        return
    typer.echo(
        f"{report.corrections} corrections each; F1 on lines that were not corrected, before and after\n"
    )
    for each in report.persons:
        part = "tuned on" if each.tuned_on else "only measured"
        typer.echo(
            f"{each.name:24}{each.move:14}{each.before:.2f} to {each.after:.2f}   other moves "
            f"{each.other_moves_before:.2f} to {each.other_moves_after:.2f}   largest drop elsewhere "
            f"{each.largest_drop_elsewhere:.3f}   ({part})"
        )
