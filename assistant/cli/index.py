"""`counterpart index`: bring a collection up to date with files and folders."""

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import DataDir, Json, print_json, shown_progress
from assistant.errors import InputRefusedError
from knowledge.names import DOCUMENTS_COLLECTION, PLAYBOOK_COLLECTION

if TYPE_CHECKING:
    from knowledge.ingest import IngestReport

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("index")(index)


def index(
    paths: Annotated[
        list[Path], typer.Argument(help="Markdown, text, HTML, DOCX, PDF, PPTX, or a corpus.jsonl")
    ],
    *,
    collection: Annotated[
        str, typer.Option(help="The collection that the documents go to")
    ] = DOCUMENTS_COLLECTION,
    private: Annotated[bool, typer.Option("--private", help="Only you will find them")] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Read documents and make them findable; unchanged ones cost nothing, and those that are gone leave."""
    from assistant.bootstrap import open_house
    from assistant.settings import load_settings
    from knowledge.ingest import ingest_paths

    check_name(collection)
    with (
        shown_progress() as progress,
        open_house(load_settings(data_dir=data_dir), progress=progress) as house,
    ):
        report = ingest_paths(
            house.store,
            house.embedder,
            paths,
            viewer=house.viewer,
            collection=collection,
            visibility="me" if private else "workspace",
            progress=progress,
        )
        house.index.sync(progress)
    if as_json:
        print_json(asdict(report))
    else:
        _tell(report)


def check_name(collection: str) -> None:
    """Raises `InputRefusedError` for a name that no collection of documents may have."""
    if collection == PLAYBOOK_COLLECTION:
        raise InputRefusedError(
            "The playbook takes cards, not documents", next_step="Name another --collection"
        )
    if not _NAME.fullmatch(collection):
        raise InputRefusedError(
            f"“{collection[:80]}” is no name for a collection",
            next_step="Use up to 63 letters, digits, dots, hyphens and underscores",
        )


def _tell(report: "IngestReport") -> None:
    from rich.console import Console

    console = Console(highlight=False)
    console.print(
        f"{report.collection}: {report.documents} documents, {report.passages} passages"
        f" ({report.added} new, {report.updated} changed, {report.removed} gone, {report.unchanged} the same)"
        f" in {report.seconds:.1f} s"
    )
    for skipped in report.skipped:
        console.print(f"  left out: {skipped.path}: {skipped.reason}", markup=False)
