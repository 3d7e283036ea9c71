"""An import before it happens: for each row of a file, what would become of it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from assistant.errors import CounterpartError, InputRefusedError
from assistant.stories.files import Row, Sheet, values_of
from assistant.stories.log import Prepared
from assistant.stories.story import Fields, Story, Visibility, read_fields
from knowledge.progress import Progress, silent

Result = Literal["new", "already here", "left out"]
Prepare = Callable[[Fields, Visibility | None], Prepared]
"""A story as it would be kept, of its fields and of who may see it where its row says so."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A row: what becomes of it, why, and which stories already tell of the same event, perhaps.

    `story_id` is the id the row names, or of the story that is here already; empty where it names none.
    """

    row: int
    result: Result
    title: str
    reason: str = ""
    story_id: str = ""
    alike: tuple[tuple[str, float], ...] = ()
    masked: int = 0
    prepared: Prepared | None = None

    def as_json(self) -> dict[str, Any]:
        """For programs, and for the note that is kept of an import."""
        told = asdict(self) | {"duplicates": [{"id": a, "similarity": round(b, 3)} for a, b in self.alike]}
        return {name: value for name, value in told.items() if name not in {"prepared", "alike"}}


def plan(
    sheet: Sheet,
    *,
    known: Collection[str],
    prepare: Prepare,
    alike: Callable[[Fields], Sequence[tuple[Story, float]]],
    progress: Progress | None = None,
) -> list[Planned]:
    """What would become of each row. `known` are ids of stories that the importer sees already."""
    report, planned = progress or silent, []
    seen_ids: dict[str, int] = {}
    seen_texts: dict[str, int] = {}
    for done, row in enumerate(sheet.rows):
        report("Reading stories", done, len(sheet.rows))
        name, text = (
            str(row.values.get("id") or "").strip(),
            " ".join(str(row.values.get("text") or "").split()),
        )
        reason = row.reason or _repeated("id", name, seen_ids) or _repeated("text", text.lower(), seen_texts)
        if reason:
            planned.append(Planned(row.number, "left out", _title(row), reason, name))
            continue
        if name:
            seen_ids[name] = row.number
        seen_texts[text.lower()] = row.number
        if name and name in known:
            planned.append(Planned(row.number, "already here", _title(row), story_id=name))
        else:
            planned.append(_planned(row, name, prepare, alike))
    return planned


def _planned(
    row: Row,
    name: str,
    prepare: Prepare,
    alike: Callable[[Fields], Sequence[tuple[Story, float]]],
) -> Planned:
    try:
        prepared = prepare(read_fields(values_of(row)), _who(row))
    except CounterpartError as error:
        return Planned(row.number, "left out", _title(row), error.what, name)
    return Planned(
        row=row.number,
        result="new",
        title=prepared.fields.title,
        story_id=name,
        alike=tuple((story.id, score) for story, score in alike(prepared.fields)),
        masked=sum(prepared.redactions.values()),
        prepared=prepared,
    )


def _who(row: Row) -> Visibility | None:
    said = str(row.values.get("visibility") or "").strip().lower()
    known: dict[str, Visibility] = {name: name for name in get_args(Visibility)}
    if said and said not in known:
        raise InputRefusedError(f"Nobody is meant by “{said[:40]}”; a story is for me, pair or workspace")
    return known.get(said)


def _repeated(what: str, value: str, seen: dict[str, int]) -> str:
    return f"Row {seen[value]} has the same {what}" if value and value in seen else ""


def _title(row: Row) -> str:
    return " ".join(str(row.values.get("title") or row.values.get("text") or "").split())[:80]
