"""What shape of answer a question asks for, and in which setting it will be used.

The rules go from explicit requests ("write the e-mail") to what the grammar suggests (a question that starts with a
verb wants yes or no). The last request of a message wins, since people tell first and ask last.
"""

import re
from typing import Literal

from assistant.advice.answer import Shape
from knowledge.patterns import Later

Setting = Literal["hallway", "ten-minutes", "thirty-minutes", "email"]

_I = re.IGNORECASE
_AUX = r"(?:do|does|did|should|can|could|would|wd|might|shall|may|'d)"
_WORDS = (
    rf"(?:what|how) ?(?:exactly |else |even |on earth )?{_AUX} (?:i|we|you) (?:actually |best |even |ever )?(?:say|tell|answer|reply|respond|word|phrase|put|counter)\b|"
    rf"\bhow ?{_AUX} (?:i|we|you) (?:best )?(?:bring (?:\w+ ){{1,3}}up|raise (?:it|that|this)|break (?:it|this|that)|offer|open|start (?:the|that) (?:talk|conversation)|ask (?:for|him|her|them))\b|"
    r"\b(?:what|how) to (?:say|answer|reply|respond|word|phrase|put it)\b|what should (?:i|we) have said|\bwhat'?s (?:my|a good|the(?: best)?) (?:opening )?(?:line|comeback|answer)|"
    r"\bopening line|\bfirst (?:line|sentence)|\b(?:the|some|give me|need|want) (?:exact |a |two )?(?:words|wording|phrasing|script|sentences?|lines?)\b|\bscript\b|"
    r"\bwhat would (?:i|you) (?:even )?say\b|\bwhat (?:do|should|can|could) i do i say\b|"
    r"\b(?:one|a|two|three) (?:sentences?|lines?)\b.{0,30}\b(?:to|for|that|i)\b|\bsay (?:to|it to) (?:him|her|them)\b|as in:? how do i tell|\bhow (?:do|should|can) i (?:own up|admit|confess|apologise)"
)
_MESSAGE = (
    r"\b(?:write|draft|compose|word|send|phrase|type|give me|need|make|reply to|help me with|put together)\b[^.?!]{0,40}\b(?:e-?mail|mail|slack|teams msg|msg|message|text|dm|note|invite|invitation|one[- ]pager|memo|brief(?!ing)|(?<!front-)(?<!front )lines?)\b|"
    r"\b(?:follow[- ]?up|short|quick|recap) (?:e-?mail|mail|message|note)\b|\bas an? (?:e-?mail|message|text|slack)|\be-?mail (?:to|for|asking)\b|\bjust the text\b|what(?:'s| is) my follow-?up e-?mail|"
    r"what do i write (?:to|as|back)|\bwrite me the message|\b(?:want|have|need|like) to write (?:to|back)\b|\bthe (?:note|mail|e-?mail|message) i owe\b|\bfind the tone\b"
)
_QUESTIONS = (
    rf"\b(?:what|which|how) ?{_AUX} (?:i|we|you) (?:be |have |even )?ask(?:ing|ed)?\b|\b(?:give me|need|want|suggest|any|some|two|three|four|five|six|\d+|good|best|the right|which|what) (?:\w+ ){{0,2}}questions?\b|"
    r"^questions? (?:to|for|that)|\bquestions? (?:to ask|i (?:can|should|could))|\bwhat (?:three|two|five) questions|\bwhat to ask\b|\ba question (?:for|to|that)\b"
)
_METRIC = (
    r"\b(?:which|what|a|the right|best|good) (?:\w+ )?(?:metrics?|kpis?|measures?|indicators?|numbers?) (?:should|would|do|could|can|to|for|is|tells?|shows?|moves?|would you)|"
    rf"\bleading indicators?\b|\bhow ?{_AUX} (?:i|we|you) (?:measure|count|track|calculate|define)\b|\b(?:what|which) ?{_AUX} (?:i|we|you) (?:watch|measure|track|count)\b|"
    r"\bwhat (?:do|does) \w+ (?:rate|time|cycle) (?:mean|measure)|\bmeasure\b[^.?!]{0,40}\bor\b|^(?:which|what) (?:number|metric|kpi)s?\b"
)
_PILOT = (
    r"\b(?:sketch|design|scope|draft|suggest|propose|plan|outline|set up|shape|build)\b[^.?!]{0,30}\b(?:pilot|trial|experiment)|\b(?:pilot|trial|experiment) (?:idea|scope|plan|design|proposal|for)|"
    r"\bwhat (?:would|could|should|might) (?:a|the|our|my) (?:\w+ )?(?:pilot|trial|experiment)|\bwhat(?:'s| is) a (?:good|sensible|small) (?:pilot|trial)|\bhow do i (?:run|set up|start) a (?:pilot|trial)|"
    r"\b(?:sketch|outline|lay (?:it )?out|suggest)\b[^.?!]{0,25}\b(?:something|thing)\b[^.?!]{0,25}\b(?:small|try)\b"
)
_STORY = (
    r"\b(?:any|got|have you|(?:do|did|would) (?:you|we) have|tell me|give me|need|want|share|know) (?:\w+ ){0,2}(?:stor(?:y|ies)|example|anecdote|case stud(?:y|ies)|case)\b(?! of a question)|"
    r"\bstory (?:i (?:can|could)|to) (?:tell|use|share)|\bfor example\?|\bfor instance\?|^(?:an?|one) (?:\w+ )?(?:story|anecdote) (?:about|of|on|where|from)\b|\ban? (?:\w+ )?(?:story|example|anecdote)\s*(?:\?|$|please|pls)"
)
_PLAN = (
    r"\b(?:agenda|run ?sheet)\b|\bplan (?:it|them|that)\b|\bplan (?:for )?(?:the|my|our|a|an)? ?(?:\d+|ten|fifteen|twenty|thirty|half|hour|meeting|slot|time|session|first)|"
    rf"\bhow ?{_AUX}? (?:best to |best )?(?:i |we |you )?(?:best )?(?:use|spend|structure|run|fill|split|lay out)\b|\bwhat (?:do|should|can) (?:i|we) do with (?:it|the (?:hour|time|minutes|slot|session)|\w+ minutes)\b|"
    r"\bwhat goes first\b|\bstep by step\b|\bwalk me through\b"
)
_WHY = r"\bwhat'?s? (?:is )?the diff?er?ence\b|^(?:but |and |so |ok(?:ay)?,? )?(?:why|how come)\b|\bwhat(?:'s| is) the (?:reason|difference|differnce|point)\b|\bwhy (?:does|do|did|is|are|would|should)\b[^.?!]*\?\s*$"
_OBJECTION = (
    r"\b(?:he|she|they|my (?:vp|boss|ceo|cro|manager|counterpart|learning lead\w*)|the (?:vp|ceo|cro|cfo|manager|managers|reps)|(?:one|a) (?:rep|manager)|reps?|managers?)(?:'ll|'d| will| would)? "
    r"(?:just |always |keeps? |only |now )?(?:says?(?! (?:things|stuff))|said|saying|told me|replied|answers?|answered|asks|claims?|thinks?|argues?|insists?|goes|go|writes?)\b|"
    r"\b(?:and )?(?:what )?if (?:s?he|they|the vp|the manager|the reps?) (?:says?|wants?|asks|refuses|doesn'?t|won'?t|pushes|laughs|insists|thinks)"
)
_VERB_FIRST = r"^(?:so |and |but |ok(?:ay)?,? |then |hey,? |quick one: )?(?:should|shall|can|could|is|are|am|do|does|did|would|will|must|may|might|ought|was|were|have|has|isn't|aren't|don't|doesn't|shouldn't|worth|ok to|fair to|too early|is it)\b"
_YES_NO_TAIL = r"\b(?:isn'?t it|isn'?t that|aren'?t (?:they|we|you)|don'?t you think)\?*\s*$|\bcan i\s*\?*$|\bis that (?:\w+ )?\w+\?\s*$|\b(?:worth (?:it|telling|doing|asking|\w+ing)|right|ok(?:ay)?|good idea|fair|yes or no|too early|too late|or not)\?\s*$"
_EITHER = (
    r"\b(?:either|rather|better|first|which(?: one)?)\b[^.?!]*\bor\b[^.?!]*\??|^[^.?!,]{3,60}\bor\b[^.?!]{3,60}\?+\s*$|"
    r"^[^.?!,]{3,45} or (?!not\b|so\b|more\b|two\b|three\b|anything|something|else\b|less\b)[^.?!]{3,45}$|\bwhich way\b|\bwho(?:m)? (?:do|should|would) i (?:give|pick|choose|send|take)\b[^.?!]*\bor\b|"
    r"\b(?:do|should|shall|is|are|would|can|am) [^.?!]*\bor\b(?! not\b)(?! (?:so|anything|something|two|three|more))[^.?!]*\?|\b(?:her|his|their|my) (?:fault )?or (?:mine|his|hers|theirs)\b"
)

