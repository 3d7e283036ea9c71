"""What a reply says, as items of the pair: to be confirmed one by one, kept in the words of its sender."""

import re
from datetime import date

from assistant.pair.item import BOTH, Item, Kind, Source
from assistant.reply.promises import BOTH as BOTH_SAY
from assistant.reply.promises import READER, SENDER
from assistant.reply.read import Reply

_REFUSES = re.compile(r"\W*(?:no|not|never|i'd say no)\b", re.IGNORECASE)
_SOURCE = Source(kind="reply")


def items_of(reply: Reply, *, writer: str, reader: str, on: date) -> list[Item]:
    """`writer` and `reader` are roles. A reply that says nothing gives nothing."""
    found: list[Item] = []
    if reply.outcome:
        found.append(
            Item(kind="outcome", words=reply.outcome, on=on, who=writer, source=_SOURCE, heard=reply.outcome)
        )
    if reply.group:
        found.append(
            Item(kind="group", words=reply.group, on=on, who=writer, source=_SOURCE, heard=reply.group)
        )
    who = {SENDER: writer, READER: reader, BOTH_SAY: BOTH}
    found += [
        Item(
            kind="promise", words=each.what, on=on, who=who.get(each.who, each.who), source=_SOURCE,
            heard=reply.text[each.start : each.end], due=each.due, due_words=each.due_words,
        )
        for each in reply.promises
    ]  # fmt: skip
    if reply.objection:
        kind: Kind = "refused" if _REFUSES.match(reply.objection) or reply.answer == "no" else "quote"
        found.append(
            Item(kind=kind, words=reply.objection, on=on, who=writer, source=_SOURCE, heard=reply.objection)
        )
    return found
