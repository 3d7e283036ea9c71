"""Outcome, group and day of a reply: each a verbatim stretch, or nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.debrief.dates import Named, named_days
from assistant.reply.own import Part
from assistant.review.signs import METRIC

_NUMBER = r"(?:\d[\d.,]*\s?(?:%|percent|per cent|points?|days?|weeks?|months?|k|m)?|half|one in \w+|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_MEASURE = re.compile(
    rf"\b(?:{METRIC}|no-?shows?|order(?: value| size)?s?|average \w+|orders?|win|losses|rates?|ratio|cycle|time to \w+|\w+-to-\w+|\w+-rate|tickets?|basket|forecast|referrals?|demos?|meetings?|complaints?|call-?backs?|handovers?|quotes?|tenders?|share|utili[sz]ation|visits?)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    rf"\b(?:from|up from|down from)?\s*{_NUMBER}\s*(?:%|percent)?\s*(?:to|→|->|up to|down to)\s*{_NUMBER}|\b(?:to|under|below|above|over|within|at least|no more than|fewer than|down to|up to|by|at)\s+{_NUMBER}\b|\b{_NUMBER} (?:in|out of|of) {_NUMBER}\b|\d\s?%|\b(?:instead of|rather than) (?:after )?{_NUMBER}\b",
    re.IGNORECASE,
)
_BEHAVIOUR = re.compile(
    r"\b(?:reps?|sellers?|managers?|people|they|aes?|sdrs?|team|everyone|someone|starters?|joiners?|hires?|consultants?|advis[eo]rs?|agents?) (?:who |that |to |will |'ll |should |actually |always |stop |start )*"
    r"(?:don't |do not |no longer |never )?(?:ask|stop|hold|name|say|call|bring|listen|panic|book|open|qualify|defend|walk|quote|send|talk|lead|follow|find|give|discount|cave|pitch|wait|write|coach|check|confirm|know|sell|demo)\w*\b|\b(?:reps|sellers|managers|people|team|starters|joiners|hires|juniors)(?: (?:in|at|from|of) \w+)? (?:asking|quoting|holding|calling|booking|selling|stopping|bringing|naming|opening|leading|coaching|closing)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:better (?:conversations?|results|sales|selling)|sell (?:more|better)|more (?:pipeline|sales|business|revenue|strategic|effective)|some(?:thing|e) (?:movement|around|on|about)|step up|improve(?:ment)?|next level|productivity|excellence|performance|fewer surprises|do better)\b",
    re.IGNORECASE,
)
_DIRECTION = re.compile(
    r"\b(?:fewer|less|more|shorter|faster|higher|lower|longer|bigger|smaller|earlier|quicker)\s+[a-z][\w-]+",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:team|teams|desk|region|regions|office|offices|pod|branch|depot|squad|crew|cohort|segment|territory|reps|sellers|managers|starters|hires|aes?|sdrs?|bdrs?|estimators|leads|lot|staff|sales|inside sales|field sales|"
    r"mid-market|enterprise|smb|key accounts?|account managers|counter|bench|unit|group|people|juniors|seniors|newcomers|advisers|advisors|consultants|agents|brokers|engineers|partners|resellers|dealers|distributors|channel|joiners|apprentices|graduates|rookies|closers|hunters|farmers|specialists|representatives|associates|clerks|technicians|everyone|everybody|across the (?:piece|board)|whoever|whole)\b",
    re.IGNORECASE,
)
_GROUP_AT = re.compile(
    r"\b(?:in|with|at|for|to|from|of|among)\s+(?P<group>(?:the\s+|our\s+|my\s+|your\s+)?(?:[A-ZÀ-Þ][\w'’&-]*\s*){1,3}(?:team|desk|region|office|pod|branch|depot|reps|people|lot|managers|group|unit|squad|sellers)?|(?:the\s+|our\s+|my\s+|your\s+)(?:[\w-]+\s+){0,3}(?:team|desk|region|office|pod|branch|depot|reps|people|lot|managers|starters|group|unit|squad|sellers|staff))",
)
_OPEN_GROUP = re.compile(
    r"\b(?:everyone|everybody|across|whoever|you choose|you pick|up to you|any of (?:them|the)|whole|all (?:of|the|my|our))\b|\bor\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:could be|maybe|perhaps|might be|possibly|probably|not sure|say)\b[^.]*$", re.IGNORECASE
)
_LEAD = re.compile(
    r"^(?:(?:and|so|then|ok(?:ay)?|yes|sure|well|honestly|i'd say|i would say|i'd want|we want|i want|let's say|let's (?:do|go for|take)|start with|begin with|go (?:for|with)|it's|it is|is|the (?:outcome|result|number|goal)(?: is| would be)?|outcome|us|about|make it|call it|for|in|with|at|could be|maybe|by)\b[\s,:–-]*)+",
    re.IGNORECASE,
)
_AS_SAID = re.compile(r",?\s+as (?:you said|before|agreed|discussed|we said|i said)\b.*$", re.IGNORECASE)
_GROUP_ONLY = re.compile(
    r"(?:the |our |my )?[\w'’ -]*\b(?:team|desk|region|office|pod|branch|reps|managers|sellers)",
    re.IGNORECASE,
)
_RATHER = re.compile(r",?\s+(?:rather than|and not|not|instead of)\b.*$", re.IGNORECASE)
_BARE_NOUN = re.compile(r"(?:the )?(?:team|group|region|people|sales|reps|unit)s?", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\b(?P<group>(?:your|my|our|the)\s+(?:[\w-]+\s+){0,2}(?:team|desk|region|office|pod|branch|depot|reps|lot|managers|leads|sellers|starters|squad|crew))\b"
)
_PICKED = re.compile(
    r"\b(?i:pick|choose|take|start(?:ing)? with|begin(?:ning)? with|go with|go for|try|prefer|suggest)\s+(?P<group>(?:the\s+|our\s+|my\s+)?(?:[A-ZÀ-Þ][\w'’&-]*\s?){1,2}(?:team|desk|region|office|pod|branch|bench|reps|people|lot|managers|group|unit|squad|sellers|crew)?\b)"
)
_DUTY = re.compile(r"\b(?:must|have to|has to|needs? to|should)\b", re.IGNORECASE)
_TAIL = re.compile(
    r"\s+(?:to|who|that|sells?|holds?|stops?|asks?|without|certified|trained)\b.*$", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"^(?P<group>(?:the |our |my |your )?(?:[\w'’-]+ ){0,3}?(?:team|desk|region|office|pod|branch|reps|sellers|managers|starters|joiners|hires|squad|crew))\b(?= [a-z])",
    re.IGNORECASE,
)
_EVERY = re.compile(
    r"(?:everyone|everybody|all (?:the |my |our )?\w+|whoever \w+(?: \w+)?|across the \w+)", re.IGNORECASE
)
_NO_GROUP = re.compile(
    r"^(?:which|not|too|no|wrong|leave|ask|try|happy|same)\b|\b(?:me|it|is|are|was|were|has|have|had|should|will|would|could|be|been|do|does|did|sell|sells|discussed)\b",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|tonight|this (?:week|afternoon|morning)|next week)s?\b",
    re.IGNORECASE,
)
_OBJECTING = re.compile(
    r"\b(?:underwater|losing|busy|no time|can't|won't|on leave|don't|doesn't|discussed)\b", re.IGNORECASE
)
_ASK_LATER = re.compile(
    r"(?<![\w-])(?:ask me|starting|start(?:s)? (?:on|next)|talk|speak|call|meet)(?![\w-])", re.IGNORECASE
)
_ASKS = re.compile(r"\?\s*$")
_DAY_WORDS = re.compile(
    r"\b(?:when(?:ever)?|soon|asap|as soon as (?:you can|possible)|in the coming (?:weeks|months)|new year|before (?:the )?\w+|by (?:the )?(?:summer|spring|autumn|winter|christmas|easter|new year|year.?end)|q[1-4](?: or so)?|next (?:quarter|year|half)|this (?:quarter|year|half)|end of (?:the )?(?:year|quarter|q[1-4]|half))\b",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"^(?:i|you|we|he|she|they)\b|^(?:i|you|we)['’]|\b(?:i'll|you'll|we'll|i will|you will)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """A verbatim stretch of the reply, and whether a careful reader would still ask."""

    words: str
    start: int
    clear: bool = True


@dataclass(frozen=True, slots=True)
class Fields:
    """What was found; None where nothing was."""

    outcome: Found | None
    group: Found | None
    day: Named | None
    day_words: str | None


@dataclass(frozen=True, slots=True)
class _Chunk:
    text: str
    start: int
    label: str | None
    first: bool


def read_fields(
    text: str, parts: Sequence[Part], *, today: date, promised: Sequence[tuple[int, int]]
) -> Fields:
    """Part by part; what belongs to a promise is no outcome, group or day."""
    chunks = [each for part in parts for each in _chunks(part, today) if not _inside(each, promised)]
    outcome = _outcome(text, chunks)
    group = _group(chunks, outcome)
    day, words = _day(parts, today, promised)
    return Fields(outcome, group, day, words)


def _inside(chunk: _Chunk, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= chunk.start < end for start, end in spans)


def _chunks(part: Part, today: date) -> list[_Chunk]:
    """Sentences cut at commas and dashes, with the days left out of them."""
    days = named_days(part.text, today=today)
    found: list[_Chunk] = []
    for sentence in re.finditer(r"[^.!?;\n]+(?:\.(?=\d)[^.!?;\n]+|\.(?=\w)[^.!?;\n]+)*[.!?]*", part.text):
        at, first = sentence.start(), True
        for piece in re.split(r"(,\s+|\s+[–—-]+\s+|:\s+|\band (?=by\b)|\s+and (?=i['’ ]))", sentence[0]):
            text, start = piece, at
            at += len(piece)
            if re.fullmatch(r",\s+|\s+[–—-]+\s+|:\s+|and |\s+and ", piece) or _ASKS.search(piece):
                continue
            text, start = _without_day(text, start, days)
            bare = text.strip(" .,!;)")
            lead = len(text) - len(text.lstrip(" .,!;"))
            if bare:
                found.append(_Chunk(bare, part.start + start + lead, part.label, first))
                first = False
    return found


def _without_day(text: str, start: int, days: Sequence[Named]) -> tuple[str, int]:
    """Up to the day that it names, or behind it where nothing stands before."""
    for day in days:
        if start <= day.start < start + len(text):
            before = text[: day.start - start]
            if before.strip(" ,"):
                return before, start
            return text[day.end - start :], day.end
    return text, start


def _outcome(text: str, chunks: Sequence[_Chunk]) -> Found | None:
    """The chunk that names a measure with its change, or what sellers will do; figures that follow belong to it."""
    best: tuple[int, int] | None = None
    for at, chunk in enumerate(chunks):
        score = _outcome_score(chunk)
        if score and (best is None or score > best[0]):
            best = (score, at)
    if best is None:
        return None
    at = best[1]
    while at and not chunks[at].first and _goes_before(chunks[at - 1], chunks[at]):
        at -= 1
    last = best[1]
    while last + 1 < len(chunks) and _goes_on(chunks[last], chunks[last + 1]):
        last += 1
    words, start = _led(chunks[at])
    end = chunks[last].start + len(chunks[last].text)
    words, start = _without_group(text[start:end], start)
    words = _AS_SAID.sub("", words)
    known = bool(_CHANGE.search(words) or re.search(r"\d", words)) or bool(_BEHAVIOUR.search(words))
    return Found(words, start, clear=known)


def _goes_before(before: _Chunk, chunk: _Chunk) -> bool:
    """ "Renewals, from 84 to 90": the figures follow the measure."""
    bare = _CHANGE.search(chunk.text) and not _MEASURE.search(chunk.text)
    near = 0 <= chunk.start - before.start - len(before.text) <= 4
    return bool(
        bare
        and near
        and before.label == chunk.label
        and not _GROUP_ONLY.fullmatch(before.text)
        and not _DOES.match(before.text)
        and len(before.text.split()) <= 10
    )


def _goes_on(chunk: _Chunk, later: _Chunk) -> bool:
    near = 0 <= later.start - chunk.start - len(chunk.text) <= 3 and not later.first
    return bool(
        near
        and _CHANGE.search(later.text)
        and not _GROUP.search(later.text)
        and not later.text.lower().startswith(("i ", "you "))
    )


def _outcome_score(chunk: _Chunk) -> int:
    text = chunk.text
    if chunk.label not in (None, "outcome") or (_VAGUE.search(text) and not re.search(r"\d", text)):
        return 0
    if _DOES.match(text) and not _BEHAVIOUR.search(text):
        return 0
    measure, change = bool(_MEASURE.search(text)), bool(_CHANGE.search(text))
    score = (
        4 * (measure and change)
        + 3 * bool(_BEHAVIOUR.search(text))
        + 2 * (change and not measure)
        + (measure and not change)
    )
    score += 2 * bool(_DIRECTION.search(text)) + 3 * (chunk.label == "outcome")
    return score if score >= 1 and len(text.split()) <= 24 else 0


def _led(chunk: _Chunk) -> tuple[str, int]:
    lead = _LEAD.match(chunk.text)
    cut = lead.end() if lead and lead.end() < len(chunk.text) else 0
    return chunk.text[cut:], chunk.start + cut


def _without_group(text: str, start: int) -> tuple[str, int]:
    """ "Fewer discounts over 15% in the key account team" names a group at its end."""
    found = list(_GROUP_AT.finditer(text))
    if found and found[-1].start() > 0 and found[-1].end() == len(text) and _GROUP.search(found[-1]["group"]):
        return text[: found[-1].start()].rstrip(" ,"), start
    return text, start


def _group(chunks: Sequence[_Chunk], outcome: Found | None) -> Found | None:
    for chunk in chunks:
        if chunk.label == "group" and not _NO_GROUP.search(chunk.text):
            text, start = _led(chunk)
            return Found(text, start, clear=not _OPEN_GROUP.search(text) and not _HEDGE.match(chunk.text))
    inside = [chunk for chunk in chunks if chunk.label is None]
    for chunk in inside:
        overlaps = (
            outcome is not None
            and chunk.start < outcome.start + len(outcome.words)
            and outcome.start < chunk.start + len(chunk.text)
        )
        if overlaps:
            behind = outcome.start + len(outcome.words) if outcome else 0
            places = [m for m in _GROUP_AT.finditer(chunk.text) if chunk.start + m.start() >= behind]
            if places:
                return Found(places[-1]["group"].strip(), chunk.start + places[-1].start("group"))
            continue
        if found := _as_group(chunk):
            return found
    if outcome is not None:
        for each in _GROUP_AT.finditer(outcome.words):
            if _GROUP.search(each["group"]) or re.match(r"(?:the )?[A-ZÀ-Þ]", each["group"]):
                return Found(each["group"].strip(), outcome.start + each.start("group"))
        if (subject := _SUBJECT.match(outcome.words)) and subject["group"].lower() not in (
            "reps",
            "sellers",
            "managers",
        ):
            return Found(subject["group"], outcome.start)
    for chunk in inside:
        if (
            (named := _PEOPLE.search(chunk.text))
            and not _OBJECTING.search(chunk.text)
            and not _RATHER.search(chunk.text[: named.start()])
        ):
            return Found(named["group"], chunk.start + named.start("group"))
    return None


def _as_group(chunk: _Chunk) -> Found | None:
    """A short chunk without a verb that names people or a place."""
    if picked := _PICKED.search(chunk.text):
        return Found(picked["group"], chunk.start + picked.start("group"))
    text, start = _led(chunk)
    if _DUTY.search(text):
        return None
    text = _TAIL.sub("", _RATHER.sub("", text))
    if _OPEN_GROUP.search(text) and (everyone := _EVERY.match(text)):
        return Found(everyone[0], start, clear=False)
    if _NO_GROUP.search(text):
        return None
    if re.match(r"you (?:choose|pick|decide)\b", text, re.IGNORECASE):
        return Found(text, start, clear=False)
    if _DOES.match(text) or len(text.split()) > 7 or _CHANGE.search(text) or _BARE_NOUN.fullmatch(text):
        return None
    hedged = bool(re.match(r"(?:could be|maybe|perhaps|might be|possibly|probably)\b", chunk.text, re.I))
    if _GROUP.search(text) or _OPEN_GROUP.search(text):
        return Found(text, start, clear=not _OPEN_GROUP.search(text) and not hedged)
    if not chunk.first and re.fullmatch(
        r"(?:the |our |my )?(?:[A-ZÀ-Þ][\w'’&-]*)(?: (?:and )?[A-ZÀ-Þ][\w'’&-]*){0,2}", text
    ):
        return Found(text, start)
    return None


def _day(
    parts: Sequence[Part],
    today: date,
    promised: Sequence[tuple[int, int]],
) -> tuple[Named | None, str | None]:
    """The day of the result: one that belongs to no promise; the latest where there are several."""
    days: list[tuple[Named, Part]] = []
    for part in parts:
        for each in named_days(part.text, today=today):
            at = part.start + each.start
            if part.label != "date" and (_NEAR.search(each.words) or _elsewhere(part.text, each)):
                continue
            if not any(start <= at < end for start, end in promised):
                days.append((each, part))
    labelled = [day for day, part in days if part.label == "date"]
    sure = [day for day, _ in days if day.day is not None]
    if labelled or sure:
        pool = [day for day in (labelled or sure) if day.day is not None] or labelled
        chosen = max(pool, key=lambda day: day.day or date.min)
        return chosen, chosen.words.strip()
    if days:
        return days[-1][0], days[-1][0].words.strip()
    for part in parts:
        if (found := _DAY_WORDS.search(part.text)) and not any(
            s <= part.start + found.start() < e for s, e in promised
        ):
            return None, found[0]
    return None, None


def _elsewhere(text: str, day: Named) -> bool:
    """Whether the day is asked about, or is that of a talk or a beginning."""
    begin = max(text.rfind(mark, 0, day.start) for mark in ".!?;\n") + 1
    tail = re.search(r"[.!?;\n]", text[day.end :])
    asked = tail is not None and tail[0] == "?"
    return asked or _ASK_LATER.search(text[begin : day.start]) is not None
