"""`counterpart debrief`: how did it go? One paragraph in, items to be confirmed out."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataDir, Json, print_json
from assistant.cli.pilot_shared import Person, opened, side_of, today, viewer_of
from assistant.errors import InputRefusedError

if TYPE_CHECKING:
    from assistant.debrief.read import Debrief, Found
    from assistant.pair.records import PairRecord, PairRecords


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("debrief")(debrief)


def debrief(
    file: Annotated[
        str | None, typer.Argument(help="A text file, or - for what is typed or piped in")
    ] = None,
    *,
    text: Annotated[str | None, typer.Option("--text", help="The paragraph itself")] = None,
    name: Annotated[
        str | None, typer.Option("--with", help="Whom you met: a name, or the id of a pair")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", help="The day you tell it on, if not today: 2026-03-11")
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep what was found, without being asked")] = False,
    only: Annotated[
        str | None, typer.Option("--only", help="Keep only these, by number: 1,3 (with --keep)")
    ] = None,
    share: Annotated[
        bool, typer.Option("--share", help="Your counterpart sees the promises that are kept")
    ] = False,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """How did it go? Tell it in a paragraph: what was said, promised, tried and refused is listed, to be kept.

    Example: counterpart debrief --text "She'll send me the lost deals by Friday. I owe her two names."
    """
    told = _told(file, text)
    day = _day(on)
    with opened(data_dir) as house:
        viewer = viewer_of(house, person)
        pair = house.pairs.pair(viewer, name)
        read = house.read_debrief(told, viewer=viewer, pair=pair, today=day)
        chosen = _numbers(only, len(read.items)) if keep else []
        asked = not keep and not as_json and sys.stdin.isatty() and sys.stdout.isatty() and bool(read.items)
        if not as_json:
            _tell(read, pair, side_of(house, viewer))
        if asked:
            chosen = [
                at
                for at, each in enumerate(read.items)
                if typer.confirm(f"{at + 1}. Keep “{each.words}”?", default=True)
            ]
        ids = _keep(house.pairs, viewer, pair, read, chosen, day=day, share=share) if chosen else {}
    if as_json:
        rows = [{"n": at + 1, **each.as_contract(), "id": ids.get(at)} for at, each in enumerate(read.items)]
        print_json({**read.as_contract(), "items": rows, "pair": pair.id, "meeting": ids.get(-1)})
    elif chosen:
        typer.echo(
            f"Kept {len(ids) - 1} of {len(read.items)}. “counterpart pair show” lists them, “pair forget ID” removes one."
        )
    elif read.items:
        typer.echo("Nothing was kept. Add --keep to keep all, or --keep --only 1,3.")


def _keep(
    pairs: "PairRecords",
    viewer: Any,
    pair: "PairRecord",
    read: "Debrief",
    chosen: list[int],
    *,
    day: date,
    share: bool,
) -> dict[int, str]:
    """The ids of what was kept, by its place; the meeting is -1."""
    from assistant.debrief.keep import keep_debrief

    meeting, kept = keep_debrief(pairs, viewer, pair, read, chosen, on=day, share=share)
    return {-1: meeting.id, **{at: each.id for at, each in kept.items()}}


def _told(file: str | None, text: str | None) -> str:
    if (file is None) == (text is None):
        raise InputRefusedError(
            "Tell how it went in one place", next_step="Use --text “…”, or name a file, or - to pipe it in"
        )
    if text is not None:
        return text
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(str(file)).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise InputRefusedError(
            f"{file} cannot be read: {error.strerror or error}",
            next_step="Name a text file, or - to pipe it in",
        ) from error
    except UnicodeDecodeError as error:
        raise InputRefusedError(f"{file} is not UTF-8 text", next_step="Save it as plain text") from error


def _day(on: str | None) -> date:
    if on is None:
        return today()
    try:
        return date.fromisoformat(on)
    except ValueError as error:
        raise InputRefusedError(f"“{on[:40]}” is no date", next_step="Write it as 2026-03-11") from error


def _numbers(only: str | None, count: int) -> list[int]:
    if only is None:
        return list(range(count))
    chosen = [part.strip() for part in only.split(",") if part.strip()]
    if not chosen or not all(part.isdigit() and 1 <= int(part) <= count for part in chosen):
        raise InputRefusedError(
            f"“{only[:40]}” names no items",
            kept="Nothing was kept",
            next_step=f"Give numbers from 1 to {count}, as in 1,3",
        )
    return [int(part) - 1 for part in chosen]


def _tell(read: "Debrief", pair: "PairRecord", role: str) -> None:
    from rich.console import Console

    console = Console(highlight=False, width=min(Console().width, 96))
    for at, each in enumerate(read.items, start=1):
        console.print(f"{at:2}. {_shown(each, pair, role)}", markup=False)
    for line in read.left_out:
        console.print(f"    {line}", markup=False, style="dim")
    console.print(f"\nNext time, to begin with:\n{read.opening}", markup=False)


def _shown(each: "Found", pair: "PairRecord", role: str) -> str:
    if each.kind != "promise":
        return f"{_KINDS[each.kind]}: {each.words}"
    other = pair.sales_vp.name if role == "learning-executive" else pair.learning_executive.name
    who: dict[Any, str] = {"me": "You", "counterpart": other, "both": "Both of you", None: "Who? (not clear)"}
    by = (
        f", by {each.due.isoformat()}"
        if each.due
        else f", {each.due_words}"
        if each.due_words
        else ", no day"
    )
    return f"Promise: {who.get(each.who, each.who)}: {each.words}{by}"


_KINDS = {
    "quote": "Said", "outcome": "Outcome", "tried": "Tried", "refused": "Refused", "story": "Story", "felt": "Felt",
}  # fmt: skip
