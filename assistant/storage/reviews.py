"""Reviewed conversations in the database, with all that people say of them: private, and erased together."""

import builtins
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.errors import InputRefusedError, NotFoundError
from assistant.moves.corrections import Example
from assistant.moves.second import SecondReading, second_from
from assistant.moves.utterance import NAMED
from assistant.records import ReviewComment, ReviewRecord
from assistant.review.transcript import Transcript, Turn
from knowledge.store import tables
from knowledge.store.access import Viewer, addressed, changeable
from knowledge.store.engine import Store
from knowledge.store.tables import utc_now

__all__ = ["ReviewRecord", "Reviews"]

_LONGEST = 4_000


class Reviews:
    """`ReviewRecords` on a `Store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, viewer: Viewer, transcript: Transcript, roles: Mapping[str, str | None]) -> ReviewRecord:
        with self._store.write() as session:
            row = tables.Review(
                **_owned(viewer),
                title=_kept(transcript.file.rsplit(".", 1)[0])[:120] or "Conversation",
                file=_kept(transcript.file),
                format=transcript.format,
                content=_content(transcript),
                roles=dict(roles),
            )
            session.add(row)
            session.flush()
            return _record(row)

    def get(self, viewer: Viewer, review_id: str) -> ReviewRecord:
        with self._store.read() as session:
            return _record(_find(session, viewer, review_id))

    def list(self, viewer: Viewer) -> builtins.list[ReviewRecord]:
        table = tables.Review
        wanted = select(table).where(changeable(table, viewer)).order_by(table.created_at.desc(), table.id)
        with self._store.read() as session:
            return [_record(row) for row in session.scalars(wanted)]

    def cast(
        self,
        viewer: Viewer,
        review_id: str,
        roles: Mapping[str, str | None],
        speakers: Mapping[str, str] | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> ReviewRecord:
        who, words = speakers or {}, texts or {}
        with self._store.write() as session:
            row = _find(session, viewer, review_id)
            turns = [
                [t[0], _kept(who.get(t[0], t[1])), _kept(words.get(t[0], "").strip() or t[2]), *t[3:]]
                for t in row.content["turns"]
            ]
            row.content = {**row.content, "turns": turns, "cast": True, "second": None}
            named = {turn[1] for turn in turns}
            row.roles = {name: role for name, role in roles.items() if name in named}
            row.version += 1
            session.flush()
            return _record(row)

    def rename(self, viewer: Viewer, review_id: str, title: str) -> ReviewRecord:
        if not title.strip():
            raise InputRefusedError("A title needs a word", kept="The one before stays")
        with self._store.write() as session:
            row = _find(session, viewer, review_id)
            row.title = _kept(" ".join(title.split()))[:120]
            session.flush()
            return _record(row)

    def erase(self, viewer: Viewer, review_id: str) -> None:
        with self._store.write() as session:
            row = _find(session, viewer, review_id)
            for table in (tables.ReviewCorrection, tables.ReviewComment, tables.ReviewJudgement):
                session.execute(delete(table).where(table.review_id == row.id))
            session.delete(row)

    def read_again(self, viewer: Viewer, review_id: str, second: SecondReading | None) -> ReviewRecord:
        with self._store.write() as session:
            row = _find(session, viewer, review_id)
            row.content = {**row.content, "second": None if second is None else asdict(second)}
            row.version += 1
            session.flush()
            return _record(row)

    def correct(self, viewer: Viewer, review_id: str, turn_id: str, example: Example | None) -> None:
        table = tables.ReviewCorrection
        with self._store.write() as session:
            row = _find(session, viewer, review_id)
            session.execute(delete(table).where(table.review_id == row.id, table.turn_id == turn_id))
            if example is not None:
                session.add(_correction(viewer, row.id, turn_id, example))
            row.version += 1

    def corrected(self, viewer: Viewer, review_id: str) -> Mapping[str, frozenset[str]]:
        table = tables.ReviewCorrection
        with self._store.read() as session:
            row = _find(session, viewer, review_id)
            found = session.scalars(select(table).where(table.review_id == row.id))
            return {each.turn_id: frozenset(each.moves) for each in found}

    def examples(self, viewer: Viewer) -> builtins.list[Example]:
        table = tables.ReviewCorrection
        wanted = select(table).where(changeable(table, viewer)).order_by(table.created_at, table.id)
        with self._store.read() as session:
            return [_example(row) for row in session.scalars(wanted)]

    def comment(self, viewer: Viewer, review_id: str, turn_id: str, text: str) -> ReviewComment:
        words = _kept(text).strip()[:_LONGEST]
        with self._store.write() as session:
            row = _find(session, viewer, review_id)
            quote = next((turn[2] for turn in row.content["turns"] if turn[0] == turn_id), None)
            if quote is None or not words:
                raise InputRefusedError("A comment needs a line and a word", kept="Nothing was changed")
            made = tables.ReviewComment(
                **_owned(viewer), review_id=row.id, turn_id=turn_id, quote=quote, text=words
            )
            session.add(made)
            session.flush()
            return _comment(made)

    def comments(self, viewer: Viewer, review_id: str) -> builtins.list[ReviewComment]:
        table = tables.ReviewComment
        with self._store.read() as session:
            row = _find(session, viewer, review_id)
            found = select(table).where(table.review_id == row.id).order_by(table.created_at, table.id)
            return [_comment(each) for each in session.scalars(found)]

    def shared(self, viewer: Viewer) -> builtins.list[ReviewComment]:
        table = tables.ReviewComment
        wanted = select(table).where(addressed(table, viewer), table.resolved_at.is_(None))
        with self._store.read() as session:
            return [_comment(row) for row in session.scalars(wanted.order_by(table.created_at, table.id))]

    def settle(
        self, viewer: Viewer, comment_id: str, *, resolved: bool | None = None, shared_with: str | None = ""
    ) -> ReviewComment:
        with self._store.write() as session:
            row = _own_comment(session, viewer, comment_id)
            if resolved is not None:
                row.resolved_at = utc_now() if resolved else None
            if shared_with != "":
                row.shared_with_id = shared_with
            session.flush()
            return _comment(row)

    def uncomment(self, viewer: Viewer, comment_id: str) -> None:
        with self._store.write() as session:
            session.delete(_own_comment(session, viewer, comment_id))

    def judge(self, viewer: Viewer, review_id: str, check: str, result: str | None) -> None:
        table = tables.ReviewJudgement
        with self._store.write() as session:
            row = _find(session, viewer, review_id)
            session.execute(delete(table).where(table.review_id == row.id, table.check == check))
            if result is not None:
                session.add(table(**_owned(viewer), review_id=row.id, check=check, result=result))

    def judgements(self, viewer: Viewer, review_id: str) -> Mapping[str, str]:
        table = tables.ReviewJudgement
        with self._store.read() as session:
            row = _find(session, viewer, review_id)
            return {
                e.check: e.result for e in session.scalars(select(table).where(table.review_id == row.id))
            }


def _find(session: Session, viewer: Viewer, review_id: str) -> tables.Review:
    table = tables.Review
    row = session.scalar(select(table).where(table.id == review_id, changeable(table, viewer)))
    if row is None:
        raise NotFoundError("There is no such conversation", next_step="Look at the list of your reviews")
    return row


def _own_comment(session: Session, viewer: Viewer, comment_id: str) -> tables.ReviewComment:
    table = tables.ReviewComment
    row = session.scalar(select(table).where(table.id == comment_id, changeable(table, viewer)))
    if row is None:
        raise NotFoundError("There is no such comment")
    return row


def _owned(viewer: Viewer) -> dict[str, str]:
    return {"workspace_id": viewer.workspace_id, "owner_id": viewer.person_id}


def _kept(text: str) -> str:
    """Without what a database cannot keep: NUL (PostgreSQL), and halves of characters that are no UTF-8."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _content(transcript: Transcript) -> dict[str, Any]:
    return {
        "turns": [[t.id, _kept(t.speaker), _kept(t.text), t.start, t.end] for t in transcript.turns],
        "warnings": [_kept(each) for each in transcript.warnings],
        "titles": {_kept(name): _kept(title) for name, title in transcript.titles.items()},
        "cast": False,
    }


