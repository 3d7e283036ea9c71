"""Field stories in the database: each is committed with what is searched of it, or not at all."""

import builtins
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from assistant.errors import InputRefusedError, NotFoundError
from assistant.stories.importing import Planned
from assistant.stories.log import Prepared
from assistant.stories.story import Fields, Story, Visibility
from knowledge.drafts import (
    DraftDocument,
    DraftPassage,
    DraftWindow,
    Ownership,
    ensure_collection,
    remove,
    save,
)
from knowledge.embeddings import Embedder, Floats
from knowledge.errors import IndexUnavailableError
from knowledge.index import VectorIndex
from knowledge.samples import STORIES_COLLECTION
from knowledge.store import tables
from knowledge.store.access import Viewer, may_change, visible
from knowledge.store.engine import Store
from knowledge.store.tables import utc_now
from knowledge.vectorise import known_vectors
from knowledge.windows import content_hash, windows

_ID = re.compile(r"[A-Za-z0-9][\w-]{2,39}")
_COLUMNS = ("title", "text", "happened_on")


class StoryChangedError(InputRefusedError):
    """Somebody else changed the story since it was read; `story` is how it is now."""

    def __init__(self, story: Story) -> None:
        """`story`: the version that stands."""
        super().__init__(
            f"Somebody changed “{story.title[:60]}” meanwhile (it is at version {story.version} now)",
            kept="Their words stand, and yours were not written over them",
            next_step="Look at it again, then make your change",
        )
        self.story = story


@dataclass(frozen=True, slots=True)
class Batch:
    """An import: where it came from and what became of each row."""

    id: str
    name: str
    format: str
    outcomes: tuple[Mapping[str, Any], ...]
    created_at: datetime
    undone: bool


