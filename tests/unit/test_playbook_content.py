"""The shipped playbook and its sample stories keep what `docs/writing-cards.md` asks of an author."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge.cards import Card, Sentence, shipped_cards
from knowledge.embeddings import LocalEmbedder
from knowledge.principles import PRINCIPLES
from knowledge.samples import Story, shipped_stories
from knowledge.slots import SLOT_NAMES, slot_names
from prompts import phrase_book

CARDS = shipped_cards()
STORIES = shipped_stories()
BY_ID = {card.id: card for card in CARDS}
PLAIN = [card for card in CARDS if card.kind == "card"]

LENGTHS = {
    "Why it matters to them": (2, 3, 28),
    "Do": (4, 7, 28),
    "Say": (4, 7, 35),
    "Ask": (3, 5, 25),
    "Avoid": (2, 3, 28),
    "If they say…": (3, 5, 40),
    "Pilot": (4, 4, 30),
}
"""Fewest and most sentences of a section, and the most words of one."""

LEAD_WORDS, MAIL_WORDS, MOST_LEADS = 22, 60, 4
JARGON = r"leverag\w+|synerg\w+|stakeholders?|learning journeys?|align(?:ed|ing|ment)?|best practices?|touchpoints?"
AMERICAN = r"\w+iz(?:e|es|ed|ing|ation)s?|behaviors?|colors?|favor\w*|centers?|catalogs?|programs?|enroll\w*|judgments?"
NOT_AMERICAN = {"size", "sizes", "sized", "prize", "prizes", "seize", "downsizing", "resize"}
ALIKE = 0.86
"""Above it, every pair of lines that was looked at said the same; below, many only shared "which team and which number"."""
READING_GRADE = {"card": 8.0, "metric": 10.5, "pilot": 9.0}
"""A pupil of fourteen is in grade 9; definitions of figures may ask a little more."""


def words(text: str) -> list[str]:
    return re.findall(r"[\w'’-]+", text)


def everything(card: Card) -> Iterator[str]:
    """All of a card that anybody may read."""
    yield card.title
    for sentence in card.sentences():
        yield sentence.text
        if sentence.objection:
            yield sentence.objection


def serving(principle: str) -> list[Card]:
    """Cards about a principle that its reader is given."""
    to = PRINCIPLES[principle].to
    return [
        card
        for card in PLAIN
        if principle in card.about.principles and (to == "both" or to in card.about.audience)
    ]


def test_there_are_enough_cards_of_every_kind() -> None:
    kinds = Counter(card.kind for card in CARDS)
    assert kinds["card"] >= 48
    assert kinds["metric"] >= 14
    assert kinds["pilot"] >= 14
    assert sum("coach" in card.about.audience for card in PLAIN) >= 8


@pytest.mark.parametrize("principle", sorted(PRINCIPLES))
def test_every_principle_is_served_by_three_cards_for_its_reader(principle: str) -> None:
    assert len(serving(principle)) >= 3


@pytest.mark.parametrize("card", PLAIN, ids=lambda card: card.id)
def test_the_sections_of_a_card_keep_to_their_lengths(card: Card) -> None:
    for section in card.sections:
        fewest, most, longest = LENGTHS[section.heading]
        assert fewest <= len(section.sentences) <= most, section.heading
        for sentence in section.sentences:
            assert len(sentence.text.split()) <= limit(sentence, longest), sentence.text


def limit(sentence: Sentence, longest: int) -> int:
    if "email" in sentence.settings:
        return MAIL_WORDS
    return LEAD_WORDS if sentence.lead else longest


@pytest.mark.parametrize("card", PLAIN, ids=lambda card: card.id)
def test_a_card_has_what_an_answer_is_made_of(card: Card) -> None:
    say = card.section("Say").sentences
    assert 1 <= sum(sentence.lead for sentence in card.section("Do").sentences) <= MOST_LEADS
    assert 1 <= sum("email" in sentence.settings for sentence in say) <= 2
    assert any("hallway" in sentence.settings for sentence in say)
    assert all(sentence.text.startswith("Don't ") for sentence in card.section("Avoid").sentences)
    assert all(
        sentence.objection and sentence.objection[-1] in ".?…"
        for sentence in card.section("If they say…").sentences
    )
    assert [s.raw.partition(":")[0] for s in card.section("Pilot").sentences] == [
        "Group", "Outcome", "Cadence", "Stop rule",
    ]  # fmt: skip
    assert 8 <= len(card.about.situations) <= 12


@pytest.mark.parametrize("card", [c for c in CARDS if c.kind != "card"], ids=lambda card: card.id)
def test_metric_and_pilot_cards_are_short_and_complete(card: Card) -> None:
    assert all(1 <= len(section.sentences) <= 3 for section in card.sections)
    assert {"learning-executive", "coach"} <= set(card.about.audience)
    if card.kind == "metric":
        assert "sales-vp" in card.about.audience
        assert card.about.unit
        assert card.about.measure
        assert card.about.direction


def test_every_metric_that_a_card_names_exists() -> None:
    for card in CARDS:
        for name in card.about.metrics:
            assert BY_ID[name].kind == "metric", (card.id, name)


def test_titles_and_situations_are_one_cards_own() -> None:
    for texts in ([c.title for c in CARDS], [s for c in CARDS for s in c.about.situations]):
        assert not [text for text, count in Counter(texts).items() if count > 1]


def test_a_question_is_settled_one_way_by_a_card() -> None:
    for card in CARDS:
        settled: dict[str, str] = {}
        for sentence in card.sentences():
            for verdict, question in sentence.verdicts:
                assert settled.setdefault(question, verdict) == verdict, (card.id, question)


def test_every_slot_is_known_and_its_default_stands_alone() -> None:
    for card in CARDS:
        for sentence in card.sentences():
            assert slot_names(sentence.raw) <= SLOT_NAMES
            assert not re.search(r"[{}|]", sentence.text), sentence.text
            assert sentence.text[:1].isupper() or sentence.text[:1] in "“\"'0123456789", sentence.text


def test_needs_are_facts_that_can_be_known() -> None:
    assert all(sentence.needs <= SLOT_NAMES for card in CARDS for sentence in card.sentences())


def test_nothing_shouts_or_looks_like_a_marker_or_a_link() -> None:
    for card in CARDS:
        for text in everything(card):
            assert "!" not in text, text
            assert not re.search(r"[\[(][^\])]*\d[^\])]*[\])]", text), text
            assert not re.search(r"https?://|<[a-z/]|\]\(", text), text


def test_nobody_speaks_the_jargon_of_the_trade_or_american() -> None:
    for card in CARDS:
        for text in everything(card):
            assert not re.search(rf"\b(?:{JARGON})\b", text, re.IGNORECASE), text
            american = re.findall(rf"\b(?:{AMERICAN})\b", text, re.IGNORECASE)
            assert not [word for word in american if word.lower() not in NOT_AMERICAN], text


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_busy_executive_reads_a_card_with_ease(card: Card) -> None:
    assert reading_grade("\n".join(section.text for section in card.sections)) <= READING_GRADE[card.kind]


def reading_grade(text: str) -> float:
    """Automated Readability Index (Smith and Senter, 1967), as a school grade.

    By hand, because textstat fetches a pronouncing dictionary from the network at its first use.
    """
    found = words(text)
    letters = sum(len(re.sub(r"\W", "", word)) for word in found)
    ends = len(re.findall(r"[.?:](?=\s|$|”)", text))
    return 4.71 * letters / len(found) + 0.5 * len(found) / ends - 21.43


def test_no_two_cards_have_their_reader_say_the_same() -> None:
    lines = [(c.id, s) for c in CARDS for s in c.sentences() if s.section in {"Say", "Do", "Ask"}]
    rows = LocalEmbedder().embed([sentence.text for _, sentence in lines])
    alike = np.triu(rows @ rows.T, 1) > ALIKE
    pairs = [(lines[i][1].text, lines[j][1].text) for i, j in zip(*np.where(alike), strict=True)]
    assert not pairs


def test_no_sentence_is_written_twice() -> None:
    counts = Counter(sentence.raw for card in CARDS for sentence in card.sentences())
    assert not [raw for raw, count in counts.items() if count > 1]


ARTICLE = Path(
    os.environ.get("COUNTERPART_TEST_ARTICLE", Path(__file__).parents[3] / "shared" / "article.txt")
)
RUN = 7


def runs(text: str) -> set[tuple[str, ...]]:
    found = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    return {tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


def test_no_sentence_is_copied_from_the_article() -> None:
    if not ARTICLE.is_file():
        pytest.skip("the article is not part of the project; set COUNTERPART_TEST_ARTICLE to compare with it")
    source = runs(ARTICLE.read_text(encoding="utf-8"))
    ours = [text for card in CARDS for text in (*everything(card), card.about.source)]
    ours += [story.text for story in STORIES] + list(phrase_book("advice").phrases.values())
    assert not [" ".join(run) for text in ours for run in runs(text) & source]


def test_there_are_stories_of_wins_and_of_failures() -> None:
    results = Counter(story.result for story in STORIES)
    assert len(STORIES) >= 30
    assert results["failure"] >= 12
    assert results["win"] >= 8
    assert sum(story.buyer_words != "none" for story in STORIES) >= len(STORIES) * 2 / 3
    assert len({story.industry for story in STORIES}) >= 10


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_a_sample_story_says_what_it_is_and_points_at_what_exists(story: Story) -> None:
    assert story.sample
    assert story.id.startswith("sample-")
    assert story.metric == "none" or BY_ID[story.metric].kind == "metric"
    assert 1 <= len(story.cards) <= 3
    assert all(name in BY_ID for name in story.cards)
    assert 1 <= len(story.principles) <= 2
    assert date(2025, 1, 1) <= story.date <= date(2026, 9, 30)
    assert (story.evidence == "none") == (story.grade == "anecdote")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_a_sample_story_is_short_and_spoken(story: Story) -> None:
    assert 90 <= len(story.text.split()) <= 160
    assert "!" not in story.text
    assert not re.search(r"^#|https?://", story.text, re.MULTILINE)
    if story.buyer_words != "none":
        assert re.search(r"[“\"]", story.text)


@pytest.mark.parametrize("principle", [p for p in sorted(PRINCIPLES) if not p.startswith("q-")])
def test_every_principle_is_illustrated_by_three_stories(principle: str) -> None:
    assert sum(principle in story.principles for story in STORIES) >= 3
