"""Reading cards: what an author writes becomes sentences with notes, and what breaks the format is named."""

from pathlib import Path

import pytest
from support.cards import CARD, card

from knowledge.cards import OBJECTIONS, SECTIONS, parse_card, passage_name, read_card, read_cards
from knowledge.errors import CardError, InputRefusedError


def refused(source: str, name: str = "one-team.md") -> str:
    """What an author is told about a card that cannot be read."""
    with pytest.raises(CardError) as caught:
        parse_card(source, name=name)
    assert isinstance(caught.value, InputRefusedError)
    assert "\n" not in caught.value.message
    return caught.value.message


def test_a_card_keeps_its_sections_in_the_usual_order() -> None:
    assert tuple(section.heading for section in card().sections) == SECTIONS["card"]
    assert card().title == "One team first"
    assert card().about.audience == ("sales-vp",)


def test_notes_stay_behind_the_sentence_and_out_of_its_text() -> None:
    lead = card().section("Do").sentences[0]
    assert lead.raw == "Pick {group|one team}, not the field."
    assert lead.text == "Pick one team, not the field."
    assert lead.lead
    assert lead.verdicts == (("no", "Should we train everybody?"),)


def test_every_kind_of_note_is_read() -> None:
    note = (
        "setting: hallway, email; part: open; to: manager; needs: group, date; not_if_tried: survey, course;"
        " yes: Is it? | May I?; pick: Which?"
    )
    sentence = card(CARD.replace("Take Dallas.", f"Take Dallas. <!-- {note} -->")).section("Say").sentences[0]
    assert sentence.settings == {"hallway", "email"}
    assert sentence.part == "open"
    assert sentence.to == "manager"
    assert sentence.needs == {"group", "date"}
    assert sentence.not_if_tried == {"survey", "course"}
    assert sentence.verdicts == (("yes", "Is it?"), ("yes", "May I?"), ("pick", "Which?"))
    assert sentence.text == "Take Dallas."


def test_an_objection_is_split_into_their_words_and_our_answer() -> None:
    reply = card().section(OBJECTIONS).sentences[0]
    assert reply.objection == "Why not all?"
    assert reply.text == "Because one can be watched."
    assert card().section(OBJECTIONS).text == "“Why not all?” Because one can be watched."


def test_a_sentence_may_run_over_two_lines_of_the_file() -> None:
    wrapped = CARD.replace("- Take Dallas.", "- Take Dallas,\n  and nobody else.")
    assert card(wrapped).section("Say").text == "Take Dallas, and nobody else."


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "one-team.md"
    path.write_bytes(b"\xef\xbb\xbf" + CARD.replace("\n", "\r\n").encode())
    read = read_card(path)
    assert [s.raw for s in read.sentences()] == [s.raw for s in card().sentences()]


def test_a_missing_section_is_named() -> None:
    message = refused(CARD.replace("## Ask\n- What would change there?\n", ""))
    assert "one-team.md" in message
    assert "“Ask” is missing" in message


def test_sections_out_of_order_are_refused() -> None:
    swapped = CARD.replace("## Say\n- Take Dallas.\n", "").replace(
        "## Avoid", "## Say\n- Take Dallas.\n## Avoid"
    )
    assert "not in the usual order" in refused(swapped)


def test_broken_front_matter_names_the_line() -> None:
    message = refused(CARD.replace("title: One team first", "title: [One team"))
    assert "no valid YAML" in message
    assert ", line " in message


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("principles: [sv-1]", "principles: [sv-9]", "principles"),
        ("principles: [sv-1]", "principles: [sv-1, sv-2, gap, le-1]", "principles"),
        ("audience: [sales-vp]", "audience: [cfo]", "audience"),
        ("basis: article", "basis: hearsay", "basis"),
        ("title: One team first", "title: X", "title"),
        ("[where do we begin, everybody at once, my board wants all of it]", "[one]", "situations"),
        ("source: Advice 1 to VPs", "colour: red", "source"),
    ],
)
def test_a_wrong_field_is_named(old: str, new: str, field: str) -> None:
    assert f"front matter, {field}" in refused(CARD.replace(old, new))


def test_a_field_that_nobody_knows_is_refused() -> None:
    assert "colour" in refused(CARD.replace("basis: article", "basis: article\ncolour: red"))


def test_a_file_is_called_as_its_card() -> None:
    assert "must be called one-team.md" in refused(CARD, "another.md")


def line_of(text: str) -> int:
    return CARD[: CARD.index(text)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Take Dallas.", "Take {who|somebody}.", "{who|somebody} is no slot"),
        ("Take Dallas.", "Take {somebody}.", "{somebody} is no slot"),
        ("Take Dallas.", "Take Dallas. <!-- setting: lift -->", "setting: lift"),
        ("Take Dallas.", "Take Dallas. <!-- part: middle -->", "part: middle"),
        ("Take Dallas.", "Take Dallas. <!-- not_if_tried: hope -->", "not_if_tried: hope"),
        ("Take Dallas.", "Take Dallas. <!-- to: nobody -->", "to: nobody"),
        ("Take Dallas.", "<!-- lead -->", "empty sentence"),
        ("**Why not all?** Because", "Because", "an objection is written"),
    ],
)
def test_a_sentence_that_breaks_the_format_is_refused_with_its_line(old: str, new: str, reason: str) -> None:
    message = refused(CARD.replace(old, new))
    assert reason in message
    assert f"line {line_of(old)}" in message


def test_text_before_the_first_section_is_refused() -> None:
    assert "before the first section" in refused(
        CARD.replace("## Why it matters to them", "- Hello.\n\n## Why it matters to them")
    )


def test_one_broken_card_is_reported_and_the_rest_load(tmp_path: Path) -> None:
    (tmp_path / "one-team.md").write_text(CARD)
    (tmp_path / "broken.md").write_text("# no card at all")
    (tmp_path / "latin.md").write_bytes(CARD.replace("one-team", "latin").encode() + b"\xff")
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "one-team.md").write_text(CARD)
    cards, errors = read_cards(tmp_path.rglob("*.md"))
    assert [read.id for read in cards] == ["one-team"]
    told = " ".join(error.message for error in errors)
    assert len(errors) == 3
    assert "broken.md" in told
    assert "latin.md cannot be read as UTF-8" in told
    assert "the id one-team is taken" in told


def test_a_passage_has_a_readable_name() -> None:
    assert passage_name("one-team", OBJECTIONS) == "one-team#if-they-say"
    assert passage_name("one-team", "Do") == "one-team#do"


def test_markup_in_a_card_stays_text() -> None:
    tricky = "See <script>alert(1)</script> and ![x](http://example.org/x.png)."
    assert card(CARD.replace("Take Dallas.", tricky)).section("Say").text == tricky
