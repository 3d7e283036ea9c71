"""`counterpart eval advice`: how good the answers are, on the project's own cases."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from assistant.cli.options import DataDir, Json, Model, print_json, shown_progress
from assistant.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command to `app`, the group of evaluations."""
    app.command("advice")(advice)


def advice(
    *,
    dev: Annotated[
        bool, typer.Option("--dev", help="The half that tuning looked at, instead of the held-out one")
    ] = False,
    failures: Annotated[
        bool, typer.Option("--failures", help="Name the cases that failed; only with --dev")
    ] = False,
    reports: Annotated[
        bool,
        typer.Option("--reports", help="Also ask what readers reported: a reported card must not lead there"),
    ] = False,
    model: Model = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Ask the project's own cases and check each answer. The held-out half is never shown, only measured."""
    from assistant.bootstrap import open_house
    from assistant.evals.advice import Half, evaluate_advice, read_cases
    from assistant.evals.reports import evaluate_reports, report_cases

    settings = load_settings(data_dir=data_dir, model=model)
    with shown_progress() as progress, open_house(settings, progress=progress) as house:
        half: Half = "dev" if dev else "held-out"
        report = asdict(evaluate_advice(house.coach, read_cases(half), half=half, progress=progress))
        if reports:
            cases = report_cases(house.feedback, house.viewer, cards=house.coach.cards)
            report["reports"] = asdict(evaluate_reports(house.coach, cases, progress=progress))
    failed = report.pop("failures")
    if dev:
        report["failures"] = failed
    if as_json:
        print_json(report)
        return
    for name, value in report.items():
        if name not in {"failures", "reports"}:
            typer.echo(f"{name.replace('_', ' '):22} {value}")
    for failure in failed if dev and failures else ():
        typer.echo(f"  {failure['id']:10} {failure['check']:10} {failure['spine']}")
    if reports:
        _tell_reports(report["reports"])


def _tell_reports(found: dict[str, Any]) -> None:
    typer.echo(f"{'reports':22} {found['settled']} of {found['cases']} would not happen again")
    for failure in found["failures"]:
        typer.echo(f"  {failure['card_id'] or failure['passage_id']} still leads: {failure['question'][:80]}")
