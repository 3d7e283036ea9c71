"""`counterpart eval power`: how often the statistics of pilots are wrong, by simulation."""

from typing import Annotated

import typer

from assistant.cli.options import Json, print_json, shown_progress


def register(app: typer.Typer) -> None:
    """Add the command to `app`, the group of evaluations."""
    app.command("power")(power)


def power(
    *,
    trials: Annotated[int, typer.Option(help="Simulated pilots for each rate", min=200, max=200_000)] = 4_000,
    as_json: Json = False,
) -> None:
    """Simulate pilots and compare every stated error rate with what came of them. Exit code 1 where one is off."""
    from assistant.evals.power import as_report, evaluate_power

    with shown_progress() as progress:
        rates = evaluate_power(trials=trials, progress=progress)
    report = as_report(rates)
    if as_json:
        print_json(report)
    else:
        for rate in rates:
            stated = f"{'at most ' if rate.most else ''}{rate.stated:.1%}"
            mark = "" if rate.holds else "  OFF"
            typer.echo(
                f"{rate.what}; {rate.case}: stated {stated}, counted {rate.counted:.1%} of {rate.trials:,}{mark}"
            )
        farthest = f"the farthest is off by {report['farthest']:.1%}"
        typer.echo(f"{report['hold']} of {report['rates']} hold within two points; {farthest}")
    if report["hold"] < report["rates"]:
        raise typer.Exit(1)
