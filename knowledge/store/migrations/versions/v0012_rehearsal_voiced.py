"""What a chat model had to do with the lines of a rehearsal."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Of earlier rehearsals it was not written down."""
    op.add_column("rehearsal", sa.Column("voiced", sa.JSON, nullable=False, server_default="[]"))
