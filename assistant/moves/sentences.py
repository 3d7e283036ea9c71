"""Sentences of a turn, as people speak and as transcripts have it."""

import html
import re

_END = re.compile(r"(?<=[.?!…])[\"'”’)]*\s+(?=\S)")
_SHORTENED = re.compile(r"\b(?:mr|mrs|ms|dr|st|vs|no|e\.g|i\.e|approx|etc)\.$", re.IGNORECASE)
_MOST = 60
_TAG = re.compile(
    r"</?[a-zA-Z][^<>]{0,80}>|\[/?(?:b|i|u|s|bold|italic|underline|strike|dim|em|strong|code|quote|url|link|color|size)\b[^\[\]]{0,80}\]|\[/\]"
)
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|~~|`+)(?=\S)(.+?)(?<=\S)\1")
_LEADER = re.compile(r"^\s*(?:#{1,6}|[-*+•>]|\d{1,2}[.)])\s+")


def bared(text: str) -> str:
    """The words without HTML, BBCode or Markdown around them: marks of layout say nothing of what is said."""
    found = _LEADER.sub("", html.unescape(_TAG.sub("", text)))
    return _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", found)).strip() or text


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
