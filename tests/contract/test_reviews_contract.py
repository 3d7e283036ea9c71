"""Reviewed conversations in the store, on either database: their owner's alone, and gone with all drawn from them."""

import numpy as np
import pytest
from sqlalchemy import func, select

from assistant.errors import InputRefusedError, NotFoundError
from assistant.moves.corrections import Example
from assistant.moves.utterance import NAMED
from assistant.review.transcript import UNKNOWN, Transcript, Turn
from assistant.storage.people import People
from assistant.storage.reviews import Reviews
from knowledge.store import tables
from knowledge.store.access import Viewer
from knowledge.store.engine import Store

TALK = Transcript(
    "meeting.vtt",
    "vtt",
    (Turn("t1", "Dana", "I need a course.\x00", 0.0, 2.5), Turn("t2", "Ines", "What for?", 3.0, None)),
    ("A remark",),
    {"Dana": "VP Sales"},
)


def example(text: str = "I need a course.") -> Example:
    vector = np.ones(384, dtype=np.float32) / np.sqrt(384)
    return Example("Dana", text, frozenset({"order"}), vector, np.full(len(NAMED), 0.25, dtype=np.float32))


def both(store: Store) -> tuple[Viewer, Viewer]:
    people = People(store)
    return people.current(None), people.current(people.add("Another", "coach").id)


def test_a_conversation_comes_back_as_it_was_with_who_is_who(store: Store) -> None:
    owner, _ = both(store)
    reviews = Reviews(store)
    kept = reviews.add(owner, TALK, {"Dana": "sales-vp", "Ines": None})
    assert (kept.title, kept.cast, kept.transcript.turns[0].text) == ("meeting", False, "I need a course.")
    assert kept.transcript.turns[1] == TALK.turns[1]
    done = reviews.cast(owner, kept.id, {"Dana": "sales-vp", "Ines": "learning-executive", "Gone": "coach"})
    assert done.cast and done.version == 2
    assert dict(done.roles) == {"Dana": "sales-vp", "Ines": "learning-executive"}
    assert reviews.rename(owner, kept.id, " Leeds,  March ").title == "Leeds, March"
    with pytest.raises(InputRefusedError):
        reviews.rename(owner, kept.id, " ")


def test_lines_without_a_name_are_given_to_speakers_by_hand(store: Store) -> None:
    owner, _ = both(store)
    reviews = Reviews(store)
    turns = (Turn("t1", UNKNOWN, "Hello."), Turn("t2", UNKNOWN, "Hello to you."))
    kept = reviews.add(owner, Transcript("x.vtt", "vtt", turns), {UNKNOWN: None})
    done = reviews.cast(owner, kept.id, {"A": "sales-vp", "B": None}, {"t1": "A", "t2": "B"})
    assert done.transcript.speakers == ("A", "B")


def test_a_correction_is_kept_replaced_taken_back_and_taught(store: Store) -> None:
    owner, other = both(store)
    reviews = Reviews(store)
    kept = reviews.add(owner, TALK, {})
    reviews.correct(owner, kept.id, "t1", example())
    reviews.correct(owner, kept.id, "t1", example("Again"))
    (taught,) = reviews.examples(owner)
    assert taught.text == "Again" and taught.moves == {"order"}
    assert np.allclose(taught.vector, example().vector) and taught.probabilities[0] == pytest.approx(0.25)
    assert reviews.corrected(owner, kept.id) == {"t1": frozenset({"order"})}
    assert reviews.examples(other) == []
    reviews.correct(owner, kept.id, "t1", None)
    assert reviews.examples(owner) == []


def test_a_comment_is_seen_by_its_owner_and_by_the_one_person_it_is_shared_with(store: Store) -> None:
    owner, other = both(store)
    reviews = Reviews(store)
    kept = reviews.add(owner, TALK, {})
    comment = reviews.comment(owner, kept.id, "t2", "Well asked")
    assert (comment.quote, reviews.shared(other)) == ("What for?", [])
    reviews.settle(owner, comment.id, shared_with=other.person_id)
    assert [each.text for each in reviews.shared(other)] == ["Well asked"]
    with pytest.raises(NotFoundError):
        reviews.settle(other, comment.id, resolved=True)
    with pytest.raises(NotFoundError):
        reviews.get(other, kept.id)
    assert reviews.settle(owner, comment.id, resolved=True).shared_with == other.person_id
    assert reviews.shared(other) == []
    with pytest.raises(InputRefusedError):
        reviews.comment(owner, kept.id, "t9", "No such line")


def test_erasing_a_conversation_leaves_nothing_that_was_drawn_from_it(store: Store) -> None:
    owner, other = both(store)
    reviews = Reviews(store)
    kept = reviews.add(owner, TALK, {})
    reviews.correct(owner, kept.id, "t1", example())
    reviews.comment(owner, kept.id, "t1", "Hm")
    reviews.judge(owner, kept.id, "Named the outcome", "yes")
    reviews.judge(owner, kept.id, "Named the outcome", "no")
    assert dict(reviews.judgements(owner, kept.id)) == {"Named the outcome": "no"}
    for refused in (reviews.get, reviews.erase, reviews.comments, reviews.judgements):
        with pytest.raises(NotFoundError):
            refused(other, kept.id)
    reviews.erase(owner, kept.id)
    assert reviews.list(owner) == []
    with store.read() as session:
        for table in (tables.ReviewCorrection, tables.ReviewComment, tables.ReviewJudgement):
            assert session.scalar(select(func.count()).select_from(table)) == 0
