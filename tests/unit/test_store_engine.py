"""Opening a store: what is refused, and what a person is told."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text
from support.servers import PostgresServer, free_port

import knowledge.store.engine as engine_module
from knowledge.errors import StoreBusyError, StoreError
from knowledge.store.engine import DATABASE_FILE, REVISIONS, Store, sqlite_url
from knowledge.store.tables import Workspace

OPEN = "import sys; from knowledge.store.engine import Store; Store.open(sys.argv[1]).close()"


def test_the_newest_revision_that_is_known_is_the_newest_there_is() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(engine_module.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == REVISIONS


def test_a_store_that_is_set_up_opens_without_the_migration_tool(data_dir: Path) -> None:
    Store.open(sqlite_url(data_dir)).close()
    unneeded = f"{OPEN}; assert not {{'alembic', 'chromadb'}} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", unneeded, sqlite_url(data_dir)], check=True)


def test_setting_up_says_so_once(data_dir: Path) -> None:
    said: list[str] = []
    for _ in range(2):
        Store.open(sqlite_url(data_dir), progress=lambda what, _done, _total: said.append(what)).close()
    assert said == ["Setting up the database"]


def test_a_folder_with_odd_characters_is_a_folder_like_any_other(tmp_path: Path) -> None:
    odd = tmp_path / "50% of Zoë’s #1 folder & more"
    Store.open(sqlite_url(odd)).close()
    assert (odd / DATABASE_FILE).exists()
    assert odd.stat().st_mode & 0o077 == 0


def test_commits_are_on_disk_and_readers_do_not_wait(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_processes_that_set_up_the_same_empty_folder_at_once_all_succeed(data_dir: Path) -> None:
    started = [subprocess.Popen([sys.executable, "-c", OPEN, sqlite_url(data_dir)]) for _ in range(3)]
    assert [process.wait(120) for process in started] == [0, 0, 0]
    with sqlite3.connect(data_dir / DATABASE_FILE) as connection:
        assert connection.execute("SELECT count(*) FROM workspace").fetchone() == (1,)
    connection.close()


@pytest.mark.postgres
def test_processes_that_set_up_the_same_empty_postgresql_at_once_all_succeed(
    postgres: PostgresServer,
) -> None:
    url = postgres.new_database(empty=True)
    started = [subprocess.Popen([sys.executable, "-c", OPEN, url]) for _ in range(3)]
    assert [process.wait(120) for process in started] == [0, 0, 0]


def test_a_file_that_is_no_database_is_left_alone(data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / DATABASE_FILE).write_text("Dear diary, " * 500)
    with pytest.raises(StoreError, match="not a database of Counterpart"):
        Store.open(sqlite_url(data_dir))
    assert (data_dir / DATABASE_FILE).read_text().startswith("Dear diary")


def test_a_database_of_another_program_is_left_alone(data_dir: Path) -> None:
    data_dir.mkdir()
    connection = sqlite3.connect(data_dir / DATABASE_FILE)
    connection.execute("CREATE TABLE invoices (id)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        Store.open(sqlite_url(data_dir))


def test_a_database_of_a_newer_version_is_left_alone(sqlite_store: Store) -> None:
    with sqlite_store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version of Counterpart"):
        Store.open(f"sqlite:///{sqlite_store.where}")


def test_a_damaged_database_says_how_to_get_it_back(sqlite_store: Store) -> None:
    sqlite_store.close()
    path = Path(sqlite_store.where)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="counterpart restore"):
        Store.open(f"sqlite:///{path}")


def test_a_data_directory_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(StoreError, match="--data-dir"):
        Store.open(sqlite_url(tmp_path / "taken"))


def test_a_full_disk_keeps_what_was_there_and_says_so(sqlite_store: Store) -> None:
    with pytest.raises(StoreError, match="no room left") as refused, sqlite_store.write() as session:
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages + 2}"))
        session.add(Workspace(id="big", name="x" * 500_000))
        session.flush()
    assert "The change was not kept; everything before it was" in refused.value.message
    with sqlite_store.read() as session:
        assert session.get(Workspace, "big") is None
        assert session.get(Workspace, "default") is not None


def test_a_read_only_database_can_be_read_and_refuses_to_be_written(sqlite_store: Store) -> None:
    where = Path(sqlite_store.where)
    read_only = Store(f"sqlite:///file:{where}?mode=ro&uri=true")
    try:
        with read_only.read() as session:
            assert session.get(Workspace, "default") is not None
        with pytest.raises(StoreError, match="cannot be written"), read_only.write() as session:
            session.add(Workspace(name="new"))
    finally:
        read_only.close()


def test_a_database_that_another_process_keeps_locked_is_busy(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_PATIENCE_S", 0.2)
    impatient = Store(f"sqlite:///{sqlite_store.where}")
    holder = sqlite3.connect(sqlite_store.where, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreBusyError, match="held by another process"), impatient.write():
            pass
        with impatient.read() as session:
            assert session.get(Workspace, "default") is not None
    finally:
        holder.close()
        impatient.close()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "no url at all", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_is_no_database_of_ours_is_refused(url: str) -> None:
    with pytest.raises(StoreError):
        Store(url)


def test_a_postgresql_that_is_away_is_named_without_its_password() -> None:
    with pytest.raises(StoreError, match="cannot be reached") as refused:
        Store.open(f"postgres://kim:secret@127.0.0.1:{free_port()}/counterpart")
    assert "secret" not in refused.value.message


@pytest.mark.postgres
def test_a_postgresql_database_that_does_not_exist_is_a_plain_message(postgres: PostgresServer) -> None:
    url = postgres.new_database().replace("test_", "nowhere_")
    with pytest.raises(StoreError) as refused:
        Store.open(url)
    assert "\n" not in refused.value.message
