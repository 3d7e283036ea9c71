"""A session as other programs get it: see the contract of `counterpart rehearse`."""

from typing import Any

from assistant.rehearsal.debrief import debrief, learner_id
from assistant.rehearsal.notes import note_on
from assistant.rehearsal.scenario import ITEMS, LEVELS, Scenario
from assistant.rehearsal.session import Session
from assistant.rehearsal.state import State


def listed(scenario: Scenario) -> dict[str, Any]:
    """One row of `counterpart scenarios --json`."""
    return {
        "id": scenario.id, "title": scenario.title, "kind": scenario.kind, "seat": scenario.seat, "levels": list(LEVELS),
        "description": scenario.description, "minutes": scenario.minutes, "counterpart": scenario.counterpart.name,
        "principles": list(scenario.principles),
    }  # fmt: skip


def state_of(state: State) -> dict[str, Any]:
    """How he sees it: patience 0-10, trust 0-5, how many of six parts of the outcome are on the table, minutes."""
    return {
        "patience": round(state.patience, 2), "trust": round(state.trust, 2), "clarity": len(state.clarity),
        "minutes_left": round(state.minutes, 1), "on_the_table": [item for item in ITEMS if item in state.clarity],
        "mood": state.mood,
    }  # fmt: skip


def opening_turn(session: Session) -> dict[str, Any]:
    """His first words."""
    return _turn("t0", "counterpart", session.first.his[-1], [], session.first)


def learner_turn(session: Session, at: int) -> dict[str, Any]:
    """The learner's line `at`, with what it did to him."""
    exchange = session.exchanges[at]
    moves = [{"move": each.move, "score": round(each.score, 4)} for each in exchange.heard.chosen]
    note = note_on(exchange, session.scenario, session.lines[: at + 1]).as_contract()
    return _turn(learner_id(at), "learner", exchange.text, moves, exchange.after, note=note)


def counterpart_turn(session: Session, at: int) -> dict[str, Any]:
    """His answer to the line `at`; `made` is a chat model's part in it, where one was asked."""
    exchange = session.exchanges[at]
    made = {"made": exchange.voiced.kept()} if exchange.voiced else {}
    return _turn(f"t{2 * at + 2}", "counterpart", exchange.reply, [], exchange.after) | made


def _turn(
    name: str,
    speaker: str,
    text: str,
    moves: list[dict[str, Any]],
    state: State,
    *,
    note: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "id": name, "speaker": speaker, "text": text, "moves": moves, "state": state_of(state), "note": note,
    }  # fmt: skip


def turns_of(session: Session) -> list[dict[str, Any]]:
    """All turns, his opening first."""
    found = [opening_turn(session)]
    for at in range(len(session.exchanges)):
        found += [learner_turn(session, at), counterpart_turn(session, at)]
    return found


def outcome_of(session: Session) -> dict[str, Any]:
    """The whole object but its turns."""
    done, end = debrief(session), session.end
    return {
        "scenario": session.scenario.id, "seat": session.scenario.seat, "level": session.level,
        "seed": session.counterpart.seed, "outcome": end.outcome if end else None, "ending": end.ending if end else None,
        "ended_by": end.by if end else None, "scorecard": [check.as_contract() for check in done.checks],
        "hidden_concern": {"text": done.worry, "discovered": done.worry_found},
        "debrief": {"ended": done.ended, "turn": done.turned, "why": done.turned_why, "practise": done.practise},
    }  # fmt: skip
