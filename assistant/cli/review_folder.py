"""`counterpart review FOLDER`: every transcript in it, each result kept beside the others, so that a run can be resumed."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from assistant.cli.options import print_json
from assistant.errors import CounterpartError, InputRefusedError
from assistant.review.transcript import UNKNOWN
from knowledge.progress import Progress

if TYPE_CHECKING:
    from assistant.review.review import Review

RESULTS = "reviews"
_AWAY = "not a talk between a VP and learning"
_NOBODY = "does not say who spoke"
_VERSION = 2
"""One more whenever a review of the same talk may come out otherwise: earlier results are made again."""
_SKIPPED = (".", "~")


def review_folder(
    folder: Path,
    make: Callable[[Path], "Review"],
    *,
    progress: Progress,
    as_json: bool,
    asked: Mapping[str, Any] | None = None,
) -> None:
    """Review what is new or changed since the last run; a file that cannot be read is told and does not stop the rest.

    `asked` are the options that a result rests on: one that was made with others is made again.
    """
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(_SKIPPED))
    if not files:
        raise InputRefusedError(f"There is no file in {folder}", next_step="Name a folder with transcripts")
    out = folder / RESULTS
    out.mkdir(exist_ok=True)
    rows = []
    for done, path in enumerate(files):
        progress(path.name, done, len(files))
        try:
            rows.append(_one(path, out / f"{path.name}.json", make, {"version": _VERSION, **(asked or {})}))
        except KeyboardInterrupt:
            typer.echo(f"{done} of {len(files)} are done and kept in {out}. Run it again to go on.", err=True)
            raise
    if as_json:
        print_json({"folder": str(folder), "results": str(out), "files": rows})
    else:
        _tell(rows, out)


def _one(
    path: Path, kept: Path, make: Callable[[Path], "Review"], asked: Mapping[str, Any]
) -> dict[str, Any]:
    if (known := _known(path, kept)) is not None and known.get("made_with") == asked:
        return _row(path, known, "kept")
    try:
        told = {**make(path).as_contract(), "made_with": asked}
    except CounterpartError as error:
        return {"file": path.name, "result": "left out", "reason": error.message}
    half = kept.with_suffix(".part")
    half.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    half.replace(kept)
    return _row(path, told, "reviewed")


def _known(path: Path, kept: Path) -> dict[str, Any] | None:
    """The result of an earlier run; None where there is none, the file is newer, or the result is broken."""
    try:
        if kept.stat().st_mtime < path.stat().st_mtime:
            return None
        told = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) and {"findings", "turns", "speakers"} <= told.keys() else None


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
        "unattributed": [each["name"] for each in told["speakers"]] == [UNKNOWN],
    }


def _tell(rows: list[dict[str, Any]], out: Path) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, where in (
        ("File", "left"),
        ("Turns", "right"),
        ("Gaps", "right"),
        ("Good", "right"),
        ("First of all", "left"),
    ):
        table.add_column(name, overflow="fold", justify=where, ratio=None)  # type: ignore[arg-type]  # two of its words
    for row in rows:
        if row["result"] != "left out":
            counts = (str(row[name]) for name in ("turns", "gaps", "strengths"))
            table.add_row(
                Text(row["file"]),
                *counts,
                Text(row["first"] or _remark(row), style="" if row["first"] else "dim"),
            )
    console = Console(highlight=False, width=min(Console().width, 120))
    if table.row_count:
        console.print(table)
    for row in rows:
        if row["result"] == "left out":
            console.print(Text(f"Left out: {row['reason']}", style="red"))
    told = (
        "Gaps are places to practise, good is what was done well. For learning, not for employment decisions."
    )
    console.print(f"Each in full in {out}. {told}", markup=False, style="dim")


def _remark(row: dict[str, Any]) -> str:
    return _NOBODY if row["unattributed"] else _AWAY if row["elsewhere"] else ""
