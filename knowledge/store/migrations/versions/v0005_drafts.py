"""Drafts that are checked before they are sent."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table. `detail` holds which wording was chosen, and the text before the last one."""
    op.create_table(
        "draft",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("owner_id", sa.String, nullable=False),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("pair_id", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_draft_workspace_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name="fk_draft_owner_id"),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name="fk_draft_pair_id"),
    )
    for column in ("owner_id", "workspace_id"):
        op.create_index(f"ix_draft_{column}", "draft", [column])
