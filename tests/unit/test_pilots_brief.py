"""The brief: one question at a time, in people's own words."""

from datetime import date

import pytest

from assistant.errors import InputRefusedError
from assistant.pilots.brief import Interview
from assistant.pilots.edit import edited
from assistant.pilots.fill import from_conversation, from_pattern
from assistant.pilots.measures import Measures
from assistant.pilots.model import Pilot
from assistant.pilots.reply import parse_reply, request, short_form
from assistant.pilots.sentences import read_sentence
from knowledge.cards import Card, shipped_cards

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def cards() -> dict[str, Card]:
    return {card.id: card for card in shipped_cards()}


@pytest.fixture(scope="module")
def measures(cards: dict[str, Card]) -> Measures:
    return Measures(cards.values())


@pytest.fixture
def vp(measures: Measures) -> Interview:
    return Interview(measures, TODAY, "sales-vp", "Dana")


@pytest.fixture
def learning(measures: Measures) -> Interview:
    return Interview(measures, TODAY, "learning-executive", "Kim")


WISH = Pilot(title="Ramp new hires faster", sponsor="Dana Reyes")


def test_a_vague_wish_gets_one_sharper_question_and_then_is_taken(vp: Interview) -> None:
    first = vp.answer(WISH, "outcome", "ramp new hires faster")
    assert first.sharper == "Ramp time of whom, from what, to what, by when?"
    following = vp.next(first.pilot)
    assert following is not None and vp.text(first.pilot, following) == first.sharper
    second = vp.answer(first.pilot, "outcome", "from 6 to 4 months for the March class, by end of June 2027")
    outcome = second.pilot.outcome
    assert second.sharper is None and outcome.metric == "ramp-time"
    assert (outcome.baseline, outcome.target) == pytest.approx((182.4, 121.6))
    assert (outcome.by, second.pilot.group.name) == (date(2027, 6, 30), "March class")
    still_vague = vp.answer(first.pilot, "outcome", "just faster")
    assert still_vague.sharper is None and still_vague.pilot.outcome.metric == "ramp-time"
    assert [each.words for each in still_vague.pilot.said] == ["ramp new hires faster", "just faster"]


def test_what_learning_does_waits_until_the_outcome_and_the_group_are_named(vp: Interview) -> None:
    step = vp.answer(Pilot(title="x"), "outcome", "a negotiation course for the team")
    assert step.sharper is not None and "sellers do or win" in step.sharper
    assert step.pilot.outcome.metric is None and step.pilot.activities[0].what.startswith(
        "a negotiation course"
    )
    assert "activities" not in [each.id for each in vp.open(Pilot(title="x"))]
    assert vp.open(Pilot(title="x"))[0].id == "outcome"


def test_unknown_is_an_answer_and_a_missing_baseline_a_task_with_owner_and_date(vp: Interview) -> None:
    pilot = vp.answer(WISH, "outcome", "win rate to 25% for the East team by end of June").pilot
    step = vp.answer(pilot, "baseline", "don't know")
    (task,) = step.pilot.tasks
    assert step.pilot.unknown == ("outcome.baseline",) and task.owner and task.due and task.due > TODAY
    assert "baseline" not in [each.id for each in vp.open(step.pilot)]
    later = vp.answer(step.pilot, "baseline", "about 18% last year")
    assert (later.pilot.outcome.baseline, later.pilot.unknown) == (18.0, ())


def test_behaviours_are_asked_in_the_vps_words_and_stay_blank_until_they_were_asked(
    learning: Interview,
) -> None:
    question = next(each for each in learning.open(WISH) if each.id == "behaviours")
    assert "What did Dana Reyes say" in learning.text(WISH, question)
    step = learning.answer(WISH, "behaviours", "not asked yet")
    assert step.pilot.behaviours == () and step.pilot.tasks


@pytest.mark.parametrize(
    ("question", "vague", "plain"),
    [
        ("group", "all reps", "the East team, 8 people, because Luis wants it"),
        ("behaviours", "be more confident", "asks for the date before the call ends; writes it down"),
        ("reinforcement", "support them", "I ask for one call in Monday's meeting every week"),
        ("no-progress", "nothing moves", "no second meeting more by 31 May"),
        ("why-now", "urgent", "the board asks in March"),
        ("by", "soon", "end of June"),
    ],
)
def test_a_vague_answer_is_kept_in_its_words_and_asked_again_once(
    question: str, vague: str, plain: str, vp: Interview
) -> None:
    first = vp.answer(WISH, question, vague)
    assert first.sharper and first.pilot.said[-1].words == vague
    second = vp.answer(first.pilot, question, plain)
    assert second.sharper is None and question not in [each.id for each in vp.open(second.pilot)]


