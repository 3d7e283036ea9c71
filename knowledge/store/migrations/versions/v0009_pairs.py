"""What is known between the two of a pair, every change of it, and people who are only a name."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables. An item stands whole in one row; its changes go when it goes."""
    op.add_column("person", sa.Column("only_name", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "pair_item",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("said_on", sa.Date, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        *_owned("pair_item"),
        sa.PrimaryKeyConstraint("id", name="pk_pair_item"),
    )
    op.create_table(
        "pair_item_change",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("item_id", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        *_owned("pair_item_change"),
        sa.PrimaryKeyConstraint("id", name="pk_pair_item_change"),
        sa.UniqueConstraint("item_id", "version", name="uq_pair_item_change_item_id"),
        sa.ForeignKeyConstraint(
            ["item_id"], ["pair_item.id"], name="fk_pair_item_change_item_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_pair_item_kind", "pair_item", ["kind"])
    op.create_index("ix_pair_item_change_item_id", "pair_item_change", ["item_id"])
    for table in ("pair_item", "pair_item_change"):
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
