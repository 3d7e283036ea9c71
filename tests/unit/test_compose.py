"""Composing: each shape from one small card, every sentence cited, nothing invented."""

import re

import pytest
from support.cards import CARD, card

from assistant.advice.answer import Facts, Shape, Understood
from assistant.advice.choose import Ranked
from assistant.advice.compose import CARD_LAYOUTS, compose, lead, spoken, suggest_pilot
from assistant.advice.draft import Draft
from assistant.advice.followups import OPERATIONS
from knowledge.cardbook import CardBook
from knowledge.cards import Card, Role
from knowledge.embeddings import LocalEmbedder

FULL = """---
id: one-team
title: One team first
audience: [sales-vp]
principles: [sv-1]
basis: article
source: Advice 1 to VPs
situations: [where do we begin, everybody at once, my board wants all of it]
---
## Why it matters to them
- {They need} one room in which to be wrong.
- Nobody can watch sixty people at once.
## Do
- Pick {group|one team} and leave the field alone.
  <!-- lead; no: Should we train everybody?; pick: One team or all of them? -->
- Ask the manager before you name the team. <!-- not_if_tried: manager-briefing -->
- Put {date|the last day} in both calendars. <!-- needs: date -->
- Look at one call together before you part. <!-- part: close -->
## Say
- I'd start with {group|one team}. Would you? <!-- part: open; setting: ten-minutes, thirty-minutes -->
- What do those people not do yet? <!-- part: explore; setting: ten-minutes, thirty-minutes -->
- So it is {metric|your number} in {group|that team}. Right? <!-- part: reflect; setting: thirty-minutes -->
- I'll bring one page on Friday. <!-- part: close; setting: ten-minutes, thirty-minutes -->
- One team, one number. Deal? <!-- setting: hallway -->
- Could we begin with {group|one team}? I'd ask the manager first and tell you on Friday what I heard.
  Nothing to prepare. <!-- setting: email -->
- Which of your calls may I hear? <!-- to: rep -->
## Ask
- What would change there first?
- Whose word would you take for it?
- Why that team and no other?
## Avoid
- Don't begin with the team that needs it most.
- Don't announce it before the manager knows.
## If they say…
- **Why not all of them at once?** One can be watched. Which one would you watch?
- **I have no time for this.** Then ten minutes on one name. Whose?
## Pilot
- Group: {group|one team} whose manager wants it.
- Outcome: {metric|the number they named}, written down by both.
- Cadence: fifteen minutes every second week.
- Stop rule: six weeks without an early sign.
"""


@pytest.fixture(scope="module")
def embedder() -> LocalEmbedder:
    return LocalEmbedder()


@pytest.fixture(scope="module")
def book(embedder: LocalEmbedder) -> CardBook:
    return CardBook([card(FULL)], embedder.embed)


class Writer:
    """Starts drafts of answers from one card."""

    def __init__(self, book: CardBook, embedder: LocalEmbedder) -> None:
        self.book, self._embedder = book, embedder
        self.card: Card = book.cards["one-team"]

    def draft(
        self,
        question: str = "Where do we begin?",
        *,
        shape: Shape = "advice",
        role: Role = "sales-vp",
        said: frozenset[str] = frozenset(),
        **read: object,
    ) -> Draft:
        understood = Understood.model_validate(
            {
                "role": role, "question": question, "standalone": question, "shape": shape,
                "scope": "in", "scope_confidence": 1.0, **read,
            }
        )  # fmt: skip
        return Draft(understood, self.book, self.book.near(self._embedder.embed_one(question)), said=said)

    def ranked(self, draft: Draft) -> list[Ranked]:
        best = draft.near.best("verdict", cards=["one-team"])
        return [
            Ranked(
                self.card, 1.0, verdict=best[0] if draft.understood.shape in {"yes-no", "either-or"} else None
            )
        ]

    def write(self, *args: str, **read: object) -> Draft:
        draft = self.draft(*args, **read)  # type: ignore[arg-type]  # handed on as they are
        compose(draft, self.ranked(draft))
        return draft


