"""`counterpart pilot no-progress` and `decide`: what people say about a pilot, and what comes of it."""

from typing import Annotated

import typer

from assistant.cli.options import DataDir, Json, print_json
from assistant.cli.pilot_shared import Person, PilotId, name_of, opened, side_of, today, viewer_of


def register(group: typer.Typer) -> None:
    """Add the commands to the group of pilots."""
    group.command("no-progress")(no_progress)
    group.command("decide")(decide)


def no_progress(
    pilot_id: PilotId,
    *,
    words: Annotated[str | None, typer.Option(help="What you would add, in your own words")] = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Say that you feel no progress: any day, no number needed. It is kept, and the words to say it are drafted."""
    from assistant.pilots.messages import felt, felt_message

    with opened(data_dir) as house:
        viewer, measures = viewer_of(house, person), house.measures
        name, side = name_of(house, viewer), side_of(house, viewer)
        record = house.pilots.update(
            viewer,
            pilot_id,
            lambda pilot: felt(pilot, by=name, on=today(), words=words),
            about="Said: no progress felt",
        )
    text = felt_message(record.pilot, side, measures=measures, words=words)
    if as_json:
        print_json({"pilot": record.id, "version": record.version, "message": text})
    else:
        typer.echo(f"Kept. To say it, in your own words:\n\n{text}")


def decide(
    pilot_id: PilotId,
    choice: Annotated[str, typer.Argument(metavar="CHOICE", help="carry-on, change, scale, stop, or reopen")],
    *,
    why: Annotated[str | None, typer.Option(help="The reason, in a line")] = None,
    next_group: Annotated[str | None, typer.Option(help="For scale: one group, not everyone")] = None,
    change: Annotated[str | None, typer.Option(help="For change: the one thing that changes")] = None,
    learnt: Annotated[list[str] | None, typer.Option(help="What was learnt; may be repeated")] = None,
    until: Annotated[str | None, typer.Option(help="For carry-on and change: the new end")] = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Decide: carry on, change, scale or stop. What was learnt stays, whichever it is.

    Example: counterpart pilot decide ID stop --learnt "The leads were too small for this"
    """
    from assistant.pilots.days import read_date
    from assistant.pilots.decide import choice_of, next_pilot, reopened
    from assistant.pilots.decide import decide as decided

    end = read_date(until, today=today()) if until else None
    with opened(data_dir) as house:
        viewer = viewer_of(house, person)
        name = name_of(house, viewer)
        if choice == "reopen":
            record = house.pilots.update(viewer, pilot_id, reopened, about="Opened again")
        else:
            chosen = choice_of(choice)
            record = house.pilots.update(
                viewer, pilot_id,
                lambda pilot: decided(pilot, chosen, on=today(), by=name, why=why, next_group=next_group, change=change,
                                      learnt=tuple(learnt or ()), until=end),
                about=f"Decided: {chosen}",
            )  # fmt: skip
        record = house.keep_learnt(viewer, record)
        following = None
        if record.pilot.decision and record.pilot.decision.next_group:
            begun = next_pilot(record.pilot, record.pilot.decision.next_group)
            following = house.pilots.create(viewer, begun, about=f"Follows on {record.pilot.title}").id
    made = record.pilot.decision or (record.pilot.decisions[-1] if record.pilot.decisions else None)
    if as_json:
        shown = made.model_dump(mode="json") if made and choice != "reopen" else None
        print_json(
            {"pilot": record.id, "version": record.version, "decision": shown, "next_pilot": following}
        )
        return
    typer.echo("Open again." if choice == "reopen" or made is None else f"Decided: {made.choice}.")
    if following:
        typer.echo(f"A pilot for {made.next_group if made else ''} was begun: {following}")
