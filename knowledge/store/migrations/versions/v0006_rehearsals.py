"""Rehearsals: the lines of both, kept as they are said."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table. `detail` holds how it ended; a branch knows where it left its parent."""
    op.create_table(
        "rehearsal",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("scenario", sa.String, nullable=False),
        sa.Column("level", sa.String, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("lines", sa.JSON, nullable=False),
        sa.Column("replies", sa.JSON, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("parent_id", sa.String),
        sa.Column("branched_at", sa.Integer),
        sa.Column("outcome", sa.String),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("owner_id", sa.String, nullable=False),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("pair_id", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_rehearsal"),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["rehearsal.id"], name="fk_rehearsal_parent_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_rehearsal_workspace_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name="fk_rehearsal_owner_id"),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name="fk_rehearsal_pair_id"),
    )
    for column in ("owner_id", "parent_id", "workspace_id"):
        op.create_index(f"ix_rehearsal_{column}", "rehearsal", [column])
