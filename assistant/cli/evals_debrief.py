"""`counterpart eval debrief`: how much of a paragraph after a meeting is read, and how much is read into it."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import Json, print_json
from assistant.errors import InputRefusedError


def register(app: typer.Typer) -> None:
    """Add the command to `app`, the group of evaluations."""
    app.command("debrief")(debrief)


def debrief(
    *,
    part: Annotated[
        str,
        typer.Option(
            help="unseen: each writer's paragraphs, read by what was learnt from the others'; "
            "given: whose and which day, the stretches given; or held-out"
        ),
    ] = "unseen",
    cases: Annotated[
        Path | None, typer.Option(help="Another YAML file of labelled paragraphs instead")
    ] = None,
    mistakes: Annotated[bool, typer.Option("--mistakes", help="Say what was wrong or missed")] = False,
    as_json: Json = False,
) -> None:
    """Read labelled paragraphs about meetings and compare the promises and the other items."""
    from assistant.debrief.training import EXAMPLES
    from assistant.evals.debrief import (
        CASES,
        PARTS,
        evaluate_debrief,
        evaluate_given,
        evaluate_unseen,
        read_cases,
    )

    if part not in PARTS:
        raise InputRefusedError(f"There is no part “{part[:40]}”", next_step=f"Use one of {', '.join(PARTS)}")
    if mistakes and part == "held-out" and cases is None:
        raise InputRefusedError(
            "The held-out half is measured, never read", next_step="Use --mistakes with --part unseen"
        )
    if part == "given":
        given = evaluate_given(read_cases(cases or EXAMPLES))
        if as_json:
            print_json(given.as_contract())
            return
        typer.echo(
            f"{given.stretches} promises, their stretches given: owner {given.owner:.3f}, "
            f"day {given.day:.3f}, both {given.both:.3f}"
        )
        return
    if cases is None and part == "unseen":
        report = evaluate_unseen()
    else:
        report = evaluate_debrief(read_cases(cases or CASES / f"{part}.yaml"))
    if as_json:
        print_json(report.as_contract())
        return
    typer.echo(
        f"{report.cases} paragraphs, {report.items} items\n\n{'':28}{'precision':>10}{'recall':>8}{'F1':>7}"
    )
    rows = {
        "promises: owner and day": report.promises, "  in English alone": report.english,
        "promises, whoever and whenever": report.spotted, **report.kinds,
    }  # fmt: skip
    for name, share in rows.items():
        typer.echo(f"{name:31}{share.precision:7.2f}{share.recall:8.2f}{share.f1:7.2f}")
    typer.echo(
        f"\ninvented: {report.invented} of {report.items} items ({report.invented / max(1, report.items):.1%})"
    )
    for line in report.mistakes if mistakes else ():
        typer.echo(line)
