"""The review of a conversation, from moves that are given, so that each rule is seen by itself."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest

from assistant.documents.review_docx import review_docx
from assistant.documents.review_pdf import review_pdf
from assistant.errors import InputRefusedError
from assistant.moves import MoveScore, Utterance
from assistant.review.export import export_review
from assistant.review.findings import TYPES
from assistant.review.metrics import DEFINITIONS
from assistant.review.readers import read_transcript
from assistant.review.review import Review, review
from knowledge.cards import PLAYBOOK, read_cards

CARDS = {card.id: card for card in read_cards(sorted(Path(PLAYBOOK).glob("*.md")))[0]}

BAD = (
    (
        "Dana (VP Sales)",
        "I need a negotiation course for all sixty of my reps by month end.",
        "order project_talk broad_rollout",
    ),
    (
        "Lee (Head of Learning)",
        "Sure, you'll have the negotiation course by then.",
        "order_taking commitment project_talk",
    ),
    ("Dana (VP Sales)", "Good, the same format as last time.", "other"),
    (
        "Lee (Head of Learning)",
        "We could add a two-day workshop with role plays.",
        "solution_proposal project_talk",
    ),
    ("Dana (VP Sales)", "The last one did nothing for us, to be honest.", "candour"),
    (
        "Lee (Head of Learning)",
        "Research shows that it takes time, and the ratings were 4.7.",
        "persuading project_talk",
    ),
    ("Dana (VP Sales)", "If you say so.", "other"),
    (
        "Lee (Head of Learning)",
        "Adults forget most of a course, that is why repetition matters.",
        "persuading",
    ),
    ("Dana (VP Sales)", "Right.", "other"),
    ("Lee (Head of Learning)", "Great talk, let's stay in touch about the workshop.", "other"),
)
GOOD = (
    ("Dana (VP Sales)", "I want the win rate in Leeds to go from 18 to 24 per cent.", "outcome_talk"),
    ("Lee (Head of Learning)", "So in Leeds the deals are there and they get away from you.", "reflection"),
    ("Dana (VP Sales)", "Yes, and they get away after the demo.", "outcome_talk"),
    ("Lee (Head of Learning)", "What would those reps be doing differently if it worked?", "open_question"),
    ("Dana (VP Sales)", "They'd ask about money before they show a single slide.", "outcome_talk"),
    ("Lee (Head of Learning)", "Before I suggest anything I'd like to hear four calls, then you decide.", "approach"),
    ("Dana (VP Sales)", "Keep it to the Leeds team, nobody else.", "small_start"),
    ("Lee (Head of Learning)", "We could build a call guide for the Leeds team after that.", "solution_proposal"),
    ("Dana (VP Sales)", "Come to my Monday call, I'll tell the manager.", "commitment"),
    ("Lee (Head of Learning)", "I'll bring you one page by Friday.", "commitment"),
)  # fmt: skip


class Given:
    """A reader whose moves are written beside the lines."""

    def __init__(self, told: Sequence[tuple[str, str, str]]) -> None:
        self._moves = {text: moves.split() for _, text, moves in told}

    def read(self, utterances: Sequence[Utterance]) -> list[tuple[MoveScore, ...]]:
        return [tuple(MoveScore(move, 0.9) for move in self._moves[each.text]) for each in utterances]


def reviewed(told: Sequence[tuple[str, str, str]], **options: str) -> Review:
    text = "\n".join(f"{speaker}: {said}" for speaker, said, _ in told)
    return review(read_transcript("talk.txt", text.encode()), recogniser=Given(told), cards=CARDS, **options)


def types(done: Review, kind: str) -> set[str]:
    return {finding.type for finding in done.findings if finding.kind == kind}


def test_the_five_gaps_that_decide_a_meeting_are_found_with_their_lines() -> None:
    done = reviewed(BAD)
    lines = {finding.type: finding.turn_ids for finding in done.findings}
    assert lines["solution_before_outcome"] == ("t4",)
    assert lines["order_taken"] == ("t2", "t1")
    assert lines["candour_dodged"] == ("t6", "t5")
    assert lines["persuading_in_series"] == ("t6", "t8")
    assert lines["no_owner_or_date"][0] == "t10"
    assert types(done, "gap") >= {"order_given", "no_outcome_named", "no_group_named"}


def test_what_was_done_well_is_praised_and_not_advised() -> None:
    done = reviewed(GOOD)
    assert types(done, "gap") == set()
    praised = types(done, "strength")
    assert praised >= {"outcome_asked", "outcome_named", "played_back", "approach_first", "small_start"}
    assert praised >= {"next_step_agreed", "door_opened"}
    assert all(finding.instead == () for finding in done.findings if finding.kind == "strength")


def test_each_finding_quotes_its_line_verbatim_cites_a_card_and_gaps_offer_two_fitted_sentences() -> None:
    for done in (reviewed(BAD), reviewed(GOOD)):
        texts = {line.id: line.text for line in done.lines}
        for finding in done.findings:
            assert finding.quote in texts[finding.turn_ids[0]]
            assert finding.cited is not None
            card = CARDS[finding.cited.card_id]
            assert finding.cited.quote in [sentence.text for sentence in card.sentences()]
            assert len(set(finding.instead)) == (2 if finding.kind == "gap" else 0)
            assert not any("{" in sentence for sentence in finding.instead)
    order = next(finding for finding in reviewed(BAD).findings if finding.type == "order_taken")
    assert all("the negotiation course" in sentence for sentence in order.instead)


def test_every_type_of_finding_cites_a_card_that_exists() -> None:
    from assistant.review.findings import _CARDS

    assert {card for pair in _CARDS.values() for card in pair} <= set(CARDS)
    assert set(_CARDS) == set(TYPES)


def test_the_scorecard_says_yes_no_or_not_seen_with_the_line() -> None:
    good = {check.check: check for check in reviewed(GOOD).scorecard}
    bad = {check.check: check for check in reviewed(BAD).scorecard}
    assert good["Asked what should be different"].result == "yes"
    assert good["Asked what should be different"].turn_ids[0] == "t4"
    assert bad["Asked what should be different"].result == "no"
    assert (bad["Lent time, a name or access"].result, bad["Lent time, a name or access"].quote) == (
        "not_seen",
        None,
    )


def test_the_metrics_are_those_that_are_defined() -> None:
    figures = reviewed(GOOD).metrics
    assert list(figures) == list(DEFINITIONS)
    assert sum(figures["talk_ratio"].values()) == pytest.approx(1, abs=0.01)
    assert (figures["open_questions"], figures["reflections"]) == (1, 1)
    assert figures["first_outcome"]["turn_id"] == "t1"
    assert figures["patience_seconds"] is None


def test_titles_say_who_is_who_and_one_named_role_gives_the_other() -> None:
    assert reviewed(BAD).roles == {"Dana": "sales-vp", "Lee": "learning-executive"}
    plain = [(name.partition(" ")[0], said, moves) for name, said, moves in GOOD]
    assert reviewed(plain, me="lee", role="learning-executive").roles == {
        "Lee": "learning-executive",
        "Dana": "sales-vp",
    }


def test_somebody_who_does_not_speak_is_refused_and_the_speakers_are_named() -> None:
    with pytest.raises(InputRefusedError, match="Dana, Lee"):
        reviewed(BAD, me="Olga")


def test_ones_own_gaps_come_before_those_of_the_other() -> None:
    gaps = [finding for finding in reviewed(BAD, me="Dana").findings if finding.kind == "gap"]
    assert gaps[0].speaker == "Dana"
    assert gaps[-1].speaker == "Lee"


def test_the_output_has_every_field_that_other_programs_rely_on() -> None:
    told = reviewed(BAD).as_contract()
    assert set(told) >= {
        "file",
        "format",
        "speakers",
        "turns",
        "metrics",
        "findings",
        "scorecard",
        "warnings",
    }
    assert told["speakers"][0] == {
        "name": "Dana",
        "role": "sales-vp",
        "turns": 5,
        "words": 36,
        "seconds": None,
    }
    assert set(told["turns"][0]) == {"id", "speaker", "start", "end", "text", "moves"}
    assert set(told["findings"][0]) >= {
        "id",
        "kind",
        "type",
        "principle",
        "turn_ids",
        "quote",
        "why",
        "instead",
    }


def test_what_is_missing_is_not_praised_and_an_order_that_is_taken_is_no_good_next_step() -> None:
    told = reviewed(BAD)
    assert "no_owner_or_date" in types(told, "gap")
    assert "next_step_agreed" not in types(told, "strength")


def test_a_third_person_gets_no_gap_where_it_is_known_who_the_two_are() -> None:
    third = [
        *GOOD[:6],
        ("Sam", "Research shows that repetition works.", "persuading"),
        *GOOD[6:8],
        ("Sam", "And studies show that it sticks.", "persuading"),
        *GOOD[8:],
    ]
    assert "persuading_in_series" not in types(reviewed(third), "gap")


def test_a_speaker_who_is_called_by_a_seat_has_it() -> None:
    told = [("VP Sales", "I want more second meetings.", "outcome_talk"), ("Coach", "Say more.", "other"),
            ("Learning", "In which team?", "open_question"), ("Sales Hopkins", "Hello.", "other")]  # fmt: skip
    assert reviewed(told).roles == {
        "VP Sales": "sales-vp",
        "Coach": "coach",
        "Learning": "learning-executive",
        "Sales Hopkins": None,
    }


def test_promises_say_who_what_and_when_and_figures_are_told_for_each() -> None:
    figures = reviewed(GOOD).metrics
    assert [(each["who"], each["when"]) for each in figures["commitments"]] == [
        ("Dana", "Monday"),
        ("Lee", "Friday"),
    ]
    assert figures["by_speaker"]["Lee"]["open_questions"] == 1
    assert figures["by_speaker"]["Dana"]["turns"] == 5


def test_a_document_to_hand_over_has_the_findings_the_promises_and_both_judgements() -> None:
    done = reviewed(BAD)
    export = export_review(
        done, title="Leeds = #1 <b>", held=datetime(2026, 3, 2, tzinfo=UTC),
        judged={"Asked what should be different": "no", "Told a story from the field": "yes"},
        comments=[("t2", "Sure", "Ask *first*")],
    )  # fmt: skip
    held = docx.Document(BytesIO(review_docx(export)))
    words = "\n".join(paragraph.text for paragraph in held.paragraphs)
    cells = [[cell.text for cell in row.cells] for table in held.tables for row in table.rows]
    assert "Dana (VP of Sales), Lee (learning executive)" in words
    assert "An order was taken as it stood" in words and "Could have been said" in words
    assert "person and machine agree on 1 of 2" in words
    assert ["Asked what should be different", "learning executive", "no, line 2", "no"] in cells
    assert any(row[:1] == ["Lee"] and len(row) == 8 for row in cells)
    assert review_pdf(export).startswith(b"%PDF-")
