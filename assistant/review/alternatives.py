"""Two sentences that could have been said instead, fitted to the line by its own nouns and words."""

import re
from collections.abc import Sequence

from assistant.moves.sentences import sentences
from assistant.review.marks import Line
from assistant.review.seen import Seen
from prompts import phrase_book

_HEAD = (
    r"course|training|workshop|academy|bootcamp|webinar|programme|program|certification|playbook|modules?|sessions?|curriculum|"
    r"e-?learning|deck|guide|one-pager|roll-?out|onboarding|kick-?off|platform|tool|pilot|plan|script|refresher|video|series|content|"
    r"win rate|ramp time|ramp|forecast|pipeline|discounts?|discounting|renewals|second meetings|objections|negotiation|prices?|calls|demos|deals|proposal|team"
)
_NOUN = re.compile(
    rf"\b(?:(?:the|a|an|our|your|my|this|that|another)\s+)?((?:[a-z][a-z-]+\s+){{0,2}}(?:{_HEAD})(?:\s+(?:{_HEAD}))*)\b",
    re.IGNORECASE,
)
_NOT_IN_IT = frozenset(
    """
    a about all also an and another any are as at be been being build building built but buy by can could did do does doing each for
    from get give go going got had has have he her his i if in into is it its just like make me more my need new no not of
    on one or our out over put roll run said see send she should so some something start take than that the their them then they this
    to train up us use want was we were what when which who will with would you your
    """.split()  # noqa: SIM905  # a word list is read as one
)
_WORDS = 8


def instead(seen: Seen, lines: Sequence[Line], quote: str) -> tuple[str, ...]:
    """The two sentences; the words they carry stand in the finding's lines."""
    values = {"topic": _topic(seen, lines, quote), "words": _words(next(iter(seen.about.values()), quote))}
    book = phrase_book("review").phrases
    return tuple(_filled(book[f"instead-{seen.type}-{number}"], values) for number in (1, 2))


def _filled(template: str, values: dict[str, str]) -> str:
    text = template.replace("{topic}", values["topic"]).replace("{words}", values["words"])
    return text[:1].upper() + text[1:]


def _topic(seen: Seen, lines: Sequence[Line], quote: str) -> str:
    """A noun phrase of the line, or of another line of the finding; else the line's first words, as a quotation."""
    for text in (quote, *(lines[place].text for place in seen.places)):
        found = [phrase for match in _NOUN.finditer(text) if (phrase := _trimmed(match.group(1)))]
        if found:
            best = max(found, key=lambda each: len(each.split()))
            return f"the {best}"
    return f"“{_words(quote)}”"


def _trimmed(phrase: str) -> str:
    words = phrase.split()
    for at in range(len(words) - 1, -1, -1):
        if words[at].lower() in _NOT_IN_IT:
            return " ".join(words[at + 1 :])
    return " ".join(words)


def _words(text: str) -> str:
    """Up to eight words of the longest sentence, as they stand."""
    longest = max(sentences(text), key=len).strip(' .?!…,;:"“”')
    words = longest.split()
    return longest if len(words) <= _WORDS else " ".join(words[:_WORDS]).rstrip(",;:") + " …"
