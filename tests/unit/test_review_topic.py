"""Meetings about something else get no findings and are told so; talks between the two lose none."""

import json
from functools import partial
from pathlib import Path

import pytest

from assistant.moves import Utterance
from assistant.moves.corrections import Taught
from assistant.review.acts import Acts, ActsModel
from assistant.review.findings import Judge
from assistant.review.labelled import read_talks
from assistant.review.leaning import WEIGHTS as ROLES
from assistant.review.leaning import Leaning
from assistant.review.marks import LEARNING, VP
from assistant.review.review import Review, review
from assistant.review.roles import cast
from assistant.review.topic import ELSEWHERE, NEAR, OTHER, WEIGHTS, Topic, about_it, read_elsewhere
from assistant.review.transcript import Transcript, Turn
from assistant.review.verdicts import Verdicts
from assistant.textmodel import TextModel
from knowledge.embeddings import LocalEmbedder

MEETINGS = Path(__file__).parents[3] / "shared" / "data" / "meetings"
KITCHEN = (
    ("Ana", "The oven in the small kitchen trips the fuse whenever the mixer runs."),
    ("Rui", "I can ask the electrician to look at the cabling on Tuesday."),
    ("Ana", "Good. And the choir wants the hall for its rehearsal in December."),
    ("Rui", "They left the chairs in a heap last year, so somebody has to be there."),
    ("Ana", "We could move the card players to the library."),
    ("Rui", "The library is closed for the new floor until January."),
    ("Ana", "Then they play in the corridor, they've done that before."),
    ("Rui", "Fine, I'll write it on the board by the door."),
    ("Ana", "Is there anything else about the roof?"),
    ("Rui", "It's dry since they cleaned the gutters."),
)


class Known:
    """Reads every line as an order that is taken: what is held back would be found otherwise."""

    def read(self, utterances: list[Utterance]) -> list[tuple[object, ...]]:
        from assistant.moves import MoveScore

        return [
            (MoveScore("order" if at % 2 == 0 else "order_taking", 0.9),) for at in range(len(utterances))
        ]


@pytest.fixture(scope="module")
def topic() -> Topic:
    return Topic(TextModel.load(WEIGHTS), embed=LocalEmbedder().embed)


def made(topic: Topic | None, lines: tuple[tuple[str, str], ...], **roles: str) -> Review:
    turns = tuple(Turn(f"t{at}", who, text) for at, (who, text) in enumerate(lines, start=1))
    named = {who: roles.get(who) for who, _ in lines}
    return review(
        Transcript("x.txt", "text", turns),
        recogniser=Known(),
        cards={},
        roles=named,
        topic=topic,  # type: ignore[arg-type]  # a list will do
    )


def test_a_meeting_about_something_else_gets_no_finding_and_is_told_plainly(topic: Topic) -> None:
    assert made(None, KITCHEN).findings
    told = made(topic, KITCHEN)
    assert told.elsewhere and told.findings == ()
    assert "doesn’t look like a conversation between a VP of Sales and learning" in told.warnings[0]
    assert {check.result for check in told.scorecard} == {"not_seen"}
    assert told.as_contract()["elsewhere"] is True


def test_where_somebody_said_that_the_two_speak_nothing_is_held_back(topic: Topic) -> None:
    told = made(topic, KITCHEN, Ana="sales-vp", Rui="learning-executive")
    assert not told.elsewhere and told.findings


def test_no_talk_between_the_two_is_taken_for_another_though_nobody_says_who_is_who(topic: Topic) -> None:
    for talk in read_talks()[::3]:
        texts = [turn.text for turn in talk.transcript.turns]
        lines = tuple((turn.speaker, turn.text) for turn in talk.transcript.turns)
        assert not made(topic, lines).elsewhere, (talk.name, topic(texts))


@pytest.mark.skipif(not MEETINGS.exists(), reason="the shared meetings are not here")
def test_public_meetings_get_no_finding(topic: Topic) -> None:
    for path in sorted(MEETINGS.glob("*.json"))[::4]:
        spoken = json.loads(path.read_text(encoding="utf-8"))["meeting_transcripts"]
        assert topic([each["content"] for each in spoken]) < NEAR, path.name


