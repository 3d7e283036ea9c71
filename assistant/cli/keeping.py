"""`counterpart backup`, `restore`, `export` and `forget`: what is kept here, taken along or gone."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataDir, Json, print_json, shown_progress
from assistant.errors import InputRefusedError
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.bootstrap import House
    from knowledge.store.access import Viewer

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup file")]
Whose = Annotated[
    str, typer.Option("--person", help="An id, a name or a role: learning-executive, sales-vp, coach")
]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    for command, name in ((backup, "backup"), (restore, "restore"), (export, "export"), (forget, "forget")):
        app.command(name)(command)


def backup(
    file: File,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Everything here as one file, also while the pages are in use."""
    from assistant.bootstrap import open_house
    from assistant.storage.backup import back_up

    if file.exists() and not overwrite:
        raise InputRefusedError(f"{file} is there already", next_step="Take another name, or say --overwrite")
    settings = load_settings(data_dir=data_dir)
    with shown_progress() as progress, open_house(settings, progress=progress) as house:
        made = back_up(house.store, settings.data_dir, file.resolve(), url=_postgres(settings))
    if as_json:
        print_json(
            {"file": str(file), "created": made.created, "parts": len(made.parts), "bytes": made.bytes}
        )
    else:
        typer.echo(f"{file} holds {_parts(len(made.parts))}, {made.bytes / 1e6:.1f} MB unpacked.")


def restore(file: File, data_dir: DataDir = None, as_json: Json = False) -> None:
    """A backup into an empty data directory, every part checked by its SHA-256."""
    from assistant.bootstrap import open_house
    from assistant.storage import backup as backups

    if not file.is_file():
        raise InputRefusedError(f"There is no file {file}", next_step="Check the path")
    settings = load_settings(data_dir=data_dir)
    found = backups.restore(file, settings.data_dir, url=_postgres(settings))
    with shown_progress() as progress, open_house(settings, progress=progress) as house:
        state = house.index.state
    if as_json:
        print_json(
            {
                "data_dir": str(settings.data_dir),
                "created": found.created,
                "parts": len(found.parts),
                "index": state,
            }
        )
    else:
        typer.echo(
            f"{settings.data_dir} is as it was on {found.created[:16]}: {_parts(len(found.parts))}, all checked."
        )


def export(
    whose: Whose = "learning-executive",
    to: Annotated[Path | None, typer.Option("--to", help="A file for it; otherwise it is printed")] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Everything that one person wrote or added here, as JSON."""
    from assistant.bootstrap import open_house
    from assistant.storage.personal import export_person

    if to is not None and to.exists():
        raise InputRefusedError(f"{to} is there already", next_step="Take another name")
    with (
        shown_progress() as progress,
        open_house(load_settings(data_dir=data_dir), progress=progress) as house,
    ):
        value = export_person(house.store, _person(house, whose))
    if to is None:
        print_json(value)
        return
    descriptor = os.open(to, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(value, stream, ensure_ascii=False, indent=1)
    counts = {name: len(rows) for name, rows in value["records"].items() if rows}
    _tell(
        {"file": str(to), "records": counts}, f"{to} holds {sum(counts.values()):,} records.", as_json=as_json
    )


def forget(
    whose: Whose,
    sure: Annotated[bool, typer.Option("--yes", help="Yes, delete it all; nothing brings it back")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Delete everything that one person wrote or added here, from the database, the index and the uploads."""
    from assistant.bootstrap import open_house
    from assistant.storage.personal import erase_person, files_of

    if not sure:
        raise InputRefusedError(
            "This deletes everything of that person, for good",
            kept="Nothing was deleted",
            next_step="Take an export first if it is wanted, then say --yes",
        )
    settings = load_settings(data_dir=data_dir)
    with shown_progress() as progress, open_house(settings, progress=progress) as house:
        viewer = _person(house, whose)
        files = files_of(house.store, viewer, settings.data_dir / "uploads")
        gone = erase_person(house.store, viewer)
        for path in files:
            path.unlink(missing_ok=True)
        if house.index.available:
            house.index.rebuild(progress=progress)
    _tell(
        {"deleted": gone, "files": len(files)},
        f"{sum(gone.values()):,} records and {len(files)} files are gone. Backups taken before still hold them: "
        "delete those, and take a new one.",
        as_json=as_json,
    )


def _person(house: "House", whose: str) -> "Viewer":
    people = house.people.list()
    found = [each for each in people if whose in {each.id, each.name}] or [
        each for each in people if each.role == whose
    ]
    if len(found) != 1:
        raise InputRefusedError(
            f"{'Several people are' if found else 'Nobody is'} called “{whose[:40]}”",
            next_step="Give the id: " + ", ".join(f"{each.id} ({each.name})" for each in found or people),
        )
    return house.people.current(found[0].id)


def _tell(value: dict[str, Any], words: str, *, as_json: bool) -> None:
    if as_json:
        print_json(value)
    else:
        typer.echo(words)


def _postgres(settings: Settings) -> str | None:
    return settings.database_url.get_secret_value() if settings.database_url else None


def _parts(count: int) -> str:
    return "1 part" if count == 1 else f"{count} parts"
