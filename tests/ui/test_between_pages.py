"""What waits, the page before a meeting, the mirror and a pasted reply, as two people and their coach use them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest
from ui_helpers import click, run, shown

from assistant.bootstrap import House
from assistant.pair.item import Item
from assistant.pair.records import PairRecord
from assistant.records import Person
from knowledge.store.access import Viewer

Page = Callable[..., AppTest]
TODAY = datetime.now(UTC).astimezone().date()


@pytest.fixture
def ours(house: House) -> tuple[Person, Viewer, PairRecord]:
    """A pair of their own, so that what other tests tell is not in it."""
    lena, marco = (
        house.people.add("Lena Holt", "learning-executive"),
        house.people.add("Marco Rossi", "sales-vp"),
    )
    coach = house.people.add("Cleo", "coach")
    made = house.people.add_pair(lena.id, marco.id, coach.id)
    viewer = house.people.current(lena.id)
    return lena, viewer, house.pairs.pair(viewer, made.id)


def item(kind: str, words: str, **more: object) -> Item:
    return Item.model_validate({"kind": kind, "words": words, "on": TODAY - timedelta(days=5), **more})


def test_a_newcomer_sees_the_question_alone(page: Page, ours: tuple[Person, Viewer, PairRecord]) -> None:
    tab = page(**{"as": ours[0].id})
    assert [each.value for each in tab.title] == ["What is on your mind?"]
    assert "What waits" not in shown(tab)


def test_a_promise_is_settled_with_one_tap_which_can_be_taken_back(
    page: Page, house: House, ours: tuple[Person, Viewer, PairRecord]
) -> None:
    lena, viewer, pair = ours
    due = TODAY - timedelta(days=1)
    (kept,) = house.pairs.add(
        viewer, pair.id, [item("promise", "send the <b>list</b>", who="sales-vp", due=due)]
    )
    tab = page(**{"as": lena.id})
    assert (
        tab.title[0].value == "What waits, Lena" and "was due" in shown(tab) and "<b>list" not in shown(tab)
    )
    tab = click(tab, f"home-didnt-{kept.id}")
    assert house.pairs.item(viewer, kept.id).item.state == "didnt" and "You could say" in shown(tab)
    click(tab, "home-undo")
    assert house.pairs.item(viewer, kept.id).item.state == "open"


def test_a_pasted_reply_is_kept_as_it_is_ticked(
    page: Page, house: House, ours: tuple[Person, Viewer, PairRecord]
) -> None:
    lena, viewer, pair = ours
    house.pairs.add(viewer, pair.id, [item("outcome", "better conversations")])
    tab = page(**{"as": lena.id})
    tab.text_area(key="home-reply").set_value(
        "Yes. Win rate to 25%, the East team, some day. I tell Priya on Monday."
    )
    tab = click(run(tab), "home-reply-read")
    asked = tab.text_area(key="home-reply-ask").value
    assert "nothing was guessed" in shown(tab) and "which day" in asked.lower()
    tab.checkbox(key="home-reply-item-0").uncheck()
    click(run(tab), "home-reply-keep")
    kinds = [each.item.kind for each in house.pairs.items(viewer, pair.id)]
    assert sorted(kinds) == ["group", "outcome", "promise"]


def test_the_mirror_and_the_page_before_a_meeting_follow_what_was_told(
    page: Page, house: House, ours: tuple[Person, Viewer, PairRecord]
) -> None:
    lena, _, _ = ours
    tab = page(**{"as": lena.id})
    tab.switch_page("views/mirror.py")
    run(tab).text_area(key="mirror-mine").set_value(
        "Win rate in the East team to 25% by 30 June; I listen to calls."
    )
    tab = click(run(tab), "mirror-keep")
    assert "one sentence from each of us" in tab.text_area(key="mirror-request").value
    tab.text_area(key="mirror-other").set_value("30% in the West team by 30 June, learning must train them")
    tab = click(run(tab), "mirror-paste")
    assert "The team: Lena says" in shown(tab) and "Ask:" in shown(tab)
    tab.switch_page("views/prepare.py")
    assert "they differ" in shown(run(tab)) and "26–30" in shown(tab)


def test_a_coach_sees_what_was_shared_and_gives_a_question(
    page: Page, house: House, ours: tuple[Person, Viewer, PairRecord]
) -> None:
    _, viewer, pair = ours
    house.pairs.add(viewer, pair.id, [item("promise", "send the list", who="sales-vp")], visibility="pair")
    house.pairs.add(viewer, pair.id, [item("felt", "tired of all this")])
    assert pair.coach
    tab = page(**{"as": pair.coach.id})
    assert tab.title[0].value == "Your pairs" and "send the list" in shown(tab) and "tired" not in shown(tab)
    click(tab, f"watched-question-{pair.id}-0")
    assert any("A question for the two" in each.item.words for each in house.pairs.items(viewer, pair.id))
