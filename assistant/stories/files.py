"""Stories from a file of many: CSV, JSONL, Markdown or Word, each row or heading a story.

Which column holds which field is guessed from its name, the story itself from its length, and whoever imports may say
otherwise. A row that cannot be used says why, and the others come in.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from statistics import median
from typing import Any, Literal, get_args

from assistant.errors import InputRefusedError
from assistant.stories.formats import decoded, read_story_text
from assistant.stories.story import Fields
from knowledge.formats import markdown_parts, read_docx

Format = Literal["csv", "jsonl", "md", "docx"]
FORMATS: tuple[Format, ...] = get_args(Format)
MOST_ROWS = 2_000
_SENTENCE_WORDS = 6
"""So many words stand in the middling cell of a column that holds stories, whatever it is called."""
_ENDINGS: dict[str, Format] = {
    ".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".md": "md", ".markdown": "md",
    ".txt": "md", ".docx": "docx",
}  # fmt: skip
_CALLED: dict[str, tuple[str, ...]] = {
    "id": ("id", "story id", "key", "number", "no"),
    "text": ("text", "story", "what happened", "happened", "description", "body", "notes", "note", "narrative", "details"),
    "title": ("title", "headline", "subject", "summary", "name"),
    "who": ("who", "role", "roles", "who was there", "people"),
    "buyer_words": ("buyer words", "buyers words", "buyer's words", "quote", "customer quote", "said", "words"),
    "did": ("did", "what we did", "action", "what the rep did"),
    "came_of": ("came of", "what came of it", "result text", "consequence"),
    "result": ("result", "outcome", "win or failure", "won or lost"),
    "happened_on": ("happened on", "date", "day", "when"),
    "figure": ("figure", "number measured", "measured"),
    "figure_source": ("figure source", "source of figure", "data source"),
    "evidence": ("evidence", "proof", "verified by", "witness"),
}  # fmt: skip
_BESIDE = ("id", "visibility")
"""What a file may say of a story besides its fields."""
_APOSTROPHE = re.compile(r"^'(?=[=+\-@\t\r])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!=>~|])")
_FIELD_LINE = re.compile(r"\s*[-*]\s+([A-Za-z_' ]{2,30}):\s*(.*)")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@dataclass(frozen=True, slots=True)
class Row:
    """A story of a file: its number from 1, its fields as read, or why they could not be."""

    number: int
    values: Mapping[str, Any]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds. `mapping` says which column became which field; `ignored` are the other columns."""

    format: Format
    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    ignored: tuple[str, ...]
    rows: tuple[Row, ...]


def read_stories(name: str, content: bytes, *, mapping: Mapping[str, str] | None = None) -> Sheet:
    """The stories of a file. `mapping` is field to column; a field without one is left aside.

    Raises `InputRefusedError` or `DocumentError`.
    """
    found = _ENDINGS.get(PurePath(name).suffix.lower())
    if found is None:
        raise InputRefusedError(
            f"{PurePath(name).name[:80]} is no file of stories", next_step="Use CSV, JSONL, Markdown or DOCX"
        )
    readers: dict[Format, Callable[[bytes], list[Row]]] = {
        "csv": _csv, "jsonl": _jsonl, "md": _markdown, "docx": _docx,
    }  # fmt: skip
    rows = readers[found](content)
    if not rows:
        raise InputRefusedError(
            "There is no story in the file", next_step="Put one in a row or under a heading"
        )
    if len(rows) > MOST_ROWS:
        raise InputRefusedError(
            f"The file has {len(rows):,} rows; {MOST_ROWS:,} are the most", next_step="Split it"
        )
    return _mapped(found, rows, dict(mapping or {}))


def _mapped(found: Format, rows: Sequence[Row], wanted: dict[str, str]) -> Sheet:
    columns = tuple(dict.fromkeys(name for row in rows for name in row.values))
    mapping = _without_twice(guessed(columns), _checked(wanted, columns))
    if "text" not in wanted and "text" not in mapping and (told := _longest(rows, columns, mapping)):
        mapping = _without_twice(mapping, {"text": told})
    if "text" not in mapping and any(not row.reason for row in rows):
        raise InputRefusedError(
            f"No column holds the story itself (there are {', '.join(columns[:12])})",
            kept="Nothing was kept",
            next_step="Call that column “story” (or name it with --map text=COLUMN)",
        )
    taken = set(mapping.values())
    return Sheet(
        format=found,
        columns=columns,
        mapping=mapping,
        ignored=tuple(name for name in columns if name not in taken),
        rows=tuple(
            Row(row.number, {field: row.values.get(column) for field, column in mapping.items()}, row.reason)
            for row in rows
        ),
    )


def guessed(columns: Iterable[str]) -> dict[str, str]:
    """Field to column, by the columns' names; the first column that fits wins."""
    plain = {_plain(column): column for column in reversed(list(columns))}
    fields = {*_BESIDE, *Fields.model_fields}
    names = {name: (name.replace("_", " "), *_CALLED.get(name, ())) for name in sorted(fields)}
    found = {
        field: next((plain[_plain(each)] for each in called if _plain(each) in plain), "")
        for field, called in names.items()
    }
    return {field: column for field, column in found.items() if column}


