"""From files and cards to passages that can be searched; only what is new or changed is read and embedded.

Documents are kept in groups, each group in one transaction. A run that is stopped, or killed, loses at
most the group it was at; the next run takes up from there.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from knowledge.cards import Card
from knowledge.drafts import DraftDocument, Ownership, ensure_collection, remove, save
from knowledge.embeddings import Embedder, Floats
from knowledge.errors import DocumentError, InputRefusedError
from knowledge.loaders import Found, files_under, read_file
from knowledge.names import DOCUMENTS_COLLECTION, PLAYBOOK_COLLECTION
from knowledge.playbook_drafts import card_draft
from knowledge.progress import Progress, silent
from knowledge.shipped import shipped_vectors
from knowledge.store.access import Viewer
from knowledge.store.engine import Store
from knowledge.store.tables import SYSTEM_PERSON, WORKSPACE, Collection, Document, Passage
from knowledge.vectorise import GROUP, known_vectors

GROUP_DOCUMENTS = 400


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was left out, and why."""

    path: str
    reason: str


@dataclass(slots=True)
class IngestReport:
    """What a run found and did; `documents` and `passages` count what the given paths hold now."""

    collection: str
    files: int = 0
    documents: int = 0
    passages: int = 0
    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Known:
    """What the collection holds under one external id."""

    content_hash: str
    source: str
    owner_id: str
    visibility: str
    passages: int


def ingest_paths(
    store: Store,
    embedder: Embedder,
    paths: Sequence[Path],
    *,
    viewer: Viewer,
    collection: str = DOCUMENTS_COLLECTION,
    visibility: str = "workspace",
    progress: Progress | None = None,
) -> IngestReport:
    """Bring a collection up to date with files and folders.

    Unchanged files cost nothing, changed ones are replaced, and documents whose file is gone from under
    `paths` leave with it. A file that cannot be read is skipped with its reason, and what was indexed of it
    before stays. Raises `InputRefusedError` for a path that does not exist and held nothing.
    """
    owner = Ownership(viewer.workspace_id, viewer.person_id, visibility)
    run = _Run(store, embedder, collection, owner, progress or silent)
    roots = [path.expanduser().resolve() for path in paths]
    run.check_roots(roots)
    files = files_under(roots)
    for number, file in enumerate(files):
        run.progress(f"Reading {file.path.name}", number, len(files))
        run.add_file(file)
    run.flush()
    run.remove_gone(roots)
    return run.finished()


def ingest_cards(
    store: Store, embedder: Embedder, cards: Iterable[Card], *, progress: Progress | None = None
) -> IngestReport:
    """Bring the playbook up to date with `cards`; a card that is not among them leaves."""
    return ingest_shipped(
        store, embedder, map(card_draft, cards), collection=PLAYBOOK_COLLECTION, progress=progress
    )


def ingest_shipped(
    store: Store,
    embedder: Embedder,
    drafts: Iterable[DraftDocument],
    *,
    collection: str,
    progress: Progress | None = None,
) -> IngestReport:
    """Bring what the project ships into a collection up to date; what is not among `drafts` any more leaves.

    Documents of people in the same collection stay as they are.
    """
    owner = Ownership(WORKSPACE, SYSTEM_PERSON, "workspace")
    run = _Run(store, embedder, collection, owner, progress or silent)
    run.ready = shipped_vectors(embedder.name)
    for draft in drafts:
        run.report.files += 1
        run.add(draft)
    run.flush()
    run.remove(
        [key for key, known in run.known.items() if key not in run.seen and known.owner_id == SYSTEM_PERSON]
    )
    return run.finished()


