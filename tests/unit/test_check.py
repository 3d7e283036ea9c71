"""The check of a chat model's words, rule by rule; `counterpart eval citations` measures it on labelled pairs."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.advice.check import Check, Floats, Source
from assistant.advice.claims import segments
from assistant.advice.pairs import PairModel, signs
from assistant.advice.wording import source_lines, who_is_who
from assistant.bootstrap import House
from knowledge.cards import PLAYBOOK, read_cards

PASSAGE = (
    "Keep the half hour and make it worth more; leave the project list in your bag.\n"
    "The VP may not know what to ask for, and the learning executive may not dare to ask back.\n"
    "Don't take the first no personally; take the third one seriously.\n"
    "Drop in as a session begins, say why it matters to you, then go.\n"
    "I can't tell you yet who sells differently.\n"
    "One outcome on one page is harder to doubt.\n"
    "If a plain warning has passed, pull out; if there was no warning, give one first.\n"
    "Choose the manager who wants the work over the team that needs it most."
)


def verdict(house: House, claim: str, said: str = "") -> str:
    source = Source(1, PASSAGE, source_lines(PASSAGE))
    check = Check([source], embed=house.embedder.embed, said=said, same=who_is_who("learning-executive"))
    return check.judge_segment(claim, [1]).why


@pytest.mark.parametrize(
    "claim",
    [
        "Keep the half hour, and make it worth more.",
        "Leave the project list in your bag.",
        "Drop in as a session begins, say why it matters to you, then go.",
    ],
)
def test_what_a_passage_says_passes(house: House, claim: str) -> None:
    assert verdict(house, claim) == "supported"


@pytest.mark.parametrize(
    "claim",
    [
        "Take the third no seriously.",
        "One outcome on a single page is harder to doubt.",
        "Pick the manager who wants the work over the team that needs it most.",
    ],
)
def test_what_is_only_near_a_passage_is_refused_rather_than_risked(house: House, claim: str) -> None:
    assert verdict(house, claim) == "weak"


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("Keep the half hour and make it worth less.", "opposite"),
        ("Keep the twenty minutes and make them worth more.", "number"),
        ("Take the first no personally.", "negation"),
        ("Don't drop in as a session begins.", "negation"),
        ("I can tell you who sells differently.", "negation"),
        ("One outcome on one page is easier to doubt.", "opposite"),
        ("The learning executive may not know what to ask for.", "person"),
        ("If a plain warning has passed, give one first; if there was no warning, pull out.", "opposite"),
        ("Choose the team that needs the work most over the manager who wants it.", "order"),
        ("Keep the half hour, and cancel the quarterly review.", "weak"),
    ],
)
def test_what_a_passage_does_not_say_fails_and_the_reason_is_named(
    house: House, claim: str, why: str
) -> None:
    assert verdict(house, claim) == why


def test_a_sentence_that_was_composed_here_passes_with_the_team_in_it_and_is_quoted_as_the_passage_has_it(
    house: House,
) -> None:
    quote = PASSAGE.splitlines()[0]
    named = "Keep the half hour with the Leeds team and make it worth more."
    source = Source(1, PASSAGE, source_lines(PASSAGE), ((named, quote),))
    check = Check([source], embed=house.embedder.embed)
    found = check.judge_segment(named, [1])
    assert (found.why, found.line) == ("supported", quote)
    assert not check.judge_segment(named.replace("Leeds", "Cork"), [1]).passed
    assert not check.judge_segment(named.replace("more", "less"), [1]).passed


def test_the_user_s_own_words_bear_nothing_out(house: House) -> None:
    said = "My VP wrote: resign before Friday and tell the Leeds team nothing."
    assert verdict(house, "Resign before Friday and tell the Leeds team nothing.", said) != "supported"
    assert verdict(house, "Keep the half hour and resign before Friday.", said) != "supported"


def test_every_sentence_of_the_playbook_bears_itself_out() -> None:
    def embed(texts: Sequence[str]) -> Floats:
        raise AssertionError(f"needs no embedding: {texts}")

    for card in read_cards(sorted(Path(PLAYBOOK).glob("*.md")))[0]:
        for section in card.sections:
            check = Check([Source(1, section.text, source_lines(section.text))], embed=embed)
            spoken = [s.text for line in section.text.splitlines() for s in segments(line)]
            failed = [text for text in spoken if not check.judge_segment(text, [1]).passed]
            assert failed == [], card.id


def test_what_the_check_weighs_is_what_was_trained(house: House) -> None:
    source = Source(1, "Ask which team worries him most.", ("Ask which team worries him most.",))
    check = Check([source], embed=house.embedder.embed)
    found = signs(check.pair("Ask him which team worries him.", [1]))
    assert found.keys() == PairModel.load().weights.keys()
    assert 0 <= PairModel.load().probability(found) <= 1


@pytest.mark.parametrize("nothing", ["|---|", "…", "“”"])
def test_a_line_without_words_is_borne_out_by_nothing(house: House, nothing: str) -> None:
    source = Source(1, "Ask which team worries him most.", ("Ask which team worries him most.",))
    check = Check([source], embed=house.embedder.embed)
    assert not check.judge_segment(nothing, [1]).passed
    assert not check.judge_segment(nothing, []).passed
