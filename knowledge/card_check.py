"""Looking over a card that somebody wrote here: what it must keep to be used, and what its author should know.

A shipped card is held to more by the project's tests; this is what the coach needs so that no answer breaks.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.cards import OBJECTIONS, Card, Section, Sentence, parse_card
from knowledge.errors import CardError

MOST_CHARACTERS = 40_000
LONGEST_ID = 80
_LENGTHS = {
    "Why it matters to them": (2, 3, 28),
    "Do": (4, 7, 28),
    "Say": (4, 7, 35),
    "Ask": (3, 5, 25),
    "Avoid": (2, 3, 28),
    OBJECTIONS: (3, 5, 40),
    "Pilot": (4, 4, 30),
}
"""Fewest and most sentences of a card's section, and the most words of one; as `docs/writing-cards.md` has them."""
_OTHER_WORDS, _MAIL_WORDS = 40, 60
_ID = re.compile(r"^id:\s*[\"']?([a-z0-9-]+)", re.MULTILINE)
_NUMBERED = re.compile(r"\[[^\]\n]*\d[^\]\n]*\]")
_NOTE = re.compile(r"<!--.*?-->", re.DOTALL)
_FOREIGN = re.compile(r"</?[a-zA-Z]|!?\[[^\]\n]*\]\(|https?://")


@dataclass(frozen=True, slots=True)
class Checked:
    """A card that can be used, and remarks for its author, each with its line where there is one."""

    card: Card
    remarks: tuple[str, ...]


def check_card(source: str, *, name: str | None = None) -> Checked:
    """The card in `source`. `name` is its file's name; without one the id stands for it.

    Raises `CardError` naming file, line and reason.
    """
    called = name or f"{id_of(source)}.md"
    _refuse_unreadable(source, called)
    card = parse_card(source, name=called)
    _refuse_unusable(card, source, called)
    return Checked(card, tuple(_remarks(card, source)))


def id_of(source: str) -> str:
    """The id that the front matter gives; `card` where it gives none."""
    match = _ID.search(source)
    return match.group(1) if match else "card"


def _refuse_unreadable(source: str, name: str) -> None:
    if not source.strip():
        raise CardError(f"{name}: the card is empty")
    if len(source) > MOST_CHARACTERS:
        raise CardError(f"{name}: {len(source):,} characters; a card has {MOST_CHARACTERS:,} at most")
    for number, line in enumerate(source.split("\n"), 1):
        if strange := next((c for c in line.rstrip("\r") if _controls(c)), None):
            raise CardError(f"{name}, line {number}: a control character (U+{ord(strange):04X})")


def _controls(character: str) -> bool:
    """Whether it steers a machine or turns the writing round instead of being read."""
    code = ord(character)
    return (
        (code < 32 and character != "\t")
        or 127 <= code < 160
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or 0xD800 <= code < 0xE000
    )


def _refuse_unusable(card: Card, source: str, name: str) -> None:
    if len(card.id) > LONGEST_ID:
        raise CardError(f"{name}: an id of {len(card.id)} characters; {LONGEST_ID} are the most")
    if empty := next((section for section in card.sections if not section.sentences), None):
        where = _where(f"## {empty.heading}", source)
        raise CardError(f"{name}{where}: the section “{empty.heading}” has no sentence")
    spoken = [card.title, *(part for s in card.sentences() for part in (s.raw, s.objection or ""))]
    if numbered := next((match for text in spoken if (match := _NUMBERED.search(text))), None):
        where = _where(numbered.group(), source)
        raise CardError(
            f"{name}{where}: {numbered.group()}: a number in square brackets points to a source in answers;"
            " write it without brackets"
        )


def _remarks(card: Card, source: str) -> Iterator[str]:
    for number, line in enumerate(_NOTE.sub(_blank, source).split("\n"), 1):
        if _FOREIGN.search(line):
            yield f"line {number}: links, images and HTML are shown as the characters they are made of"
    if card.kind == "card":
        if not any(sentence.lead for sentence in card.section("Do").sentences):
            yield f"{_at('## Do', source)}no sentence in “Do” is marked as a lead; the first that fits will open answers"
        for section in card.sections:
            yield from _counted(section, source)
    for sentence in card.sentences():
        yield from _measured(sentence, source)


def _counted(section: Section, source: str) -> Iterable[str]:
    fewest, most, _ = _LENGTHS[section.heading]
    count = len(section.sentences)
    if not fewest <= count <= most:
        wanted = f"{fewest}" if fewest == most else f"{fewest} to {most}"
        yield f"{_at(f'## {section.heading}', source)}“{section.heading}” has {count} sentences; {wanted} are usual"


def _measured(sentence: Sentence, source: str) -> Iterable[str]:
    limit = _LENGTHS.get(sentence.section, (0, 0, _OTHER_WORDS))[2]
    limit = _MAIL_WORDS if "email" in sentence.settings else limit
    count = len(sentence.text.split())
    if count > limit:
        yield f"{_at(sentence.raw[:40], source)}{count} words; up to {limit} can be said in one breath"


def _blank(note: re.Match[str]) -> str:
    return "\n" * note.group().count("\n")


def _at(text: str, source: str) -> str:
    where = _where(text, source)
    return f"{where[2:]}: " if where else ""


def _where(text: str, source: str) -> str:
    """`, line 3`, where the text stands; nothing if it runs over lines."""
    position = source.find(text)
    return f", line {source.count(chr(10), 0, position) + 1}" if position >= 0 else ""