class _Run:
    """One ingest into one collection, and what it has gathered but not kept yet."""

    def __init__(
        self, store: Store, embedder: Embedder, collection: str, owner: Ownership, progress: Progress
    ) -> None:
        self.store, self.embedder, self.owner, self.progress = store, embedder, owner, progress
        self.report, self.started = IngestReport(collection), time.perf_counter()
        self.ready: dict[str, Floats] = {}
        self.seen: set[str] = set()
        self._flawed: set[str] = set()
        self._waiting: list[DraftDocument] = []
        self._windows = 0
        with store.write() as session:
            self.collection: Collection = ensure_collection(session, owner.workspace_id, collection, embedder)
        self.known = self._read_known()

    def check_roots(self, roots: Sequence[Path]) -> None:
        """Refuse a path that neither exists nor was indexed before."""
        sources = {known.source for known in self.known.values()}
        for root in roots:
            if not root.exists() and not any(_lies_under(source, [root]) for source in sources):
                raise InputRefusedError(
                    f"{root} does not exist", kept="Nothing was changed", next_step="Check the path"
                )

    def add_file(self, file: Found) -> None:
        """Take in what one file holds, and note what could not be used."""
        flaws = [file.reason] if file.reason else []
        try:
            if not file.reason:
                flaws.extend(self._take(file.path))
        except DocumentError as error:
            flaws.append(error.message)
        else:
            self.report.files += not file.reason
        self.report.skipped += [Skipped(str(file.path), reason) for reason in flaws]
        if flaws:
            self._flawed.add(str(file.path))

    def _take(self, path: Path) -> Iterator[str]:
        """Take in a file's documents; yields what was wrong with some."""
        for item in read_file(path, self.is_unchanged):
            if reason := item if isinstance(item, str) else self.add(item):
                yield reason

    def is_unchanged(self, external_id: str, content_hash: str) -> bool:
        """Whether the collection holds this already; counts it if so."""
        known = self.known.get(external_id)
        if external_id in self.seen or known is None:
            return False
        if self.owner.owner_id != known.owner_id and known.visibility != "workspace":
            return False
        if (known.content_hash, known.visibility) != (content_hash, self.owner.visibility):
            return False
        self.seen.add(external_id)
        self.report.unchanged += 1
        self._count(known.passages)
        return True

    def add(self, draft: DraftDocument) -> str | None:
        """Take in one document, which is kept with its group; otherwise the reason why not."""
        if draft.external_id in self.seen:
            return f"The id {draft.external_id} occurs twice; the first one was taken."
        if self.is_unchanged(draft.external_id, draft.content_hash):
            return None
        known = self.known.get(draft.external_id)
        if known and known.owner_id != self.owner.owner_id:
            return f"{draft.external_id} belongs to somebody else here; theirs was left as it is."
        self.seen.add(draft.external_id)
        self.report.added += known is None
        self.report.updated += known is not None
        self._count(len(draft.passages))
        self._waiting.append(draft)
        self._windows += sum(1 for _ in draft.windows())
        if self._windows >= GROUP or len(self._waiting) >= GROUP_DOCUMENTS:
            self.flush()
        return None

    def flush(self) -> None:
        """Embed what was gathered and keep it, in one transaction."""
        if not self._waiting:
            return
        texts = {window.content_hash: window.text for draft in self._waiting for window in draft.windows()}
        rows = known_vectors(self.store, self.embedder, texts, ready=self.ready, progress=self.progress)
        with self.store.write() as session:
            save(session, self.collection, self._waiting, owner=self.owner, rows=rows)
        self._waiting, self._windows = [], 0

    def remove_gone(self, roots: Sequence[Path]) -> None:
        """Take out documents that came from under `roots` and are there no more."""
        self.remove(
            external_id
            for external_id, known in self.known.items()
            if external_id not in self.seen
            and known.owner_id == self.owner.owner_id
            and known.source not in self._flawed
            and _lies_under(known.source, roots)
        )

    def remove(self, external_ids: Iterable[str]) -> None:
        """Take these out."""
        if gone := list(external_ids):
            with self.store.write() as session:
                self.report.removed += remove(session, self.collection.id, gone)

    def finished(self) -> IngestReport:
        """The report, with its time."""
        self.report.seconds = round(time.perf_counter() - self.started, 3)
        return self.report

    def _count(self, passages: int) -> None:
        self.report.documents += 1
        self.report.passages += passages

    def _read_known(self) -> dict[str, _Known]:
        query = (
            select(
                Document.external_id,
                Document.content_hash,
                Document.source,
                Document.owner_id,
                Document.visibility,
                func.count(Passage.id),
            )
            .outerjoin(Passage, Passage.document_id == Document.id)
            .where(Document.collection_id == self.collection.id)
            .group_by(Document.id)
        )
        with self.store.read() as session:
            return {row[0]: _Known(*row[1:]) for row in session.execute(query)}


def _lies_under(source: str, roots: Sequence[Path]) -> bool:
    path = Path(source)
    return any(path == root or path.is_relative_to(root) for root in roots)
