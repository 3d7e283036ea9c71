"""`counterpart story themes`, `brief` and `digest`: what the pile of stories says."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import DataDir, Json, print_json
from assistant.cli.story import As, assignments, opened
from assistant.cli.story_files import Where
from assistant.errors import InputRefusedError


def register(group: typer.Typer) -> None:
    """Add the commands to the group `story`."""
    for command, name in ((show_themes, "themes"), (brief, "brief"), (show_digest, "digest")):
        group.command(name)(command)


def show_themes(
    where: Where = None, role: As = None, data_dir: DataDir = None, as_json: Json = False
) -> None:
    """What the field lives through: stories by theme, counted by month, the rising ones first."""
    from assistant.stories.search import matching

    with opened(data_dir, role) as (house, viewer):
        found = house.themes(matching(house.stories.list(viewer), where=assignments(where)))
    rows = [
        {
            "theme": each.key, "title": each.title, "stories": [story.id for story in each.stories],
            "rising": each.rising, "recent": each.recent, "before": each.before, "wins": each.wins,
            "failures": each.failures, "teams": dict(each.teams),
            "months": {f"{month:%Y-%m}": count for month, count in each.months},
            "quotes": [{"words": words, "story": story} for words, story in each.quotes],
        }
        for each in found
    ]  # fmt: skip
    if as_json:
        print_json({"themes": rows})
        return
    for each in found:
        typer.echo(f"{len(each.stories):4}  {each.title}{'  (rising)' if each.rising else ''}")
        for words, _ in each.quotes[:2]:
            typer.echo(f"        “{words[:100]}”")
    if not found:
        typer.echo("There are no stories yet.")


def brief(
    where: Where = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="A .docx or .md file; otherwise it is printed")
    ] = None,
    *,
    role: As = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Before you ride along: one page. For example --where region=Leeds --to leeds.docx."""
    from dataclasses import asdict

    from assistant.stories.brief import brief_markdown
    from assistant.stories.search import matching

    if to is not None and to.suffix.lower() not in {".docx", ".md"}:
        raise InputRefusedError(f"{to} has no known ending", next_step="Use .docx or .md")
    if to is not None and to.exists():
        raise InputRefusedError(f"{to} is there already", next_step="Take another name")
    wanted = assignments(where)
    with opened(data_dir, role) as (house, viewer):
        made = house.ride_brief(
            matching(house.stories.list(viewer), where=wanted), ", ".join(map(str, wanted.values()))
        )
    if to is None:
        if as_json:
            print_json(asdict(made))
        else:
            typer.echo(brief_markdown(made), nl=False)
        return
    if to.suffix.lower() == ".docx":
        from assistant.documents.stories import brief_docx

        to.write_bytes(brief_docx(made))
    else:
        to.write_text(brief_markdown(made), encoding="utf-8")
    if as_json:
        print_json({"file": str(to)})
    else:
        typer.echo(f"The page is in {to}.")


def show_digest(
    since: Annotated[
        str | None, typer.Option("--since", help="A day, as 2026-03-31; a week ago if not said")
    ] = None,
    role: As = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """What was logged since a day, and what of it fits open pilots."""
    from assistant.stories.digest import digest_markdown

    day = _day(since)
    with opened(data_dir, role) as (house, viewer):
        found = house.story_digest(viewer, day)
    if not as_json:
        typer.echo(digest_markdown(found), nl=False)
        return
    print_json(
        {
            "since": found.since.isoformat(),
            "stories": [
                {
                    "id": story.id,
                    "title": story.title,
                    "grade": story.grade,
                    "created": story.created_at.isoformat(),
                }
                for story in found.stories
            ],
            "pilots": [
                {"id": pilot.id, "title": pilot.title, "stories": [story.id for story in stories]}
                for pilot, stories in found.pilots
            ],
        }
    )


def _day(said: str | None) -> date:
    if said is None:
        return datetime.now(UTC).date() - timedelta(days=7)
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise InputRefusedError(f"“{said[:20]}” is no day", next_step="Write it as 2026-03-31") from None
