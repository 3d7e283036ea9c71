"""Two-sided reading with the real recogniser and the real playbook."""

from pathlib import Path

import pytest

from assistant.bootstrap import House
from assistant.errors import InputRefusedError
from assistant.hearing.hear import VIEW, Heard
from assistant.hearing.kinds import LEARNING_SAYS, VP_SAYS, Kind
from knowledge.cards import PLAYBOOK, Role, read_cards
from prompts import phrase_book

CARDS = {card.id: card for card in read_cards(sorted(Path(PLAYBOOK).glob("*.md")))[0]}
LEARNING: Role = "learning-executive"
VP: Role = "sales-vp"


def heard(house: House, text: str, *, said_by: Role) -> Heard:
    (line,) = house.hear(text, writer=said_by).lines
    return line


@pytest.mark.parametrize(
    ("said_by", "text", "kind", "apart"),
    [
        (LEARNING, "We'd like to roll out the academy to all 240 reps by Q3.", "whole_force", True),
        (LEARNING, "Our completion rate is 96% and the average rating is 4.7.", "project_only", True),
        (LEARNING, "The managers don't reinforce what we teach.", "field_blamed", True),
        (LEARNING, "What would you want your reps to do differently by the end of the quarter?", "outcome_asked", False),
        (LEARNING, "Let's start with the Leeds team only, and see whether second meetings go up.", "small_start", False),
        (VP, "I need an objection-handling course by month end.", "order_given", True),
        (VP, "Training is vacation.", "dismissal", True),
        (VP, "I don't feel any progress here.", "candour", False),
        (VP, "I want the East team's win rate from 18 to 25 by June.", "outcome_named", False),
        (VP, "Ride with me on Thursday, I have two customer meetings in Lyon.", "door", False),
    ],
)  # fmt: skip
def test_a_line_is_heard_by_both_and_each_ear_has_its_card(
    house: House, said_by: Role, text: str, kind: str, apart: bool
) -> None:
    line = heard(house, text, said_by=said_by)
    assert (line.kind, line.apart) == (kind, apart)
    assert line.vp and line.learning and line.vp.hears != line.learning.hears
    for ear in (line.vp, line.learning):
        assert ear.cited and ear.cited.quote in CARDS[ear.cited.card_id].section(VIEW).text
    assert bool(line.instead) == apart


def test_the_same_words_mean_something_else_from_the_other_chair(house: House) -> None:
    text = "We should train everybody on negotiation by March."
    from_learning, from_vp = (heard(house, text, said_by=side) for side in (LEARNING, VP))
    assert from_learning.vp and from_vp.vp and from_learning.vp.hears != from_vp.vp.hears


@pytest.mark.parametrize("text", ["ok", "See you at nine.", "Thanks for your time."])
def test_nothing_is_made_of_a_line_that_says_nothing_either_way(house: House, text: str) -> None:
    found = house.hear(text, writer=VP)
    assert [(line.kind, line.vp, line.learning, line.instead) for line in found.lines] == [
        (None, None, None, ())
    ]
    assert "nothing that either of them would hear differently" in found.verdict


def test_another_language_is_not_read_and_that_is_said(house: House) -> None:
    found = house.hear("Wir möchten die Akademie für alle Verkäufer bis März ausrollen.", writer=LEARNING)
    assert found.language == "de" and all(line.kind is None for line in found.lines)
    assert "another language" in found.verdict


def test_a_mail_is_read_line_by_line_without_its_greeting_and_says_what_it_leaves_open(house: House) -> None:
    mail = "Hi Dana,\n\nWe built a new academy. I'd like to roll it out to all reps.\n\nBest regards,\nInes"
    found = house.hear(mail, writer=LEARNING)
    assert len(found.lines) == 2
    assert found.gaps == "Neither of them learns from it which result it is for, which team or by when."


def test_nothing_at_all_is_refused(house: House) -> None:
    with pytest.raises(InputRefusedError, match="nothing to read"):
        house.hear("  \n", writer=LEARNING)


def test_every_kind_has_its_words_and_its_two_cards() -> None:
    book = phrase_book("hearing").phrases

    def check(side: str, kinds: tuple[Kind, ...]) -> None:
        for kind in kinds:
            for ear, (card, place) in (("vp", kind.vp), ("learning", kind.learning)):
                assert f"{side}-{kind.id}-{ear}" in book
                assert len(CARDS[card].section(VIEW).sentences) > place, (kind.id, card)

    check("learning", LEARNING_SAYS)
    check("vp", VP_SAYS)
    used = {
        f"{s}-{k.id}-{e}"
        for s, ks in (("learning", LEARNING_SAYS), ("vp", VP_SAYS))
        for k in ks
        for e in ("vp", "learning", "say")
    }
    spare = [n for n in book if n.split("-")[0] in ("learning", "vp") and n not in used]
    assert spare == []
