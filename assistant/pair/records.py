"""The pair and its items as they are kept, and the protocol behind which they are kept."""

import builtins
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from assistant.pair.item import Item, Kind
from assistant.records import Person
from knowledge.store.access import Viewer

Visibility = Literal["me", "pair"]
"""Seen by whoever told it alone, or by both; what a coach sees besides is in `coaching.py`."""


@dataclass(frozen=True, slots=True)
class PairRecord:
    """Two people, either of whom may be only a name, and the first coach they asked in, if anybody."""

    id: str
    learning_executive: Person
    sales_vp: Person
    coach: Person | None

    @property
    def people(self) -> tuple[Person, Person]:
        """The two."""
        return self.learning_executive, self.sales_vp

    def other(self, person_id: str) -> Person:
        """The one on the other side of this person; for a coach, who has two, the VP."""
        return self.learning_executive if person_id == self.sales_vp.id else self.sales_vp

    def name_of(self, who: str | None) -> str | None:
        """How `Item.who` is spoken of: a role by the name of whoever has it, a name as it is."""
        named = {person.role: person.name for person in self.people}
        return None if who is None else named.get(who, who)


@dataclass(frozen=True, slots=True)
class PairItem:
    """An item as it is kept. `owner_id` is who told it; `version` rises with every change."""

    id: str
    workspace_id: str
    pair_id: str
    owner_id: str
    visibility: Visibility
    version: int
    item: Item
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PairItemChange:
    """One change: who made it (an id), when, what it was about, and each field as `{"from": …, "to": …}`."""

    version: int
    by: str
    at: datetime
    about: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """An item that is gone, with its history: only whoever holds this can bring it back."""

    kept: PairItem
    history: tuple[PairItemChange, ...]


class PairRecords(Protocol):
    """Where pairs and their items are kept.

    `NotFoundError` for what `viewer` may not see, `InputRefusedError` for what they may not change.
    """

    def pairs(self, viewer: Viewer) -> builtins.list[PairRecord]:
        """The pairs that `viewer` belongs to, oldest first."""

    def pair(self, viewer: Viewer, wanted: str | None = None) -> PairRecord:
        """One pair, by its id or by the name of somebody in it; the first one where nothing is said.

        Raises `InputRefusedError` where a name fits nobody, or several pairs.
        """

    def begin(
        self,
        viewer: Viewer,
        *,
        learning_executive: str | None = None,
        sales_vp: str | None = None,
    ) -> PairRecord:
        """A pair of `viewer` with somebody who is only a name; a coach names both and is its coach."""

    def rename(self, viewer: Viewer, pair_id: str, role: str, name: str) -> PairRecord:
        """Give one of the two the name they go by."""

    def add(
        self, viewer: Viewer, pair_id: str, items: Sequence[Item], *, visibility: Visibility = "me"
    ) -> builtins.list[PairItem]:
        """Keep items, all or none. One that `viewer` keeps already, out of the same source, is not kept twice."""

    def items(
        self, viewer: Viewer, pair_id: str, *, kinds: Collection[Kind] | None = None
    ) -> builtins.list[PairItem]:
        """What `viewer` may see of a pair, by the day it was said; of some kinds where they are given."""

    def item(self, viewer: Viewer, item_id: str) -> PairItem:
        """One item."""

    def change(
        self,
        viewer: Viewer,
        item_id: str,
        change: Callable[[Item], Item],
        *,
        about: str,
        version: int | None = None,
    ) -> PairItem:
        """Change it. `change` gets the item as it is now.

        With `version`, the one that was looked at, it is refused where somebody else changed the same field since;
        other fields of theirs stay.
        """

    def share(self, viewer: Viewer, item_id: str, visibility: Visibility) -> PairItem:
        """Let both see it, or no longer; only whoever told it may."""

    def history(self, viewer: Viewer, item_id: str) -> builtins.list[PairItemChange]:
        """Every change, oldest first."""

    def forget(self, viewer: Viewer, item_id: str) -> Forgotten:
        """Remove it for good, with its history."""

    def restore(self, viewer: Viewer, gone: Forgotten) -> PairItem:
        """Take a `forget` back, for whoever still holds what it returned."""
