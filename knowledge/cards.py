"""Playbook cards: reading one Markdown file into sections of single sentences, each with the notes behind it.

The format is described in `docs/writing-cards.md`; `read_card` refuses a file that breaks it, naming file, line and
reason, and `read_cards` goes on with the others.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, TypedDict

import frontmatter
import yaml
from markdown_it import MarkdownIt
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from knowledge.errors import CardError
from knowledge.slots import fill, unknown_braces

Role = Literal["learning-executive", "sales-vp", "coach"]
Kind = Literal["card", "metric", "pilot"]
PrincipleId = Literal[
    "sv-1", "sv-2", "sv-3", "sv-4", "sv-5", "le-1", "le-2", "le-3", "le-4", "le-5", "gap", "q-le", "q-sv"
]
CardId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

ROLES: tuple[Role, ...] = ("learning-executive", "sales-vp", "coach")
OBJECTIONS = "If they say…"
SECTIONS: dict[Kind, tuple[str, ...]] = {
    "card": ("Why it matters to them", "Do", "Say", "Ask", "Avoid", OBJECTIONS, "Pilot"),
    "metric": (
        "What it is", "Formula", "Where the data lives", "Time to move", "What else moves it", "Leading indicators",
        "Ask", "Avoid",
    ),
    "pilot": ("When it fits", "Group", "Outcome", "Cadence", "Their part", "Stop rule", "Avoid", "Say"),
}  # fmt: skip
SETTINGS = frozenset({"hallway", "ten-minutes", "thirty-minutes", "email"})
PARTS = ("open", "explore", "reflect", "close")
TRIED = frozenset({
    "ride-along", "call-listening", "survey", "slides", "workshop", "course", "e-learning", "email", "longer-meeting",
    "escalation", "pilot", "report", "certification", "manager-briefing", "asked-outcome", "stories", "one-pager",
    "incentive", "vendor",
})  # fmt: skip
VERDICTS = ("yes", "no", "neither", "pick")
ADDRESSEES = frozenset({"rep", "manager", "room", "executives", "both"})
PLAYBOOK = Path(__file__).parent / "playbook"

_BLOCKS = MarkdownIt("zero").enable(
    ["heading", "list"]
)  # all a card may use; three times as fast as all of CommonMark
_BLOCKS.core.ruler.disable(["inline"])
_NOTE = re.compile(r"<!--(.*?)-->", re.DOTALL)
_OBJECTION = re.compile(r"^\*\*(.+?)\*\*\s+(.+)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a card, as written, with what stands in its note."""

    raw: str
    section: str
    objection: str | None = None
    lead: bool = False
    verdicts: tuple[tuple[str, str], ...] = ()
    settings: frozenset[str] = frozenset()
    part: str | None = None
    needs: frozenset[str] = frozenset()
    not_if_tried: frozenset[str] = frozenset()
    to: str | None = None

    @property
    def text(self) -> str:
        """With every slot at its default: what a citation quotes."""
        return fill(self.raw)


class _Notes(TypedDict, total=False):
    lead: bool
    verdicts: tuple[tuple[str, str], ...]
    settings: frozenset[str]
    part: str | None
    needs: frozenset[str]
    not_if_tried: frozenset[str]
    to: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a card that is cited as one passage."""

    heading: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The passage: its sentences at their defaults, one a line."""
        return "\n".join(f"“{s.objection}” {s.text}" if s.objection else s.text for s in self.sentences)