_REQUESTS: tuple[tuple[Shape, str], ...] = (
    ("message", _MESSAGE), ("questions", _QUESTIONS), ("pilot", _PILOT), ("words", _WORDS), ("plan", _PLAN),
    ("metric", _METRIC), ("story", _STORY),
)  # fmt: skip
_HINTS: tuple[tuple[Shape, str], ...] = (
    ("either-or", _EITHER), ("why", _WHY), ("yes-no", f"{_VERB_FIRST}|{_YES_NO_TAIL}"),
)  # fmt: skip
_RULES = tuple((shape, Later(pattern, _I)) for shape, pattern in _REQUESTS)
_GRAMMAR = tuple((shape, Later(pattern, _I)) for shape, pattern in _HINTS)
_OBJECTION_RE = Later(_OBJECTION, _I)
_RHETORICAL = Later(
    r"\b(are you (?:kidding|serious)|really|seriously|you know\?|can you believe|who does that|isn't it)\b",
    _I,
)
_HALLWAY = Later(
    r"\b(corridor|hallway|elevator|lift|coffee machine|in passing|walking (?:in|out)|canteen)\b", _I
)
_SOON = Later(r"\b(?:in|got|have) (?:about |only )?(?:5|10|15|20|five|ten|fifteen|twenty) min", _I)
_EMAIL = Later(r"\b(e-?mail|mail|slack|teams|message|msg|text|write|dm)\b", _I)
_SENTENCES = Later(r"(?<=[.?!;])\s+|\n+")


