"""`counterpart home`: what waits for you."""

import typer

from assistant.cli.options import DataDir, Json, print_json
from assistant.cli.pair import With
from assistant.cli.pilot_shared import Person, opened, viewer_of


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("home")(home)


def home(
    *, name: With = None, person: Person = None, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """What waits: open promises first, the next meeting, the pilot, a story asked for.

    Example: counterpart home --as sales-vp
    """
    with opened(data_dir) as house:
        viewer = viewer_of(house, person)
        found = house.home(house.between(viewer, name))
    if as_json:
        print_json(found.as_contract())
        return
    if found.first_step:
        typer.echo(found.first_step)
        return
    for each in found.promises:
        typer.echo(f"{'!' if each.late else ' '} {each.who}: {each.what} ({each.when})")
        if each.say:
            typer.echo(f"    say: {each.say}")
    if found.meeting:
        typer.echo(
            f"  Meeting: {found.meeting.on.isoformat()}" + (" (how did it go?)" if found.meeting.over else "")
        )
    if found.pilot:
        typer.echo(f"  Pilot: {found.pilot.statement} Next: {found.pilot.next}")
    if found.mirror_line:
        typer.echo(f"  Mirror: {found.mirror_line}")
    if found.story:
        typer.echo(f"  Story: {found.story}")
    typer.echo(f"  To settle: {found.settle}")
