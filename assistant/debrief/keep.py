"""What was confirmed of a debrief is kept between the two; nothing is kept that nobody tapped."""

from collections.abc import Sequence
from datetime import date

from assistant.debrief.read import Debrief, Found, owner_in
from assistant.pair.item import Item, Source
from assistant.pair.records import PairItem, PairRecord, PairRecords, Visibility
from knowledge.store.access import Viewer


def keep_meeting(
    pairs: PairRecords, viewer: Viewer, pair: PairRecord, read: Debrief, *, on: date
) -> PairItem:
    """The meeting itself, with what was told of it: its teller's alone. Told twice, it is kept once."""
    words = read.kept_text or read.left_out[0]
    meeting = Item(kind="meeting", words=words, on=on, source=Source(kind="debrief"))
    return pairs.add(viewer, pair.id, [meeting])[0]


def keep_found(
    pairs: PairRecords,
    viewer: Viewer,
    pair: PairRecord,
    found: Found,
    *,
    meeting: PairItem,
    visibility: Visibility = "me",
) -> PairItem:
    """One item that was confirmed. What the other may see comes without the teller's own sentence about it."""
    item = Item(
        kind=found.kind,
        words=found.words,
        on=meeting.item.on,
        source=Source(kind="debrief", id=meeting.id),
        heard=None if visibility == "pair" else found.heard,
        who=owner_in(pair, found.who, person_id=viewer.person_id),
        due=found.due,
        due_words=found.due_words,
    )
    return pairs.add(viewer, pair.id, [item], visibility=visibility)[0]


def keep_debrief(
    pairs: PairRecords,
    viewer: Viewer,
    pair: PairRecord,
    read: Debrief,
    chosen: Sequence[int],
    *,
    on: date,
    share: bool = False,
) -> tuple[PairItem, dict[int, PairItem]]:
    """The meeting, and these of its items by their place; with `share` the promises are seen by both."""
    meeting = keep_meeting(pairs, viewer, pair, read, on=on)
    kept = {
        at: keep_found(
            pairs,
            viewer,
            pair,
            read.items[at],
            meeting=meeting,
            visibility="pair" if share and read.items[at].kind == "promise" else "me",
        )
        for at in chosen
    }
    return meeting, kept
