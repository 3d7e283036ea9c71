"""`counterpart draft`: what a mail, an agenda or an outline does before it is sent."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import DataDir, Json, print_json, role_of, shown_progress
from assistant.errors import InputRefusedError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.draft.check import Checked


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("draft")(draft)


def draft(
    file: Annotated[str, typer.Argument(help="A text file, or - for what is typed or piped in")],
    *,
    role: Annotated[
        str | None, typer.Option("--as", help="Who writes: learning-executive, sales-vp or coach")
    ] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Check a mail, an agenda or an outline before it is sent, and see what could stand there instead.

    Example: counterpart draft mail.txt --as learning-executive
    """
    writer, text = role_of(role), _text(file)
    settings = load_settings(data_dir=data_dir)
    from assistant.bootstrap import open_house
    from assistant.cli.pilot_shared import viewer_of
    from assistant.pair.memory import said_line

    with shown_progress() as progress, open_house(settings, progress=progress) as house:
        checked = house.check_draft(text, role=writer)
        known = house.recall(viewer_of(house, writer), text).touched_by(text)
    if as_json:
        print_json({**checked.as_contract(), "remembered": [each.model_dump(mode="json") for each in known]})
        return
    _tell(checked)
    if known:
        typer.echo(f"\n{said_line(known, fit=False)}")


def _text(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise InputRefusedError(
            f"{file} cannot be read: {error.strerror or error}",
            next_step="Name a text file, or - to pipe it in",
        ) from error
    except UnicodeDecodeError as error:
        raise InputRefusedError(f"{file} is not UTF-8 text", next_step="Save it as plain text") from error


def _tell(checked: "Checked") -> None:
    from rich.console import Console

    console = Console(highlight=False, width=min(Console().width, 96))
    console.print(checked.verdict, markup=False, style="bold")
    for change in checked.changes:
        console.print(f"\n– {checked.title(change.type)}", markup=False, style="bold")
        if change.before.strip():
            console.print(f"  “{' '.join(change.before.split())}”", markup=False, style="dim")
        for option in change.options:
            console.print(f"  › {' '.join(option.split()) or '(leave it out)'}", markup=False)
        source = checked.cited[change.type]
        console.print(f"  {checked.why(change.type)}", markup=False)
        if source is not None:
            console.print(f"  {source.title}: “{source.quote}”", markup=False, style="dim")
    for finding in checked.findings:
        if finding.kind == "strength":
            console.print(f"\n+ {finding.title}: “{finding.quote}”", markup=False)
    if checked.changes:
        console.print("\nWith every change taken:\n", markup=False, style="bold")
        console.print(checked.suggested(), markup=False)
