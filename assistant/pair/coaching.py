"""A coach whom one of a pair asked in: what they are shown, what they give the two to do, and how that is kept."""

import builtins
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, get_args

from assistant.errors import InputRefusedError
from assistant.pair.records import PairItem
from assistant.records import Person, RehearsalRecord
from knowledge.store.access import SHARED_KINDS, Viewer

Share = Literal["promises", "mirror", "outcome", "pilots"]
SHARES: tuple[Share, ...] = get_args(Share)
"""What may be shown as a whole; particular items are shown one by one."""


@dataclass(frozen=True, slots=True)
class Invite:
    """A coach in a pair. `shares` and `items` (ids) are what each of the two shows them, by the person's id."""

    id: str
    pair_id: str
    coach: Person
    by: str
    since: datetime
    shares: Mapping[str, tuple[Share, ...]]
    items: Mapping[str, tuple[str, ...]]

    def shown_by(self, person_id: str) -> tuple[Share, ...]:
        """What this person shows as a whole."""
        return self.shares.get(person_id, ())

    def sees(self, kept: PairItem) -> bool:
        """Whether this item is shown to them, as `access.lent` decides it."""
        kinds = {
            kind for shares in self.shares.values() for each in shares for kind in SHARED_KINDS.get(each, ())
        }
        one_by_one = kept.id in self.items.get(kept.owner_id, ())
        other_shows = kept.visibility == "pair" and any(kept.id in ids for ids in self.items.values())
        return one_by_one or other_shows or (kept.visibility == "pair" and kept.item.kind in kinds)

    def as_contract(self) -> dict[str, Any]:
        """For programs."""
        return {
            "coach": {"id": self.coach.id, "name": self.coach.name},
            "pair": self.pair_id,
            "asked_in_by": self.by,
            "since": self.since.isoformat(),
            "shown": [
                {"by": each, "shares": list(self.shares.get(each, ())), "items": list(self.items.get(each, ()))}
                for each in dict.fromkeys((*self.shares, *self.items))
            ],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """What a coach gave somebody: a question, or a meeting to rehearse where `scenario` names one."""

    id: str
    pair_id: str
    coach: Person
    for_person: Person
    words: str
    scenario: str | None
    about: str
    given_at: datetime
    done_at: datetime | None

    @property
    def kind(self) -> Literal["question", "rehearsal"]:
        """Which of the two it is."""
        return "rehearsal" if self.scenario else "question"

    def rehearsed_in(self, records: Sequence[RehearsalRecord]) -> bool:
        """Whether one of these rehearsals is that meeting, played to its end since it was given."""
        return any(
            each.scenario == self.scenario and each.outcome is not None and each.updated_at > self.given_at
            for each in records
        )

    def as_contract(self) -> dict[str, Any]:
        """For programs."""
        return {
            "id": self.id, "kind": self.kind, "words": self.words, "scenario": self.scenario, "about": self.about,
            "from": self.coach.name, "for": self.for_person.name, "given": self.given_at.isoformat(),
            "done": self.done_at.isoformat() if self.done_at else None,
        }  # fmt: skip


class CoachRecords(Protocol):
    """Where invitations and tasks are kept. `NotFoundError` for what `viewer` may not see."""

    def invite(
        self,
        viewer: Viewer,
        pair_id: str,
        coach_id: str,
        *,
        shares: Collection[Share],
        items: Collection[str] = (),
    ) -> Invite:
        """Ask a coach in, or set anew what `viewer` shows them. Only one of the two may, and only their own items."""

    def show(self, viewer: Viewer, invite_id: str, item_id: str, *, shown: bool) -> Invite:
        """Show the coach one item of `viewer`'s own, or no longer."""

    def withdraw(self, viewer: Viewer, pair_id: str, coach_id: str) -> Invite:
        """From now on the coach finds nothing of this pair; either of the two may, and a coach may leave."""

    def invites(self, viewer: Viewer, pair_id: str) -> builtins.list[Invite]:
        """Every coach in a pair, oldest first; a coach finds their own invitation alone."""

    def assign(
        self,
        viewer: Viewer,
        pair_id: str,
        for_ids: Collection[str],
        words: str,
        *,
        scenario: str | None = None,
        about: str = "",
    ) -> builtins.list[Task]:
        """Give one of the two, or both, a question or a meeting to rehearse; only a coach may."""

    def tasks(self, viewer: Viewer) -> builtins.list[Task]:
        """What was given to `viewer` and is not done, oldest first."""

    def given(self, viewer: Viewer, pair_id: str) -> builtins.list[Task]:
        """What `viewer` gave the two of a pair, done or not, the newest first."""

    def done(self, viewer: Viewer, task_id: str, *, done: bool = True) -> Task:
        """It is done, or is not after all; for whoever it was given to."""

    def take_back(self, viewer: Viewer, task_id: str) -> Task:
        """Gone for good; for whoever gave it."""


def shares_named(words: str) -> tuple[Share, ...]:
    """`promises, mirror` as what they mean; `all` is everything. Raises `InputRefusedError` for another word."""
    wanted = [part.strip().lower() for part in words.split(",") if part.strip()]
    if wanted == ["all"]:
        return SHARES
    for each in wanted:
        if each not in SHARES:
            raise InputRefusedError(
                f"“{each[:40]}” is nothing that can be shared as a whole",
                kept="Nothing was changed",
                next_step=f"Use {', '.join(SHARES)} or all, and --item ID for one thing",
            )
    return tuple(each for each in SHARES if each in wanted)
