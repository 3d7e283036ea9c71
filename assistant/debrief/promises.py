"""Who undertook what, by when: of the stretches that the weights take for an undertaking, whose it is and by which day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.debrief.apart import Apart
from assistant.debrief.dates import Named
from assistant.debrief.owners import BOTH, COUNTERPART, ME
from assistant.debrief.units import Unit
from assistant.debrief.weigh import KINDS, OWNERS, Floats, Weights
from assistant.debrief.words import ACTIONS, NO_NAMES, plain_verb
from assistant.stories.wordlists import common, folded

_PROMISE = KINDS.index("promise")
_HE = re.compile(r"\b(?:he|she|him|her)\b", re.IGNORECASE)
_GROUP = re.compile(r"\b[Tt]he\s+(?:[\w-]+\s+)?(?:managers?|leads?|heads?|reps|planner|trainers?)\b")
_SAID = r"(?:(?:and|so|then|but|also|now)\s+)*(?:(?:I|he|she|they|we)\s+(?:\w+\s+)?(?:said|told\s+\w+|promised(?:\s+\w+)?|agreed|offered|undertook)\s+(?:that\s+)?)?"
_LEAD = re.compile(
    rf"^{_SAID}(?:(?:I|he|she|they|we|both(?:\s+of\s+us)?|[A-Z][\w’'-]*?|the\s+\w+)(?:\s+(?:both|also|then|now|still|each))*"
    r"(?:['’](?:ll|d)|\s+(?:will|would|shall|owes?(?:\s+(?:me|him|her|us|them))?|gonna)|(?:['’](?:s|m|re)|\s+(?:is|am|are))(?:\s+(?:going\s+)?to|\s+on\s+the\s+hook\s+for)?|\s+(?:agreed|promised|offered|undertook|volunteered|has|have|needs?)\s+to)?"
    r"(?:\s+(?:also|then|now|only|just|first|each|both|personally))*\s+|to\s+|(?:me|him|her|mine|his|hers|us|both|[A-Z][\w-]+)\s*(?::|\s+to)\s+|(?:action|homework|down|up|on)\s+(?:on|for|to|with)\s+(?:me|him|her)(?:\s*:|\s+to)\s+)",
    re.IGNORECASE,
)
_NO_DATE = re.compile(r",?\s*\bno date(?: (?:yet|given|named|set))?\b", re.IGNORECASE)


_REPORT = re.compile(
    r"^.{0,40}?\b(?:said|says|saying|told\s+\w+|promised(?:\s+\w+)?|agreed|undertook|offered|swore|confirmed|left\s+it|settled|decided)\s+(?:that\s+)?(?=(?:the\s+\w+,\s+)?(?:I|he|she|they|we|both|[A-Z][\w-]+)(?:['’](?:ll|d)|\s+(?:will|would|had|both|is|was|[a-z]+s)\b))",
)
_TOGETHER = re.compile(
    r"\b(?:him|her|he|she|[A-Z]\w+)\s+and\s+(?:me|I)\b|\bthe\s+(?:pair|two)\s+of\s+us\b|\bboth\s+of\s+us\b|\b(?:we|We)(?:['’]ll|['’]re)?\s+both\b|^(?:US|Us|us|Both|both|each of us|Each of us)\b|\b[Mm]e\s+and\s+(?:him|her|[A-Z]\w+)\b"
)
_ACTS = re.compile(
    r"^(?:(?:and|so|then|but|also|now|well|ok|in return|in exchange|today|tomorrow|there|on \w+|by \w+|by the \w+)\s+)*(?:(?:the|my|his|her|our|their)\s+(?:[\w’'-]+\s+){1,3}?,?\s*)?"
    r"(?P<who>I|i|[Hh]e|[Ss]he|[Ww]e|[Bb]oth|[A-ZÀ-Þ][\w-]+)(?=['’](?:ll|m|s|d|re|ve)\b|\s+(?!and\b|or\b|team\b|desk\b|managers\b|reps\b|branch\b|office\b|crew\b)[a-z]|,\s+(?:his|her|my|the|their|our|who)\b|:)",
)
_AND = re.compile(
    r"(?:^|[.;,]\s+|\b(?:then|so|of it is that)\s+)(?:[Hh]e|[Ss]he|[Hh]im|[Hh]er|(?!\w+day\b)[A-Z][\w-]+)\s+and\s+$"
)
_BESIDE = re.compile(
    r"^(?:\w+:\s+)?(?:[Mm]y|[Hh]is|[Hh]er|[Oo]ur|[Tt]he)\s+(?:[\w-]+\s+){0,2}[\w-]+(?:\s+(?:in|from|at)\s+\w+)?,?\s+([A-Z][\w-]+),?\s+(?=(?:is|will|has|had|[a-z]+s)\b|['’]ll)"
)
_I_GET = re.compile(
    r"^[^,]{0,40}?\bI(?:['’]ll|\s+will)?\s+(?:get|hear|have|receive)\b[^.]*?\b(?:from|off)\s+(him|her|them|[A-Z][\w-]+)"
)
_GETS = re.compile(
    r"^(?:['’]ll|\s+will|['’]d|\s+would)?\s*(?:gets?|have|has|hears?|receives?)\s+(?!to\b|me\b|us\b|him\b|her\b|put\b|set\b|got\b|sworn\b|given\b|taken\b|been\b|until\b|till\b|told\b|said\b|had\b|a\s+word\b|\w+e[dn]\b)"
)
_PLAINLY = re.compile(
    r"(?:(?:and|so|then|but|also)\s+)*(?:I|[Hh]e|[Ss]he|[Ww]e|[Tt]hey|[A-ZÀ-Þ][\w-]+)(?:['’]ll|\s+will|\s+owes?"
    r"|(?:['’](?:m|s|re)|\s+(?:am|is|are))\s+going\s+to|\s+(?:promised|agreed|offered|undertook|volunteered)\s+to)\s+(?!be\b|have\b|need\b|never\b|not\b|see\b|think\b|want\b|know\b)"
)
_PLAIN_FROM = 0.35
"""From here on plain words decide; chosen, like the halving, over writers that the weights had not learnt from."""
_TAKES_PLACE = re.compile(
    r"(?:[\w’'-]+\s+){1,4}?(?:flies|closes|opens|leaves|starts|ends|is\s+(?:away|out|off|back|on\s+leave)|begins|lands|moves|falls)\b"
)
_ORDINARY = 4.2
"""Zipf value from which a word with a capital is hardly a name."""


@dataclass(frozen=True, slots=True)
class Promise:
    """An undertaking. `who` is me, counterpart, both or a name; None where it cannot be told.

    `start` and `end` are the verbatim stretch that says it; `what` is in its words; `due` the day, `due_words` as said.
    """

    who: str | None
    what: str
    due: date | None
    due_words: str | None
    start: int
    end: int


def find_promises(told: Apart, odds: Floats, weights: Weights) -> list[Promise]:
    """The promises of a paragraph, in the order in which they are told."""
    found: list[Promise] = []
    for first, last in runs(told, _undertaken(told, odds[:, _PROMISE]), float(weights.thresholds[_PROMISE])):
        inside = told.units[first : last + 1]
        start, end = inside[0].start, inside[-1].end
        day = _day(told, first, last)
        if day is not None and day.start >= end and day.start - end < 60:
            end = day.end
        words = told.text[start:end]
        who = _owner(told, odds, first, last)
        found.append(
            Promise(
                who,
                deed(words, start, day),
                day.day if day else None,
                day.words.rstrip(" .,;") if day else None,
                start,
                end,
            )
        )
    return found


def _undertaken(told: Apart, odds: Floats) -> Floats:
    """The odds, raised where somebody plainly undertakes it and halved where something merely takes place on a day."""
    found = odds.copy()
    for at, unit in enumerate(told.units):
        words = told.text[unit.start : unit.end]
        begins = told.text[: unit.start].rstrip()[-1:] in {"", ".", "!", "?", ";"}
        if begins and odds[at] >= _PLAIN_FROM and _PLAINLY.match(words):
            found[at] = 1.0
        elif _TAKES_PLACE.match(words):
            found[at] = odds[at] / 2
    return found


def runs(told: Apart, odds: Floats, threshold: float) -> list[tuple[int, int]]:
    """First and last of the stretches that tell one thing: what goes on without somebody new belongs to what is before."""
    private = {part.number for part in told.parts if part.private}
    found: list[tuple[int, int]] = []
    for at, unit in enumerate(told.units):
        if odds[at] < threshold or unit.sentence in private:
            continue
        last = found[-1][1] if found else -2
        if last == at - 1 and told.units[last].sentence == unit.sentence and not _acts(unit):
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found


def deed(words: str, start: int, day: Named | None) -> str:
    """What is undertaken: without who does it, and without the day."""
    if day is not None and start <= day.start < start + len(words):
        a, b = day.start - start, day.end - start
        words = f"{words[:a].rstrip(' ,')} {words[b:].lstrip()}"
    words = _NO_DATE.sub("", words)
    words = re.sub(r"\s+", " ", words).strip(' ,.;:!–—-“”"')
    bare = words[lead.end() :] if (lead := _LEAD.match(words)) else words
    return (bare or words)[:200]


def chosen_day(days: Sequence[Named]) -> Named | None:
    """Of several days the one that says by when; one that only describes comes last."""
    if not days:
        return None
    by = [day for day in days if re.match(r"(?:by|before|until|till|no later)\b", day.words, re.I)]
    led = [
        day
        for day in days
        if re.match(r"(?:on|from|due|for|within|in|end|tomorrow|today|tonight|next)\b", day.words, re.I)
    ]
    for group in (by, led, list(days)):
        if (real := next((day for day in group if day.day is not None), None)) is not None:
            return real
    return days[0]


def _day(told: Apart, first: int, last: int) -> Named | None:
    """The day inside the stretch, or in a few words right before or behind it that tell nothing else."""
    start, end = told.units[first].start, told.units[last].end
    inside = [day for day in told.days if start - 12 < day.start < end and day.end > start]
    if inside:
        return chosen_day(inside)
    return _day_behind(told, last) or _day_before(told, first)


def _day_behind(told: Apart, last: int) -> Named | None:
    """A day in a few words of their own, in the same sentence or alone in the next."""
    for at in range(last + 1, min(last + 4, len(told.units))):
        near = told.units[at]
        same = near.sentence == told.units[last].sentence
        own = [day for day in told.days if day.start < near.end and day.end > near.start]
        if own and len(near.text.split()) <= (7 if same else 4) and not _acts(near):
            return chosen_day(own) if same or (near.first and near.last) else None
        if not same or own or (_acts(near) and near.link not in ("where", "which", "who", "that", "when")):
            return None
    return None


def _day_before(told: Apart, first: int) -> Named | None:
    if first == 0 or told.units[first - 1].sentence != told.units[first].sentence:
        return None
    near = told.units[first - 1]
    own = [day for day in told.days if day.start < near.end and day.end > near.start]
    return chosen_day(own) if len(near.text.split()) <= 5 and not _acts(near) else None


def _acts(unit: Unit) -> bool:
    """Whether a stretch has somebody of its own who does something, or a deed."""
    words = unit.text.split()
    return (
        re.match(r"(?:then\s+)?(?:I|he|she|they|we|both|[A-Z][\w’'-]+)(?:\b|['’])", unit.text) is not None
        or plain_verb(words[0]) in ACTIONS
    )


def _owner(told: Apart, odds: Floats, first: int, last: int) -> str | None:
    """Whose it is: who stands before the deed, and where nobody does, by the weights."""
    words = told.text[told.units[first].start : told.units[last].end]
    said = _REPORT.match(words)
    bare = words[said.end() :] if said else words
    start = told.units[first].start
    if _TOGETHER.search(bare) or (
        _AND.search(told.text[max(0, start - 40) : start]) and re.match(r"(?:I|me)\b", bare)
    ):
        return BOTH
    if (beside := _BESIDE.match(bare)) is not None and not told.cast.is_counterpart(beside[1]):
        return beside[1]
    if (giver := _I_GET.match(bare)) is not None:
        return giver[1] if giver[1][0].isupper() and not told.cast.is_counterpart(giver[1]) else COUNTERPART
    match = _ACTS.match(bare)
    subject = re.sub(r"['’]s$", "", match["who"]) if match else ""
    low = subject.lower()
    gets = match is not None and _GETS.match(bare[match.end("who") :]) is not None
    if match is None or gets:
        group = _GROUP.match(bare)
        return group[0].lower() if group and not gets else _weighed(odds, first, last, words)
    if low in ("i", "we", "both"):
        return ME if low == "i" else BOTH
    if low in ("he", "she"):
        return _spoken(told, told.units[first], low)
    if told.cast.is_counterpart(subject):
        return COUNTERPART
    if told.cast.is_name(subject) or (subject not in NO_NAMES and common(folded(subject)) < _ORDINARY):
        return subject
    if (group := _GROUP.match(bare)) is not None:
        return group[0].lower()
    return _weighed(odds, first, last, words)


def _weighed(odds: Floats, first: int, last: int, words: str) -> str:
    owners = odds[first : last + 1, len(KINDS) :].mean(axis=0)
    if OWNERS[int(owners.argmax())] == "other" and (by := re.search(r"\bby,?\s+([A-Z][\w-]+)", words)):
        return by[1]
    return {"me": ME, "both": BOTH}.get(OWNERS[int(owners[:3].argmax())], COUNTERPART)


def _spoken(told: Apart, unit: Unit, pronoun: str) -> str | None:
    """Whom "he" or "she" means: the counterpart, or where that one is spoken of otherwise whoever was named last."""
    cast = told.cast
    if cast.their in (None, "they", pronoun.lower()):
        return COUNTERPART
    cast.recent = None
    for part in told.parts:
        if part.start < unit.start:
            cast.hear(told.text[part.start : min(part.end, unit.start)])
    return cast.recent
