"""People's own documents: taken in by the page, listed, taken out, and for a day brought back.

What was uploaded is kept as a file under `<folder>/<person>/`; the index is brought up to date from there.
"""

import builtins
import os
import re
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import func, select

from assistant.errors import InputRefusedError, NotFoundError, StoreError
from knowledge.drafts import remove
from knowledge.embeddings import Embedder
from knowledge.errors import IndexUnavailableError
from knowledge.formats import READERS
from knowledge.index import VectorIndex
from knowledge.ingest import IngestReport, ingest_paths
from knowledge.loaders import MAX_BYTES
from knowledge.names import DOCUMENTS_COLLECTION, PLAYBOOK_COLLECTION
from knowledge.progress import Progress
from knowledge.samples import STORIES_COLLECTION
from knowledge.store.access import Viewer, changeable, visible
from knowledge.store.engine import Store
from knowledge.store.tables import Collection, Document, Passage

Result = Literal["new", "changed", "unchanged", "left out"]
Visibility = Literal["me", "workspace"]

SHIPPED = (PLAYBOOK_COLLECTION, STORIES_COLLECTION)
_REMOVED = ".removed"
_ADDING, _BEFORE, _HALF = ".adding.", ".before.", ".half."
_DAY_S = 86_400
_NAME_BYTES = 180  # file systems take 255; what is put before and after a name needs room


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one uploaded file; `reason` says why it was left out."""

    name: str
    result: Result
    passages: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What is indexed of one file: a document, or for a corpus as many as it has lines."""

    source: str
    collection: str
    title: str
    documents: int
    passages: int
    owner_id: str
    visibility: str
    updated_at: datetime

    @property
    def file_name(self) -> str:
        """The last part of its path."""
        return Path(self.source).name


