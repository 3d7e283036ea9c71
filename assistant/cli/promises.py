"""`counterpart promises`: what the two of you said you would do, and how it went."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.pair import ItemId, Version, item_contract
from assistant.cli.pilot_shared import today
from assistant.cli.seat import Seat, With, by_default, seated, write_file

if TYPE_CHECKING:
    from assistant.pair.item import Item
    from assistant.pair.records import PairItem, PairRecord

All = Annotated[bool, typer.Option("--all", help="Those that are settled too")]


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    group = typer.Typer(help="What the two of you said you would do: what waits, and how it went.")
    by_default(group, seated(list_promises))
    for command, name in (
        (list_promises, "list"), (happened, "happened"), (didnt, "didnt"), (moved, "moved"), (reopen, "reopen"),
        (ics, "ics"),
    ):  # fmt: skip
        group.command(name)(seated(command))
    app.add_typer(group, name="promises")


def list_promises(seat: Seat, *, name: With = None, everything: All = False) -> None:
    """The promises that wait, the most pressing first; with a line to say where one is overdue."""
    from assistant.pair.promises import settled, waiting

    pair = seat.pair(name)
    kept = seat.house.pairs.items(seat.viewer, pair.id, kinds=["promise"])
    waits = waiting(kept, pair, person_id=seat.viewer.person_id, today=today())
    rows = [_row(seat, pair, each.kept, each.standing) for each in waits]
    rows += [_row(seat, pair, each, "settled") for each in settled(kept)] if everything else []
    lines = [line for row in rows for line in _lines(row)]
    nothing = "Nothing is open between you. “counterpart debrief” finds promises in a paragraph."
    seat.answer({"pair": pair.id, "promises": rows}, *(lines or [nothing]))


def happened(seat: Seat, item_id: ItemId, *, version: Version = None) -> None:
    """It was done."""
    from assistant.pair.promises import happened as done

    _settle(seat, item_id, version, done, "Happened")


def didnt(seat: Seat, item_id: ItemId, *, version: Version = None) -> None:
    """It was not done; you get a line to say that shames nobody."""
    from assistant.pair.promises import didnt as undone

    _settle(seat, item_id, version, undone, "Didn't happen")


def reopen(seat: Seat, item_id: ItemId, *, version: Version = None) -> None:
    """It waits again."""
    from assistant.pair.promises import reopened

    _settle(seat, item_id, version, reopened, "Reopened")


def moved(
    seat: Seat,
    item_id: ItemId,
    *,
    to: Annotated[str, typer.Option("--to", help="The new day: 2026-03-20, next Friday; or “none”")],
    version: Version = None,
) -> None:
    """It has another day; the one before stays in its history."""
    from assistant.debrief.dates import day_of
    from assistant.pair.promises import moved as later

    day: date | None = None if to.strip().lower() in ("none", "") else day_of(to, today=today())
    words = None if day is None else to
    _settle(seat, item_id, version, lambda item: later(item, to=day, words=words), "Moved")


def ics(
    seat: Seat,
    out: Annotated[Path, typer.Argument(help="The file to write")] = Path("promises.ics"),
    *,
    name: With = None,
) -> None:
    """The open promises that have a day, as an .ics file for a calendar."""
    from assistant.documents.calendar import promises_ics
    from assistant.pair.speech import calendar_entries

    pair = seat.pair(name)
    kept = seat.house.pairs.items(seat.viewer, pair.id, kinds=["promise"])
    entries = calendar_entries(kept, pair, seat.viewer.person_id)
    write_file(out, promises_ics(entries))
    seat.answer({"file": str(out), "entries": len(entries)}, f"Wrote {out}: {len(entries)} promises")


def _settle(
    seat: Seat, item_id: str, version: int | None, change: "Callable[[Item], Item]", about: str
) -> None:
    kept = seat.house.pairs.change(seat.viewer, item_id, change, about=about, version=version)
    row = _row(seat, seat.pair(kept.pair_id), kept, None)
    seat.answer(row, f"{about}: {row['shown']}", *([f"To say: {row['say']}"] if row["say"] else []))


def _row(seat: Seat, pair: "PairRecord", kept: "PairItem", standing: str | None) -> dict[str, Any]:
    from assistant.pair.promises import standing as stands
    from assistant.pair.speech import owner_shown, read_by, what_to_say

    me = seat.viewer.person_id
    times = sum(each.about == "Moved" for each in seat.house.pairs.history(seat.viewer, kept.id))
    return {
        **item_contract(kept), "standing": standing or stands(kept.item, today=today()),
        "who_shown": owner_shown(kept.item, pair, me), "shown": read_by(kept, pair, me),
        "say": what_to_say(kept, pair, me, today=today(), times_moved=times),
    }  # fmt: skip


def _lines(row: dict[str, Any]) -> list[str]:
    due = row["due"] or row["due_words"] or "no day"
    line = f"{row['id']}  {row['standing']:8} {row['who_shown']}: {row['shown']} ({due})"
    return [line, *([f"{'':14}say: {row['say']}"] if row["say"] else [])]
