"""A rehearsal in the terminal: his line, your line, a note; /hint, /back, /state, /notes, /quit."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.rehearsal.counterpart import Exchange
    from assistant.rehearsal.session import Session
    from assistant.rehearsal.voicing import Voicing

HELP = "/hint what could I say · /back the last line anew · /state how it is seen · /quit stop"


def talk(
    session: "Session",
    voicing: "Voicing | None",
    *,
    notes: str,
    told: Callable[[str], object],
    known: str = "",
) -> None:
    """Until the meeting ends, the learner stops, or the input does. `known` is what was told of one's real counterpart.

    `told` gets why the chat model could not be used.
    """
    from assistant.rehearsal.voicing import voiced_all

    console = _console()
    if known:
        console.print(f"{known}\n", style="dim", markup=False)
    _introduce(console, session)
    while session.end is None:
        try:
            said = input("You: ").strip()
        except EOFError:
            break
        if said == "/quit":
            break
        if said.startswith("/"):
            _command(console, session, said)
            continue
        voiced_all(session, [said], voicing, told)
        _show(console, session, session.exchanges[-1], notes=notes)
    session.leave()
    _debrief(console, session)


def replay(session: "Session", *, notes: str) -> None:
    """A whole session as text."""
    console = _console()
    _introduce(console, session)
    for exchange in session.exchanges:
        console.print(f"You: {exchange.text}", markup=False)
        _show(console, session, exchange, notes=notes)
    _debrief(console, session)


def _console() -> "Console":
    from rich.console import Console

    return Console(highlight=False, width=min(Console().width, 96), file=sys.stdout)


def _introduce(console: "Console", session: "Session") -> None:
    scenario = session.scenario
    console.print(scenario.title, style="bold", markup=False)
    console.print(scenario.brief, markup=False)
    console.print(f"{HELP}\n", style="dim", markup=False)
    console.print(f"{scenario.counterpart.name}: {session.first.his[-1]}", markup=False)


def _command(console: "Console", session: "Session", said: str) -> None:
    from assistant.rehearsal.outward import state_of

    if said == "/hint":
        for line in session.hint():
            console.print(f"  › {line}", markup=False)
    elif said == "/back" and session.exchanges:
        session.exchanges.pop()
        console.print(f"{session.scenario.counterpart.name}: {session.state.his[-1]}", markup=False)
    elif said == "/state":
        state = state_of(session.state)
        console.print(
            f"  patience {state['patience']:.0f} of 10 · trust {state['trust']:.0f} of 5 · clear {state['clarity']} of 6 · "
            f"{state['minutes_left']:.0f} min left", style="dim", markup=False,
        )  # fmt: skip
    else:
        console.print(f"  {HELP}", style="dim", markup=False)


def _show(console: "Console", session: "Session", exchange: "Exchange", *, notes: str) -> None:
    from assistant.rehearsal.notes import note_on

    note = note_on(exchange, session.scenario, session.lines)
    if notes == "on" or (notes == "matters" and note.matters):
        console.print(f"  [{note.summary} {' '.join(note.why)}]", style="dim", markup=False)
        for line in note.instead:
            console.print(f"  › {line}", style="dim", markup=False)
    console.print(f"{session.scenario.counterpart.name}: {exchange.reply}", markup=False)


def _debrief(console: "Console", session: "Session") -> None:
    from assistant.rehearsal.debrief import debrief

    done = debrief(session)
    console.print(f"\n{done.ended}", style="bold", markup=False)
    for check in done.checks:
        mark = {"yes": "yes", "no": "no ", "not_seen": "–  "}[check.result]
        console.print(f"  {mark}  {check.text}" + (f": “{check.quote}”" if check.quote else ""), markup=False)
    if done.turned_why:
        console.print(f"{done.turned_why} ({done.turned})", markup=False)
    console.print(f"Not said: {done.worry}", markup=False)
    console.print(f"Practise next: {done.practise}", markup=False)
    console.print("For learning, not for employment decisions.", style="dim", markup=False)
