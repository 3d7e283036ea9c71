"""Content words and figures of a line, so that two lines can be compared whatever their endings."""

import re
from functools import cache
from typing import Any

import snowballstemmer

from assistant.rehearsal.files import SHIPPED
from knowledge.stopwords import STOP_WORDS

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {name: at for at, name in enumerate(_UNITS)} | {name: 20 + 10 * at for at, name in enumerate(_TENS)}
_WORD = "|".join(sorted(_VALUES, key=len, reverse=True))
_WRITTEN = re.compile(rf"\b(?:{_WORD})(?:[- ](?:{_WORD}))?\b")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_EMPTY = frozenset((SHIPPED / "any-meeting.txt").read_text(encoding="utf-8").split())


def figures(text: str) -> list[float]:
    """All figures of a line, written as digits or as words, in order."""
    digits = _WRITTEN.sub(lambda found: f" {_value(found[0])} ", text.lower().replace("’", "'"))
    return [float(found.replace(",", ".")) for found in _FIGURE.findall(digits)]


def digits(text: str) -> str:
    """The line in lower case with numbers as digits and hyphens as spaces."""
    plain = _WRITTEN.sub(lambda found: str(_value(found[0])), text.lower().replace("’", "'"))
    return " ".join(plain.replace("-", " ").split())


def _value(written: str) -> int:
    parts = [_VALUES[part] for part in re.split(r"[- ]", written)]
    if len(parts) == 2 and (parts[0] < 20 or parts[0] % 10 or not 0 < parts[1] < 10):
        return parts[0] if parts[0] >= 20 else parts[-1]
    return sum(parts)


@cache
def content(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning, figures among them; words that any meeting is full of are left out."""
    words = re.findall(r"[^\W\d_][\w']*|\d+", digits(text))
    kept = [word for word in words if word not in STOP_WORDS and word not in _EMPTY and len(word) > 1]
    return frozenset(_stemmer().stemWords(kept))


def says(text: str, phrases: tuple[str, ...]) -> list[str]:
    """Those of `phrases` that stand in the line, whole words, whatever the ending of a single word."""
    return [each for each in phrases if _names(digits(text), each)]


@cache
def _names(plain: str, phrase: str) -> bool:
    wanted = digits(phrase)
    if re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", plain):
        return True
    return " " not in wanted and not wanted.isdigit() and _stem(wanted) in _stems(plain)


@cache
def _stems(plain: str) -> frozenset[str]:
    return frozenset(_stemmer().stemWords(re.findall(r"[^\W\d_][\w']*", plain)))


@cache
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("english")
