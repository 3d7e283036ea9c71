"""What a person may say of a promise, and which ones wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.errors import InputRefusedError
from assistant.pair.item import BOTH, Item
from assistant.pair.records import PairItem, PairRecord

Standing = Literal["overdue", "today", "soon", "later", "undated", "settled"]
SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Waiting:
    """A promise that nobody settled: how it stands today, and whose it is as seen by whoever looks."""

    kept: PairItem
    standing: Standing
    mine: bool
    theirs: bool


def happened(item: Item) -> Item:
    """It was done."""
    return _promise(item).changed(state="happened")


def didnt(item: Item) -> Item:
    """It was not done; a day that is set anew (`moved`) opens it again."""
    return _promise(item).changed(state="didnt")


def moved(item: Item, *, to: date | None, words: str | None = None) -> Item:
    """It has another day, or none for now; what the day was before stands in the history."""
    return _promise(item).changed(state="moved", due=to, due_words=words)


def reopened(item: Item) -> Item:
    """It waits again: a tap that was not meant."""
    return _promise(item).changed(state="open")


def standing(item: Item, *, today: date) -> Standing:
    """How a promise stands on this day."""
    if not item.waits:
        return "settled"
    if item.due is None:
        return "undated"
    days = (item.due - today).days
    return "overdue" if days < 0 else "today" if days == 0 else "soon" if days <= SOON_DAYS else "later"


def waiting(items: Iterable[PairItem], pair: PairRecord, *, person_id: str, today: date) -> list[Waiting]:
    """The promises that wait, the most pressing first: what is overdue, then by day, then what has none."""
    roles = {person.id: person.role for person in pair.people}
    mine, other = roles.get(person_id), pair.other(person_id).role
    found = [
        Waiting(
            kept,
            standing(kept.item, today=today),
            mine=mine is not None and kept.item.who in (mine, BOTH),
            theirs=kept.item.who in (other, BOTH),
        )
        for kept in items
        if kept.item.kind == "promise" and kept.item.waits
    ]
    return sorted(found, key=lambda each: (each.kept.item.due or date.max, each.kept.item.on, each.kept.id))


def settled(items: Sequence[PairItem]) -> list[PairItem]:
    """The promises of which somebody said how they went, the newest change first."""
    done = [kept for kept in items if kept.item.kind == "promise" and not kept.item.waits]
    return sorted(done, key=lambda kept: kept.updated_at, reverse=True)


def _promise(item: Item) -> Item:
    if item.kind != "promise":
        raise InputRefusedError(
            f"“{item.words[:60]}” is no promise",
            kept="Nothing was changed",
            next_step="“counterpart promises” lists those there are",
        )
    return item
