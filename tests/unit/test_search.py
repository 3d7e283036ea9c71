"""Search end to end: real text, the real model, a real index, and the exact scan beside it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.cards import card

from knowledge.embeddings import LocalEmbedder
from knowledge.errors import EmbeddingMismatchError
from knowledge.index import VectorIndex, open_index
from knowledge.ingest import ingest_cards, ingest_paths
from knowledge.search import Search, fused
from knowledge.store.access import Viewer
from knowledge.store.engine import Store
from knowledge.store.tables import SYSTEM_PERSON, WORKSPACE, Person

VIEWER = Viewer(WORKSPACE, SYSTEM_PERSON)
ANN = Viewer(WORKSPACE, "ann")
STORIES = {
    "discount": "Reps gave away eleven percent on average because nobody rehearsed the price talk.",
    "ramp": "New reps needed nine months until the first deal, and four after managers rode along.",
    "forecast": "The forecast was wrong by a third in two quarters; stages meant something else to everyone.",
    "dallas": "In Dallas one manager listened to two calls a week and the win rate rose.",
    "kitchen": "The canteen serves soup on Thursdays.",
}


@pytest.fixture(scope="module")
def embedder() -> LocalEmbedder:
    return LocalEmbedder()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    lines = [json.dumps({"_id": name, "title": "", "text": text}) for name, text in STORIES.items()]
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def index(
    sqlite_store: Store, embedder: LocalEmbedder, data_dir: Path, corpus: Path
) -> Iterator[VectorIndex]:
    """Over five stories and one card."""
    ingest_paths(sqlite_store, embedder, [corpus], viewer=VIEWER)
    ingest_cards(sqlite_store, embedder, [card()])
    opened = open_index(sqlite_store, data_dir=data_dir, model=embedder.name, dimensions=embedder.dimensions)
    opened.sync()
    yield opened
    opened.close()


@pytest.fixture
def away(sqlite_store: Store, embedder: LocalEmbedder, data_dir: Path) -> Iterator[VectorIndex]:
    """An index whose server is down."""
    url = "http://127.0.0.1:9"
    opened = open_index(
        sqlite_store, data_dir=data_dir, url=url, model=embedder.name, dimensions=embedder.dimensions
    )
    yield opened
    opened.close()


def test_the_fitting_passage_comes_first_by_either_path(
    sqlite_store: Store, embedder: LocalEmbedder, index: VectorIndex, away: VectorIndex
) -> None:
    question = "How long until a new seller closes something?"
    for source, path in ((index, "chroma"), (away, "exact")):
        found = Search(sqlite_store, embedder, source).search(
            question, viewer=VIEWER, collections=["documents"], k=3
        )
        assert found.path == path
        assert found.hits[0].document_id == "ramp"
        assert len(found.hits) == 3
        assert set(found.timings_ms) == {"embed", "retrieve", "total"}
        best = found.hits[0]
        assert best.text == STORIES["ramp"]
        assert best.score == pytest.approx(fused(best.dense, best.lexical))
        assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)


def test_both_paths_rank_alike(
    sqlite_store: Store, embedder: LocalEmbedder, index: VectorIndex, away: VectorIndex
) -> None:
    with_index, without = Search(sqlite_store, embedder, index), Search(sqlite_store, embedder, away)
    for question in ("price talk", "soup", "win rate in Dallas", "everybody at once"):
        one, other = (
            each.search(question, viewer=VIEWER, collections=["documents", "playbook"], k=10).hits
            for each in (with_index, without)
        )
        assert [hit.passage_id for hit in one] == [hit.passage_id for hit in other]
        assert [hit.score for hit in one] == pytest.approx([hit.score for hit in other], abs=1e-4)


def test_situations_find_a_card_but_are_never_cited(
    sqlite_store: Store, embedder: LocalEmbedder, index: VectorIndex
) -> None:
    search = Search(sqlite_store, embedder, index)
    windows, path = search.search_windows(
        "my board wants all of it", viewer=VIEWER, collection="playbook", k=5
    )
    assert path == "chroma"
    assert (windows[0].kind, windows[0].card_id, windows[0].text) == (
        "situation",
        "one-team",
        "my board wants all of it",
    )
    found = search.search("my board wants all of it", viewer=VIEWER, collections=["playbook"], k=20)
    assert "one-team#situations" not in {hit.passage_id for hit in found.hits}
    assert len(found.hits) == 7


def test_cards_for_another_role_are_left_out_and_documents_are_not(
    sqlite_store: Store, embedder: LocalEmbedder, index: VectorIndex
) -> None:
    search = Search(sqlite_store, embedder, index)
    names = ["playbook", "documents", "no-such-collection"]
    vp = search.search("one team", viewer=VIEWER, collections=names, k=20, role="sales-vp").hits
    learning = search.search(
        "one team", viewer=VIEWER, collections=names, k=20, role="learning-executive"
    ).hits
    assert {hit.kind for hit in vp} == {"card", "entry"}
    assert {hit.kind for hit in learning} == {"entry"}
    assert len(learning) == 5


def test_private_documents_are_found_by_their_owner_alone_however_many_lie_in_front(
    sqlite_store: Store, embedder: LocalEmbedder, index: VectorIndex, tmp_path: Path
) -> None:
    with sqlite_store.write() as session:
        session.add(Person(id="ann", workspace_id=WORKSPACE, name="Ann", role="coach"))
    private = tmp_path / "private.jsonl"
    lines = [
        json.dumps({"_id": f"p{n}", "text": f"Soup of the canteen, recipe number {n}."}) for n in range(450)
    ]
    private.write_text("\n".join(lines))
    ingest_paths(sqlite_store, embedder, [private], viewer=ANN, visibility="me")
    index.sync()
    search = Search(sqlite_store, embedder, index)
    theirs = search.search("soup in the canteen", viewer=VIEWER, collections=["documents"], k=5)
    assert theirs.hits[0].document_id == "kitchen"
    assert {hit.document_id for hit in theirs.hits} == set(STORIES)
    own = search.search("soup in the canteen", viewer=ANN, collections=["documents"], k=5)
    assert any(hit.document_id.startswith("p") for hit in own.hits)


def test_what_was_indexed_a_moment_ago_is_found_though_the_index_was_not_told(
    sqlite_store: Store, embedder: LocalEmbedder, index: VectorIndex, tmp_path: Path
) -> None:
    (tmp_path / "new.md").write_text("The onboarding wiki moved to a lighthouse.")
    search = Search(sqlite_store, embedder, index)
    search.search("lighthouse", viewer=VIEWER, collections=["documents"], k=1)
    ingest_paths(sqlite_store, embedder, [tmp_path / "new.md"], viewer=VIEWER)
    (hit,) = search.search("where is the wiki", viewer=VIEWER, collections=["documents"], k=1).hits
    assert hit.text == "The onboarding wiki moved to a lighthouse."


def test_documents_come_once_each_with_the_score_of_their_best_passage(
    sqlite_store: Store, embedder: LocalEmbedder, index: VectorIndex, tmp_path: Path
) -> None:
    (tmp_path / "long.md").write_text(
        "# One\n\nSoup.\n\n# Two\n\nSoup on Thursdays.\n\n# Three\n\nSoup again.\n"
    )
    ingest_paths(sqlite_store, embedder, [tmp_path / "long.md"], viewer=VIEWER)
    ranked, _ = Search(sqlite_store, embedder, index).documents(
        "soup on Thursdays", viewer=VIEWER, collections=["documents"], k=4
    )
    assert len(ranked) == len(dict(ranked)) == 4
    assert {name for name, _ in ranked[:2]} == {"kitchen", str(tmp_path / "long.md")}
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)


def test_an_empty_collection_and_none_at_all_give_nothing(
    sqlite_store: Store, embedder: LocalEmbedder
) -> None:
    search = Search(sqlite_store, embedder, away)
    assert search.search("anything", viewer=VIEWER, collections=["documents"]).hits == []
    assert search.search("anything", viewer=VIEWER, collections=[]).hits == []
    assert search.collections(VIEWER) == []


def test_a_collection_of_another_model_is_refused(
    sqlite_store: Store, embedder: LocalEmbedder, index: VectorIndex
) -> None:
    class Other(LocalEmbedder):
        name = "other@1"

    with pytest.raises(EmbeddingMismatchError, match="counterpart reindex"):
        Search(sqlite_store, Other(), index).search("soup", viewer=VIEWER, collections=["documents"])


def test_langchain_gets_passages_with_their_sources(
    sqlite_store: Store, embedder: LocalEmbedder, index: VectorIndex
) -> None:
    from knowledge.retriever import AsLangChain, CounterpartRetriever

    retriever = CounterpartRetriever(search=Search(sqlite_store, embedder, index), viewer=VIEWER, k=2)
    documents = retriever.invoke("Should we train everybody?")
    assert len(documents) == 2
    assert documents[0].metadata["kind"] == "card"
    assert documents[0].metadata["passage_id"].startswith("one-team#")
    assert documents[0].metadata["principles"] == ["sv-1"]
    adapter = AsLangChain(embedder)
    assert adapter.embed_documents(["soup"])[0] == pytest.approx(adapter.embed_query("soup"), abs=1e-5)
