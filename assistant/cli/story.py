"""`counterpart story`: field stories, logged by people here, and the samples that come with the project."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

import typer

from assistant.cli.options import DataDir, Json, print_json, role_of, shown_progress
from assistant.errors import InputRefusedError, NotFoundError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.bootstrap import House
    from assistant.stories.story import Story, Visibility
    from knowledge.store.access import Viewer

StoryId = Annotated[str, typer.Argument(metavar="ID", help="The id of a story")]
As = Annotated[
    str | None, typer.Option("--as", help="In whose role: learning-executive (default), sales-vp, coach")
]
Visible = Annotated[
    str | None,
    typer.Option(
        "--visibility",
        help="me, pair or workspace; a story about your counterpart is for you alone unless you say otherwise",
    ),
]
Said = Annotated[
    list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A field, such as --set region=Porto")
]
Keep = Annotated[list[str] | None, typer.Option("--keep", help="A word that names nobody and stays")]
Mask = Annotated[list[str] | None, typer.Option("--mask", help="A word that is masked as well")]
Confidential = Annotated[bool, typer.Option("--confidential", help="Mask every amount of money")]


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    from assistant.cli import story_changes, story_field, story_files

    group = typer.Typer(
        help="Field stories: log one, find it again, import and export.", no_args_is_help=True
    )
    group.command("add")(add)
    group.command("list")(list_stories)
    group.command("show")(show)
    story_changes.register(group)
    story_files.register(group)
    story_field.register(group)
    app.add_typer(group, name="story")


@contextmanager
def opened(data_dir: Path | None, role: str | None = None) -> Iterator[tuple["House", "Viewer"]]:
    """The instance, and whoever acts in this role; the first learning executive if none is named."""
    from assistant.bootstrap import open_house

    wanted = role_of(role) if role is not None else "learning-executive"
    settings = load_settings(data_dir=data_dir)
    with shown_progress() as progress, open_house(settings, progress=progress, brief=True) as house:
        person = next(each for each in house.people.list() if each.role == wanted)
        yield house, house.people.current(person.id)


def visibility_of(name: str | None) -> "Visibility | None":
    """The visibility of this name. Raises `InputRefusedError` for another one."""
    from assistant.stories.story import Visibility

    if name is not None and name not in get_args(Visibility):
        raise InputRefusedError(f"Nobody is meant by “{name[:40]}”", next_step="Use me, pair or workspace")
    return cast("Visibility | None", name)


def add(
    text: Annotated[str | None, typer.Option("--text", help="What happened, in your words")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="A file with it; front matter may hold fields")
    ] = None,
    said: Said = None,
    visibility: Visible = None,
    role: As = None,
    *,
    keep: Keep = None,
    mask: Mask = None,
    confidential: Confidential = False,
    no_mask: Annotated[bool, typer.Option("--no-mask", help="Keep every name as it is")] = False,
    keep_originals: Annotated[
        bool, typer.Option("--keep-originals", help="Keep what was masked, for you alone")
    ] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Log a story: it is masked, graded and kept, and the next answer may tell it."""
    from assistant.stories.formats import read_story_text
    from assistant.stories.log import prepare
    from assistant.stories.redact import Wishes
    from assistant.stories.story import read_fields

    shared = visibility_of(visibility)
    values = read_story_text(_given(text, file)) if text is None else {"text": text}
    values |= assignments(said)
    teller = role_of(role) if role is not None else "learning-executive"
    fields = read_fields({"teller": teller, **values})
    wishes = Wishes(tuple(keep or ()), tuple(mask or ()), confidential)
    with opened(data_dir, role) as (house, viewer):
        prepared = prepare(
            fields,
            names=house.name_list(viewer),
            today=datetime.now(UTC).date(),
            wishes=wishes,
            visibility=shared,
            masking="off" if no_mask else "on",
        )
        duplicates = house.duplicates(prepared.fields, viewer)
        story = house.stories.add(viewer, house.tagged(prepared), keep_originals=keep_originals)
    _tell_added(story, duplicates, as_json=as_json)


