"""Promises that a whole sentence tells: notes with a label, what was asked for and accepted, and quoted words."""

import re
from collections.abc import Iterator, Sequence

from assistant.debrief.binding import Promise, chosen_day, deed
from assistant.debrief.clauses import QUOTED, Sentence
from assistant.debrief.dates import Named
from assistant.debrief.frames import lemma_of
from assistant.debrief.owners import BOTH, COUNTERPART, ME, Cast
from assistant.debrief.shapes import ASKED_OF, BY_ME_AFTER, BY_ME_BEFORE, IN_QUOTES, LABEL, WANTED
from assistant.debrief.words import ACCEPTED, ACCEPTED_NEXT, ACTIONS, NOT_AFTER_WILL, WISHED

_I = re.IGNORECASE


def labelled(sentence: Sentence, cast: Cast, days: Sequence[Named], text: str) -> Promise | None:
    match = LABEL.match(sentence.blotted)
    if match is None or sentence.private:
        return None
    name = match["name"]
    if name and not cast.is_name(name):
        return None
    who = (
        ME if match["mine"] else BOTH if match["both"] else cast.who(name) if name
        else COUNTERPART if cast.teller != "coach" else cast.who(match["theirs"].split()[0])
    )  # fmt: skip
    start = sentence.start + match.start("what")
    end = sentence.end
    inside = [day for day in days if start <= day.start < end]
    first_verb = lemma_of(match["what"].split()[0])
    if not any(day.day for day in inside) and first_verb not in ACTIONS and not match["mine"]:
        return None
    day = chosen_day(inside)
    what = deed(text[start:end], start, inside)
    return Promise(who, what, day.day if day else None, day.words if day else None, sentence.start, end)


def wanted(sentence: Sentence, after: Sentence | None, text: str, days: Sequence[Named]) -> Promise | None:
    """Asked for by the other, and accepted: "he wants the numbers Friday and I said fine", or in the next sentence."""
    accepted = ACCEPTED.search(sentence.blotted)
    if accepted is None:
        return _wanted_and_granted(sentence, after, text, days)
    match = WANTED.search(sentence.blotted[: accepted.start()])
    if match is None:
        return None
    rest = sentence.blotted[accepted.end() :]
    if (
        re.match(r"\s*,?\s*(?:i['’]d|that i['’]d|i would|but|so)\s+\w+", rest, _I)
        or WISHED.search(match[0])
        or "I think" in match[0]
    ):
        return None
    start, end = sentence.start + match.start("what"), sentence.start + accepted.start()
    inside = [day for day in days if start <= day.start < end]
    day = chosen_day(inside)
    what = re.sub(r"\s+(?:and|so|but)$", "", deed(text[start:end], start, inside))
    return Promise(
        ME, what, day.day if day else None, day.words if day else None, sentence.start + match.start(), sentence.start + accepted.end()
    )  # fmt: skip


def _wanted_and_granted(
    sentence: Sentence, after: Sentence | None, text: str, days: Sequence[Named]
) -> Promise | None:
    match = WANTED.search(sentence.blotted)
    if (
        match is None
        or after is None
        or not ACCEPTED_NEXT.match(after.blotted)
        or match["subj"].lower() in ("i", "we")
    ):
        return None
    start = sentence.start + match.start("what")
    inside = [day for day in days if start <= day.start < sentence.end]
    day = chosen_day(inside)
    if day is None or day.day is None:
        return None
    what = deed(text[start : sentence.end], start, inside)
    return Promise(ME, what, day.day, day.words, sentence.start + match.start(), sentence.end)


def granted(sentence: Sentence, text: str, days: Sequence[Named], cast: Cast) -> Promise | None:
    """Asked for by the teller, and granted: "I asked if she'd open the session and she said yes"."""
    match = ASKED_OF.search(sentence.blotted)
    if match is None:
        return None
    who = next((cast.who(name) for name in (match["subj"], match["subj2"]) if name), COUNTERPART)
    start, end = sentence.start + match.start("what"), sentence.start + match.end("what")
    inside = [day for day in days if start <= day.start < sentence.end]
    day = chosen_day(inside)
    return Promise(
        who, deed(text[start:end], start, inside), day.day if day else None, day.words if day else None,
        sentence.start + match.start(), sentence.start + match.end(),
    )  # fmt: skip


def said_in_quotes(sentence: Sentence, text: str, days: Sequence[Named]) -> Iterator[Promise]:
    """What somebody undertook in quoted words: "I'll send it Friday", "you'll have it Friday"."""
    for quoted in QUOTED.finditer(sentence.text):
        before, after = sentence.text[: quoted.start()], sentence.text[quoted.end() :]
        mine = BY_ME_BEFORE.search(before) is not None or BY_ME_AFTER.match(after) is not None
        for match in IN_QUOTES.finditer(quoted[0]):
            if NOT_AFTER_WILL.match(match["what"]) or re.search(r"\b(?:if|unless)\b", quoted[0], _I):
                continue
            start = sentence.start + quoted.start() + match.start("what")
            end = start + len(match["what"].rstrip('”"» ,'))
            inside = [day for day in days if start <= day.start < end]
            day = chosen_day(inside)
            yield Promise(
                ME if mine else COUNTERPART, deed(text[start:end], start, inside), day.day if day else None,
                day.words if day else None, sentence.start + quoted.start() + match.start(), end,
            )  # fmt: skip