def _longest(rows: Sequence[Row], columns: Sequence[str], mapping: Mapping[str, str]) -> str:
    """The column of which most cells are sentences, the longest of several; empty where there is none."""
    free = [name for name in columns if name not in mapping.values()]
    lengths = {
        name: median(len(str(row.values.get(name) or "").split()) for row in rows if not row.reason)
        for name in free
        if any(not row.reason for row in rows)
    }
    longest = max(lengths, key=lambda name: lengths[name], default="")
    return longest if longest and lengths[longest] >= _SENTENCE_WORDS else ""


def _without_twice(found: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    """`found` with what is `wanted` instead: a column is one field, and a field without a column is left aside."""
    taken = set(filter(None, wanted.values()))
    mapping = {field: column for field, column in found.items() if column not in taken} | dict(wanted)
    return {field: column for field, column in mapping.items() if column}


def _checked(wanted: dict[str, str], columns: Sequence[str]) -> dict[str, str]:
    known = {*_BESIDE, *Fields.model_fields}
    for field, column in wanted.items():
        if field not in known:
            raise InputRefusedError(
                f"There is no field “{field[:40]}”", next_step=f"Use one of {', '.join(sorted(known))}"
            )
        if column and column not in columns:
            raise InputRefusedError(
                f"There is no column “{column[:60]}”", next_step=f"The file has {', '.join(columns[:12])}"
            )
    return wanted


def values_of(row: Row) -> dict[str, Any]:
    """A row's values as the fields take them."""
    return {
        name: _value(name, given)
        for name, given in row.values.items()
        if name not in _BESIDE and given is not None and str(given).strip()
    }


def _value(name: str, given: Any) -> Any:
    if name in {"tags", "cards", "principles"}:
        parts = given if isinstance(given, list) else re.split(r"[,;]", str(given))
        return tuple(str(part).strip() for part in parts if str(part).strip())
    if name == "consent":
        return str(given).strip().lower() in {"true", "yes", "y", "1"}
    text = str(given).strip()
    if name == "happened_on" and (found := _DAY.fullmatch(text)):
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    return text


def _csv(content: bytes) -> list[Row]:
    text = decoded(content)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    dialect.doublequote, dialect.quotechar = True, '"'
    # The limit is the whole program's, and others read CSV too: it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        lines = [
            line for line in csv.reader(io.StringIO(text, newline=""), dialect) if any(map(str.strip, line))
        ]
    except csv.Error as error:
        raise InputRefusedError(f"The file is no CSV ({error})", next_step="Save it as CSV again") from error
    if not lines:
        return []
    header = [name.strip() or f"column {at}" for at, name in enumerate(lines[0], 1)]
    if len(set(header)) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise InputRefusedError(f"Two columns are called “{twice[:40]}”", next_step="Rename one of them")
    return [_row(number, header, line) for number, line in enumerate(lines[1:], 1)]


def _row(number: int, header: Sequence[str], line: Sequence[str]) -> Row:
    cells = list(line)
    while len(cells) > len(header) and not cells[-1].strip():
        cells.pop()
    if len(cells) != len(header):
        return Row(
            number,
            {},
            f"It has {len(cells)} cell{'s' if len(cells) != 1 else ''} where the first row has {len(header)}",
        )
    return Row(number, {name: _APOSTROPHE.sub("", cell) for name, cell in zip(header, cells, strict=True)})


def _jsonl(content: bytes) -> list[Row]:
    rows = []
    for number, line in enumerate((each for each in decoded(content).split("\n") if each.strip()), 1):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            rows.append(Row(number, {}, "It is no JSON"))
            continue
        rows.append(
            Row(number, value) if isinstance(value, dict) else Row(number, {}, "It is no JSON object")
        )
    return rows


def _markdown(content: bytes) -> list[Row]:
    text = decoded(content)
    if re.match(r"\s*---\s*\n", text):
        return [Row(1, read_story_text(content))]
    reading = markdown_parts(text, "")
    return _sections(reading.title, ((part.headings, part.text) for part in reading.parts))


def _docx(content: bytes) -> list[Row]:
    reading = read_docx(content)
    return _sections(reading.title, ((part.headings, part.text) for part in reading.parts))


def _sections(title: str, parts: Iterable[tuple[tuple[str, ...], str]]) -> list[Row]:
    """Each heading a story: lines such as “- stage: demo” at its beginning are fields, the rest is its text."""
    rows = []
    for number, (headings, text) in enumerate(parts, 1):
        fields = {"title": _unescaped(headings[-1] if headings else title)}
        lines = text.splitlines()
        while lines and (not lines[0].strip() or (found := _field(lines[0]))):
            if lines.pop(0).strip() and found:
                fields[found[0]] = found[1]
        rows.append(Row(number, {**fields, "text": _unescaped("\n".join(lines)).strip()}))
    return rows


def _field(line: str) -> tuple[str, str] | None:
    found = _FIELD_LINE.fullmatch(_unescaped(line))
    name = found[1].strip().lower().replace(" ", "_") if found else ""
    known = {"id", *Fields.model_fields, "grade", "visibility", "created"}
    return (name, found[2]) if found and name in known else None


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w']+", " ", name.replace("_", " ")).lower().split())
