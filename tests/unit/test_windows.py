"""Cutting text into windows."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from knowledge.windows import content_hash, count_words, split, windows

PARAGRAPH = (
    "A manager saw the call. She wrote down what changed; nobody had asked. Then the team tried it again."
)


def test_a_short_text_is_one_window_with_its_title_in_front() -> None:
    assert windows("One team first.", head="Traction › Do") == ["Traction › Do\nOne team first."]


def test_an_empty_text_has_no_window() -> None:
    assert windows("  \n\n ", head="Title") == []


def test_a_long_text_overlaps_and_is_cut_at_sentences() -> None:
    text = "\n\n".join(f"{PARAGRAPH} It was number {number}." for number in range(40))
    found = windows(text)
    assert len(found) > 4
    assert all(80 < count_words(each) <= 160 for each in found)
    assert all(each.rstrip().endswith(".") for each in found)
    assert all(one.split()[-15:] != other.split()[-15:] for one, other in pairwise(found))
    shared = [set(one.split(".")) & set(other.split(".")) for one, other in pairwise(found)]
    assert all(shared)


def test_a_text_without_spaces_is_cut_too() -> None:
    assert len(windows("x" * 10_000)) > 2
    assert all(len(each) <= 160 for each in windows("見" * 1_000))


@given(st.lists(st.text(max_size=30), max_size=400))
def test_no_word_is_lost_and_none_is_added(words: list[str]) -> None:
    text = " ".join(words)
    together = "".join("".join(each.split()) for each in split(text, 20))
    assert together == "".join(text.split())


def test_the_hash_is_that_of_exactly_the_text() -> None:
    assert content_hash("a") != content_hash("a ")
    assert len(content_hash("a")) == 64
