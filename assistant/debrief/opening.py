"""The line to open the next talk with: from what was promised, wanted or refused, in that order."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.debrief.owners import BOTH, COUNTERPART, ME
from prompts import phrase

if TYPE_CHECKING:
    from assistant.debrief.read import Found

_LONGEST = 90


def opening_line(items: Sequence["Found"], *, counterpart: str | None) -> str:
    """One line in quotation marks. It opens with what the teller owes, before what the other does."""
    promises = [each for each in items if each.kind == "promise" and each.who in (ME, BOTH, COUNTERPART)]
    for who, name in ((ME, "opening-mine"), (BOTH, "opening-both"), (COUNTERPART, "opening-theirs")):
        chosen = next((each for each in promises if each.who == who and _is_deed(each.words)), None)
        if chosen is not None:
            return phrase(
                "debrief", name, what=_said_to(chosen.words, counterpart, theirs=who == COUNTERPART)
            )
    for kind, name, value in (("outcome", "opening-outcome", "outcome"), ("quote", "opening-quote", "quote")):
        found = next((each for each in items if each.kind == kind and len(each.words) <= _LONGEST), None)
        if found is not None:
            return phrase("debrief", name, **{value: found.words.rstrip(".")})
    if any(each.kind == "refused" for each in items):
        return phrase("debrief", "opening-refused")
    angry = any(
        each.kind == "felt" and re.search(r"angry|furious|livid|shook|scream", each.words) for each in items
    )
    return phrase("debrief", "opening-rage" if angry else "opening-bare")


def _is_deed(words: str) -> bool:
    """Whether the words can follow "I said I'd …"."""
    first = words.split(maxsplit=1)[0].lower() if words else ""
    return len(words) <= _LONGEST and first not in (
        "the",
        "a",
        "an",
        "his",
        "her",
        "my",
        "be",
        "one",
        "two",
        "three",
        "have",
        "five",
        "ten",
    )


def _said_to(words: str, counterpart: str | None, *, theirs: bool) -> str:
    """The words as they are said to the other's face."""
    plain = words
    if theirs:
        return plain
    names = [counterpart.split()[0]] if counterpart else []
    for third in ("him", "her", "them", *names):
        plain = re.sub(
            rf"\b{re.escape(third)}\b(?!\s+(?:team|reps|people|managers|\w+s\b))",
            "you",
            plain,
            count=1,
            flags=re.IGNORECASE,
        )
    return plain
