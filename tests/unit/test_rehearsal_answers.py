"""The line answers what was said: what a meeting has a reply to, the learner's own words, and orders that earn nothing."""

import pytest

from assistant.moves import Recogniser
from assistant.rehearsal.files import Scenarios, shipped_scenarios
from assistant.rehearsal.mirror import matter, question, turned
from assistant.rehearsal.room import Room
from knowledge.embeddings import LocalEmbedder


@pytest.fixture(scope="module")
def room() -> Room:
    embedder = LocalEmbedder()
    return Room(Scenarios(), recogniser=Recogniser.shipped(embedder), embed=embedder.embed)


@pytest.mark.parametrize(
    ("scenario", "line", "answered"),
    [
        ("budget-cut", "And how did that list come about, if I may ask?", "percentage"),
        ("first-thirty-warm-vague", "So how has the year been for you up to now?", "handbrake"),
        ("train-everyone-by-march", "I love the mugs. What made you pick this method?", "card"),
        ("number-moved-was-it-us", "I'm a bit nervous about what we're celebrating.", "Nervous"),
    ],
)
def test_what_a_meeting_has_a_reply_to_gets_that_reply(
    room: Room, scenario: str, line: str, answered: str
) -> None:
    done = room.enter(scenario, seed=4).say(line)
    assert done.pieces[0].kind == "aside"
    assert answered in done.reply


def test_a_question_that_nothing_answers_is_owned_as_that_question(room: Room) -> None:
    done = room.enter("train-everyone-by-march", seed=4).say("Would your trombone teacher approve of you?")
    assert done.reply.startswith("Would my trombone teacher approve of me?")


def test_a_day_that_is_proposed_is_answered_with_that_day(room: Room) -> None:
    assert (
        "Thursday"
        in room.enter("only-the-quarter", seed=4).say("Thursday at ten, would that suit you?").reply
    )


@pytest.mark.parametrize("seed", [3, 6])
def test_an_order_that_shares_his_words_takes_nothing_up(room: Room, seed: int) -> None:
    done = room.enter("frustrated-deliverer", seed=seed).say(
        "Build me a seventh course by the end of the month."
    )
    earned = {each.rule.id for each in done.moved if each.trust > 0 or each.patience > 0}
    assert not earned & {"listened", "answered", "eased", "played-back"}


def test_an_order_in_answer_to_his_question_does_not_answer_it(room: Room) -> None:
    session = room.enter("frustrated-deliverer", seed=6)
    session.say("Please, you first.")
    assert session.state.pending
    done = session.say("Build me a seventh course by the end of the month.")
    assert not {each.rule.id for each in done.moved if each.trust > 0} & {"listened", "answered", "eased"}


def test_his_first_answer_comes_before_any_reproach_for_being_passed_over(room: Room) -> None:
    for scenario in shipped_scenarios():
        session = room.enter(scenario.id, seed=9)
        done = session.say("What did you have for breakfast?")
        assert done.pieces[0].about not in {"unheard", "unheard_asking", "ducked"}, scenario.id


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Well, I've never met one of our customers.", "You've never met one of our customers"),
        ("It's no reprimand. I'm worried and I was away, Hamish.", "You're worried and you were away"),
        ("I don't want you to leave, Leticia.", "You don't want me to leave"),
        ("The weather is fine.", None),
        ("I'd like to hear a call.", None),
    ],
)
def test_what_somebody_said_of_himself_is_turned_round(said: str, found: str | None) -> None:
    assert turned(said) == (found.replace("our", "your") if found else None)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Do they tell you why they don't come back?", "Do they tell me why they don't come back"),
        ("And what would you have wanted?", "What would I have wanted"),
        ("Are you angry with me?", "Am I angry with you"),
        ("That's the answer, isn't it?", None),
        ("Tell me about it.", None),
    ],
)
def test_a_question_is_said_over_from_the_other_side(said: str, found: str | None) -> None:
    assert question(said) == found


def test_what_a_question_is_about_is_named_as_he_would_name_it() -> None:
    assert matter("What do your brokers do?") == "my brokers"
    assert matter("How do you like it?") is None
