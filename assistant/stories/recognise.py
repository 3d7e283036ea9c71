"""Recognising people and companies that nobody listed: by word lists and by what stands around a name.

A run of capitalised words is a candidate; what it is follows from its own words (first name, surname, legal form,
place, ordinary word) and from its neighbours ("said", "from", "the … tier"). Where a text is written in lower case,
only words that are names and little else count, or those that something beside them names as one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.stories.known_words import KNOWN, PLACES
from assistant.stories.surroundings import (
    COMPANY_WORDS,
    CUES_AFTER,
    CUES_BEFORE,
    FROM,
    HONORIFICS,
    LEGAL,
    PARTICLES,
    PLACE_BEFORE,
    ROLE_AFTER,
    THING_AFTER,
    THING_BEFORE,
    TITLE_WORDS,
)
from assistant.stories.wordlists import common, first_names, folded, ordinary, surnames

Found = Literal["person", "company"]
_WORD = re.compile(r"[^\W\d_]+(?:['’&-][^\W\d_]+)*(?:\d+)?|[^\s\w]|\d+")
_PLAIN = 3.0  # Zipf value from which a word is an ordinary one, if it is no name
_RARE = 2.6  # and below which a lower-case word beside a cue may be a name
_LONGEST = 5


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or a sign, where it stands, and whether a sentence begins with it."""

    text: str
    start: int
    end: int
    first: bool

    @property
    def key(self) -> str:
        return folded(re.sub(r"['’]s$", "", self.text))

    @property
    def bare_end(self) -> int:
        """Its end without a genitive."""
        return self.end - (2 if re.search(r"['’]s$", self.text) else 0)

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def initials(self) -> bool:
        """Capitals only: an abbreviation such as CRM or EMEA, unless it is one letter."""
        return len(self.text) > 1 and self.text.rstrip("s").isupper()


def recognised(text: str) -> Iterator[tuple[int, int, Found]]:
    """Stretches of `text` that name a person or a company, in order."""
    tokens = _tokens(text)
    taken = 0
    for start, end in _runs(tokens, text):
        if start < taken:
            continue
        if (found := _judged(tokens, start, end)) is not None:
            a, b, kind = found
            taken = b
            yield tokens[a].start, tokens[b - 1].bare_end, kind
    yield from _lower_case(tokens)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    first = True
    for match in _WORD.finditer(text):
        word = match.group()
        begins = first or (bool(tokens) and "\n" in text[tokens[-1].end : match.start()])
        tokens.append(_Token(word, *match.span(), begins and word[0].isalnum()))
        if word[0].isalnum():
            first = False
        elif word in '.!?:“"•—(':
            first = not (word == "." and len(tokens) > 1 and _abbreviates(tokens[-2]))
    return tokens


def _abbreviates(token: _Token) -> bool:
    return len(token.text) == 1 or token.key in HONORIFICS


