"""What a message says about the matter: only what was said, in words that fit into a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.advice.answer import Facts
from assistant.advice.facts import read_facts, read_minutes, read_pronoun, read_tried, read_unwanted
from knowledge.slots import Pronoun


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("the 12 new hires in Leeds ramp too slowly", "the 12 new hires in Leeds"),
        ("My Dallas team has a win rate of 19%", "the Dallas team"),
        ("Our inside sales pod is stuck", "the inside sales pod"),
        ("she ordered a negotiation course for 60 AEs", "the 60 AEs"),
        ("for a five-person partner sales team", "the five-person partner sales team"),
        ("our team in Ohio is new", "the team in Ohio"),
        ("I spoke with Bob. Dallas team is late", "the Dallas team"),
        ("My St. Louis team", "the St. Louis team"),
        ("goal: fewer discounts in the Munich branch", "the Munich branch"),
        ("my team in dallas is slow", "the team in Dallas"),
        ("ramp for AEs in phoenix takes nine months", "the AEs in Phoenix"),
        ("the memphis desk never calls back", "the Memphis desk"),
        ("the hunters in lagos go first", "the hunters in Lagos"),
        ("the renewals people in lyon lose eight in a hundred", "the renewals people in Lyon"),
        ("which number for the field guys in Alabama?", "the field guys in Alabama"),
        ("customer success, Dublin, expansion is flat", "the customer success team in Dublin"),
        ("SMB closers in Manila are ghosted", "the SMB closers in Manila"),
        ("a pilot for partner managers in Sao Paulo", "the partner managers in Sao Paulo"),
        ("the Ohio dealers quote and never call back", "the Ohio dealers"),
        ("Those brokers in Ghent said no", "the brokers in Ghent"),
    ],
)
def test_a_group_is_read_so_that_anybody_may_say_it(text: str, group: str) -> None:
    assert read_facts(text).group == group


@pytest.mark.parametrize(
    ("text", "baseline", "target"),
    [
        ("win rate from 19% to 24% by June", "19%", "24%"),
        ("ramp, from 7 months to 5, for the starters", "7 months", "5"),
        ("discounts are down the drain, currently 22% on average", "22%", None),
        ("Ramp for new AEs is 9 months. He wants 6.", "9 months", "6"),
        ("we have 9 reps", None, None),
    ],
)
def test_todays_value_and_the_wanted_one_are_read(
    text: str, baseline: str | None, target: str | None
) -> None:
    facts = read_facts(text)
    assert (facts.baseline, facts.target) == (baseline, target)


def test_what_is_seen_today_is_taken_in_the_users_own_words() -> None:
    facts = read_facts("Freight brokers, memphis desk, they quote and never call back.")
    assert facts.symptom == "they quote and never call back"
    assert read_facts("She wants a course by March").symptom is None


@pytest.mark.parametrize(
    "text",
    [
        "the whole sales team",
        "we train all 400 sellers at once",
        "my VP's team",
        "the learning team wants a course",
        "which team do i give her, my best or my worst",
        "one small team",
        "every rep",
        "the best team or the worst team",
        "Most reps ignore it",
        "I told him what people in Berlin think of us",
        "two managers in Leeds don't reinforce",
        "we have a lot at Stake here",
        "enterprise, Monday. what do I bring",
    ],
)
def test_everybody_and_nobody_in_particular_are_no_group(text: str) -> None:
    assert read_facts(text).group is None


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("our win rate is awful", "win rate"),
        ("new hires take nine months to ramp", "ramp time"),
        ("discounts are eating us", "discount rate"),
        ("churn is up", "renewal rate"),
        ("deals take for ever, the sales cycle doubled", "sales cycle"),
        ("nobody believes our forecast accuracy", "forecast accuracy"),
        ("only one in five gets a second meeting", "second-meeting rate"),
        ("we talk past each other", None),
    ],
)
def test_a_number_is_named_as_the_playbook_names_it(text: str, metric: str | None) -> None:
    assert read_facts(text).metric == metric


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("I need it by March", "by March"),
        ("it must be done before Friday", "before Friday"),
        ("by the end of next quarter please", "by the end of next quarter"),
        ("some day", None),
    ],
)
def test_a_date_keeps_its_preposition(text: str, date: str | None) -> None:
    assert read_facts(text).date == date


def test_a_deliverable_is_what_was_ordered() -> None:
    assert read_facts("ordered negotiation training for 60 AEs").deliverable == "the negotiation training"
    assert read_facts("he wants a two-day workshop").deliverable == "the two-day workshop"
    assert read_facts("My managers think training is vacation").deliverable is None
    assert read_facts("we talk past each other").deliverable is None


def test_nothing_said_is_nothing_known() -> None:
    assert read_facts("He only ever gives me thirty minutes").known() == {}


def test_what_was_said_later_overlays_what_was_said_before() -> None:
    before = Facts(group="the Dallas team", metric="win rate")
    assert before.updated(Facts(group="the Leeds team")).known() == {
        "group": "the Leeds team",
        "metric": "win rate",
    }


@given(st.text())
def test_whatever_is_written_a_fact_is_one_line_without_markup(text: str) -> None:
    for value in read_facts(f"my Dallas team {text} by March goal: {text}").known().values():
        assert "\n" not in value
        assert not set("[]<>*_`#|{}\\") & set(value)
        assert len(value) <= 90


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("we already tried a survey and a workshop", {"survey", "workshop"}),
        ("I sent him the deck already", {"slides"}),
        ("last year we did a ride along", {"ride-along"}),
        ("we had a pilot, it didn't work", {"pilot"}),
        ("should I do a survey?", set()),
        ("we have a survey planned", set()),
        ("I've never tried a survey", set()),
        ("we haven't tried a ride-along yet", set()),
    ],
)
def test_what_was_tried_is_told_from_what_might_be(text: str, tags: set[str]) -> None:
    assert set(read_tried(text)) == tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("no pilot please", {"pilot"}),
        ("don't suggest another workshop", {"workshop"}),
        ("without slides", {"slides"}),
        ("I'd like a pilot", set()),
    ],
)
def test_what_is_ruled_out_is_heard(text: str, tags: set[str]) -> None:
    assert set(read_unwanted(text)) == tags


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("He only ever gives me thirty minutes", 30),
        ("in 10 min", 10),
        ("half an hour on Tuesday", 30),
        ("a 45-minute slot", 45),
        ("I got an hour", 60),
        ("15' with her", 15),
        ("no time at all", None),
        ("a 5 minute drive", None),
        ("300 minutes", None),
    ],
)
def test_the_length_of_a_meeting_is_read_in_minutes(text: str, minutes: int | None) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize(
    ("texts", "pronoun"),
    [
        (["He rations time"], "he"),
        (["Her calendar is full"], "she"),
        (["The VP rations time"], None),
        (["she told me that he is late, she did"], "she"),
        (["what then?", "he rations time"], "he"),
    ],
)
def test_the_counterpart_is_called_as_the_user_does(texts: list[str], pronoun: Pronoun | None) -> None:
    assert read_pronoun(texts, "learning-executive") == pronoun


def test_a_coach_has_two_people_so_no_pronoun_is_read() -> None:
    assert read_pronoun(["he said her team is late"], "coach") is None
