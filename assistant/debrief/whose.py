"""Whose an undertaking is, of a stretch of a paragraph that somebody else found: by its words, kind by kind.

`whose(told, start, end)` gives me, counterpart, both or a name; ASK where the words name somebody who cannot be told
("he", of two men), None where they say nothing of it at all, so that weights have to.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from assistant.debrief.apart import Apart
from assistant.debrief.clauses import QUOTED
from assistant.debrief.doers import (
    ACTS,
    DEEDS,
    FINITE,
    GETS,
    GOES_TO,
    GROUP,
    I_AGREED,
    LABEL,
    LEADS,
    LOW_NAME,
    MADE_ME,
    MADE_THEM,
    MEET_AGAIN,
    MY_ASK,
    NAME,
    NAMED,
    OFF,
    ORDINARY,
    OWES,
    PASSIVE,
    RARE,
    REPORT,
    ROLE,
    RUN,
    SO_I,
    TAGS,
    THEY_AGREED,
    TO_ME,
    TOGETHER,
    VERB,
    WANTS,
)
from assistant.debrief.owners import BOTH, COUNTERPART, ME
from assistant.debrief.words import ACTIONS, NO_NAMES, lemma_of
from assistant.stories.wordlists import common, first_names, folded
from knowledge.places import PLACES

ASK = ""
LONGEST = 400
"""Letters of a stretch that are looked at, and of what stands before it."""


@dataclass(frozen=True)
class Said:
    """A stretch with what stands around it. `words` is without who reports it, `bare` without what leads in as well."""

    told: Apart
    start: int
    end: int

    @cached_property
    def whole(self) -> str:
        """The stretch."""
        return self.told.text[self.start : min(self.end, self.start + LONGEST)]

    @cached_property
    def words(self) -> str:
        """What is undertaken, without "he said that"."""
        said = REPORT.match(self.whole)
        return self.whole[said.end() :] if said else self.whole

    @cached_property
    def bare(self) -> str:
        """The same from its subject on: without "then", "on the 9th"."""
        lead = LEADS.match(self.words)
        return self.words[lead.end() :] if lead and lead.end() < len(self.words) else self.words

    @cached_property
    def before(self) -> str:
        """What stands before it in its sentence."""
        inside = [part.start for part in self.told.parts if part.start <= self.start]
        return self.told.text[max(inside[-1] if inside else 0, self.start - LONGEST) : self.start]

    @cached_property
    def after(self) -> str:
        """What stands behind it, as far as the next short sentence."""
        rest = self.told.text[self.end : self.end + 90]
        ends = [match.end() for match in re.finditer(r"[.!?](?:\s|$)|\n", rest)]
        return rest[: ends[1]] if len(ends) > 1 else rest

    @cached_property
    def quoted(self) -> bool:
        """Whether it is spoken: inside quotation marks."""
        return any(
            match.start() < self.end and self.start < match.end() - 1 and match.start() >= self.start - 90
            and min(match.end(), self.end) - max(match.start(), self.start) > 0.6 * (self.end - self.start)
            for match in QUOTED.finditer(self.told.text)
        )  # fmt: skip


def whose(told: Apart, start: int, end: int) -> str | None:
    """Me, counterpart, both or a name; ASK for somebody who cannot be told, None where the words say nothing."""
    said = Said(told, start, end)
    for read in _KINDS:
        if (who := read(said)) is not None:
            return who
    return None


def _labelled(said: Said) -> str | None:
    """ "Action on her: …", "his: …", "what she owes. …"."""
    near = said.told.text[max(0, said.start - 40) : said.start]
    colon = re.match(r"[^:]{2,40}:(?=\s)", said.whole)
    for text in (near, colon[0] if colon else ""):
        if (label := LABEL.search(text) or OWES.search(text)) is not None:
            return _person(said, label["who"])
    return None


def _tagged(said: Said) -> str | None:
    """ "…, that's on me", "hers to …", "down to me", "ball's in my court"."""
    for tag in TAGS:
        for match in tag.finditer(said.words):
            word = re.sub(r"['’]s$", "", match["who"])
            if match[0].lower().startswith(("by ", "from ")) and not PASSIVE.search(
                said.words[: match.start()]
            ):
                continue
            if (
                word.lower() == "her"
                and re.match(r"\s+\w", said.words[match.end("who") :])
                and "to" not in match[0]
            ):
                continue
            if said.told.cast.addressed and word.lower() in ("him", "her") and NAMED.match(said.words):
                continue
            if (who := _person(said, word)) is not None:
                return who
    return None


def _ordered(said: Said) -> str | None:
    """ "He wants the numbers Friday and I said fine"; "I asked if she'd come and she said yes"."""
    around = said.whole + said.after
    wants, mine = WANTS.search(said.whole), I_AGREED.search(around)
    if I_AGREED.search(said.whole) and WANTS.search(said.before) and not wants:
        return ME
    if wants and mine and mine.start() > wants.start() and "?" not in around[: mine.start()]:
        return ME
    if wants and SO_I.search(said.whole, wants.end()):
        return ME
    if (made := MADE_THEM.search(said.whole)) is not None:
        return _person(said, made["who"]) if made["who"] else COUNTERPART
    asked, theirs = MY_ASK.search(said.whole), THEY_AGREED.search(around)
    if asked and theirs and theirs.start() > asked.start():
        return COUNTERPART
    if re.search(r"\b(?:he|she)\s+expects\s+my\b", said.whole, re.IGNORECASE):
        return ME
    return ME if MADE_ME.match(said.bare) else None


def _given(said: Said) -> str | None:
    """Who gives, where it is said who gets: "he gets one name off me", "the list comes from Lars"."""
    given = OFF.search(said.words)
    if given is not None and not re.search(r"(?:n['’]t|\bnot)\s+(?:\w+\s+)?$", said.words[: given.start()]):
        return _person(said, given["who"] or given["also"])
    return COUNTERPART if TO_ME.search(said.words) and not re.match(r"I\b", said.bare) else None


def _spoken(said: Said) -> str | None:
    """In quotation marks "I" is whoever speaks."""
    if not said.quoted or re.search(r"\b(?:I|me)\b[^“\"]{0,25}[“\"'‘\s]*$", said.before):
        return None
    first = re.match(
        r"(?:(?:ok|okay|fine|then|yes|right|well|so|and),?\s+)*(I|you|we)\b", said.words, re.IGNORECASE
    )
    if first is None:
        return None
    gets = first[1].lower() == "you" and GETS.match(said.words[first.end() :])
    if gets:
        return COUNTERPART
    return {"i": COUNTERPART, "you": ME, "we": BOTH}[first[1].lower()]


def _reported(said: Said) -> str | None:
    """ "Col said they'd be there by Tuesday", "I told him he'd hear by Friday": who speaks undertakes it."""
    if said.words is said.whole:
        return None
    head = said.whole[: len(said.whole) - len(said.words)]
    speaker = re.match(rf"(?:(?:and|so|then|but|also)\s+)*(?P<who>I|i|he|she|He|She|{NAME})\b", head)
    who = _doer(said, speaker["who"]) if speaker else None
    if who not in (None, ME) and re.match(
        rf"[Ii](?:['’]?ll|\s+will|['’]m\s+going|\s+(?:{DEEDS}))\b", said.words
    ):
        return who
    pronoun = re.match(r"(?:he|she|they)\b", said.words)
    if who is None or pronoun is None:
        return None
    if pronoun[0] == "they" or (
        who == ME and re.match(r"(?:he|she)(?:['’]d|\s+would)\s+(?:have|get|hear|see|receive)\b", said.words)
    ):
        return who
    return who if who not in (ME, COUNTERPART, BOTH, ASK) else None


def _jointly(said: Said) -> str | None:
    if TOGETHER.search(said.words) or (MEET_AGAIN.match(said.bare)):
        return BOTH
    if said.told.cast.addressed and re.match(
        r"I(?:['’]ll)?\s+\w+\s+(?:[\w-]+\s+){0,3}with\s+you\b", said.bare
    ):
        return BOTH
    beside = re.search(r"(?:^|[.;,]\s+|\b(?:then|so|of it is that)\s+)(?:[Hh]e|[Ss]he|[Hh]im|[Hh]er|(?!\w+day\b)[A-Z][\w-]+)\s+and\s+$", said.before)  # fmt: skip
    return BOTH if beside and re.match(r"(?:I|me)\b", said.bare) else None


def _subject(said: Said) -> str | None:
    """Who stands before the deed."""
    for text in dict.fromkeys((said.words, said.bare)):
        if (role := ROLE.match(text)) is not None:
            who = role["who"] or role["also"]
            if _is_somebody(said, who):
                return _person(said, who)
        if (match := ACTS.match(text)) is not None:
            who = match["who"] or RUN[match["run"].lower()]
            return _acting(said, who, text[match.end("who" if match["who"] else "run") :])
        named = NAMED.match(text)
        name = (named["who"] or named["also"]) if named else ""
        if named is not None and _is_somebody(said, name):
            return _acting(said, name, text[named.end("who") if named["who"] else named.end() :])
        low = LOW_NAME.match(text)
        if low is not None and common(folded(low["who"])) < RARE:
            return _acting(said, low["who"], text[low.end("who") :])
        if (group := GROUP.match(text)) is not None:
            return re.sub(
                r",.*|each of |\b(?:two|three|four|five|six|seven|eight|nine|ten) ", "", group[0].lower()
            )
    return None


def _acting(said: Said, subject: str, rest: str) -> str | None:
    """The subject, or whoever gives where the subject only gets."""
    who = _person(said, subject)
    gets = GETS.match(rest)
    if (
        gets is None
        or GOES_TO.search(gets["what"])
        or (who == ME and re.match(r"['’](?:ll|d)|\s+(?:will|would|shall)\b", rest))
    ):
        return who
    if who in (ME, BOTH):
        return COUNTERPART
    return ME if who == COUNTERPART and not re.match(r"\s*has\s+(?:to|\w+ed)\b", rest) else who


def _inside(said: Said) -> str | None:
    """ "Those two she gets tomorrow": the first who does something, where nobody stands at the beginning."""
    match = re.search(rf"(?<!how)(?<!what)(?<!which)(?<!whom)(?<!that)(?<!whatever)[\s,]+(?P<who>I|i|he|she|we)(?P<verb>{VERB})", said.words)  # fmt: skip
    return _acting(said, match["who"], said.words[match.end("who") :]) if match else None


def _elided(said: Said) -> str | None:
    """A deed without its doer: whoever did what stands before it, unless it is done to them."""
    first = re.match(r"(?:and\s+|then\s+|to\s+|will\s+|also\s+)*([a-z]+)\b", said.bare, re.IGNORECASE)
    if first is None or not ({first[1].lower(), lemma_of(first[1])} & ACTIONS or _begins_past(first[1])):
        return None
    to_me = re.match(rf"(?:\w+\s+)?{first[1]}\s+(?:\w+\s+)?me\b", said.bare, re.IGNORECASE) is not None
    third = first[1].lower() not in ACTIONS and lemma_of(first[1]) in ACTIONS
    doers = [each for match in FINITE.finditer(said.before) if (each := _doer(said, match["who"]))]
    if doers and not (to_me and doers[0] == ME):
        return doers[0]
    if to_me or third or (said.told.cast.addressed and first[0] == first[1]):
        return COUNTERPART
    return ME if _begins_past(first[1]) and not said.before.strip() else None


def _begins_past(word: str) -> bool:
    return word.lower() in {"promised", "told", "offered", "agreed", "volunteered", "undertook", "took"}


def _doer(said: Said, word: str) -> str | None:
    if word[0].isupper() and word not in ("I", "He", "She", "We") and not _is_somebody(said, word):
        return None
    return _person(said, word)


def _is_somebody(said: Said, word: str) -> bool:
    """Whether a capitalised word names a person who may act, not a place or an ordinary word at a beginning."""
    first = word.split(maxsplit=1)[0].rstrip(".")
    if said.told.cast.is_counterpart(first) or first in ("Mr", "Mrs", "Ms", "Dr"):
        return True
    low = folded(first)
    if first in NO_NAMES and first not in said.told.cast.names:
        return False
    if (low in PLACES and low not in first_names()) or re.search(r"(?:ing|day)$", low):
        return False
    return first in said.told.cast.names or common(low) < ORDINARY


def _person(said: Said, word: str) -> str | None:
    """Whom a word means."""
    cast, low = said.told.cast, word.lower()
    if low in ("i", "me", "my", "mine"):
        return ME
    if low in ("we", "us", "our", "ours", "both", "both of us"):
        return BOTH
    if low in ("he", "she", "him", "her", "his", "hers"):
        return _he_or_she(said, {"him": "he", "his": "he", "her": "she", "hers": "she"}.get(low, low))
    if low in ("they", "them"):
        return BOTH if cast.teller == "coach" else ASK
    if low in ("you", "your", "yours"):
        return COUNTERPART if cast.addressed else None
    if cast.is_counterpart(word) or cast.is_counterpart(word.split(maxsplit=1)[0]):
        return COUNTERPART
    return word if _is_somebody(said, word) or common(folded(word)) < RARE else None


def _he_or_she(said: Said, pronoun: str) -> str:
    """The counterpart, or where that one is spoken of otherwise whoever was named last."""
    cast = said.told.cast
    if not cast.addressed and cast.their in (None, "they", pronoun):
        return COUNTERPART
    cast.recent = None
    for part in said.told.parts:
        if part.start < said.start:
            cast.hear(said.told.text[part.start : min(part.end, said.start)])
    return cast.recent or ASK


_KINDS: tuple[Callable[[Said], str | None], ...] = (
    _labelled, _spoken, _ordered, _reported, _jointly, _given, _tagged, _subject, _elided, _inside,
)  # fmt: skip
