"""`counterpart mirror`: each writes one sentence alone; what differs, side by side."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import print_json
from assistant.cli.seat import Seat, With, seated
from assistant.errors import InputRefusedError
from prompts import phrase

if TYPE_CHECKING:
    from assistant.bootstrap import House


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("mirror")(seated(mirror))


def mirror(
    seat: Seat,
    *,
    text: Annotated[
        str | None, typer.Option("--text", help="Your own sentence; nobody sees it before both are there")
    ] = None,
    reply: Annotated[
        str | None, typer.Option("--reply", help="The other's sentence, pasted from a mail")
    ] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Show a message that asks the other for theirs")] = False,
    name: With = None,
) -> None:
    """One sentence from each, written alone: which result, in which team, by when, and who must do what.

    Example: counterpart mirror --text "Win rate in the East team to 25% by June; I listen, Dana opens doors"
    """
    pair = seat.pair(name)
    if text is not None:
        seat.house.write_mirror(seat.viewer, pair, text)
    if reply is not None:
        seat.house.write_mirror(seat.viewer, pair, reply, of=pair.other(seat.viewer.person_id).role)
    found = _found(seat.house, seat.viewer, pair.id)
    if seat.as_json:
        print_json(found)
        return
    _tell(found, ask=ask)


def _found(house: "House", viewer: Any, pair_id: str) -> dict[str, Any]:
    between = house.between(viewer, pair_id)
    seen = house.mirror(between)
    mine = between.mirror.get(between.me.role)
    return {
        "pair": pair_id,
        "mine": mine.item.words if mine else None,
        "message": phrase("mirror", "request", name=between.called(between.other)),
        "mirror": seen.as_contract() if seen else None,
        "waiting_for": None if seen else between.called(between.other if mine else between.me),
    }


def _tell(found: dict[str, Any], *, ask: bool) -> None:
    if ask:
        typer.echo(found["message"])
        return
    if found["mirror"] is None:
        if found["mine"] is None:
            raise InputRefusedError(
                "Your sentence is not written yet",
                next_step="Write it with --text “…”, before you see the other's",
            )
        typer.echo(f"Yours: {found['mine']}\nThe other's is not there yet. --ask shows a message to send.")
        return
    for side in ("learning", "vp"):
        typer.echo(f"{found['mirror'][side]['name']}: {found['mirror'][side]['words']}")
    typer.echo("")
    for each in found["mirror"]["differs"]:
        typer.echo(f"- {each['text']}")
    for each in found["mirror"]["same"]:
        typer.echo(f"= {each}")
