"""`counterpart doctor`: what works here, what does not, and what to do about it."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import typer

from assistant.cli.options import DataDir, Json, print_json, shown_progress
from assistant.errors import CounterpartError
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.bootstrap import House

_LOW_DISK = 500_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it works, what was seen, and what to do if it does not."""

    name: str
    ok: bool
    detail: str
    advice: str = ""


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("doctor")(doctor)


def doctor(data_dir: DataDir = None, as_json: Json = False) -> None:
    """Look at every part of this instance; exit code 1 if one does not work."""
    settings = load_settings(data_dir=data_dir)
    with shown_progress() as progress:
        checks = list(_checks(settings, progress))
    if as_json:
        print_json({"ok": all(check.ok for check in checks), "checks": [asdict(check) for check in checks]})
    else:
        _tell(checks)
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def _checks(settings: Settings, progress: Callable[[str, int, int], None]) -> Iterator[Check]:
    from assistant.bootstrap import build_house

    try:
        house = build_house(settings, progress=progress)
    except CounterpartError as error:
        yield Check("instance", False, error.what, error.next_step)
        return
    try:
        yield _disk(settings)
        for name, look in (
            ("records", _records),
            ("embedding", _embedding),
            ("index", _index),
            ("advice", _advice),
        ):
            yield _guarded(name, look, house)
        yield _guarded("chat model", _chat_model, house)
    finally:
        house.close()


def _guarded(name: str, look: Callable[["House"], Check], house: "House") -> Check:
    try:
        return look(house)
    except CounterpartError as error:
        return Check(name, False, error.what, error.next_step)


def _disk(settings: Settings) -> Check:
    free = shutil.disk_usage(settings.data_dir).free
    return Check(
        "data directory",
        free > _LOW_DISK,
        f"{settings.data_dir}, {free / 1e9:.1f} GB free",
        "" if free > _LOW_DISK else "Make room on this disk",
    )


def _records(house: "House") -> Check:
    talks = len(house.conversations.list(house.viewer))
    names = ", ".join(house.search.collections(house.viewer))
    return Check("records", True, f"{house.store.dialect}, {talks} conversations; collections: {names}")


def _embedding(house: "House") -> Check:
    started = time.perf_counter()
    house.embedder.embed_one("Does it work?")
    taken = (time.perf_counter() - started) * 1_000
    return Check(
        "embedding",
        True,
        f"{house.embedder.name}, {house.embedder.dimensions} dimensions, first text in {taken:.0f} ms",
    )


def _index(house: "House") -> Check:
    available = house.index.available
    path = "chroma" if available else "exact"
    return Check(
        "index",
        True,
        f"answers come from: {path}. {house.index.state}",
        "" if available else "Answers go on without it",
    )


def _advice(house: "House") -> Check:
    started = time.perf_counter()
    answer = house.coach.advise("My VP only gives me thirty minutes", role="learning-executive")
    taken = (time.perf_counter() - started) * 1_000
    return Check(
        "advice",
        bool(answer.citations),
        f"{len(house.coach.cards)} cards; a first answer with {len(answer.citations)} citations "
        f"in {taken:.0f} ms ({answer.path})",
    )


def _chat_model(house: "House") -> Check:
    from assistant.connection import try_out

    if house.wording is None:
        return Check("chat model", True, "none: answers are composed from the playbook on this machine")
    model = house.wording.model
    taken = try_out(model, seconds=house.settings.model_seconds)
    return Check("chat model", True, f"{model.name} at {model.place} replied in {taken:.1f} s")


def _tell(checks: list[Check]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for check in checks:
        mark = "[green]works[/green]" if check.ok else "[red]does not work[/red]"
        table.add_row(mark, check.name, check.detail + (f"\n→ {check.advice}" if check.advice else ""))
    Console(highlight=False).print(table)
