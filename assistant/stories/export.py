"""Stories as text files that come back in unchanged: CSV, JSONL and Markdown. A spreadsheet runs nothing in them."""

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any

from assistant.stories.story import Fields, Story

COLUMNS = (
    "id",
    "title",
    "text",
    *(name for name in Fields.model_fields if name not in {"title", "text"}),
    "grade",
    "visibility",
    "created",
)
_RUNS = re.compile(r"^[=+\-@\t\r]")
_MARKS = re.compile(r"(?m)^(\s*)([#>~=+\-*|`])")


def row_of(story: Story) -> dict[str, Any]:
    """A story by column; lists stay lists, and what is empty is left out."""
    values = {
        "id": story.id, **story.fields.model_dump(mode="json"),
        "grade": story.grade, "visibility": story.visibility, "created": story.created_at.isoformat(),
    }  # fmt: skip
    return {name: values[name] for name in COLUMNS if values[name] not in ("", None, [], False)}


def stories_csv(stories: Sequence[Story]) -> str:
    """With an apostrophe before what a spreadsheet would run as a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for story in stories:
        row = row_of(story)
        writer.writerow([_cell(row.get(name, "")) for name in COLUMNS])
    return stream.getvalue()


def stories_jsonl(stories: Sequence[Story]) -> str:
    """One object a line."""
    return "".join(json.dumps(row_of(story), ensure_ascii=False) + "\n" for story in stories)


def stories_markdown(stories: Sequence[Story]) -> str:
    """A heading for each story, a line for each field, then its text; whatever it holds, it is text."""
    parts = ["# Field stories\n"]
    for story in stories:
        row = row_of(story)
        facts = [f"- {name}: {_line(row[name])}" for name in row if name not in {"title", "text"}]
        parts += [f"## {_line(story.title)}\n", "\n".join(facts), "", _MARKS.sub(r"\1\\\2", story.text), ""]
    return "\n".join(parts)


def _cell(value: Any) -> str:
    text = ", ".join(value) if isinstance(value, list) else "yes" if value is True else str(value)
    return f"'{text}" if _RUNS.match(text) else text


def _line(value: Any) -> str:
    text = ", ".join(value) if isinstance(value, list) else "yes" if value is True else str(value)
    return " ".join(text.split())
