"""`counterpart story`: field stories; so far the samples that come with the project."""

from typing import Annotated

import typer

from assistant.cli.options import DataDir, Json, print_json, shown_progress
from assistant.errors import InputRefusedError, NotFoundError
from assistant.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    group = typer.Typer(help="Field stories: list, show, remove the samples.")
    group.command("list")(list_stories)
    group.command("show")(show)
    group.command("remove")(remove)
    app.add_typer(group, name="story")


def list_stories(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Every story, with its grade; a sample is an invented example."""
    from assistant.bootstrap import open_house

    with (
        shown_progress() as progress,
        open_house(load_settings(data_dir=data_dir), progress=progress) as house,
    ):
        stories = [
            {
                "id": story.id, "title": story.title, "grade": story.grade, "visibility": "workspace",
                "created": story.date.isoformat(), "sample": True,
            }
            for story in house.samples
        ]  # fmt: skip
    if as_json:
        print_json({"stories": stories})
        return
    for story in stories:
        typer.echo(f"{story['id']:40} {story['title']}  ({story['grade']}, an invented example)")
    if not stories:
        typer.echo(
            "There are no stories. The samples were removed; “counterpart story remove --samples --undo” brings them back."
        )


def show(
    story_id: Annotated[str, typer.Argument(help="The id of a story")],
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """One story, whole."""
    from assistant.bootstrap import open_house

    with (
        shown_progress() as progress,
        open_house(load_settings(data_dir=data_dir), progress=progress) as house,
    ):
        story = next((each for each in house.samples if each.id == story_id), None)
    if story is None:
        raise NotFoundError(
            f"There is no story {story_id[:60]}", next_step="“counterpart story list” names them"
        )
    if as_json:
        print_json(story.model_dump(mode="json"))
        return
    typer.echo(
        f"{story.title}\nAn invented example ({story.grade}; {story.industry}, {story.region})\n\n{story.text}"
    )


def remove(
    samples: Annotated[bool, typer.Option("--samples", help="All sample stories")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Bring the samples back")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Take the sample stories out, so that answers never show one."""
    from assistant.bootstrap import open_house
    from knowledge.setup import remove_samples, restore_samples

    if not samples:
        raise InputRefusedError(
            "Nothing was named to remove", next_step="Use --samples for all sample stories"
        )
    with (
        shown_progress() as progress,
        open_house(load_settings(data_dir=data_dir), progress=progress) as house,
    ):
        change = restore_samples if undo else remove_samples
        count = change(house.store, house.embedder)
        house.index.sync(progress)
    if as_json:
        print_json({"restored" if undo else "removed": count})
    else:
        typer.echo(
            f"{count} sample stories {'are back' if undo else 'were removed; --undo brings them back'}."
        )
