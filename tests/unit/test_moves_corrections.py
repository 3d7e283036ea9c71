"""What people said of lines: it wins on those lines, and reaches similar ones at once."""

import numpy as np
import pytest

from assistant.bootstrap import recogniser_of
from assistant.evals.corrections import evaluate_corrections
from assistant.moves import Recogniser, Utterance
from assistant.moves.corrections import Example, Taught
from knowledge.embeddings import LocalEmbedder


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return recogniser_of(LocalEmbedder())


def corrected(recogniser: Recogniser, speaker: str, text: str, *moves: str) -> Example:
    read = recogniser.probabilities([Utterance("x", speaker, None, text)])
    return Example(speaker, text, frozenset(moves), read.vectors[0], read.utterances[0])


def test_the_corrected_line_is_read_as_the_person_said_wherever_it_stands(recogniser: Recogniser) -> None:
    taught = Taught(recogniser, [corrected(recogniser, "Rey", "My Tuesday is sunk into it.", "commitment")])
    lines = [
        Utterance("1", "Ann", None, "What do you hear when you sit beside them?"),
        Utterance("2", "Rey", None, "My tuesday is  sunk into it."),
    ]
    found = taught.read(lines)
    assert [(each.move, each.human) for each in found[1]] == [("commitment", True)]
    assert found[0] == recogniser.read(lines)[0]


def test_a_short_line_is_not_read_alike_everywhere(recogniser: Recogniser) -> None:
    taught = Taught(recogniser, [corrected(recogniser, "Rey", "Right.", "reflection")])
    lines = [Utterance("1", "Ann", None, "Right.")]
    assert taught.read(lines) == recogniser.read(lines)


def test_nothing_corrected_changes_nothing(recogniser: Recogniser) -> None:
    lines = [Utterance("1", "Ann", None, "We could build a course."), Utterance("2", "Rey", None, "")]
    assert Taught(recogniser, []).read(lines) == recogniser.read(lines)
    assert (
        Taught(recogniser, [corrected(recogniser, "Rey", "Pencil it in for Monday.", "commitment")]).read([])
        == []
    )


def test_a_correction_under_another_embedding_model_is_left_aside(recogniser: Recogniser) -> None:
    old = corrected(recogniser, "Rey", "Pencil it in for Monday.", "commitment")
    other = Example(old.speaker, old.text, old.moves, np.ones(8, dtype=np.float32), old.probabilities)
    lines = [Utterance("1", "Rey", None, "Pencil my crew down for Tuesday.")]
    assert Taught(recogniser, [other]).read(lines) == recogniser.read(lines)


def test_twenty_corrections_raise_the_other_lines_of_whom_it_misread_and_hurt_nothing(
    recogniser: Recogniser,
) -> None:
    persons = evaluate_corrections(recogniser).persons
    misread = [each for each in persons if each.before < 0.5]
    assert len(misread) == 3
    assert all(each.after > each.before + 0.5 for each in misread)
    for each in persons:
        assert each.after >= each.before - 0.01, each.name
        assert each.other_moves_after >= each.other_moves_before - 0.01, each.name
        assert each.largest_drop_elsewhere <= 0.01, each.name