class FieldStories:
    """The stories that people logged; the shipped samples are none of them."""

    def __init__(self, store: Store, embedder: Embedder, index: VectorIndex) -> None:
        self._store, self._embedder, self._index = store, embedder, index

    def add(self, viewer: Viewer, prepared: Prepared, *, keep_originals: bool = False) -> Story:
        """Keep a story; from here on it is found. Raises `StoreError` or `EmbeddingError`, and then nothing is kept."""
        rows = self._vectors([prepared.fields])
        with self._store.write() as session:
            row = _row(viewer, prepared, keep_originals, None)
            session.add(row)
            session.flush()
            self._index_rows(session, [row], rows)
            story = _story(row)
        self.settle()
        return story

    def import_all(self, viewer: Viewer, name: str, file_format: str, planned: Sequence[Planned]) -> Batch:
        """Keep what is new of a file, and what became of each row, all or nothing."""
        new = [(each, each.prepared) for each in planned if each.prepared is not None]
        vectors = self._vectors(prepared.fields for _, prepared in new)
        with self._store.write() as session:
            batch = tables.ImportBatch(
                name=name[:200],
                format=file_format,
                workspace_id=viewer.workspace_id,
                owner_id=viewer.person_id,
            )
            session.add(batch)
            session.flush()
            rows = [_row(viewer, prepared, False, batch.id) for _, prepared in new]
            for row, (each, _) in zip(rows, new, strict=True):
                if _ID.fullmatch(each.story_id) and session.get(tables.Story, each.story_id) is None:
                    row.id = each.story_id
            session.add_all(rows)
            session.flush()
            self._index_rows(session, rows, vectors)
            ids = {each.row: row.id for row, (each, _) in zip(rows, new, strict=True)}
            batch.outcomes = [
                {**each.as_json(), "story_id": ids.get(each.row, each.story_id)} for each in planned
            ]
            done = _batch(batch)
        self.settle()
        return done

    def get(self, viewer: Viewer, story_id: str, *, removed_too: bool = False) -> Story:
        """One story. Raises `NotFoundError` for one that `viewer` may not see."""
        with self._store.read() as session:
            return _story(_find(session, viewer, story_id, removed_too=removed_too))

    def list(self, viewer: Viewer, *, removed: bool = False) -> builtins.list[Story]:
        """Every story that `viewer` may see, the newest first; with `removed`, those taken out instead."""
        table = tables.Story
        gone = table.removed_at.is_not(None) if removed else table.removed_at.is_(None)
        query = select(table).where(visible(table, viewer), gone).order_by(table.created_at.desc(), table.id)
        with self._store.read() as session:
            return [_story(row) for row in session.scalars(query)]

    def by_ids(self, viewer: Viewer, ids: Iterable[str]) -> dict[str, Story]:
        """Those of these stories that `viewer` may see and that were not taken out."""
        table = tables.Story
        query = select(table).where(
            visible(table, viewer), table.removed_at.is_(None), table.id.in_(builtins.list(ids))
        )
        with self._store.read() as session:
            return {row.id: _story(row) for row in session.scalars(query)}

    def originals(self, viewer: Viewer, story_id: str) -> dict[str, str]:
        """What the placeholders of one's own story stood for, if that was kept."""
        with self._store.read() as session:
            row = _find(session, viewer, story_id, removed_too=True)
            return dict(row.originals or {}) if may_change(row, viewer) else {}

    def change(
        self,
        viewer: Viewer,
        story_id: str,
        fields: Fields,
        *,
        version: int,
        visibility: Visibility | None = None,
        redactions: Mapping[str, int] | None = None,
        linked: Iterable[str] | None = None,
    ) -> Story:
        """Put other fields in place of those of `version`. Raises `StoryChangedError` where that is not the newest."""
        rows = self._vectors([fields])
        with self._store.write() as session:
            row = _find(session, viewer, story_id, to_change=True)
            if row.version != version:
                raise StoryChangedError(_story(row))
            _write(row, fields)
            row.version += 1
            if visibility is not None:
                row.visibility, row.pair_id = visibility, _pair(viewer, visibility)
            for kind, count in (redactions or {}).items():
                row.redactions = {**row.redactions, kind: row.redactions.get(kind, 0) + count}
            if linked is not None:
                row.linked = sorted(set(linked) - {row.id})
            session.flush()
            self._index_rows(session, [row], rows)
            changed = _story(row)
        self.settle()
        return changed

    def link(self, viewer: Viewer, story_id: str, other_id: str) -> None:
        """Note at both that they tell of the same event. Only one's own stories are written to."""
        with self._store.write() as session:
            one = _find(session, viewer, story_id)
            other = _find(session, viewer, other_id)
            if one.id == other.id:
                raise InputRefusedError("A story cannot be linked to itself", next_step="Name two stories")
            pair = ((one, other), (other, one))
            if not any(may_change(row, viewer) for row, _ in pair):
                raise _not_yours()
            for row, linked in pair:
                if may_change(row, viewer):
                    row.linked = sorted({*row.linked, linked.id})

    def merge(self, viewer: Viewer, kept: Story, other: Story, fields: Fields) -> Story:
        """Put `fields`, which were made of both, in place of `kept`, and take `other` out, in one transaction."""
        if kept.id == other.id:
            raise InputRefusedError("A story cannot be merged with itself", next_step="Name two stories")
        rows = self._vectors([fields])
        with self._store.write() as session:
            row = _find(session, viewer, kept.id, to_change=True)
            gone = _find(session, viewer, other.id, to_change=True)
            for found, seen in ((row, kept), (gone, other)):
                if found.version != seen.version:
                    raise StoryChangedError(_story(found))
            _write(row, fields)
            row.version += 1
            row.linked = sorted({*row.linked, *gone.linked, gone.id} - {row.id})
            gone.removed_at = utc_now()
            self._unindex(session, viewer, [gone.id])
            session.flush()
            self._index_rows(session, [row], rows)
            changed = _story(row)
        self.settle()
        return changed

    def remove(self, viewer: Viewer, story_id: str) -> Story:
        """Take it out of everything that is searched or shown; `restore` brings it back."""
        with self._store.write() as session:
            row = _find(session, viewer, story_id, to_change=True)
            row.removed_at = utc_now()
            self._unindex(session, viewer, [row.id])
            removed = _story(row)
        self.settle()
        return removed

    def restore(self, viewer: Viewer, story_id: str) -> Story:
        """Bring back what was taken out."""
        fields = self.get(viewer, story_id, removed_too=True).fields
        rows = self._vectors([fields])
        with self._store.write() as session:
            row = _find(session, viewer, story_id, to_change=True, removed_too=True)
            row.removed_at = None
            session.flush()
            self._index_rows(session, [row], rows)
            restored = _story(row)
        self.settle()
        return restored

    def erase(self, viewer: Viewer, story_id: str) -> None:
        """Remove it for good, with what was kept of its originals and its mentions at others."""
        with self._store.write() as session:
            row = _find(session, viewer, story_id, to_change=True, removed_too=True)
            self._unindex(session, viewer, [row.id])
            session.delete(row)
            _forget_links(session, viewer.workspace_id, {story_id})
        self.settle()

    def imports(self, viewer: Viewer) -> builtins.list[Batch]:
        """One's own imports, the newest first."""
        table = tables.ImportBatch
        query = select(table).where(
            table.workspace_id == viewer.workspace_id, table.owner_id == viewer.person_id
        )
        with self._store.read() as session:
            rows = session.scalars(query.order_by(table.created_at.desc(), table.id))
            return [_batch(row) for row in rows]

    def undo_import(self, viewer: Viewer, batch_id: str) -> int:
        """Take out every story of an import, in one go; returns how many. Each can be brought back."""
        table = tables.Story
        with self._store.write() as session:
            batch = session.get(tables.ImportBatch, batch_id)
            if (
                batch is None
                or batch.owner_id != viewer.person_id
                or batch.workspace_id != viewer.workspace_id
            ):
                raise NotFoundError(
                    f"There is no import {batch_id[:40]} of yours",
                    next_step="“counterpart story import --list” names them",
                )
            rows = builtins.list(
                session.scalars(select(table).where(table.batch_id == batch_id, table.removed_at.is_(None)))
            )
            self._unindex(session, viewer, [row.id for row in rows])
            for row in rows:
                row.removed_at = utc_now()
            batch.undone_at = utc_now()
        self.settle()
        return len(rows)

    def settle(self) -> None:
        """Tell the vector index; where it cannot take it now, the exact search answers meanwhile."""
        with suppress(IndexUnavailableError):
            self._index.sync()

    def _vectors(self, fields: Iterable[Fields]) -> dict[str, Floats]:
        """Worked out before a transaction begins, so that it is short."""
        texts = {
            window.content_hash: window.text for each in fields for window in _windows(each.title, each.text)
        }
        return known_vectors(self._store, self._embedder, texts)

    def _index_rows(
        self, session: Session, rows: Sequence[tables.Story], vectors: Mapping[str, Floats]
    ) -> None:
        for row in rows:
            collection = ensure_collection(session, row.workspace_id, STORIES_COLLECTION, self._embedder)
            owner = Ownership(row.workspace_id, row.owner_id, row.visibility, row.pair_id)
            save(session, collection, [_draft(row)], owner=owner, rows=vectors)

    def _unindex(self, session: Session, viewer: Viewer, ids: Sequence[str]) -> None:
        collection = ensure_collection(session, viewer.workspace_id, STORIES_COLLECTION, self._embedder)
        remove(session, collection.id, ids)


