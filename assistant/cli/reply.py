"""`counterpart reply`: a pasted reply, read; what is unclear is asked, never guessed."""

import sys
from typing import Annotated

import typer

from assistant.cli.options import print_json
from assistant.cli.pilot_shared import today
from assistant.cli.seat import Seat, With, day_given, seated
from assistant.pilots.days import show_date


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("reply")(seated(reply))


def reply(
    seat: Seat,
    *,
    text: Annotated[str, typer.Option("--text", help="The reply as it came, or - to pipe it in")],
    received: Annotated[
        str | None, typer.Option("--on", help="The day it came, as 2026-03-11; today otherwise")
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep what it says between you")] = False,
    name: With = None,
) -> None:
    """Read a reply into outcome, group, day, yes or no, promises and objection, and say what is left to ask.

    Example: counterpart reply --text "Yes. Win rate in East to 25% by 30 June. You listen, I tell Priya Monday."
    """
    words = sys.stdin.read() if text == "-" else text
    house, viewer, pair, day = seat.house, seat.viewer, seat.pair(name), day_given(received, today())
    read = house.read_reply(words, on=day)
    kept = house.keep_reply(viewer, pair, read, on=day) if keep else []
    called = house.between(viewer, pair.id).called(pair.other(viewer.person_id))
    if seat.as_json:
        print_json({**read.as_contract(called), "kept": [each.id for each in kept]})
        return
    for label, found in read.in_words():
        typer.echo(f"{label}: {found}")
    for each in read.promises:
        by = f", by {show_date(each.due)}" if each.due else f", {each.due_words}" if each.due_words else ""
        who = {"me": called, "counterpart": "you", "both": "both"}.get(each.who, each.who)
        typer.echo(f"Promise: {who}: {each.what}{by}")
    questions = read.questions(called)
    if questions:
        typer.echo("To ask:")
    for question in questions:
        typer.echo(f"  {question}")
    if kept:
        typer.echo(f"Kept: {len(kept)}")
