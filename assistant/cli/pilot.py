"""`counterpart pilot`: from a file to a check, a record, and what its numbers can show."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import pilot_brief, pilot_checkin, pilot_decide, pilot_report
from assistant.cli.options import DataDir, Json, print_json, shown_progress
from assistant.cli.pilot_shared import Person, PilotId, opened, today, viewer_of
from assistant.errors import InputRefusedError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.bootstrap import House
    from assistant.pilots.measures import Measures
    from assistant.pilots.model import Pilot
    from assistant.records import PilotRecord

PilotFile = Annotated[
    Path, typer.Option("--file", help="A YAML file; “counterpart pilot template” shows one")
]


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    group = typer.Typer(help="Pilots: one small group, one outcome, and a plain answer whether it worked.")
    for command, name in (
        (template, "template"), (new, "new"), (list_pilots, "list"), (show, "show"), (check, "check"), (power, "power"),
        (export, "export"), (import_pilot, "import"),
    ):  # fmt: skip
        group.command(name)(command)
    for commands in (pilot_brief, pilot_checkin, pilot_report, pilot_decide):
        commands.register(group)
    app.add_typer(group, name="pilot")


def template() -> None:
    """A pilot file to begin with. Three lines are enough: outcome, group, by."""
    from assistant.pilots.template import TEMPLATE

    sys.stdout.write(TEMPLATE)


def new(*, file: PilotFile, person: Person = None, data_dir: DataDir = None, as_json: Json = False) -> None:
    """Keep the pilot in a file, and say what would make it better.

    Example: counterpart pilot new --file ramp.yaml
    """
    _take_in(file, person, data_dir, as_json, about=f"Begun from {file.name}")


def import_pilot(
    file: Annotated[Path, typer.Argument(help="A file that “pilot export” wrote, or one of your own")],
    *,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """The same, for a file from elsewhere: its check-ins and its decision come along."""
    _take_in(file, person, data_dir, as_json, about=f"Imported from {file.name}")


def list_pilots(*, person: Person = None, data_dir: DataDir = None, as_json: Json = False) -> None:
    """Every pilot, with its state."""
    from assistant.pilots.state import at_a_glance

    with opened(data_dir) as house:
        measures = house.measures
        found = [
            {
                "id": record.id,
                **at_a_glance(record.pilot, measures=measures, today=today()),
                "version": record.version,
            }
            for record in house.pilots.list(viewer_of(house, person))
        ]
    if as_json:
        print_json({"pilots": found})
        return
    for each in found:
        typer.echo(f"{each['id']}  {each['title']}  ({each['state']}: {each['next']})")
    if not found:
        typer.echo("No pilot yet. “counterpart pilot template > pilot.yaml” begins one.")


def show(
    pilot_id: PilotId,
    *,
    history: Annotated[bool, typer.Option("--history", help="Every change, with who made it")] = False,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """One pilot, whole, as its file."""
    from dataclasses import asdict

    from assistant.pilots.filing import write_pilot
    from assistant.pilots.state import at_a_glance

    with opened(data_dir) as house:
        viewer = viewer_of(house, person)
        record = house.pilots.get(viewer, pilot_id)
        changes = house.pilots.history(viewer, pilot_id) if history else []
        names = {each.id: each.name for each in house.people.list()}
        glance = at_a_glance(record.pilot, measures=house.measures, today=today())
    if as_json:
        shown = {
            "id": record.id,
            "version": record.version,
            **glance,
            "pilot": record.pilot.model_dump(mode="json"),
        }
        told = [{**asdict(c), "at": c.at.isoformat(), "by": names.get(c.by, c.by)} for c in changes]
        print_json({**shown, "history": told} if history else shown)
        return
    for change in changes:
        typer.echo(f"{change.at:%Y-%m-%d %H:%M}  {names.get(change.by, change.by)}: {change.about}")
        for name, each in change.changes.items():
            typer.echo(f"    {name}: {_short(each['from'])} -> {_short(each['to'])}")
    if not history:
        sys.stdout.write(write_pilot(record.pilot))


def check(
    pilot: Annotated[str, typer.Argument(metavar="ID|FILE", help="A pilot's id, or a YAML file")],
    *,
    fix: Annotated[
        list[str] | None,
        typer.Option("--fix", help="Take the fix of this problem, by its id; “all” for every one"),
    ] = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """What would keep it from giving a plain answer, and what to do about it."""
    from assistant.pilots.checks import check_contract

    path = Path(pilot)
    with shown_progress():
        if path.suffix.lower() in {".yaml", ".yml"} or path.is_file():
            measures, cards = _library(data_dir)
            found = read_file(path, measures)
            if fix:
                found = _fixed(found, measures, fix, cards)
                path.write_text(_written(found), encoding="utf-8")
            result = check_contract(
                found, name=pilot, measures=measures, today=today(), pattern=cards.get(found.pattern or "")
            )
        else:
            with opened(data_dir) as house:
                result = _check_kept(house, pilot, fix, person)
    print_json(result) if as_json else _tell(result)


def power(
    *,
    kind: Annotated[str, typer.Option(help="proportion, mean or time")],
    n: Annotated[str, typer.Option("--n", help="Opportunities in the pilot")],
    baseline: Annotated[str, typer.Option(help="20%, 0.2, 180 or $12k; for time the median")],
    target: Annotated[str, typer.Option(help="In the same unit")],
    comparison_n: Annotated[str | None, typer.Option(help="Opportunities in the comparison group")] = None,
    sd: Annotated[str | None, typer.Option(help="Spread between opportunities, for a mean")] = None,
    as_json: Json = False,
) -> None:
    """The smallest change this many opportunities can tell from luck, and the chance to see the target.

    Example: counterpart pilot power --kind proportion --n 60 --baseline 20% --target 30%
    """
    from assistant.pilots.asked import asked_power
    from assistant.pilots.words import in_words

    asked = asked_power(kind, n=n, baseline=baseline, target=target, comparison_n=comparison_n, sd=sd)
    if as_json:
        print_json({**asked.power.as_contract(), "unit": asked.unit})
        return
    for line in in_words(asked.power, asked.shown):
        typer.echo(line)
    typer.echo(f"({asked.power.test}; {asked.power.method})")


def export(
    pilot_id: PilotId,
    *,
    out: Annotated[Path | None, typer.Option(help="Where to; otherwise it is printed")] = None,
    person: Person = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """The pilot as a YAML file, check-ins and decision included; “pilot import” reads it again without loss."""
    with opened(data_dir) as house:
        record = house.pilots.get(viewer_of(house, person), pilot_id)
    text = _written(record.pilot)
    if out is not None:
        out.write_text(text, encoding="utf-8")
    if as_json:
        print_json({"id": record.id, "file": str(out) if out else None, "yaml": text})
    elif out is None:
        sys.stdout.write(text)
    else:
        typer.echo(f"Written to {out}")


def read_file(path: Path, measures: "Measures") -> "Pilot":
    """The pilot in a file. Raises `InputRefusedError` naming line and field."""
    from assistant.pilots.filing import read_pilot

    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InputRefusedError(
            f"{path} cannot be read: {reason}", next_step="Name a pilot's id or a YAML file"
        ) from error
    return read_pilot(source, name=path.name, measures=measures, today=today())


def _take_in(file: Path, person: str | None, data_dir: Path | None, as_json: bool, *, about: str) -> None:
    from assistant.pilots.checks import check_contract

    with opened(data_dir) as house:
        measures = house.measures
        found = read_file(file, measures)
        record: PilotRecord = house.pilots.create(viewer_of(house, person), found, about=about)
        result = check_contract(
            found, name=record.id, measures=measures, today=today(), pattern=_pattern(house, found)
        )
    if as_json:
        print_json({"id": record.id, "version": record.version, **result})
        return
    typer.echo(f"Kept as {record.id}.")
    _tell(result)


def _check_kept(house: "House", pilot_id: str, fix: list[str] | None, person: str | None) -> dict[str, Any]:
    from assistant.pilots.checks import check_contract

    viewer, measures = viewer_of(house, person), house.measures
    record = house.pilots.get(viewer, pilot_id)
    cards = {card.id: card for card in house.playbook.cards}
    if fix:
        record = house.pilots.update(
            viewer,
            pilot_id,
            lambda pilot: _fixed(pilot, measures, fix, cards),
            about="Took fixes of the check",
        )
    return check_contract(
        record.pilot, name=record.id, measures=measures, today=today(), pattern=_pattern(house, record.pilot)
    )


def _fixed(pilot: "Pilot", measures: "Measures", wanted: list[str], cards: dict[str, Any]) -> "Pilot":
    from assistant.pilots.checks import check as look
    from assistant.pilots.edit import edited

    problems = look(pilot, measures=measures, today=today(), pattern=cards.get(pilot.pattern or ""))
    unknown = set(wanted) - {problem.id for problem in problems} - {"all"}
    if unknown:
        raise InputRefusedError(
            f"There is no problem {min(unknown)} in this pilot", kept="Nothing was changed",
            next_step="“counterpart pilot check” names them",
        )  # fmt: skip
    for problem in problems:
        if "all" in wanted or problem.id in wanted:
            pilot = edited(pilot, problem.change)
    return pilot


def _library(data_dir: Path | None) -> tuple["Measures", dict[str, Any]]:
    """The metrics and the cards for a check of a file, without opening the instance."""
    from assistant.pilots.measures import Measures
    from knowledge.own_cards import OwnCards

    cards = OwnCards.in_data_dir(load_settings(data_dir=data_dir).data_dir).playbook().cards
    return Measures(cards), {card.id: card for card in cards}


def _pattern(house: "House", pilot: "Pilot") -> Any:
    return next(
        (card for card in house.playbook.cards if card.id == pilot.pattern and card.kind == "pilot"), None
    )


def _written(pilot: "Pilot") -> str:
    from assistant.pilots.filing import write_pilot

    return write_pilot(pilot)


def _tell(result: dict[str, Any]) -> None:
    from rich.console import Console

    console = Console(highlight=False, width=min(Console().width, 100))
    count = len(result["problems"])
    heading = (
        "Ready." if result["verdict"] == "ready" else f"Needs work: {count} thing{'s' if count != 1 else ''}."
    )
    console.print(heading, style="bold", markup=False)
    for problem in result["problems"]:
        console.print(
            f"\n{problem['id']} ({problem['field']}, {problem['principle']})", markup=False, style="bold"
        )
        console.print(f"  {problem['message']}", markup=False)
        console.print(f"  Fix: {problem['fix']}", markup=False)
    if count:
        console.print(
            f"\nTake a fix with: counterpart pilot check {result['pilot']} --fix ID",
            style="dim",
            markup=False,
        )


def _short(value: object) -> str:
    text = "empty" if value in (None, [], {}, "") else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
