"""Who undertook what, by when: found by the shape of the sentence, never by guessing.

"She'll send", "he said he'd", "I owe her", "on the hook for", "mine: …", "I'm to", "she sends it on Monday", "the list
comes Tuesday", "he wants the numbers Friday and I said fine". What was only wished for, meant as a jibe, told of an
earlier time, asked, or is done already, is none. An owner that cannot be told stays open, and is asked.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.debrief.binding import (
    Place,
    Promise,
    chosen_day,
    deed,
    stretches,
    with_its_day,
    with_later_day,
)
from assistant.debrief.clauses import BLOT, Clause, Sentence, clauses
from assistant.debrief.dates import Named, named_days
from assistant.debrief.frames import FRAMES, Hit, goes_behind, goes_on, who_will
from assistant.debrief.owners import BOTH, COUNTERPART, Cast
from assistant.debrief.shapes import MEETING_AGAIN
from assistant.debrief.whole import granted, labelled, said_in_quotes, wanted
from assistant.debrief.words import AGREEMENT, DONE, EARLIER, SARCASM, TAKEN_BACK, WISHED


def find_promises(text: str, parts: Sequence[Sentence], cast: Cast, *, today: date) -> list[Promise]:
    """The promises of a paragraph, in the order in which they are told."""
    days = named_days(text, today=today)
    found: list[Promise] = []
    taken_back = TAKEN_BACK.search(text) is not None
    for number, sentence in enumerate(parts):
        around = " ".join(each.text for each in parts[number : number + 2])
        if _is_none(sentence, around) or (
            taken_back and number < len(parts) - 1 and _before_taken_back(parts, number)
        ):
            cast.hear(sentence.blotted)
            continue
        found += _of_sentence(sentence, next(iter(parts[number + 1 :]), None), text, cast, days)
    found = [with_later_day(each, parts, days) for each in found]
    return _merged(_beside_firm(found, text))


def _is_none(sentence: Sentence, around: str) -> bool:
    """Whether nothing in a sentence can be a promise: asked, private, a jibe, told of an earlier time."""
    if sentence.private or sentence.blotted.rstrip(" ”\"'").endswith("?"):
        return True
    return bool(
        SARCASM.search(around) if SARCASM.search(sentence.text) else SARCASM.match(_after(around, sentence))
    ) or bool(EARLIER.search(sentence.blotted))


def _after(around: str, sentence: Sentence) -> str:
    return around[len(sentence.text) :].strip()


def _before_taken_back(parts: Sequence[Sentence], number: int) -> bool:
    later = next((at for at in range(number, len(parts)) if TAKEN_BACK.search(parts[at].text)), None)
    return later is not None and later - number <= 2


def _of_sentence(
    sentence: Sentence, after: Sentence | None, text: str, cast: Cast, days: Sequence[Named]
) -> Iterator[Promise]:
    label = labelled(sentence, cast, days, text)
    if label is not None:
        yield label
        return
    asked = wanted(sentence, after, text, days) or granted(sentence, text, days, cast)
    if asked is not None:
        yield asked
    parts = list(clauses(sentence))
    for at, clause in enumerate(parts):
        before = parts[at - 1].text if at else ""
        if (
            (asked and clause.start < asked.end)
            or WISHED.search(_unconditional(clause.text))
            or DONE.search(clause.text)
        ):
            cast.hear(clause.text)
            continue
        place = Place(text, parts, at, days)
        behind = parts[at + 1].text if at + 1 < len(parts) else ""
        hit = _beside(clause, before, behind, cast, ahead=place.is_dated) or next(
            (hit for frame in FRAMES if (hit := frame(clause, cast, place.is_dated)) is not None), None
        )
        if hit is None:
            cast.hear(clause.text)
            continue
        yield from _made(hit, place, cast)
        cast.hear(clause.text)
    yield from said_in_quotes(sentence, text, days)


def _beside(clause: Clause, before: str, after: str, cast: Cast, *, ahead: bool) -> Hit | None:
    """What the clauses around it make of a clause."""
    return (
        goes_on(clause, before, cast)
        or goes_behind(clause, after, cast)
        or who_will(clause, before, cast, ahead=ahead)
    )


def _unconditional(text: str) -> str:
    """Without a condition that a promise may carry: "if two say yes I'll …" is a promise still."""
    return re.sub(
        r"^if\s+(?!only)(?:at\s+least\s+)?[^,]{3,60}?\s(?=(?:I|i|he|she|they|we)(?:['’]ll|\s+will)\b)",
        "",
        text,
    )


def _made(hit: Hit, place: Place, cast: Cast) -> Iterator[Promise]:
    who = hit.subject if hit.subject == COUNTERPART else cast.who(hit.subject)
    clause, inside = place.clause, place.inside
    for number, (start, end) in enumerate(stretches(place.text, clause.start + hit.at, clause.end, inside)):
        own = [day for day in inside if start <= day.start < end]
        if number == 0:
            own = own or [day for day in inside if day.start < start] or place.around
        day = chosen_day(own)
        what = deed(place.text[start:end], start, own)
        if not what or (who == BOTH and day is None and MEETING_AGAIN.match(what)):
            continue
        yield Promise(
            who,
            what,
            day.day if day else None,
            day.words if day else None,
            start if number else clause.start,
            end,
            firm=hit.firm or (day is not None and day.day is not None),
        )


def _beside_firm(found: Sequence[Promise], text: str) -> list[Promise]:
    """A plain present without a day counts beside a firm promise, or where the paragraph speaks of an agreement."""
    firm = [each for each in found if each.firm]
    agreed = AGREEMENT.search(text) is not None
    return [
        each
        for each in found
        if each.firm
        or agreed
        or any(abs(each.start - other.end) < 120 or abs(other.start - each.end) < 120 for other in firm)
    ]


def _merged(found: Sequence[Promise]) -> list[Promise]:
    """Without what is told twice at one place."""
    kept: list[Promise] = []
    for each in sorted(with_its_day(found), key=lambda promise: promise.start):
        if BLOT not in each.what and not any(
            each.start < other.end and other.start < each.end for other in kept
        ):
            kept.append(each)
    return kept


__all__ = ["Promise", "find_promises"]