@pytest.fixture(scope="module")
def writer(book: CardBook, embedder: LocalEmbedder) -> Writer:
    return Writer(book, embedder)


def is_cited(draft: Draft) -> None:
    markers = [int(number) for number in re.findall(r"\[(\d+)\]", draft.markdown)]
    assert (
        sorted(set(markers))
        == [c.marker for c in draft.citations]
        == list(range(1, len(draft.citations) + 1))
    )
    assert all(c.quote in c.text for c in draft.citations)
    assert len(draft.used) == len(set(draft.used))


@pytest.mark.parametrize("shape", sorted(CARD_LAYOUTS))
def test_every_shape_is_cited_and_says_nothing_twice(writer: Writer, shape: Shape) -> None:
    draft = writer.write(shape=shape)
    is_cited(draft)
    assert draft.citations
    assert "{" not in draft.markdown


def test_advice_opens_with_a_decision_and_its_reason(writer: Writer) -> None:
    draft = writer.write()
    assert draft.markdown.startswith("Pick one team and leave the field alone. [1] ")
    assert draft.citations[1].section == "Why it matters to them"


def test_a_yes_or_no_question_gets_its_answer_first(writer: Writer) -> None:
    draft = writer.write("Should we train everybody?", shape="yes-no")
    assert draft.markdown.startswith("No. Pick one team and leave the field alone. [1]")


def test_a_choice_that_the_sentence_names_gets_no_yes_or_no(writer: Writer) -> None:
    draft = writer.write("One team or all of them?", shape="either-or")
    assert draft.markdown.startswith("Pick one team")


def test_words_for_ten_minutes_come_in_the_order_of_the_meeting(writer: Writer) -> None:
    draft = writer.write(shape="words", setting="ten-minutes", minutes=10)
    lines = re.findall(r"^\d\. “(.+)” \[\d+\]$", draft.markdown, re.MULTILINE)
    assert lines == [
        "I'd start with one team. Would you?",
        "What do those people not do yet?",
        "I'll bring one page on Friday.",
    ]
    assert draft.markdown.split("\n\n")[-1].startswith("Don't ")


def test_a_corridor_has_room_for_one_line(writer: Writer) -> None:
    draft = writer.write(shape="words", setting="hallway")
    assert re.findall(r"^> “(.+)” ", draft.markdown, re.MULTILINE) == ["One team, one number. Deal?"]


def test_a_plan_shares_the_minutes_out(writer: Writer) -> None:
    draft = writer.write(shape="plan", minutes=60, setting="thirty-minutes")
    slots = re.findall(r"\*\*(\d+)–(\d+) min\*\*", draft.markdown)
    assert (slots[0][0], slots[-1][1]) == ("0", "60")
    assert len(slots) == 4


def test_a_message_is_one_quotation_and_names_what_was_said(writer: Writer) -> None:
    draft = writer.write(shape="message", setting="email", facts=Facts(group="the Dallas team"))
    assert draft.markdown.count("\n> ") == 1
    assert "Could we begin with the Dallas team?" in draft.markdown


def test_questions_are_numbered(writer: Writer) -> None:
    draft = writer.write(shape="questions")
    assert len(re.findall(r"^\d\. “[^”]+\?” \[\d+\]$", draft.markdown, re.MULTILINE)) == 3


def test_an_objection_gets_the_reply_written_for_it(writer: Writer) -> None:
    draft = writer.write("He asks why not all of them at once", shape="objection")
    assert "One can be watched. Which one would you watch?" in draft.markdown


def test_a_pilot_has_four_lines_and_leaves_behaviours_blank(writer: Writer) -> None:
    draft = writer.write(shape="pilot", facts=Facts(group="the Dallas team", metric="win rate"))
    for name in ("Group", "Outcome", "Cadence", "Stop rule"):
        assert f"**{name}:**" in draft.markdown
    assert "the Dallas team" in draft.markdown
    assert "blank until you have asked" in draft.markdown
    pilot = suggest_pilot(draft, writer.card)
    assert pilot is not None
    assert pilot.group.startswith("the Dallas team")
    assert pilot.outcome.lower().startswith("win rate")
    assert pilot.behaviours is None


