"""Answers and passages as HTML."""

import pytest

from assistant.advice.answer import Citation
from assistant.advice.sources import source_name
from ui.components.richtext import answer_html, as_label, file_name, passage_html, plain_text


def cited(marker: int = 1, **changed: object) -> Citation:
    values: dict[str, object] = {
        "marker": marker, "kind": "playbook", "passage_id": "card#do", "card_id": "card", "title": "A <b>card",
        "section": "Do", "principles": (), "quote": "second line of it", "text": "First.\nThe second line of it & more.",
        "score": 1.0,
    }  # fmt: skip
    return Citation.model_validate(values | changed)


def rendered(markdown: str, *citations: Citation) -> str:
    return answer_html(markdown, citations=citations or (cited(),), message="m1")


def test_a_marker_becomes_a_link_that_says_which_source_it_opens() -> None:
    html = rendered("Do this [1].")
    assert 'data-cite="m1/1"' in html
    assert 'aria-label="Source 1: A &lt;b&gt;card · Do"' in html
    assert "[1]" not in html


def test_brackets_without_a_source_stay_text() -> None:
    assert "[2]" in rendered("Do this [2].")


@pytest.mark.parametrize(
    "trick",
    [
        "![x](http://evil.example/x.png)",
        "[x](javascript:alert(1))",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "http://evil.example www.evil.example a@evil.example",
        "[x]: http://evil.example\n\n[x]",
        "<http://evil.example>",
        "&lt;script&gt;",
    ],
)
def test_no_trick_becomes_an_element_of_the_page(trick: str) -> None:
    html = rendered(f"Before {trick} after [1].\n\n> {trick} [1]\n\n{trick}")
    for part in ("<img", "<script", 'href="http', 'href="java', "src="):
        assert part not in html.replace("&lt;", "").replace(" src=x", "")


def test_words_to_say_have_a_copy_button_and_a_sample_story_has_none() -> None:
    assert "cp-copy" in rendered("> Say this. [1]")
    sample = cited(kind="story", passage_id="sample-one", card_id=None, section=None)
    assert "cp-copy" not in rendered("> It was a Tuesday. [1]", sample)
    assert source_name(sample).startswith("An invented example: ")


def test_the_quoted_words_are_marked_within_the_whole_passage() -> None:
    assert passage_html(cited()) == "<p>First.</p><p>The <mark>second line of it</mark> &amp; more.</p>"


def test_a_quote_over_two_lines_is_marked_on_both() -> None:
    html = passage_html(cited(quote="First.\nThe second"))
    assert html.startswith("<p><mark>First.</mark></p><p><mark>The second</mark> line")


def test_a_copied_answer_has_neither_markers_nor_asterisks() -> None:
    assert plain_text("**0–3** “No slides.” [1]\n\n> Say this. [2]") == "0–3 “No slides.”\n\nSay this."


def test_labels_show_markup_as_it_was_typed() -> None:
    assert as_label("*a* :red[b] $c$") == r"\*a\* \:red\[b\] \$c\$"
    assert len(as_label("x" * 500, limit=20)) == 20


@pytest.mark.parametrize(
    ("title", "name"), [("What now? / ../x", "what-now-x.md"), ("???", "conversation.md")]
)
def test_a_title_makes_a_safe_file_name(title: str, name: str) -> None:
    assert file_name(title, "md") == name
