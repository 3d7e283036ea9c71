"""`counterpart pilot checkin` and `reading`: one minute of numbers and marks, and what all of them say so far."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from assistant.cli.options import DataDir, Json, print_json
from assistant.cli.pilot_shared import Person, PilotId, name_of, opened, today, viewer_of
from assistant.errors import InputRefusedError

if TYPE_CHECKING:
    from assistant.pilots.checkins import Entered
    from assistant.pilots.measures import Measures
    from assistant.pilots.model import Pilot
    from assistant.records import PilotRecord


def register(group: typer.Typer) -> None:
    """Add the commands to the group of pilots."""
    group.command("checkin")(checkin)
    group.command("reading")(reading)


def checkin(
    pilot_id: PilotId,
    *,
    numbers: Annotated[
        str | None, typer.Option(help="12 of 60, 20% of 60, mean 94 of 8, or a list: 120, 95, 180+")
    ] = None,
    comparison: Annotated[str | None, typer.Option(help="The same of the comparison group")] = None,
    so_far: Annotated[
        bool,
        typer.Option("--so-far", help="The numbers are all since the start, not since the last check-in"),
    ] = False,
    csv: Annotated[
        Path | None, typer.Option(help="A CSV file, or a folder: the newest CSV file in it", exists=False)
    ] = None,
    behaviour: Annotated[
        list[str] | None,
        typer.Option(help="1=done, 2=partly or 3=not done, by number or name; may be repeated"),
    ] = None,
    reinforcement: Annotated[
        list[str] | None, typer.Option(help="Likewise for what leaders promised")
    ] = None,
    story: Annotated[str | None, typer.Option(help="One thing that happened")] = None,
    setback: Annotated[bool, typer.Option("--setback", help="The story is one that did not go well")] = False,
    mood: Annotated[str | None, typer.Option(help="1 (bad) to 5 (great)")] = None,
    in_the_way: Annotated[str | None, typer.Option(help="What got in the way")] = None,
    helped: Annotated[str | None, typer.Option(help="What helped")] = None,
    note: Annotated[str | None, typer.Option(help="Anything else")] = None,
    stop_rule: Annotated[
        bool | None,
        typer.Option(
            "--stop-rule-met/--stop-rule-not-met", help="Whether what was agreed as a stop came about"
        ),
    ] = None,
    on: Annotated[str | None, typer.Option(help="The day; otherwise today")] = None,
    edit: Annotated[str | None, typer.Option(help="Change this check-in; what is not given stays")] = None,
    remove: Annotated[str | None, typer.Option(help="Take this check-in back; the history keeps it")] = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """A minute: numbers, what was done, one story, a mood. Without options at a terminal it asks.

    Example: counterpart pilot checkin ID --numbers "12 of 60" --behaviour 1=done --mood 4
    """
    from assistant.pilots.checkins import Entered, checked_in, find_check_in, without_check_in
    from assistant.pilots.days import read_date

    day = read_date(on, today=today().replace(month=1, day=1)) if on else None
    with opened(data_dir) as house:
        viewer, measures = viewer_of(house, person), house.measures
        record = house.pilots.get(viewer, pilot_id)
        if remove:
            record = house.pilots.update(
                viewer,
                pilot_id,
                lambda pilot: without_check_in(pilot, remove),
                about=f"Took check-in {remove} back",
            )
            _tell(record, None, measures, as_json)
            return
        kept = find_check_in(record.pilot, edit).on if edit else today()
        name = name_of(house, viewer)
        entered = Entered(
            on=day or kept, by=name, numbers=numbers, comparison=comparison, so_far=so_far, file=_file(csv),
            behaviours=_pairs(behaviour), reinforcement=_pairs(reinforcement), story=story,
            story_is=("setback" if setback else "success") if story else None, mood=mood,
            in_the_way=in_the_way, helped=helped, note=note,
            stop_rule_met=stop_rule,
        )  # fmt: skip
        if _nothing(entered) and not as_json and sys.stdin.isatty():
            entered = _asked(record.pilot, entered)
        before = {each.id for each in record.pilot.check_ins}
        record = house.pilots.update(
            viewer, pilot_id, lambda pilot: checked_in(pilot, entered, today=today(), replaces=edit),
            about=f"Changed check-in {edit}" if edit else "Checked in",
        )  # fmt: skip
    made = edit or next((each.id for each in record.pilot.check_ins if each.id not in before), None)
    _tell(record, made, measures, as_json)


def reading(
    pilot_id: PilotId, *, person: Person = None, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """What the check-ins say so far: on track, some progress, no progress or too early, and what would change that."""
    with opened(data_dir) as house:
        record = house.pilots.get(viewer_of(house, person), pilot_id)
        measures = house.measures
    found = _contract(record.pilot, measures)
    print_json({"id": record.id, "title": record.pilot.title, **found}) if as_json else _say(found)


def _tell(record: "PilotRecord", check_in: str | None, measures: "Measures", as_json: bool) -> None:
    found = _contract(record.pilot, measures)
    made = next((each for each in record.pilot.check_ins if each.id == check_in), None)
    if as_json:
        shown = None if made is None else made.model_dump(mode="json", exclude_defaults=True)
        print_json({"id": record.id, "version": record.version, "check_in": shown, "reading": found})
        return
    typer.echo(f"Kept as {made.id}." if made else "Taken back.")
    _say(found)


def _contract(pilot: "Pilot", measures: "Measures") -> dict[str, Any]:
    from assistant.pilots.reading import read_pilot_numbers
    from assistant.pilots.state import slots
    from assistant.pilots.told import reading_contract

    found = read_pilot_numbers(pilot, measures=measures, today=today())
    days = slots(pilot, today=today())
    return {
        **reading_contract(pilot, found, measures=measures),
        "missing": [slot.due.isoformat() for slot in days if slot.state == "missing"],
        "late": [slot.due.isoformat() for slot in days if slot.state == "late"],
    }


def _say(found: dict[str, Any]) -> None:
    typer.secho(found["headline"], bold=True)
    for name in ("application", "why", "what_would_change_it", "cannot_show"):
        for line in found[name]:
            typer.echo(f"  {line}")
    if found["missing"]:
        typer.echo(f"  Missing check-ins: {', '.join(found['missing'])}")


def _file(path: Path | None) -> tuple[str, bytes] | None:
    """The file, or the newest CSV file of a folder. Raises `InputRefusedError`."""
    if path is None:
        return None
    if path.is_dir():
        files = [each for each in path.iterdir() if each.suffix.lower() == ".csv" and each.is_file()]
        if not files:
            raise InputRefusedError(
                f"{path} has no CSV file in it", next_step="Put one there, or name a file"
            )
        path = max(files, key=lambda each: each.stat().st_mtime)
    try:
        return path.name, path.read_bytes()
    except OSError as error:
        raise InputRefusedError(
            f"{path} cannot be read: {error.strerror}", next_step="Name a CSV file or a folder"
        ) from error


def _pairs(given: list[str] | None) -> dict[str, str]:
    found = {}
    for each in given or []:
        name, sign, value = each.rpartition("=")
        if not sign:
            raise InputRefusedError(f"“{each[:40]}” says not what came of it", next_step="Write 1=done")
        found[name] = value
    return found


def _nothing(entered: "Entered") -> bool:
    from assistant.pilots.checkins import Entered as Empty

    return entered == Empty(on=entered.on, by=entered.by)


def _asked(pilot: "Pilot", entered: "Entered") -> "Entered":
    """The minute itself, one question after the other; an empty line leaves something out."""
    from dataclasses import replace

    def ask(question: str) -> str:
        return str(typer.prompt(question, default="", show_default=False))

    numbers = ask("Numbers since the last check-in (12 of 60)")
    marks = {
        n: ask(f"Did they: {each.text} (done, partly, not done)")
        for n, each in enumerate(pilot.behaviours, 1)
    }
    kept = {
        n: ask(f"Leaders: {each.what} (done, partly, not done)")
        for n, each in enumerate(pilot.reinforcement, 1)
    }
    story = ask("One thing that happened")
    went: Literal["success", "setback"] = (
        "setback" if story and typer.confirm("Was it a setback?", default=False) else "success"
    )
    return replace(
        entered, numbers=numbers, behaviours={str(n): said for n, said in marks.items()},
        reinforcement={str(n): said for n, said in kept.items()}, story=story, story_is=went if story else None,
        mood=ask("Mood, 1 to 5"),
    )  # fmt: skip
