"""`read_reply`: a pasted reply, what it says, and what has still to be asked."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant.debrief.weigh import Weights
from assistant.errors import InputRefusedError
from assistant.pilots.days import show_date
from assistant.reply.fields import Fields, Found, read_fields
from assistant.reply.own import Part, is_away, own_parts
from assistant.reply.promises import Promise, find_promises
from prompts import phrase

Asked = Literal["outcome", "group", "date", "answer", "who"]
ASKED: tuple[Asked, ...] = ("outcome", "group", "date", "answer", "who")
MOST_CHARACTERS = 20_000
_YES = re.compile(
    r"^\W*(?:yes|yep|yeah|yup|sure|ok go|go ahead|happy (?:with|to go)|agreed|fine by me|deal|let's do it|count me in|i'm in|sounds (?:good|fine|reasonable|right|sensible|great)|ok(?:ay)? (?:for|with|to)|go for it|let's go|fine(?=[.,!])|happy for you|no (?:objections?|problem)|works for me|absolutely|of course|gladly|very well|go(?=[.!]))\b|(?:[,:.]|\b(?:so|a|to|hi|hello))\s+yes\b|^\W*(?:ok|well|hi)\W+yes\b|\b(?:yes to|yes,? go ahead|go ahead|count me in|i'm in|happy with that|you have my (?:yes|ok))\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(?:nah|can't|cannot|we can't|i would rather not|i'd rather not|sorry\b[^.!?]{0,20}\bcan't|no(?! (?:objection|problem|worries|idea|rush|need|doubt|wonder))|nope|nein|non|nee|not (?:this|now|before|in|for))\b|\b(?:i'd say no|no to|that's a no|have to say no|i'll pass|count me out|can't do (?:it|this|that)|not going to happen|let's not|not doing (?:this|that|it))\b",
    re.IGNORECASE,
)
_ONLY_IF = re.compile(r"\byes,?\s+(?:but|if|provided|unless)\b", re.IGNORECASE)
_NO_TO_SOME = re.compile(r"\bno(?:\s+to\b|t\b|,\s+not\b)", re.IGNORECASE)
"""A no to a part, beside which a yes is one."""
_YES_ELSEWHERE = re.compile(
    r"^\W*(?:(?:hallo|bonjour|hola|ciao|dag|beste|liebe[r]?)\b[^.,!\n]*[.,!]\s*)?(?:ja|gerne?|bin dabei|einverstanden|oui|d['’]accord|volontiers|sí|si|vale|adelante|de acuerdo|va bene|certo|volentieri|akkoord|graag)\b(?!,?\s+(?:aber|mais|pero|ma|maar)\b)",
    re.IGNORECASE,
)
_NO_ELSEWHERE = re.compile(
    r"^\W*(?:(?:hallo|bonjour|hola|ciao|dag|beste|liebe[r]?)\b[^.,!\n]*[.,!]\s*)?(?:nein|leider nicht|non|nee|no)\b|\bc['’]est non\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"^\W*(?:ok(?:ay)?|k|thx|thanks|noted|got it|fine|👍|hm+)\W*$", re.IGNORECASE)
_SARCASM = re.compile(
    r"\boh,? (?:wonderful|great|brilliant|joy|sure|goody|lovely|good|fantastic|super)\b|\banother (?:pilot|programme|initiative|workshop)\b|\byeah,? (?:right|sure)\b|\bwhen (?:hell|pigs)\b|\bby tomorrow lunch\b|\bi can hardly wait\b|\bcan't wait\b|\bwhat could (?:possibly )?go wrong\b|\bpersonally carry\b|\bof course you (?:do|would)\b|\bhow (?:lovely|original|exciting)\b|\bput me down for\b",
    re.IGNORECASE,
)
_OBJECTS = re.compile(
    r"\b(?:we (?:did|tried|had) (?:this|that|it)|lost \w+ (?:selling )?(?:days|weeks|hours)|underwater|wrong (?:team|time|number|problem)|isn't (?:the|our) problem|(?:is|training is) our problem|swamped|drowning|up to here|we're losing|we are losing|won't put|can't spare|no time|too (?:busy|early|late|much|many|soon)|not this (?:quarter|month|year)|isn't the problem|is the problem|the problem is|won't (?:touch|help|fix|change)|waste|tried (?:that|it|this)|didn't work|last time|can't (?:put|promise|commit|see|afford|take|do)|no (?:budget|people|capacity|headcount|hours|appetite)|on leave|freeze|frozen|reorgani[sz]ation|i'd say no|no to|"
    r"not (?:convinced|sure (?:this|it|that)|keen|ready|happy|a fan)|worried|concern\w*|i don't (?:see|think|want|believe|get)|what's (?:in it|the point)|who is this for|another (?:pilot|programme|workshop|course|training|initiative)|but (?:my|our|the|i|we|not|please)|don't (?:want|need|have)|doesn't (?:work|help)|not (?:my|our) (?:job|priority))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reply says; every stretch is verbatim. `unclear` are the things that have to be asked."""

    text: str
    outcome: str | None
    group: str | None
    day: date | None
    day_words: str | None
    answer: Literal["yes", "no"] | None
    promises: tuple[Promise, ...]
    objection: str | None
    unclear: tuple[Asked, ...]
    away: bool
    english: bool

    def questions(self, name: str) -> list[str]:
        """What to ask, in the order of the four things; `name` is who wrote the reply."""
        if self.away:
            return [phrase("reply", "away", name=name)]
        if not self.english:
            if self.answer:
                return [phrase("reply", "other-language-answered", answer=self.answer)]
            return [phrase("reply", "other-language")]
        return [self._question(each) for each in self.unclear]

    def _question(self, asked: Asked) -> str:
        given = {"outcome": self.outcome, "group": self.group, "date": self.day_words}.get(asked)
        return (
            phrase("reply", f"ask-{asked}-again", words=given) if given else phrase("reply", f"ask-{asked}")
        )

    def as_contract(self, name: str) -> dict[str, Any]:
        """As `counterpart reply --json` gives it."""
        return {
            "outcome": self.outcome,
            "group": self.group,
            "date": self.day.isoformat() if self.day else None,
            "date_words": self.day_words,
            "answer": self.answer,
            "promises": [
                {
                    "who": each.who,
                    "what": each.what,
                    "by": each.due.isoformat() if each.due else None,
                    "by_words": each.due_words,
                    "quote": self.text[each.start : each.end],
                }
                for each in self.promises
            ],
            "objection": self.objection,
            "unclear": list(self.unclear),
            "questions": self.questions(name),
        }

    def in_words(self) -> list[tuple[str, str]]:
        """What was found, for people: a label and the words."""
        rows = [("Outcome", self.outcome), ("Group", self.group), ("By", _day(self.day, self.day_words)),
                ("Answer", self.answer), ("Objection", self.objection)]  # fmt: skip
        return [(label, words) for label, words in rows if words]


