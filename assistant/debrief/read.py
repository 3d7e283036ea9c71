"""The paragraph in, items to be confirmed out, with what was left out and why, and a line to open the next talk with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant.advice.language import read_language
from assistant.debrief.apart import take_apart
from assistant.debrief.clauses import Sentence, sentences
from assistant.debrief.finding import find_stretches
from assistant.debrief.opening import opening_line
from assistant.debrief.owners import BOTH, COUNTERPART, ME
from assistant.debrief.promises import Promise, attribute
from assistant.debrief.told import find_told
from assistant.debrief.weigh import Weights
from assistant.debrief.words import plain_verb
from assistant.errors import InputRefusedError
from assistant.pair.item import Kind
from assistant.pair.records import PairRecord
from knowledge.cards import Role
from prompts import phrase

MOST_LETTERS = 8_000
Ask = Literal["who", "day", None]


@dataclass(frozen=True, slots=True)
class Found:
    """Something to be confirmed. `who` is me, counterpart, both or a name; `heard` is verbatim in the paragraph.

    `asks` is what nobody could tell from the words and a person has to say: who it was, or which day is meant.
    """

    kind: Kind
    words: str
    heard: str
    who: str | None = None
    due: date | None = None
    due_words: str | None = None
    asks: Ask = None
    by: Literal["local", "model"] = "local"

    def as_contract(self) -> dict[str, Any]:
        """For programs."""
        return {
            "kind": self.kind, "words": self.words, "heard": self.heard, "who": self.who,
            "due": self.due.isoformat() if self.due else None, "due_words": self.due_words, "asks": self.asks, "by": self.by,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Debrief:
    """What a paragraph came to. `left_out` says in sentences what is not kept, and why; `kept_text` is what may be kept."""

    text: str
    kept_text: str
    language: str
    items: tuple[Found, ...]
    left_out: tuple[str, ...]
    opening: str

    def as_contract(self) -> dict[str, Any]:
        """For programs."""
        return {
            "language": self.language, "items": [each.as_contract() for each in self.items],
            "left_out": list(self.left_out), "opening": self.opening,
        }  # fmt: skip


def read_debrief(
    text: str, *, teller: Role, counterpart: str | None, today: date, weights: Weights | None = None
) -> Debrief:
    """Read a paragraph about a meeting. Raises `InputRefusedError` for none, or for one that is a book."""
    plain = _checked(text)
    language = read_language(plain)
    parts = sentences(plain)
    found: list[Found] = []
    if language == "en":
        apart, weights = (
            take_apart(plain, teller=teller, counterpart=counterpart, today=today),
            weights or Weights.load(),
        )
        odds = weights.odds(apart.signs)
        found = [
            _promised(each, plain) for each in attribute(apart, find_stretches(apart, odds, weights), odds)
        ]
        for told in find_told(apart, odds, weights):
            words = _tidy(plain[told.start : told.end])
            found.append(Found(told.kind, words, plain[told.start : told.end], told.who))
    items = tuple(_without_twins(sorted(found, key=lambda each: plain.find(each.heard))))
    return Debrief(
        plain, _without_private(plain, parts), language, items, _left_out(parts, language, items),
        opening_line(items, counterpart=counterpart),
    )  # fmt: skip


def owner_in(pair: PairRecord, who: str | None, *, person_id: str) -> str | None:
    """`me` and `counterpart` as the pair knows them: by their roles, so that it reads the same from both sides."""
    mine = next((person.role for person in pair.people if person.id == person_id), None)
    if who == ME:
        return mine or (pair.coach.name if pair.coach else None)
    if who == COUNTERPART:
        return pair.other(person_id).role
    if who == BOTH or who is None:
        return who
    return next((each.role for each in pair.people if each.name.casefold() == who.casefold()), who)


def _checked(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not plain:
        raise InputRefusedError(
            "There is nothing to read", next_step="Tell in a few sentences how the meeting went"
        )
    if len(plain) > MOST_LETTERS:
        raise InputRefusedError(
            f"That is {len(plain):,} letters, more than one meeting ({MOST_LETTERS:,})",
            next_step="Tell one meeting at a time; “counterpart review” reads whole transcripts",
        )
    return plain


def _promised(promise: Promise, text: str) -> Found:
    unclear = (
        promise.due_words is not None and promise.due is None and re.search(r"\d[./]\d", promise.due_words)
    )
    asks: Ask = "who" if promise.who is None else "day" if unclear else None
    return Found(
        "promise", _as_deed(promise.what), text[promise.start : promise.end],
        promise.who, promise.due, promise.due_words, asks,
    )  # fmt: skip


def _as_deed(what: str) -> str:
    """A deed with its verb in the plain form: "sends me the list" is "send me the list"."""
    first, _, rest = what.partition(" ")
    return f"{plain_verb(first)} {rest}".strip()


def _tidy(words: str) -> str:
    return " ".join(words.split())


def _without_twins(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    for each in found:
        if not any(each.kind == other.kind and each.words == other.words for other in kept):
            kept.append(each)
    return kept


def _without_private(text: str, parts: Sequence[Sentence]) -> str:
    """The paragraph without what it tells of somebody's health or private life."""
    at, kept = 0, []
    for sentence in parts:
        if sentence.private:
            kept.append(text[at : sentence.start].rstrip())
            at = sentence.end
    kept.append(text[at:])
    return " ".join(" ".join(kept).split()) if at else text


def _left_out(parts: Sequence[Sentence], language: str, items: Sequence[Found]) -> tuple[str, ...]:
    said: list[str] = []
    private = sum(sentence.private for sentence in parts)
    if private:
        more = {"count": str(private)} if private > 1 else {}
        said.append(phrase("debrief", "private-more" if more else "private-one", **more))
    if language != "en":
        said.append(phrase("debrief", "language"))
    elif not any(each.kind == "promise" for each in items):
        said.append(phrase("debrief", "no-promise"))
    return tuple(said)
