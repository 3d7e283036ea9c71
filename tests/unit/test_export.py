"""A conversation as a document."""

from datetime import UTC, datetime

from assistant.advice.answer import Answer, Citation, Trace, Understood
from assistant.advice.export import conversation_markdown, exported

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


def cited(quote: str) -> Citation:
    return Citation(
        marker=1, kind="playbook", passage_id=f"card#{quote}", card_id="card", title="A card", section="Do",
        principles=("le-1",), quote=quote, text=f"{quote} and more", score=1.0,
    )  # fmt: skip


def answered(text: str, *citations: Citation) -> Answer:
    understood = Understood(
        role="coach", question="q", standalone="q", shape="advice", scope="in", scope_confidence=1.0
    )
    return Answer(
        question="q", role="coach", path="exact", abstained=False, answer=text, citations=citations,
        understood=understood, trace=Trace(),
    )  # fmt: skip


def written(*turns: tuple[str, Answer | None], title: str = "T") -> str:
    return conversation_markdown(exported(title, turns, role_name="Coach", exported_at=NOW))


def test_sources_are_numbered_through_the_whole_document() -> None:
    text = written(
        ("one", answered("First [1].", cited("a b c d"))), ("two", answered("Second [1].", cited("e f g h")))
    )
    assert "First [1]." in text
    assert "Second [2]." in text
    assert "2. A card, Do: “e f g h” Principle: One group first." in text


def test_the_same_words_cited_twice_are_one_source() -> None:
    text = written(
        ("one", answered("First [1].", cited("a b c d"))), ("two", answered("Again [1].", cited("a b c d")))
    )
    assert "Again [1]." in text
    assert text.count("A card, Do") == 1


def test_a_question_without_an_answer_is_said_to_have_none() -> None:
    assert "*No answer yet.*" in written(("one", None))


def test_markup_in_a_question_or_a_title_stays_text() -> None:
    text = written(("# [x](http://e.example) <b>", None), title="*bold* # title")
    assert r"## \# \[x\](http://e.example) \<b\>" in text
    assert text.startswith(r"# \*bold\* \# title")
