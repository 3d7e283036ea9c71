"""An instance as one file, taken while it is in use, and back again: every part is checked by its SHA-256.

The vector index is not in it, since it can be built from the vectors in the database.
"""

import hashlib
import json
import os
import secrets
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from assistant.errors import InputRefusedError, StoreError
from assistant.storage import postgres_dump
from knowledge.store.engine import REVISIONS, Store

FORMAT = 1
_MANIFEST = "manifest.json"
_DATABASE = "counterpart.db"
_DUMP = "counterpart.pgdump"
_FOLDERS = ("uploads", "playbook", "scenarios")
_FILES = ("names.txt",)


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: when it was taken (ISO 8601), its parts by name with size and SHA-256."""

    created: str
    schema: str
    parts: dict[str, tuple[int, str]]

    @property
    def bytes(self) -> int:
        """All parts together, unpacked."""
        return sum(size for size, _ in self.parts.values())


def back_up(store: Store, data_dir: Path, target: Path, *, url: str | None = None) -> Backup:
    """Write the instance to `target`, whole or not at all; others may go on writing meanwhile.

    `url` is the database's address where the records are in PostgreSQL.
    """
    beside = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=target.parent) as folder:
            name = _DATABASE if url is None else _DUMP
            snapshot = Path(folder) / name
            if url is None:
                _snapshot(Path(store.where), snapshot)
            else:
                postgres_dump.dump(url, snapshot)
            made = _write(beside, {name: snapshot, **dict(_own_files(data_dir))})
        beside.replace(target)
    except OSError as error:
        raise StoreError(
            f"The backup {target} cannot be written ({error.strerror or error})",
            kept="Your data is as it was",
            next_step="Choose another place, with room for it",
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return made


def restore(source: Path, data_dir: Path, *, url: str | None = None) -> Backup:
    """Unpack a backup into an empty data directory, after every part was checked. Nothing is changed otherwise.

    `url` is the address of an empty PostgreSQL database, for a backup of such a one.
    """
    if data_dir.exists() and any(data_dir.iterdir()):
        raise InputRefusedError(
            f"{data_dir} is not empty",
            kept="Nothing was changed",
            next_step="Name an empty one with --data-dir",
        )
    beside = data_dir.with_name(f".{data_dir.name}.part")
    try:
        with zipfile.ZipFile(source) as archive:
            found = _read_manifest(archive)
            _check_kind(found, url)
            shutil.rmtree(beside, ignore_errors=True)
            beside.mkdir(mode=0o700, parents=True)
            for name, (size, digest) in found.parts.items():
                _extract(archive, name, beside / name, size, digest)
        if url is None:
            _check_database(beside / _DATABASE)
            _rename(beside / _DATABASE)
        else:
            postgres_dump.load(url, beside / _DUMP)
            postgres_dump.rename(url, _new_id())
            (beside / _DUMP).unlink()
        if data_dir.exists():
            data_dir.rmdir()
        beside.replace(data_dir)
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError) as error:
        raise _damaged(str(error)) from error
    except OSError as error:
        raise StoreError(
            f"The backup cannot be restored ({error.strerror or error})",
            kept="The data directory was left empty",
            next_step="Check both paths and the room there",
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return found


def _new_id() -> str:
    """A restored instance is one of its own: it shares no collection of a vector server with the one it was taken of."""
    return secrets.token_hex(4)


def _rename(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE instance SET value = ? WHERE key = 'id'", (_new_id(),))


def _check_kind(found: Backup, url: str | None) -> None:
    if _DUMP in found.parts and url is None:
        raise InputRefusedError(
            "The backup is of records in PostgreSQL",
            kept="Nothing was changed",
            next_step="Name an empty database with COUNTERPART_DATABASE_URL",
        )
    if _DATABASE in found.parts and url is not None:
        raise InputRefusedError(
            "The backup is of records in SQLite, and COUNTERPART_DATABASE_URL names PostgreSQL",
            kept="Nothing was changed",
            next_step="Restore it without that setting",
        )


def _snapshot(database: Path, target: Path) -> None:
    """One moment of a database that others write to, by SQLite's own backup."""
    with closing(sqlite3.connect(database)) as origin, closing(sqlite3.connect(target)) as copy:
        origin.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _own_files(data_dir: Path) -> Iterator[tuple[str, Path]]:
    for name in _FILES:
        if (data_dir / name).is_file():
            yield name, data_dir / name
    for folder in _FOLDERS:
        for path in sorted((data_dir / folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(data_dir).as_posix(), path


def _write(target: Path, files: dict[str, Path]) -> Backup:
    parts: dict[str, tuple[int, str]] = {}
    descriptor = os.open(target, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, path in files.items():
                content = hashlib.sha256()
                size = 0
                with path.open("rb") as opened, archive.open(name, "w", force_zip64=True) as entry:
                    while block := opened.read(1 << 20):
                        content.update(block)
                        size += len(block)
                        entry.write(block)
                parts[name] = (size, content.hexdigest())
            made = Backup(datetime.now(UTC).isoformat(), REVISIONS[-1], parts)
            archive.writestr(_MANIFEST, json.dumps(_as_json(made)))
        stream.flush()
        os.fsync(stream.fileno())
    return made


def _as_json(backup: Backup) -> dict[str, Any]:
    parts = {name: {"size": size, "sha256": digest} for name, (size, digest) in backup.parts.items()}
    return {"format": FORMAT, "created": backup.created, "schema": backup.schema, "parts": parts}


def _read_manifest(archive: zipfile.ZipFile) -> Backup:
    try:
        value = json.loads(archive.read(_MANIFEST))
        parts = {str(name): (int(part["size"]), str(part["sha256"])) for name, part in value["parts"].items()}
        found = Backup(str(value["created"]), str(value["schema"]), parts)
        version = int(value["format"])
    except (ValueError, TypeError, AttributeError) as error:
        raise _damaged("its list of parts cannot be read") from error
    if version > FORMAT or found.schema not in REVISIONS:
        raise InputRefusedError(
            "The backup was made by a newer version of Counterpart",
            kept="Nothing was changed",
            next_step="Update Counterpart, then restore it",
        )
    for name in parts:
        path = PurePosixPath(name)
        allowed = name in {_DATABASE, _DUMP, *_FILES} or path.parts[0] in _FOLDERS
        if path.is_absolute() or ".." in path.parts or "\\" in name or not allowed:
            raise _damaged(f"it holds “{name[:60]}”, which no backup does")
    if not parts.keys() & {_DATABASE, _DUMP}:
        raise _damaged("it holds no database")
    return found


def _extract(archive: zipfile.ZipFile, name: str, target: Path, size: int, digest: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    content, seen = hashlib.sha256(), 0
    with archive.open(name) as entry, target.open("wb") as written:
        while block := entry.read(1 << 20):
            seen += len(block)
            if seen > size:
                raise _damaged(f"“{name[:60]}” is larger than it should be")
            content.update(block)
            written.write(block)
    if seen != size or content.hexdigest() != digest:
        raise _damaged(f"“{name[:60]}” is not what was backed up")


def _check_database(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            (state,) = connection.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise _damaged(str(error)) from error
    if state != "ok":
        raise _damaged(str(state).splitlines()[0])


def _damaged(reason: str) -> InputRefusedError:
    return InputRefusedError(
        f"The backup is damaged: {reason}", kept="Nothing was changed", next_step="Take another backup file"
    )
