"""What somebody is typing and has not sent yet."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "unsent",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("field", sa.String, nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("showing", sa.String, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("owner_id", sa.String, nullable=False),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("pair_id", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_unsent"),
        sa.UniqueConstraint("owner_id", "field", name="uq_unsent_owner_id"),
        _reference("workspace_id", "workspace"),
        _reference("owner_id", "person"),
        _reference("pair_id", "pair"),
    )
    for column in ("owner_id", "workspace_id"):
        op.create_index(f"ix_unsent_{column}", "unsent", [column])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("unsent")


def _reference(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_unsent_{column}")
