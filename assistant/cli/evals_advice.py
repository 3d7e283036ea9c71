"""`counterpart eval advice`: how good the answers are, on the project's own cases."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataDir, Json, Model, print_json, shown_progress
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.advice.wording import Wording
    from assistant.bootstrap import House
    from assistant.evals.advice import Case, Half


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
    limit: Annotated[
        int | None,
        typer.Option(help="Only this many cases, spread over the half: a chat model takes its time", min=1),
    ] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Ask the project's own cases and check each answer. The held-out half is never shown, only measured.

    With a chat model (--model, or the settings), composed and worded answers are compared as well. That takes up to
    COUNTERPART_MODEL_SECONDS a case; Ctrl+C ends it and shows what there is.
    """
    from assistant.bootstrap import open_house
    from assistant.evals.advice import Half, evaluate_advice, read_cases
    from assistant.evals.reports import evaluate_reports, report_cases

    settings = load_settings(data_dir=data_dir, model=model)
    with shown_progress() as progress, open_house(settings, progress=progress) as house:
        half: Half = "dev" if dev else "held-out"
        every = read_cases(half)
        chosen = _spread(every, limit)
        report = asdict(evaluate_advice(house.coach, chosen, half=half, progress=progress))
        if house.wording is not None:
            report["wording"] = _wording(house, house.wording, chosen, half, progress)
        if reports:
            cases = report_cases(house.feedback, house.viewer, cards=house.coach.cards)
            report["reports"] = asdict(evaluate_reports(house.coach, cases, progress=progress))
    failed = report.pop("failures")
    if dev:
        report["failures"] = failed
    if as_json:
        print_json(report)
    else:
        _tell(report, every=len(every), failures=failures)
    if report.get("wording", {}).get("stopped"):
        raise typer.Exit(130)


def _tell(report: dict[str, Any], *, every: int, failures: bool) -> None:
    if report["cases"] < every:
        typer.echo(f"{report['cases']} of the {every} cases of this half, spread over it")
    for name, value in report.items():
        if name not in {"failures", "reports", "wording"}:
            typer.echo(f"{name.replace('_', ' '):22} {value}")
    for failure in report.get("failures", ()) if failures else ():
        typer.echo(f"  {failure['id']:10} {failure['check']:10} {failure['spine']}")
    if "wording" in report:
        _tell_wording(report["wording"])
    if "reports" in report:
        _tell_reports(report["reports"])


def _spread(cases: "Sequence[Case]", limit: int | None) -> "Sequence[Case]":
    return cases[:: max(1, len(cases) // limit)][:limit] if limit else cases


def _wording(
    house: "House",
    wording: "Wording",
    cases: "Sequence[Case]",
    half: "Half",
    progress: Callable[[str, int, int], None],
) -> dict[str, Any]:
    from assistant.evals.wording import evaluate_wording

    def told(what: str, done: int, total: int) -> None:
        progress(what, done, total)
        if not sys.stderr.isatty():  # where no bar is drawn: a model may take minutes for a few of them
            typer.echo(f"{what} case {done + 1} of {total}", err=True)

    report = evaluate_wording(
        house.coach, wording, cases, half=half, embed=house.embedder.embed, progress=told
    )
    if report.stopped:
        typer.echo(
            f"Stopped after {report.asked} of {len(cases)} cases: these figures are of those", err=True
        )
    return asdict(report)


def _tell_wording(found: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("", "composed", "with the model", title=f"{found['cases']} cases with {found['model']}")
    for name, value in found["composed"].items():
        table.add_row(name.replace("_", " "), f"{value:g}", f"{found['worded'][name]:g}")
    Console(highlight=False).print(table)
    if not found["used"]:
        typer.echo("None of the model's words stood: both columns are the composed answers.")
    elif found["used"] < 1:
        typer.echo("Where the model's words did not stand, the second column has the composed answer.")
    checked = f"{found['kept']:.0%} of its {found['sentences']} sentences passed the check"
    typer.echo(
        f"The model's words stood in {found['used']:.0%} of the cases; "
        f"{checked if found['sentences'] else 'it said nothing to check'}. {found['tokens_in']:,} tokens in, "
        f"{found['tokens_out']:,} out; {found['p50_s']:g} s in the middle, {found['p95_s']:g} s at the slow end."
    )
    for note, count in found["notes"].items():
        typer.echo(f"  {count} × {note}")


def _tell_reports(found: dict[str, Any]) -> None:
    typer.echo(f"{'reports':22} {found['settled']} of {found['cases']} would not happen again")
    for failure in found["failures"]:
        typer.echo(f"  {failure['card_id'] or failure['passage_id']} still leads: {failure['question'][:80]}")
