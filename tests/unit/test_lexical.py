"""Full-text ranking, on both databases."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.content import add_collection, add_document

from knowledge.lexical import MAX_TERMS, lexical_query, terms
from knowledge.store.access import Viewer
from knowledge.store.engine import Store
from knowledge.store.tables import SYSTEM_PERSON, WORKSPACE, Person

VIEWER = Viewer(WORKSPACE, SYSTEM_PERSON)
TEXTS = [
    "The win rate of the Dallas team rose after three coached calls.",
    "Ramp time is counted in days until the first deal.",
    "A manager who coaches is worth ten workshops; the workshop was in Dallas.",
    "Zażółć gęślą jaźń, café, naïve.",
]


@pytest.fixture
def collection(store: Store) -> int:
    collection_id = add_collection(store)
    with store.write() as session:
        add_document(session, collection_id, "a", TEXTS)
    return collection_id


def ask(store: Store, collection_id: int, query: str, viewer: Viewer = VIEWER) -> list[tuple[int, float]]:
    with store.read() as session:
        return lexical_query(session, query, collection_ids=[collection_id], viewer=viewer, k=10)


def test_stop_words_and_repetitions_are_dropped() -> None:
    assert terms("What is the win rate, the WIN rate?") == ["win", "rate"]
    assert terms("who is it?") == ["who", "is", "it"]
    assert len(terms(" ".join(f"w{number}" for number in range(500)))) == MAX_TERMS


def test_endings_do_not_matter_and_more_shared_words_score_higher(store: Store, collection: int) -> None:
    found = ask(store, collection, "Which workshops did managers coach in Dallas?")
    with store.read():
        pass
    assert len(found) == 2
    assert found[0][1] > found[1][1]
    assert all(0 < score < 1 for _, score in found)


def test_a_question_of_stop_words_or_signs_alone_does_no_harm(store: Store, collection: int) -> None:
    for query in (
        "",
        "???",
        "is it",
        "_ - '",
        '"',
        "* OR NOT ( AND",
        "a:b & c | !d <-> e",
        "\x00",
        "'); DROP TABLE x",
    ):
        assert isinstance(ask(store, collection, query), list)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60))
def test_no_question_breaks_it(store: Store, collection: int, query: str) -> None:
    assert isinstance(ask(store, collection, query + " dallas"), list)


def test_what_is_private_is_found_by_its_owner_alone(store: Store, collection: int) -> None:
    with store.write() as session:
        session.add(Person(id="ann", workspace_id=WORKSPACE, name="Ann", role="coach"))
        session.flush()
        add_document(session, collection, "b", ["My zeppelin story."], owner_id="ann", visibility="me")
    assert ask(store, collection, "zeppelin") == []
    assert len(ask(store, collection, "zeppelin", Viewer(WORKSPACE, "ann"))) == 1
    assert ask(store, collection, "zeppelin", Viewer("elsewhere", "ann")) == []


def test_a_document_that_left_is_not_found(store: Store, collection: int) -> None:
    from support.content import remove_document

    assert ask(store, collection, "ramp")
    with store.write() as session:
        remove_document(session, collection, "a")
    assert ask(store, collection, "ramp") == []
