"""A sentence read for what an embedding does not see: its numbers, what it denies, who does what, what stands with what.

Patterns over words, since a verdict must be explainable to whoever opens "how this answer was made".
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import snowballstemmer

from assistant.advice import lexicon
from knowledge.stopwords import STOP_WORDS

_WORD = re.compile(r"\d+(?:[.,]\d+)*%?|[a-z]+(?:'[a-z]+)?|[.,;:!?—–“”()]")


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
    denied_verbs: frozenset[str]
    affirmed_verbs: frozenset[str]
    units: tuple[tuple[str, ...], ...]
    tokens: tuple[str, ...]

    def doers(self, same: Mapping[str, str]) -> dict[str, set[str]]:
        """Who does what, by word; `same` says which names of a person mean one."""
        found: dict[str, set[str]] = {}
        for actor, word in self.actors:
            found.setdefault(word, set()).add(same.get(actor, actor))
        return found


@cache
def read(sentence: str) -> Reading:
    """One sentence, or a line of a few."""
    tokens = _WORD.findall(_normal(sentence))
    denied, affirmed = _polarity(tokens)
    denied_verbs, affirmed_verbs = _verbs(tokens)
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
        denied_verbs=denied_verbs,
        affirmed_verbs=affirmed_verbs,
        units=tuple(_units(tokens)),
        tokens=tuple(tokens),
    )


def content(token: str) -> bool:
    """Whether a word carries matter: no stop-word, no actor, no number, no sign."""
    return (
        token[0].isalpha()
        and token not in STOP_WORDS
        and token not in lexicon.AUXILIARIES
        and actor_of(token) is None
        and token not in lexicon.NUMBERS
        and token not in lexicon.ORDINALS
        and token not in lexicon.NEGATORS - lexicon.NEGATORS_OF_VERBS
        and not token.endswith("n't")
        and len(token) > 1
    )


def actor_of(token: str) -> str | None:
    """Who is meant by a word, if anybody."""
    return lexicon.ACTOR_OF.get(token) or lexicon.ACTOR_OF.get(token.removesuffix("'s"))


@cache
def stem(word: str) -> str:
    """A word without its ending."""
    bare = word.removesuffix("'s")
    return str(_stemmer().stemWord(lexicon.ALIKE.get(bare, bare)))


def _normal(text: str) -> str:
    plain = text.lower().replace("’", "'").replace("‘", "'").replace("half an hour", "thirty minutes")
    plain = plain.replace("half hour", "thirty minutes").replace("half-hour", "thirty-minutes")
    plain = re.sub(r"\b(rather than|instead of)\b", " instead ", plain)
    plain = re.sub(r"\b(?:head of learning|learning (?:executive|leader|lead))\b", "learning", plain)
    plain = re.sub(r"\bsingle\b", "one", re.sub(r"\btakes? place\b", "happens", plain))
    plain = re.sub(r"\beach (week|day|month|quarter)\b", r"every \1", plain)
    return re.sub(r"\b(every|each) (?:second|other) (week|month|day)", r"every 2 \2", plain)


def _numbers(tokens: list[str]) -> Iterable[tuple[str, str]]:
    for position, token in enumerate(tokens):
        if token in lexicon.DATES:
            yield token, "date"
            continue
        value = value_of(token)
        if value is not None:
            following = (t for t in tokens[position + 1 : position + 4] if content(t) or actor_of(t))
            yield value, "%" if token.endswith("%") else next((stem(t) for t in following), "")


def value_of(token: str) -> str | None:
    """The number that a word names, as digits or an ordinal; None for any other word."""
    if token in lexicon.ORDINALS:
        return lexicon.ORDINALS[token]
    if (value := lexicon.NUMBERS.get(token)) is not None:
        return f"{value:g}"
    return token.rstrip("%").replace(",", "").removesuffix(".0") if token[0].isdigit() else None


def _polarity(tokens: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    denied: set[str] = set()
    affirmed: set[str] = set()
    reach = 0
    for position, token in enumerate(tokens):
        if token in lexicon.BOUNDARY:
            reach = 0
            continue
        if negates(tokens, position):
            reach = 8
            if token in lexicon.NEGATORS_OF_VERBS:
                affirmed.add(stem(token))
            continue
        if content(token):
            (denied if reach else affirmed).add(stem(token))
        reach = max(0, reach - 1)
    return frozenset(denied), frozenset(affirmed)


def negates(tokens: list[str], position: int) -> bool:
    """Whether a word denies what follows; not where it is a thing (“the first no”) or part of a verb (“drop in”)."""
    word = tokens[position]
    if word == "no":
        return position == 0 or tokens[position - 1] not in lexicon.NAMES_A_NO
    if word in lexicon.NEGATORS_OF_VERBS:
        return position + 1 == len(tokens) or tokens[position + 1] not in lexicon.NOT_ORDERED_OFF
    if word == "keep":
        return "out" in tokens[position + 1 : position + 4]
    return word.endswith("n't") or word in lexicon.NEGATORS


def _verbs(tokens: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    """What somebody cannot, will not, does not do, and what somebody can, will or does: the word after the auxiliary."""
    denied: set[str] = set()
    affirmed: set[str] = set()
    for position, token in enumerate(tokens[:-1]):
        following = next((t for t in tokens[position + 1 : position + 4] if t not in lexicon.FILLERS), "")
        if token.endswith("n't") or token in {"cannot", "never"}:
            denied.add(stem(following))
        elif token in lexicon.MODALS:
            (denied if tokens[position + 1] in {"not", "never"} else affirmed).add(
                stem(
                    next(
                        (
                            t
                            for t in tokens[position + 1 : position + 4]
                            if t not in lexicon.FILLERS | {"not"}
                        ),
                        "",
                    )
                )
            )
    return frozenset(denied - {""}), frozenset(affirmed - {""})


def _doers(tokens: list[str]) -> Iterable[tuple[str, str]]:
    """Each word with the person named last before it in its clause; where none is, an order is meant for “you”."""
    actor, seen = "", False
    for token in tokens:
        if token in lexicon.CLAUSE_ENDS:
            actor, seen = "", False
        elif named := actor_of(token):
            actor, seen = named, True
        elif content(token):
            yield (actor if seen else "you"), stem(token)


def _units(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    """The stems of all words between full stops, semicolons and colons."""
    unit: list[str] = []
    for token in [*tokens, "."]:
        if token in lexicon.FULL_STOPS and unit:
            yield tuple(unit)
            unit = []
        elif token[0].isalnum():
            unit.append(stem(token))


def _clauses(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    """The content words of each part of a sentence, in order."""
    part: list[str] = []
    for token in [*tokens, "."]:
        if token in lexicon.PARTS:
            if part:
                yield tuple(part)
            part = []
        elif content(token):
            part.append(stem(token))


def _compared(tokens: list[str]) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """What stands on either side of “before”, “over”, “rather than”, “not” within its sentence."""
    for position, token in enumerate(tokens):
        if token in lexicon.COMPARATORS:
            left = _side(tokens[:position][::-1])
            yield token, left, _side(tokens[position + 1 :])


def _side(tokens: list[str]) -> frozenset[str]:
    found = set()
    for token in tokens:
        if token in lexicon.FULL_STOPS:
            break
        if content(token):
            found.add(stem(token))
        elif (actor := actor_of(token)) not in {None, "you", "I", "we", "they"}:
            found.add(str(actor))
    return frozenset(found)


def _degrees(tokens: list[str]) -> Iterator[tuple[str, str]]:
    for position, token in enumerate(tokens[:-1]):
        following = tokens[position + 1]
        if token in lexicon.DEGREES and content(following):
            yield token, stem(following)


@cache
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("english")
