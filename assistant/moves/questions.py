"""Whether a sentence asks, and how much room its question leaves: by mark, word order and opening words.

Transcribed speech often lacks the mark and the capital, so that the order of words has to tell.
"""

from typing import Literal

from assistant.moves.sentences import plain, sentences
from knowledge.patterns import Later

Kind = Literal["open", "closed", "none"]

_LEAD = (
    r"(?:(?:and|so|but|or|okay|ok|well|um+|uh+|er+|hm+|mm-?hm+|mhm|alright|all right|now|right|yeah|yes|yep|no|sure|great|good|"
    r"then|also|just|like|oh|ah|i mean|you know|i guess|actually|because|cause|fine|fair enough|thanks|thank you|hey|look|listen|"
    r"first|honestly|really|wow|huh|wait|hang on|sorry|got it|tell me|exactly|cool|perfect|interesting|i see|let me ask(?: you)?(?: this)?|"
    r"my question is|one (?:more|last) (?:question|thing)|question|out of curiosity|in your (?:view|opinion|mind|experience))[,.:;—–-]*\s+)*"
)
_AUX = (
    r"(?:do|does|did|don't|doesn't|didn't|is|isn't|are|aren't|was|wasn't|were|weren't|am|has|hasn't|have|haven't|had|hadn't|"
    r"can|can't|could|couldn't|will|won't|would|wouldn't|should|shouldn't|may|might|shall|'s|'d|'re)"
)
_WHO = (
    r"(?:you|he|she|it|they|we|i|there|that|this|these|those|your|his|her|their|our|my|the|any|anyone|anybody|anything|everyone|"
    r"everybody|someone|somebody|people|reps|managers|either|both|all|one|some)"
)
_FACT = (
    r"(?:how (?:many|much|long|often|old|far|soon|big|large|late|early|tall|frequently|recently)|how's that\?|when|where|who|whose|which|"
    r"what (?:time|day|date|year|month|week|quarter|team|region|percentage|percent|number|age|name|grade|size|budget|role|title|dose|"
    r"sort of (?:number|time)|kind of (?:number|time))|what's (?:the|your|his|her|their) (?:name|number|date|deadline|budget|target|"
    r"headcount|baseline|quota|rate|figure|age|job title)|since when|by when|at what (?:time|age|point)|for how long)"
)
_OPEN = r"(?:what(?:'s|'re|'d|'ll)?|how(?:'s|'re|'d|'ll| come)?|why(?:'s|'d)?|in what way|what about|what else|what if|how so|to what extent)"

