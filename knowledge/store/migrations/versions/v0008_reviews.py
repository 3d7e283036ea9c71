"""Reviews of conversations, with corrections, comments and a coach's own judgement."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the four tables. What was drawn from a conversation goes when it goes."""
    op.create_table(
        "review",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("file", sa.String, nullable=False),
        sa.Column("format", sa.String, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *_owned("review"),
    )
    op.create_table(
        "review_correction",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("review_id", sa.String, nullable=False),
        sa.Column("turn_id", sa.String, nullable=False),
        sa.Column("speaker", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("moves", sa.JSON, nullable=False),
        sa.Column("thought", sa.JSON, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        *_owned("review_correction", parent=True),
        sa.UniqueConstraint("review_id", "turn_id", name="uq_review_correction_review_id"),
    )
    op.create_table(
        "review_comment",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("review_id", sa.String, nullable=False),
        sa.Column("turn_id", sa.String, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True)),
        sa.Column("shared_with_id", sa.String),
        *_owned("review_comment", parent=True),
        sa.ForeignKeyConstraint(["shared_with_id"], ["person.id"], name="fk_review_comment_shared_with_id"),
    )
    op.create_table(
        "review_judgement",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("review_id", sa.String, nullable=False),
        sa.Column("check", sa.String, nullable=False),
        sa.Column("result", sa.String, nullable=False),
        *_owned("review_judgement", parent=True),
        sa.UniqueConstraint("review_id", "check", name="uq_review_judgement_review_id"),
    )
    for table in ("review", "review_correction", "review_comment", "review_judgement"):
        for column in ("owner_id", "workspace_id", *(() if table == "review" else ("review_id",))):
            op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_index("ix_review_comment_shared_with_id", "review_comment", ["shared_with_id"])


def _owned(table: str, *, parent: bool = False) -> list[Any]:
    """The columns that every record of a person has, and what they refer to."""
    goes_with = sa.ForeignKeyConstraint(
        ["review_id"], ["review.id"], name=f"fk_{table}_review_id", ondelete="CASCADE"
    )
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("owner_id", sa.String, nullable=False),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("pair_id", sa.String),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=f"fk_{table}_workspace_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=f"fk_{table}_owner_id"),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=f"fk_{table}_pair_id"),
        *([goes_with] if parent else []),
    ]
