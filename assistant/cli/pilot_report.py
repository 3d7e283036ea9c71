"""`counterpart pilot report`, `remind`, `message` and `agenda`: what leaves the house about a pilot."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataDir, Json, print_json
from assistant.cli.pilot_shared import Person, PilotId, opened, side_of, today, viewer_of
from assistant.errors import InputRefusedError

if TYPE_CHECKING:
    from assistant.pilots.report import Report

FORMATS = ("md", "docx", "pdf", "pptx")
Out = Annotated[
    Path | None, typer.Option(help="Where to write it; otherwise a file here, named after the pilot")
]


def register(group: typer.Typer) -> None:
    """Add the commands to the group of pilots."""
    for command, name in ((report, "report"), (remind, "remind"), (message, "message"), (agenda, "agenda")):
        group.command(name)(command)


def report(
    pilot_id: PilotId,
    *,
    format_name: Annotated[str, typer.Option("--format", help="md, docx, pdf or pptx (three slides)")] = "md",
    longer: Annotated[
        bool, typer.Option("--long", help="The longer one, with the check-ins and what was agreed")
    ] = False,
    out: Out = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """The report: one page for the executive team; with --long all of it. Markdown is printed, the rest is a file.

    Example: counterpart pilot report ID --format pdf --out ramp.pdf
    """
    from assistant.pilots.report import report as build
    from assistant.pilots.report import report_markdown
    from assistant.pilots.told import reading_contract

    wanted = format_name.strip().lower().lstrip(".")
    if wanted not in FORMATS:
        raise InputRefusedError(
            f"There is no format “{format_name[:20]}”", next_step=f"Use one of {', '.join(FORMATS)}"
        )
    with opened(data_dir) as house:
        viewer = viewer_of(house, person)
        record, measures = house.pilots.get(viewer, pilot_id), house.measures
        promised = house.promised(viewer, record)
    made = build(record.pilot, measures=measures, today=today(), promised=promised)
    text = report_markdown(made, longer=longer)
    path = _written(made, wanted, longer=longer, out=out, text=text)
    if as_json:
        print_json({
            "pilot": record.id, "title": made.title, "statement": made.statement, "verdict": made.verdict,
            "headline": made.headline, "decision_asked": made.ask, "format": wanted,
            "file": None if path is None else str(path), "markdown": text,
            "promises": [
                {"who": each.who, "what": each.what, "state": each.state, "by": each.due.isoformat() if each.due else None}
                for each in promised
            ],
            "reading": reading_contract(record.pilot, made.reading, measures=measures),
        })  # fmt: skip
    elif path is None:
        sys.stdout.write(text)
    else:
        typer.echo(f"Written to {path}")


def remind(
    pilot_id: PilotId,
    *,
    out: Out = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """The check-ins ahead as an .ics file for a calendar."""
    from assistant.documents.calendar import reminders_ics

    with opened(data_dir) as house:
        record = house.pilots.get(viewer_of(house, person), pilot_id)
    made = reminders_ics(record.pilot, pilot_id=record.id, today=today())
    path = out or Path(f"{slug(record.pilot.title)}.ics")
    path.write_bytes(made)
    count = made.count(b"BEGIN:VEVENT")
    print_json({"pilot": record.id, "file": str(path), "entries": count}) if as_json else typer.echo(
        f"Written to {path}: {count} entries"
    )


def message(
    pilot_id: PilotId,
    *,
    felt: Annotated[bool, typer.Option("--felt", help="“I feel no progress”, without a number")] = False,
    words: Annotated[str | None, typer.Option(help="What you would add, in your own words")] = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """A candid message to the counterpart about where it stands, to be edited. Nothing is sent or kept."""
    from assistant.pilots.messages import candid_message, felt_message

    with opened(data_dir) as house:
        viewer, measures = viewer_of(house, person), house.measures
        pilot, side = house.pilots.get(viewer, pilot_id).pilot, side_of(house, viewer)
    text = (felt_message(pilot, side, measures=measures, words=words) if felt
            else candid_message(pilot, side, measures=measures, today=today()))  # fmt: skip
    print_json({"pilot": pilot_id, "from": side, "message": text}) if as_json else typer.echo(text)


def agenda(
    pilot_id: PilotId,
    *,
    minutes: Annotated[int, typer.Option(help="How long the meeting is")] = 30,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """A meeting about it, from the last check-in: minutes, opening question, the story to tell, the ask."""
    from dataclasses import asdict

    from assistant.pilots.messages import agenda as build
    from assistant.pilots.messages import agenda_markdown

    with opened(data_dir) as house:
        viewer, measures = viewer_of(house, person), house.measures
        pilot, side = house.pilots.get(viewer, pilot_id).pilot, side_of(house, viewer)
    items = build(pilot, side, measures=measures, today=today(), minutes=minutes)
    if as_json:
        print_json(
            {"pilot": pilot_id, "for": side, "minutes": minutes, "items": [asdict(item) for item in items]}
        )
    else:
        sys.stdout.write(agenda_markdown(pilot, items))


def slug(title: str) -> str:
    """A file name that every system takes."""
    return re.sub(r"[^\w]+", "-", title.lower(), flags=re.UNICODE).strip("-")[:60] or "pilot"


def _written(made: "Report", wanted: str, *, longer: bool, out: Path | None, text: str) -> Path | None:
    """The file; None for Markdown that is printed."""
    if wanted == "md" and out is None:
        return None
    path = out or Path(f"{slug(made.title)}.{wanted}")
    path.write_bytes(text.encode() if wanted == "md" else document(made, wanted, longer=longer))
    return path


def document(made: "Report", wanted: str, *, longer: bool) -> bytes:
    """The report as a document of this format."""
    from assistant.documents import pilot_docx, pilot_pdf, pilot_pptx

    makers: dict[str, Any] = {
        "docx": lambda: pilot_docx.report_docx(made, longer=longer),
        "pdf": lambda: pilot_pdf.report_pdf(made, longer=longer),
        "pptx": lambda: pilot_pptx.report_pptx(made),
    }
    found = makers[wanted]()
    assert isinstance(found, bytes)  # noqa: S101  # each of them makes a file's content
    return found