CUES: dict[str, Later] = {
    name: Later(pattern)
    for name, pattern in {
        "mark": r"\?[\"')]*$",
        "starts_open": rf"^{_LEAD}{_OPEN}\b",
        "starts_fact": rf"^{_LEAD}{_FACT}\b",
        "starts_aux": rf"^{_LEAD}{_AUX} {_WHO}\b",
        "wh_aux": (
            r"\b(?:what|how|why|where|when|who|which)(?: (?!do |does |did |to )[\w'-]+){0,3}? (?:do|does|did|don't|doesn't|didn't|are|is|was|were|"
            rf"would|wouldn't|could|can|can't|will|won't|should|have|has|had) {_WHO}\b"
        ),
        "wh_does": r"\b(?:what|how|why|who|which|where)(?: [\w'-]+){0,2}? (?:do|does|did|would|could|should|will|can) (?:you|your|he|she|it|they|we|i|that|this|the)\b",
        "wh_is": r"\b(?:what|how|why|who|where)(?:'s| is| are| was| were|'re) (?:the|that|your|this|it|his|her|their|going|happening|different|stopping|making|keeping|driving|behind|on|like|most|important|getting|working|not)\b",
        "aux_inside": (
            r"(?:^|[,;:.—–-] |\b(?:and|so|but|or|then|okay|well|like|now) )(?:do|does|did|don't|doesn't|didn't|are|aren't|is|isn't|was|were|have|haven't|has|had|can|could|"
            r"will|would|should|shall) (?:you|your|he|she|it|they|we|there|that|this|those|these|i)\b"
        ),
        "invites": (
            r"\b(?:tell me(?! you\b)(?: (?:a (?:little|bit)|some|more|again))*|walk me through|talk me through|take me through|help me (?:understand|see|picture)|"
            r"say (?:a (?:little|bit) )?more|describe|give me (?:a (?:sense|feel|picture|flavou?r|for instance)|an? (?:\w+ )?(?:example|idea)|the (?:story|background))|"
            r"paint (?:me )?(?:a|the) picture|fill me in|bring me up to|talk (?:a (?:little|bit) )?(?:more )?about|explain(?: to me)?|share (?:a|some|with me)|elaborate|"
            r"(?:i'd|i would) (?:like|love|be (?:curious|interested)) to (?:hear|know|understand)|"
            r"(?:i'm|i am|i was|been) (?:curious|wondering|interested)(?: (?:about|what|how|why|to))?|i wonder (?:what|how|why)|your (?:thoughts|take|view|sense|feeling)s?\b)"
        ),
        "asks_to_tell": r"\b(?:can|could|would|will) you (?:please |maybe |just |also )?(?:tell|say|describe|explain|share|talk|walk|give me|help me|elaborate|expand)\b|\bmind (?:telling|sharing|saying|if i ask)\b",
        "asks_for": r"^.{0,30}\b(?:can|could|would|will) (?:you|we|i) (?!tell|say|describe|explain|share|talk|walk)\w+",
        "open_if": r"\bwhat (?:if|would|could|might)\b",
        "feel_think": r"\b(?:what|how) (?:do|did|does|would|are|were)(?:n't)? (?:you|they|he|she|it|that|we) (?:\w+ )?(?:think|feel|make of|see|say|want|like|need|hope|mean|notice|hear|imagine|look|sound|go|respond|react)\b",
        "what_about": r"\b(?:what|how) about\b",
        "tag": r"(?:[,—–-] ?|\b)(?:right|correct|isn't it|isn't that|aren't (?:you|they|we)|don't (?:you|they|we)|doesn't (?:it|he|she)|didn't (?:you|they|it|he|she|we)|wasn't it|won't (?:you|it|they)|is that (?:right|fair|correct|it)|okay|ok|yeah|yes|no|huh|eh|hm+|you know(?: what i mean)?|does that (?:sound right|make sense|fit)|have i got that|am i right|fair|agreed|deal|true|is it|are you|do you|did you|would you|can you)\?[\"')]*$",
        "or_choice": r"\b(?:is|are|do|does|did|was|were|would|will|should|can|have|has|more) .{2,60} or (?!so\b|anything|something|whatever)\w+",
        "short": r"^(?:\S+ ?){1,4}$",
        "declarative": r"^(?:(?:and|so|but|okay|well|oh|then) )*(?:you|you're|you've|you'd|he|she|it|it's|that|that's|they|they're|we|we're|i|this|there's|the)\b.*\?$",
        "i_know_what": r"\b(?:know|see|like|love|hate|understand|remember|forget|learn|learned|told|tell (?:them|him|her|us)|show(?:ed|s)?|exactly|that's|is|was|just|depends on|doesn't matter|figure out|find out|about|on|of|into|with|say|hear|heard|get) (?:what|how|why|where|who|when|which)\b(?! (?:do|does|did|are|is|was|were|would|could|can|will|should|have|has) (?:you|we|they|he|she|it|your|the))",
        "rhetorical": (
            r"\b(?:who (?:has|'s got|knows|cares|needs|wants|wouldn't|doesn't|reads|am i to|in their right)|what's the (?:point|use|worst|harm)|why (?:would (?:i|we|anyone|anybody|a rep|they)|bother|on earth|should i|even)|"
            r"how (?:hard can|am i (?:supposed|meant)|could i (?:not|possibly)|many times (?:do|have) i)|what (?:was|am|do) i (?:supposed|meant|thinking|know)|what good|what difference does it|guess what|you know what|and for what|since when|what else is new|where do i (?:even )?(?:start|begin)|am i right|see what i mean|what do you expect|is it any wonder|isn't that (?:what|the|exactly)|do i look|says who|can you blame)\b"
        ),
        "pitch": r"\b(?:wouldn't (?:it|you|that)|don't you (?:think|want|agree)|isn't it (?:time|better|obvious)|imagine (?:if|what|a|every|your)|what if (?:i told|every|all|we (?:could|had|gave))|wouldn't you (?:rather|agree|want|say)|how (?:great|good|nice) would|aren't we)\b",
        "said": r"\b(?:asked|said|says|goes|went|was like|wondered|asking)\b[ ,:]+[\"']?(?:me |him |her |us |them )?[\"']?(?:what|how|why|do|are|is|can|who|where)\b",
        "want_to": r"^(?:(?:and|so|or) )*(?:want|wanna|need|mind|care|ready|any|anything|anyone|ever|everything|how'd|what'd|sound|make sense|got|been|feel|think|remember|see|hear|happy|fair|good|same|like what|such as)\b.*\?$",
        "doubled": r"\?.+\?",
    }.items()
}

