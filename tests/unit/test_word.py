"""A conversation as a Word document."""

import io
from datetime import UTC, datetime

import docx
import pytest
from docx.document import Document

from assistant.advice.answer import Answer, Citation, Pilot, Trace, Understood
from assistant.advice.export import exported
from assistant.documents.conversation import conversation_docx

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


def cited(marker: int, quote: str, **changed: object) -> Citation:
    values: dict[str, object] = {
        "marker": marker, "kind": "playbook", "passage_id": f"card#{quote}", "card_id": "card", "title": "A card",
        "section": "Do", "principles": ("le-1",), "quote": quote, "text": f"{quote} and more", "score": 1.0,
    }  # fmt: skip
    return Citation.model_validate(values | changed)


def answered(text: str, *citations: Citation, pilot: Pilot | None = None) -> Answer:
    understood = Understood(
        role="coach", question="q", standalone="q", shape="advice", scope="in", scope_confidence=1.0
    )
    return Answer(
        question="q", role="coach", path="exact", abstained=False, answer=text, citations=citations,
        understood=understood, trace=Trace(), pilot=pilot,
    )  # fmt: skip


def written(*turns: tuple[str, Answer | None], title: str = "T") -> Document:
    content = conversation_docx(exported(title, turns, role_name="Coach", exported_at=NOW))
    return docx.Document(io.BytesIO(content))


def lines(document: Document, style: str | None = None) -> list[str]:
    return [p.text for p in document.paragraphs if style is None or (p.style and p.style.name == style)]


def test_a_conversation_has_its_title_questions_answers_and_sources_in_order() -> None:
    document = written(
        ("What now?", answered("First [1].", cited(1, "a b c"))), ("And then?", None), title="Half an hour"
    )
    text = lines(document)
    assert lines(document, "Title") == ["Half an hour"]
    assert lines(document, "Question") == ["What now?", "And then?"]
    parts = ("What now?", "First\u20091.", "And then?", "No answer yet.", "Sources", "“a b c”")
    order = [text.index(part) for part in parts]
    assert order == sorted(order)
    assert document.core_properties.title == "Half an hour"


def test_words_to_say_are_set_as_quotations_paragraph_by_paragraph() -> None:
    document = written(("q", answered("Say:\n> One.\n>\n> Two. [1]", cited(1, "One."))))
    assert lines(document, "Quote")[:2] == ["One.", "Two.\u20091"]


def test_a_marker_leads_to_its_source_and_numbers_run_through_the_document() -> None:
    document = written(
        ("one", answered("First [1].", cited(1, "a b"))), ("two", answered("Second [1].", cited(1, "c d")))
    )
    xml = document.element.xml
    assert 'w:anchor="source-2"' in xml
    assert 'w:name="source-2"' in xml
    assert "Second\u20092." in lines(document)


def test_every_numbered_list_begins_at_one() -> None:
    document = written(("one", answered("1. a\n2. b")), ("two", answered("1. c\n2. d")))
    ids = [
        p._p.pPr.numPr.numId.val
        for p in document.paragraphs
        if p.style and p.style.name == "List Number" and p._p.pPr.numPr is not None
    ]
    assert len(ids) == 4
    assert ids[0] == ids[1] != ids[2] == ids[3]


def test_an_invented_example_is_called_one_among_the_sources() -> None:
    story = cited(
        1, "Snowed in.", kind="story", passage_id="sample-snow", card_id=None, section=None, title="Snow"
    )
    document = written(("q", answered("> Snowed in. [1]", story)))
    assert any("An invented example: Snow" in line for line in lines(document))
    assert any("did not happen" in line for line in lines(document, "Caption"))


def test_a_pilot_stands_in_a_table_with_its_behaviours_left_blank() -> None:
    pilot = Pilot(group="one team", outcome="win rate", cadence="weekly", stop_rule="no time", card_id="c")
    (table,) = written(("q", answered("Do it.", pilot=pilot))).tables
    rows = {row.cells[0].text: row.cells[1].text for row in table.rows}
    assert rows["Group"] == "One team"
    assert rows["Behaviours"].startswith("Left blank until")


def test_a_pilot_that_the_answer_spells_out_is_not_told_twice() -> None:
    pilot = Pilot(group="one team", outcome="win rate", cadence="weekly", stop_rule="no time", card_id="c")
    assert written(("q", answered("- **Stop rule:** no time", pilot=pilot))).tables == []


@pytest.mark.parametrize(
    "trick",
    [
        '=HYPERLINK("http://evil.example")',
        "![x](http://evil.example/x.png)",
        "<w:p><script>alert(1)</script>",
        "{ INCLUDEPICTURE http://evil.example/x.png }",
        "a & b < c > d",
        "😀 日本語 שלום",
    ],
)
def test_formulas_markup_and_other_scripts_stay_the_text_they_are(trick: str) -> None:
    document = written((trick, answered(f"About {trick} now")), title=trick)
    assert lines(document, "Question") == [trick]
    assert f"About {trick} now" in lines(document)
    assert all("evil.example" not in str(rel.target_ref) for rel in document.part.rels.values())
    assert "INCLUDEPICTURE" not in "".join(
        e.text or "" for e in document.element.iter() if e.tag.endswith("}instrText")
    )


def test_what_no_document_can_hold_is_left_out_of_one() -> None:
    assert lines(written(("a\x00b\x0c\ud800c", None)), "Question") == ["abc"]


def test_a_question_in_a_script_from_right_to_left_is_laid_out_so() -> None:
    assert "<w:bidi/>" in written(("كيف أتحدث مع مديري؟", None)).element.xml
