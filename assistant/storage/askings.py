"""Earlier askings of a question: what was said to each is set aside, and one of them stands at a time.

Messages that are set aside have positions below 0. The question's `detail` says which belong to which asking.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.errors import NotFoundError
from assistant.records import ASKINGS, Status
from knowledge.store import tables
from knowledge.store.tables import new_id


def ask_anew(
    session: Session, question: tables.Message, text: str, corrections: Mapping[str, Any] | None
) -> None:
    """Let the question wait in these words; what was said to it before is set aside."""
    before = _set_aside(session, question)
    kept = question.detail.get(ASKINGS, [])
    question.text, question.status = text, "pending"
    question.detail = {
        **new_asking(corrections),
        **({ASKINGS: kept, "before": before} if kept else {}),
    }


def new_asking(corrections: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is kept beside a question: which asking of it this is, and how it is to be read."""
    return {"turn": new_id(), "corrections": dict(corrections)} if corrections else {"turn": new_id()}


def give_up(session: Session, question: tables.Message) -> None:
    """Nobody waits for an answer to this asking: one of before to the same words stands again, if there is one."""
    question.status = "stopped"
    before = _entry(question, question.detail.get("before"))
    if before is not None and _words(before) == _words(_present(question)):
        bring_back(session, question, before["turn"])


def bring_back(session: Session, question: tables.Message, turn: str) -> None:
    """Let this asking stand with all that was said after it, in place of the present one."""
    wanted = _entry(question, turn)
    if wanted is None:
        raise NotFoundError("That version is not there any more", next_step="Reload the page")
    _set_aside(session, question, unanswered_too=True)
    rows = {
        row.id: row
        for row in session.scalars(select(tables.Message).where(tables.Message.id.in_(wanted["said"])))
    }
    for place, message_id in enumerate(wanted["said"], question.position + 1):
        rows[message_id].position = place
    question.text, question.status = wanted["text"], wanted["status"]
    corrections = {"corrections": wanted["corrections"]} if wanted["corrections"] else {}
    question.detail = {"turn": turn, **corrections, ASKINGS: question.detail.get(ASKINGS, [])}
    session.flush()


def _set_aside(session: Session, question: tables.Message, *, unanswered_too: bool = False) -> str | None:
    """Its asking's turn; None where nothing was said to it: it is then forgotten, unless its words are new and wanted."""
    table = tables.Message
    later = list(
        session.scalars(
            select(table)
            .where(table.conversation_id == question.conversation_id, table.position > question.position)
            .order_by(table.position)
        )
    )
    lowest = session.scalar(
        select(func.min(table.position)).where(table.conversation_id == question.conversation_id)
    )
    for below, row in enumerate(later, 1):
        row.position = min(lowest or 0, 0) - below
    session.flush()
    present = _present(question) | {"said": [row.id for row in later]}
    others = [each for each in question.detail.get(ASKINGS, []) if each["turn"] != present["turn"]]
    new = _words(present) not in [_words(each) for each in others]
    kept = bool(later) or (unanswered_too and new)
    question.detail = {**question.detail, ASKINGS: _in_place(question, present) if kept else others}
    return present["turn"] if kept else None


def _present(question: tables.Message) -> dict[str, Any]:
    status: Status = "complete" if question.status == "complete" else "stopped"
    return {
        "turn": question.detail.get("turn") or new_id(),
        "text": question.text,
        "corrections": question.detail.get("corrections"),
        "status": status,
    }


def _in_place(question: tables.Message, present: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """All askings with this one in its place, which is the last where it is new."""
    known = list(question.detail.get(ASKINGS, []))
    if _entry(question, present["turn"]) is None:
        return [*known, present]
    return [present if each["turn"] == present["turn"] else each for each in known]


def _entry(question: tables.Message, turn: str | None) -> dict[str, Any] | None:
    return next((each for each in question.detail.get(ASKINGS, []) if each["turn"] == turn), None)


def _words(asking: Mapping[str, Any]) -> tuple[Any, Any]:
    return asking["text"], asking["corrections"] or None