def _correction(viewer: Viewer, review_id: str, turn_id: str, example: Example) -> tables.ReviewCorrection:
    return tables.ReviewCorrection(
        **_owned(viewer),
        review_id=review_id,
        turn_id=turn_id,
        speaker=example.speaker,
        text=example.text,
        moves=sorted(example.moves),
        thought=dict(zip(NAMED, example.probabilities.tolist(), strict=True)),
        vector=example.vector.astype("<f4").tobytes(),
    )


def _example(row: tables.ReviewCorrection) -> Example:
    return Example(
        speaker=row.speaker,
        text=row.text,
        moves=frozenset(row.moves),
        vector=np.frombuffer(row.vector, dtype="<f4"),
        probabilities=np.array([row.thought.get(move, 0.0) for move in NAMED], dtype=np.float32),
    )


def _comment(row: tables.ReviewComment) -> ReviewComment:
    return ReviewComment(
        id=row.id,
        review_id=row.review_id,
        turn_id=row.turn_id,
        by=row.owner_id,
        quote=row.quote,
        text=row.text,
        resolved=row.resolved_at is not None,
        shared_with=row.shared_with_id,
        created_at=row.created_at,
    )


def _record(row: tables.Review) -> ReviewRecord:
    content = row.content
    turns = tuple(Turn(*each) for each in content["turns"])
    return ReviewRecord(
        id=row.id,
        owner_id=row.owner_id,
        title=row.title,
        transcript=Transcript(row.file, row.format, turns, tuple(content["warnings"]), content["titles"]),
        roles=row.roles,
        cast=bool(content.get("cast")),
        version=row.version,
        created_at=row.created_at,
        second=second_from(content.get("second")),
    )
