"""Frames: each looks at one clause and says whether somebody undertakes something in it, and who.

`ahead` says that the clause names a day to come.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.debrief.clauses import Clause
from assistant.debrief.owners import BOTH, COUNTERPART, ME, Cast
from assistant.debrief.shapes import (
    AGREED_ON,
    BARE,
    CAN,
    COMES,
    CONDITION,
    DUE_TO,
    EXPECT,
    EXPECTED,
    FORWARD,
    FROM_SOMEBODY,
    GERUND,
    GOES_ON,
    HAS_UNTIL,
    HOOK,
    MUST,
    NEGATED,
    NEXT_TALK,
    ON_SOMEBODY,
    OWES,
    PRESENT,
    PROGRESSIVE,
    PROMISED,
    PROMISED_BARE,
    PROMISED_TO,
    RECEIVES,
    REPORTED,
    REPORTING,
    SAID_BEHIND,
    SOMEBODY_TO,
    TOLD_TO,
    TOOK_ON,
    UNLESS,
    WHO_WILL,
    WILL,
)
from assistant.debrief.words import ACTIONS, NOT_AFTER_WILL, PAST, STATES

_I = re.IGNORECASE


Frame = Callable[[Clause, Cast, bool], "Hit | None"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A frame that fits: whose, and where in the clause what is undertaken begins.

    One that is not `firm` counts only beside another that is.
    """

    subject: str
    at: int
    firm: bool = True