_INVITING = Later(
    rf"^{_LEAD}(?:tell|walk|talk|take|help|say|describe|give|paint|fill|explain|i'm|i'd|i was|i wonder|share)\b(?=.*"
    + CUES["invites"].pattern
    + r")|^(?:"
    + CUES["invites"].pattern
    + r")"
)
_ASKING = Later(
    rf"^{_LEAD}(?:{_OPEN}|{_FACT}) (?:{_AUX}|[\w'-]+ {_AUX}|about|if|else|kind|sort|type|made|makes|brings?|happens?|happened|got|gets|led|stops?|keeps?|worries|matters|changed|changes)\b"
)
_EMBEDDED_OPEN = Later(
    r"\b(?:what|how|why)\b(?! (?:many|much|long|often|old|far|soon|time|day|team|region|number|percentage))"
)


def cues(sentence: str) -> set[str]:
    """Names of the cues in one sentence that is already `plain`."""
    return {name for name, pattern in CUES.items() if pattern.search(sentence)}


def kind(sentence: str, found: set[str] | None = None) -> Kind:
    """What one `plain` sentence asks: by the mark where there is one, otherwise by clear word order alone."""
    seen = cues(sentence) if found is None else found
    if "mark" in seen:
        return "open" if _is_open(sentence, seen) else "closed"
    return "none" if sentence.endswith(("!", "…")) else _unmarked(sentence, seen)


def _unmarked(sentence: str, seen: set[str]) -> Kind:
    if _INVITING.match(sentence):
        return "open"
    if seen & {"rhetorical", "pitch", "i_know_what", "said"}:
        return "none"
    if "starts_aux" in seen:
        return "open" if "asks_to_tell" in seen else "closed"
    if _ASKING.match(sentence):
        return "closed" if "starts_fact" in seen else "open"
    if "wh_does" in seen:
        return "open" if _is_open(sentence, seen) else "closed"
    return "none"


def _is_open(sentence: str, seen: set[str]) -> bool:
    if "starts_fact" in seen:
        return False
    if "starts_open" in seen or "asks_to_tell" in seen or "what_about" in seen:
        return True
    if "starts_aux" in seen:
        return "invites" in seen and "tag" not in seen
    if "invites" in seen and "tag" not in seen:
        return True
    return ("wh_aux" in seen or "wh_is" in seen or "wh_does" in seen) and bool(
        _EMBEDDED_OPEN.search(sentence)
    )


def asked(text: str) -> Kind:
    """What a turn asks: an inviting question anywhere counts before a closed one."""
    kinds = {kind(plain(sentence)) for sentence in sentences(text)}
    return "open" if "open" in kinds else "closed" if "closed" in kinds else "none"
