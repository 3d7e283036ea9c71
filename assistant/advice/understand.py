"""Reading a question in the light of the conversation: role, shape, facts, what was tried, and what it refers to."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.advice.answer import Answer, Corrections, Facts, FollowUp, Scope, Shape, Understood
from assistant.advice.facts import one_line, read_facts, read_minutes, read_pronoun, read_tried, read_unwanted
from assistant.advice.followup import read_follow_up
from assistant.advice.language import read_language
from assistant.advice.learned import REFUSED, Learned
from assistant.advice.shape import read_setting, read_shape, split_questions
from knowledge.cards import Role
from knowledge.slots import Pronoun
from knowledge.stopwords import STOP_WORDS

Floats = NDArray[np.float32]

_I = re.IGNORECASE

REFUSE_ABOVE = 0.12
"""Together, the refusing classes need this much probability, unless a card clearly answers."""
_REFUSE_NAMED_ABOVE = 0.8
"""The same where the message names somebody of the pair, or minutes that somebody gives: it is hardly about anything else."""
_PAIR = re.compile(
    r"\b(?:my|our|the|her|his) (?:sales )?(?:VP|CRO|head of sales|learning (?:exec\w*|lead\w*|head|manager)|L&D|enablement)\b"
    r"|\b(?:gives?|gave|grants?|offers?) me (?:only |just |all of |barely )?(?:\d+|[a-z]+(?:-[a-z]+)?) minutes\b",
    _I,
)
_CLEARLY_OURS = ((0.8, 0.4), (0.6, 0.25))
"""Pairs: a card of more than this probability outweighs refusing classes of less than that."""
_SURELY_OUT = 0.75
_HUMAN_ABOVE, _HUMAN_SURE, _HUMAN_HINT, _UNKNOWN_BELOW = 0.35, 0.6, 0.2, 0.15
_PRIVATE_ABOVE = 0.5
_A_REAL_QUESTION = 5
_TO_BE_WORDED = frozenset[Shape]({"words", "message", "questions", "objection"})
_HALF_ABOVE, _HALF_HINTED = 0.12, 0.04
"""How probable it must be that part of a message is somebody else's; less where its words say so."""
_STORY_ABOVE = 0.95
"""Whoever asks for a story is refused only where it is surely about something else."""
_MARKUP = re.compile(r"!?\[[^\]]*\]\([^)]*\)|</?[a-zA-Z!][^>]*>|\bhttps?://\S+")
"""What was pasted along with a question and says nothing about it."""
_EMPTY_WORDS = STOP_WORDS | {
    "yes",
    "okay",
    "say",
    "says",
    "said",
    "just",
    "only",
    "really",
    "already",
    "please",
}
_HAND_OFFS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, _I))
    for kind, pattern in (
        ("harassment", r"\bharass\w*|\bgrop\w+|\btouche[sd] (?:me|her|him)|\binappropriate(?:ly)?\b|\bracis[tm]\w*|\bsexis[tm]\w*|\bsexual\w*|\bslurs?\b|\bdiscriminat\w+|\b(?:comment\w*|remark\w*|jokes?) (?:on|about) (?:\w+ ){0,2}(?:women|wom[ae]n's|girls?'?|body|legs|breasts|bottom|skirt|looks|religion|skin)\b|\bleer\w+|\bcatcall\w*"),
        ("bullying", r"\bbull(?:y|ies|ied|ying)\b|\bthreaten(?:s|ed) (?:me|him|her|them)\b"),
        ("health", r"\bburn(?:t|ed|ing)?[- ]?out\b|\bdepress(?:ed|ion)\b|\banxiety\b|\bpanic attacks?\b|\bcan'?t sleep\b|\btherap\w+|\bsuicid\w*|\bdrinking\b|\bsick leave\b|\bmental(?:ly)?\b|\b(?:my|his|her|a medical|got (?:a|the)|been) diagnos\w+|\billness\b|\bcancer\b|\bADHD\b"),
        ("comp", r"\bcomp(?:ensation)?[- ](?:plan|scheme|dispute|model|issue|structure)\w*|\bcommissions?\b|\bcomp\b|\bbonus(?:es)?\b|\bpa(?:id|y) (?:only )?(?:on|for|less|more)\b|\bpaid less\b|\bpay (?:plan|scheme|rise|raise|gap)\b|\bsalar(?:y|ies)\b|\baccelerators?\b|\bclawback\w*|\bSPIFFs?\b"),
        ("hr", r"\bPIPs?\b|\bperformance (?:plan|improvement|review)\w*|\bannual review\b|\bfir(?:e|ing) (?!drill)|\bterminat\w+|\blay(?:ing)?[- ]?offs?\b|\bdismiss\w*|\bgrievance\w*|\bdisciplin\w+|\bdemot\w+|\bseverance\b|\bHR (?:case|complaint|investigation)\b|\baffair\b|\bpads? (?:his|her|their) forecast"),
        ("legal", r"\blegal(?:ly)?\b|\blawyers?\b|\bsue[ds]?\b|\bsuing\b|\bGDPR\b|\bworks council\b|\bconsent\b|\brecord(?:ing|ings|ed)?\b.{0,30}\bcalls?\b|\bcalls?\b.{0,20}\brecord(?:ed|ing|ings)\b|\bliab\w+|\bcompliance\b|\bnon-?compete\b|\bcopyright\w*|\bbreach\b|\bunion\b"),
        ("tools", r"\bwhich (?:LMS|CRM|tool|software|platform|vendor)\b|\b(?:new|replace (?:the|our)|buy an?) (?:LMS|CRM)\b|\bprocurement\b|\bset up (?:the|our|a) (?:CRM|LMS|salesforce)"),
    )
)  # fmt: skip
_HURT = r"(?:(?:shout|yell|laugh|correct|criticis|criticiz|attack|mock|ridicul|blam|contradict|scold|snap|interrupt|humiliat|roast|roll|dismiss|embarrass)\w*|call(?:ed|s)|tore|tears|cuts?|dressed|(?:told|asked|put|made|said to|pointed at|questioned) (?:me|us|my|our))"
"""What is done to somebody before others; a story that is merely told before them hurts nobody."""
_FEELINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (feeling, re.compile(pattern, flags))
    for feeling, pattern, flags in (
        ("humiliated", rf"\b{_HURT}\b[^.?!]{{0,80}}\bin front of (?:everyone|everybody|the|his|her|their|my|our|all|HR|half)\b|\b(?:{_HURT}[^.?!]{{0,60}} publicly|publicly[^.?!]{{0,20}} {_HURT})\b|\bhumiliat\w+|\bembarrass(?:ed|ing) me\b|\blaughed at (?:me|us)\b", _I),
        ("afraid", r"\b(?:i'?m|i am) (?:afraid|scared|terrified|going to (?:get|be) fired)\b|\blose my job\b|\bget(?:ting)? fired\b|\bmy job(?:'s| is) on the line\b|\bboard on my neck\b", _I),
        ("angry", r"!!+|\bfurious\b|\bpissed\b|\bso angry\b|\bfed up\b|\bsick of\b|\bdone with (?:it|him|her|this)\b|\bI COULD SCREAM\b", _I),
        ("tired", r"\bexhausted\b|\btired of\b|\bburnt? out\b|\bfor (?:months|years)\b.{0,30}\bnothing\b", _I),
    )
)  # fmt: skip
_SHAPE_OF_FOLLOW_UP: dict[FollowUp | None, Shape] = {
    "why": "why", "example": "story", "objection": "objection", "say": "words", "message": "message", "questions": "questions",
    "pilot": "pilot",
}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """How a question was read, with the text and the vector `(d,)` that the search goes by."""

    understood: Understood
    text: str
    vector: Floats