def test_the_answer_is_filled_and_the_citation_is_not(writer: Writer) -> None:
    draft = writer.write(facts=Facts(group="the Dallas team"))
    assert draft.markdown.startswith("Pick the Dallas team and leave the field alone. [1]")
    assert draft.citations[0].quote == "Pick one team and leave the field alone."
    assert "Dallas" not in draft.citations[0].text


def test_the_counterpart_is_called_as_the_user_does(writer: Writer) -> None:
    for pronoun, verb in (("he", "He needs"), ("she", "She needs"), ("they", "They need")):
        draft = writer.draft(pronoun=pronoun)
        assert draft.words(writer.card.section("Why it matters to them").sentences[0]).startswith(verb)


def test_what_was_tried_or_lacks_a_fact_is_left_out(writer: Writer) -> None:
    steps = {s.raw for s in writer.draft().pick(writer.card, "Do", 9)}
    assert "Ask the manager before you name the team." in steps
    assert not any("{date" in step for step in steps)
    tried = {s.raw for s in writer.draft(tried=("manager-briefing",)).pick(writer.card, "Do", 9)}
    assert "Ask the manager before you name the team." not in tried
    dated = {s.raw for s in writer.draft(facts=Facts(date="by March")).pick(writer.card, "Do", 9)}
    assert any("{date" in step for step in dated)


def test_what_was_heard_before_is_not_said_again(writer: Writer) -> None:
    first = writer.write()
    second = writer.draft(said=frozenset(first.used))
    compose(second, writer.ranked(second))
    assert not set(first.used) & set(second.used)


def test_a_line_for_somebody_else_is_labelled_and_only_used_where_they_are_meant(writer: Writer) -> None:
    line = writer.card.section("Say").sentences[-1]
    assert not writer.draft().addressed(line)
    draft = writer.draft("What do I say to my reps?")
    assert draft.addressed(line)
    assert spoken(draft, writer.card, [line])[0] == "To the rep:"


def test_words_from_the_other_sides_card_say_whose_they_are(writer: Writer) -> None:
    draft = writer.draft(role="learning-executive")
    assert spoken(draft, writer.card, draft.pick(writer.card, "Ask"))[0] == "Words for the VP:"


def test_one_sentence_has_one_marker(writer: Writer) -> None:
    draft = writer.draft()
    sentence = writer.card.section("Avoid").sentences[0]
    assert draft.cite(writer.card, sentence).endswith("[1]")
    assert draft.cite(writer.card, sentence).endswith("[1]")
    assert len(draft.citations) == 1


def test_a_very_short_sentence_is_quoted_with_its_neighbour() -> None:
    short = card(CARD)
    book = CardBook([short], LocalEmbedder().embed)
    understood = Understood(
        role="sales-vp", question="q", standalone="q", shape="advice", scope="in", scope_confidence=1
    )
    draft = Draft(understood, book, book.near(LocalEmbedder().embed_one("q")))
    draft.cite(short, short.section("Say").sentences[0])
    assert draft.citations[0].quote == draft.citations[0].text == "Take Dallas."


def test_a_lead_that_was_said_gives_way_to_the_next_step(writer: Writer) -> None:
    said = frozenset({writer.card.section("Do").sentences[0].raw})
    draft = writer.draft(said=said)
    assert not lead(draft, writer.card).startswith("Pick")
    assert lead(draft, writer.card)


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_every_follow_up_writes_something_cited(writer: Writer, operation: str) -> None:
    draft = writer.draft("and then?", follow_up=operation)
    OPERATIONS[operation](draft, writer.card, writer.ranked(draft))  # type: ignore[index]  # one of its keys
    assert draft.markdown
    is_cited(draft)


def test_an_answer_never_runs_out_into_nothing_however_much_was_said(writer: Writer) -> None:
    said: frozenset[str] = frozenset()
    for _ in range(12):
        draft = writer.draft(said=said)
        compose(draft, writer.ranked(draft))
        is_cited(draft)
        said |= frozenset(draft.used)
    assert len(said) >= 12
