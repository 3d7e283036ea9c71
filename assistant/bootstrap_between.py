"""What stands between two people (mirror, pasted reply, the page before a meeting), wired; a part of `bootstrap.House`.

What reads is imported when it is first wanted: a command that reads nothing does not wait for it.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from assistant.advice.language import read_language
from assistant.errors import InputRefusedError
from assistant.pair.between import Between, PilotLine
from assistant.pair.coaching import CoachRecords, Invite, Share, Task
from assistant.pair.item import Item
from assistant.pair.records import PairItem, PairRecord, PairRecords, Visibility
from assistant.pilots.measures import Measures
from assistant.records import Person, PilotRecord, PilotRecords, RehearsalRecords
from assistant.storage.people import People
from assistant.stories.find import Candidate
from knowledge.cards import Card
from knowledge.embeddings import Floats
from knowledge.store.access import Viewer

if TYPE_CHECKING:
    from assistant.home.home import Home, Watched
    from assistant.mirror.compare import Mirror
    from assistant.pair.manager import InBetween
    from assistant.pilots.report import Promised
    from assistant.prepare.prepare import Preparation
    from assistant.rehearsal.room import Room
    from assistant.reply.read import Reply


@dataclass(frozen=True)
class HouseOfPairs(ABC):
    """Its parts are those of the house."""

    people: People
    pairs: PairRecords
    pilots: PilotRecords
    coaching: CoachRecords
    rehearsals: RehearsalRecords
    room: "Room"

    @property
    @abstractmethod
    def cards(self) -> Mapping[str, Card]:
        """The cards that are in force, by id."""

    @property
    @abstractmethod
    def measures(self) -> Measures:
        """The metrics library."""

    @abstractmethod
    def near_stories(
        self, text: str, viewer: Viewer, *, k: int = 20, vector: Floats | None = None
    ) -> list[Candidate]:
        """Logged stories that `viewer` may see, nearest first."""

    def between(self, viewer: Viewer, wanted: str | None = None, *, today: date | None = None) -> Between:
        """What stands between the two of a pair, as `viewer` may see it; the first pair where nothing is said."""
        pair, day = self.pairs.pair(viewer, wanted), today or _today()
        me = next(each for each in self.people.list() if each.id == viewer.person_id)
        first = self.pairs.pairs(viewer)[0].id == pair.id
        pilots = [
            each
            for each in self.pilots.list(viewer)
            if each.pair_id == pair.id or (each.pair_id is None and first)
        ]
        lines = tuple(self._pilot_line(each, day) for each in pilots)
        return Between(pair, me, tuple(self.pairs.items(viewer, pair.id)), lines, day)

    def _pilot_line(self, record: PilotRecord, today: date) -> PilotLine:
        from assistant.pilots.state import at_a_glance

        seen = at_a_glance(record.pilot, measures=self.measures, today=today)
        felt = tuple(each.on for each in record.pilot.felt_no_progress)
        pilot = record.pilot
        return PilotLine(
            record.id, seen["title"], seen["state"], seen["statement"], seen["next"], felt,
            group=pilot.group.name, manager=pilot.manager,
        )  # fmt: skip

    def mirror(self, between: Between) -> "Mirror | None":
        """Both sentences side by side; None until both are there."""
        from assistant.mirror.compare import compare, read_side

        kept, pair = between.mirror, between.pair
        if len(kept) < 2:
            return None
        roles = {person.role: person for person in pair.people}
        learning, vp = (
            read_side(
                kept[role].item.words, role=role, on=kept[role].item.on, pair=pair,
                called=lambda name: between.named(roles[name]),
            )
            for role in ("learning-executive", "sales-vp")
        )  # fmt: skip
        return compare(learning, vp)

    def write_mirror(
        self, viewer: Viewer, pair: PairRecord, words: str, *, of: str | None = None, on: date | None = None
    ) -> PairItem:
        """Keep a sentence of the mirror: one's own, or that of the role `of`, pasted; a later one takes its place."""
        from assistant.mirror.compare import mirror_item

        me = next(each for each in self.people.list() if each.id == viewer.person_id)
        item = mirror_item(words, role=of or me.role, pasted=of is not None, on=on or _today())
        mine = [
            each for each in self.pairs.items(viewer, pair.id, kinds=["mirror"]) if each.item.who == item.who
        ]
        if mine:
            return self.pairs.change(viewer, mine[-1].id, lambda _: item, about="Written anew")
        return self.pairs.add(viewer, pair.id, [item], visibility="pair")[0]

    def read_reply(self, text: str, *, on: date) -> "Reply":
        """A pasted reply; nothing is kept."""
        from assistant.reply.read import read_reply

        return read_reply(text, received=on, language=read_language)

    def keep_reply(
        self,
        viewer: Viewer,
        pair: PairRecord,
        reply: "Reply",
        *,
        on: date,
        chosen: Sequence[int] | None = None,
        visibility: Visibility = "me",
    ) -> list[PairItem]:
        """Keep what a reply says, all of it or the chosen items, as told by whoever pasted it."""
        from assistant.reply.items import items_of

        me = next(each for each in self.people.list() if each.id == viewer.person_id)
        items = items_of(reply, writer=pair.other(viewer.person_id).role, reader=me.role, on=on)
        wanted = [item for at, item in enumerate(items) if chosen is None or at in chosen]
        return self.pairs.add(viewer, pair.id, wanted, visibility=visibility)

    def prepare(self, viewer: Viewer, between: Between, *, minutes: int) -> "Preparation":
        """The page before the two meet."""
        from assistant.prepare.prepare import prepare
        from assistant.stories.find import choose

        outcome = between.newest("outcome")
        near = self.near_stories(outcome.item.words, viewer, k=5) if outcome else []
        told = choose(near, today=between.today, asked=True)
        return prepare(
            between, minutes=minutes, mirror=self.mirror(between), cards=self.cards,
            stories=[told.text] if told else [],
        )  # fmt: skip

    def home(self, between: Between) -> "Home":
        """What waits for whoever looks."""
        from assistant.home.home import home

        viewer = Viewer(between.me.workspace_id, between.me.id)
        return home(between, self.mirror(between), tasks=self.tasks(viewer))

    def watched(self, viewer: Viewer, *, today: date | None = None) -> "list[Watched]":
        """The pairs of a coach, each as far as the two show it."""
        from assistant.home.home import watched

        found = []
        for pair in self.pairs.pairs(viewer):
            between = self.between(viewer, pair.id, today=today)
            shown = self.coaching.invites(viewer, pair.id)
            found.append(watched(between, self.mirror(between), shown, self.coaching.given(viewer, pair.id)))
        return found

    def coach_called(self, name: str) -> Person:
        """The coach of this name or id; somebody whom nobody knows yet is entered under that name."""
        wanted = " ".join(name.split()).casefold()
        named = [each for each in self.people.list() if wanted in (each.id, each.name.casefold())]
        found = next((each for each in named if each.role == "coach"), None)
        if found is None and named:
            raise InputRefusedError(
                f"{named[0].name} is no coach here",
                kept="Nobody was asked in",
                next_step="Name somebody else",
            )
        return found or self.people.add(name, "coach")

    def ask_in(
        self,
        viewer: Viewer,
        pair: PairRecord,
        name: str,
        *,
        shares: Collection[Share],
        items: Collection[str] = (),
    ) -> Invite:
        """Ask a coach in by name, and say what they see; asked again, what they see is set anew."""
        coach = self.coach_called(name)
        return self.coaching.invite(viewer, pair.id, coach.id, shares=shares, items=items)

    def assign(
        self,
        viewer: Viewer,
        pair: PairRecord,
        for_ids: Collection[str],
        words: str,
        *,
        scenario: str | None = None,
        about: str = "",
    ) -> list[Task]:
        """A question from a coach, or a meeting to rehearse, which has to be one for the chair of whoever gets it."""
        seat = self.room.scenarios.get(scenario).seat if scenario else None
        wrong = [each for each in pair.people if each.id in for_ids and seat not in (None, each.role)]
        if wrong:
            raise InputRefusedError(
                f"“{scenario}” is for the other chair, not {wrong[0].name}'s",
                kept="Nothing was given",
                next_step="“counterpart scenarios” names the chair of each meeting",
            )
        return self.coaching.assign(viewer, pair.id, for_ids, words, scenario=scenario, about=about)

    def promised(self, viewer: Viewer, record: PilotRecord) -> "list[Promised]":
        """What the two of a pilot said they would do since their last one was decided, as others may read it.

        What only one of the two sees stays out, unless the other is only a name and sees nothing here.
        """
        from assistant.pair.speech import promised_by
        from assistant.pilots.report import Promised

        pair = next((each for each in self.pairs.pairs(viewer) if record.pair_id in (each.id, None)), None)
        if pair is None:
            return []
        alone = pair.other(viewer.person_id).only_name
        since = max((day for day in self._decided(viewer, record)), default=date.min)
        return [
            Promised(*promised_by(each, pair), each.item.due)
            for each in self.pairs.items(viewer, pair.id, kinds=["promise"])
            if each.item.on >= since and (each.visibility == "pair" or alone)
        ]

    def _decided(self, viewer: Viewer, record: PilotRecord) -> list[date]:
        """The days on which other pilots of the same pair were decided."""
        others = (each for each in self.pilots.list(viewer) if each.id != record.id)
        decisions = (each.pilot.decision for each in others if each.pair_id == record.pair_id)
        return [decision.on for decision in decisions if decision is not None]

    def in_between(self, between: Between, *, name: str | None = None) -> "InBetween | None":
        """The front-line manager between the two, where somebody named one, or a pilot does (`name`)."""
        from assistant.pair.manager import in_between

        return in_between(between, name=name)

    def name_manager(
        self, viewer: Viewer, pair: PairRecord, name: str, *, on: date, shared: bool = False
    ) -> PairItem:
        """Who the manager in between is; a later name of the same teller takes the place of the one before."""
        item = Item(kind="manager", words=_said(name, "The manager needs a name"), on=on)
        mine = [
            each
            for each in self.pairs.items(viewer, pair.id, kinds=["manager"])
            if each.owner_id == viewer.person_id
        ]
        if not mine:
            return self.pairs.add(viewer, pair.id, [item], visibility="pair" if shared else "me")[0]
        kept = self.pairs.change(viewer, mine[-1].id, lambda _: item, about="Named anew")
        return self.pairs.share(viewer, kept.id, "pair") if shared else kept

    def keep_view(
        self,
        viewer: Viewer,
        pair: PairRecord,
        words: str,
        *,
        on: date,
        name: str | None = None,
        shared: bool = False,
    ) -> PairItem:
        """What the manager said, as it came. Raises `InputRefusedError` where nobody was named, or nothing said."""
        from assistant.pair.manager import view_of

        between = self.between(viewer, pair.id, today=on)
        named = name or between.manager
        if named is None:
            raise InputRefusedError("Nobody named a manager yet", next_step="Say first who it is")
        item = view_of(between, named, _said(words, "There is nothing to keep"))
        return self.pairs.add(viewer, pair.id, [item], visibility="pair" if shared else "me")[0]

    def tasks(self, viewer: Viewer) -> list[Task]:
        """What coaches gave `viewer` and is not done; a meeting that was rehearsed to its end since is done."""
        open_ones = self.coaching.tasks(viewer)
        played = self.rehearsals.list(viewer) if any(each.scenario for each in open_ones) else []
        for each in open_ones:
            if each.scenario and each.rehearsed_in(played):
                self.coaching.done(viewer, each.id)
        return [each for each in open_ones if not (each.scenario and each.rehearsed_in(played))]


def _said(words: str, otherwise: str) -> str:
    plain = words.strip()
    if not plain:
        raise InputRefusedError(otherwise, kept="Nothing was changed", next_step="Type it and try again")
    return plain


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
