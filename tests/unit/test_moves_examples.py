"""The examples of moves: valid, many, each written for itself, and a third of them held back for good."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from assistant.moves.examples import HELD_BACK, Scenario, digest, read_scenarios
from assistant.moves.hearing import TUNED
from assistant.moves.model import MovesModel
from assistant.moves.sentences import plain
from assistant.moves.utterance import MOVES
from knowledge.classifier import LocalClassifier
from knowledge.embeddings import LOCAL_NAME, LocalEmbedder


@pytest.fixture(scope="module")
def scenarios() -> list[Scenario]:
    return read_scenarios()


def fives(text: str) -> set[tuple[str, ...]]:
    words = plain(text).split()
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def alike(first: set[tuple[str, ...]], second: set[tuple[str, ...]]) -> bool:
    return bool(first and second) and len(first & second) / len(first | second) > 0.5


def test_there_are_as_many_as_were_promised_and_every_move_is_among_them(scenarios: list[Scenario]) -> None:
    counted = Counter(move for each in scenarios for moves in each.moves for move in moves)
    assert sum(len(each.utterances) for each in scenarios) >= 1_800
    assert set(counted) == set(MOVES)
    assert min(counted.values()) >= 60
    assert {role for each in scenarios for u in each.utterances for role in [u.role]} >= {
        "sales-vp",
        "learning-executive",
        "coach",
        "manager",
        "other",
    }


def test_a_third_is_held_back_and_stays_the_same(scenarios: list[Scenario]) -> None:
    held_back = [each.name for each in scenarios if each.held_back]
    assert held_back == HELD_BACK.read_text(encoding="utf-8").split()
    share = sum(len(each.utterances) for each in scenarios if each.held_back) / sum(
        len(each.utterances) for each in scenarios
    )
    assert 0.30 < share < 0.37


def test_ids_are_unique_within_a_scenario_and_no_text_is_empty(scenarios: list[Scenario]) -> None:
    for each in scenarios:
        assert len({u.id for u in each.utterances}) == len(each.utterances), each.name
        assert all(u.text.strip() and u.speaker.strip() for u in each.utterances), each.name


def test_hardly_any_two_utterances_are_nearly_the_same(scenarios: list[Scenario]) -> None:
    lines = [
        (u.text, moves)
        for each in scenarios
        for u, moves in zip(each.utterances, each.moves, strict=True)
        if moves != {"other"}
    ]
    vectors = LocalEmbedder().embed([text for text, _ in lines])
    near = np.argwhere(np.triu(vectors @ vectors.T > 0.92, k=1))
    doubled = {int(row) for a, b in near if lines[a][1] == lines[b][1] for row in (a, b)}
    found = [fives(text) for text, _ in lines]
    by_five: dict[tuple[str, ...], list[int]] = {}
    for row, own in enumerate(found):
        for five in own:
            by_five.setdefault(five, []).append(row)
    pairs = {pair for rows in by_five.values() for pair in pairwise(rows)}
    doubled |= {
        row for a, b in pairs if lines[a][1] == lines[b][1] and alike(found[a], found[b]) for row in (a, b)
    }
    assert len(doubled) / len(lines) <= 0.03


def test_the_weights_that_ship_were_learnt_from_these_examples(scenarios: list[Scenario]) -> None:
    model = MovesModel.load()
    assert model.embedding == LOCAL_NAME
    learnt = digest([each for each in scenarios if not each.held_back])
    assert model.data == learnt
    assert LocalClassifier(TUNED, LocalEmbedder()).data == learnt, "Examples have changed: run make moves"
