"""What people say about answers, in the database."""

import builtins
from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from assistant.errors import NotFoundError
from assistant.records import Feedback, Talk, Verdict
from knowledge.store import tables
from knowledge.store.access import Viewer, changeable, visible
from knowledge.store.engine import Store
from knowledge.store.tables import utc_now

__all__ = ["Feedback", "FeedbackBook"]

_LONGEST = 2_000
_CHUNK = 500


class FeedbackBook:
    """`FeedbackRecords` on a `Store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rate(self, viewer: Viewer, message_id: str, verdict: Verdict | None) -> None:
        with self._store.write() as session:
            message = _message(session, viewer, message_id)
            table = tables.Feedback
            rated = select(table).where(
                table.message_id == message_id, changeable(table, viewer), table.passage_id.is_(None)
            )
            for row in session.scalars(rated):
                session.delete(row)
            if verdict is not None:
                session.add(_row(viewer, message, _question(session, message), verdict=verdict))

    def report(
        self,
        viewer: Viewer,
        message_id: str,
        *,
        reason: str,
        passage_id: str,
        card_id: str | None = None,
        quote: str | None = None,
    ) -> Feedback:
        with self._store.write() as session:
            message = _message(session, viewer, message_id)
            row = _row(viewer, message, _question(session, message), verdict="wrong")
            row.reason = reason.replace("\x00", "").strip()[:_LONGEST]
            row.passage_id, row.card_id, row.quote = passage_id, card_id, quote
            row.visibility = "workspace"
            session.add(row)
            session.flush()
            return _feedback(row)

    def of(self, viewer: Viewer, message_ids: builtins.list[str]) -> builtins.list[Feedback]:
        table = tables.Feedback
        own = select(table).where(table.message_id.in_(message_ids), changeable(table, viewer))
        with self._store.read() as session:
            return [_feedback(row) for row in session.scalars(own.order_by(table.created_at, table.id))]

    def reports(self, viewer: Viewer, *, card_id: str | None = None) -> builtins.list[Feedback]:
        table = tables.Feedback
        wanted = select(table).where(
            table.verdict == "wrong", table.resolved_at.is_(None), visible(table, viewer)
        )
        if card_id is not None:
            wanted = wanted.where(table.card_id == card_id)
        with self._store.read() as session:
            return [_feedback(row) for row in session.scalars(wanted.order_by(table.created_at, table.id))]

    def resolve(self, viewer: Viewer, feedback_id: str) -> Feedback:
        table = tables.Feedback
        with self._store.write() as session:
            row = session.scalar(select(table).where(table.id == feedback_id, visible(table, viewer)))
            if row is None:
                raise NotFoundError(f"There is no remark {feedback_id}", next_step="Look at the list again")
            row.resolved_at = utc_now()
            session.flush()
            return replace(_feedback(row), resolved=True)

    def settle(self, card_ids: Collection[str]) -> int:
        """Close every open report about these cards, since they are other ones now; returns how many."""
        table, settled = tables.Feedback, 0
        wanted = list(card_ids)
        for start in range(0, len(wanted), _CHUNK):
            change = update(table).where(
                table.verdict == "wrong",
                table.resolved_at.is_(None),
                table.card_id.in_(wanted[start : start + _CHUNK]),
            )
            with self._store.write() as session:
                closed = session.execute(change.values(resolved_at=utc_now()).returning(table.id))
                settled += len(closed.all())
        return settled

    def talk(self, viewer: Viewer, report: Feedback) -> Talk | None:
        table, talks = tables.Message, tables.Conversation
        with self._store.read() as session:
            message = session.scalar(
                select(table).where(
                    table.id == report.message_id, table.position >= 0, visible(table, viewer)
                )
            )
            if message is None:
                return None
            asked = select(table.text).where(
                table.conversation_id == message.conversation_id,
                table.author == "user",
                table.position >= 0,
                table.position < message.position,
            )
            role = session.scalar(select(talks.role).where(talks.id == message.conversation_id))
            return Talk(role or "", tuple(session.scalars(asked.order_by(table.position))))


def _message(session: Session, viewer: Viewer, message_id: str) -> tables.Message:
    table = tables.Message
    row = session.scalar(
        select(table).where(table.id == message_id, table.position >= 0, visible(table, viewer))
    )
    if row is None:
        raise NotFoundError(
            "The answer is not there any more", kept="Nothing was changed", next_step="Reload the page"
        )
    return row


def _question(session: Session, message: tables.Message) -> str:
    """What the answer was given to: the last thing the user said before it."""
    table = tables.Message
    asked = (
        select(table.text)
        .where(
            table.conversation_id == message.conversation_id,
            table.author == "user",
            table.position >= 0,
            table.position < message.position,
        )
        .order_by(table.position.desc())
        .limit(1)
    )
    return session.scalar(asked) or ""


def _row(viewer: Viewer, message: tables.Message, question: str, *, verdict: Verdict) -> tables.Feedback:
    return tables.Feedback(
        message_id=message.id,
        verdict=verdict,
        reason="",
        question=question,
        workspace_id=viewer.workspace_id,
        owner_id=viewer.person_id,
    )


def _feedback(row: tables.Feedback) -> Feedback:
    return Feedback(
        id=row.id,
        message_id=row.message_id,
        verdict=row.verdict,  # type: ignore[arg-type]  # written here alone
        reason=row.reason,
        question=row.question,
        passage_id=row.passage_id,
        card_id=row.card_id,
        quote=row.quote,
        created_at=row.created_at,
        resolved=row.resolved_at is not None,
    )
