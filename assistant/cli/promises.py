"""`counterpart promises`: what the two of you said you would do, and how it went."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataDir, Json, print_json
from assistant.cli.pair import ItemId, With, item_contract
from assistant.cli.pilot_shared import Person, opened, today, viewer_of
from assistant.errors import InputRefusedError

if TYPE_CHECKING:
    from assistant.pair.item import Item

Version = Annotated[int | None, typer.Option("--version", help="Refuse it if somebody changed it since")]


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    group = typer.Typer(help="What the two of you said you would do: what waits, and how it went.")
    group.callback(invoke_without_command=True)(_list_by_default)
    for command, name in (
        (list_promises, "list"), (happened, "happened"), (didnt, "didnt"), (moved, "moved"), (reopen, "reopen"),
        (ics, "ics"),
    ):  # fmt: skip
        group.command(name)(command)
    app.add_typer(group, name="promises")


def _list_by_default(
    context: typer.Context,
    *,
    name: With = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that are settled too")] = False,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    if context.invoked_subcommand is None:
        list_promises(name=name, everything=everything, person=person, data_dir=data_dir, as_json=as_json)


def list_promises(
    *,
    name: With = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that are settled too")] = False,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """The promises that wait, the most pressing first; with a line to say where one is overdue."""
    from assistant.pair.promises import settled, waiting

    with opened(data_dir) as house:
        viewer = viewer_of(house, person)
        pair = house.pairs.pair(viewer, name)
        kept = house.pairs.items(viewer, pair.id, kinds=["promise"])
        waits = waiting(kept, pair, person_id=viewer.person_id, today=today())
        rows = [_row(house, viewer, pair, each.kept, each.standing) for each in waits]
        rows += [_row(house, viewer, pair, each, "settled") for each in settled(kept)] if everything else []
    if as_json:
        print_json({"pair": pair.id, "promises": rows})
        return
    for row in rows:
        due = row["due"] or row["due_words"] or "no day"
        typer.echo(f"{row['id']}  {row['standing']:8} {row['who_shown']}: {row['shown']} ({due})")
        if row["say"]:
            typer.echo(f"{'':14}say: {row['say']}")
    if not rows:
        typer.echo("Nothing is open between you. “counterpart debrief” finds promises in a paragraph.")


def happened(
    item_id: ItemId,
    *,
    version: Version = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """It was done."""
    from assistant.pair.promises import happened as done

    _settle(_Asked(item_id, version, person, data_dir, as_json), done, "Happened")


def didnt(
    item_id: ItemId,
    *,
    version: Version = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """It was not done; you get a line to say that shames nobody."""
    from assistant.pair.promises import didnt as undone

    _settle(_Asked(item_id, version, person, data_dir, as_json), undone, "Didn't happen")


def reopen(
    item_id: ItemId,
    *,
    version: Version = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """It waits again."""
    from assistant.pair.promises import reopened

    _settle(_Asked(item_id, version, person, data_dir, as_json), reopened, "Reopened")


def moved(
    item_id: ItemId,
    *,
    to: Annotated[str, typer.Option("--to", help="The new day: 2026-03-20, next Friday; or “none”")],
    version: Version = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """It has another day; the one before stays in its history."""
    from assistant.debrief.dates import day_of
    from assistant.pair.promises import moved as later

    day: date | None = None if to.strip().lower() in ("none", "") else day_of(to, today=today())
    words = None if day is None else to
    asked = _Asked(item_id, version, person, data_dir, as_json)
    _settle(asked, lambda item: later(item, to=day, words=words), "Moved")


def ics(
    out: Annotated[Path, typer.Argument(help="The file to write")] = Path("promises.ics"),
    *,
    name: With = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """The open promises that have a day, as an .ics file for a calendar."""
    from assistant.documents.calendar import promises_ics
    from assistant.pair.speech import calendar_entries

    with opened(data_dir) as house:
        viewer = viewer_of(house, person)
        pair = house.pairs.pair(viewer, name)
        kept = house.pairs.items(viewer, pair.id, kinds=["promise"])
        entries = calendar_entries(kept, pair, viewer.person_id)
    made = promises_ics(entries)
    try:
        out.write_bytes(made)
    except OSError as error:
        raise InputRefusedError(
            f"{out} cannot be written: {error.strerror or error}", next_step="Name another file"
        ) from error
    if as_json:
        print_json({"file": str(out), "entries": len(entries)})
    else:
        typer.echo(f"Wrote {out}: {len(entries)} promises")


@dataclass(frozen=True)
class _Asked:
    """Which promise, as it was looked at, by whom, and how it is answered."""

    item_id: str
    version: int | None
    person: str | None
    data_dir: Path | None
    as_json: bool


def _settle(asked: _Asked, change: Callable[["Item"], "Item"], about: str) -> None:
    with opened(asked.data_dir) as house:
        viewer = viewer_of(house, asked.person)
        kept = house.pairs.change(viewer, asked.item_id, change, about=about, version=asked.version)
        row = _row(house, viewer, house.pairs.pair(viewer, kept.pair_id), kept, None)
    if asked.as_json:
        print_json(row)
        return
    typer.echo(f"{about}: {row['shown']}")
    if row["say"]:
        typer.echo(f"To say: {row['say']}")


def _row(house: Any, viewer: Any, pair: Any, kept: Any, standing: str | None) -> dict[str, Any]:
    from assistant.pair.promises import standing as stands
    from assistant.pair.speech import owner_shown, read_by, what_to_say

    times = sum(each.about == "Moved" for each in house.pairs.history(viewer, kept.id))
    return {
        **item_contract(kept), "standing": standing or stands(kept.item, today=today()),
        "who_shown": owner_shown(kept.item, pair, viewer.person_id), "shown": read_by(kept, pair, viewer.person_id),
        "say": what_to_say(kept, pair, viewer.person_id, today=today(), times_moved=times),
    }  # fmt: skip
