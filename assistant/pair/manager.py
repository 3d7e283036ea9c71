"""The front-line manager in between: a note to send, their view once somebody asked, and two minutes in the staff call."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from assistant.pair.between import Between
from assistant.pair.item import Item, Source
from assistant.pair.records import PairItem
from assistant.pair.speech import short_name
from prompts import phrase

_SIDES = {"sales-vp": "vp", "coach": "coach"}


@dataclass(frozen=True, slots=True)
class InBetween:
    """What to do about the manager. `views` are what they said, the newest first; `kept` names them, if an item does."""

    name: str
    note: str
    ask: str
    slot: str
    call: str
    views: tuple[PairItem, ...] = ()
    kept: PairItem | None = None

    @property
    def subject(self) -> str:
        """Of the mail."""
        return phrase("pair", "manager-subject")

    @property
    def mail(self) -> str:
        """An address that opens a mail to nobody yet, with the note in it."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.note)}"

    def as_contract(self) -> dict[str, Any]:
        """As `counterpart pair manager --json` gives it."""
        return {
            "manager": self.name,
            "note": self.note,
            "ask": self.ask,
            "views": [
                {"id": each.id, "words": each.item.words, "on": each.item.on.isoformat()} for each in self.views
            ],
            "staff_call": {"line": self.slot, "agenda": self.call},
        }  # fmt: skip


def in_between(between: Between, *, name: str | None = None) -> InBetween | None:
    """The manager that somebody named, or the one of a pilot; None where nobody did."""
    named = name or between.manager
    if named is None:
        return None
    outcome = between.newest("outcome") or between.newest("metric")
    group = (between.group or phrase("prepare", "one-team")).rstrip(".")
    side = _SIDES.get(between.me.role, "learning")
    kept = between.newest("manager")
    return InBetween(
        named,
        note=_note(short_name(named), group, outcome),
        ask=phrase("pair", "manager-ask", manager=short_name(named)),
        slot=phrase("pair", f"manager-slot-{side}", manager=short_name(named)),
        call=phrase("pair", "manager-call", manager=named, group=group),
        views=tuple(each for each in between.of("quote") if _said_by(each, named)),
        kept=kept if kept is not None and kept.item.words == named else None,
    )


def view_of(between: Between, name: str, words: str) -> Item:
    """What the manager said, to be kept between the two."""
    return Item(kind="quote", words=words, on=between.today, who=name, source=Source(kind="form"))


def _note(name: str, group: str, outcome: PairItem | None) -> str:
    if outcome is None:
        return phrase("pair", "manager-note-bare", manager=name, group=group)
    words = outcome.item.words.rstrip(".")
    return phrase("pair", "manager-note", manager=name, group=group, outcome=words)


def _said_by(kept: PairItem, name: str) -> bool:
    who = (kept.item.who or "").casefold()
    return bool(who) and (who == name.casefold() or who in name.casefold().split())
