"""Slots: the user's words and the counterpart's pronoun go in, and the sentence still reads well."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.cards import shipped_cards
from knowledge.slots import SLOT_NAMES, Pronoun, fill, slot_names, unknown_braces

PRONOUNS: tuple[Pronoun, ...] = ("they", "he", "she")
RAW = [sentence.raw for card in shipped_cards() for sentence in card.sentences()]
values = st.dictionaries(st.sampled_from(sorted(SLOT_NAMES)), st.text(st.characters(exclude_characters="{}")))


@pytest.mark.parametrize(
    ("raw", "he", "she"),
    [
        ("{They ration} minutes.", "He rations minutes.", "She rations minutes."),
        ("Ask what {they are} after.", "Ask what he is after.", "Ask what she is after."),
        ("{They have} one number.", "He has one number.", "She has one number."),
        ("{They don't} know.", "He doesn't know.", "She doesn't know."),
        ("{They don’t} know.", "He doesn't know.", "She doesn't know."),
        ("{They aren't} rude.", "He isn't rude.", "She isn't rude."),
        ("{They haven't} asked.", "He hasn't asked.", "She hasn't asked."),
        ("{They were} burnt.", "He was burnt.", "She was burnt."),
        ("{They go} first.", "He goes first.", "She goes first."),
        ("{They may} refuse.", "He may refuse.", "She may refuse."),
        ("{They can't} see it.", "He can't see it.", "She can't see it."),
        ("{They left} early.", "He left early.", "She left early."),
        ("{They promised} a name.", "He promised a name.", "She promised a name."),
        ("{They need} a page.", "He needs a page.", "She needs a page."),
        ("{They're} late.", "He's late.", "She's late."),
        ("{They've} asked.", "He's asked.", "She's asked."),
        ("{They'll} see.", "He'll see.", "She'll see."),
        ("{They'd} rather wait.", "He'd rather wait.", "She'd rather wait."),
        ("{They never say} why.", "He never says why.", "She never says why."),
        ("{They really only want} one.", "He really only wants one.", "She really only wants one."),
        ("{They hardly listen}.", "He hardly listens.", "She hardly listens."),
        ("{They reply} at night.", "He replies at night.", "She replies at night."),
        ("{They push} it away.", "He pushes it away.", "She pushes it away."),
        ("{They carry} the quota.", "He carries the quota.", "She carries the quota."),
        ("{They say} no.", "He says no.", "She says no."),
        ("Tell {them} so.", "Tell him so.", "Tell her so."),
        ("It is {their} number.", "It is his number.", "It is her number."),
        ("The number is {theirs}.", "The number is his.", "The number is hers."),
        ("{They see} it {themselves}.", "He sees it himself.", "She sees it herself."),
        ("{Their} words, not yours.", "His words, not yours.", "Her words, not yours."),
    ],
)
def test_a_verb_follows_its_pronoun(raw: str, he: str, she: str) -> None:
    assert fill(raw, pronoun="he") == he
    assert fill(raw, pronoun="she") == she


def test_where_nobody_said_who_it_is_the_plural_stands_as_written() -> None:
    assert fill("{They ration} minutes, and {they don't} say why.") == (
        "They ration minutes, and they don't say why."
    )


def test_a_slot_takes_the_users_words_or_its_default() -> None:
    raw = "Watch {group|one team} {date|by the end of the quarter}."
    assert fill(raw) == "Watch one team by the end of the quarter."
    assert fill(raw, {"group": "the Dallas team"}) == "Watch the Dallas team by the end of the quarter."
    assert fill(raw, {"group": "", "date": "by March"}) == "Watch one team by March."
    assert fill(raw, {"metric": "win rate"}) == "Watch one team by the end of the quarter."


def test_a_sentence_that_starts_with_a_slot_starts_with_a_capital() -> None:
    assert fill("{group|one team} goes first.") == "One team goes first."
    assert fill("{group|one team} goes first.", {"group": "the Dallas team"}) == "The Dallas team goes first."
    assert fill("{metric|win rate} moves late.", {"metric": "ramp time"}) == "Ramp time moves late."
    assert fill("a note, {they say}, is enough") == "a note, they say, is enough"


def test_every_slot_of_a_sentence_is_named_once() -> None:
    assert slot_names("{group|one team} and {metric|a number} and {group|that team}, {they say}") == {
        "group",
        "metric",
    }


def test_braces_that_are_no_slot_are_found_in_order() -> None:
    assert unknown_braces("{group|one team} {they say} {who} {team|us}") == ["{who}", "{team|us}"]


@given(st.sampled_from(RAW), values, st.sampled_from(PRONOUNS))
def test_filling_a_card_never_leaves_a_brace(raw: str, given_: dict[str, str], pronoun: Pronoun) -> None:
    filled = fill(raw, given_, pronoun)
    assert "{" not in filled
    assert "}" not in filled
    assert "|" not in fill(raw, pronoun=pronoun)


@given(st.text(st.characters(exclude_characters="{}")), values, st.sampled_from(PRONOUNS))
@example("they say it’s theirs | [1] <b>", {"group": "the Dallas team"}, "he")
def test_text_without_slots_is_never_changed(text: str, given_: dict[str, str], pronoun: Pronoun) -> None:
    assert fill(text, given_, pronoun) == text


@given(st.sampled_from(RAW), st.sampled_from(PRONOUNS))
def test_no_pronoun_loses_a_word_of_a_card(raw: str, pronoun: Pronoun) -> None:
    assert len(fill(raw, pronoun=pronoun).split()) == len(fill(raw).split())


@pytest.mark.parametrize("pronoun", ["he", "she"])
def test_no_sentence_of_the_playbook_disagrees_with_a_single_counterpart(pronoun: Pronoun) -> None:
    plural = r"(are|have|don't|aren't|haven't|were|do|say|want|need|see|know|ask|hear|mean|give)"
    disagrees = re.compile(
        rf"(?<!\bdoes )(?<!\bdid )(?<!\bwould )(?<!\bcould )\b{pronoun} {plural}\b", re.IGNORECASE
    )
    for raw in RAW:
        if "{" in raw:
            assert not disagrees.search(fill(raw, pronoun=pronoun)), fill(raw, pronoun=pronoun)
