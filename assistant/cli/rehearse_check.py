"""`counterpart rehearse --check`: who wins a counterpart and who does not, as a table, a chart, or JSON."""

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from assistant.cli.options import print_json, shown_progress

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from assistant.rehearsal.realism import Cell, Row
    from assistant.rehearsal.room import Room
    from assistant.rehearsal.scenario import Level, Scenario

WIDTH = 30


def check(
    room: "Room",
    scenarios: "list[Scenario]",
    levels: "tuple[Level, ...]",
    *,
    seeds: int,
    as_json: bool,
    chart: "Path | None" = None,
) -> None:
    """Play every simulated learner in every scenario and tell what they reached; `chart` is drawn into, as SVG."""
    from assistant.rehearsal.advisory import advice_on
    from assistant.rehearsal.realism import measure, rows

    with shown_progress() as progress:
        cells = measure(room, scenarios, levels=levels, seeds=seeds, report=progress)
    remarks = {each.id: advice_on(each) for each in scenarios}
    found = rows(cells)
    if chart is not None:
        _draw(chart, found)
    if as_json:
        print_json(
            {
                "rows": [{**asdict(row), "holds": row.holds} for row in found],
                "cells": [{**asdict(cell), "share": cell.share} for cell in cells],
                "remarks": remarks,
            }
        )
    else:
        _tell(found, cells, remarks)


def _draw(path: "Path", found: "list[Row]") -> None:
    from assistant.documents.realism_chart import realism_svg

    try:
        path.write_text(realism_svg(found), encoding="utf-8")
    except OSError as error:
        sys.stderr.write(f"The chart could not be written to {path}: {error.strerror}. The figures follow.\n")


def _tell(found: "list[Row]", cells: "list[Cell]", remarks: dict[str, list[str]]) -> None:
    from rich.console import Console

    console = Console(highlight=False, width=max(112, Console().width), file=sys.stdout)
    for level in dict.fromkeys(row.level for row in found):
        _table(console, level, [row for row in found if row.level == level])
    weak = [cell for cell in cells if cell.level == "normal" and cell.kind == "partner" and cell.share < 0.85]
    for cell in weak:
        console.print(f"{cell.scenario}: the partner wins {cell.share:.0%} on normal", markup=False)
    if not all(cell.within_minutes for cell in cells):
        console.print("Some sessions outlasted their minutes.", markup=False)
    for name, lines in remarks.items():
        for line in lines:
            console.print(f"{name}: {line}", markup=False, style="dim")


def _table(console: "Console", level: str, found: "list[Row]") -> None:
    console.print(f"\n{level}: sessions that end well", style="bold", markup=False)
    for row in found:
        bar = "".join(_mark(at, row, bars=level == "normal") for at in range(WIDTH))
        verdict = ("holds" if row.holds else "MISSES") if level == "normal" else ""
        console.print(
            f"{row.kind:<12} {bar} {row.share:>4.0%}  walked out {row.walked_out:>4.0%}  trust {row.trust:.1f}  "
            f"lines {row.turns:>4.1f}  n {row.sessions}  {verdict}",
            markup=False,
        )


def _mark(at: int, row: "Row", *, bars: bool) -> str:
    """One place of the chart: a bar up to the share, and where it should lie."""
    if at < round(row.share * WIDTH):
        return "█"
    inside = row.least * WIDTH <= at < row.most * WIDTH
    return "░" if bars and inside else " "
