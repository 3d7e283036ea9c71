"""Follow-ups: what a short message asks to be done with the answer before it."""

import re

from assistant.advice.answer import FollowUp

_I = re.IGNORECASE
_LEAD_IN = r"^(?:ok(?:ay)?|and|so|but|hmm+|well|right|fine|yes|no|thanks|great|good|please)?[,. ]*"
_PATTERNS: tuple[tuple[FollowUp, str], ...] = (
    ("shorter", _LEAD_IN + r"(?:(?:make (?:it|that|this) |even |much |a bit )?(?:shorter|briefer|simpler)|shorten|too long|tl;?dr|in (?:one|a) (?:line|sentence)|in short|just the gist|sum (?:it|that) up)\b"),
    ("message", _LEAD_IN + r"(?:(?:write|draft|put|make|give me) (?:it|that|this)[^?]{0,20}(?:e-?mail|message|text|slack)|(?:as|in) an? (?:e-?mail|message|text|slack)|can you write (?:it|that))"),
    ("tried", r"\b(?:already (?:did|done|tried|do|had|asked|sent|told)|(?:did|done|tried|had|asked) (?:that|it|this)(?: already)?\b(?! work)|been there|we(?:'ve| have) (?:done|tried|had) (?:that|it|this)|too late,|that (?:didn'?t|did not) work|sent it (?:already|yesterday))"),
    ("objection", _LEAD_IN + r"(?:(?:what )?if (?:i hear|i get told|s?he|they|the vp|my vp|the manager|nobody|the two|one of them)|(?:s?he|they)(?:'d| would|'ll| will|'s going to| wouldn'?t| won'?t(?= (?:accept|agree|like|buy|listen|want|believe|say|care|have|let|give|take|do))) |(?:s?he|they) (?:says?|said|refuses?|still|just) )"),
    ("say", _LEAD_IN + r"(?:what|how) (?:do|should|can|would|could) (?:i|we) (?:actually |then |exactly |best )?(?:say|word|tell|phrase|put|open)\b[^?]{0,40}\??$|^(?:so )?(?:the words|exact words|give me (?:the )?words)[^?]{0,20}\??$"),
    ("questions", _LEAD_IN + r"what (?:do|should|can|would) (?:i|we) ask\b[^?]{0,40}\??$"),
    ("pilot", _LEAD_IN + r"what (?:would|could|might) (?:a|the) (?:small )?(?:pilot|trial) look like\??$|^(?:sketch|suggest|propose) (?:a|the) (?:small )?pilot[^?]{0,15}\??$"),
    ("why", _LEAD_IN + r"(?:why|how come)(?: (?:is )?(?:that|so|this|not|would (?:that|it) (?:work|help)))?\s*\??$"),
    ("example", _LEAD_IN + r"(?:(?:give|show|tell) me |got |have you |any |for |an? )?(?:an? |any )?(?:example|instance|story|stories|anecdote)[^?]{0,25}\??$"),
    ("next", _LEAD_IN + r"(?:what(?:'s| is)? (?:next|then|now|else)|then what|now what|what(?:'s| is) my (?:job|part|role|move|bit)(?: (?:now|then|here|from here|in (?:this|that)))?|where does that leave (?:me|us)|next(?: step)?|and (?:then|now)|after that|go on|more)\b[^?]{0,15}\??$"),
)  # fmt: skip
_OPERATIONS = tuple((operation, re.compile(pattern, _I)) for operation, pattern in _PATTERNS)
_ANAPHORA = re.compile(
    r"\b(that|this|it|them|those|he|she|they|him|her|then|there|one|pick any|from here|the (?:first|second|other) one)\b",
    _I,
)


def read_follow_up(text: str) -> FollowUp | None:
    """The operation a short message asks for; "related" if it only makes sense with what came before; None if it stands alone."""
    words = len(text.split())
    if words > 30:
        return None
    for operation, pattern in _OPERATIONS:
        if pattern.search(text) and (words <= 16 or operation in {"tried", "objection"}):
            return operation
    leading = re.match(r"(?i)^(and|but|so|ok|then|no|yes|also)\b", text)
    return "related" if words <= 14 and (leading or _ANAPHORA.search(text)) else None
