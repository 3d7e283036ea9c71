"""`counterpart home`: what waits for you."""

from typing import TYPE_CHECKING

import typer

from assistant.cli.pilot_shared import side_of
from assistant.cli.seat import Seat, With, seated
from prompts import phrase

if TYPE_CHECKING:
    from assistant.home.home import Home, Watched
    from assistant.pair.coaching import Task


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("home")(seated(home))


def home(seat: Seat, *, name: With = None) -> None:
    """What waits: open promises first, the next meeting, the pilot, a story asked for. A coach finds their pairs.

    Example: counterpart home --as sales-vp
    """
    if side_of(seat.house, seat.viewer) == "coach":
        _for_coach(seat)
        return
    found = seat.house.home(seat.house.between(seat.viewer, name))
    seat.answer(found.as_contract(), *([found.first_step] if found.first_step else _lines(found)))


def _for_coach(seat: Seat) -> None:
    pairs = seat.house.watched(seat.viewer)
    first = None if pairs else phrase("home", "first-coach")
    person = next(each for each in seat.house.people.list() if each.id == seat.viewer.person_id)
    seat.answer(
        {
            "person": person.name, "role": "coach", "pairs": [each.as_contract() for each in pairs],
            "first_step": first,
        },
        *([first] if first else []),
        *(line for each in pairs for line in _pair_lines(each)),
    )  # fmt: skip


def _lines(found: "Home") -> list[str]:
    lines = [phrase("home", "minutes-alone", minutes=str(max(1, found.minutes)))]
    for each in found.promises:
        lines.append(f"{'!' if each.late else ' '} {each.who}: {each.what} ({each.when})  {each.id}")
        lines += [f"    say: {each.say}"] if each.say else []
    lines += [_task_line(each) for each in found.tasks]
    if found.meeting:
        asked = " (how did it go?)" if found.meeting.over else ""
        lines.append(f"  Meeting: {found.meeting.on.isoformat()}{asked}")
    if found.pilot:
        lines.append(f"  Pilot: {found.pilot.statement} Next: {found.pilot.next}")
    lines += [f"  Mirror: {found.mirror_line}"] if found.mirror_line else []
    lines += [f"  Story: {found.story}"] if found.story else []
    return [*lines, f"  To settle: {found.settle}"]


def _task_line(task: "Task") -> str:
    how = f"counterpart rehearse --scenario {task.scenario}" if task.scenario else "counterpart ask “…”"
    return (
        f"  From {task.coach.name}: {task.words}  {task.id}\n    {how}; done: counterpart pair done {task.id}"
    )


def _pair_lines(found: "Watched") -> list[str]:
    counts = phrase(
        "home", "counts", kept=str(found.kept), broken=str(found.broken), moved=str(found.moved),
        open=str(len(found.open)),
    )  # fmt: skip
    lines = [f"{' and '.join(found.names)}  {found.pair_id}"]
    if found.empty:
        return [*lines, f"  {phrase('home', 'shows-nothing')}"]
    lines.append(f"  {counts}")
    if found.mirror:
        lines += [f"  {side.name}: “{side.words}”" for side in (found.mirror.learning, found.mirror.vp)]
    lines += [f"  ! {each}" for each in found.stuck]
    lines += [f"  {each}" for each in found.lines if each not in found.stuck]
    lines += [
        f"  Given to {each.for_person.name}{' (done)' if each.done_at else ''}: {each.words}"
        for each in found.given
    ]
    return lines