class OwnDocuments:
    """The documents that people of an instance added to it."""

    def __init__(self, store: Store, embedder: Embedder, index: VectorIndex, *, folder: Path) -> None:
        self._store, self._embedder, self._index = store, embedder, index
        self._folder = folder

    def add(
        self,
        viewer: Viewer,
        name: str,
        content: bytes,
        *,
        visibility: Visibility,
        progress: Progress | None = None,
    ) -> Outcome:
        """Take in one file; one of the same name is replaced. Call `settle` after the last.

        A file that cannot be read is left out with its reason, and what was there before stays. Raises
        `StoreError` where it cannot be kept, and `EmbeddingError` where it cannot be embedded.
        """
        shown = file_name(name)
        if reason := _refusal(shown, content):
            return Outcome(shown, "left out", reason=reason)
        path = self._of(viewer) / shown
        _begin(path, visibility)
        try:
            _write(path, content)
            report = self._ingest(viewer, path, DOCUMENTS_COLLECTION, visibility, progress)
        except BaseException:  # a stop by the user is one, and the file of before comes back then as well
            _end(path, keep=False)
            raise
        _end(path, keep=not report.skipped)
        if report.skipped:
            return Outcome(shown, "left out", reason=report.skipped[0].reason)
        result: Result = "new" if report.added else "changed" if report.updated else "unchanged"
        return Outcome(shown, result, passages=report.passages)

    def take_up(self, viewer: Viewer) -> builtins.list[Outcome]:
        """Bring to an end what of this person's was being added when the machine stopped; call it at a start.

        A file that arrived whole is taken in; otherwise the one of before comes back.
        """
        outcomes = []
        for marker in sorted(self._of(viewer).glob(f"{_ADDING}*")):
            path = marker.with_name(marker.name.removeprefix(_ADDING))
            visibility: Visibility = "workspace" if _kept(marker) == b"workspace" else "me"
            whole = (
                path.exists()
                and not self._ingest(viewer, path, DOCUMENTS_COLLECTION, visibility, None).skipped
            )
            _end(path, keep=whole)
            outcomes.append(Outcome(path.name, "new" if whole else "left out"))
        for left in (*self._of(viewer).glob(f"{_HALF}*"), *self._of(viewer).glob(f"{_BEFORE}*")):
            with _file_errors(left):
                left.unlink(missing_ok=True)
        return outcomes

    def settle(self) -> None:
        """Tell the vector index what changed; where it cannot take it now, the exact search answers meanwhile."""
        with suppress(IndexUnavailableError):
            self._index.sync()

    def list(self, viewer: Viewer) -> builtins.list[Held]:
        """Everything that `viewer` may see beside what is shipped, the newest first."""
        changed = func.max(Document.updated_at)
        query = (
            select(
                Document.source,
                Collection.name,
                func.min(Document.title),
                func.count(Document.id.distinct()),
                func.count(Passage.id),
                Document.owner_id,
                Document.visibility,
                changed,
            )
            .join(Collection, Collection.id == Document.collection_id)
            .outerjoin(Passage, Passage.document_id == Document.id)
            .where(visible(Document, viewer), Collection.name.not_in(SHIPPED))
            .group_by(Document.source, Collection.name, Document.owner_id, Document.visibility)
            .order_by(changed.desc(), Document.source)
        )
        with self._store.read() as session:
            return [Held(*row) for row in session.execute(query)]

    def remove(self, viewer: Viewer, held: Held) -> None:
        """Take out what came from one file. An uploaded file is kept for a day, so that `restore` works.

        Raises `NotFoundError` where it is gone already or belongs to somebody else.
        """
        wanted = (
            select(Document.collection_id, Document.external_id)
            .join(Collection, Collection.id == Document.collection_id)
            .where(
                changeable(Document, viewer),
                Document.source == held.source,
                Collection.name == held.collection,
            )
        )
        with self._store.write() as session:
            rows = list(session.execute(wanted))
            if not rows:
                raise NotFoundError(
                    f"“{held.title}” is not here any more, or it is somebody else's",
                    next_step="Reload the page",
                )
            remove(session, rows[0][0], [external_id for _, external_id in rows])
        self._set_aside(viewer, Path(held.source))
        self.settle()

    def restore(self, viewer: Viewer, held: Held) -> None:
        """Bring back what `remove` took out. Raises `InputRefusedError` where the file is gone meanwhile."""
        path = Path(held.source)
        aside = self._of(viewer) / _REMOVED / path.name
        with _file_errors(aside):
            if self._is_upload(viewer, path) and aside.exists() and not path.exists():
                aside.replace(path)
        visibility: Visibility = "workspace" if held.visibility == "workspace" else "me"
        report = self._ingest(viewer, path, held.collection, visibility, None)
        self.settle()
        if report.skipped:
            raise InputRefusedError(
                f"“{held.title}” could not be brought back: {report.skipped[0].reason}",
                next_step="Add the file again",
            )

    def is_upload(self, held: Held) -> bool:
        """Whether it was added on the page; otherwise its file lies elsewhere and stays there."""
        return Path(held.source).is_relative_to(self._folder.resolve())

    def _ingest(
        self,
        viewer: Viewer,
        path: Path,
        collection: str,
        visibility: Visibility,
        progress: Progress | None,
    ) -> IngestReport:
        return ingest_paths(
            self._store,
            self._embedder,
            [path],
            viewer=viewer,
            collection=collection,
            visibility=visibility,
            progress=progress,
        )

    def _of(self, viewer: Viewer) -> Path:
        folder = self._folder.resolve() / viewer.person_id
        with _file_errors(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    def _is_upload(self, viewer: Viewer, path: Path) -> bool:
        return path.parent == self._of(viewer)

    def _set_aside(self, viewer: Viewer, path: Path) -> None:
        """What was removed stays for a day; what was removed before that goes for good."""
        if not self._is_upload(viewer, path):
            return
        aside = path.parent / _REMOVED
        with _file_errors(aside):
            aside.mkdir(mode=0o700, exist_ok=True)
            for old in aside.iterdir():
                if time.time() - old.stat().st_ctime > _DAY_S:
                    old.unlink()
            if path.exists():
                path.replace(aside / path.name)


def file_name(name: str) -> str:
    """A name that every file system takes, with its ending: no folders, no control characters, not too long."""
    last = unicodedata.normalize("NFC", name.replace("\\", "/")).rsplit("/", 1)[-1]
    printable = "".join(c if c.isprintable() else " " for c in re.sub(r'[<>:"|?*]', "-", last))
    stem, dot, suffix = " ".join(printable.split()).lstrip(".").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    room = stem.encode("utf-8", "ignore")[: _NAME_BYTES - len(suffix.encode("utf-8", "ignore")[:20])]
    return (room.decode("utf-8", "ignore").strip() or "document") + (
        f".{suffix[:20].lower()}" if suffix else ""
    )


def _refusal(name: str, content: bytes) -> str:
    suffix = Path(name).suffix
    if suffix not in READERS:
        return f"No text is read from {suffix or 'files without an ending'}."
    if len(content) > MAX_BYTES:
        return f"It is larger than {MAX_BYTES // 1_000_000} MB."
    return "" if content.strip() else "It is empty."


def _kept(path: Path) -> bytes | None:
    with _file_errors(path):
        return path.read_bytes() if path.exists() else None


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, whenever the machine stops."""
    half = path.with_name(f"{_HALF}{path.name}.{os.getpid()}")
    with _file_errors(path):
        try:
            half.write_bytes(content)
            half.chmod(0o600)
            half.replace(path)
        except OSError:
            half.unlink(missing_ok=True)
            raise


def _begin(path: Path, visibility: Visibility) -> None:
    """Note that this file is being added, and keep the one of before beside it: whoever starts next sees both."""
    if (before := _kept(path)) is not None:
        _write(_beside(path, _BEFORE), before)
    _write(_beside(path, _ADDING), visibility.encode())


def _end(path: Path, *, keep: bool) -> None:
    """The new file stays, or the one of before comes back; the note goes last."""
    before = _beside(path, _BEFORE)
    with _file_errors(path):
        if keep:
            before.unlink(missing_ok=True)
        elif before.exists():
            before.replace(path)
        else:
            path.unlink(missing_ok=True)
        _beside(path, _ADDING).unlink(missing_ok=True)


def _beside(path: Path, kind: str) -> Path:
    return path.with_name(f"{kind}{path.name}")


@contextmanager
def _file_errors(path: Path) -> Iterator[None]:
    """Says in our words that a file cannot be kept or read."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"The file {path} cannot be kept ({error.strerror or error})",
            kept="What was indexed before is as it was",
            next_step="Check the room on the disk and the rights of its folder",
        ) from error
