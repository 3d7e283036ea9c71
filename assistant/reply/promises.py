"""Who does what, as the sender of a reply says it: "I tell Marsha on Monday, you talk to the reps"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.debrief.dates import Named, named_days
from assistant.debrief.words import ACTIONS
from assistant.reply.own import Part

SENDER, READER, BOTH = "me", "counterpart", "both"
_NAME = r"[A-ZÀ-Þ][\w’-]+"
_STATES = frozenset(
    "am are is was were think know want need like love hate hope guess mean suppose wonder agree disagree see feel trust believe have has had would could should might "
    "don't can't won't didn't doubt prefer care reckon understand remember expect worry fear said say says thought go know've assume imagine wish seem lose losing".split()
)
_ACT = re.compile(
    rf"^(?:and |so |then |but |ok,? |yes,? |sure,? )*(?P<who>I|i|[Yy]ou|[Ww]e|[Hh]e|[Ss]he|{_NAME}|[a-z]+(?= (?:gives|gets|sends|hands|tells|takes|brings|lends|shows|will|has)\b))"
    r"(?:(?P<will>['’]ll|\s+will|\s+can|\s+shall|['’]m (?:going|happy|glad) to|\s+am (?:going|happy|glad) to|\s+is going to|['’]s going to|\s+are going to|['’]re going to|\s+has to|\s+have to|\s+to(?=\s+[a-z]))|(?='|’))?\s+(?:also |then |just |only |half |personally |happily |already )*(?P<what>(?P<verb>[a-z][\w’'-]*)\b.*)$",
    re.DOTALL,
)
_DOES = frozenset(
    "gives gets sends hands tells takes brings lends shows books calls rings mails sits listens talks picks joins meets sets opens frees checks pulls comes speaks writes asks runs rides finds shares invites introduces covers".split()
)
_HAS_AND_WILL = re.compile(
    rf"^(?P<who>{_NAME}|I|[Yy]ou|[Ww]e)\s+(?:has|have|knows?|is|keeps?)\b.{{2,60}}?\s+and\s+(?:will|['’]ll|can)\s+(?P<what>\S.*)$",
    re.DOTALL,
)
_SENDING = re.compile(
    rf"^(?:and |so |then )*(?P<who>I|i|[Ww]e|{_NAME})(?:['’]m|['’]s|['’]re|\s+am|\s+is|\s+are)\s+(?P<what>(?P<verb>[a-z]+?)ing\b.*)$",
    re.DOTALL,
)
_WITH_ME = re.compile(
    r"^(?:leave|put) (?P<what>.{2,60}?) (?:with|to|on|down to) (?P<who>me|us)\b", re.IGNORECASE
)
_YOURS = re.compile(
    r"^(?P<what>.{3,60}?) (?:is|are) (?P<who>mine|yours|on me|on you|my job|your job|for you|for me)\b",
    re.IGNORECASE,
)
_BARE_WILL = re.compile(r"^(?:and |so |then )*(?:[Ww]ill|['’]ll) (?P<what>(?P<verb>[a-z]+)\b.*)$", re.DOTALL)
_YOU_GET = re.compile(
    r"^(?:and |so |then )*[Yy]ou(?:['’]ll| will)? (?:have|get|receive) (?P<what>(?!to\b|me\b|him\b|her\b|them\b|us\b|it\b|the point\b)\S.*)$",
    re.DOTALL,
)
_GIVEN = re.compile(
    r"\b(?P<what>the (?:rest|list|data|numbers?|names?|file|recordings?) you (?:get|have|'ll have))\b.*$",
    re.IGNORECASE,
)
_PAST = frozenset("was were did told saw met had went got gave took left made sent wrote ran".split())
_BREAK = re.compile(
    rf"[.!?;\n]+\s+|\s+[–—-]+\s+|,\s+(?:and\s+|but\s+|then\s+)?(?=(?:I|i|you|You|we|We|he|she|{_NAME})(?:['’]ll|\s+[a-z]))|\s+(?:and|but|then)\s+(?=(?:I|i|you|we|he|she|{_NAME})(?:['’]ll|\s+(?!who\b)[a-z]))|,\s+(?=[a-z]+ (?:gives|gets|sends|hands|tells|takes|brings) you)"
)
_NOT_MEANT = re.compile(
    r"\b(?:if (?:you|i|we|he|she|they)|not|never|won't|can't|don't|would|i'd|could|might|maybe|perhaps|let me (?:think|sleep)|think about|sleep on|talk next|you choose|you pick|you know|you like|you can|i'd like)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s+(?:if|because|since|so that|unless|but|though|and i'd|when it|:\))\b.*$", re.IGNORECASE | re.DOTALL
)
_ASK_AGAIN = re.compile(r"\b(?:ask me again|let me know|keep me posted|tell me when)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Promise:
    """`who` is me (the sender), counterpart (the reader), both or a name. `start` and `end` are the stretch."""

    who: str
    what: str
    due: date | None
    due_words: str | None
    start: int
    end: int
    firm: bool = True
    """Says something that can be looked for; "I'll decide" and "I'll see who" do not settle who does what."""


def find_promises(parts: Sequence[Part], *, today: date) -> list[Promise]:
    """The undertakings of a reply, in order."""
    found: list[Promise] = []
    for part in parts:
        for clause, start in _clauses(part):
            promise = _promise(clause, start, part.label, today)
            if promise is not None:
                found.append(promise)
    return found


def _clauses(part: Part) -> Iterator[tuple[str, int]]:
    at = 0
    for match in _BREAK.finditer(part.text):
        yield part.text[at : match.start()], part.start + at
        at = match.end()
    yield part.text[at:], part.start + at


def _promise(clause: str, start: int, label: str | None, today: date) -> Promise | None:
    text = clause.rstrip(" .,!)")
    if not text or clause.rstrip().endswith("?") or label in ("group", "date", "outcome"):
        return None
    if label in ("me", "you"):
        return _dated(SENDER if label == "me" else READER, text, text, start, today, firm=True)
    return _other_frames(text, start, today) or _acted(text, start, label, today)


def _other_frames(text: str, start: int, today: date) -> Promise | None:
    """What does not begin with who does it: "leave the managers with me", "the rest you get …"."""
    if (given := _GIVEN.search(text)) is not None:
        what = given["what"].split(" you ")[0]
        return _dated(SENDER, what, text[given.start() :], start + given.start(), today, firm=False)
    if (left := _WITH_ME.match(text)) is not None:
        return _dated(SENDER, left["what"], text, start, today, firm=True)
    if (owned := _YOURS.match(text)) is not None:
        mine = owned["who"].lower() in ("mine", "on me", "my job", "for me")
        return _dated(SENDER if mine else READER, owned["what"], text, start, today, firm=True)
    if (got := _YOU_GET.match(text)) is not None:
        return _dated(SENDER, got["what"], text, start, today, firm=True)
    if (bare := _BARE_WILL.match(text)) is not None and bare["verb"] not in _STATES | {"be", "do"}:
        return (
            None
            if _NOT_MEANT.search(text[:30])
            else _dated(SENDER, bare["what"], text, start, today, firm=_firm(bare["what"]))
        )
    return None


def _acted(text: str, start: int, label: str | None, today: date) -> Promise | None:
    """Somebody and what they do."""
    sending = _SENDING.match(text)
    if sending is not None and not _is_action(sending["verb"]):
        sending = None
    act = _HAS_AND_WILL.match(text) or sending or _ACT.match(text)
    if act is None:
        return None
    who, begin = _who(act["who"]), act.start("who")
    stretch = text[begin:]
    tail = _AFTER.search(stretch)
    stretch = stretch[: tail.start()] if tail else stretch
    unmeant = _NOT_MEANT.search(stretch[: act.start("what") - begin + 24]) or _ASK_AGAIN.search(text)
    if who is None or unmeant or not (sending or _meant(act, label)):
        return None
    what = stretch[act.start("what") - begin :]
    return _dated(who, what, stretch, start + begin, today, firm=_firm(what))


def _is_action(stem: str) -> bool:
    doubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
    return bool({stem, f"{stem}e", doubled} & ACTIONS)


def _firm(what: str) -> bool:
    """Whether it can be looked for; "decide", "see who" cannot."""
    return not re.match(
        r"(?:decide|see|think|choose|come back|get back|let you know|look into|check)\b", what, re.I
    )


def _meant(act: re.Match[str], label: str | None) -> bool:
    """Said with "will", or in a plain present: "I tell her", "Gaëlle hands you the calendar"."""
    groups = act.groupdict()
    if "verb" not in groups or (groups["will"] and groups["will"].strip() != "to"):
        return True
    if groups["will"]:
        return _is_action(act["verb"]) or act["verb"] in ("be", "have", "go", "do", "see", "get")
    verb, who, rest = act["verb"].lower(), act["who"].lower(), act["what"][len(act["verb"]) :]
    if who not in ("i", "you", "we"):
        return verb in _DOES or (verb.endswith("s") and verb[:-1] in ACTIONS)
    if verb in _STATES or verb in _PAST or (verb.endswith(("ed", "ing")) and verb not in ACTIONS):
        return False
    if verb == "get" and not re.match(r"\s+(?:me|you|him|her|them|us|the|my|your)\b", rest):
        return False
    return bool(rest.strip()) or label == "who"


def _who(subject: str) -> str | None:
    word = subject.lower()
    if word in ("he", "she", "it", "that", "this", "they", "which", "who", "nobody", "somebody", "everyone"):
        return None
    return {"i": SENDER, "you": READER, "we": BOTH}.get(word, subject)


def _dated(who: str, what: str, stretch: str, start: int, today: date, *, firm: bool) -> Promise:
    days = named_days(stretch, today=today)
    day: Named | None = days[-1] if days else None
    words = day.words.strip() if day else None
    end = start + len(stretch)
    if day is not None:
        what = what.replace(day.words, " ")
    what = re.sub(r"\s+", " ", what).strip(" ,.–-") or stretch
    return Promise(who, what, day.day if day else None, words, start, end, firm)
