"""`counterpart pair invite`, `coach`, `withdraw`, `assign`, `done`: a coach of the two, and what they give."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.seat import Seat, With, seated
from assistant.errors import InputRefusedError

if TYPE_CHECKING:
    from assistant.pair.coaching import Invite, Task
    from assistant.pair.records import PairRecord

CoachName = Annotated[str, typer.Argument(help="The coach's name, or id")]


def register(group: typer.Typer) -> None:
    """Add the commands to the group of the pair."""
    for command, name in (
        (invite, "invite"), (coach, "coach"), (withdraw, "withdraw"), (assign, "assign"), (done, "done"),
        (take_back, "take-back"),
    ):  # fmt: skip
        group.command(name)(seated(command))


def invite(
    seat: Seat,
    coach_name: CoachName,
    *,
    share: Annotated[
        str,
        typer.Option("--share", help="What they see of what both of you see: promises, mirror, outcome, pilots; all; none"),
    ] = "promises,mirror,outcome",
    item: Annotated[
        list[str] | None, typer.Option("--item", help="The id of one thing you told, also one only you see")
    ] = None,
    name: With = None,
) -> None:  # fmt: skip
    """Ask a coach in and say what they see; asked again, it is set anew.

    Example: counterpart pair invite Cleo --share promises,mirror
    """
    from assistant.pair.coaching import shares_named

    shares = shares_named("" if share.strip().lower() == "none" else share)
    pair = seat.pair(name)
    made = seat.house.ask_in(seat.viewer, pair, coach_name, shares=shares, items=item or ())
    seat.answer(
        made.as_contract(),
        f"{made.coach.name} coaches you from now on, and sees: {_seen(made, seat.viewer.person_id)}.",
        f"Take it back at any time: counterpart pair withdraw “{made.coach.name}”",
    )


def coach(seat: Seat, *, name: With = None) -> None:
    """Who was asked in, by whom, and what they see."""
    pair = seat.pair(name)
    invites = seat.house.coaching.invites(seat.viewer, pair.id)
    names = {person.id: person.name for person in pair.people}
    lines = [
        f"{each.coach.name}, asked in by {names.get(each.by, 'one of you')}; {names[who]} shows: {_seen(each, who)}"
        for each in invites
        for who in dict.fromkeys(
            (*each.shares, *each.items, *(() if each.shares or each.items else (each.by,)))
        )
    ]
    nobody = "Nobody was asked in. “counterpart pair invite NAME” asks a coach."
    seat.answer(
        {"pair": pair.id, "coaches": [each.as_contract() for each in invites]}, *(lines or [nobody])
    )  # fmt: skip


def withdraw(seat: Seat, coach_name: CoachName, *, name: With = None) -> None:
    """From now on the coach finds nothing of the two of you. Either of you may."""
    pair = seat.pair(name)
    found = _coach_in(seat.house.coaching.invites(seat.viewer, pair.id), coach_name)
    seat.house.coaching.withdraw(seat.viewer, pair.id, found.coach.id)
    seat.answer(
        {"pair": pair.id, "withdrawn": {"id": found.coach.id, "name": found.coach.name}},
        f"{found.coach.name} finds nothing of the two of you any more.",
    )


def assign(
    seat: Seat,
    words: Annotated[str, typer.Argument(help="In your words")],
    *,
    to: Annotated[str, typer.Option("--to", help="learning-executive, sales-vp, a name, or both")],
    rehearse: Annotated[
        str | None, typer.Option("--rehearse", help="A meeting to rehearse (counterpart scenarios)")
    ] = None,
    about: Annotated[str, typer.Option("--about", help="The line that it is about")] = "",
    name: With = None,
) -> None:
    """For a coach: give one of the two, or both, a question or a meeting to rehearse. It waits on their page.

    Example: counterpart pair assign "What made the list hard?" --to sales-vp --as coach
    """
    pair = seat.pair(name)
    given = seat.house.assign(seat.viewer, pair, _people(pair, to), words, scenario=rehearse, about=about)
    lines = (f"{each.id}  {each.for_person.name}: {each.words}" for each in given)
    seat.answer({"pair": pair.id, "given": [each.as_contract() for each in given]}, *lines)


def done(seat: Seat, task_id: Annotated[str, typer.Argument(metavar="ID", help="From “home”")]) -> None:
    """What a coach gave you is done."""
    _tell(seat, seat.house.coaching.done(seat.viewer, task_id), "Done")


def take_back(seat: Seat, task_id: Annotated[str, typer.Argument(metavar="ID", help="From “home”")]) -> None:
    """For a coach: take back what you gave."""
    _tell(seat, seat.house.coaching.take_back(seat.viewer, task_id), "Taken back")


def _tell(seat: Seat, task: "Task", what: str) -> None:
    seat.answer(task.as_contract(), f"{what}: {task.words}")


def _seen(invite: "Invite", person_id: str) -> str:
    parts: list[str] = [*invite.shown_by(person_id)]
    if count := len(invite.items.get(person_id, ())):
        parts.append("one particular thing" if count == 1 else f"{count} particular things")
    return ", ".join(parts) or "nothing yet"


def _coach_in(invites: "list[Invite]", name: str) -> "Invite":
    wanted = " ".join(name.split()).casefold()
    found = [each for each in invites if wanted in (each.coach.id, each.coach.name.casefold())]
    if not found:
        raise InputRefusedError(
            f"{name[:60]} was not asked in", next_step="“counterpart pair coach” lists who was"
        )
    return found[0]


def _people(pair: "PairRecord", to: str) -> list[str]:
    """The ids of whom it is for."""
    wanted = to.strip().casefold()
    found: list[Any] = [
        each for each in pair.people if wanted in ("both", each.role, each.id, each.name.casefold())
    ]
    if not found:
        names = " or ".join(each.name for each in pair.people)
        raise InputRefusedError(
            f"{to[:60]} is none of the two", next_step=f"Use --to with {names}, a role, or both"
        )
    return [each.id for each in found]
