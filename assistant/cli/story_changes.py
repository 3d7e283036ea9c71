"""`counterpart story`, what changes stories: edit, merge, link, remove, bring back."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataDir, Json, print_json
from assistant.cli.story import (
    As,
    Confidential,
    Keep,
    Mask,
    Said,
    StoryId,
    Visible,
    as_json_value,
    assignments,
    opened,
    visibility_of,
)
from assistant.errors import InputRefusedError, NotFoundError

if TYPE_CHECKING:
    from assistant.stories.story import Story

Other = Annotated[str, typer.Argument(metavar="OTHER", help="The id of the other story")]


def register(group: typer.Typer) -> None:
    """Add the commands to the group `story`."""
    for command, name in (
        (edit, "edit"),
        (merge, "merge"),
        (link, "link"),
        (remove, "remove"),
        (restore, "restore"),
        (tell, "tell"),
    ):
        group.command(name)(command)


def tell(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What it shall be about, in your words")],
    role: As = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """One story to tell somebody, such as “my VP about ramp”: three lines, and how far it can be trusted."""
    from assistant.stories.deliver import message

    with opened(data_dir, role) as (house, viewer):
        story = house.story_to_tell(words, viewer)
    if story is None:
        raise NotFoundError(
            "No story that was logged here fits that",
            next_step="“counterpart story list WORDS” shows what is near",
        )
    if as_json:
        print_json({**as_json_value(story), "message": message(story)})
        return
    typer.echo(f"{story.title}  ({story.id}, {story.grade})\n\n{message(story)}")


def edit(
    story_id: StoryId,
    said: Said = None,
    text: Annotated[str | None, typer.Option("--text", help="Another text")] = None,
    version: Annotated[
        int | None, typer.Option("--version", help="Only if this is still the newest version")
    ] = None,
    visibility: Visible = None,
    *,
    role: As = None,
    keep: Keep = None,
    mask: Mask = None,
    confidential: Confidential = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Change a story; what was changed is masked like a new one."""
    from assistant.stories.log import masked_again
    from assistant.stories.redact import Wishes, report
    from assistant.stories.story import read_fields

    values: dict[str, Any] = dict(assignments(said)) | ({"text": text} if text is not None else {})
    shared = visibility_of(visibility)
    if not values and shared is None:
        raise InputRefusedError(
            "Nothing was named to change", next_step="Use --set FIELD=VALUE, --text or --visibility"
        )
    wishes = Wishes(tuple(keep or ()), tuple(mask or ()), confidential)
    with opened(data_dir, role) as (house, viewer):
        story = house.stories.get(viewer, story_id)
        fields, spans = masked_again(
            story.fields,
            read_fields({**story.fields.model_dump(), **values}),
            names=house.name_list(viewer),
            today=datetime.now(UTC).date(),
            wishes=wishes,
        )
        changed = house.stories.change(
            viewer,
            story_id,
            fields,
            version=version if version is not None else story.version,
            visibility=shared,
            redactions=report(spans),
        )
    _tell(changed, "Changed", as_json=as_json)


def merge(
    story_id: StoryId, other_id: Other, role: As = None, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """Put OTHER into ID: its words are added where they say more, and OTHER is taken out."""
    from assistant.stories.duplicates import merged

    with opened(data_dir, role) as (house, viewer):
        story, other = house.stories.get(viewer, story_id), house.stories.get(viewer, other_id)
        changed = house.stories.merge(viewer, story, other, merged(story.fields, other.fields))
    _tell(changed, f"{other_id} was merged into", as_json=as_json)


def link(
    story_id: StoryId, other_id: Other, role: As = None, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """Note that two stories tell of the same event; both stay."""
    with opened(data_dir, role) as (house, viewer):
        house.stories.link(viewer, story_id, other_id)
        story = house.stories.get(viewer, story_id)
    _tell(story, f"{other_id} is linked to", as_json=as_json)


def remove(
    story_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="The id of a story")] = None,
    samples: Annotated[bool, typer.Option("--samples", help="All sample stories")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Bring them back")] = False,
    for_good: Annotated[bool, typer.Option("--for-good", help="Erase it; nothing brings it back")] = False,
    role: As = None,
    *,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Take a story out, or all samples, so that answers never show them."""
    if samples == (story_id is not None):
        raise InputRefusedError(
            "Nothing was named to remove",
            next_step="Give the id of a story, or --samples for all sample stories",
        )
    if samples:
        _samples(undo=undo, data_dir=data_dir, as_json=as_json)
        return
    assert story_id is not None  # noqa: S101  # one of the two was given
    with opened(data_dir, role) as (house, viewer):
        if undo:
            house.stories.restore(viewer, story_id)
        elif for_good:
            house.stories.erase(viewer, story_id)
        else:
            house.stories.remove(viewer, story_id)
    if as_json:
        print_json({"restored" if undo else "removed": 1, "id": story_id})
        return
    done = "is back" if undo else "was erased" if for_good else "was taken out; --undo brings it back"
    typer.echo(f"{story_id} {done}.")


def restore(story_id: StoryId, role: As = None, data_dir: DataDir = None, as_json: Json = False) -> None:
    """Bring back a story that was taken out."""
    remove(story_id, undo=True, role=role, data_dir=data_dir, as_json=as_json)


def _samples(*, undo: bool, data_dir: Any, as_json: bool) -> None:
    from knowledge.setup import remove_samples, restore_samples

    with opened(data_dir) as (house, _):
        count = (restore_samples if undo else remove_samples)(house.store, house.embedder)
        house.index.sync()
    if as_json:
        print_json({"restored" if undo else "removed": count})
    else:
        typer.echo(
            f"{count} sample stories {'are back' if undo else 'were removed; --undo brings them back'}."
        )


def _tell(story: "Story", what: str, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "id": story.id, "title": story.title, "grade": story.grade, "visibility": story.visibility,
                "version": story.version, "linked": list(story.linked),
            }
        )  # fmt: skip
        return
    typer.echo(
        f"{what} {story.id}: {story.title} ({story.grade}, {story.visibility}, version {story.version})"
    )
