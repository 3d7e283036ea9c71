"""Who says what stands in quotation marks in a story: a buyer, or one of us (the teller, a rep, a manager, learning).

Rules over the words around each quotation: who stands with a verb of saying before or behind it, whom a pronoun last stood
for, whom it was said to. Where that cannot be told it is nobody's.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.stories.speaker_words import (
    ALWAYS_BUYER,
    BREAK,
    FOLLOWS,
    HEARD,
    INTRODUCED,
    MEN,
    NAMED,
    NOUN,
    OBJECT,
    OF_A_HOUSE,
    OF_THEIRS,
    ONE_OF_US,
    OWN,
    OWNER,
    PASSIVE,
    PRONOUN,
    QUOTED,
    RETOLD,
    SAYING,
    SUBJECTS,
    TELLING,
    WHO,
    WOMEN,
)

Side = Literal["buyer", "ours", "unknown"]

_REACH, _NEAR, _MANY = 220, 60, 60


@dataclass(frozen=True, slots=True)
class Said:
    """Words in quotation marks, and whose they are."""

    words: str
    side: Side
    start: int
    end: int


@dataclass(slots=True)
class _Mention:
    """Somebody named in the text; `gender` is known once a word or a pronoun has told it."""

    start: int
    end: int
    side: Side
    subject: bool
    noun: bool = True
    first_person: bool = False
    several: bool = False
    gender: str = ""


def quotations(text: str) -> list[Said]:
    """Every quotation of a story, in order."""
    marks = [each for each in QUOTED.finditer(text) if (each["double"] or each["single"]).strip()]
    told = _without(text, marks)
    mentions, found = _mentions(told), list[Said]()
    starts = [each.start for each in mentions]
    for mark in marks:
        near = mentions[bisect(starts, mark.start() - _REACH) : bisect(starts, mark.end() + _NEAR)]
        side = _side(told, mark.start(), mark.end(), near, found)
        found.append(Said((mark["double"] or mark["single"]).strip(), side, mark.start(), mark.end()))
    return found


def buyer_words(text: str) -> str:
    """What a buyer says first, the longer half where it is broken by “, she said”; empty where none says anything."""
    theirs = [each for each in quotations(text) if each.side == "buyer"]
    halves = [each for each in theirs[:2] if each.start - theirs[0].end < _NEAR]
    broken = len(halves) == 2 and halves[0].words.endswith(",")
    return max((each.words for each in halves), key=len) if broken else theirs[0].words if theirs else ""


def said_by_us(words: str, text: str) -> bool:
    """Whether `text` says plainly that one of us spoke these words."""
    wanted = _plain(words)
    sides = [each.side for each in quotations(text) if wanted and wanted in _plain(each.words)]
    return bool(sides) and all(side == "ours" for side in sides)


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))


def _without(text: str, marks: Iterable[re.Match[str]]) -> str:
    """The text with what is quoted blanked out: who is named in there is spoken of, and does not speak."""
    parts, done = list[str](), 0
    for mark in marks:
        inside = text[mark.start() + 1 : mark.end() - 1]
        last = inside.rstrip()[-1:]
        parts += [
            text[done : mark.start()],
            "“",
            "_" * (len(inside) - 1),
            last if last in ",.!?" else "_",
            "”",
        ]
        done = mark.end()
    return "".join([*parts, text[done:]])


def _mentions(told: str) -> list[_Mention]:
    nouns = [_noun(told, match) for match in NOUN.finditer(told)]
    nouns += _named(told, nouns)
    found: list[_Mention] = []
    spoken = [(each.start, each) for each in nouns] + [
        (each.start(), each) for each in PRONOUN.finditer(told)
    ]
    for _, item in sorted(spoken, key=lambda each: each[0]):
        found.append(item if isinstance(item, _Mention) else _pronoun(item, found))
    return found


def _noun(told: str, match: re.Match[str]) -> _Mention:
    before, behind, word = (
        told[max(0, match.start() - 60) : match.start()],
        told[match.end() : match.end() + 80],
        match.group(0),
    )
    subject = not OBJECT.search(before) or HEARD.search(before) or WHO.match(behind)
    gender = "she" if WOMEN.search(word) else "he" if MEN.search(word) else ""
    several = re.search(r"[^s]s$", word.lower()) is not None or word.lower() in {"team", "people"}
    return _Mention(
        match.start(),
        match.end(),
        _whose(match, before, behind),
        bool(subject),
        several=several,
        gender=gender,
    )


def _whose(match: re.Match[str], before: str, behind: str) -> Side:
    if re.fullmatch(ALWAYS_BUYER, match.group(0), re.IGNORECASE):
        return "buyer"
    owner = OWNER.search(before)
    if owner is None:
        return "buyer" if match["buyer"] or OF_THEIRS.match(behind) else "ours"
    if owner["who"].lower().split()[-1] in {"my", "our"}:
        return "ours"
    return "buyer" if match["buyer"] or _of_a_house(match["ours"]) else "ours"


def _of_a_house(noun: str) -> bool:
    """Whether a customer has such a person too: “their sales director”, “her boss”, “his team”."""
    return OF_A_HOUSE.search(noun) is not None


def _named(told: str, nouns: Sequence[_Mention]) -> list[_Mention]:
    """Every place where somebody stands by a name that was given beside what they are: “our rep Marta”."""
    names: dict[str, Side] = {}
    for noun in nouns:
        behind, before = (
            NAMED.match(told[noun.end : noun.end + 80]),
            INTRODUCED.search(told[max(0, noun.start - 80) : noun.start]),
        )
        for name in filter(None, [behind and behind["after"], before and before["name"]]):
            names.setdefault(name, noun.side)
    taken = {place for noun in nouns for place in range(noun.start, noun.end)}
    return [
        _Mention(
            match.start(),
            match.end(),
            side,
            not OBJECT.search(told[max(0, match.start() - 60) : match.start()]),
        )
        for name, side in names.items()
        for match in re.finditer(rf"\b{re.escape(name)}\b", told)
        if match.start() not in taken
    ]


def _pronoun(match: re.Match[str], before: Sequence[_Mention]) -> _Mention:
    word = match.group(0).lower()
    if word in OWN:
        beside = any(
            each.noun and match.start() - each.end == 1 for each in before[-1:]
        )  # “a buyer I have known”
        return _Mention(match.start(), match.end(), "ours", word in SUBJECTS and not beside, False, True)
    gender = {"him": "he", "his": "he", "her": "she"}.get(word, word)
    stands_for = _stands_for(gender, before)
    if stands_for is not None and gender in {"he", "she"}:
        stands_for.gender = gender
    side: Side = (
        stands_for.side if stands_for else "buyer" if before or not ONE_OF_US.search(match.string) else "ours"
    )
    return _Mention(match.start(), match.end(), side, word in SUBJECTS, False, gender=gender)


def _stands_for(gender: str, before: Sequence[_Mention]) -> _Mention | None:
    people = (each for each in reversed(before[-_MANY:]) if each.noun)
    if gender in {"he", "she"}:
        return next((each for each in people if not each.several and each.gender in {"", gender}), None)
    return next((each for each in people if each.several or each.side == "buyer"), None)


def _side(told: str, start: int, end: int, mentions: Sequence[_Mention], found: Sequence[Said]) -> Side:
    behind = _behind(told, end, mentions)
    if behind:
        return behind
    reach = max(0, start - _REACH)
    begin = max([reach, *(each.end() for each in BREAK.finditer(told, reach, start))])
    lead = told[begin:start]
    if re.search(r"\w", lead):
        within = [each for each in mentions if begin <= each.start < start]
        return _before(lead, begin, within) or _last(mentions, start)
    return _continued(told, start, found) or _last(mentions, start)


def _behind(told: str, end: int, mentions: Sequence[_Mention]) -> Side | None:
    """“…,” she said; “…?” asked the CFO; not the sentence that only follows."""
    rest = told[end : end + _NEAR]
    rest = rest[: stop.start()] if (stop := re.search(r"[.!?;:\n“]", rest)) else rest
    verb = SAYING.search(rest)
    if told[end - 2] == "." or verb is None or FOLLOWS.match(rest):
        return None
    who = [each for each in mentions if end <= each.start < end + len(rest)]
    subject = next((each for each in who if each.subject and each.start - end < verb.end() + 25), None)
    if subject is None or (told[end - 2] in "!?" and rest.lstrip()[:1].isupper() and not subject.first_person):  # fmt: skip
        return None
    if told[end - 2] in "!?" and not re.match(
        r"\s*(?:$|,|(?:the|my|our|him|her|them|to)\b)", rest[verb.end() :]
    ):
        return None
    words_between = told[end : min(subject.start, end + verb.start())].split()
    return subject.side if len(words_between) <= 4 else None


def _before(lead: str, begin: int, within: Sequence[_Mention]) -> Side | None:
    if (retold := RETOLD.search(lead)) is not None:
        return next((each.side for each in within if each.start < begin + retold.start()), None)
    verbs = list(SAYING.finditer(lead))
    if not verbs:
        wrote = [each for each in within if each.subject] or within
        return wrote[-1].side if wrote and re.search(r"[:,–—-]\s*$", lead) else None
    verb = verbs[-1]
    ahead = [each for each in within if each.start < begin + verb.start()]
    objects = [each for each in within if each.start >= begin + verb.end()]
    subject = next((each for each in reversed(ahead) if each.subject), None)
    if subject is not None and PASSIVE.search(lead):
        return objects[-1].side if objects else "buyer" if subject.side == "ours" else "ours"
    if subject is not None:
        return subject.side
    return _elided(lead, objects) if not ahead else ahead[-1].side


def _elided(lead: str, objects: Sequence[_Mention]) -> Side | None:
    """“Asked her: …” is the teller; “told me: …” is somebody else; “the slide said …” is nobody."""
    if objects and objects[0].first_person:
        return None
    if objects and objects[0].side == "ours":
        return "buyer"
    if TELLING.match(lead):
        return "ours"
    return None if SAYING.match(lead.strip()) else "unknown"


def _continued(told: str, start: int, found: Sequence[Said]) -> Side | None:
    """The second half of what somebody says: “…,” she said. “…”."""
    if not found or start - found[-1].end > _NEAR:
        return None
    between = told[found[-1].end : start]
    return found[-1].side if SAYING.search(between) and between.count(".") <= 1 else None


def _last(mentions: Sequence[_Mention], start: int) -> Side:
    """Whoever was spoken of last, close by: words that stand alone answer what was just told."""
    spoken_of = [each for each in mentions if each.start < start and not each.first_person]
    return spoken_of[-1].side if spoken_of else "unknown"
