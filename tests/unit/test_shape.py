"""The shape of answer that a question asks for."""

import pytest

from assistant.advice.answer import Shape
from assistant.advice.shape import Setting, read_setting, read_shape, split_questions


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("He only ever gives me thirty minutes, how should I use them?", "plan"),
        ("plan my half hour", "plan"),
        ("Got 12 minutes with the VP tomorrow. how do i split them", "plan"),
        ("3 months. nothing. say it now or wait for the QBR", "either-or"),
        ("5 questions to put to learning before I hand anything over", "questions"),
        ("Give me five questions for a front-line manager", "questions"),
        ("what wd you ask four branch managers", "questions"),
        ("could you put together the recap mail to both after today?", "message"),
        ("How wd you word the comment?", "words"),
        ("How do I bring that up without shaming her?", "words"),
        ("need a script to tell her it isn't working", "words"),
        ("he'll say 'my guys know how to sell'", "objection"),
        ("What would you measure with eight sellers?", "metric"),
        ("They say things like 'I got pulled into a case' and I laugh too.", "advice"),
        ("send the impact deck or go over his head??", "either-or"),
        ("which team do i give her, my best or my worst", "either-or"),
        ("meeting in 10 min. what do i say", "words"),
        ("seeing my vp in 10 min first time whats my opening line", "words"),
        ("Can you just write the email asking for a ride along, not needy", "message"),
        ("Draft a Slack message to the VP", "message"),
        ("what should I ask her?", "questions"),
        ("any questions i could ask the reps?", "questions"),
        ("why does he never answer?", "why"),
        ("sketch a pilot for the Dallas team", "pilot"),
        ("which metric should we watch?", "metric"),
        ("got a story about ramp?", "story"),
        ("Do you have a story about slow ramp of new hires?", "story"),
        ("what if he says no?", "objection"),
        ("He says training is a waste", "objection"),
        ("Should I bring slides?", "yes-no"),
        ("Is a 19% win rate bad for SMB SaaS?", "yes-no"),
        ("how do I get more time?", "advice"),
        ("My VP never answers my mails.", "advice"),
    ],
)
def test_people_get_what_they_ask_for(text: str, shape: Shape) -> None:
    assert read_shape(text) == shape


def test_the_last_request_of_a_message_wins() -> None:
    assert read_shape("Should I go? Or not. Never mind, just write me the email.") == "message"
    assert read_shape("I sent the email. What do I say when he calls?") == "words"


@pytest.mark.parametrize("text", ["", "   ", "!!!", "👍👍", "…", "\n\n?"])
def test_a_message_without_words_asks_for_plain_advice(text: str) -> None:
    assert read_shape(text) == "advice"


@pytest.mark.parametrize(
    ("text", "shape", "minutes", "setting"),
    [
        ("write it", "message", 30, "email"),
        ("I'll meet her at the coffee machine", "words", None, "hallway"),
        ("in 10 min", "words", 10, "ten-minutes"),
        ("a half hour", "plan", 30, "thirty-minutes"),
        ("some day", "advice", None, None),
    ],
)
def test_the_setting_decides_how_long_a_line_may_be(
    text: str, shape: Shape, minutes: int | None, setting: Setting | None
) -> None:
    assert read_setting(text, shape=shape, minutes=minutes) == setting


def test_the_questions_of_a_message_are_kept_apart() -> None:
    assert split_questions("We meet on Monday. Do I bring slides? And whom do I ask first? Why?") == [
        "Do I bring slides?",
        "And whom do I ask first?",
    ]
