"""`counterpart eval review`: how good the findings are, on transcripts whose findings somebody wrote down."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import DataDir, Json, print_json, shown_progress
from assistant.errors import InputRefusedError
from assistant.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command to `app`, the group of evaluations."""
    app.command("review")(review)


def review(
    *,
    part: Annotated[
        str,
        typer.Option(help="held-out, or examples (each talk read by models that did not learn from it)"),
    ] = "held-out",
    cases: Annotated[Path | None, typer.Option(help="Another folder of labelled transcripts instead")] = None,
    mistakes: Annotated[
        bool, typer.Option("--mistakes", help="Say which findings were wrong or missed")
    ] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Review labelled transcripts and compare the findings."""
    from assistant.bootstrap import open_house
    from assistant.evals.review import HELD_OUT, evaluate_review
    from assistant.review.labelled import read_talks
    from assistant.review.training import left_out

    if part not in ("held-out", "examples"):
        raise InputRefusedError(f"There is no part “{part[:40]}”", next_step="Use held-out or examples")

    settings = load_settings(data_dir=data_dir)
    read = read_talks(cases) if cases else read_talks(HELD_OUT) if part == "held-out" else read_talks()
    with shown_progress() as progress, open_house(settings, progress=progress) as house:
        judges = left_out(read, house.moves) if part == "examples" and cases is None else {}
        report = evaluate_review(
            read,
            recogniser=house.moves,
            cards=house.cards,
            judge=lambda talk: judges.get(talk.name) or house.judge(),
            progress=progress,
        )
    if as_json:
        print_json(asdict(report))
        return
    typer.echo(
        f"{report.cases} transcripts\n\n{'type':28}{'right':>6}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>8}"
    )
    for each in report.types:
        typer.echo(
            f"{each.type:28}{each.right:6}{each.wrong:7}{each.missed:8}{_shown(each.precision):>11}{_shown(each.recall):>8}"
        )
    typer.echo(f"\nprecision of all findings        {_shown(report.precision)}")
    typer.echo(f"precision of gaps                {_shown(report.gap_precision)}")
    typer.echo(f"recall of the five that decide   {_shown(report.deciding_recall)}")
    for line in report.mistakes if mistakes else ():
        typer.echo(line)


def _shown(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"
