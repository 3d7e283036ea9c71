"""Coaches whom a pair asked in, what they are shown, and what they give the two to do."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables. A coach who was there without being asked in belongs to a pair only where both are names."""
    _create("coach_invite", sa.Column("coach_id", sa.String, nullable=False), refers={"coach_id": "person"},
            unique=("pair_id", "coach_id"))  # fmt: skip
    _create(
        "coach_share",
        sa.Column("invite_id", sa.String, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("item_id", sa.String),
        refers={"invite_id": "coach_invite", "item_id": "pair_item"},
        unique=("invite_id", "owner_id", "what", "item_id"),
    )
    _create(
        "coach_task",
        sa.Column("for_id", sa.String, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("scenario", sa.String),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        refers={"for_id": "person"},
    )
    only_names = sa.text(
        "UPDATE pair SET coach_id = NULL WHERE learning_executive_id IN (SELECT id FROM person WHERE NOT only_name) "
        "OR sales_vp_id IN (SELECT id FROM person WHERE NOT only_name)"
    )
    op.execute(only_names)


def _create(
    name: str, *columns: sa.Column[Any], refers: dict[str, str], unique: tuple[str, ...] = ()
) -> None:
    every = {"workspace_id": "workspace", "owner_id": "person", "pair_id": "pair"} | refers
    op.create_table(
        name,
        sa.Column("id", sa.String, nullable=False),
        *columns,
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.String, nullable=False),
        sa.Column("owner_id", sa.String, nullable=False),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("pair_id", sa.String),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_{name}_{column}",
                                    ondelete="CASCADE" if table in ("coach_invite", "pair_item") else None)
            for column, table in every.items()
        ),
        *([sa.UniqueConstraint(*unique, name=f"uq_{name}_{unique[0]}")] if unique else []),
    )  # fmt: skip
    for column in ("owner_id", "workspace_id", *refers):
        op.create_index(f"ix_{name}_{column}", name, [column])
