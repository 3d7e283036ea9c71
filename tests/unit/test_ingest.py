"""From files and cards to passages in the store: what is new, changed, gone, torn or somebody else's."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select
from support.cards import CARD, card

from knowledge.embeddings import Floats, LocalEmbedder
from knowledge.errors import EmbeddingError, EmbeddingMismatchError, InputRefusedError
from knowledge.ingest import IngestReport, ingest_cards, ingest_paths
from knowledge.progress import Progress
from knowledge.store import outbox, vectors
from knowledge.store.access import Viewer
from knowledge.store.engine import Store
from knowledge.store.tables import SYSTEM_PERSON, WORKSPACE, Collection, Document, Passage, Person, Window

VIEWER = Viewer(WORKSPACE, SYSTEM_PERSON)


class Counting(LocalEmbedder):
    """The local model, and how many texts it was given; may fail after some."""

    def __init__(self, fail_after: int | None = None) -> None:
        super().__init__()
        self.texts, self.fail_after = 0, fail_after

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        if self.fail_after is not None and self.texts >= self.fail_after:
            raise EmbeddingError("The service went away")
        self.texts += len(texts)
        return super().embed(texts, progress)


@pytest.fixture
def embedder() -> Counting:
    return Counting()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.md").write_text("# Wins\n\nThe Dallas team won twice.\n\n## Why\n\nTheir manager coached.\n")
    (docs / "b.txt").write_text("Ramp time fell by nine days.")
    return docs


def counts(report: IngestReport) -> dict[str, int]:
    """Added, updated, removed, unchanged."""
    return {name: getattr(report, name) for name in ("added", "updated", "removed", "unchanged")}


def texts(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(session.scalars(select(Passage.text)))


def test_documents_are_kept_with_passages_windows_vectors_and_notes_to_the_index(
    store: Store, embedder: Counting, folder: Path
) -> None:
    report = ingest_paths(store, embedder, [folder], viewer=VIEWER)
    assert (report.files, report.documents, report.passages) == (2, 2, 3)
    assert counts(report) == {"added": 2, "updated": 0, "removed": 0, "unchanged": 0}
    with store.read() as session:
        windows = list(session.scalars(select(Window)))
        collection = session.scalars(select(Collection)).one()
        assert len(vectors.load(session, [each.content_hash for each in windows], embedder.name)) == 3
        assert {each.window_id for each in outbox.pending(session, 10)} == {each.id for each in windows}
        assert (collection.name, collection.model, collection.dimensions) == ("documents", embedder.name, 384)


def test_a_second_run_embeds_nothing_and_changes_nothing(
    store: Store, embedder: Counting, folder: Path
) -> None:
    ingest_paths(store, embedder, [folder], viewer=VIEWER)
    embedded = embedder.texts
    report = ingest_paths(store, embedder, [folder], viewer=VIEWER)
    assert counts(report) == {"added": 0, "updated": 0, "removed": 0, "unchanged": 2}
    assert (report.documents, report.passages, embedder.texts) == (2, 3, embedded)
    with store.read() as session:
        assert session.scalars(select(Collection.version)).one() == 1


def test_a_changed_file_is_replaced_and_its_old_passages_leave(
    store: Store, embedder: Counting, folder: Path
) -> None:
    ingest_paths(store, embedder, [folder], viewer=VIEWER)
    (folder / "a.md").write_text("# Wins\n\nThe Boston team won.\n\n## Why\n\nTheir manager coached.\n")
    report = ingest_paths(store, embedder, [folder], viewer=VIEWER)
    assert counts(report) == {"added": 0, "updated": 1, "removed": 0, "unchanged": 1}
    assert texts(store) == ["Ramp time fell by nine days.", "The Boston team won.", "Their manager coached."]
    assert embedder.texts == 4
    with store.read() as session:
        operations = [row.operation for row in outbox.pending(session, 20)]
    assert operations.count("delete") == 2


def test_a_file_that_is_gone_leaves_but_only_from_under_what_was_given(
    store: Store, embedder: Counting, folder: Path
) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "c.md").write_text("Pipeline coverage is three.")
    ingest_paths(store, embedder, [folder], viewer=VIEWER)
    for path in (folder / "b.txt", folder / "sub" / "c.md"):
        path.unlink()
    report = ingest_paths(store, embedder, [folder / "sub"], viewer=VIEWER)
    assert counts(report) == {"added": 0, "updated": 0, "removed": 1, "unchanged": 0}
    assert "Ramp time fell by nine days." in texts(store)
    assert ingest_paths(store, embedder, [folder / "b.txt"], viewer=VIEWER).removed == 1


def test_a_path_that_never_was_is_refused(store: Store, embedder: Counting, folder: Path) -> None:
    with pytest.raises(InputRefusedError, match="does not exist"):
        ingest_paths(store, embedder, [folder, folder / "nowhere"], viewer=VIEWER)
    assert texts(store) == []


def test_a_bad_file_is_skipped_with_its_reason_and_what_it_held_before_stays(
    store: Store, embedder: Counting, folder: Path
) -> None:
    ingest_paths(store, embedder, [folder], viewer=VIEWER)
    (folder / "b.txt").write_bytes(b"\x00\x01")
    (folder / "c.pdf").write_bytes(b"torn")
    report = ingest_paths(store, embedder, [folder], viewer=VIEWER)
    assert [Path(each.path).name for each in report.skipped] == ["b.txt", "c.pdf"]
    assert counts(report) == {"added": 0, "updated": 0, "removed": 0, "unchanged": 1}
    assert "Ramp time fell by nine days." in texts(store)


def test_a_run_that_stops_half_way_keeps_whole_documents_and_the_next_one_goes_on(
    store: Store, folder: Path
) -> None:
    lines = [json.dumps({"_id": f"d{n}", "title": "", "text": f"Rep number {n} won."}) for n in range(600)]
    corpus = folder / "corpus.jsonl"
    corpus.write_text("\n".join(lines))
    with pytest.raises(EmbeddingError):
        ingest_paths(store, Counting(fail_after=256), [corpus], viewer=VIEWER)
    with store.read() as session:
        kept = session.scalar(select(func.count()).select_from(Document)) or 0
        assert 0 < kept < 600
        assert session.scalar(select(func.count()).select_from(Window)) == kept
    again = Counting()
    report = ingest_paths(store, again, [corpus], viewer=VIEWER)
    assert (report.unchanged, report.added) == (kept, 600 - kept)
    assert again.texts == 600 - kept


def test_a_corpus_keeps_its_ids_and_says_which_lines_are_none(
    store: Store, embedder: Counting, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus.jsonl"
    entry = {"_id": "d1", "title": "", "text": "One team first."}
    corpus.write_text("\n".join([json.dumps(entry), json.dumps(entry), "no entry"]))
    report = ingest_paths(store, embedder, [corpus], viewer=VIEWER, collection="mt")
    assert (report.documents, report.added, report.collection) == (1, 1, "mt")
    assert [each.reason.split(" ")[:3] for each in report.skipped] == [
        ["The", "id", "d1"],
        ["Line", "3", "is"],
    ]


def test_making_documents_private_changes_them_though_their_text_is_the_same(
    store: Store, embedder: Counting, folder: Path
) -> None:
    ingest_paths(store, embedder, [folder], viewer=VIEWER)
    report = ingest_paths(store, embedder, [folder], viewer=VIEWER, visibility="me")
    assert report.updated == 2
    with store.read() as session:
        assert set(session.scalars(select(Passage.visibility))) == {"me"}


def test_somebody_elses_document_is_left_as_it_is(store: Store, embedder: Counting, folder: Path) -> None:
    with store.write() as session:
        session.add(Person(id="ann", workspace_id=WORKSPACE, name="Ann", role="coach"))
    ingest_paths(store, embedder, [folder], viewer=VIEWER, visibility="me")
    report = ingest_paths(store, embedder, [folder], viewer=Viewer(WORKSPACE, "ann"))
    assert (report.documents, len(report.skipped)) == (0, 2)
    assert "belongs to somebody else" in report.skipped[0].reason
    (folder / "a.md").unlink()
    assert ingest_paths(store, embedder, [folder], viewer=Viewer(WORKSPACE, "ann")).removed == 0


def test_a_collection_built_with_another_model_is_refused(
    store: Store, embedder: Counting, folder: Path
) -> None:
    ingest_paths(store, embedder, [folder], viewer=VIEWER)
    with store.write() as session:
        session.scalars(select(Collection)).one().model = "word2vec@1"
    with pytest.raises(EmbeddingMismatchError, match="counterpart reindex"):
        ingest_paths(store, embedder, [folder], viewer=VIEWER)


def test_a_card_is_kept_section_by_section_and_found_by_its_situations(
    store: Store, embedder: Counting
) -> None:
    report = ingest_cards(store, embedder, [card()])
    assert (report.documents, report.passages, report.added) == (1, 8, 1)
    with store.read() as session:
        document = session.scalars(select(Document)).one()
        passages = {each.name: each for each in session.scalars(select(Passage))}
        situations = session.scalars(select(Window.text).where(Window.kind == "situation")).all()
    assert (document.external_id, document.kind, document.owner_id, document.visibility) == (
        "one-team",
        "card",
        SYSTEM_PERSON,
        "workspace",
    )
    assert passages["one-team#do"].text == "Pick one team, not the field."
    assert passages["one-team#do"].detail["principles"] == ["sv-1"]
    assert passages["one-team#if-they-say"].text == "“Why not all?” Because one can be watched."
    assert passages["one-team#situations"].detail["citable"] is False
    assert sorted(situations) == [
        "Should we train everybody?",
        "everybody at once",
        "my board wants all of it",
        "where do we begin",
    ]


def test_a_changed_card_is_replaced_and_a_missing_one_leaves(store: Store, embedder: Counting) -> None:
    ingest_cards(store, embedder, [card()])
    changed = ingest_cards(store, embedder, [card(CARD.replace("Take Dallas.", "Take Boston."))])
    assert counts(changed) == {"added": 0, "updated": 1, "removed": 0, "unchanged": 0}
    assert "Take Boston." in texts(store)
    assert ingest_cards(store, embedder, []).removed == 1
    assert texts(store) == []
