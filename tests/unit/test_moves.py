"""The recogniser of moves: in context, the same every time, and in time that grows with the number of turns only."""

import re
from pathlib import Path
from time import process_time

import numpy as np
import pytest

from assistant.evals.moves import evaluate_moves
from assistant.moves import MOVES, Recogniser, Utterance
from assistant.moves.examples import read_scenarios
from assistant.moves.features import parts
from assistant.moves.model import WEIGHTS, MovesModel
from assistant.moves.questions import asked
from assistant.moves.sentences import bared, sentences
from assistant.moves.training import train
from assistant.moves.utterance import NAMED
from knowledge.embeddings import LOCAL_NAME, LocalEmbedder

DOCUMENTED = Path(__file__).parents[2] / "docs" / "moves.md"


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser.shipped(LocalEmbedder())


def talk(*lines: str) -> list[Utterance]:
    return [Utterance(str(at), "AB"[at % 2], None, text) for at, text in enumerate(lines)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What would be different?", "open"),
        ("so um how did that go for you", "open"),
        ("Tell me about the last one you lost.", "open"),
        ("How many of them?", "closed"),
        ("and do you still see them on fridays", "closed"),
        ("You're fine with March?", "closed"),
        ("I know what you mean.", "none"),
        ("That's how we do it here.", "none"),
        ("Who has time for that", "none"),
    ],
)
def test_a_question_is_known_by_its_mark_or_its_word_order(text: str, kind: str) -> None:
    assert asked(text) == kind


def test_moves_are_read_in_order_with_other_alone_where_nothing_is_chosen(recogniser: Recogniser) -> None:
    lines = talk(
        "Mm-hm.", "What do you hear when you sit beside them?", "I'll send you the list by Friday.", ""
    )
    found = [[each.move for each in moves] for moves in recogniser.read(lines)]
    assert found[0] == ["other"] and found[3] == ["other"]
    assert found[1] == ["open_question"]
    assert found[2] == ["commitment"]
    for moves in recogniser.read(lines):
        assert [each.score for each in moves] == sorted((each.score for each in moves), reverse=True)
        assert all(each.move in MOVES and 0 <= each.score <= 1 and not each.human for each in moves)


def test_nothing_said_is_nothing_read(recogniser: Recogniser) -> None:
    assert recogniser.read([]) == []
    assert recogniser.read_sentences([]) == []


def test_what_was_said_before_counts(recogniser: Recogniser) -> None:
    answer = "Sure, you'll have it on the thirtieth."
    ordered = recogniser.probabilities(talk("I need an objection-handling course by month end.", answer))
    greeted = recogniser.probabilities(talk("Can you hear me now?", answer))
    place = MOVES.index("order_taking")
    assert ordered.utterances[1, place] > greeted.utterances[1, place]


def test_a_long_turn_is_read_sentence_by_sentence_too(recogniser: Recogniser) -> None:
    text = (
        "Thanks for coming over, I know that the week is a full one for everybody on your floor. "
        "What would you want to hear them say instead? I'll bring you one page on Friday."
    )
    (short, long) = recogniser.read_sentences(talk("Right.", text))
    assert short == []
    assert [said for said, _ in long] == sentences(text)
    assert [moves[0].move for _, moves in long] == ["other", "open_question", "commitment"]


def test_a_conversation_read_twice_is_read_alike(recogniser: Recogniser) -> None:
    lines = talk(*(u.text for u in read_scenarios()[0].utterances))
    assert recogniser.read(lines) == recogniser.read(lines)


def test_a_sentence_costs_less_beyond_its_embedding_than_the_embedding_however_long_the_meeting() -> None:
    """Against a baseline of the same run; milliseconds are measured by `make bench`."""
    words = LocalEmbedder()
    spent = Recogniser.shipped(words).embedding_with(
        lambda texts: np.zeros((len(texts), words.dimensions), dtype=np.float32)
    )
    said = [u for each in read_scenarios() for u in each.utterances]
    spent.read(said[-2:])
    costs = []
    for count in (150, 600):
        started = process_time()
        spent.read(said[:count])
        costs.append((process_time() - started) / sum(len(sentences(u.text)) for u in said[:count]))
    texts = [part.text for part in parts(said[:150])]
    words.embed_one("warm")
    started = process_time()
    words.embed(texts)
    alone = (process_time() - started) / sum(len(sentences(u.text)) for u in said[:150])
    assert costs[0] < 0.6 * alone
    assert costs[1] < 3 * costs[0]


def test_a_torn_file_of_weights_is_no_model(tmp_path: Path) -> None:
    torn = tmp_path / "moves.npz"
    torn.write_bytes(WEIGHTS.read_bytes()[:5_000])
    with pytest.raises(ValueError, match="torn"):
        MovesModel.load(torn)


def test_training_twice_gives_the_same_weights_and_a_file_keeps_them(tmp_path: Path) -> None:
    embedder = LocalEmbedder()
    few = [each for each in read_scenarios() if not each.held_back][:6]
    heard = np.zeros((sum(len(each.moves) for each in few), len(NAMED)), dtype=np.float32)
    first, second = (train(few, embedder.embed, embedding=LOCAL_NAME, heard=heard) for _ in range(2))
    assert np.array_equal(first.weights, second.weights)
    assert np.array_equal(first.thresholds, second.thresholds)
    first.save(tmp_path / "m.npz")
    kept = MovesModel.load(tmp_path / "m.npz")
    assert kept.vocabulary == first.vocabulary and kept.data == first.data
    assert np.allclose(kept.weights, first.weights, atol=0.01)


def test_the_figures_on_the_model_card_are_those_that_are_measured(recogniser: Recogniser) -> None:
    told = DOCUMENTED.read_text(encoding="utf-8")
    report = evaluate_moves(recogniser, [each for each in read_scenarios() if each.held_back])
    for name, value in (
        ("macro-F1", report.macro_f1),
        ("micro-F1 of meetings", report.meetings_micro_f1),
        ("questions, macro-F1", report.questions_macro_f1),
        ("reflection, F1", report.reflection_f1),
    ):
        found = re.search(rf"^\| {name} \| ([.\d]+) \|", told, re.MULTILINE)
        assert found, name
        assert float(found[1]) == pytest.approx(value, abs=0.0051), name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[bold]What else[/bold] would help?", "What else would help?"),
        ("- **We** could run a <b>course</b> &amp; a quiz", "We could run a course & a quiz"),
        ("4.7 of 5, and 3 * 4 [laughs]", "4.7 of 5, and 3 * 4 [laughs]"),
    ],
)
def test_marks_of_layout_are_left_out_before_a_line_is_read(text: str, words: str) -> None:
    assert bared(text) == words


def test_a_line_reads_the_same_with_and_without_markup(recogniser: Recogniser) -> None:
    plain, marked = (
        recogniser.read([Utterance("1", "A", None, "What do you hear when you sit beside them?")]),
        recogniser.read(
            [Utterance("1", "A", None, "[bold]What do you hear[/bold] when you **sit** beside them?")]
        ),
    )
    assert plain == marked
    assert "open_question" in {each.move for each in plain[0]}
