"""People, conversations, passages with their vectors and full-text search, and the outbox."""

import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything, and the workspace that single-person use lives in."""
    _people()
    _conversations()
    _collections()
    _content()
    _vectors()
    if op.get_bind().dialect.name == "postgresql":
        _postgresql_full_text()
    else:
        _sqlite_full_text()
    _first_rows()


def _people() -> None:
    op.create_table(
        "instance", _text("key"), _text("value"), sa.PrimaryKeyConstraint("key", name="pk_instance")
    )
    op.create_table("workspace", _text("id"), _text("name"), *_timed(), _primary("workspace"))
    op.create_table(
        "person", _text("id"), _text("workspace_id"), _text("name"), _text("role"), *_timed(),
        _primary("person"), _reference("person", "workspace_id", "workspace"),
    )  # fmt: skip
    op.create_table(
        "pair", _text("id"), _text("workspace_id"), _text("learning_executive_id"), _text("sales_vp_id"),
        _text("coach_id", nullable=True), *_timed(), _primary("pair"),
        _reference("pair", "workspace_id", "workspace"),
        _reference("pair", "learning_executive_id", "person"), _reference("pair", "sales_vp_id", "person"),
        _reference("pair", "coach_id", "person"),
    )  # fmt: skip
    _indexes("person", "workspace_id")
    _indexes("pair", "workspace_id")


def _conversations() -> None:
    op.create_table(
        "conversation", _text("id"), _text("role"), _text("title"),
        sa.Column("pinned", sa.Boolean, nullable=False), sa.Column("deleted_at", sa.DateTime(timezone=True)),
        *_owned("conversation"), _primary("conversation"),
    )  # fmt: skip
    op.create_table(
        "message", _text("id"), _text("conversation_id"), _number("position"), _text("author"), _long("text"),
        _text("status"), sa.Column("detail", sa.JSON, nullable=False), *_owned("message"),
        _primary("message"), _reference("message", "conversation_id", "conversation", ondelete="CASCADE"),
        sa.UniqueConstraint("conversation_id", "position", name="uq_message_conversation_id"),
    )  # fmt: skip
    _indexes("conversation", "owner_id", "workspace_id")
    _indexes("message", "conversation_id", "owner_id", "workspace_id")


def _collections() -> None:
    op.create_table(
        "collection", _number("id"), _text("workspace_id"), _text("name"), _text("model"),
        _number("dimensions"), _number("version"), _text("index_name", nullable=True), *_timed(),
        _primary("collection"), _reference("collection", "workspace_id", "workspace"),
        sa.UniqueConstraint("workspace_id", "name", name="uq_collection_workspace_id"),
        sqlite_autoincrement=True,
    )  # fmt: skip


def _content() -> None:
    op.create_table(
        "document", _number("id"), _number("collection_id"), _text("external_id"), _text("source"),
        _text("title"), _text("content_hash"), _text("kind"), sa.Column("detail", sa.JSON, nullable=False),
        *_owned("document"), _primary("document"),
        _reference("document", "collection_id", "collection", ondelete="CASCADE"),
        sa.UniqueConstraint("collection_id", "external_id", name="uq_document_collection_id"),
    )  # fmt: skip
    op.create_table(
        "passage", _number("id"), _number("document_id"), _text("name"), _number("position"),
        _text("section", nullable=True), _long("text"), sa.Column("detail", sa.JSON, nullable=False),
        *_owned("passage"), _primary("passage"),
        _reference("passage", "document_id", "document", ondelete="CASCADE"),
        sa.UniqueConstraint("document_id", "position", name="uq_passage_document_id"),
    )  # fmt: skip
    op.create_table(
        "window", _number("id"), _number("collection_id"), _number("passage_id"), _number("position"),
        _text("kind"), _long("text"), _text("content_hash"), _primary("window"),
        _reference("window", "collection_id", "collection", ondelete="CASCADE"),
        _reference("window", "passage_id", "passage", ondelete="CASCADE"), sqlite_autoincrement=True,
    )  # fmt: skip
    _indexes("document", "collection_id", "owner_id", "workspace_id")
    _indexes("passage", "document_id", "owner_id", "workspace_id")
    op.create_index("ix_passage_name", "passage", ["name"])
    _indexes("window", "collection_id", "passage_id", "content_hash")


def _vectors() -> None:
    op.create_table(
        "vector", _text("content_hash"), _text("model"), sa.Column("values", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("content_hash", "model", name="pk_vector"),
    )  # fmt: skip
    op.create_table(
        "outbox", _number("id"), _number("collection_id"), _number("window_id"), _text("operation"),
        _primary("outbox"), sqlite_autoincrement=True,
    )  # fmt: skip
    _indexes("outbox", "collection_id")


def _sqlite_full_text() -> None:
    """The text is kept once, in `window`; triggers keep the word index in step with it, in the same
    transaction.
    """
    op.execute(
        "CREATE VIRTUAL TABLE window_fts USING fts5("
        "text, content='window', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')"
    )
    remove = "INSERT INTO window_fts(window_fts, rowid, text) VALUES ('delete', old.id, old.text);"
    add = "INSERT INTO window_fts(rowid, text) VALUES (new.id, new.text);"
    op.execute(f'CREATE TRIGGER window_fts_insert AFTER INSERT ON "window" BEGIN {add} END')
    op.execute(f'CREATE TRIGGER window_fts_delete AFTER DELETE ON "window" BEGIN {remove} END')
    op.execute(f'CREATE TRIGGER window_fts_update AFTER UPDATE OF text ON "window" BEGIN {remove} {add} END')


def _postgresql_full_text() -> None:
    op.execute(
        'ALTER TABLE "window" ADD COLUMN search tsvector '
        "GENERATED ALWAYS AS (to_tsvector('english', text)) STORED"
    )
    op.execute('CREATE INDEX ix_window_search ON "window" USING gin (search)')


def _first_rows() -> None:
    now = datetime.now(UTC)
    workspace = {"id": "default", "name": "My workspace", "created_at": now, "updated_at": now}
    person = workspace | {"id": "system", "name": "Counterpart", "workspace_id": "default", "role": "system"}
    op.bulk_insert(_rows("instance", "key", "value"), [{"key": "id", "value": secrets.token_hex(4)}])
    op.bulk_insert(_rows("workspace", *workspace), [workspace])
    op.bulk_insert(_rows("person", *person), [person])


def _rows(table: str, *columns: str) -> sa.TableClause:
    time = sa.DateTime(timezone=True)
    return sa.table(table, *(sa.column(c, time if c.endswith("_at") else sa.String) for c in columns))


def _text(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String, nullable=nullable)


def _long(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False)


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, nullable=False)


def _timed() -> "list[sa.Column[datetime]]":
    return [
        sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("created_at", "updated_at")
    ]


def _owned(table: str) -> list[SchemaItem]:
    return [
        *_timed(), _text("workspace_id"), _text("owner_id"), _text("visibility"),
        _text("pair_id", nullable=True), _reference(table, "workspace_id", "workspace"),
        _reference(table, "owner_id", "person"), _reference(table, "pair_id", "pair"),
    ]  # fmt: skip


def _primary(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def _reference(
    table: str, column: str, target: str, *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}", ondelete=ondelete)


def _indexes(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])
