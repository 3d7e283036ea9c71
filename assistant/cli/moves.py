"""`counterpart moves`: what each utterance of a conversation does."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataDir, Json, json_lines, shown_progress
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.moves import MoveScore, Utterance

_LONGEST = 20_000


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("moves")(moves)


def moves(
    file: Annotated[Path, typer.Argument(help="JSON lines in the order spoken: id, speaker, role, text")],
    *,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Say what each utterance does: asks, plays back, proposes, promises.

    Example: counterpart moves meeting.jsonl
    """
    settings = load_settings(data_dir=data_dir)
    lines = json_lines(file)
    from assistant.bootstrap import open_house

    parsed = [_utterance(line, number) for number, line in enumerate(lines, start=1)]
    with shown_progress() as progress, open_house(settings, progress=progress) as house:
        found = house.reader().read([each for each in parsed if not isinstance(each, dict)])
    read = iter(found)
    rows = [(each, () if isinstance(each, dict) else next(read)) for each in parsed]
    if as_json:
        for each, chosen in rows:
            sys.stdout.write(json.dumps(_as_contract(each, chosen), ensure_ascii=False) + "\n")
    else:
        _tell(rows)


def _utterance(line: str, number: int) -> "Utterance | dict[str, Any]":
    """The utterance of a line, or what is wrong with it."""
    from assistant.moves import Utterance

    try:
        given = json.loads(line)
    except json.JSONDecodeError as error:
        return {"id": str(number), "error": f"Line {number} is no JSON: {error.msg}."}
    except RecursionError:
        return {"id": str(number), "error": f"Line {number} is nested too deeply."}
    if not isinstance(given, dict):
        return {"id": str(number), "error": f"Line {number} is no JSON object."}
    name, text = given.get("id", str(number)), given.get("text")
    if not isinstance(text, str):
        return {"id": name, "error": f"Line {number} needs a “text”, as text."}
    if len(text) > _LONGEST:
        return {"id": name, "error": f"Line {number} is longer than {_LONGEST:,} characters; split it."}
    speaker, role = given.get("speaker"), given.get("role")
    return Utterance(
        id=name if isinstance(name, str) else json.dumps(name, ensure_ascii=False),
        speaker="" if speaker is None else str(speaker),
        role=role if isinstance(role, str) and role else None,
        text=text,
    )


def _as_contract(each: "Utterance | dict[str, Any]", chosen: "tuple[MoveScore, ...]") -> dict[str, Any]:
    if isinstance(each, dict):
        return each
    return {
        "id": each.id,
        "moves": [{"move": found.move, "score": round(found.score, 4)} for found in chosen],
    }


def _tell(rows: "list[tuple[Utterance | dict[str, Any], tuple[MoveScore, ...]]]") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, ratio in (("Line", 1), ("Who", 2), ("Moves", 4), ("Said", 9)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for each, chosen in rows:
        if isinstance(each, dict):
            table.add_row(Text(str(each["id"])), "", Text(each["error"], style="red"), "")
            continue
        named = ", ".join(found.move.replace("_", " ") for found in chosen)
        said = " ".join(each.text.split())
        table.add_row(
            Text(each.id), Text(each.speaker), named, Text(said[:140] + ("…" if said[140:] else ""))
        )
    Console(highlight=False, width=min(Console().width, 120)).print(table)
