"""All that stands between the two on one day, as one of them, or their coach, may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assistant import nouns
from assistant.pair.item import Kind
from assistant.pair.promises import Waiting, settled, waiting
from assistant.pair.records import PairItem, PairRecord
from assistant.records import Person

LATELY_DAYS = 21
_NAMELESS = {"learning executive", "sales vp", "coach"}


@dataclass(frozen=True, slots=True)
class PilotLine:
    """A pilot of the pair in one line, and what comes next in it."""

    id: str
    title: str
    state: str
    statement: str
    next: str
    felt: tuple[date, ...] = ()
    group: str | None = None
    manager: str | None = None


@dataclass(frozen=True)
class Between:
    """The pair as `me` sees it on `today`; `items` by the day they were said, oldest first."""

    pair: PairRecord
    me: Person
    items: tuple[PairItem, ...]
    pilots: tuple[PilotLine, ...]
    today: date

    @property
    def other(self) -> Person:
        """The one on the other side."""
        return self.pair.other(self.me.id)

    @property
    def coaching(self) -> bool:
        """Whether the coach looks."""
        return self.me.role == "coach"

    @property
    def waiting(self) -> list[Waiting]:
        """Promises that nobody settled, the most pressing first."""
        return waiting(self.items, self.pair, person_id=self.me.id, today=self.today)

    @property
    def settled(self) -> list[PairItem]:
        """Promises that came to an end, the newest first."""
        return settled(self.items)

    def of(self, kind: Kind, *, lately: bool = False) -> list[PairItem]:
        """Items of one kind, the newest first."""
        since = self.today - timedelta(days=LATELY_DAYS)
        found = [each for each in self.items if each.item.kind == kind]
        return [each for each in reversed(found) if not lately or each.item.on >= since]

    def newest(self, kind: Kind) -> PairItem | None:
        """The last that was said of a kind."""
        return next(iter(self.of(kind)), None)

    @property
    def mirror(self) -> Mapping[str, PairItem]:
        """Each one's sentence, by role; one that is not to be seen yet is missing."""
        found: dict[str, PairItem] = {}
        for each in self.items:
            if each.item.kind == "mirror" and each.item.who:
                found[each.item.who] = each
        return found

    @property
    def no_progress(self) -> date | None:
        """The last day on which one of the two felt no progress, where that was lately."""
        since = self.today - timedelta(days=LATELY_DAYS)
        days = [day for pilot in self.pilots for day in pilot.felt if day >= since]
        return max(days, default=None)

    @property
    def manager(self) -> str | None:
        """The front-line manager in between, as somebody named them."""
        kept = self.newest("manager")
        return kept.item.words if kept else next((each.manager for each in self.pilots if each.manager), None)

    @property
    def group(self) -> str | None:
        """The team it is about, as it was named last."""
        kept, outcome = self.newest("group"), self.newest("outcome")
        inside = nouns.group(outcome.item.words) if outcome else None
        return kept.item.words if kept else next((each.group for each in self.pilots if each.group), inside)

    def called(self, person: Person) -> str:
        """How somebody is spoken of: by name, or by what they are where nobody gave one."""
        if person.name.strip().lower() not in _NAMELESS:
            return person.name.split()[0]
        return (
            "your VP" if person.role == "sales-vp" else "learning" if person.role != "coach" else "the coach"
        )

    def named(self, person: Person) -> str:
        """The same where somebody is spoken of to both: by name, or by what they are."""
        if person.name.strip().lower() not in _NAMELESS:
            return person.name.split()[0]
        return {"sales-vp": "the VP", "learning-executive": "learning"}.get(person.role, "the coach")
