"""`counterpart review FOLDER`: every transcript in it, each result kept beside the others, so that a run can be resumed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.options import print_json
from assistant.errors import CounterpartError, InputRefusedError
from knowledge.progress import Progress

if TYPE_CHECKING:
    from assistant.review.review import Review

RESULTS = "reviews"
_AWAY = "not a talk between a VP and learning"
_SKIPPED = (".", "~")


def review_folder(
    folder: Path, make: Callable[[Path], "Review"], *, progress: Progress, as_json: bool
) -> None:
    """Review what is new or changed since the last run; a file that cannot be read is told and does not stop the rest."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(_SKIPPED))
    if not files:
        raise InputRefusedError(f"There is no file in {folder}", next_step="Name a folder with transcripts")
    out = folder / RESULTS
    out.mkdir(exist_ok=True)
    rows = []
    for done, path in enumerate(files):
        progress(path.name, done, len(files))
        rows.append(_one(path, out / f"{path.name}.json", make))
    if as_json:
        print_json({"folder": str(folder), "results": str(out), "files": rows})
    else:
        _tell(rows, out)


def _one(path: Path, kept: Path, make: Callable[[Path], "Review"]) -> dict[str, Any]:
    if kept.exists() and kept.stat().st_mtime >= path.stat().st_mtime:
        return _row(path, json.loads(kept.read_text(encoding="utf-8")), "kept")
    try:
        told = make(path).as_contract()
    except CounterpartError as error:
        return {"file": path.name, "result": "left out", "reason": error.message}
    half = kept.with_suffix(".part")
    half.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    half.replace(kept)
    return _row(path, told, "reviewed")


def _row(path: Path, told: dict[str, Any], result: str) -> dict[str, Any]:
    kinds = [each["kind"] for each in told["findings"]]
    gaps = [each for each in told["findings"] if each["kind"] == "gap"]
    return {
        "file": path.name,
        "result": result,
        "turns": len(told["turns"]),
        "gaps": kinds.count("gap"),
        "strengths": kinds.count("strength"),
        "first": gaps[0]["title"] if gaps else "",
        "elsewhere": told.get("elsewhere", False),
    }


def _tell(rows: list[dict[str, Any]], out: Path) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("File", "Turns", "To practise", "Done well", "First of all"):
        table.add_column(name, overflow="fold")
    for row in rows:
        if row["result"] == "left out":
            table.add_row(Text(row["file"]), "", "", "", Text(row["reason"], style="red"))
        else:
            cells = (
                str(row["turns"]),
                str(row["gaps"]),
                str(row["strengths"]),
                Text(row["first"] or _AWAY * row["elsewhere"]),
            )
            table.add_row(Text(row["file"]), *cells)
    console = Console(highlight=False, width=min(Console().width, 120))
    console.print(table)
    console.print(
        f"Each in full in {out}. For learning, not for employment decisions.", markup=False, style="dim"
    )
