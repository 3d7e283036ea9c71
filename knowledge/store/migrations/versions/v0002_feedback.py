"""What people say about answers: whether one helped, and which passage does not fit."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table. A remark outlives its answer: whoever keeps the playbook still needs it."""
    op.create_table(
        "feedback",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("message_id", sa.String),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("passage_id", sa.String),
        sa.Column("card_id", sa.String),
        sa.Column("quote", sa.Text),
        sa.Column("resolved_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("owner_id", sa.String, nullable=False),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("pair_id", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        _reference("message_id", "message", ondelete="SET NULL"),
        _reference("workspace_id", "workspace"),
        _reference("owner_id", "person"),
        _reference("pair_id", "pair"),
    )
    for column in ("card_id", "message_id", "owner_id", "workspace_id"):
        op.create_index(f"ix_feedback_{column}", "feedback", [column])


def _reference(column: str, target: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_feedback_{column}", ondelete=ondelete
    )
