"""How far a story can be trusted: told once, seen by a second person or a record, or measured."""

import re
from typing import Literal

Grade = Literal["anecdote", "verified", "measured"]
GRADES: tuple[Grade, ...] = ("anecdote", "verified", "measured")
_NOTHING = re.compile(r"\s*(?:none|no|n/?a|nobody|-+|unknown)?[\s.]*", re.IGNORECASE)


def grade_of(*, evidence: str = "", figure: str = "", figure_source: str = "") -> Grade:
    """The grade that follows from what stands behind a story.

    measured: a number and where it stands; verified: a second person or a record; otherwise an anecdote.
    """
    if re.search(r"\d", figure) and _names_something(figure_source):
        return "measured"
    return "verified" if _names_something(evidence) else "anecdote"


def _names_something(text: str) -> bool:
    return _NOTHING.fullmatch(text) is None
