"""Whom somebody lets see how their rehearsals go."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table. A share that is withdrawn is a row that is gone."""
    op.create_table(
        "rehearsal_share",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("shared_with_id", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("owner_id", sa.String, nullable=False),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("pair_id", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_rehearsal_share"),
        sa.UniqueConstraint("owner_id", "shared_with_id", name="uq_rehearsal_share_owner_id"),
        sa.ForeignKeyConstraint(["shared_with_id"], ["person.id"], name="fk_rehearsal_share_shared_with_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_rehearsal_share_workspace_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name="fk_rehearsal_share_owner_id"),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name="fk_rehearsal_share_pair_id"),
    )
    for column in ("owner_id", "workspace_id", "shared_with_id"):
        op.create_index(f"ix_rehearsal_share_{column}", "rehearsal_share", [column])
