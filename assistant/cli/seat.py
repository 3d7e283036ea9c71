"""What commands on a pair share: who does it, in which instance, as which option each of them takes."""

import inspect
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataDir, Json, print_json, shown_progress
from assistant.cli.pilot_shared import Person, viewer_of
from assistant.errors import InputRefusedError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.bootstrap import House
    from assistant.pair.records import PairRecord

With = Annotated[str | None, typer.Option("--with", help="The counterpart's name, or the id of a pair")]
Command = Callable[..., None]


@dataclass(frozen=True)
class Seat:
    """Who does it, in which instance, and how it is answered: for people, or for programs."""

    house: "House"
    viewer: Any
    as_json: bool

    def pair(self, name: str | None) -> "PairRecord":
        """The pair that is meant; the first one where nothing is said."""
        return self.house.pairs.pair(self.viewer, name)

    def answer(self, value: Any, *lines: str) -> None:
        """One JSON value for programs, these lines for people."""
        if self.as_json:
            print_json(value)
            return
        for line in lines:
            typer.echo(line)


def seated(command: Command) -> Command:
    """`command`, which is given a `Seat`, as one that takes `--as`, `--data-dir` and `--json` beside its own options."""

    @wraps(command)
    def run(
        *, person: str | None = None, data_dir: Path | None = None, as_json: bool = False, **own: Any
    ) -> None:
        from assistant.bootstrap import open_house

        settings = load_settings(data_dir=data_dir)
        with shown_progress() as progress, open_house(settings, progress=progress, brief=True) as house:
            command(Seat(house, viewer_of(house, person), as_json), **own)

    own = [*inspect.signature(command).parameters.values()][1:]
    return _with_parameters(run, [*own, *inspect.signature(_shared).parameters.values()])


def _shared(*, person: Person = None, data_dir: DataDir = None, as_json: Json = False) -> None:
    """Only its parameters are of use: what each seated command takes."""


def by_default(group: typer.Typer, command: Command) -> None:
    """Run `command` where the group is called without one of its commands."""

    @wraps(command)
    def run(*, context: typer.Context, **own: Any) -> None:
        if context.invoked_subcommand is None:
            command(**own)

    first = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    whole = _with_parameters(run, [first, *inspect.signature(command).parameters.values()])
    group.callback(invoke_without_command=True)(whole)


def _with_parameters(run: Command, parameters: list[inspect.Parameter]) -> Command:
    """`run` as the command line sees it: with these parameters, every one by its name."""
    named = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in parameters]
    run.__signature__ = inspect.Signature(named)  # type: ignore[attr-defined]  # typer reads what inspect reads
    run.__annotations__ = {each.name: each.annotation for each in named}
    with suppress(AttributeError):
        del run.__wrapped__  # type: ignore[attr-defined]  # or inspect would follow it
    return run


def write_file(out: Path, content: bytes) -> None:
    """Write what a command made. Raises `InputRefusedError` where it cannot be written."""
    try:
        out.write_bytes(content)
    except OSError as error:
        raise InputRefusedError(
            f"{out} cannot be written: {error.strerror or error}", next_step="Name another file"
        ) from error


def day_given(words: str | None, otherwise: date) -> date:
    """A day as 2026-03-11. Raises `InputRefusedError` for anything else."""
    try:
        return date.fromisoformat(words) if words else otherwise
    except ValueError as error:
        raise InputRefusedError(
            f"“{str(words)[:40]}” is no date", next_step="Write it as 2026-03-11"
        ) from error