def list_stories(
    words: Annotated[str, typer.Argument(metavar="[WORDS]", help="Only stories near these words")] = "",
    where: Annotated[
        list[str] | None, typer.Option("--where", metavar="FIELD=VALUE", help="Only stories with this field")
    ] = None,
    role: As = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Every story, with its grade; a sample is an invented example."""
    from assistant.stories.search import matching

    with opened(data_dir, role) as (house, viewer):
        near = house.near_stories(words, viewer, k=200) if words.strip() else None
        found = matching(house.stories.list(viewer), where=assignments(where), near=near, words=words)
        samples = [] if words.strip() or where else list(house.samples)
    rows: list[dict[str, Any]] = [
        {
            "id": story.id, "title": story.title, "grade": story.grade, "visibility": story.visibility,
            "created": story.created_at.isoformat(), "sample": False,
        }
        for story in found
    ] + [
        {
            "id": sample.id, "title": sample.title, "grade": sample.grade, "visibility": "workspace",
            "created": sample.date.isoformat(), "sample": True,
        }
        for sample in samples
    ]  # fmt: skip
    if as_json:
        print_json({"stories": rows})
        return
    for row in rows:
        more = ", an invented example" if row["sample"] else f", {row['visibility']}"
        typer.echo(f"{row['id']:40} {row['title']}  ({row['grade']}{more})")
    if not rows:
        typer.echo(
            "No story fits."
            if words or where
            else "There are no stories. Log one with “counterpart story add --text …”."
        )


def show(story_id: StoryId, role: As = None, data_dir: DataDir = None, as_json: Json = False) -> None:
    """One story, whole."""
    with opened(data_dir, role) as (house, viewer):
        sample = next((each for each in house.samples if each.id == story_id), None)
        story = None if sample else house.stories.get(viewer, story_id)
        originals = house.stories.originals(viewer, story_id) if story else {}
    if sample is not None:
        if as_json:
            print_json(sample.model_dump(mode="json"))
            return
        typer.echo(
            f"{sample.title}\nAn invented example ({sample.grade}; {sample.industry}, {sample.region})\n\n{sample.text}"
        )
        return
    if story is None:
        raise NotFoundError(
            f"There is no story {story_id[:60]}", next_step="“counterpart story list” names them"
        )
    if as_json:
        print_json(as_json_value(story) | ({"originals": originals} if originals else {}))
        return
    facts = [
        f"{name.replace('_', ' ')}: {value}"
        for name, value in known_fields(story).items()
        if name not in {"title", "text"}
    ]
    typer.echo(
        f"{story.title}\n({story.grade}, {story.visibility}, version {story.version})\n\n{story.text}\n"
    )
    typer.echo("\n".join(facts))


def as_json_value(story: "Story") -> dict[str, Any]:
    """A story as programs read it."""
    value = story.model_dump(mode="json", exclude={"fields", "workspace_id", "owner_id", "removed_at"})
    return {**value, **story.fields.model_dump(mode="json"), "created": value["created_at"], "sample": False}


def known_fields(story: "Story") -> dict[str, str]:
    """What is known of a story, by field, in words."""
    values = story.fields.model_dump(mode="json")
    told = {name: ", ".join(value) if isinstance(value, list) else value for name, value in values.items()}
    return {name: str(value) for name, value in told.items() if value}


def assignments(given: list[str] | None) -> dict[str, str]:
    """`name=value` pairs. Raises `InputRefusedError` for one that is none, or a field that there is not."""
    from assistant.stories.story import Fields

    values = {}
    for each in given or []:
        name, sign, value = each.partition("=")
        name = {"date": "happened_on"}.get(name.strip(), name.strip().replace("-", "_"))
        if not sign or name not in {*Fields.model_fields, "grade", "visibility"}:
            known = ", ".join(sorted(Fields.model_fields))
            raise InputRefusedError(
                f"“{each[:60]}” sets no field", next_step=f"Write FIELD=VALUE with one of {known}"
            )
        values[name] = value.strip()
    for many in {"tags", "cards", "principles"} & values.keys():
        values[many] = tuple(part.strip() for part in values[many].split(",") if part.strip())  # type: ignore[assignment]
    return values


def _given(text: str | None, file: Path | None) -> bytes:
    if file is None:
        raise InputRefusedError("There is no story", next_step="Give it with --text or --file")
    if text is not None:
        raise InputRefusedError("There are two stories", next_step="Give either --text or --file")
    if str(file) == "-":
        return typer.get_binary_stream("stdin").read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputRefusedError(
            f"{file} cannot be read ({error.strerror})", next_step="Check the path"
        ) from error


def _tell_added(story: "Story", duplicates: list[tuple["Story", float]], *, as_json: bool) -> None:
    redactions = [{"kind": kind, "count": count} for kind, count in sorted(story.redactions.items())]
    alike = [{"id": other.id, "similarity": round(score, 3)} for other, score in duplicates]
    if as_json:
        print_json(
            {
                "id": story.id, "title": story.title, "grade": story.grade, "redactions": redactions,
                "duplicates": alike, "visibility": story.visibility, "version": story.version,
            }
        )  # fmt: skip
        return
    typer.echo(f"Kept as {story.id}: {story.title} ({story.grade}, {story.visibility})")
    if redactions:
        masked = ", ".join(f"{each['count']} × {each['kind']}" for each in redactions)
        typer.echo(f"Masked before it was kept: {masked}. --keep WORD leaves a word as it is.")
    for other, score in duplicates:
        typer.echo(
            f"Perhaps the same event as {other.id} “{other.title}” ({score:.0%}): "
            f"“counterpart story merge {other.id} {story.id}” or “… link …”, or leave both."
        )
