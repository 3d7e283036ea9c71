"""A sentence read for what an embedding does not see: its numbers, what it denies, who does what, what stands with what.

Patterns over words, since a verdict must be explainable to whoever opens "how this answer was made".
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import snowballstemmer

from knowledge.stopwords import STOP_WORDS

_WORD = re.compile(r"\d+(?:[.,]\d+)*%?|[a-z]+(?:'[a-z]+)?|[.,;:!?—–“”()]")
_NUMBERS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "eighteen": 18,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "thousand": 1000,
    "half": 0.5,
    "double": 2,
    "twice": 2,
    "triple": 3,
    "thirds": 3,
    "quarters": 4,
    "single": 1,
    "dozen": 12,
    "fortnight": 14,
    "once": 1,
}
_ORDINALS = {
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th",
    "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip
_DATES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "daily",
        "weekly",
        "monthly",
        "quarterly",
        "yearly",
        "today",
        "tomorrow",
        "yesterday",
        "tonight",
    ]
)
TIMES = frozenset(["minut", "hour", "day", "week", "month", "quarter", "year"])
_NEGATORS = frozenset(
    [
        "not",
        "never",
        "no",
        "none",
        "nobody",
        "nothing",
        "neither",
        "nor",
        "cannot",
        "without",
        "hardly",
        "instead",
        "rather",
        "avoid",
        "skip",
        "stop",
        "refuse",
        "resist",
        "drop",
        "leave",
    ]
)
_NEGATORS_OF_VERBS = frozenset({"avoid", "skip", "stop", "refuse", "resist", "drop", "leave"})
_BOUNDARY = frozenset(".,;:!?—–“”()") | frozenset(
    [
        "but",
        "because",
        "so",
        "until",
        "unless",
        "while",
        "when",
        "if",
        "although",
        "though",
        "since",
        "whereas",
        "which",
        "who",
        "and",
        "or",
        "then",
    ]
)
_COMPARATORS = frozenset(
    ["before", "after", "over", "than", "instead", "not", "beats", "against", "until", "without"]
)
_PARTS = (
    frozenset(".,;:!?—–“”()")
    | _COMPARATORS
    | frozenset(["and", "but", "or", "then", "while", "so", "because", "when", "if", "though", "although"])
)
_DEGREES = frozenset(
    ["more", "less", "fewer", "most", "least", "first", "last", "best", "worst", "better", "worse", "no"]
)
_AUXILIARIES = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "do",
        "does",
        "did",
        "done",
        "have",
        "has",
        "had",
        "having",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "let",
        "get",
        "got",
        "go",
        "goes",
        "went",
    ]
)
_ACTORS: Mapping[str, frozenset[str]] = {
    "I": frozenset(["i", "me", "my", "mine", "myself", "i'm", "i'd", "i'll", "i've"]),
    "you": frozenset(["you", "your", "yours", "yourself", "you're", "you'd", "you'll", "you've"]),
    "we": frozenset(["we", "us", "our", "ours", "we're", "we'd", "we'll", "we've", "let's"]),
    "they": frozenset(
        [
            "he",
            "him",
            "his",
            "she",
            "her",
            "hers",
            "they",
            "them",
            "their",
            "theirs",
            "he's",
            "she's",
            "they're",
            "they'd",
            "they'll",
            "he'd",
            "she'd",
            "he'll",
            "she'll",
            "they've",
        ]
    ),
    "vp": frozenset(["vp", "vps", "cro", "boss", "executive", "sponsor"]),
    "learning": frozenset(["learning", "l&d", "enablement", "trainer", "training"]),
    "manager": frozenset(["manager", "managers"]),
    "seller": frozenset(["rep", "reps", "seller", "sellers", "salespeople", "people"]),
    "buyer": frozenset(["buyer", "buyers", "customer", "customers", "client", "clients"]),
    "finance": frozenset({"finance", "cfo"}),
    "coach": frozenset({"coach"}),
    "vendor": frozenset({"vendor", "vendors"}),
}
_ACTOR_OF = {word: actor for actor, words in _ACTORS.items() for word in words}


@dataclass(frozen=True)
class Reading:
    """What a sentence says, for comparison. Stems are content words; `denied` those within reach of a negation."""

    stems: frozenset[str]
    words: frozenset[str]
    numbers: frozenset[tuple[str, str]]
    denied: frozenset[str]
    affirmed: frozenset[str]
    actors: frozenset[tuple[str, str]]
    named: frozenset[str]
    clauses: tuple[tuple[str, ...], ...]
    compared: tuple[tuple[str, frozenset[str], frozenset[str]], ...]
    degrees: frozenset[tuple[str, str]]


@cache
def read(sentence: str) -> Reading:
    """One sentence, or a line of a few."""
    tokens = _WORD.findall(_normal(sentence))
    denied, affirmed = _polarity(tokens)
    return Reading(
        stems=frozenset(stem(token) for token in tokens if content(token)),
        words=frozenset(tokens),
        numbers=frozenset(_numbers(tokens)),
        denied=denied,
        affirmed=affirmed,
        actors=frozenset(_doers(tokens)),
        named=frozenset(actor for t in tokens if (actor := actor_of(t))),
        clauses=tuple(_clauses(tokens)),
        compared=tuple(_compared(tokens)),
        degrees=frozenset(_degrees(tokens)),
    )


def content(token: str) -> bool:
    """Whether a word carries matter: no stop-word, no actor, no number, no sign."""
    return (
        token[0].isalpha()
        and token not in STOP_WORDS
        and token not in _AUXILIARIES
        and actor_of(token) is None
        and token not in _NUMBERS
        and token not in _ORDINALS
        and token not in _NEGATORS - _NEGATORS_OF_VERBS
        and not token.endswith("n't")
        and len(token) > 1
    )


def actor_of(token: str) -> str | None:
    """Who is meant by a word, if anybody."""
    return _ACTOR_OF.get(token) or _ACTOR_OF.get(token.removesuffix("'s"))


@cache
def stem(word: str) -> str:
    """A word without its ending."""
    return str(_stemmer().stemWord(word.removesuffix("'s")))


def _normal(text: str) -> str:
    plain = text.lower().replace("’", "'").replace("‘", "'").replace("half an hour", "thirty minutes")
    plain = plain.replace("half hour", "thirty minutes").replace("half-hour", "thirty-minutes")
    plain = re.sub(r"\b(rather than|instead of)\b", " instead ", plain)
    return re.sub(r"\b(every|each) (?:second|other) (week|month|day)", r"every 2 \2", plain)


def _numbers(tokens: list[str]) -> Iterable[tuple[str, str]]:
    for position, token in enumerate(tokens):
        if token in _DATES:
            yield token, "date"
            continue
        value = _value(token)
        if value is not None:
            following = (t for t in tokens[position + 1 : position + 4] if content(t) or actor_of(t))
            yield value, "%" if token.endswith("%") else next((stem(t) for t in following), "")


def _value(token: str) -> str | None:
    if token in _ORDINALS:
        return _ORDINALS[token]
    if (value := _NUMBERS.get(token)) is not None:
        return f"{value:g}"
    return token.rstrip("%").replace(",", "").removesuffix(".0") if token[0].isdigit() else None


def _polarity(tokens: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    denied: set[str] = set()
    affirmed: set[str] = set()
    reach = 0
    for token in tokens:
        if token in _BOUNDARY:
            reach = 0
            continue
        if token.endswith("n't") or token in _NEGATORS:
            reach = 8
            if token in _NEGATORS_OF_VERBS:
                affirmed.add(stem(token))
            continue
        if content(token):
            (denied if reach else affirmed).add(stem(token))
        reach = max(0, reach - 1)
    return frozenset(denied), frozenset(affirmed)


def _doers(tokens: list[str]) -> Iterable[tuple[str, str]]:
    """Each word with the person named last before it in its clause; where none is, an order is meant for “you”."""
    actor, seen = "", False
    for token in tokens:
        if token in _CLAUSE_ENDS:
            actor, seen = "", False
        elif named := actor_of(token):
            actor, seen = named, True
        elif content(token):
            yield (actor if seen else "you"), stem(token)


def _clauses(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    """The content words of each part of a sentence, in order."""
    part: list[str] = []
    for token in [*tokens, "."]:
        if token in _PARTS:
            if part:
                yield tuple(part)
            part = []
        elif content(token):
            part.append(stem(token))


def _compared(tokens: list[str]) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """What stands on either side of “before”, “over”, “rather than”, “not” within its sentence."""
    for position, token in enumerate(tokens):
        if token in _COMPARATORS:
            left = _side(tokens[:position][::-1])
            yield token, left, _side(tokens[position + 1 :])


def _side(tokens: list[str]) -> frozenset[str]:
    found = set()
    for token in tokens:
        if token in {".", ";", ":", "!", "?"}:
            break
        if content(token):
            found.add(stem(token))
        elif (actor := actor_of(token)) not in {None, "you", "I", "we", "they"}:
            found.add(str(actor))
    return frozenset(found)


def _degrees(tokens: list[str]) -> Iterator[tuple[str, str]]:
    for position, token in enumerate(tokens[:-1]):
        following = tokens[position + 1]
        if token in _DEGREES and content(following):
            yield token, stem(following)


_CLAUSE_ENDS = frozenset(".,;:!?—–“”()") | frozenset(
    [
        "but",
        "because",
        "so",
        "until",
        "unless",
        "while",
        "when",
        "if",
        "although",
        "and",
        "that",
        "which",
        "who",
    ]
)


@cache
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("english")
