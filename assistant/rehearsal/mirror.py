"""The learner's own words, turned round for the one who heard them: “I never met one” is “You never met one” to him."""

import re

from assistant.moves.sentences import sentences
from assistant.rehearsal.words import content

_MOST, _LEAST = 13, 3
_START = re.compile(
    r"^(?:(?:yes|no|well|so|honestly|to be honest|maybe|look|ok|okay|right|and|but|because|then|fair enough|sorry|frankly|actually)[,.]? )*",
    re.IGNORECASE,
)
_OURS = re.compile(r"^(?:i|i'm|i've|i'd|we|we're|we've|we'd|my|our)\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"^(?:i|we)(?:'ll| will|'d like| would like| want| think| mean| know| hear| understand| see| guess| wonder| hope| agree|"
    r" appreciate| suppose)\b",
    re.IGNORECASE,
)
_TURNED = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "i'm": "you're", "i've": "you've",
    "i'd": "you'd", "i'll": "you'll", "am": "are", "we": "you", "we're": "you're", "we've": "you've", "we'd": "you'd",
    "us": "you", "our": "your", "ours": "yours", "your": "my", "yours": "mine",
}  # fmt: skip
_HIM = re.compile(r"\b(?:you|you're|you've|you'd|you'll|yourself)\b", re.IGNORECASE)
_WAS = re.compile(r"\b(I|we) was\b", re.IGNORECASE)
_NOUN = re.compile(
    r"\b(?P<whose>the|your|my|our|their|his|her|this|that) (?P<noun>(?:[a-z]+[- ]){0,1}?[a-z]{3,})(?=[?.,!]|$| (?:in|at|of|on|for|with|do|does|did|is|are|was|were|to|say|said|think|when|if|about)\b)",
    re.IGNORECASE,
)
_TIMES = frozenset({"moment", "morning", "week", "month", "year", "day", "time", "end", "way", "thing", "one", "most"})


def turned(said: str) -> str | None:
    """What the learner said of his own side, in the counterpart's mouth; None where no short sentence is of that kind."""
    for sentence in sentences(said):
        bare = _START.sub("", sentence.strip().replace("’", "'"))
        words = bare.rstrip(".!?").split()
        plain = _OURS.match(bare) and not _TO_COME.match(bare) and not _HIM.search(bare)
        if plain and not bare.endswith("?") and _LEAST <= len(words) <= _MOST and content(bare):
            return _turn(bare.rstrip(".!"))
    return None


def _turn(clause: str) -> str:
    clause = _WAS.sub(lambda found: f"{found[1]} were", clause)
    found = " ".join(_word(each) for each in clause.split())
    return found[:1].upper() + found[1:]


def _word(word: str) -> str:
    bare = word.rstrip(",;:")
    return _TURNED.get(bare.lower(), bare) + word[len(bare) :]


def matter(said: str) -> str | None:
    """What a question is about, as he would repeat it: the last “the …” or “your …” in it."""
    for found in reversed(list(_NOUN.finditer(said.replace("’", "'")))):
        noun = found["noun"].lower()
        if not _TIMES & set(noun.split()) and content(noun):
            whose = _TURNED.get(found["whose"].lower(), found["whose"].lower())
            return f"{whose} {found['noun']}"
    return None
