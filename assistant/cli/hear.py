"""`counterpart hear`: how a VP hears a line, and how learning hears it."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import DataDir, Json, print_json, role_of, shown_progress
from assistant.settings import load_settings
from prompts import phrase

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.hearing.hear import Heard, Hearing


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("hear")(hear)


def hear(
    *,
    text: Annotated[str, typer.Option("--text", help="A sentence, a mail, a slide's line")],
    role: Annotated[
        str, typer.Option("--as", help="Who says it: learning-executive or sales-vp")
    ] = "learning-executive",
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Read a line with both ears: how a VP of Sales hears it, and how learning does.

    Example: counterpart hear --text "I need an objection course by month end" --as sales-vp
    """
    writer, settings = role_of(role), load_settings(data_dir=data_dir)
    from assistant.bootstrap import open_house

    with shown_progress() as progress, open_house(settings, progress=progress) as house:
        found = house.hear(text, writer=writer)
    if as_json:
        print_json(found.as_contract())
    else:
        _tell(found)


def _tell(found: "Hearing") -> None:
    from rich.console import Console

    console = Console(highlight=False, width=min(Console().width, 96))
    console.print(found.verdict, markup=False, style="bold")
    for line in found.lines:
        _line(console, line)
    if found.gaps:
        console.print(f"\n{found.gaps}", markup=False)
    if any(line.kind for line in found.lines):
        console.print(phrase("hearing", "may"), markup=False, style="dim")


def _line(console: "Console", line: "Heard") -> None:
    console.print(f"\n“{line.text}”", markup=False)
    if line.vp is None or line.learning is None:
        console.print(f"  {phrase('hearing', 'nothing-line')}", markup=False, style="dim")
        return
    for name, ear in (("The VP", line.vp), ("Learning", line.learning)):
        console.print(f"  {name}: {ear.hears}", markup=False)
        if ear.cited:
            console.print(f"    {ear.cited.title}: “{ear.cited.quote}”", markup=False, style="dim")
    for each in line.instead:
        console.print(f"  › {each}", markup=False)
