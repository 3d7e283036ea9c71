"""`counterpart prepare`: the page before the two of you meet."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import print_json
from assistant.cli.seat import Seat, With, seated, write_file
from prompts import phrase

if TYPE_CHECKING:
    from assistant.prepare.prepare import Preparation


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("prepare")(seated(prepare))


def prepare(
    seat: Seat,
    *,
    name: With = None,
    minutes: Annotated[int, typer.Option("--minutes", help="10, 30 or 60")] = 30,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write it as a Word document to this file", dir_okay=False)
    ] = None,
) -> None:
    """What is open between you, the one thing to settle, how to begin, and five lines for the meeting.

    Example: counterpart prepare --with Dana --minutes 30
    """
    made = seat.house.prepare(seat.viewer, seat.house.between(seat.viewer, name), minutes=minutes)
    if out is not None:
        from assistant.documents.prepare_docx import prepare_docx

        write_file(out, prepare_docx(made))
    if seat.as_json:
        print_json({**made.as_contract(), "file": str(out) if out else None})
    elif out is not None:
        typer.echo(f"Written: {out}")
    else:
        _tell(made)


def _tell(made: "Preparation") -> None:
    from rich.console import Console

    console = Console(highlight=False, width=min(Console().width, 96))
    console.print(made.title, markup=False, style="bold")
    for heading, lines in made.sections():
        if lines:
            console.print(f"\n{heading}", markup=False, style="bold")
        for line in lines:
            console.print(f"  {line}", markup=False)
    told = (
        phrase("prepare", "from-items", count=str(made.told))
        if made.told
        else phrase("prepare", "from-nothing")
    )
    console.print(f"\n{told}", markup=False, style="dim")
