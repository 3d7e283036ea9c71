"""What is promised of words that were typed and not sent, on either database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from assistant.storage.people import People
from assistant.storage.unsent import UnsentWords
from knowledge.store.access import Viewer
from knowledge.store.engine import Store


@pytest.fixture
def unsent(store: Store) -> UnsentWords:
    return UnsentWords(store)


@pytest.fixture
def viewer(store: Store) -> Viewer:
    return People(store).current(None)


def test_the_words_typed_last_are_kept_until_they_are_sent(unsent: UnsentWords, viewer: Viewer) -> None:
    unsent.keep(viewer, "card", "Ask for", showing="a", step=1)
    unsent.keep(viewer, "card", "Ask for one team", showing="a", step=2)
    assert unsent.of(viewer, "card") == "Ask for one team"
    assert unsent.fields(viewer) == {"card"}
    unsent.drop(viewer, "card", showing="a")
    assert unsent.of(viewer, "card") is None
    assert unsent.fields(viewer) == frozenset()


def test_what_arrives_late_changes_nothing(unsent: UnsentWords, viewer: Viewer) -> None:
    assert unsent.keep(viewer, "card", "Ask for one team", showing="a", step=2)
    assert not unsent.keep(viewer, "card", "Ask for", showing="a", step=1)
    assert unsent.of(viewer, "card") == "Ask for one team"
    unsent.drop(viewer, "card", showing="a")
    assert not unsent.keep(viewer, "card", "Ask for one team first", showing="a", step=3)
    assert unsent.of(viewer, "card") is None


def test_words_that_a_page_left_behind_come_back_unless_newer_ones_were_typed_or_sent_since(
    unsent: UnsentWords, viewer: Viewer
) -> None:
    minute = timedelta(minutes=1)
    assert unsent.keep(viewer, "card", "Ask", showing="a", step=1, age=minute)
    assert unsent.keep(viewer, "card", "Ask for one team", showing="a", step=9, age=minute)
    unsent.keep(viewer, "card", "Newer", showing="b")
    assert not unsent.keep(viewer, "card", "Ask for one team", showing="a", step=9, age=minute)
    unsent.drop(viewer, "card", showing="b")
    assert not unsent.keep(viewer, "card", "Ask for one team", showing="a", step=9, age=minute)
    assert unsent.of(viewer, "card") is None


def test_a_field_that_is_shown_again_keeps_new_words(unsent: UnsentWords, viewer: Viewer) -> None:
    unsent.drop(viewer, "card", showing="a")
    unsent.keep(viewer, "card", "Another try", showing="b", step=1)
    assert unsent.of(viewer, "card") == "Another try"


def test_nobody_sees_what_somebody_else_types(unsent: UnsentWords, viewer: Viewer, store: Store) -> None:
    other = People(store).current(People(store).pairs(viewer)[0].sales_vp_id)
    unsent.keep(viewer, "card", "Mine", showing="a")
    unsent.keep(other, "card", "Theirs", showing="a")
    assert unsent.of(viewer, "card") == "Mine"
    unsent.drop(other, "card", showing="a")
    assert (unsent.of(viewer, "card"), unsent.of(other, "card")) == ("Mine", None)


def test_a_cleared_field_and_characters_no_database_takes_are_kept(
    unsent: UnsentWords, viewer: Viewer
) -> None:
    unsent.keep(viewer, "cleared", "", showing="a")
    unsent.keep(viewer, "odd", "one\x00 \ud83d team", showing="a")
    assert unsent.of(viewer, "cleared") == ""
    assert unsent.of(viewer, "odd") == "one ? team"


def test_many_steps_at_once_leave_the_last_one(unsent: UnsentWords, viewer: Viewer) -> None:
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda n: unsent.keep(viewer, "card", f"{n}", showing="a", step=n), range(1, 25)))
    assert unsent.of(viewer, "card") == "24"