def read_reply(
    text: str, *, received: date, language: Callable[[str], str], weights: Weights | None = None
) -> Reply:
    """A reply that came on `received`. Raises `InputRefusedError` for nothing, or for far too much."""
    if not text.strip():
        raise InputRefusedError("There is nothing to read", next_step="Paste the reply as it came")
    if len(text) > MOST_CHARACTERS:
        raise InputRefusedError(
            f"The reply has {len(text):,} characters; {MOST_CHARACTERS:,} are read at most",
            next_step="Paste only the last mail of it",
        )
    parts = own_parts(text)
    own = "\n".join(part.text for part in parts)
    english = language(own or text) == "en"
    if is_away(text) or not parts or not english or _SARCASM.search(own) or _BARE.match(own):
        objection = _objection(parts) if english and not is_away(text) else None
        answer = None if english or is_away(text) else _answer_elsewhere(own)
        asked = tuple(each for each in ASKED if each != "answer" or answer is None)
        return Reply(text, None, None, None, None, answer, (), objection, asked, is_away(text), english)
    promises = find_promises(parts, today=received, weights=weights)
    spans = [(each.start, each.end) for each in promises]
    fields = read_fields(text, parts, today=received, promised=spans)
    answer, both = _answer(parts)
    return Reply(
        text,
        fields.outcome.words if fields.outcome else None,
        fields.group.words if fields.group else None,
        fields.day.day if fields.day else None,
        fields.day_words,
        answer,
        tuple(promises),
        _objection(parts),
        _unclear(fields, answer, promises, both=both),
        away=False,
        english=True,
    )


def _answer(parts: list[Part]) -> tuple[Literal["yes", "no"] | None, bool]:
    """Yes or no, where it is one of them; both at once are neither."""
    sentences = [
        each for part in parts if part.label is None for each in re.split(r"(?<=[.!?;])\s+", part.text)
    ]
    yes = any(_YES.search(each) for each in sentences)
    no = any(_NO.search(each) for each in sentences)
    if any(_ONLY_IF.search(each) for each in sentences):
        return None, False
    if yes and no and any(_NO_TO_SOME.search(each) for each in sentences):
        return "yes", False
    if yes and no:
        return None, True
    return ("yes" if yes else "no" if no else None), False


def _answer_elsewhere(own: str) -> Literal["yes", "no"] | None:
    """Yes or no in German, French, Spanish, Italian or Dutch, where the mail begins with it."""
    if _NO_ELSEWHERE.search(own):
        return "no"
    return "yes" if _YES_ELSEWHERE.search(own) else None


def _unclear(fields: Fields, answer: str | None, promises: list[Promise], *, both: bool) -> tuple[Asked, ...]:
    firm = [each for each in promises if each.firm]
    open_ones = {
        "outcome": fields.outcome is None or not fields.outcome.clear,
        "group": fields.group is None or not fields.group.clear,
        "date": fields.day is None or fields.day.day is None,
        "answer": (both and not firm)
        or (answer is None and not both and not promises and not _says(fields.outcome)),
        "who": not firm,
    }
    return tuple(each for each in ASKED if open_ones[each])


def _says(found: Found | None) -> bool:
    return found is not None


def _objection(parts: list[Part]) -> str | None:
    """The sentence that says what stands against it, verbatim; one with a reason before a bare no."""
    found = [
        sentence.strip(" .!")
        for part in parts
        for sentence in re.split(r"(?<=[.!?])\s+", part.text)
        if _OBJECTS.search(sentence) and len(sentence.split()) > 2
    ]
    return next((each for each in found if len(each.split()) > 5), found[0] if found else None)


def _day(day: date | None, words: str | None) -> str | None:
    return show_date(day) if day else words
