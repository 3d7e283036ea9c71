"""The tables: what people enter, and passages with their vectors, so that both commit together.

Every record carries workspace, owner and visibility (`Owned`); who may see what is decided in `access.py`
alone. Times are UTC. Ids that people meet are short strings; ids that only joins meet are integers.
"""

import secrets
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

WORKSPACE = "default"
SYSTEM_PERSON = "system"


def new_id() -> str:
    """A fresh id: 12 hexadecimal digits (48 random bits)."""
    return secrets.token_hex(6)


def utc_now() -> datetime:
    """Now, with its zone."""
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """A point in time; SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        return (
            None
            if value is None
            else value.replace(tzinfo=UTC)
            if value.tzinfo is None
            else value.astimezone(UTC)
        )


class Base(DeclarativeBase):
    """Names every constraint, so that migrations can refer to it on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  # read by SQLAlchemy
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[dict[str, Any] | None]: JSON,
        datetime: UtcDateTime,
        str: String,
        bytes: LargeBinary,
    }


class Timed:
    """When a record was made and last changed."""

    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(default=utc_now, onupdate=utc_now)


class Owned(Timed):
    """Whose record it is and who else may see it: `me`, `pair` (with `pair_id`) or `workspace`."""

    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"), index=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    visibility: Mapped[str] = mapped_column(default="me")
    pair_id: Mapped[str | None] = mapped_column(ForeignKey("pair.id"))


class Instance(Base):
    """What this database knows of itself: `id` sets its Chroma collections apart on a shared server."""

    __tablename__ = "instance"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Workspace(Timed, Base):
    """A company, or a person alone."""

    __tablename__ = "workspace"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]


class Person(Timed, Base):
    """Somebody in a workspace; `role` is learning-executive, sales-vp, coach or system (shipped content).

    `only_name` is somebody who was named by another and never sits here.
    """

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"), index=True)
    name: Mapped[str]
    role: Mapped[str]
    only_name: Mapped[bool] = mapped_column(default=False)


class Pair(Timed, Base):
    """A learning executive and a sales VP who need each other; one of them may be only a name."""

    __tablename__ = "pair"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"), index=True)
    learning_executive_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    sales_vp_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    coach_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class Conversation(Owned, Base):
    """A talk with the coach, in one role."""

    __tablename__ = "conversation"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    role: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    pinned: Mapped[bool] = mapped_column(default=False)
    deleted_at: Mapped[datetime | None]


