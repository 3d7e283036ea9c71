"""What the commands of `counterpart pilot` share."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import shown_progress
from assistant.errors import InputRefusedError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.bootstrap import House

PilotId = Annotated[str, typer.Argument(metavar="ID", help="The id of a pilot")]
Person = Annotated[str | None, typer.Option("--as", help="The role, the name or the id of who does it")]


def today() -> date:
    """The day, where this machine is."""
    return datetime.now(UTC).astimezone().date()


def opened(data_dir: Path | None) -> Any:
    """The instance, with progress for people."""
    from contextlib import contextmanager

    from assistant.bootstrap import open_house

    @contextmanager
    def house() -> Any:
        with (
            shown_progress() as progress,
            open_house(load_settings(data_dir=data_dir), progress=progress) as found,
        ):
            yield found

    return house()


def viewer_of(house: "House", person: str | None) -> Any:
    """Who does it: a person by id or whole name, or the first of a role; without either the one who sits here."""
    everybody = [each for each in house.people.list() if not each.only_name]
    found = next((each for each in everybody if person in {each.id, each.role}), None)
    found = found or next((each for each in everybody if person == each.name), None)
    if person is not None and found is None:
        raise InputRefusedError(
            f"There is nobody “{person[:60]}” here", next_step="Use --as with a role, a name or a person's id"
        )
    return house.people.current(found.id) if found else house.viewer


def name_of(house: "House", viewer: Any) -> str:
    """The name of who does it."""
    return next((each.name for each in house.people.list() if each.id == viewer.person_id), "Somebody")


def side_of(house: "House", viewer: Any) -> Any:
    """The role of who does it: sales-vp, learning-executive or coach."""
    return house.people.role_of(viewer)
