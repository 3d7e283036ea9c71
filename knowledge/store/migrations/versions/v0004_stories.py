"""Field stories, and the files that they were imported from."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables. A story outlives the note of its import."""
    op.create_table(
        "import_batch",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("format", sa.String, nullable=False),
        sa.Column("outcomes", sa.JSON, nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        *_owned("import_batch"),
    )
    op.create_table(
        "story",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("grade", sa.String, nullable=False),
        sa.Column("happened_on", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("redactions", sa.JSON, nullable=False),
        sa.Column("originals", sa.JSON),
        sa.Column("linked", sa.JSON, nullable=False),
        sa.Column("batch_id", sa.String),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        *_owned("story"),
        _reference("story", "batch_id", "import_batch", ondelete="SET NULL"),
    )
    for table, columns in (
        ("import_batch", ("owner_id", "workspace_id")),
        ("story", ("batch_id", "owner_id", "workspace_id")),
    ):
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])


def _owned(table: str) -> list[sa.Column[object] | sa.Constraint]:
    return [
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("owner_id", sa.String, nullable=False),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("pair_id", sa.String),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        _reference(table, "workspace_id", "workspace"),
        _reference(table, "owner_id", "person"),
        _reference(table, "pair_id", "pair"),
    ]


def _reference(
    table: str, column: str, target: str, *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}", ondelete=ondelete)