class Message(Owned, Base):
    """One turn: a user's text, or an answer with all that it rests on in `detail`.

    `status` is `complete`, `pending` (the question is kept, its answer is on the way), `stopped` or `failed`. `position`
    counts from 0; below that stands what was said to an earlier asking of a question, set aside.
    """

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("conversation_id", "position"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    author: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(default="complete")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Feedback(Owned, Base):
    """What somebody says about an answer: `helpful`, `unhelpful`, or `wrong` of one passage, with a reason.

    It keeps the question and the quoted words, since it outlives the answer (`message_id` is then empty).
    """

    __tablename__ = "feedback"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    message_id: Mapped[str | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"), index=True)
    verdict: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    question: Mapped[str] = mapped_column(Text, default="")
    passage_id: Mapped[str | None]
    card_id: Mapped[str | None] = mapped_column(index=True)
    quote: Mapped[str | None] = mapped_column(Text)
    resolved_at: Mapped[datetime | None]


class Unsent(Owned, Base):
    """What somebody is typing into a field and has not sent; None where it was sent or given up.

    `showing` is the showing of the field that the words come from, `step` counts what was typed there: what arrives
    late changes nothing.
    """

    __tablename__ = "unsent"
    __table_args__ = (UniqueConstraint("owner_id", "field"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    field: Mapped[str]
    text: Mapped[str | None] = mapped_column(Text)
    showing: Mapped[str]
    step: Mapped[int] = mapped_column(default=0)


class Pilot(Owned, Base):
    """A pilot, whole, in `content`; `version` rises with every change, and each change is a `PilotChange`."""

    __tablename__ = "pilot"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    title: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    deleted_at: Mapped[datetime | None]


class PilotChange(Owned, Base):
    """One change of a pilot: who, what it was about, and each field before and after. `version` is the one it made."""

    __tablename__ = "pilot_change"
    __table_args__ = (UniqueConstraint("pilot_id", "version"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    pilot_id: Mapped[str] = mapped_column(ForeignKey("pilot.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    about: Mapped[str] = mapped_column(Text, default="")
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ImportBatch(Owned, Base):
    """Stories that came from one file; `outcomes` says what became of each row."""

    __tablename__ = "import_batch"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    format: Mapped[str]
    outcomes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    undone_at: Mapped[datetime | None]


class Story(Owned, Base):
    """A field story. `detail` holds what is known beside the text, `originals` what was masked if that was wished.

    `version` rises with every change. A removed one keeps its row until it is erased, and is in no search.
    """

    __tablename__ = "story"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    grade: Mapped[str]
    happened_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    redactions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    originals: Mapped[dict[str, Any] | None]
    linked: Mapped[list[str]] = mapped_column(default=list)
    batch_id: Mapped[str | None] = mapped_column(
        ForeignKey("import_batch.id", ondelete="SET NULL"), index=True
    )
    removed_at: Mapped[datetime | None]


class Draft(Owned, Base):
    """A mail, an agenda or an outline before it is sent; `detail` holds chosen wordings and the text before."""

    __tablename__ = "draft"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    role: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    deleted_at: Mapped[datetime | None]


class Rehearsal(Owned, Base):
    """A rehearsal: the learner's lines and his answers, in order. A branch knows its parent and where it left it.

    `voiced` is a chat model's part in each answer, in the same order; it may be shorter than the answers.
    """

    __tablename__ = "rehearsal"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    scenario: Mapped[str]
    level: Mapped[str]
    seed: Mapped[int]
    lines: Mapped[list[str]] = mapped_column(default=list)
    replies: Mapped[list[str]] = mapped_column(default=list)
    voiced: Mapped[list[dict[str, Any] | None]] = mapped_column(default=list, server_default="[]")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("rehearsal.id", ondelete="SET NULL"), index=True)
    branched_at: Mapped[int | None]
    outcome: Mapped[str | None]
    deleted_at: Mapped[datetime | None]


class RehearsalShare(Owned, Base):
    """Whom the owner lets see how the rehearsals go, and nothing of what was said in them."""

    __tablename__ = "rehearsal_share"
    __table_args__ = (UniqueConstraint("owner_id", "shared_with_id"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    shared_with_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)


class Review(Owned, Base):
    """A conversation that took place: turns and remarks in `content`, `roles` by speaker as somebody confirmed them."""

    __tablename__ = "review"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    title: Mapped[str]
    file: Mapped[str]
    format: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    roles: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column(default=1)


class ReviewCorrection(Owned, Base):
    """What a person says a turn does; `thought` is what the machine gave each move, `vector` the turn's embedding."""

    __tablename__ = "review_correction"
    __table_args__ = (UniqueConstraint("review_id", "turn_id"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    turn_id: Mapped[str]
    speaker: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    moves: Mapped[list[str]] = mapped_column(default=list)
    thought: Mapped[dict[str, Any]] = mapped_column(default=dict)
    vector: Mapped[bytes]


class ReviewComment(Owned, Base):
    """A remark at a turn, which it quotes; seen by its owner, and by the one person whom it is shared with."""

    __tablename__ = "review_comment"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    turn_id: Mapped[str]
    quote: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    resolved_at: Mapped[datetime | None]
    shared_with_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)


class ReviewJudgement(Owned, Base):
    """A person's answer to one check of the scorecard: yes, no or not_seen; the machine's stands beside it."""

    __tablename__ = "review_judgement"
    __table_args__ = (UniqueConstraint("review_id", "check"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    review_id: Mapped[str] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    check: Mapped[str]
    result: Mapped[str]


class PairItem(Owned, Base):
    """What is known between the two of a pair, whole in `content`; `version` rises with every change.

    It has a pair also where only its owner sees it. Forgetting it removes the row, and its changes with it.
    """

    __tablename__ = "pair_item"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(index=True)
    said_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)


class PairItemChange(Owned, Base):
    """One change of an item: who, what it was about, each field before and after. `version` is the one it made."""

    __tablename__ = "pair_item_change"
    __table_args__ = (UniqueConstraint("item_id", "version"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[str] = mapped_column(ForeignKey("pair_item.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    about: Mapped[str] = mapped_column(Text, default="")
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)


class CoachInvite(Owned, Base):
    """A coach whom one of the two of a pair asked in. One that is withdrawn is a row that is gone."""

    __tablename__ = "coach_invite"
    __table_args__ = (UniqueConstraint("pair_id", "coach_id"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    coach_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)


class CoachShare(Owned, Base):
    """What its owner shows a coach: `what` is promises, mirror, outcome, pilots, or item with the one it means."""

    __tablename__ = "coach_share"
    __table_args__ = (UniqueConstraint("invite_id", "owner_id", "what", "item_id"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    invite_id: Mapped[str] = mapped_column(ForeignKey("coach_invite.id", ondelete="CASCADE"), index=True)
    what: Mapped[str]
    item_id: Mapped[str | None] = mapped_column(ForeignKey("pair_item.id", ondelete="CASCADE"), index=True)


class CoachTask(Owned, Base):
    """A question, or a meeting to rehearse (`scenario`), that a coach gave to one of a pair; `about` is its line."""

    __tablename__ = "coach_task"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    for_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    scenario: Mapped[str | None]
    about: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime | None]


class Collection(Timed, Base):
    """A named set of documents, searched together; `version` rises with every change to its windows."""

    __tablename__ = "collection"
    __table_args__ = (UniqueConstraint("workspace_id", "name"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspace.id"))
    name: Mapped[str]
    model: Mapped[str]
    dimensions: Mapped[int]
    version: Mapped[int] = mapped_column(default=0)
    index_name: Mapped[str | None]


class Document(Owned, Base):
    """A card, a story, a file or a corpus entry. `external_id` is the card id, the path or the corpus id."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("collection_id", "external_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"), index=True)
    external_id: Mapped[str]
    source: Mapped[str]
    title: Mapped[str]
    content_hash: Mapped[str]
    kind: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Passage(Owned, Base):
    """What a citation quotes: a section of a card, a story, a part of a document. `name` is its public id."""

    __tablename__ = "passage"
    __table_args__ = (UniqueConstraint("document_id", "position"), Index("ix_passage_name", "name"))
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    position: Mapped[int]
    section: Mapped[str | None]
    text: Mapped[str] = mapped_column(Text)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Window(Base):
    """What is embedded and searched: a stretch of a passage. Its vector is found by `content_hash`.

    Ids are never used twice: the vector index may still hold the vector of a window that has left.
    """

    __tablename__ = "window"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  # read by SQLAlchemy
    id: Mapped[int] = mapped_column(primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"), index=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passage.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(default="text")
    text: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(index=True)


class Vector(Base):
    """An embedding by the hash of its text and its model: float32, little-endian, unit length."""

    __tablename__ = "vector"
    content_hash: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    values: Mapped[bytes]


class Outbox(Base):
    """What the vector index still has to be told, written in the transaction that changed the windows."""

    __tablename__ = "outbox"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  # read by SQLAlchemy
    id: Mapped[int] = mapped_column(primary_key=True)
    collection_id: Mapped[int] = mapped_column(index=True)
    window_id: Mapped[int]
    operation: Mapped[str]
