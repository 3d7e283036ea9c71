"""Conversations in the database, whoever writes to it at the same time."""

import builtins
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.orm import Session

from assistant.errors import AnsweredError, InputRefusedError, NotFoundError
from assistant.records import Author, Conversation, Message, Status
from assistant.storage.askings import ask_anew, bring_back, give_up, new_asking
from knowledge.store import tables
from knowledge.store.access import Viewer, changeable, may_change, visible
from knowledge.store.engine import Store
from knowledge.store.tables import utc_now

__all__ = ["Conversation", "Conversations", "Message"]

_TITLE = 80
_UNANSWERED = ("pending", "stopped")


class Conversations:
    """`ConversationRecords` on a `Store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(self, viewer: Viewer, role: str, title: str = "") -> Conversation:
        with self._store.write() as session:
            row = tables.Conversation(
                workspace_id=viewer.workspace_id, owner_id=viewer.person_id, role=role, title=_title(title)
            )
            session.add(row)
            session.flush()
            return _conversation(row)

    def get(self, viewer: Viewer, conversation_id: str) -> Conversation:
        with self._store.read() as session:
            return _conversation(_find(session, viewer, conversation_id))

    def list(
        self, viewer: Viewer, query: str = "", include_deleted: bool = False
    ) -> builtins.list[Conversation]:
        table = tables.Conversation
        wanted = select(table).where(visible(table, viewer), *(_says(word) for word in query.split()))
        if not include_deleted:
            wanted = wanted.where(table.deleted_at.is_(None))
        with self._store.read() as session:
            rows = session.scalars(wanted.order_by(table.pinned.desc(), table.updated_at.desc(), table.id))
            return [_conversation(row) for row in rows]

    def messages(self, viewer: Viewer, conversation_id: str) -> builtins.list[Message]:
        with self._store.read() as session:
            _find(session, viewer, conversation_id)
            table = tables.Message
            rows = select(table).where(
                table.conversation_id == conversation_id, table.position >= 0, visible(table, viewer)
            )
            return [_message(row) for row in session.scalars(rows.order_by(table.position))]

    def ever_answered(self, viewer: Viewer, conversation_id: str) -> builtins.list[Message]:
        with self._store.read() as session:
            _find(session, viewer, conversation_id)
            table = tables.Message
            rows = select(table).where(
                table.conversation_id == conversation_id, table.author == "coach", visible(table, viewer)
            )
            return [_message(row) for row in session.scalars(rows.order_by(table.created_at, table.id))]

    def ask(self, viewer: Viewer, conversation_id: str, text: str) -> Message:
        with self._store.write() as session:
            talk = _find(session, viewer, conversation_id, to_change=True)
            talk.title = talk.title or _title(text)
            return _say(session, talk, author="user", text=text, detail=new_asking(None), status="pending")

    def answer(
        self,
        viewer: Viewer,
        conversation_id: str,
        text: str,
        detail: Mapping[str, Any] | None = None,
        status: Status = "complete",
        *,
        question: Message | None = None,
    ) -> Message:
        with self._store.write() as session:
            talk = _find(session, viewer, conversation_id, to_change=True)
            waiting = _pending(conversation_id).order_by(tables.Message.position).limit(1)
            if question is not None:
                waiting = waiting.where(tables.Message.id == question.id)
            asked = session.scalar(waiting)
            if question is not None and (asked is None or asked.detail.get("turn") != question.turn):
                raise AnsweredError(
                    "That question has its answer, or was asked anew meanwhile",
                    kept="This answer was not kept",
                    next_step="Reload the page to see the other one",
                )
            if asked is not None:
                asked.status = "complete"
            return _say(session, talk, author="coach", text=text, detail=detail or {}, status=status)

    def stop(self, viewer: Viewer, message_id: str) -> None:
        table = tables.Message
        waiting = select(table).where(
            table.id == message_id,
            changeable(table, viewer),
            table.author == "user",
            table.status == "pending",
        )
        with self._store.write() as session:
            talk_id = session.scalar(select(table.conversation_id).where(table.id == message_id))
            if talk_id is None or session.scalar(_locked(talk_id)) is None:
                return
            if (asked := session.scalar(waiting)) is not None:
                give_up(session, asked)

    def revise(
        self,
        viewer: Viewer,
        conversation_id: str,
        message_id: str,
        text: str,
        *,
        corrections: Mapping[str, Any] | None = None,
    ) -> Message:
        with self._store.write() as session:
            talk = _find(session, viewer, conversation_id, to_change=True)
            question = _question(session, talk, message_id)
            if _waits_for(question, text, corrections):
                return _message(question)
            before = question.text
            ask_anew(session, question, _storable(text), corrections)
            return _stands(session, talk, question, before)

    def bring_back(self, viewer: Viewer, conversation_id: str, message_id: str, turn: str) -> Message:
        with self._store.write() as session:
            talk = _find(session, viewer, conversation_id, to_change=True)
            question = _question(session, talk, message_id)
            before = question.text
            bring_back(session, question, turn)
            return _stands(session, talk, question, before)

    def unanswered(self, viewer: Viewer, conversation_id: str) -> Message | None:
        with self._store.read() as session:
            _find(session, viewer, conversation_id)
            latest = _pending(conversation_id).where(visible(tables.Message, viewer))
            row = session.scalar(latest.order_by(tables.Message.position.desc()).limit(1))
            return None if row is None else _message(row)

    def rename(self, viewer: Viewer, conversation_id: str, title: str) -> Conversation:
        return self._change(viewer, conversation_id, title=_title(title))

    def pin(self, viewer: Viewer, conversation_id: str, pinned: bool = True) -> Conversation:
        return self._change(viewer, conversation_id, pinned=pinned)

    def delete(self, viewer: Viewer, conversation_id: str) -> Conversation:
        return self._change(viewer, conversation_id, deleted_at=utc_now())

    def restore(self, viewer: Viewer, conversation_id: str) -> Conversation:
        return self._change(viewer, conversation_id, deleted_at=None)

    def erase(self, viewer: Viewer, conversation_id: str) -> None:
        with self._store.write() as session:
            session.delete(_find(session, viewer, conversation_id, to_change=True, deleted_too=True))

    def _change(self, viewer: Viewer, conversation_id: str, **values: object) -> Conversation:
        table = tables.Conversation
        with self._store.write() as session:
            row = _find(session, viewer, conversation_id, to_change=True, deleted_too=True)
            # `updated_at` tells when something was said: the order of the list does not change by tidying it.
            change = update(table).where(table.id == row.id).values(updated_at=table.updated_at, **values)
            session.execute(change.execution_options(synchronize_session=False))
            session.refresh(row)
            return _conversation(row)


def _find(
    session: Session,
    viewer: Viewer,
    conversation_id: str,
    *,
    to_change: bool = False,
    deleted_too: bool = False,
) -> tables.Conversation:
    """The row; locked where it is `to_change`, so that positions of messages are counted once."""
    table = tables.Conversation
    wanted = select(table).where(table.id == conversation_id, visible(table, viewer))
    row = session.scalar(wanted.with_for_update() if to_change else wanted)
    if row is None or (row.deleted_at is not None and not deleted_too):
        raise NotFoundError(
            f"There is no conversation {conversation_id}",
            next_step="Pick one from the list or start a new one",
        )
    if to_change and not may_change(row, viewer):
        raise InputRefusedError(
            "This conversation belongs to somebody else",
            kept="Nothing was changed",
            next_step="Start one of your own",
        )
    return row


def _say(
    session: Session,
    talk: tables.Conversation,
    *,
    author: Author,
    text: str,
    detail: Mapping[str, Any],
    status: Status,
) -> Message:
    last = select(func.max(tables.Message.position)).where(tables.Message.conversation_id == talk.id)
    position = session.scalar(last)
    row = tables.Message(
        conversation_id=talk.id,
        position=0 if position is None else position + 1,
        author=author,
        text=_storable(text),
        status=status,
        detail=dict(detail),
        workspace_id=talk.workspace_id,
        owner_id=talk.owner_id,
        visibility=talk.visibility,
        pair_id=talk.pair_id,
    )
    talk.updated_at = utc_now()
    session.add(row)
    session.flush()
    return _message(row)


def _locked(conversation_id: str) -> Select[tables.Conversation]:
    return select(tables.Conversation).where(tables.Conversation.id == conversation_id).with_for_update()


def _question(session: Session, talk: tables.Conversation, message_id: str) -> tables.Message:
    table = tables.Message
    question = session.scalar(
        select(table).where(
            table.id == message_id,
            table.conversation_id == talk.id,
            table.author == "user",
            table.position >= 0,
        )
    )
    if question is None:
        raise NotFoundError("That question is not there any more", next_step="Reload the page")
    return question


def _stands(session: Session, talk: tables.Conversation, question: tables.Message, before: str) -> Message:
    """The question as it stands now; a title that was its words `before` follows them."""
    if talk.title == _title(before):
        talk.title = _title(question.text)
    talk.updated_at = utc_now()
    session.flush()
    return _message(question)


def _waits_for(question: tables.Message, text: str, corrections: Mapping[str, Any] | None) -> bool:
    asked = (question.text, question.detail.get("corrections"))
    return question.status == "pending" and asked == (
        _storable(text),
        dict(corrections) if corrections else None,
    )


def _says(word: str) -> ColumnElement[bool]:
    talk, message = tables.Conversation, tables.Message
    said = select(message.id).where(
        message.conversation_id == talk.id,
        message.position >= 0,
        message.text.icontains(_storable(word), autoescape=True),
    )
    return or_(talk.title.icontains(_storable(word), autoescape=True), said.exists())


def _pending(conversation_id: str) -> Select[tables.Message]:
    table = tables.Message
    return select(table).where(
        table.conversation_id == conversation_id,
        table.position >= 0,
        table.author == "user",
        table.status.in_(_UNANSWERED),
    )


def _title(text: str) -> str:
    line = " ".join(_storable(text).split())
    return line if len(line) <= _TITLE else line[: _TITLE - 1].rsplit(" ", 1)[0] + "…"


def _storable(text: str) -> str:
    """Without what a database cannot keep: NUL (PostgreSQL), and halves of characters that are no UTF-8."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _conversation(row: tables.Conversation) -> Conversation:
    return Conversation(
        id=row.id,
        workspace_id=row.workspace_id,
        owner_id=row.owner_id,
        role=row.role,
        title=row.title,
        pinned=row.pinned,
        visibility=row.visibility,
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )


def _message(row: tables.Message) -> Message:
    return Message(
        id=row.id,
        conversation_id=row.conversation_id,
        position=row.position,
        author=row.author,  # type: ignore[arg-type]  # written by `_say` alone
        text=row.text,
        status=row.status,  # type: ignore[arg-type]  # likewise
        created_at=row.created_at,
        detail=dict(row.detail),
    )