def test_a_number_with_two_readings_is_asked_and_nothing_is_lost(vp: Interview) -> None:
    pilot = vp.answer(WISH, "outcome", "average deal size to $15k by June").pilot
    step = vp.answer(pilot, "baseline", "1.200")
    assert step.sharper is not None and "could be 1,200 or 1.2" in step.sharper and step.pilot == pilot
    for name, words in (("nothing", "x"), ("baseline", "  ")):
        with pytest.raises(InputRefusedError):
            vp.answer(pilot, name, words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("win rate 18 to 25% for the East team by end of Q2",
         {"outcome.metric": "win-rate", "outcome.baseline": 18.0, "outcome.target": 25.0, "outcome.by": date(2027, 6, 30),
          "group.name": "East team"}),
        ("pipeline coverage at 2.1, get to 3 with the Nordic pod by March",
         {"outcome.metric": "pipeline-coverage", "outcome.baseline": 2.1, "outcome.target": 3.0,
          "outcome.by": date(2027, 3, 31), "group.name": "Nordic pod"}),
        ("raise win rate to 25%", {"outcome.metric": "win-rate", "outcome.target": 25.0}),
        ("we met from 2019 to 2021", {}),
        ("train everyone in negotiation", {}),
    ],
)  # fmt: skip
def test_a_sentence_says_what_it_says_and_no_more(
    text: str, expected: dict[str, object], measures: Measures
) -> None:
    found = read_sentence(text, measures=measures, today=TODAY).changes
    plain = {
        name: value
        for name, value in found.items()
        if name not in {"outcome.kind", "outcome.unit", "outcome.direction"}
    }
    assert plain == expected


def test_a_reply_from_a_phone_is_parsed_by_number_and_quotes_and_signatures_are_left_out(
    learning: Interview,
) -> None:
    asked, message = request(WISH, learning)
    assert message.startswith("Dana, ") and "5. " in message
    text = "Hi Kim,\n1) second meetings, 22 to 35% by June\n"
    text += "2. East team, 8 people\n\nDana\nSent from my iPhone\n> 1. What isn't"
    reply = parse_reply(asked, text, learning)
    assert [each.question.id for each in reply.taken] == ["outcome", "group"] and reply.left == ()
    assert (reply.pilot.outcome.target, reply.pilot.group.size, reply.pilot.group.name) == (
        35.0,
        8,
        "East team",
    )


@pytest.mark.parametrize(
    ("text", "questions", "left"),
    [
        (
            "Outcome: win rate 18% to 25%\nTeam: West\nBy: Q2\nWeather: fine",
            ["outcome", "group", "by"],
            ("Weather: fine",),
        ),
        ("win rate from 18% to 25%\nEast team\nend of June", ["outcome", "group", "by"], ()),
        ("I'd like the East team to get win rate from 18 to 25% by June", ["outcome"], ()),
        ("let's talk on Tuesday", [], ("let's talk on Tuesday",)),
        ("", [], ()),
    ],
)
def test_a_reply_is_also_read_by_label_by_line_and_as_a_sentence(
    text: str, questions: list[str], left: tuple[str, ...], learning: Interview
) -> None:
    reply = parse_reply(Pilot(title="x"), text, learning)
    assert ([each.question.id for each in reply.taken], reply.left) == (questions, left)


def test_three_lines_are_enough_to_start(vp: Interview) -> None:
    pilot = short_form(
        WISH, outcome="ramp new hires faster", group="the March class", by="end of June", interview=vp
    )
    assert (pilot.outcome.metric, pilot.group.name, pilot.outcome.by) == (
        "ramp-time",
        "March class",
        date(2027, 6, 30),
    )


def test_a_pattern_fills_what_is_empty_says_who_said_it_and_leaves_behaviours_blank(
    cards: dict[str, Card], measures: Measures
) -> None:
    dated = edited(
        WISH, {"start": date(2027, 1, 4), "outcome.by": date(2027, 6, 30), "rules.stop": "as agreed"}
    )
    filled = from_pattern(dated, cards["pilot-new-hire-cohort"], measures=measures, today=TODAY)
    assert (filled.outcome.metric, filled.rules.stop, filled.behaviours) == ("ramp-time", "as agreed", ())
    assert len(filled.checkpoints) > 4 and all(
        each.by == "Playbook: The next class of new hires" for each in filled.said
    )


def test_a_conversation_gives_only_what_was_said_in_it(measures: Measures) -> None:
    made = from_conversation(
        ["he wants win rate up from 18% to 25% by end of June", "it's about the East team"],
        by="Kim", measures=measures, today=TODAY,
    )  # fmt: skip
    assert (made.outcome.baseline, made.outcome.target, made.group.name) == (18.0, 25.0, "East team")
    assert [each.by for each in made.said] == ["Kim", "Kim"] and made.manager is None
