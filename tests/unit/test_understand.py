"""Reading a question in the light of its conversation, and putting a reading right."""

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.advice.answer import Answer, Corrections, Facts, FollowUp, Trace, Understood
from assistant.advice.learned import Learned
from assistant.advice.understand import Reading, correct, says_something_new, understand
from knowledge.cards import Role
from knowledge.embeddings import LocalEmbedder

LEARNING: Role = "learning-executive"
THIRTY = "He only gives me thirty minutes for the Dallas team, how should I use them?"


@pytest.fixture(scope="module")
def embedder() -> LocalEmbedder:
    return LocalEmbedder()


@pytest.fixture(scope="module")
def learned() -> Learned:
    kept = Learned.load()
    assert kept is not None
    return kept


@pytest.fixture(scope="module")
def read(embedder: LocalEmbedder, learned: Learned) -> "Reader":
    return Reader(embedder, learned)


class Reader:
    """Reads turns one after the other, each answered by the same card."""

    def __init__(self, embedder: LocalEmbedder, learned: Learned) -> None:
        self._embedder, self._learned = embedder, learned

    def reading(self, question: str, history: Sequence[Answer] = (), role: Role = LEARNING) -> Reading:
        return understand(
            question,
            role=role,
            history=history,
            embed=self._embedder.embed_one,
            learned=self._learned,
        )

    def __call__(self, *turns: str, role: Role = LEARNING) -> Understood:
        history: list[Answer] = []
        for turn in turns:
            understood = self.reading(turn, history, role).understood
            history.append(answered(understood))
        return history[-1].understood


def answered(understood: Understood) -> Answer:
    return Answer(
        question=understood.question,
        role=understood.role,
        path="exact",
        abstained=False,
        answer="",
        understood=understood,
        trace=Trace(spine="thirty-minutes"),
    )


def test_a_question_is_read_as_a_whole(read: Reader) -> None:
    understood = read(THIRTY)
    assert understood.shape == "plan"
    assert understood.scope == "in"
    assert understood.minutes == 30
    assert understood.setting == "thirty-minutes"
    assert understood.pronoun == "he"
    assert understood.facts == Facts(group="the Dallas team")
    assert understood.follow_up is None
    assert understood.language == "en"
    assert understood.standalone == THIRTY


def test_what_was_said_before_is_still_known(read: Reader) -> None:
    understood = read(THIRTY, "we already tried a survey", "no slides please", "what do I say then")
    assert understood.facts.group == "the Dallas team"
    assert understood.pronoun == "he"
    assert understood.minutes == 30
    assert "survey" in understood.tried
    assert "slides" in understood.unwanted
    assert THIRTY in understood.standalone


def test_a_later_fact_replaces_an_earlier_one(read: Reader) -> None:
    assert read(THIRTY, "no, I mean the Leeds team").facts.group == "the Leeds team"


def test_a_first_message_is_never_a_follow_up(read: Reader) -> None:
    assert read("why?").follow_up is None


def test_a_pronoun_that_changes_is_kept_and_noted(read: Reader) -> None:
    understood = read(THIRTY, "and what if she wants everybody trained?")
    assert (understood.pronoun, understood.pronoun_note) == ("he", "he/she")
    assert read(THIRTY, "would he agree?").pronoun_note is None
    assert read("How do I start?", "and if she is late?").pronoun == "she"


@pytest.mark.parametrize(
    ("question", "feeling"),
    [
        ("he laughed at me in front of everyone", "humiliated"),
        ("I'm afraid I'll lose my job over this quarter", "afraid"),
        ("I'm so fed up with my VP, what do I do", "angry"),
        ("I'm tired of being ignored by my VP, what now", "tired"),
        ("How do I ask for one team?", None),
        ("Can I use a story about a rep by name in front of the VP?", None),
        ("She told me off in front of my managers", "humiliated"),
        ("How do I publicly thank the managers?", None),
    ],
)
def test_the_stake_is_noticed_where_it_is_said(read: Reader, question: str, feeling: str | None) -> None:
    assert read(question).feeling == feeling


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What if the real issue is the comp plan, not skills", "comp"),
        ("is it legal to record the reps' calls for training", "legal"),
        ("my manager keeps bullying the learning lead", "bullying"),
        ("I can't sleep before every meeting with my VP", "health"),
        ("How do I ask my VP for one team?", None),
    ],
)
def test_what_belongs_to_somebody_else_is_noticed(read: Reader, question: str, kind: str | None) -> None:
    assert read(question).hand_off == kind


def test_several_questions_are_told_apart(read: Reader) -> None:
    understood = read("Do I bring slides on Monday? And which team do I ask for first?")
    assert understood.further_questions == ("Do I bring slides on Monday?",)


@pytest.mark.parametrize(
    ("text", "follow_up", "new"),
    [
        ("he'd say no", "objection", False),
        ("and what if she wants everybody trained by summer?", "objection", True),
        ("shorter", "shorter", False),
        ("why?", "why", False),
    ],
)
def test_a_follow_up_with_a_matter_of_its_own_is_told_from_one_without(
    text: str, follow_up: FollowUp, new: bool
) -> None:
    assert says_something_new(text, follow_up) is new


def test_a_follow_up_is_searched_with_what_came_before(read: Reader, embedder: LocalEmbedder) -> None:
    before = answered(read(THIRTY))
    reading = read.reading("why?", [before])
    assert np.linalg.norm(reading.vector) == pytest.approx(1, abs=1e-5)
    assert reading.vector @ embedder.embed_one(THIRTY) > 0.7
    fresh = read.reading("Which metric shows early that new hires ramp faster?", [before])
    assert fresh.vector @ embedder.embed_one(fresh.understood.question) > 0.95


def test_what_the_user_puts_right_is_taken_over(read: Reader) -> None:
    reading = correct(
        read.reading(THIRTY), Corrections(shape="words", pronoun="she", minutes=10, group="the Leeds team")
    )
    understood = reading.understood
    assert (understood.shape, understood.pronoun, understood.minutes) == ("words", "she", 10)
    assert understood.setting == "ten-minutes"
    assert understood.facts.group == "the Leeds team"
    assert understood.corrected
    assert understood.question == THIRTY


def test_a_fact_can_be_taken_away_and_markup_cannot_be_put_in(read: Reader) -> None:
    without = correct(read.reading(THIRTY), Corrections(group=""))
    assert without.understood.facts.group is None
    marked = correct(read.reading(THIRTY), Corrections(group="the [1] <b>Leeds</b> {group|x}\nteam"))
    assert marked.understood.facts.group == "the 1 b Leeds /b group x team"


def test_a_message_that_is_put_right_is_in_reach(read: Reader) -> None:
    refused = read.reading("how long do I boil an egg")
    assert refused.understood.scope == "out"
    assert correct(refused, Corrections(shape="advice")).understood.scope == "in"


@pytest.mark.parametrize("text", ["", "?", "🙂", "x" * 8_000, "[[[]]]", "\n\n\n", "1 2 3"])
def test_nothing_that_is_written_stops_the_reading(read: Reader, text: str) -> None:
    understood = read(text)
    assert 0 <= understood.scope_confidence <= 1
    assert understood.question == text
