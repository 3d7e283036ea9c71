"""`counterpart reindex`: the playbook, the vectors and the index, built anew from what is kept."""

from typing import Annotated

import typer

from assistant.cli.options import DataDir, Json, print_json, shown_progress
from assistant.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("reindex")(reindex)


def reindex(
    fresh: Annotated[
        bool, typer.Option("--embed", help="Embed every text anew, even where its vector is kept")
    ] = False,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Read the playbook again, embed what lacks a vector of the configured model, build the index anew."""
    from assistant.bootstrap import build_house
    from knowledge.setup import reembed

    with shown_progress() as progress:
        house = build_house(load_settings(data_dir=data_dir), progress=progress, set_up=False)
        try:
            report = reembed(house.store, house.embedder, own=house.own_cards, fresh=fresh, progress=progress)
            indexed = house.index.available
            if indexed:
                house.index.rebuild(progress=progress)
            state = house.index.state
        finally:
            house.close()
    result = {
        "collections": report.collections,
        "windows": report.windows,
        "embedded": report.embedded,
        "index": state,
    }
    if as_json:
        print_json({**result, "indexed": indexed})
    else:
        typer.echo(
            f"{report.windows:,} windows in {len(report.collections)} collections, "
            f"{report.embedded:,} embedded. {state}"
        )
