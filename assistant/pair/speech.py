"""A promise in words: as whoever looks at it would read it, and what to say when it was kept, or was not."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from assistant.pair.item import BOTH, Item
from assistant.pair.promises import standing
from assistant.pair.records import PairItem, PairRecord
from prompts import phrase

_OFTEN = 2
_NO_NAMES = {"Learning executive": "the learning executive", "Sales VP": "the VP", "Coach": "the coach"}
_A_THING = re.compile(
    r"(?:the|a|an|his|her|my|their|our|your|some|any|one|two|three|four|five|six|seven|eight|nine|ten|\d[\d,.]*|numbers|names|figures|dates)\b",
    re.IGNORECASE,
)
"""With this begins what is owed; anything else begins with a verb."""
_THEIR_OWN = {"i": "{name}", "me": "{name}", "my": "{name}'s", "mine": "{name}'s", "myself": "{name}"}


def read_by(kept: PairItem, pair: PairRecord, person_id: str) -> str:
    """An item's words as `person_id` reads them: "send me the list", told by Ines, is "send Ines the list" for the VP."""
    words = kept.item.words
    if kept.owner_id == person_id:
        return words
    people = [*pair.people, *([pair.coach] if pair.coach else [])]
    teller = next((person.name for person in people if person.id == kept.owner_id), None)
    if teller is None or kept.item.kind == "quote":
        return words

    def named(match: re.Match[str]) -> str:
        return _THEIR_OWN[match[0].lower()].format(name=short_name(teller))

    return re.sub(r"\b(?:I|me|my|mine|myself)\b(?!['’])", named, words)


def deed_of(kept: PairItem, pair: PairRecord, person_id: str) -> str:
    """What was promised, beginning with a verb."""
    words = read_by(kept, pair, person_id)
    return f"see to {words}" if _A_THING.match(words) else words


def short_name(name: str) -> str:
    """How somebody is spoken of: by the first name they have, or by their role."""
    return _NO_NAMES.get(name, name.split(maxsplit=1)[0])


def owner_shown(item: Item, pair: PairRecord, person_id: str) -> str:
    """Whose promise it is, as `person_id` reads it: You, both of you, or a name."""
    mine = next((person.role for person in pair.people if person.id == person_id), None)
    if item.who is None:
        return "Nobody named"
    if item.who == mine:
        return "You"
    if item.who == BOTH:
        return "Both of you" if mine else "Both of them"
    return pair.name_of(item.who) or "Nobody named"


def promised_by(kept: PairItem, pair: PairRecord) -> tuple[str, str, Literal["happened", "didnt", "open"]]:
    """Who, what, and how it stands, for somebody who is none of the two."""
    state: Literal["happened", "didnt", "open"] = (
        "happened" if kept.item.state == "happened" else "didnt" if kept.item.state == "didnt" else "open"
    )
    return owner_shown(kept.item, pair, ""), read_by(kept, pair, ""), state


def calendar_entries(
    items: Iterable[PairItem], pair: PairRecord, person_id: str
) -> list[tuple[str, date, str]]:
    """The open promises that have a day: id, day, and what a calendar shows."""
    return [
        (
            kept.id,
            kept.item.due,
            f"{owner_shown(kept.item, pair, person_id)}: {read_by(kept, pair, person_id)}",
        )
        for kept in items
        if kept.item.waits and kept.item.due is not None
    ]


def what_to_say(
    kept: PairItem, pair: PairRecord, person_id: str, *, today: date, times_moved: int = 0
) -> str | None:
    """One line about how a promise went, or about one that is overdue; None where nothing needs to be said."""
    item = kept.item
    state = item.state
    if state in ("open", "moved") and standing(item, today=today) == "overdue":
        return _overdue(kept, pair, person_id)
    if state == "open" or state is None:
        return None
    if state == "moved" and times_moved >= _OFTEN:
        return phrase("pair", "moved-often", times=str(times_moved))
    return _line(state, kept, pair, person_id)


def _overdue(kept: PairItem, pair: PairRecord, person_id: str) -> str:
    whose, side = _whose(kept.item, pair, person_id), _side(pair, person_id)
    if whose == "theirs":
        return phrase("pair", f"overdue-theirs-{side}", what=spoken(kept, pair, person_id))
    return _line("didnt", kept, pair, person_id)


def _line(state: str, kept: PairItem, pair: PairRecord, person_id: str) -> str:
    whose, what = _whose(kept.item, pair, person_id), spoken(kept, pair, person_id)
    if whose == "somebody":
        who = pair.name_of(kept.item.who) or "Somebody"
        return (
            phrase("pair", "didnt-somebody", who=who, what=what)
            if state == "didnt"
            else phrase("pair", "happened-theirs")
        )
    if state == "didnt":
        name = "didnt-both" if whose == "both" else f"didnt-{whose}-{_side(pair, person_id)}"
        return phrase("pair", name, what=what)
    if (state, whose) in (("happened", "mine"), ("moved", "mine"), ("moved", "both")):
        return phrase("pair", f"{state}-{whose}", what=what)
    return phrase("pair", f"{state}-{whose}")


def spoken(kept: PairItem, pair: PairRecord, person_id: str) -> str:
    """What was promised, in words that are said to the other's face: "you" for the one who hears it."""
    words = kept.item.words
    words = f"see to {words}" if _A_THING.match(words) else words
    teller_speaks = kept.owner_id == person_id
    other = short_name(pair.other(person_id).name)
    if teller_speaks:
        return re.sub(
            rf"\b(?:him|her|them|{re.escape(other)})\b(?=\s|$)(?!\s+(?:team|people|reps|managers)\b)",
            "you",
            words,
            count=1,
        )
    return re.sub(r"\b(?:me|I)\b", "you", re.sub(r"\bmy\b", "your", words))


def _whose(item: Item, pair: PairRecord, person_id: str) -> str:
    mine = next((person.role for person in pair.people if person.id == person_id), None)
    if item.who == BOTH:
        return "both"
    if item.who is not None and item.who == mine:
        return "mine"
    return "theirs" if item.who == pair.other(person_id).role else "somebody"


def _side(pair: PairRecord, person_id: str) -> str:
    if person_id == pair.sales_vp.id:
        return "vp"
    return "learning" if person_id == pair.learning_executive.id else "coach"
