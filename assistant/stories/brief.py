"""Before you ride along: one page of what the field has told, and what to ask there. It prepares for meeting people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant.stories.deliver import said_day, standing
from assistant.stories.grade import Grade
from assistant.stories.story import Story
from assistant.stories.themes import Theme
from knowledge.cards import Card
from prompts import phrase

CARD = "ride-along"
_THEMES, _QUOTES, _LINES = 3, 4, 4
_TRUST: dict[Grade, int] = {"anecdote": 0, "verified": 1, "measured": 2}


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Brief:
    """One page: where to, what was told there, in whose words, and what the playbook says to do and to ask."""

    where: str
    lead: str
    told: tuple[tuple[str, str], ...]
    quotes: tuple[str, ...]
    stories: tuple[tuple[str, str], ...]
    do: tuple[str, ...]
    ask: tuple[str, ...]
    card_title: str
    basis: str


def make_brief(where: str, stories: Sequence[Story], found: Sequence[Theme], card: Card | None) -> Brief:
    """Of stories from one place, or all; `card` says what to do on a ride-along."""
    newest = sorted(stories, key=lambda story: story.day, reverse=True)
    anecdotes = sum(story.grade == "anecdote" for story in stories)
    count, unchecked = str(len(stories)), 0 < anecdotes == len(stories)
    basis = (
        phrase("stories", "brief-anecdotes", stories=count)
        if unchecked
        else phrase("stories", "brief-basis", stories=count, anecdotes=str(anecdotes))
    )
    return Brief(
        where=where,
        lead=phrase("stories", "brief-lead"),
        told=tuple((theme.title, _counted(theme)) for theme in found[:_THEMES]),
        quotes=tuple(words for words, _ in _in_turn([theme.quotes for theme in found]))[:_QUOTES],
        stories=tuple((story.title, _facts(story, brief=unchecked)) for story in _to_read(newest, found)),
        do=_sentences(card, "Do"),
        ask=_sentences(card, "Ask"),
        card_title=card.title if card else "",
        basis=basis,
    )


def brief_markdown(brief: Brief) -> str:
    """The page as text."""
    lines = [f"# Before you ride along{f': {brief.where}' if brief.where else ''}", "", brief.lead, ""]
    for heading, items in sections(brief):
        lines += [f"## {heading}", "", *(f"- {item}" for item in items), ""]
    return "\n".join([*lines, brief.basis, ""])


def sections(brief: Brief) -> list[tuple[str, tuple[str, ...]]]:
    """Headings with their lines; those without lines are left out."""
    all_of_them = [
        ("What they talk about", tuple(f"{title}: {counted}" for title, counted in brief.told)),
        ("In buyers’ words", tuple(f"“{words}”" for words in brief.quotes)),
        ("Stories to have read", tuple(f"{title.rstrip('.')} ({facts})" for title, facts in brief.stories)),
        (f"Do (from “{brief.card_title}”)", brief.do),
        ("Ask when you are there", brief.ask),
    ]
    return [(heading, items) for heading, items in all_of_them if items]


def _counted(theme: Theme) -> str:
    several = "1 story" if len(theme.stories) == 1 else f"{len(theme.stories)} stories"
    went = [f"{count} {name}" for count, name in ((theme.wins, "won"), (theme.failures, "lost")) if count]
    return ", ".join([several, *went, *(["rising"] if theme.rising else [])])


def _in_turn(groups: Sequence[Sequence[Item]]) -> list[Item]:
    """The first of each group, then the second of each."""
    longest = max(map(len, groups), default=0)
    return [group[at] for at in range(longest) for group in groups if at < len(group)]


def _to_read(newest: Sequence[Story], found: Sequence[Theme]) -> list[Story]:
    """From each of the leading themes in turn, what was best checked first; then the newest of the rest."""
    checked = [sorted(theme.stories, key=lambda story: -_TRUST[story.grade]) for theme in found[:_THEMES]]
    chosen = {story.id: story for story in [*_in_turn(checked), *newest]}
    return list(chosen.values())[:_LINES]


def _facts(story: Story, *, brief: bool) -> str:
    """Its day, and how far it can be trusted where that is not said of all of them below."""
    if brief:
        return said_day(story.day)
    how_far = "anecdote" if story.grade == "anecdote" else standing(story).rstrip(".")
    return f"{said_day(story.day)}; {how_far[:1].lower()}{how_far[1:]}"


def _sentences(card: Card | None, heading: str) -> tuple[str, ...]:
    found = [
        s
        for section in (card.sections if card else ())
        if section.heading == heading
        for s in section.sentences
    ]
    return tuple(sentence.text for sentence in found[:_LINES])