def _batch(row: tables.ImportBatch) -> Batch:
    return Batch(row.id, row.name, row.format, tuple(row.outcomes), row.created_at, row.undone_at is not None)


def _windows(title: str, text: str) -> builtins.list[DraftWindow]:
    return [DraftWindow(each, "story", at) for at, each in enumerate(windows(text, head=title))]


def _draft(row: tables.Story) -> DraftDocument:
    passage = DraftPassage(name=row.id, text=row.text, windows=tuple(_windows(row.title, row.text)))
    return DraftDocument(
        external_id=row.id,
        source=f"stories/{row.id}",
        title=row.title,
        content_hash=content_hash(f"{row.title}\n{row.text}"),
        kind="story",
        passages=(passage,),
    )


def _row(viewer: Viewer, prepared: Prepared, keep_originals: bool, batch_id: str | None) -> tables.Story:
    row = tables.Story(
        workspace_id=viewer.workspace_id,
        owner_id=viewer.person_id,
        visibility=prepared.visibility,
        pair_id=_pair(viewer, prepared.visibility),
        redactions=dict(prepared.redactions),
        originals=dict(prepared.originals) if keep_originals and prepared.originals else None,
        batch_id=batch_id,
        version=1,
        linked=[],
    )
    _write(row, prepared.fields)
    return row


def _write(row: tables.Story, fields: Fields) -> None:
    row.title, row.text, row.happened_on = fields.title, fields.text, fields.happened_on
    row.grade = fields.grade
    row.detail = fields.model_dump(mode="json", exclude=set(_COLUMNS))


def _pair(viewer: Viewer, visibility: Visibility) -> str | None:
    if visibility != "pair":
        return None
    if not viewer.pair_ids:
        raise InputRefusedError(
            "You belong to no pair yet", kept="Nothing was changed", next_step="Choose “me” or “workspace”"
        )
    return viewer.pair_ids[0]


def _find(
    session: Session, viewer: Viewer, story_id: str, *, to_change: bool = False, removed_too: bool = False
) -> tables.Story:
    table = tables.Story
    conditions: builtins.list[ColumnElement[bool]] = [table.id == story_id, visible(table, viewer)]
    if not removed_too:
        conditions.append(table.removed_at.is_(None))
    wanted = select(table).where(*conditions)
    row = session.scalar(wanted.with_for_update() if to_change else wanted)
    if row is None:
        raise NotFoundError(
            f"There is no story {story_id[:60]}", next_step="“counterpart story list” names them"
        )
    if to_change and not may_change(row, viewer):
        raise _not_yours()
    return row


def _not_yours() -> InputRefusedError:
    return InputRefusedError(
        "This story belongs to somebody else", kept="Nothing was changed", next_step="Log one of your own"
    )


def _forget_links(session: Session, workspace_id: str, gone: set[str]) -> None:
    table = tables.Story
    for row in session.scalars(select(table).where(table.workspace_id == workspace_id)):
        if gone & set(row.linked):
            row.linked = [each for each in row.linked if each not in gone]


def _story(row: tables.Story) -> Story:
    fields = Fields.model_construct(
        **{**Fields.model_construct(text="").model_dump(), **_tupled(row.detail)},
    )
    fields = fields.model_copy(update={"title": row.title, "text": row.text, "happened_on": row.happened_on})
    return Story.model_construct(
        id=row.id,
        workspace_id=row.workspace_id,
        owner_id=row.owner_id,
        visibility=row.visibility,  # type: ignore[arg-type]  # written by `_row` and `change` alone
        pair_id=row.pair_id,
        fields=fields,
        grade=row.grade,  # type: ignore[arg-type]  # likewise
        version=row.version,
        redactions=dict(row.redactions),
        linked=tuple(row.linked),
        batch_id=row.batch_id,
        created_at=row.created_at,
        updated_at=row.updated_at,
        removed_at=row.removed_at,
    )


def _tupled(detail: Mapping[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in detail.items() if name in Fields.model_fields}
    return {name: tuple(value) if isinstance(value, list) else value for name, value in known.items()}
