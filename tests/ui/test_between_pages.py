"""What waits, the page before a meeting, the mirror and a pasted reply, as two people and their coach use them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import escape

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
    made = house.people.add_pair(lena.id, marco.id)
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


@pytest.fixture
def coach(house: House, ours: tuple[Person, Viewer, PairRecord]) -> Viewer:
    """A coach of their own, whom nobody has asked in yet."""
    return house.people.current(house.people.add(f"Cleo {ours[2].id}", "coach").id)


def opened(page: Page, person_id: str, view: str) -> AppTest:
    tab = page(**{"as": person_id})
    tab.switch_page(f"views/{view}.py")
    return run(tab)


def test_a_coach_is_asked_in_shown_more_and_less_and_sent_away_on_the_page_of_the_two(
    page: Page, house: House, ours: tuple[Person, Viewer, PairRecord], coach: Viewer
) -> None:
    lena, viewer, pair = ours
    (secret,) = house.pairs.add(viewer, pair.id, [item("felt", "tired of all this")])
    house.pairs.add(viewer, pair.id, [item("promise", "send the list", who="sales-vp")], visibility="pair")
    name = house.coach_called(coach.person_id).name
    tab = opened(page, lena.id, "pair")
    tab.text_input(key="coach-name").set_value(name)
    tab = click(run(tab), "coach-ask")
    (invite,) = house.coaching.invites(viewer, pair.id)
    assert invite.shown_by(lena.id) == ("promises", "mirror", "outcome") and f"{name} see it" in shown(tab)
    tab = click(tab, f"lend-{invite.id}-{secret.id}")
    assert f"only you and {name} see it" in shown(tab)
    assert sorted(house.watched(coach)[0].lines)[0] == "How it felt: tired of all this"
    tab.pills(key=f"coach-shows-{invite.id}").set_value(["pilots"])
    run(tab)
    assert [each.words for each in house.watched(coach)[0].open] == []
    click(tab, f"coach-end-{invite.id}")
    assert house.watched(coach) == []


def test_a_coach_whom_nobody_asked_in_finds_no_pair(
    page: Page, house: House, ours: tuple[Person, Viewer, PairRecord], coach: Viewer
) -> None:
    house.pairs.add(
        ours[1], ours[2].id, [item("promise", "send the list", who="sales-vp")], visibility="pair"
    )
    tab = page(**{"as": coach.person_id})
    assert "Nobody has asked you in yet" in shown(tab) and "send the list" not in shown(tab)


def test_a_coach_begins_a_pair_of_two_names_of_their_own(page: Page, house: House, coach: Viewer) -> None:
    tab = opened(page, coach.person_id, "pair")
    tab.text_input(key="pair-begin-learning").set_value("Ines")
    tab.text_input(key="pair-begin-text").set_value("Omar")
    tab = click(tab, "pair-begin-send")
    assert 'class="cp-trouble"' not in shown(tab)
    assert [each.name for each in house.pairs.pair(coach).people] == ["Ines", "Omar"]


def test_what_a_coach_gives_from_a_line_opens_where_it_is_done_and_goes_once_it_is(
    page: Page, house: House, ours: tuple[Person, Viewer, PairRecord], coach: Viewer
) -> None:
    lena, viewer, pair = ours
    house.pairs.add(viewer, pair.id, [item("promise", "send the list", who="sales-vp")], visibility="pair")
    house.ask_in(viewer, pair, coach.person_id, shares=["promises"])
    tab = page(**{"as": coach.person_id})
    assert tab.title[0].value == "Your pairs" and "send the list" in shown(tab)
    place = f"{pair.id}-0"
    tab.text_area(key=f"watched-words-{place}").set_value("What made the list hard?")
    tab = click(run(tab), f"watched-question-{place}")
    meeting = next(each for each in house.room.scenarios.all() if each.seat == "learning-executive")
    tab.selectbox(key=f"watched-meeting-{place}-learning-executive").set_value(meeting.id)
    tab = click(run(tab), f"watched-rehearsal-{place}")
    assert "What you gave them" in shown(tab)
    question, rehearsal = house.coaching.tasks(viewer)

    tab = page(**{"as": lena.id})
    assert "asks: What made the list hard?" in shown(tab) and escape(meeting.title) in shown(tab)
    tab = click(tab, f"task-open-{rehearsal.id}")
    assert [each.value for each in tab.title] == [meeting.title]
    record = house.rehearsals.create(viewer, scenario=meeting.id, level="normal", seed=1)
    house.rehearsals.save(
        viewer, record.id, lines=["Hello"], replies=["Hm."], outcome="no_agreement", detail={}
    )
    assert [each.id for each in house.tasks(viewer)] == [question.id]
    tab = click(page(**{"as": lena.id}), f"task-open-{question.id}")
    assert house.tasks(viewer) == []
    asked = house.conversations.list(viewer)[0]
    assert house.conversations.messages(viewer, asked.id)[0].text == "What made the list hard?"


def test_the_manager_in_between_is_named_written_to_and_heard(
    page: Page, house: House, ours: tuple[Person, Viewer, PairRecord]
) -> None:
    lena, viewer, pair = ours
    tab = opened(page, lena.id, "pair")
    tab.text_input(key="manager-name").set_value("Priya <b>Shah</b>")
    tab = click(run(tab), "manager-name-keep")
    assert "you should hear it from us first" in shown(tab) and "<b>Shah" not in shown(tab)
    tab.text_area(key="manager-said-pair").set_value("Fine, but not at quarter end.")
    tab = click(run(tab), "manager-said-keep-pair")
    assert "“Fine, but not at quarter end.”" in shown(tab) and "two minutes: one call" in shown(tab)
    found = house.in_between(house.between(viewer, pair.id))
    assert found and [each.item.words for each in found.views] == ["Fine, but not at quarter end."]
