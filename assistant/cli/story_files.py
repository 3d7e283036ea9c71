"""`counterpart story import` and `export`: many stories at once, in and out of files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataDir, Json, print_json, shown_progress
from assistant.cli.story import As, Confidential, Keep, Mask, Visible, assignments, opened, visibility_of
from assistant.errors import InputRefusedError

if TYPE_CHECKING:
    from assistant.stories.story import Story

Where = Annotated[
    list[str] | None, typer.Option("--where", metavar="FIELD=VALUE", help="Only stories with this field")
]
_MOST_BYTES = 20_000_000


def register(group: typer.Typer) -> None:
    """Add the commands to the group `story`."""
    group.command("import")(import_stories)
    group.command("export")(export)


def import_stories(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="CSV, JSONL, Markdown or DOCX", show_default=False)
    ] = None,
    columns: Annotated[
        list[str] | None, typer.Option("--map", metavar="FIELD=COLUMN", help="Which column holds a field")
    ] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Say what would happen; keep nothing")] = False,
    undo: Annotated[
        str | None, typer.Option("--undo", metavar="IMPORT", help="Take a whole import out again")
    ] = None,
    earlier: Annotated[bool, typer.Option("--list", help="The imports so far")] = False,
    *,
    visibility: Visible = None,
    role: As = None,
    keep: Keep = None,
    mask: Mask = None,
    confidential: Confidential = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Log the stories of a file. Each row is masked; one that cannot be used says why, and the others come in."""
    if (file is not None) + (undo is not None) + earlier != 1:
        raise InputRefusedError(
            "It is not said what to import", next_step="Give a file, --undo IMPORT or --list"
        )
    if undo is not None:
        _undo(undo, role, data_dir, as_json=as_json)
        return
    if file is None:
        _list(role, data_dir, as_json=as_json)
        return
    from assistant.stories.files import read_stories
    from assistant.stories.redact import Wishes

    sheet = read_stories(file.name, _content(file), mapping=_pairs(columns))
    wishes = Wishes(tuple(keep or ()), tuple(mask or ()), confidential)
    shared = visibility_of(visibility)
    with opened(data_dir, role) as (house, viewer):
        with shown_progress() as progress:
            planned = house.plan_import(sheet, viewer, wishes=wishes, visibility=shared, progress=progress)
        some = any(each.result == "new" for each in planned)
        done = (
            None
            if preview or not some
            else house.stories.import_all(viewer, file.name, sheet.format, planned)
        )
    outcomes = (
        [each.as_json() for each in planned] if done is None else [dict(each) for each in done.outcomes]
    )
    counts = {
        name: sum(each["result"] == name for each in outcomes) for name in ("new", "already here", "left out")
    }
    told = {
        "import": done.id if done else None, "format": sheet.format, "mapping": dict(sheet.mapping),
        "ignored": list(sheet.ignored), "counts": counts, "rows": outcomes,
    }  # fmt: skip
    if as_json:
        print_json(told)
    else:
        _tell(told, preview=preview)


def _tell(told: dict[str, Any], *, preview: bool) -> None:
    renamed = [f"{field} from “{name}”" for field, name in told["mapping"].items() if name != field]
    if renamed:
        typer.echo(f"Read as: {', '.join(renamed)}")
    if told["ignored"]:
        typer.echo(f"Left aside: {', '.join(told['ignored'])}")
    for row in told["rows"]:
        more = row["reason"] or (f"{row['masked']} masked" if row["masked"] else "")
        like = f"perhaps the same as {row['duplicates'][0]['id']}" if row["duplicates"] else ""
        typer.echo(
            f"{row['row']:5}  {row['result']:13} {row['title'][:60]}  {'; '.join(filter(None, (more, like)))}"
        )
    counts = ", ".join(f"{count} {name}" for name, count in told["counts"].items())
    if preview:
        typer.echo(f"It would be: {counts}. Nothing was kept.")
    elif told["import"] is None:
        typer.echo(f"{counts}. There was nothing to keep.")
    else:
        typer.echo(f"{counts}. “counterpart story import --undo {told['import']}” takes it all out again.")


def _undo(batch: str, role: str | None, data_dir: Path | None, *, as_json: bool) -> None:
    with opened(data_dir, role) as (house, viewer):
        count = house.stories.undo_import(viewer, batch)
    if as_json:
        print_json({"import": batch, "removed": count})
    else:
        typer.echo(f"{count} stories were taken out again; “counterpart story restore ID” brings one back.")


def _list(role: str | None, data_dir: Path | None, *, as_json: bool) -> None:
    with opened(data_dir, role) as (house, viewer):
        batches = house.stories.imports(viewer)
    rows = [
        {
            "import": each.id, "name": each.name, "format": each.format, "undone": each.undone,
            "created": each.created_at.isoformat(), "new": sum(row["result"] == "new" for row in each.outcomes),
        }
        for each in batches
    ]  # fmt: skip
    if as_json:
        print_json({"imports": rows})
        return
    for row in rows:
        typer.echo(
            f"{row['import']}  {row['name']}  {row['new']} stories{', undone' if row['undone'] else ''}"
        )
    if not rows:
        typer.echo("Nothing was imported yet.")


def export(
    to: Annotated[Path | None, typer.Option("--to", help="A file; its ending says the format")] = None,
    form: Annotated[str | None, typer.Option("--format", help="csv, jsonl, md or docx")] = None,
    where: Where = None,
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there")] = False,
    role: As = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Every story that you may see, as a file that can be imported again."""
    from assistant.stories.files import FORMATS
    from assistant.stories.search import matching

    wanted = form or (to.suffix.lower().lstrip(".") if to else "jsonl")
    if wanted not in FORMATS:
        raise InputRefusedError(f"There is no format “{wanted[:20]}”", next_step="Use csv, jsonl, md or docx")
    if to is None and (wanted == "docx" or as_json):
        raise InputRefusedError("It is not said where to", next_step="Name a file with --to")
    if to is not None and to.exists() and not overwrite:
        raise InputRefusedError(f"{to} is there already", next_step="Take another name, or say --overwrite")
    with opened(data_dir, role) as (house, viewer):
        stories = matching(house.stories.list(viewer), where=assignments(where))
    content = written(stories, wanted)
    if to is None:
        typer.echo(content.decode(), nl=False)
        return
    to.write_bytes(content)
    if as_json:
        print_json({"file": str(to), "format": wanted, "stories": len(stories)})
    else:
        typer.echo(f"{len(stories)} stories are in {to}.")


def written(stories: "list[Story]", form: str) -> bytes:
    """The stories as a file of this format; CSV with the mark that tells spreadsheets it is UTF-8."""
    from assistant.stories import export as text

    if form == "docx":
        from assistant.documents.stories import stories_docx

        return stories_docx(stories)
    if form == "csv":
        return text.stories_csv(stories).encode("utf-8-sig")
    return (text.stories_markdown if form == "md" else text.stories_jsonl)(stories).encode()


def _pairs(given: list[str] | None) -> dict[str, str]:
    pairs = [each.partition("=") for each in given or []]
    if wrong := next((name for name, sign, _ in pairs if not sign), None):
        raise InputRefusedError(f"“{wrong[:60]}” names no column", next_step="Write --map FIELD=COLUMN")
    return {name.strip().replace("-", "_"): column.strip() for name, _, column in pairs}


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InputRefusedError(
                f"{file} has more than 20 MB", kept="Nothing was kept", next_step="Split it"
            )
        return file.read_bytes()
    except OSError as error:
        raise InputRefusedError(
            f"{file} cannot be read ({error.strerror})", next_step="Check the path"
        ) from error