def _will(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:  # noqa: ARG001  # a frame's signature
    match = WILL.search(clause.text)
    if match is None or not _may_act(match, clause, cast):
        return None
    what = match["what"]
    return (
        None if NOT_AFTER_WILL.match(what) or NEGATED.match(what) else Hit(match["subj"], match.start("what"))
    )


def _reported(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:  # noqa: ARG001  # likewise
    match = REPORTED.search(clause.text)
    if match is None or NOT_AFTER_WILL.match(match["what"]):
        return None
    subject, speaker = match["subj"], match["speaker"]
    owner, teller = cast.who(subject), cast.who(speaker) if speaker else None
    if "would" in match[0] and owner not in (ME, COUNTERPART, BOTH) and not cast.is_name(subject):
        return None
    same = teller is None or BOTH in (owner, teller) or owner == teller
    if not same and owner not in (ME,):
        return None  # "she said he'd do it": nobody heard it from him
    return Hit("both of us" if match["both"] else subject, match.start("what"))


def goes_on(clause: Clause, before: str, cast: Cast) -> Hit | None:
    """What somebody said they would, told on behind a comma: "I said fine, I'd warn him tomorrow"."""
    match, told = GOES_ON.match(clause.text), REPORTING.search(before)
    if match is None or told is None or NOT_AFTER_WILL.match(match["what"]):
        return None
    plain = (
        re.match(r"(?:have|be|\w+(?:ed|en))\b", match["what"]) is None
        and match["what"].split()[0] not in PAST
    )
    return (
        Hit(match["subj"], match.start("what"))
        if plain and cast.who(told["speaker"]) == cast.who(match["subj"])
        else None
    )


def _next_talk(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:  # noqa: ARG001  # likewise
    return Hit("both", 0) if clause.first and ahead and NEXT_TALK.match(clause.text) else None


def _promised_to(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:  # noqa: ARG001  # likewise
    match = PROMISED_TO.search(clause.text)
    if (
        match is None
        or not _may_act(match, clause, cast)
        or re.search(r"\b(?:n['’]t|not|never)\s+$", clause.text[: match.start("what")])
    ):
        return None
    return None if NEGATED.match(match["what"]) else Hit(match["subj"], match.start("what"))


def _took_on(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:  # noqa: ARG001  # likewise
    if (match := TOOK_ON.search(clause.text)) is None:
        return None
    name = "what" if match["subj"] else "what2"
    return Hit(match["subj"] or match["subj2"], match.start(name))


def _promised(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:  # noqa: ARG001  # likewise
    match = PROMISED.search(clause.text)
    return Hit(match["subj"], match.start("what")) if match and _may_act(match, clause, cast) else None


def _on_somebody(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:  # noqa: ARG001  # likewise
    """ "It's on Dana to …", "me to book the room", "next step is with me: …"."""
    for pattern in (ON_SOMEBODY, SOMEBODY_TO):
        match = pattern.search(clause.text)
        if (
            match is not None
            and cast.who(match["subj"]) is not None
            and lemma_of(match["what"].split()[0]) not in STATES
        ):
            return Hit(match["subj"], match.start("what"))
    return None


def _from_somebody(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:
    """ "I'm expecting the list from Dana on Friday", "numbers from him by Friday"."""
    for pattern in (EXPECTED, FROM_SOMEBODY):
        match = pattern.search(clause.text)
        if match is not None and ahead and cast.who(match["subj"]) is not None:
            return Hit(match["subj"], match.start("what"))
    return None


def _simply(pattern: re.Pattern[str], *, dated: bool, subject: str | None = None) -> Frame:
    """A frame without more to it than its shape; `dated` wants a day to come."""

    def frame(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:
        match = pattern.search(clause.text)
        if match is None or (dated and not ahead):
            return None
        who = subject or match["subj"]
        if (subject is None and cast.who(who) is None) or (
            subject is None and "subj" in match.groupdict() and not _free(match, clause)
        ):
            return None
        return None if NOT_AFTER_WILL.match(match["what"]) else Hit(who, match.start("what"))

    return frame


def _free(match: re.Match[str], clause: Clause) -> bool:
    """Whether no condition or doubt stands right before the subject."""
    return (
        re.search(r"\b(?:if|whether|when|until|hope|wish|doubt)\s+$", clause.text[: match.start("subj")], _I)
        is None
    )


def goes_behind(clause: Clause, after: str, cast: Cast) -> Hit | None:
    """What somebody would do, with who said so behind it: "he'd have the list to me by Friday, he said"."""
    match, told = FORWARD.match(clause.text), SAID_BEHIND.match(after)
    if match is None or told is None or cast.who(match["subj"]) != cast.who(told["speaker"]):
        return None
    return None if NOT_AFTER_WILL.match(match["what"]) else Hit(match["subj"], match.start("what"))


def who_will(clause: Clause, before: str, cast: Cast, *, ahead: bool) -> Hit | None:
    """ "…to Sam, who's sending the recordings tonight": the name in front is whose it is."""
    name = re.search(r"\b([A-Z][\w-]+)$", before)
    match = WHO_WILL.match(clause.text) if clause.relative and ahead and name else None
    if match is None or name is None or not cast.is_name(name[1]):
        return None
    deed = re.match(r"(?:['’]ll|will|['’]s\s+going\s+to|is\s+going\s+to|['’]s|is)\s+", match["what"])
    at = match.start("what") + (deed.end() if deed else 0)
    sure = re.match(r"\w+ing\b", clause.text[at:]) or not re.match(r"(?:['’]s|is)\s", match["what"])
    return Hit(name[1], at) if sure else None


def _receives(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:
    """ "He'll have them by Friday": what he gets is the teller's to give."""
    match = RECEIVES.search(clause.text)
    if match is None or cast.who(match["subj"]) != COUNTERPART or CONDITION.match(clause.text):
        return None
    return Hit(ME, match.start("what"), firm=ahead)


def _owes(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:  # noqa: ARG001  # likewise
    match = OWES.search(clause.text)
    if match is None or cast.who(match["subj"]) is None:
        return None
    what = re.match(r"(?:me|him|her|them|us|you|[A-Z]\w+)\s+(?=\S)", match["what"])
    return Hit(match["subj"], match.start("what") + (what.end() if what else 0))


def _on_the_hook(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:  # noqa: ARG001  # likewise
    match = HOOK.search(clause.text)
    if match is None or match["what"].lower().startswith("nothing") or cast.who(match["subj"]) is None:
        return None
    return Hit(match["subj"], match.start("what"))


def _progressive(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:
    match = PROGRESSIVE.search(clause.text)
    if match is None or not _may_act(match, clause, cast) or CONDITION.match(clause.text):
        return None
    verb = match["verb"]
    lemmas = {verb, f"{verb}e", verb[:-1]}
    given = (
        re.match(
            r"(?:giving|lending|letting|handing|getting|sending|bringing)\s+(?:me|us|him|her|them)\b",
            match["what"],
        )
        is not None
    )
    if lemmas & STATES or not (ahead or given or (lemmas & ACTIONS and _has_object(match["what"]))):
        return None
    return Hit(match["subj"], match.start("what"), firm=ahead or given)


def _present(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:
    if CONDITION.match(clause.text):
        return None
    for match in _each(PRESENT, clause.text):
        verb, subject = match["verb"], match["subj"]
        if not _may_act(match, clause, cast) or not _is_present(verb, match["what"], subject, cast):
            continue
        lemma, third = lemma_of(verb), cast.who(subject) not in (ME, BOTH)
        given = re.search(r"\bto (?:him|her|them)\b", match["what"])
        if lemma == "get" and third and re.search(r"\bfrom me\b", match["what"]):
            return Hit(ME, match.start("what"), firm=ahead)
        if lemma in ("get", "have") and ahead and not given and not (third and lemma == "get"):
            return Hit(ME if third else COUNTERPART, match.start("what"))
        if lemma == "get" and not ahead and not re.match(r"gets?\s+(?:me|us|you|him|them)\b", match["what"]):
            continue
        if ahead or lemma in ACTIONS:
            return Hit(subject, match.start("what"), firm=ahead)
    return None


def _is_present(verb: str, what: str, subject: str, cast: Cast) -> bool:
    """Whether the word behind a subject is a present that tells of something to be done."""
    lemma = lemma_of(verb)
    third = cast.who(subject) not in (ME, BOTH) and subject.lower() != "they"
    if (
        verb in PAST
        or verb.endswith("ed")
        or (verb.endswith("ing") and len(verb) > 5)
        or (lemma in STATES and lemma != "have")
    ):
        return False
    if re.match(
        r"\w+n['’]t\b|tells?\s+\w+\s+(?:that\s+)?(?:they|he|she|it|we|I)\s|asks?\s+(?:for|me|whether|if|what|why|how|who|about)\b",
        what,
        _I,
    ):
        return False
    return third == (verb != lemma) or subject.lower() == "each of us"


def _each(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every place where a frame fits, though each reaches to the end."""
    at = 0
    while (match := pattern.search(text, at)) is not None:
        yield match
        at = match.start("subj") + len(match["subj"])


def _must(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:
    match = MUST.search(clause.text)
    if (
        match is None
        or not ahead
        or not _may_act(match, clause, cast)
        or lemma_of(match["what"].split()[0]) in STATES
    ):
        return None
    return Hit(match["subj"], match.start("what"))


def _comes(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:  # noqa: ARG001  # likewise
    """A thing that arrives: whose it is, or who it comes from, owns it; otherwise the counterpart."""
    match = COMES.search(clause.text)
    soon = ahead or re.search(r"\b(?:next|this) (?:week|month)\b|\bsoon\b", clause.text, _I)
    if (
        match is None
        or not soon
        or re.search(r"\b(?:I|he|she|they|we|it|that|who)\s*$", match["what"].strip(), _I)
    ):
        return None
    if (giver := re.match(r"\s+from\s+([A-Z][\w-]+)", match["rest"])) is not None:
        return Hit(giver[1], match.start("what"))
    whose = match["whose"]
    return Hit(re.sub(r"['’]s$", "", whose) if whose else COUNTERPART, match.start("what"))


def _notes(clause: Clause, cast: Cast, ahead: bool) -> Hit | None:  # noqa: ARG001  # likewise
    """A note without a subject: "send him the recordings by Friday", "Sending it tomorrow"."""
    if not (clause.first or clause.mine):
        return None
    match = BARE.match(clause.text)
    if match is None or not ahead:
        return None
    verb = match["verb"].lower()
    ing = verb.endswith("ing") and {verb[:-3], f"{verb[:-3]}e", verb[:-4]} & ACTIONS
    if not ing and (verb not in ACTIONS or not _has_object(match["what"])):
        return None
    return Hit("I", match.start("what"), firm=bool(match["will"] or ing))


FRAMES: tuple[Frame, ...] = (
    _next_talk, _took_on, _reported, _promised_to, _promised, _simply(PROMISED_BARE, dated=False, subject="I"),
    _simply(GERUND, dated=False), _simply(CAN, dated=True), _simply(HAS_UNTIL, dated=True), _simply(DUE_TO, dated=False),
    _simply(AGREED_ON, dated=True, subject="we"), _simply(UNLESS, dated=False), _simply(TOLD_TO, dated=True),
    _receives, _owes, _on_the_hook, _on_somebody, _will, _from_somebody, _progressive, _must,
    _present, _comes, _simply(EXPECT, dated=True, subject=COUNTERPART), _notes,
)  # fmt: skip


def _may_act(match: re.Match[str], clause: Clause, cast: Cast) -> bool:
    """Whether the subject is somebody, and not under a condition or inside another's clause."""
    subject, before = match["subj"], clause.text[: match.start("subj")]
    if subject.lower() in ("our", "my", "his", "her", "their"):
        return False
    if cast.who(subject) is None and subject.lower() not in ("he", "she", "they"):
        return False
    if re.search(r"\b(?:should|shall|could|would|do|did|does|can|will|was|were|is|am|are)\s+$", before, _I):
        return False  # a question's order of words
    if re.search(
        r"\b(?:if|or|whether|that|what|how|when|where|why|until|before|after|once|because|who|which|unless|than|like|as)\s+(?:\w+ly\s+)?$",
        before,
        _I,
    ):
        return (
            re.search(r"\b(?:so|agreed|left it|said|settled|deal is|plan is|means)\s+that\s+$", before, _I)
            is not None
        )
    return not re.search(
        r"\b(?:wish|hope|doubt|know|bet|expect|think|thinks|guess|suppose|imagine|reckons?|sure)\s+$",
        before,
        _I,
    )


def _has_object(what: str) -> bool:
    return len(what.split()) >= 2


def lemma_of(verb: str) -> str:
    """The plain form of a present: send for sends, try for tries, fix for fixes."""
    word = verb.lower()
    if word in ("does", "goes"):
        return word[:-2]
    if word == "has":
        return "have"
    if word in ("is", "are", "am"):
        return "be"
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if re.search(r"(?:ss|sh|ch|x|zz)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def plain_verb(word: str) -> str:
    """The plain form of a present or of an -ing form that undertakes something; another word as it is."""
    lower = word.lower()
    if lower.endswith("ing") and len(lower) > 5:
        return next((each for each in (lower[:-3], f"{lower[:-3]}e", lower[:-4]) if each in ACTIONS), word)
    lemma = lemma_of(lower)
    return (
        lemma
        if lemma in ACTIONS or lemma in ("go", "do", "have", "make", "let", "keep", "talk", "put")
        else word
    )
