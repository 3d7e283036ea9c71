"""Sentences of a turn, as people speak and as transcripts have it."""

import re

_END = re.compile(r"(?<=[.?!…])[\"'”’)]*\s+(?=\S)")
_SHORTENED = re.compile(r"\b(?:mr|mrs|ms|dr|st|vs|no|e\.g|i\.e|approx|etc)\.$", re.IGNORECASE)
_MOST = 60


def plain(text: str) -> str:
    """Lower case, straight quotes, single spaces."""
    return " ".join(
        text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').lower().split()
    )


def sentences(text: str) -> list[str]:
    """The sentences of a turn, each with its mark; at least one, and no more than 60 (the rest is one)."""
    found: list[str] = []
    for part in _END.split(" ".join(text.split())):
        if found and _SHORTENED.search(found[-1]):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return [*found[: _MOST - 1], " ".join(found[_MOST - 1 :])] if len(found) > _MOST else found
