"""The reading itself: every line with both ears, the card behind each, and other words for what parts the two."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant import nouns
from assistant.draft.changes import changes_of
from assistant.draft.check import MOST_CHARACTERS, read_written
from assistant.draft.gaps import GAPS, Written, names_outcome
from assistant.draft.text import read_draft
from assistant.errors import InputRefusedError
from assistant.hearing.kinds import Kind, Source, kind_of
from assistant.review import signals
from assistant.review.findings import Cited
from assistant.review.marks import LEARNING, VP, Line, Reader
from assistant.review.signs import shows
from knowledge.cards import Card
from prompts import phrase, phrase_book

Side = str
VIEW = "Why it matters to them"


@dataclass(frozen=True, slots=True)
class Ear:
    """What one of the two may hear, and the sentence of the playbook that says why."""

    role: Side
    hears: str
    cited: Cited | None


@dataclass(frozen=True, slots=True)
class Heard:
    """One line; `kind` is None, and both ears with it, where it says nothing either way.

    `apart`: the two hear different things. `instead` are other words for it; none where nothing needs them.
    """

    id: str
    text: str
    kind: str | None
    apart: bool
    vp: Ear | None
    learning: Ear | None
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hearing:
    """What both hear in a text that `writer` says. `missing` are parts of an agreement that it leaves open."""

    writer: Side
    language: str
    lines: tuple[Heard, ...]
    missing: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """One sentence over all of it."""
        if self.language != "en":
            return phrase("hearing", "other-language")
        apart = sum(line.apart for line in self.lines)
        if apart:
            name = "apart-one" if apart == 1 else "apart-many"
            return phrase("hearing", name, **({} if apart == 1 else {"count": str(apart)}))
        told = any(line.kind for line in self.lines)
        return phrase("hearing", "together" if told else "nothing-all")

    @property
    def gaps(self) -> str:
        """What neither of them learns from it, in one sentence; empty where that is not the point."""
        if not self.missing or not any(line.kind for line in self.lines):
            return ""
        words = [phrase("hearing", f"missing-{name}") for name in self.missing]
        return phrase("hearing", "missing", what=_either(words))

    def as_contract(self) -> dict[str, Any]:
        """As `counterpart hear --json` gives it."""
        return {
            "from": self.writer,
            "language": self.language,
            "verdict": self.verdict,
            "missing": list(self.missing),
            "lines": [
                {
                    "id": line.id,
                    "text": line.text,
                    "kind": line.kind,
                    "apart": line.apart,
                    "vp": _ear(line.vp),
                    "learning": _ear(line.learning),
                    "instead": list(line.instead),
                }
                for line in self.lines
            ],
        }


def hear(
    text: str,
    *,
    writer: Side,
    recogniser: Reader,
    cards: Mapping[str, Card],
    language: Callable[[str], str],
) -> Hearing:
    """How the VP and learning hear what `writer` says. Raises `InputRefusedError` for nothing, or for too much."""
    if not text.strip():
        raise InputRefusedError(
            "There is nothing to read", next_step="Give a sentence, a mail or a slide's line"
        )
    if len(text) > MOST_CHARACTERS:
        raise InputRefusedError(
            f"The text has {len(text):,} characters; {MOST_CHARACTERS:,} are read at most",
            kept="Nothing was changed",
            next_step="Give it in parts",
        )
    side = VP if writer == VP else LEARNING
    draft = read_draft(text)
    spoken = language(" ".join(line.text for line in draft.own) or text)
    if spoken != "en":
        return Hearing(side, spoken, tuple(_silent(line.id, line.text) for line in draft.own), ())
    written = read_written(draft, side, recogniser)
    other = _other_words(written)
    lines = tuple(_heard(line, kind_of(line), side, other, cards) for line in written.lines)
    return Hearing(side, spoken, lines, _missing(written))


def _heard(
    line: Line, kind: Kind | None, side: Side, other: Mapping[str, tuple[str, ...]], cards: Mapping[str, Card]
) -> Heard:
    if kind is None:
        return _silent(line.id, line.text)
    said = f"{'vp' if side == VP else 'learning'}-{kind.id}"
    return Heard(
        line.id,
        line.text,
        kind.id,
        kind.apart,
        Ear(VP, phrase("hearing", f"{said}-vp"), _view(kind.vp, cards)),
        Ear(LEARNING, phrase("hearing", f"{said}-learning"), _view(kind.learning, cards)),
        _instead(said, line, other) if kind.apart else (),
    )


def _silent(name: str, text: str) -> Heard:
    return Heard(name, " ".join(text.split()), None, False, None, None, ())


def _instead(said: str, line: Line, other: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The draft check's wordings, in the line's own words; otherwise a fixed one."""
    fixed = phrase_book("hearing").phrases.get(f"{said}-say")
    return (fixed,) if fixed else other.get(line.id, ())


def _other_words(written: Written) -> dict[str, tuple[str, ...]]:
    """What the check of a draft would put in place of each line, read by itself."""
    found: dict[str, tuple[str, ...]] = {}
    for line in written.lines:
        alone = Written(written.draft, (line,), (), written.role)
        gaps = [gap for detect in GAPS for gap in detect(alone) if gap.lines]
        for change in changes_of(alone, gaps[:1]):
            new = (each.removeprefix(line.text).strip() for each in change.options)
            found[line.id] = tuple(each for each in new if each)
    return found


def _missing(written: Written) -> tuple[str, ...]:
    """What a line that wants something of the other leaves open: outcome, group, day."""
    text = "\n".join(line.text for line in written.lines)
    wants = any(line.does(*_WANTS) for line in written.lines)
    outcome = any(names_outcome(line) or signals.asks_for_outcome(line) for line in written.lines)
    group = nouns.group(text) is not None or any(signals.one_group(line) for line in written.lines)
    known = {"outcome": outcome, "group": group, "when": shows(text, "when")}
    return tuple(name for name, there in known.items() if not there) if wants else ()


_WANTS = (
    "order",
    "solution_proposal",
    "broad_rollout",
    "commitment",
    "order_taking",
    "project_talk",
    "outcome_talk",
)


def _view(source: Source, cards: Mapping[str, Card]) -> Cited | None:
    """The sentence on the other's view; the first one where a card of one's own has fewer."""
    name, place = source
    card = cards.get(name)
    sentences = [each for each in card.sentences() if each.section == VIEW] if card else []
    if card is None or not sentences:
        return None
    return Cited(card.id, card.title, sentences[min(place, len(sentences) - 1)].text)


def _ear(ear: Ear | None) -> dict[str, Any] | None:
    if ear is None:
        return None
    card = ear.cited
    return {
        "hears": ear.hears,
        "card": None if card is None else {"card_id": card.card_id, "title": card.title, "quote": card.quote},
    }


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
