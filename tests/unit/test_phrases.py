"""The coach's own frames: rendered strictly, and none of them is advice."""

import re
import string

import pytest

from assistant.advice.answer import Understood
from prompts import digest, phrase, phrase_book

BOOK = phrase_book("advice")


def test_a_phrase_takes_exactly_its_values() -> None:
    assert phrase("advice", "minutes", start="0", end="3") == "**0–3 min**"
    with pytest.raises(ValueError, match="minutes takes"):
        phrase("advice", "minutes", start="0")
    with pytest.raises(ValueError, match="minutes takes"):
        phrase("advice", "minutes", start="0", end="3", middle="2")


def test_an_unknown_phrase_is_an_error() -> None:
    with pytest.raises(KeyError):
        phrase("advice", "no-such-phrase")


def test_a_value_with_braces_is_put_in_as_it_is() -> None:
    assert "{what} is %s" in phrase("advice", "out-nearest", title="{what} is %s")


def test_the_digest_is_short_and_stable() -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", digest("advice"))
    assert digest("advice") == digest("advice")


@pytest.mark.parametrize("name", sorted(BOOK.phrases))
def test_a_frame_carries_no_marker_and_no_shouting(name: str) -> None:
    text = BOOK.phrases[name]
    assert not re.search(r"\[[^\]]*\d", text)
    assert "!" not in text
    assert text == text.strip()
    fields = [field for _, field, _, _ in string.Formatter().parse(text) if field]
    assert phrase("advice", name, **dict.fromkeys(fields, "x"))


def test_every_scope_that_declines_says_why() -> None:
    for scope in ("out", "private", "benchmark"):
        assert BOOK.phrases[scope]
        assert "{title}" in BOOK.phrases[f"{scope}-nearest"]
    assert Understood.model_fields["scope"]


def test_nobody_is_told_that_their_feelings_are_understood() -> None:
    assert not any("understand how you feel" in text.lower() for text in BOOK.phrases.values())
