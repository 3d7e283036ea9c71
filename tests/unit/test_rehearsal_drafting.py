"""A meeting drafted from nothing or from a talk: it can be read at once, and says what was said."""

import pytest

from assistant.rehearsal.advisory import advice_on
from assistant.rehearsal.drafting import Spoken, as_yaml, blank, drafted, tree_of
from assistant.rehearsal.files import faults_in, read_scenario, shipped_scenarios
from assistant.rehearsal.scenario import CHAIRS, Seat

TALK = [
    Spoken("Ann", "How is it going?"),
    Spoken(
        "Bob Miller", "We lost twelve of thirty renewals in Leeds this spring. The board keeps asking me why."
    ),
    Spoken("Ann", 'We have a course: "winning back" # new'),
    Spoken("Bob Miller", "I am not sure that a course will do it, to be honest. I'm tired of courses."),
]


@pytest.mark.parametrize("seat", CHAIRS)
def test_an_empty_meeting_can_be_read_and_played(seat: Seat) -> None:
    scenario = read_scenario(as_yaml(blank(seat)), name=seat)
    assert scenario.seat == seat
    assert not [each for each in advice_on(scenario) if "sounds like speech" not in each]


def test_a_talk_becomes_a_meeting_with_the_others_words() -> None:
    tree = drafted(TALK, 2, me="Ann", seat="learning-executive", title="Catch-up 12.3.")
    scenario = read_scenario(as_yaml(tree), name="draft")
    assert scenario.counterpart.name == "Bob"
    assert scenario.openings == (TALK[1].text,)
    assert TALK[1].text in scenario.facts[0].full
    assert any("tired of courses" in cue for cue in scenario.concern.cues)
    assert not any("winning back" in line for line in scenario.spoken())


def test_a_talk_of_one_person_still_makes_a_draft() -> None:
    tree = drafted([Spoken("Ann", "Hello?")], 0, me="Ann", seat="sales-vp", title="???")
    assert faults_in(tree) == {}


def test_a_meeting_there_is_can_be_a_pattern_for_another() -> None:
    for each in shipped_scenarios():
        assert read_scenario(as_yaml(tree_of(each)), name=each.id) == each


def test_faults_are_told_by_field() -> None:
    tree = blank("learning-executive") | {"minutes": 500, "openings": []}
    tree["facts"][0]["full"] = ["x" * 500]
    assert set(faults_in(tree)) == {"minutes", "openings", "facts.0.full"}
