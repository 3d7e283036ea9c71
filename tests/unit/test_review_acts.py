"""The models behind a review's findings: what they learnt from, that they ship as learnt, and that praise wins."""

from pathlib import Path

import numpy as np
import pytest

from assistant.bootstrap import recogniser_of
from assistant.evals.review import HELD_OUT
from assistant.moves import Utterance
from assistant.moves.corrections import Example, Taught
from assistant.review.acts import ACTS, Acts, ActsModel
from assistant.review.findings import TYPES, Judge
from assistant.review.labelled import EXAMPLES, read_talks
from assistant.review.marks import MOVE_OF
from assistant.review.review import review
from assistant.review.training import EXCHANGES, digest, exchanges, lesson
from assistant.review.verdicts import Verdicts
from knowledge.cards import shipped_cards
from knowledge.embeddings import LocalEmbedder

CARDS = {card.id: card for card in shipped_cards()}
INSTEAD_OF = {
    "no_outcome_named": "outcome_named",
    "no_group_named": "small_start",
    "no_story": "story_told",
    "solution_before_outcome": "approach_first",
}


@pytest.fixture(scope="module")
def moves() -> Taught:
    return Taught(recogniser_of(LocalEmbedder()), [])


@pytest.fixture(scope="module")
def judge(moves: Taught) -> Judge:
    return Judge(Acts(ActsModel.load(), moves=moves), Verdicts.load())


def test_the_weights_that_ship_were_learnt_from_the_examples_that_ship() -> None:
    model = ActsModel.load()
    assert model.data == digest(read_talks())
    assert model.weights.shape[1] == len(ACTS)
    assert set(MOVE_OF) <= set(ACTS)


def test_examples_and_held_out_talks_name_types_and_lines_that_exist_and_share_no_talk() -> None:
    learnt, held_out = read_talks(EXAMPLES), read_talks(HELD_OUT)
    assert len(learnt) >= 70 and len(held_out) >= 24
    for each in (*learnt, *held_out):
        ids = {turn.id for turn in each.transcript.turns}
        for kind, turns in (*each.gaps, *(each.strengths or ())):
            assert kind in TYPES and set(turns) <= ids, (each.name, kind)
    texts = [
        {turn.text for turn in each.transcript.turns if len(turn.text) > 60} for each in (*learnt, *held_out)
    ]
    assert not set().union(*texts[: len(learnt)]) & set().union(*texts[len(learnt) :])


def test_a_lesson_holds_what_the_findings_of_a_talk_say_of_its_lines(moves: Taught) -> None:
    talk = next(each for each in read_talks() if each.name.startswith("dev2-02"))
    told = lesson(talk, moves)
    at = {turn.id: place for place, turn in enumerate(talk.transcript.turns)}
    assert told.labels[at["t1"], ACTS.index("order")] and told.labels[at["t2"], ACTS.index("accepts")]
    assert not told.labels[at["t6"]].any()


def test_every_act_is_among_the_exchanges_beside_lines_that_do_none(moves: Taught) -> None:
    labels = np.concatenate([each.labels for each in exchanges(moves, EXCHANGES)])
    assert len(labels) > 500
    assert labels.any(axis=0).all()
    assert (~labels.any(axis=1)).mean() > 0.2


def test_an_order_that_is_taken_and_a_plain_word_that_is_dodged_are_read_in_context(judge: Judge) -> None:
    said = [
        Utterance("1", "V", "sales-vp", "I need a negotiation course for all my reps by month end."),
        Utterance("2", "L", "learning-executive", "Sure, you'll have it. Same format as last time?"),
        Utterance("3", "V", "sales-vp", "Honestly, the last one changed nothing."),
        Utterance("4", "L", "learning-executive", "The feedback was excellent though, these things take time."),
        Utterance("5", "L", "learning-executive", "You're right, and I have nothing to show. What did you see?"),
    ]  # fmt: skip
    order, taken, plain, dodged, met = judge.acts(said)
    assert order["order"] > 0.5 and taken["accepts"] > 0.5 > taken["asks_outcome"]
    assert plain["candid"] > 0.5 and dodged["dodges"] > 0.5 > dodged["meets"]
    assert met["meets"] > met["dodges"]


def test_a_persons_correction_of_a_line_decides_its_acts_too(moves: Taught, judge: Judge) -> None:
    talk = next(each for each in read_talks() if each.name.startswith("dev2-02"))

    def types(corrected: dict[str, frozenset[str]]) -> set[str]:
        made = review(
            talk.transcript, recogniser=moves, cards=CARDS, roles=talk.roles, corrected=corrected, judge=judge
        )
        return {each.type for each in made.findings if each.kind == "gap"}

    assert "order_given" in types({})
    asked = frozenset({"open_question"})
    assert "order_given" not in types({f"t{at}": asked for at in range(1, 17)})


def test_a_correction_of_a_similar_line_reaches_what_the_acts_rest_on(moves: Taught) -> None:
    said = [Utterance("1", "V", "sales-vp", "Get me the thing for the kick-off, the usual.")]
    read = moves.probabilities(said)
    line = "Get me the thing for the kick-off please, as usual."
    known = moves.probabilities([Utterance("1", "V", "sales-vp", line)])
    example = Example("V", line, frozenset({"order"}), known.vectors[0], known.utterances[0])
    taught = Taught(recogniser_of(LocalEmbedder()), [example]).probabilities(said)
    assert taught.utterances.shape == read.utterances.shape
    assert np.abs(taught.utterances - read.utterances).max() > 0.05


def test_what_is_there_is_praised_and_not_advised_in_talks_that_go_well(moves: Taught, judge: Judge) -> None:
    good = [each for each in (*read_talks(), *read_talks(HELD_OUT)) if each.goes_well]
    assert len(good) >= 30
    praised = advised = there = 0
    for talk in good:
        made = review(talk.transcript, recogniser=moves, cards=CARDS, roles=talk.roles, judge=judge)
        found = {each.type for each in made.findings}
        strengths, gaps = {kind for kind, _ in talk.strengths or ()}, {kind for kind, _ in talk.gaps}
        there += len(strengths)
        praised += len(strengths & found)
        advised += sum(gap in found - gaps for gap, strength in INSTEAD_OF.items() if strength in strengths)
        assert all(each.instead == () for each in made.findings if each.kind == "strength")
    assert advised <= 2
    assert praised / there > 0.7


@pytest.mark.parametrize("model", [ActsModel, Verdicts])
def test_a_torn_file_of_weights_is_refused_by_its_name(
    model: type[ActsModel] | type[Verdicts], tmp_path: Path
) -> None:
    torn = tmp_path / "torn.npz"
    torn.write_bytes(b"PK\x03\x04")
    with pytest.raises(ValueError, match=r"torn\.npz"):
        model.load(torn)
