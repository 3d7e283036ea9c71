"""The learner's own words, turned round for the one who heard them: “I never met one” is “You never met one” to him."""

import re

from assistant.moves.sentences import sentences
from assistant.rehearsal.words import content

_MOST, _LEAST = 13, 3
_START = re.compile(
    r"^(?:(?:yes|no|well|so|honestly|to be honest|maybe|look|ok|okay|right|and|but|because|then|fair enough|sorry|"
    r"frankly|actually)[,.]? )*",
    re.IGNORECASE,
)
_OURS = re.compile(r"^(?:i|i'm|i've|i'd|we|we're|we've|we'd|my|our)\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"^(?:i|we)(?:'ll| will|'d like| would like| want| think| mean| noticed| saw| heard| feel| felt| like| love|"
    r" know| hear| understand| see| guess| wonder| hope| agree|"
    r" appreciate| suppose)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r",? (?:if you|you know|to be|honestly|though|as you|come to think)\b[^,]*$")
_NOUN = re.compile(
    r"\b(?P<whose>the|your|my|our|their|his|her|this|that) (?P<noun>(?:[a-z]+[- ]){0,1}?[a-z]{3,})"
    r"(?=[?.,!]|$| (?:in|at|of|on|for|with|do|does|did|is|are|was|were|to|say|said|think|when|if|about)\b)",
    re.IGNORECASE,
)
_TIMES = frozenset(
    {"moment", "morning", "week", "month", "year", "day", "time", "end", "way", "thing", "one", "most"}
)


def turned(said: str) -> str | None:
    """What the learner said of his own side, in the counterpart's mouth; None where no short sentence is of that kind."""
    for sentence in sentences(said):
        bare = _START.sub("", sentence.strip().replace("’", "'"))
        bare = _ASIDE.sub("", bare)
        words = bare.rstrip(".!?").split()
        plain = _OURS.match(bare) and not _TO_COME.match(bare)
        if plain and not bare.endswith("?") and _LEAST <= len(words) <= _MOST and content(bare):
            return _turned_words(re.sub(r", [A-Z][a-z]+$", "", bare.rstrip(".!")).split())
    return None


def matter(said: str) -> str | None:
    """What a question is about, as he would repeat it: the last “the …” or “your …” in it."""
    for found in reversed(list(_NOUN.finditer(said.replace("’", "'")))):
        noun = found["noun"].lower()
        if not _TIMES & set(noun.split()) and content(noun):
            whose = _OTHER.get(found["whose"].lower(), found["whose"].lower())
            return f"{whose} {found['noun']}"
    return None


_LONGEST_ASKED = 14
_TAG = re.compile(
    r",? (?:is|are|was|do|does|did|has|have|can|could|would|will|should)(?:n't)? (?:it|he|she|they|you|we|i|that)$",
    re.IGNORECASE,
)
"""“…, isn't it?” asks for nothing that he could say over."""
_AUX = frozenset({
    "do", "did", "does", "would", "could", "can", "will", "should", "may", "might", "have", "had", "has", "was", "must",
    "shall", "if", "when", "that", "what", "which", "why", "how", "before", "because", "and", "but", "whether", "than",
    "where", "who",
})  # fmt: skip
_BEGINS = _AUX | {
    "is",
    "are",
    "am",
    "were",
    "isn",
    "aren",
    "whose",
    "whom",
    "don",
    "doesn",
    "didn",
    "since",
    "by",
    "have",
    "if",
}
_PAIRS = {
    ("are", "you"): "am I", ("were", "you"): "was I", ("aren't", "you"): "am I not", ("weren't", "you"): "wasn't I",
    ("am", "i"): "are you", ("was", "i"): "were you", ("you", "are"): "I am", ("you", "were"): "I was",
    ("i", "am"): "you are", ("i", "was"): "you were",
}  # fmt: skip
_OTHER = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "i'm": "you're", "i've": "you've",
    "i'd": "you'd", "i'll": "you'll", "we": "you", "we're": "you're", "we've": "you've", "we'd": "you'd", "our": "your",
    "us": "you", "your": "my", "yours": "mine", "yourself": "myself", "you're": "I'm",
    "you've": "I've", "you'd": "I'd", "you'll": "I'll",
}  # fmt: skip


def question(said: str) -> str | None:
    """The last question of a line as he would say it over to himself; None where it is too long for that."""
    asks = [each for each in sentences(said) if each.rstrip().endswith("?")]
    bare = _START.sub("", asks[-1].strip().replace("’", "'")).rstrip("? ") if asks else ""
    words = bare.replace(",", " ,").split()
    begins = words[0].lower().partition("'")[0] if words else ""
    if (
        not 2 <= len(words) <= _LONGEST_ASKED
        or begins not in _BEGINS
        or "tell me" in bare.lower()
        or _TAG.search(bare)
    ):
        return None
    return _turned_words(words)


def _turned_words(words: list[str]) -> str:
    """These words from the other one's side."""
    found, at = [], 0
    while at < len(words):
        pair = _PAIRS.get((words[at].lower(), words[at + 1].lower())) if at + 1 < len(words) else None
        found.append(pair or _other_word(words, at))
        at += 2 if pair else 1
    said = " ".join(found).replace(" ,", ",")
    return said[:1].upper() + said[1:]


def _other_word(words: list[str], at: int) -> str:
    bare = words[at].rstrip(",;:")
    low, tail = bare.lower(), words[at][len(bare) :]
    if low == "you":
        subject = at + 1 < len(words) and (at == 0 or words[at - 1].lower() in _AUX)
        return ("I" if subject else "me") + tail
    return _OTHER.get(low, bare) + tail
