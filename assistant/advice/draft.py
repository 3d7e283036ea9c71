"""An answer in the making: lines of Markdown, and a citation for every sentence that a card says."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.advice.answer import Citation, Understood
from assistant.advice.markup import MARKER
from assistant.stories.story import Story as FieldStory
from knowledge.cardbook import CardBook, Nearness
from knowledge.cards import Card, Section, Sentence, passage_name
from knowledge.samples import Story
from knowledge.slots import fill, slot_names

_MIN_QUOTE_WORDS = 4
_HALF_HOUR = re.compile(r"\b(?:half[- ](?:an )?hour|thirty minutes)\b", re.IGNORECASE)
"""Sentences about a meeting of that length; they don't fit one that is said to be longer or shorter."""


@dataclass
class Draft:
    """Collects what is said.

    `said` are the sentences (as written) that this conversation has already heard, `just_said` those of its last answer.
    """

    understood: Understood
    book: CardBook
    near: Nearness
    example: Callable[[Card], Story | None] = lambda _: None
    own_story: Callable[[Card, bool], FieldStory | None] = lambda *_: None
    """A logged story that fits a card; the second argument says whether one was asked for."""
    said: frozenset[str] = frozenset()
    just_said: frozenset[str] = frozenset()
    lines: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    second: Card | None = None
    """The card of the second reading, where the first is not sure."""

    def words(self, sentence: Sentence) -> str:
        """The sentence as this user would read it: slots filled, the counterpart's pronoun put in."""
        return fill(sentence.raw, self.understood.facts.known(), self.understood.pronoun)

    def cite(self, card: Card, sentence: Sentence, *, spoken: bool = False) -> str:
        """The sentence with its marker; `spoken` puts it in quotation marks."""
        marker = self._marker(card, sentence)
        self.used.append(sentence.raw)
        words = self.words(sentence)
        return f"“{words}” [{marker}]" if spoken else f"{words} [{marker}]"

    def tell(self, story: Story | FieldStory, *, part: str | None = None) -> str:
        """A story, or a verbatim `part` of it, as a quotation with its marker; without one its first lines are cited."""
        marker = len(self.citations) + 1
        self.citations.append(
            Citation(
                marker=marker,
                kind="story",
                passage_id=story.id,
                card_id=None,
                title=story.title,
                section=None,
                principles=story.principles,
                quote=part or story.text.split("\n", 1)[0].strip(),
                text=story.text,
                score=0.0,
                grade=story.grade if isinstance(story, FieldStory) else None,
            )
        )
        self.used.append(story.id)
        words = MARKER.sub(r" (\1)", part or story.text)  # its own brackets point nowhere
        paragraphs = [f"> {line}" if line.strip() else ">" for line in words.splitlines()]
        return "\n".join(paragraphs) + f" [{marker}]"

    def add(self, *lines: str) -> None:
        """One paragraph (or list); empty parts are left out."""
        kept = [line for line in lines if line]
        if kept:
            self.lines.append("\n".join(kept))

    @property
    def markdown(self) -> str:
        """The whole answer."""
        return "\n\n".join(self.lines)

    def pick(  # each is one condition a sentence must meet
        self,
        card: Card,
        heading: str,
        count: int = 1,
        *,
        lead: bool | None = None,
        spoken_to: bool = False,
        part: str | None = None,
        setting: str | None = None,
        again: bool = False,
    ) -> list[Sentence]:
        """The `count` sentences of a section that fit best, nearest to the question first and no two alike."""
        fitting = [
            (self._score(card, sentence, position), sentence)
            for position, sentence in enumerate(card.section(heading).sentences)
            if (lead is None or sentence.lead == lead)
            and (part is None or sentence.part == part)
            and self.fits(sentence, setting=setting, again=again)
            and (not spoken_to or self.addressed(sentence))
        ]
        chosen: list[Sentence] = []
        for _, sentence in sorted(fitting, key=lambda pair: -pair[0]):
            if all(self.book.alike(card.id, sentence, other) < 0.8 for other in chosen):
                chosen.append(sentence)
            if len(chosen) == count:
                break
        return chosen

    def fits(self, sentence: Sentence, *, setting: str | None = None, again: bool = False) -> bool:
        """Whether nothing speaks against a sentence: not said, not tried, nothing missing, right setting."""
        facts = self.understood.facts.known()
        ruled_out = {*self.understood.tried, *self.understood.unwanted}
        if not again and (sentence.raw in self.said or sentence.raw in self.used):
            return False
        if sentence.needs - facts.keys() or sentence.not_if_tried & ruled_out:
            return False
        if _HALF_HOUR.search(sentence.raw) and (self.understood.minutes or 30) not in range(25, 40):
            return False
        if setting == "email":
            return "email" in sentence.settings
        return "email" not in sentence.settings and (
            setting is None or not sentence.settings or setting in sentence.settings
        )

    def addressed(self, sentence: Sentence) -> bool:
        """Whether a sentence is said to somebody the question is about."""
        patterns = {
            "rep": r"\b(reps?|sellers?|AEs?|salespeople)\b",
            "manager": r"\b(managers?|supervisors?|team leads?)\b",
            "room": r"\b(session|room|class|audience|kick-?off|SKO|participants)\b",
            "executives": r"\b(CEO|CFO|board|executive team|c-suite|leadership team)\b",
            "both": r".",
        }
        if sentence.to is None:
            return True
        return re.search(patterns[sentence.to], self.understood.standalone, re.IGNORECASE) is not None

    def _score(self, card: Card, sentence: Sentence, position: int) -> float:
        filled = len(slot_names(sentence.raw) & self.understood.facts.known().keys())
        wanted = self.understood.setting is not None and self.understood.setting in sentence.settings
        presumes = 0.1 if sentence.part == "reflect" and self.understood.minutes is None else 0.0
        settles = bool(sentence.verdicts) and self.understood.shape not in {"yes-no", "either-or"}
        return (
            self.near.of(card.id, sentence)
            + 0.06 * filled
            + 0.08 * wanted
            - 0.05 * settles
            - presumes
            - 0.006 * position
        )

    def _marker(self, card: Card, sentence: Sentence) -> int:
        section = card.section(sentence.section)
        quote = _quote(section, sentence)
        name = passage_name(card.id, sentence.section)
        for citation in self.citations:
            if citation.passage_id == name and citation.quote == quote:
                return citation.marker
        marker = len(self.citations) + 1
        self.citations.append(
            Citation(
                marker=marker,
                kind="playbook",
                passage_id=name,
                card_id=card.id,
                title=card.title,
                section=sentence.section,
                principles=card.about.principles,
                quote=quote,
                text=section.text,
                score=round(self.near.of(card.id, sentence), 4),
                grade=card.about.basis,
            )
        )
        return marker


def _quote(section: Section, sentence: Sentence) -> str:
    """The sentence's own text; a very short one takes in its line and, if need be, the next, still verbatim."""
    text = sentence.text
    if len(text.split()) >= _MIN_QUOTE_WORDS:
        return text
    start = section.text.index(text)
    line_start = section.text.rfind("\n", 0, start) + 1
    line_end = section.text.find("\n", start)
    line = section.text[line_start : line_end if line_end != -1 else None]
    if len(line.split()) >= _MIN_QUOTE_WORDS:
        return line
    following = section.text.find("\n", line_end + 1) if line_end != -1 else -1
    return section.text[line_start : following if following != -1 else None]