class _FrontMatter(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: CardId
    title: str = Field(min_length=3, max_length=80)
    kind: Kind = "card"
    audience: tuple[Role, ...] = Field(min_length=1)
    principles: tuple[PrincipleId, ...] = Field(min_length=1, max_length=3)
    basis: Literal["article", "extension", "research"]
    source: str = Field(min_length=3)
    situations: tuple[str, ...] = Field(min_length=3)
    metrics: tuple[CardId, ...] = ()
    unit: Literal["percent", "days", "currency", "ratio", "count"] | None = None
    measure: Literal["proportion", "mean", "time"] | None = None
    direction: Literal["up", "down"] | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A playbook card. `digest_source` is the whole file, for the content hash."""

    about: _FrontMatter
    sections: tuple[Section, ...]
    digest_source: str = field(repr=False)

    @property
    def id(self) -> str:
        """Stable for ever; the file's name."""
        return self.about.id

    @property
    def title(self) -> str:
        """As shown above the card."""
        return self.about.title

    @property
    def kind(self) -> Kind:
        """card, metric or pilot."""
        return self.about.kind

    def section(self, heading: str) -> Section:
        """The section with this heading; KeyError if the card's kind has none."""
        for section in self.sections:
            if section.heading == heading:
                return section
        raise KeyError(heading)

    def sentences(self) -> Iterator[Sentence]:
        """All sentences, in the order written."""
        for section in self.sections:
            yield from section.sentences


def passage_name(card_id: str, heading: str) -> str:
    """The public id of a section: `thirty-minutes#if-they-say`."""
    return f"{card_id}#{re.sub(r'[^a-z]+', '-', heading.lower()).strip('-')}"


def read_cards(paths: Iterable[Path]) -> tuple[list[Card], list[CardError]]:
    """Every card that can be read, in order of its id, and an error for each that cannot."""
    cards: dict[str, Card] = {}
    errors = []
    for path in sorted(paths):
        try:
            card = read_card(path)
            if card.id in cards:
                raise CardError(f"{path.name}: the id {card.id} is taken by another card")
            cards[card.id] = card
        except CardError as error:
            errors.append(error)
    return [cards[name] for name in sorted(cards)], errors


def shipped_cards() -> list[Card]:
    """The playbook that comes with the project. Raises the first `CardError`, since a release must have none."""
    cards, errors = read_cards(PLAYBOOK.rglob("*.md"))
    if errors:
        raise errors[0]
    return cards


def read_card(path: Path) -> Card:
    """The card in one file. Raises `CardError` naming file, line and reason."""
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CardError(f"{path.name} cannot be read as UTF-8 text: {error}") from error
    return parse_card(source, name=path.name)


def parse_card(source: str, *, name: str) -> Card:
    """The card in `source`; `name` is its file's name, whose stem must be the card's id."""
    try:
        post = frontmatter.loads(source)
        about = _FrontMatter.model_validate(post.metadata)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise CardError(
            f"{name}{line}: the front matter is no valid YAML ({getattr(error, 'problem', error)})"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        line = _line_of(rf"{first['loc'][0]}\s*:", source)
        raise CardError(
            f"{name}{line}: front matter, {'.'.join(map(str, first['loc']))}: {first['msg']}"
        ) from error
    except (ValueError, RecursionError) as error:  # a date that is none, brackets a thousand deep
        raise CardError(f"{name}: the front matter cannot be read ({error})") from error
    if Path(name).stem != about.id:
        raise CardError(
            f"{name}{_line_of('id:', source)}: its id is {about.id}, so the file must be called {about.id}.md"
        )
    offset = source.count("\n", 0, source.find(post.content)) if post.content else 0
    sections = tuple(_sections(post.content, name=name, offset=offset))
    expected, found = SECTIONS[about.kind], tuple(section.heading for section in sections)
    if found != expected:
        line, reason = _misplaced(expected, found, source)
        raise CardError(f"{name}{line}: {reason}; a {about.kind} has {', '.join(expected)}")
    return Card(about=about, sections=sections, digest_source=source)


def _misplaced(expected: Sequence[str], found: Sequence[str], source: str) -> tuple[str, str]:
    """Where the sections go wrong, and how."""
    if strange := [heading for heading in found if heading not in expected]:
        return _line_of(rf"#+\s*{re.escape(strange[0])}", source), f"there is no section “{strange[0]}”"
    if wanting := [heading for heading in expected if heading not in found]:
        return "", f"the section “{wanting[0]}” is missing"
    # where all agree as far as they go, the last one is one too many
    first = next((h for h, e in zip(found, expected, strict=False) if h != e), found[-1])
    return _line_of(rf"#+\s*{re.escape(first)}", source), "the sections are not in the usual order"


def _line_of(pattern: str, source: str) -> str:
    """`, line 3` for the first line that begins like this; nothing where none does."""
    match = re.search(rf"^{pattern}", source, re.MULTILINE)
    return f", line {source.count(chr(10), 0, match.start()) + 1}" if match else ""


def _sections(body: str, *, name: str, offset: int) -> Iterator[Section]:
    heading: str | None = None
    sentences: list[Sentence] = []
    tokens = _BLOCKS.parse(body)
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and following is not None:
            if heading is not None:
                yield Section(heading, tuple(sentences))
            heading, sentences = following.content.strip(), []
        elif token.type == "inline" and token.level > 0 and token.content != heading:
            line = offset + (token.map[0] if token.map else 0) + 1
            if heading is None:
                raise CardError(f"{name}, line {line}: text before the first section")
            sentences.append(_sentence(token.content, heading, where=f"{name}, line {line}"))
    if heading is not None:
        yield Section(heading, tuple(sentences))


def _sentence(content: str, heading: str, *, where: str) -> Sentence:
    note = _NOTE.search(content)
    raw = " ".join(_NOTE.sub("", content).split())
    objection = None
    if heading == OBJECTIONS:
        match = _OBJECTION.match(raw)
        if match is None:
            raise CardError(f"{where}: an objection is written **their words.** our answer")
        objection, raw = match.group(1), match.group(2)
    if not raw:
        raise CardError(f"{where}: an empty sentence")
    if braces := unknown_braces(raw):
        raise CardError(f"{where}: {braces[0]} is no slot that is known")
    try:
        return Sentence(raw, heading, objection, **_notes(note.group(1) if note else ""))
    except ValueError as error:
        raise CardError(f"{where}: {error}") from error


def _notes(note: str) -> _Notes:
    """Keyword arguments for `Sentence` out of `key: value; key: value`. ValueError names what is unknown."""
    result: _Notes = {}
    verdicts: list[tuple[str, str]] = []
    for entry in filter(None, (part.strip() for part in note.split(";"))):
        key, _, value = (part.strip() for part in entry.partition(":"))
        values = frozenset(filter(None, (v.strip() for v in value.split(","))))
        if key == "lead":
            result["lead"] = True
        elif key in VERDICTS:
            verdicts += [(key, question.strip()) for question in value.split("|") if question.strip()]
        elif key == "setting" and values <= SETTINGS:
            result["settings"] = values
        elif key == "part" and value in PARTS:
            result["part"] = value
        elif key == "to" and value in ADDRESSEES:
            result["to"] = value
        elif key == "needs":
            result["needs"] = values
        elif key == "not_if_tried" and values <= TRIED:
            result["not_if_tried"] = values
        else:
            raise ValueError(f"the note “{entry}” is not known")
    result["verdicts"] = tuple(verdicts)
    return result
