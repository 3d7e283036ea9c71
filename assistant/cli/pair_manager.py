"""`counterpart pair manager`: the front-line manager in between."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.pilot_shared import today
from assistant.cli.seat import Seat, With, seated
from assistant.errors import InputRefusedError

if TYPE_CHECKING:
    from assistant.pair.manager import InBetween


def register(group: typer.Typer) -> None:
    """Add the command to the group of the pair."""
    group.command("manager")(seated(manager))


def manager(
    seat: Seat,
    manager_name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Who it is; the one you named before if not said")
    ] = None,
    *,
    said: Annotated[str | None, typer.Option("--said", help="What they said, as it came")] = None,
    shared: Annotated[bool, typer.Option("--share", help="Your counterpart sees it too")] = False,
    name: With = None,
) -> None:
    """A two-line note for the manager of the team, their view, and their two minutes in the staff call.

    Example: counterpart pair manager "Priya Shah" --said "Fine, but not at quarter end."
    """
    pair = seat.pair(name)
    if manager_name is not None:
        seat.house.name_manager(seat.viewer, pair, manager_name, on=today(), shared=shared)
    if said is not None:
        seat.house.keep_view(seat.viewer, pair, said, on=today(), shared=shared)
    found = seat.house.in_between(seat.house.between(seat.viewer, pair.id))
    if found is None:
        raise InputRefusedError(
            "Nobody named a manager yet", next_step="Name them: counterpart pair manager “Priya Shah”"
        )
    seat.answer(found.as_contract(), *_lines(found))


def _lines(found: "InBetween") -> list[str]:
    views = [f"  {each.item.on.isoformat()}  “{each.item.words}”" for each in found.views]
    return [
        f"{found.name}, the manager in between\n",
        "To send:",
        *(f"  {line}" for line in found.note.splitlines()),
        "",
        "What they said:" if views else found.ask,
        *views,
        "",
        found.slot,
        f"  {found.call}",
    ]
