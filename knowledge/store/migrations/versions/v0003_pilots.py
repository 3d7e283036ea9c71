"""Pilots, and every change that was made to one."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables. A pilot stands whole in one row; its changes go when it goes."""
    op.create_table(
        "pilot",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        *_owned("pilot"),
        sa.PrimaryKeyConstraint("id", name="pk_pilot"),
    )
    op.create_table(
        "pilot_change",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("pilot_id", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        *_owned("pilot_change"),
        sa.PrimaryKeyConstraint("id", name="pk_pilot_change"),
        sa.UniqueConstraint("pilot_id", "version", name="uq_pilot_change_pilot_id"),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["pilot.id"], name="fk_pilot_change_pilot_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_pilot_change_pilot_id", "pilot_change", ["pilot_id"])
    for table in ("pilot", "pilot_change"):
        for column in ("owner_id", "workspace_id"):
            op.create_index(f"ix_{table}_{column}", table, [column])


def _owned(table: str) -> list[Any]:
    """The columns that every record of a person has, and what they refer to."""
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("owner_id", sa.String, nullable=False),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("pair_id", sa.String),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=f"fk_{table}_workspace_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=f"fk_{table}_owner_id"),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=f"fk_{table}_pair_id"),
    ]
