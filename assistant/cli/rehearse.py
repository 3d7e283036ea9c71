"""`counterpart scenarios` and `counterpart rehearse`: practise a conversation before it counts."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataDir, Json, Model, print_json
from assistant.errors import InputRefusedError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.rehearsal.room import Room
    from assistant.rehearsal.scenario import Scenario
    from assistant.rehearsal.session import Session
    from assistant.rehearsal.voicing import Voicing
    from assistant.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("scenarios")(scenarios)
    app.command("rehearse")(rehearse)


def scenarios(
    *,
    check: Annotated[
        Path | None,
        typer.Option("--check", help="A scenario file: whether it can be used, and what it lacks"),
    ] = None,
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """List the meetings that can be rehearsed.

    Example: counterpart scenarios --check mine.yaml
    """
    from assistant.rehearsal.files import Scenarios
    from assistant.rehearsal.outward import listed

    if check is not None:
        _check_file(check, as_json=as_json)
        return

    known = Scenarios(load_settings(data_dir=data_dir).data_dir / "scenarios")
    for fault in known.faults():
        sys.stderr.write(f"{fault.message}\n")
    rows = [listed(each) for each in known.all()]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        sys.stdout.write(
            f"{row['id']}  ({row['seat']}, {row['kind']}, {row['minutes']} min)\n    {row['title']}\n"
        )


def _check_file(path: Path, *, as_json: bool) -> None:
    """What a scenario file lacks; what keeps it from being used is refused with its line."""
    from assistant.rehearsal.advisory import advice_on
    from assistant.rehearsal.files import read_file
    from assistant.rehearsal.outward import listed

    found = read_file(path)
    remarks = advice_on(found)
    if as_json:
        print_json({"scenario": listed(found), "lines": len(list(found.spoken())), "remarks": remarks})
        return
    sys.stdout.write(
        f"{found.id}: {found.title}\n{len(list(found.spoken()))} lines, {len(found.facts)} topics\n"
    )
    sys.stdout.write("".join(f"- {line}\n" for line in remarks) or "Nothing to remark.\n")
    sys.stdout.write(f"See how learners fare in it: counterpart rehearse --check --scenario {path}\n")


def rehearse(
    *,
    scenario: Annotated[
        str | None, typer.Option(help="Which meeting (see counterpart scenarios), or a file with one")
    ] = None,
    seat: Annotated[str | None, typer.Option(help="Your chair: learning-executive or sales-vp")] = None,
    level: Annotated[str | None, typer.Option(help="easy, normal (if not said) or hard")] = None,
    seed: Annotated[int | None, typer.Option(help="The same seed and words make the same meeting")] = None,
    script: Annotated[Path | None, typer.Option(help="A file with one line of yours per line")] = None,
    json_lines: Annotated[
        bool, typer.Option("--json-lines", help="Line in, JSON turn out, for programs")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Let simulated learners play it, and tell who wins")
    ] = False,
    seeds: Annotated[int, typer.Option(min=1, max=200, help="Sessions for each, with --check")] = 20,
    chart: Annotated[
        Path | None, typer.Option("--chart", help="With --check: a file to draw the shares into, as SVG")
    ] = None,
    notes: Annotated[str, typer.Option(help="on, off or matters: a note after each line")] = "on",
    data_dir: DataDir = None,
    model: Model = None,
    as_json: Json = False,
) -> None:
    """Rehearse a conversation with a counterpart who has a mood, a clock and a worry.

    Example: counterpart rehearse --scenario first-thirty-warm-vague
    """
    if notes not in {"on", "off", "matters"}:
        raise InputRefusedError(f"There is no --notes {notes[:20]}", next_step="Use on, off or matters")
    lines = _script(script) if script else None
    if as_json and lines is None and not check:
        raise InputRefusedError(
            "--json needs --script FILE", next_step="Use --json-lines to speak line by line"
        )
    settings = (
        load_settings(data_dir=data_dir) if model is None else load_settings(data_dir=data_dir, model=model)
    )
    with _room(settings) as room, _voicing(settings, wanted=not check) as voicing:
        if check:
            _realism(room, scenario, level, seeds=seeds, as_json=as_json, chart=chart)
            return
        chosen = _chosen(room, scenario)
        session = room.enter_with(chosen, level=level or "normal", seed=_seed(seed), seat=seat)
        if lines is not None:
            _played(session, lines, voicing, as_json=as_json, notes=notes)
        elif json_lines:
            _spoken(session, voicing)
        else:
            from assistant.cli.rehearse_talk import talk

            talk(session, voicing, notes=notes, known=_known(settings, chosen.seat), told=_told_once())


def _known(settings: "Settings", seat: str) -> str:
    """What was told between the two, to have in mind; nothing is set up for it."""
    from assistant.bootstrap import open_house
    from assistant.cli.pilot_shared import viewer_of
    from assistant.pair.memory import said_line
    from knowledge.store.engine import DATABASE_FILE

    if settings.database_url is None and not (settings.data_dir / DATABASE_FILE).exists():
        return ""
    with open_house(settings, brief=True) as house:
        mind = house.recall(viewer_of(house, seat)).in_mind
    return said_line(mind, fit=False) if mind else ""


def _chosen(room: "Room", name: str | None) -> "Scenario":
    """The meeting of this id, or in this file."""
    if name is None:
        raise InputRefusedError(
            "It is not said which meeting", next_step="Use --scenario with an id from “counterpart scenarios”"
        )
    if name.endswith((".yaml", ".yml")):
        from assistant.rehearsal.files import read_file

        return read_file(Path(name))
    return room.scenarios.get(name)


def _realism(
    room: "Room", name: str | None, level: str | None, *, seeds: int, as_json: bool, chart: Path | None
) -> None:
    from assistant.cli.rehearse_check import check
    from assistant.rehearsal.room import level_of
    from assistant.rehearsal.scenario import LEVELS

    chosen = [_chosen(room, name)] if name else room.scenarios.all()
    check(room, chosen, (level_of(level),) if level else LEVELS, seeds=seeds, as_json=as_json, chart=chart)


def _seed(given: int | None) -> int:
    from random import SystemRandom

    return given if given is not None else SystemRandom().randrange(1, 1_000_000)


@contextmanager
def _room(settings: "Settings") -> "Iterator[Room]":
    from assistant.bootstrap import room_of

    yield room_of(settings)


@contextmanager
def _voicing(settings: "Settings", *, wanted: bool) -> "Iterator[Voicing | None]":
    """What words his lines, if there is a chat model."""
    from assistant.bootstrap import voicing_of

    found = voicing_of(settings) if wanted else None
    try:
        yield found
    finally:
        if found is not None:
            found.model.close()


def _script(path: Path) -> list[str]:
    try:
        return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InputRefusedError(
            f"{path} cannot be read: {reason}", next_step="Name a file of lines"
        ) from error


def _played(
    session: "Session", lines: list[str], voicing: "Voicing | None", *, as_json: bool, notes: str
) -> None:
    from assistant.rehearsal.voicing import voiced_all

    voiced_all(session, lines, voicing, _told_once()).leave()
    if as_json:
        from assistant.rehearsal.outward import outcome_of, turns_of

        whole = outcome_of(session)
        at = list(whole).index("ended_by") + 1
        items = list(whole.items())
        print_json(dict([*items[:at], ("turns", turns_of(session)), *items[at:]]))
        return
    from assistant.cli.rehearse_talk import replay

    replay(session, notes=notes)


def _spoken(session: "Session", voicing: "Voicing | None") -> None:
    """One line in, one turn out, each at once; at the end of the meeting or of the input the outcome."""
    from assistant.rehearsal.outward import counterpart_turn, opening_turn, outcome_of
    from assistant.rehearsal.voicing import voiced_all

    _emit(opening_turn(session))
    told = _told_once()
    for line in sys.stdin:
        if session.end is not None:
            break
        voiced_all(session, [line.rstrip("\r\n")], voicing, told)
        _emit(counterpart_turn(session, len(session.exchanges) - 1))
        if session.end is not None:
            break
    session.leave()
    _emit(outcome_of(session))


def _told_once() -> Callable[[str], object]:
    """Says on stderr why the chat model could not be used, the first time it could not."""
    said: list[str] = []

    def tell(why: str) -> None:
        if not said:
            typer.echo(why, err=True)
        said.append(why)

    return tell


def _emit(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()
