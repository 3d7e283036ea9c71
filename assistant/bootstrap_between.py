"""What stands between two people (mirror, pasted reply, the page before a meeting), wired; a part of `bootstrap.House`.

What reads is imported when it is first wanted: a command that reads nothing does not wait for it.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from assistant.advice.language import read_language
from assistant.pair.between import Between, PilotLine
from assistant.pair.item import Item
from assistant.pair.records import PairItem, PairRecord, PairRecords, Visibility
from assistant.pilots.measures import Measures
from assistant.records import PilotRecord, PilotRecords
from assistant.storage.people import People
from assistant.stories.find import Candidate
from knowledge.cards import Card
from knowledge.embeddings import Floats
from knowledge.store.access import Viewer

if TYPE_CHECKING:
    from assistant.home.home import Home, Watched
    from assistant.mirror.compare import Mirror
    from assistant.prepare.prepare import Preparation
    from assistant.reply.read import Reply


@dataclass(frozen=True)
class HouseOfPairs(ABC):
    """Its parts are those of the house."""

    people: People
    pairs: PairRecords
    pilots: PilotRecords

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

        return home(between, self.mirror(between))

    def watched(self, between: Between) -> "Watched":
        """The pair as its coach may see it."""
        from assistant.home.home import watched

        return watched(between, self.mirror(between))

    def assign(self, viewer: Viewer, pair_id: str, words: str, *, on: date) -> PairItem:
        """What a coach gives the two: a question or a rehearsal, seen by both."""
        item = Item(kind="quote", words=words, on=on, who="coach")
        return self.pairs.add(viewer, pair_id, [item], visibility="pair")[0]


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