def _runs(tokens: Sequence[_Token], text: str) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words, particles and initials between them included."""
    at = 0
    while at < len(tokens):
        if not (tokens[at].is_word and tokens[at].capital):
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and end - at < _LONGEST + 2 and _goes_on(tokens, end, text):
            end += 1
        while end > at + 1 and not tokens[end - 1].capital:
            end -= 1
        yield at, end
        at = end


def _goes_on(tokens: Sequence[_Token], at: int, text: str) -> bool:
    before, token = tokens[at - 1], tokens[at]
    gap = text[before.end : token.start]
    if "\n" in gap or re.search(r"['’]s$", before.text):
        return False
    if token.text == ".":
        return gap == "" and _abbreviates(before) and at + 1 < len(tokens) and tokens[at + 1].capital
    if token.text == "&" or token.key in PARTICLES:
        return at + 1 < len(tokens) and tokens[at + 1].is_word and tokens[at + 1].capital
    return token.is_word and token.capital and not token.first and (gap in {" ", "-"} or before.text == ".")


def _judged(tokens: Sequence[_Token], start: int, end: int) -> tuple[int, int, Found] | None:
    """The part of a run that is a name, and of what; None where it is an ordinary word, a place or a thing."""
    while start < end and _only_begins(tokens, start, end):
        start += 1
    while start < end and (tokens[start].key in TITLE_WORDS or tokens[start].text == "."):
        start += 1
    while end > start and tokens[end - 1].key in TITLE_WORDS | KNOWN and end - start > 1:
        end -= 1
    words = [token for token in tokens[start:end] if token.is_word]
    if not words:
        return None
    before = _before(tokens, start)
    after = _after(tokens, end)
    if words[-1].key in LEGAL or (len(words) > 1 and words[-1].key in COMPANY_WORDS):
        return (start, end, "company") if not _is_thing(before, after) or words[-1].key in LEGAL else None
    if after[:1] and after[0] in LEGAL:
        return start, end + 1, "company"
    return (
        _single(words, before, after, (start, end))
        if len(words) == 1
        else _several(words, before, after, (start, end))
    )


def _only_begins(tokens: Sequence[_Token], at: int, end: int) -> bool:
    """Whether a word is capitalised only since a sentence begins with it."""
    token = tokens[at]
    if not token.first:
        return False
    if token.key not in first_names():
        return common(token.key) >= _PLAIN or token.key in KNOWN
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    named = at + 1 < end or (follows is not None and (follows.key in CUES_AFTER or follows.text == ","))
    return common(token.key) >= 4.6 and not (named and common(token.key) < 5.6)


def _several(
    words: Sequence[_Token], before: Sequence[str], after: Sequence[str], at: tuple[int, int]
) -> tuple[int, int, Found] | None:
    keys = [word.key for word in words]
    if " ".join(keys) in PLACES or all(key in PLACES or key in KNOWN for key in keys):
        return None
    if any(word.initials for word in words) and not any(key in first_names() for key in keys):
        return None
    named = keys[0] in first_names() and keys[0] not in KNOWN
    if named and (
        keys[-1] in surnames() or common(keys[-1]) < 4 or (before[-1:] and before[-1] in HONORIFICS)
    ):
        return (*at, "person")
    if _is_thing(before, after) or _is_place(before, keys):
        return None
    if keys[-1] in surnames() and common(keys[-1]) < 4.2 and keys[0] not in KNOWN and common(keys[0]) < 4:
        return (*at, "person")
    if all(common(key) >= _PLAIN or key in KNOWN for key in keys):
        return (
            (*at, "company")
            if before[-1:] and before[-1] in FROM and not any(k in KNOWN for k in keys)
            else None
        )
    return (*at, "company" if before[-1:] and before[-1] in FROM else "person")


def _single(
    words: Sequence[_Token], before: Sequence[str], after: Sequence[str], at: tuple[int, int]
) -> tuple[int, int, Found] | None:
    word, key = words[0], words[0].key
    if before[-1:] and before[-1] in HONORIFICS:
        return (*at, "person")
    if key in KNOWN or key in PLACES or word.initials or len(key) == 1 or word.text[-1].isdigit():
        return None
    if _is_thing(before, after):
        return None
    cued = (after[:1] and after[0] in CUES_AFTER) or (before[-1:] and before[-1] in CUES_BEFORE)
    if key in first_names() and not word.first:
        return (*at, "person") if common(key) < 5 or cued else None
    if key in first_names() and (cued or common(key) < 4.6):
        return (*at, "person")
    if _is_place(before, [key]):
        return None
    if before[-1:] and before[-1] in FROM and (common(key) < 4.3 or not word.first):
        return (*at, "company")
    if common(key) >= _PLAIN + 0.6 and not (cued and key in surnames() and common(key) < 4.3):
        return None
    if cued or key in surnames():
        return (*at, "person")
    known = ordinary(key) if word.first else common(key)
    return (*at, "company") if known < _RARE else None


def _lower_case(tokens: Sequence[_Token]) -> Iterator[tuple[int, int, Found]]:
    """Names that are not capitalised."""
    at = 0
    while at < len(tokens):
        found = _lower(tokens, at)
        if found is None:
            at += 1
            continue
        end, kind = found
        yield tokens[at].start, tokens[end - 1].bare_end, kind
        at = end


def _lower(tokens: Sequence[_Token], at: int) -> tuple[int, Found] | None:
    token = tokens[at]
    if not token.is_word or token.capital or token.key in KNOWN or token.key in PLACES or len(token.key) < 3:
        return None
    before, after = _before(tokens, at), _after(tokens, at + 1)
    if (legal := _legal_end(tokens, at)) is not None:
        return legal, "company"
    if _is_thing(before, after):
        return None
    zipf = ordinary(token.key) if "-" in token.key else common(token.key)
    cued = (after[:1] and after[0] in CUES_AFTER) or (before[-1:] and before[-1] in CUES_BEFORE | HONORIFICS)
    if token.key in first_names():
        last = tokens[at + 1] if at + 1 < len(tokens) else None
        full = last is not None and last.is_word and last.key in surnames() and common(last.key) < 4
        if full and last is not None and last.key not in KNOWN and zipf < 5:
            return at + 2, "person"
        if zipf < 3.4 or (cued and zipf < 4.7):
            return at + 1, "person"
        return None
    if zipf < _RARE and before[-1:] and before[-1] in FROM - {"to", "of"} and token.key not in KNOWN:
        return at + 1, "company"
    if (zipf < _RARE and cued) or (before[-1:] and before[-1] in HONORIFICS and zipf < 4.5):
        return at + 1, "person"
    return None


def _legal_end(tokens: Sequence[_Token], at: int) -> int | None:
    """The end of a company's name in lower case that begins here; its legal form follows within three words."""
    if common(tokens[at].key) >= 5.2:
        return None
    for end in range(at + 1, min(at + 4, len(tokens))):
        if not tokens[end].is_word:
            return None
        if tokens[end].key in LEGAL:
            return end + 1
        if common(tokens[end].key) >= 5.2:
            return None
    return None


def _is_thing(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the words around it speak of a product or another thing: "the … module"."""
    return bool((after[:1] and after[0] in THING_AFTER) or (before[-1:] and before[-1] in THING_BEFORE))


def _is_place(before: Sequence[str], keys: Sequence[str]) -> bool:
    return bool(before[-1:] and before[-1] in PLACE_BEFORE and keys[0] not in first_names())


def _before(tokens: Sequence[_Token], start: int) -> list[str]:
    """The words before it in its clause, folded."""
    words: list[str] = []
    for token in reversed(tokens[max(0, start - 3) : start]):
        if token.text == "." and start >= 2 and _abbreviates(tokens[start - 2]):
            continue
        if not token.text[0].isalnum():
            break
        words.append(token.key)
    return words[::-1]


def _after(tokens: Sequence[_Token], end: int) -> list[str]:
    """The two tokens after it, folded; a comma before a role counts as nothing."""
    following = list(tokens[end : end + 4])
    if following and following[0].text == "," and any(t.key in ROLE_AFTER for t in following[1:]):
        return ["said"]
    return [token.key for token in following[:2]]
