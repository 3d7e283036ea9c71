"""What else a paragraph tells: words that were said, the outcome, what was tried, what was refused, a story, a feeling.

Each find is a verbatim stretch. What is quoted or refused is found by its shape, the rest by weights learnt from labelled
paragraphs. What is unsure is not offered: a person adds in a line what is missing, and is not made to clear away what was
never said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.debrief.apart import Apart
from assistant.debrief.clauses import BLOT, QUOTED, Sentence
from assistant.debrief.finding import runs
from assistant.debrief.owners import COUNTERPART, ME
from assistant.debrief.weigh import KINDS, Floats, Weights

_I = re.IGNORECASE
Kind = Literal["quote", "outcome", "tried", "refused", "story", "felt"]

_MINE_BEFORE = re.compile(
    r"\b(?:I|i)(?:['’]d|\s+had)?\s+(?:also\s+|just\s+|only\s+)?(?:said|told|say|asked|wrote|texted|replied|answered|called it)\b[^.!?]{0,40}$"
)
_MINE_AFTER = re.compile(r"^[,.]?\s*(?:I|i)\s+(?:said|told|asked|wrote|replied|answered)\b")
_NOT_SPOKEN = re.compile(
    r"\b(?:for|called|so-called|the word|about|went to|calendar says|slide said|titled|labelled|the|a|an|of|as)\s+$",
    _I,
)
_GOES = re.compile(
    r"\b(?:he|she|they)\s+(?:then\s+)?(?:goes|was like|went like)[:,]?\s+(?P<what>\S.{6,160})$",
    _I | re.DOTALL,
)
_REFUSED = re.compile(
    r"(?:\b(?P<who>[Hh]e|[Ss]he|[Tt]hey|[A-Z][\w-]+|[a-z]+)\s+)?(?:said\s+no\b|says\s+no\b|won['’]t\b|will not\b|wouldn['’]t\b(?!\s+it)|refused\b|refuses\b|turned\s+(?:\w+\s+){1,4}down|declined|ruled\s+(?:it\s+)?out|can['’]t\s+(?:spare|give|lend|pull|release|free)|is\s+not\s+(?:giving|having|lending)|isn['’]t\s+(?:giving|having|lending)|shot\s+(?:it|that)\s+down)[^.!?]*",
)
_NO = re.compile(r"^(?:asked\s+(?:\w+\s+)?for\b|asked\s+if\b|could\s+(?:I|we)\b)", _I)
_NOT_TO = re.compile(r"\bI['’]m\s+not\s+to\s+\S[^,.;]*", _I)


@dataclass(frozen=True, slots=True)
class Told:
    """A find: its kind, its place in the paragraph, and whose words or deed it is, where that is somebody."""

    kind: Kind
    start: int
    end: int
    who: str | None = None


def find_told(told: Apart, odds: Floats, weights: Weights) -> list[Told]:
    """Every find, in order; what is told of somebody's health is none."""
    found: list[Told] = []
    for at, sentence in enumerate(told.parts):
        if not sentence.private:
            found += _quotes(sentence)
            found += _refused(sentence, told.parts[at + 1] if at + 1 < len(told.parts) else None)
    for kind in ("outcome", "tried", "story", "felt"):
        found += _weighed(
            kind, told, odds[:, KINDS.index(kind)], float(weights.thresholds[KINDS.index(kind)])
        )
    return sorted(found, key=lambda each: (each.start, each.end))


def _weighed(
    kind: Literal["outcome", "tried", "story", "felt"], told: Apart, odds: Floats, least: float
) -> list[Told]:
    """What the weights take for it: of an outcome, a story and a feeling the surest alone."""
    found = sorted(runs(told, odds, least), key=lambda run: -float(odds[run[0] : run[1] + 1].max()))
    kept = found if kind == "tried" else found[:1]
    who = ME if kind == "felt" else None
    return [Told(kind, told.units[first].start, told.units[last].end, who) for first, last in kept]


def _quotes(sentence: Sentence) -> Iterator[Told]:
    for match in QUOTED.finditer(sentence.text):
        words = match[0][1:-1].strip(" ,")
        before, after = sentence.text[: match.start()], sentence.text[match.end() :]
        if _MINE_BEFORE.search(before) or _MINE_AFTER.match(after) or not words:
            continue
        if len(words.split()) < 2 or (_NOT_SPOKEN.search(before) and len(words.split()) < 5):
            continue
        start = sentence.start + match.start() + match[0].index(words)
        yield Told("quote", start, start + len(words), COUNTERPART)
    if (goes := _GOES.search(sentence.blotted)) is not None and BLOT not in goes["what"]:
        words = goes["what"].rstrip(" .!?")
        start = sentence.start + goes.start("what")
        yield Told("quote", start, start + len(words), COUNTERPART)


def _refused(sentence: Sentence, after: Sentence | None) -> Iterator[Told]:
    if _NO.match(sentence.text) and after is not None and re.match(r"no\b", after.text, _I):
        yield Told("refused", sentence.start, after.end, COUNTERPART)
        return
    if (match := _REFUSED.search(sentence.blotted)) is not None and (match["who"] or "").lower() not in (
        "i",
        "we",
        "it",
        "that",
        "nobody",
        "this",
    ):
        end = sentence.start + len(sentence.blotted[: match.end()].rstrip(" ,.;"))
        yield Told("refused", sentence.start + match.start(), end, COUNTERPART)
    elif (match := _NOT_TO.search(sentence.blotted)) is not None:
        yield Told("refused", sentence.start + match.start(), sentence.start + match.end(), COUNTERPART)
