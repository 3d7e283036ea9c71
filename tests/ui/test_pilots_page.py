"""The Pilots page, as somebody uses it; the whole walk is in the browser tests."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest
from ui_helpers import ask, click, run, shown

from assistant.bootstrap import House
from assistant.pilots.decide import decide
from assistant.pilots.edit import edited
from assistant.pilots.model import Pilot
from assistant.pilots.state import stage
from ui.components.pilots.acts import today

Page = Callable[..., AppTest]
WHAT = "What would a small pilot look like to lift second meetings from 22% to 35% with the East team by end of June?"


@pytest.fixture
def pilot_id(house: House) -> str:
    pilot = edited(
        Pilot(title="More **second** meetings"),
        {
            "outcome.metric": "second-meeting-rate",
            "outcome.kind": "proportion",
            "outcome.unit": "percent",
            "outcome.baseline": 22.0,
            "behaviours": [{"text": "be confident"}, {"text": "be strategic"}],
            "start": today(),
        },
    )
    return house.pilots.create(house.viewer, pilot).id


def open_at(page: Page, pilot_id: str, part: str) -> AppTest:
    tab = page(pilot=pilot_id, part=part)
    tab.switch_page("views/pilots.py")
    return run(tab)


def test_a_field_that_cannot_be_read_says_so_beside_it_and_keeps_what_was_typed(
    page: Page, house: House, pilot_id: str
) -> None:
    tab = open_at(page, pilot_id, "Scope")
    tab.text_input(key="pilot-field-outcome.target").set_value("1.200")
    run(tab)
    assert "could be 1,200 or 1.2" in shown(tab)
    assert tab.text_input(key="pilot-field-outcome.target").value == "1.200"
    tab.text_input(key="pilot-field-outcome.target").set_value("35")
    run(tab)
    assert house.pilots.get(house.viewer, pilot_id).pilot.outcome.target == 35.0
    assert tab.text_input(key="pilot-field-outcome.target").value == "35%"


def test_every_fix_is_taken_with_one_click_and_taken_back_with_another(
    page: Page, house: House, pilot_id: str
) -> None:
    tab = open_at(page, pilot_id, "Scope")
    before = house.pilots.get(house.viewer, pilot_id).pilot
    click(tab, "pilot-fix-all")
    assert house.pilots.get(house.viewer, pilot_id).pilot.tasks
    click(tab, "pilot-take-back")
    assert house.pilots.get(house.viewer, pilot_id).pilot == before


def test_two_who_change_the_same_field_are_told_and_nothing_is_overwritten(
    page: Page, house: House, pilot_id: str
) -> None:
    tab = open_at(page, pilot_id, "Scope")
    house.pilots.update(house.viewer, pilot_id, lambda p: edited(p, {"manager": "Ines"}), about="m")
    tab.text_input(key="pilot-field-manager").set_value("Luis")
    run(tab)
    assert house.pilots.get(house.viewer, pilot_id).pilot.manager == "Ines"
    assert "Meanwhile" in shown(tab)
    assert tab.text_input(key="pilot-field-manager").value == "Luis"


def test_an_unclear_check_in_keeps_every_word_and_a_clear_one_empties_the_form(
    page: Page, house: House, pilot_id: str
) -> None:
    tab = open_at(page, pilot_id, "Check-ins")
    tab.text_input(key="pilot-in-numbers").set_value("20%")
    tab.text_area(key="pilot-in-story").set_value("She asked for a date.")
    click(tab, "pilot-in-send")
    assert "says no count" in shown(tab)
    assert tab.text_area(key="pilot-in-story").value == "She asked for a date."
    tab.text_input(key="pilot-in-numbers").set_value("12 of 60")
    click(tab, "pilot-in-send")
    (made,) = house.pilots.get(house.viewer, pilot_id).pilot.check_ins
    assert (made.numbers[0].successes, made.story) == (12, "She asked for a date.")
    assert tab.text_input(key="pilot-in-numbers").value == ""


def test_the_coachs_pilot_becomes_one_with_what_was_said(page: Page, house: House) -> None:
    tab = page()
    ask(tab, WHAT)
    for _ in range(20):
        if any((each.key or "").startswith("make-pilot-") for each in tab.button):
            break
        run(tab)
    next(each for each in tab.button if (each.key or "").startswith("make-pilot-")).click()
    run(tab)
    record = house.pilots.list(house.viewer)[0]
    assert (record.pilot.outcome.target, record.pilot.group.name) == (35.0, "East team")
    assert record.pilot.said[0].words == WHAT and record.pilot.behaviours == ()


def test_what_a_stopped_pilot_learnt_is_kept_as_a_story_once(house: House, pilot_id: str) -> None:
    record = house.pilots.update(
        house.viewer,
        pilot_id,
        lambda p: decide(p, "stop", on=today(), learnt=("The leads were too small",)),
        about="d",
    )
    kept = house.keep_learnt(house.viewer, record)
    assert kept.pilot.decision is not None
    (story,) = kept.pilot.decision.stories
    assert "The leads were too small" in house.stories.get(house.viewer, story).fields.text
    assert house.keep_learnt(house.viewer, kept) == kept
    assert stage(kept.pilot, today=today()) == "decided"


def test_a_pasted_reply_answers_the_questions_that_were_sent(page: Page, house: House, pilot_id: str) -> None:
    tab = open_at(page, pilot_id, "Brief")
    click(tab, "pilot-request-sent")
    asked = house.pilots.get(house.viewer, pilot_id).pilot.asked
    assert asked[:3] == ("group", "target", "by")
    tab.text_area(key=f"pilot-answer-{asked[0]}").set_value(
        "The West team"
    )  # answered meanwhile: the numbers stay
    click(tab, "pilot-answer-send")
    tab.text_area(key="pilot-reply-text").set_value("2. 30%\n3) end of June\nBest, Dana")
    click(tab, "pilot-reply-send")
    kept = house.pilots.get(house.viewer, pilot_id).pilot
    assert (kept.group.name, kept.outcome.target, kept.asked) == ("West team", 30.0, ())
    assert kept.outcome.by is not None and "Read: Target: 30%" in shown(tab)
