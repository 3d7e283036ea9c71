"""What counterparts say: enough of it, each line written for itself, as long and as short as people speak."""

import re
from dataclasses import replace

import numpy as np
import pytest

from assistant.moves import Recogniser
from assistant.rehearsal.bank import shipped_bank
from assistant.rehearsal.files import Scenarios, shipped_scenarios
from assistant.rehearsal.room import Room
from assistant.rehearsal.scenario import Scenario
from assistant.rehearsal.signals import Moment, signs
from knowledge.embeddings import LocalEmbedder

SCENARIOS = shipped_scenarios()
NEAR_COSINE, NEAR_WORDS, MOST_NEAR = 0.92, 0.5, 0.03
_EMBEDDER = LocalEmbedder()


@pytest.fixture(scope="module")
def room() -> Room:
    recogniser = Recogniser.shipped(_EMBEDDER)
    return Room(Scenarios(), recogniser=recogniser, embed=_EMBEDDER.embed)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    said = [line for each in SCENARIOS for line in each.spoken()]
    for role in ("sales-vp", "learning-leader"):
        said += [
            line for moods in shipped_bank(role).lines.values() for cell in moods.values() for line in cell
        ]
    return said


def fives(line: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"[\w']+", line.lower())
    return frozenset(tuple(words[at : at + 5]) for at in range(len(words) - 4))


def near_by_words(lines: list[str]) -> set[int]:
    """Lines that share more than half of their word 5-grams with another."""
    grams = [fives(line) for line in lines]
    where: dict[tuple[str, ...], list[int]] = {}
    for at, each in enumerate(grams):
        for gram in each:
            where.setdefault(gram, []).append(at)
    pairs = {(a, b) for found in where.values() for a in found for b in found if a < b}
    near = [pair for pair in pairs if _jaccard(grams[pair[0]], grams[pair[1]]) > NEAR_WORDS]
    return {at for pair in near for at in pair}


def _jaccard(first: frozenset[tuple[str, ...]], second: frozenset[tuple[str, ...]]) -> float:
    return len(first & second) / len(first | second)


def test_there_are_enough_lines_and_enough_meetings(lines: list[str]) -> None:
    assert len(lines) >= 800
    assert len(SCENARIOS) >= 18
    first = [each for each in SCENARIOS if each.kind == "first-meeting" and each.seat == "learning-executive"]
    assert len(first) >= 4


def test_hardly_any_line_is_another_one_in_other_words(lines: list[str]) -> None:
    vectors = _EMBEDDER.embed(lines)
    cosine = vectors @ vectors.T
    np.fill_diagonal(cosine, 0)
    near = set(np.flatnonzero(cosine.max(axis=1) > NEAR_COSINE).tolist()) | near_by_words(lines)
    assert len(near) / len(lines) < MOST_NEAR, [lines[at] for at in sorted(near)][:20]


def test_lines_are_as_long_and_as_short_as_speech(lines: list[str]) -> None:
    words = sorted(len(line.split()) for line in lines)
    assert 9 <= words[len(words) // 2] <= 24
    assert 0.15 <= sum(n <= 7 for n in words) / len(words) <= 0.35
    assert 0.04 <= sum(n > 30 for n in words) / len(words) <= 0.16


def test_every_reaction_a_rule_calls_for_has_lines(room: Room) -> None:
    banks = {"learning-executive": shipped_bank("sales-vp"), "sales-vp": shipped_bank("learning-leader")}
    own = {"technique", "order"}  # spoken as one of several intents
    for seat, bank in banks.items():
        wanted = {rule.says for rule in room.rules.of(seat) if rule.says} - own
        assert wanted <= bank.intents()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.id)
def test_lines_that_should_bring_an_ending_do(room: Room, scenario: Scenario) -> None:
    counterpart = room.enter_with(scenario).counterpart
    ready = replace(
        counterpart.open(), turn=9, trust=5.0, concern=4, told={each.topic: "full" for each in scenario.facts},
        raised={each.id: 1 for each in scenario.objections}, eased=frozenset(each.id for each in scenario.objections),
        known=frozenset({"group", "metric", "from", "to", "when"}), his=("And now?",), parts=("And now?",),
    )  # fmt: skip
    for ending in scenario.endings:
        for line in ending.brought_by:
            end = counterpart.answer(ready, line).after.end
            assert end is not None, line
            assert end.outcome in {"agreed", "good_ending"}, line


def test_answers_written_for_a_doubt_deal_with_it(room: Room) -> None:
    failed, count = [], 0
    for scenario in SCENARIOS:
        counterpart = room.enter_with(scenario).counterpart
        for doubt in scenario.objections:
            state = replace(
                counterpart.open(), turn=3, pending=doubt.id, asked=doubt.lines[0], his=("So.", doubt.lines[0]),
                parts=(doubt.lines[0],), raised={doubt.id: 1}, open=(doubt.id,),
            )  # fmt: skip
            for line in doubt.answers:
                heard, count = counterpart.ear.hear(line, counterpart.before(state)), count + 1
                if signs(Moment(heard, state, scenario)).get("eased", 0.0) < 0.4:
                    failed.append(line)
    assert len(failed) <= 0.02 * count, failed