def understand(
    question: str,
    *,
    role: Role,
    history: Sequence[Answer],
    embed: Callable[[str], Floats],
    learned: Learned,
) -> Reading:
    """Read `question` as the next turn of `history` (oldest first)."""
    before = next((turn for turn in reversed(history) if turn.trace.spine), None)
    follow_up = read_follow_up(question) if before else None
    plain = _MARKUP.sub(" ", question).strip() or question
    own = embed(plain)
    probabilities = learned.scopes(plain, own)
    known = max(learned.card_odds(plain, own).values())
    standalone, text, vector = question, question, own
    if before and follow_up:
        standalone = f"{before.understood.standalone} {question}"[-2_000:]
        new = says_something_new(question, follow_up)
        text = question if new else standalone
        vector = _blend(own, embed(before.understood.standalone), 0.85 if new else 0.3)
    minutes = read_minutes(question) or (before.understood.minutes if before and follow_up else None)
    shape = _shape(question, follow_up, before)
    previous = before.understood.as_said() if before else None
    pronoun, note = _pronoun(question, role, previous.pronoun if previous else None)
    scope, confidence = _scope(
        probabilities,
        known=known,
        named=_PAIR.search(question) is not None,
        follow_up=follow_up,
        in_conversation=before is not None,
        asks=question.rstrip().endswith("?") and len(question.split()) >= _A_REAL_QUESTION,
        to_be_worded=shape in _TO_BE_WORDED,
        wants_story=shape == "story",
    )
    asked = split_questions(question)
    facts, tried = read_facts(question), read_tried(question)
    understood = Understood(
        role=role,
        question=question,
        standalone=standalone,
        shape=shape,
        scope=scope,
        scope_confidence=confidence,
        follow_up=follow_up,
        setting=read_setting(question, shape=shape, minutes=minutes),
        minutes=minutes,
        facts=(previous.facts if previous else Facts()).updated(facts),
        pronoun=pronoun,
        pronoun_note=note,
        tried=_merged(previous.tried if previous else (), tried),
        unwanted=_merged(previous.unwanted if previous else (), read_unwanted(question)),
        feeling=next((name for name, pattern in _FEELINGS if pattern.search(question)), None),
        hand_off=_hand_off(question, probabilities),
        further_questions=tuple(asked[:-1]) if len(asked) > 1 else (),
        language=read_language(question),
        from_model=_still(
            previous.from_model if previous else (), {*facts.known(), *(f"tried:{t}" for t in tried)}
        ),
    )
    return Reading(understood, text, vector)