def test_few_words_are_no_reason_to_hold_anything_back(topic: Topic) -> None:
    assert topic(["Yes.", "No."]) == NEAR


def test_the_weights_know_the_other_meetings_that_ship(topic: Topic) -> None:
    assert len(read_elsewhere(ELSEWHERE)) > 100
    assert OTHER in TextModel.load(WEIGHTS).classes


def test_a_long_talk_is_judged_by_lines_from_all_of_it(topic: Topic) -> None:
    long = [text for _, text in KITCHEN] * 90
    assert topic(long) < NEAR


@pytest.fixture(scope="module")
def judge() -> tuple[Taught, Judge]:
    from assistant.bootstrap import recogniser_of

    moves = Taught(recogniser_of(LocalEmbedder()), [])
    return moves, Judge(Acts(ActsModel.load(), moves=moves), Verdicts.load())


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        (
            "progress_unanswered",
            (
                "We said the Bergen eight would go from two second meetings in ten to four. Where is it?",
                "So all eight finished the discovery path, and the rating was 4.6.",
            ),
        ),
        (
            "progress_unanswered",
            (
                "It's week ten for the Porto desk. I'd like to know where we are with the discounts.",
                "Engagement's great, ninety per cent attended and the feedback was lovely.",
            ),
        ),
        (
            "project_answer_to_outcome",
            (
                "Attach is at eleven per cent in Ghent and I want it at twenty by summer.",
                "We've refreshed the catalogue, and the vendor has a very strong module on body language.",
            ),
        ),
        (
            "candour_met",
            (
                "Honestly, I don't see that any of it works in Leeds.",
                "You're right, I can't show you anything yet. What do you see there?",
            ),
        ),
    ],
)
def test_what_is_answered_and_what_is_not_is_seen(
    judge: tuple[Taught, Judge], kind: str, lines: tuple[str, ...]
) -> None:
    turns = tuple(Turn(f"t{at}", f"S{at % 2}", text) for at, text in enumerate(lines))
    talk = Transcript("x.txt", "text", turns)
    roles = {"S0": "sales-vp", "S1": "learning-executive"}
    found = review(talk, recogniser=judge[0], cards={}, roles=roles, judge=judge[1]).findings
    assert kind in {each.type for each in found}


@pytest.mark.parametrize(
    "lines",
    [
        ("Win rate in Leeds, from 18 to 24. Where is it?", "It went from 18 to 19 in six weeks, so hardly."),
        ("Where's the number for Porto?", "I don't have it. I should, and I don't."),
        ("I want second meetings from one in five to one in three.", "What would they do differently then?"),
        ("I want Leeds at twenty by summer.", "So Leeds at twenty, and the other desks can wait."),
    ],
)
def test_a_measure_a_question_or_the_plain_word_that_there_is_none_is_an_answer(
    judge: tuple[Taught, Judge], lines: tuple[str, ...]
) -> None:
    turns = tuple(Turn(f"t{at}", f"S{at % 2}", text) for at, text in enumerate(lines))
    talk = Transcript("x.txt", "text", turns)
    roles = {"S0": "sales-vp", "S1": "learning-executive"}
    found = review(talk, recogniser=judge[0], cards={}, roles=roles, judge=judge[1]).findings
    assert not {"progress_unanswered", "project_answer_to_outcome"} & {each.type for each in found}


def test_the_first_guess_is_who_is_who_in_five_of_six_talks_and_hardly_ever_the_wrong_way_round(
    topic: Topic,
) -> None:
    leaning = Leaning(TextModel.load(ROLES), embed=LocalEmbedder().embed)
    about = partial(about_it, near=topic)
    right = wrong = 0
    talks = read_talks()
    for talk in talks:
        said = {name: role for name, role in talk.roles.items() if role in (VP, LEARNING)}
        found = cast(talk.transcript, leaning=leaning, about=about).roles
        right += all(found[name] == role for name, role in said.items())
        wrong += any(found[name] not in (None, role) for name, role in said.items())
    assert right >= 5 / 6 * len(talks)
    assert wrong <= 1
