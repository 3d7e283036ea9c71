"""What several commands share: their options, and progress that people see and programs do not."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.errors import InputRefusedError
from knowledge.cards import ROLES, Role
from knowledge.progress import Progress, silent

if TYPE_CHECKING:
    from assistant.bootstrap import House

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir", help="Where this instance keeps everything", file_okay=False, show_default=False
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model", help="Chat model that words the answer; none is the embedded coach", show_default=False
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON value on stdout, for programs")]


def role_of(name: str | None) -> Role:
    """The role of this name. Raises `InputRefusedError` for none or another one."""
    for role in ROLES:
        if role == name:
            return role
    what = f"There is no role “{str(name)[:40]}”" if name else "It is not said who asks"
    raise InputRefusedError(what, next_step=f"Use --as with one of {', '.join(ROLES)}")


def json_lines(path: Path) -> list[str]:
    """The lines of a JSONL file that are not blank. Raises `InputRefusedError` for one that cannot be read."""
    try:
        # not splitlines: a JSON text may hold line separators that end no line of the file
        return [line for line in path.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InputRefusedError(
            f"{path} cannot be read: {reason}", next_step="Name a file of JSON lines"
        ) from error


def print_json(value: Any) -> None:
    """One JSON value and nothing else on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A bar on stderr while work goes on; nothing where no person is looking."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def report(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total or None)

        yield report


def see_index_mended(house: "House") -> None:
    """After the answer: how far an index is that is being built again, and whether that was finished.

    A person may watch until it is done, or leave it with Ctrl+C; a program waits for seconds.
    """
    if not house.index.mending:
        return
    sys.stdout.flush()
    left = sys.stderr.isatty() and not _watched_to_the_end(house)
    house.index.close(at_once=left)
    if house.index.mending:
        typer.echo(
            "The search index was damaged or missing, and there was no time to build it again. Nothing was lost, and "
            "answers go on without it. “counterpart reindex” builds it.",
            err=True,
        )


def _watched_to_the_end(house: "House") -> bool:
    house.index.hurry()
    with shown_progress() as progress:
        try:
            while house.index.busy:
                for step in house.board.steps():
                    progress("Building the index again (Ctrl+C: later)", step.done, step.total)
                time.sleep(0.1)
        except KeyboardInterrupt:
            return False
    return True
