"""A sentence about everybody, said of one group first."""

import re
from collections.abc import Mapping

from assistant import nouns

_VERBS = {"need": "needs", "have": "has", "are": "is", "do": "does", "get": "gets", "go": "goes"}
_ACROSS = re.compile(
    r"^\s+(?:across|throughout) (?:all of )?(?:the )?[A-Z][\w-]*(?:(?:, | and | & )[A-Z][\w-]*)*"
)


def narrowed(text: str, values: Mapping[str, str], later: str) -> tuple[str, ...]:
    """The same sentence about one group first, and once more with what comes later."""
    found = nouns.everyone(text)
    if found is None:
        return (text,)
    one = values["group"] if values["group"] != "one team" else found.one
    begins = not text[: found.start].strip()
    if found.adverb or found.words.lower().startswith("across"):
        one = f"in {one} first"
    elif not begins:
        one = f"{one} first"
    rest = _ACROSS.sub("", text[found.end :])
    rest = _singular_verb(rest) if begins else rest
    new = f"{text[: found.start]}{one[:1].upper() + one[1:] if begins else one}{rest}"
    if begins:
        new = re.sub(r"([.!]?)$", r", before anybody else\1", new, count=1)
    return new, f"{new} {later}" if new.rstrip().endswith((".", "!", "?")) else f"{new}. {later}"


def _singular_verb(rest: str) -> str:
    found = re.match(r"(\s+)(\w+)\b", rest)
    if found and found.group(2).lower() in _VERBS:
        return f"{found.group(1)}{_VERBS[found.group(2).lower()]}{rest[found.end() :]}"
    return rest
