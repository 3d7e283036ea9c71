"""Two sentences that could have been said instead, fitted to the line by its own nouns and words."""

import re
from collections.abc import Sequence

from assistant import nouns
from assistant.moves.sentences import sentences
from assistant.review.marks import Line
from assistant.review.seen import Seen
from prompts import phrase_book

_FILLER = re.compile(
    r"^(?:(?:so|well|and|but|um|uh|okay|ok|yeah|yes|no|look|honestly|to be honest|frankly|you know|i mean|right|sure|actually)[,.]?\s+)+",
    re.IGNORECASE,
)
_WORDS = 10
NOTHING_NAMED = "this"


def instead(seen: Seen, lines: Sequence[Line], quote: str) -> tuple[str, ...]:
    """The two sentences; the words they carry stand in the finding's lines."""
    values = {"topic": _topic(seen, lines, quote), "words": _words(next(iter(seen.about.values()), quote))}
    book = phrase_book("review").phrases
    return tuple(_filled(book[f"instead-{seen.type}-{number}"], values) for number in (1, 2))


def _filled(template: str, values: dict[str, str]) -> str:
    text = template.replace("{topic}", values["topic"]).replace("{words}", values["words"])
    return text[:1].upper() + text[1:]


def _topic(seen: Seen, lines: Sequence[Line], quote: str) -> str:
    """What the line, or another line of the finding, or the talk around it is about; else no more than “this”."""
    place = seen.places[0]
    around = lines[max(0, place - 3) : place + 2]
    for text in (
        quote,
        *(lines[each].text for each in seen.places),
        *(line.text for line in reversed(around)),
    ):
        if found := nouns.topic(text):
            return found
    return NOTHING_NAMED


def _words(text: str) -> str:
    """Up to ten words of the longest sentence, as they stand, without the little words that lead into it."""
    longest = max(sentences(text), key=len).strip(' .?!…,;:"“”')
    words = (_FILLER.sub("", longest) or longest).split()
    return " ".join(words) if len(words) <= _WORDS else " ".join(words[:_WORDS]).rstrip(",;:") + " …"