def _shape(question: str, follow_up: FollowUp | None, before: Answer | None) -> Shape:
    if follow_up in _SHAPE_OF_FOLLOW_UP:
        return _SHAPE_OF_FOLLOW_UP[follow_up]
    if follow_up == "shorter" and before:
        return before.understood.shape
    return read_shape(question)


def correct(reading: Reading, corrections: Corrections) -> Reading:
    """The reading with what the user put right; a message that is corrected is in reach."""
    read = reading.understood
    minutes = corrections.minutes or read.minutes
    shape = corrections.shape or read.shape
    facts = read.facts.model_dump() | {
        name: one_line(value)
        for name, value in corrections.model_dump(include=set(Facts.model_fields)).items()
        if value is not None
    }
    changed = read.model_copy(
        update={
            "shape": shape,
            "pronoun": corrections.pronoun or read.pronoun,
            "pronoun_note": None if corrections.pronoun else read.pronoun_note,
            "minutes": minutes,
            "setting": read_setting(read.question, shape=shape, minutes=minutes),
            "facts": Facts.model_validate(facts),
            "follow_up": None,
            "scope": "half" if read.scope == "half" else "in",
            "corrected": True,
        }
    )
    return replace(reading, understood=changed)


def says_something_new(question: str, follow_up: FollowUp | None) -> bool:
    """Whether a follow-up brings a matter of its own, rather than only asking for more of the last one."""
    if follow_up not in {"objection", "related", "tried"}:
        return False
    content = [word for word in re.findall(r"[a-z']+", question.lower()) if word not in _EMPTY_WORDS]
    return len(content) >= 3


def _blend(own: Floats, previous: Floats, share: float) -> Floats:
    """The vector of a follow-up: `share` of what it says itself, the rest of what came before."""
    mixed = share * own + (1 - share) * previous
    unit: Floats = (mixed / np.linalg.norm(mixed)).astype(np.float32)
    return unit


def _scope(
    probabilities: dict[str, float],
    *,
    known: float,
    named: bool,
    follow_up: FollowUp | None,
    in_conversation: bool,
    asks: bool,
    to_be_worded: bool = False,
    wants_story: bool = False,
) -> tuple[Scope, float]:
    """`known` is the probability of the card that most likely answers: a clear one speaks against declining.

    Whoever `asks` a whole question wants more than one human sentence; who wants something `to_be_worded` asks for no
    fact.
    """
    refusing: dict[Scope, float] = {scope: probabilities[scope] for scope in sorted(REFUSED)}
    refused = sum(refusing.values())
    limit = _REFUSE_NAMED_ABOVE if in_conversation or named else REFUSE_ABOVE
    if follow_up and follow_up != "related":
        return "in", 1 - refused
    if follow_up == "related":
        limit = 0.9
    if wants_story:
        limit = _STORY_ABOVE
    human = probabilities["human"]
    hinted = human > _HUMAN_HINT and known < _UNKNOWN_BELOW and not asks
    if refused < _SURELY_OUT and (human > (_HUMAN_SURE if asks else _HUMAN_ABOVE) or hinted):
        return "human", human
    most = max(refusing, key=refusing.__getitem__)
    if (
        most == "private" and not to_be_worded
    ):  # such facts are about the pair: naming one of them says nothing for it
        limit = min(limit, _PRIVATE_ABOVE)
    clearly_ours = most != "benchmark" and any(
        known > above and refused < out for above, out in _CLEARLY_OURS
    )
    if refused > limit and not clearly_ours:
        return most, refused
    if probabilities["half"] > max(probabilities["in"], _HALF_ABOVE):
        return "half", probabilities["half"]
    return "in", 1 - refused


def _hand_off(question: str, probabilities: dict[str, float]) -> str | None:
    for kind, pattern in _HAND_OFFS:
        if pattern.search(question) and (
            kind in {"harassment", "bullying", "health", "comp", "legal"}
            or probabilities["half"] > _HALF_HINTED
        ):
            return kind
    return None


def _pronoun(question: str, role: Role, before: Pronoun | None) -> tuple[Pronoun, str | None]:
    now = read_pronoun([question], role)
    if before in {"he", "she"} and now and now != before:
        return before, f"{before}/{now}"
    return now or before or "they", None


def _still(from_model: tuple[str, ...], now: set[str]) -> tuple[str, ...]:
    """What rests on a model's reading alone, after this message."""
    return tuple(name for name in from_model if name not in now)


def _merged(before: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*before, *now)))
