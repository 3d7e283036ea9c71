"""What buttons and fields of the Pilots page do. A refused change says so beside the field, and what was typed stays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.pilots.brief import Interview
from assistant.pilots.edit import edited
from assistant.pilots.fields import FIELDS, field_of, typed
from assistant.pilots.model import Pilot, Side
from assistant.records import PilotRecord
from knowledge.store.access import Viewer
from ui.session import PilotDesk, session, set_value, value_of

Change = Callable[[Pilot], Pilot]


@dataclass(frozen=True)
class Desk:
    """One pilot, who looks at it, and what they may do with it."""

    house: House
    viewer: Viewer
    record: PilotRecord
    side: Side
    name: str

    @property
    def pilot(self) -> Pilot:
        """The pilot as it was when the page was drawn."""
        return self.record.pilot

    @property
    def interview(self) -> Interview:
        """The interview, answered by whoever sits here."""
        return Interview(self.house.measures, today(), self.side, self.name)

    def change(self, change: Change, about: str, *, where: str = "page", undo: bool = False) -> bool:
        """Keep a change made on what is drawn; where it is refused, the reason stands at `where`."""
        state = desk_state()
        state.errors.pop(where, None)
        state.notice = None
        try:
            kept = self.house.pilots.update(
                self.viewer, self.record.id, change, about=about, version=self.record.version
            )
        except CounterpartError as error:
            state.errors[where] = error.message
            return False
        state.undo = (kept.id, kept.version, self.pilot, about) if undo else None
        return True

    def save(self, field_name: str, key: str) -> None:
        """Keep one field as it was typed."""
        field, text = field_of(field_name), str(value_of(key) or "")

        def change(pilot: Pilot) -> Pilot:
            changed = edited(pilot, typed(pilot, field, text, measures=self.house.measures, today=today()))
            return without_stale_yes(pilot, changed, self.side)

        if self.change(change, f"{FIELDS[field_name].label}", where=field_name):
            desk_state().drawn.pop(key, None)

    def take_back(self) -> None:
        """Undo the last one-click change, unless somebody changed it since."""
        state = desk_state()
        if state.undo is None or state.undo[1] != self.record.version:
            state.errors["page"] = "Meanwhile somebody changed the pilot. Its history names every change."
        else:
            before = state.undo[2]
            self.change(lambda _: before, "Took it back")
        state.undo = None


def without_stale_yes(before: Pilot, after: Pilot, side: Side) -> Pilot:
    """A yes was given to what stood there: a change of outcome, group, rules or dates asks the other side again."""
    same = all(
        getattr(before, name) == getattr(after, name)
        for name in ("outcome", "group", "rules", "start", "reinforcement")
    )
    if same or after.check_ins:
        return after
    mine = "sponsor" if side == "sales-vp" else "learning_owner"
    other = "learning_owner" if mine == "sponsor" else "sponsor"
    return after.model_copy(update={"approvals": after.approvals.model_copy(update={other: None})})


def desk_state() -> PilotDesk:
    """What this tab looks at on the Pilots page."""
    return session().pilots


def open_pilot(pilot_id: str | None) -> None:
    """Look at this pilot, or at the list."""
    session().pilots = PilotDesk(pilot_id=pilot_id)


def go(chapter: str) -> None:
    """Turn to another chapter of the pilot."""
    desk_state().chapter = chapter
    set_value("pilot-chapter", chapter)


def clear(*keys: str) -> None:
    """Empty these fields; called where what was typed is kept."""
    for key in keys:
        set_value(key, "")


def today() -> date:
    """The day, where this machine is."""
    return datetime.now(UTC).astimezone().date()