def read_shape(text: str) -> Shape:
    """The shape asked for: the last explicit request, otherwise what the last question's grammar suggests."""
    parts = [part for part in _SENTENCES.split(text.strip()) if part]
    for part in reversed(parts[-3:]):
        for shape, pattern in _RULES:
            if pattern.search(part):
                return shape
        if part.endswith("?") and (shape_of := _grammar(part)):
            return shape_of
    if _OBJECTION_RE.search(text) and not text.rstrip().endswith("?"):
        return "objection"
    return _grammar(parts[-1]) or "advice" if parts else "advice"


def _grammar(part: str) -> Shape | None:
    if _OBJECTION_RE.search(part) and re.search(r"(?i)\bif\b", part):
        return "objection"
    clause = re.split(r",\s+(?=should|can|do|does|is|are|would|may|worth)", part, flags=_I)[-1]
    for shape, pattern in _GRAMMAR:
        if pattern.search(part) or (shape == "yes-no" and pattern.search(clause)):
            return shape
    return None


def read_setting(text: str, *, shape: Shape, minutes: int | None) -> Setting | None:
    """Where the words will be used, as far as the message says."""
    if shape == "message":
        return "email"
    if _HALLWAY.search(text):
        return "hallway"
    if minutes is not None and (minutes <= 20 or _SOON.search(text)):
        return "ten-minutes"
    return "thirty-minutes" if minutes is not None else None


def split_questions(text: str) -> list[str]:
    """The questions of a message that carry a question mark, in order, each with at least three words."""
    return [
        part.strip()
        for part in _SENTENCES.split(text)
        if part.strip().endswith("?") and len(part.split()) >= 3
    ]


def is_rhetorical(question: str) -> bool:
    """Whether a question mark only adds emphasis ("Really??", "are you kidding?")."""
    return len(question.split()) < 4 or _RHETORICAL.search(question) is not None
