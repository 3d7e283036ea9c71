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


@cache
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
    return frozenset(map(_stem, kept))


def says(text: str, phrases: tuple[str, ...]) -> list[str]:
    """Those of `phrases` that stand in the line, whole words, whatever the ending of a single word."""
    plain = digits(text)
    return [each for each in phrases if _names(plain, each)]


def _names(plain: str, phrase: str) -> bool:
    wanted = digits(phrase)
    at = plain.find(wanted)
    while at >= 0:
        around = plain[max(0, at - 1) : at] + plain[at + len(wanted) : at + len(wanted) + 1]
        if not re.search(r"\w", around):
            return True
        at = plain.find(wanted, at + 1)
    return " " not in wanted and not wanted.isdigit() and _stem(wanted) in _stems(plain)


@cache
def _stems(plain: str) -> frozenset[str]:
    return frozenset(map(_stem, re.findall(r"[^\W\d_][\w']*", plain)))


@cache
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("english")
