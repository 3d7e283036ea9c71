"""What a short message asks to be done with the answer before it."""

import pytest

from assistant.advice.answer import FollowUp
from assistant.advice.followup import read_follow_up
from prompts import phrase


@pytest.mark.parametrize(
    ("operation", "texts"),
    [
        (
            "shorter",
            ["shorter", "Make it shorter please", "too long", "tl;dr", "in one line", "ok, in short"],
        ),
        ("why", ["why", "Why?", "but why", "Why not?", "how come?"]),
        ("example", ["example", "give me an example", "got a story?", "for instance?"]),
        ("objection", ["he'd say no", "what if he says no", "she would laugh", "and if they refuse?"]),
        ("tried", ["I already did that", "we tried that", "sent it yesterday", "been there"]),
        ("say", ["what do I say then", "so what do I say to him then", "how do I put it?", "exact words?"]),
        ("message", ["write it as an e-mail", "as a message", "put that in a text"]),
        ("questions", ["what should I ask", "and what do we ask her?"]),
        ("next", ["what next", "then what?", "and now?", "what else?"]),
        ("related", ["and for a remote team?", "no, I mean the other one", "but he is new"]),
    ],
)
def test_a_short_message_is_an_operation_on_what_was_said(operation: FollowUp, texts: list[str]) -> None:
    assert {text: read_follow_up(text) for text in texts} == dict.fromkeys(texts, operation)


@pytest.mark.parametrize(
    "text",
    [
        "How do I start with a new VP?",
        "My CFO wants proof before any money is spent on reps",
        "Write the email to the regional manager about the ride-along in Leeds next Tuesday and copy HR",
        f"why {'x ' * 40}",
    ],
)
def test_a_message_that_stands_alone_is_a_new_question(text: str) -> None:
    assert read_follow_up(text) is None


@pytest.mark.parametrize(
    ("chip", "operation"),
    [
        (phrase("advice", "chip-say"), "say"),
        (phrase("advice", "chip-message"), "message"),
        (phrase("advice", "chip-why"), "why"),
        (phrase("advice", "chip-objection", objection="Just send me the deck"), "objection"),
    ],
)
def test_what_is_offered_below_an_answer_is_understood_when_it_is_taken(
    chip: str, operation: FollowUp
) -> None:
    assert read_follow_up(chip) == operation
