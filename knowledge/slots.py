"""Slots in a card's sentence: `{group|one team}` and the counterpart's pronoun `{they ration}`.

A sentence is kept as written; it is read with every slot at its default (what a citation quotes) or filled with what
the user said (what an answer shows).
"""

import re
from collections.abc import Mapping
from typing import Literal

Pronoun = Literal["they", "he", "she"]
SLOT_NAMES = frozenset(
    {"group", "metric", "outcome", "date", "region", "size", "deliverable", "baseline", "target"}
)

_SLOT = re.compile(r"\{([a-z]+)\|([^{}|]+)\}")
_PRONOUN = re.compile(r"\{((?:they|them|their|theirs|themselves)\b[^{}|]*)\}", re.IGNORECASE)
_ANY = re.compile(r"\{[^{}]*\}")
_SIMPLE = {
    "he": {"them": "him", "their": "his", "theirs": "his", "themselves": "himself", "they": "he"},
    "she": {"them": "her", "their": "her", "theirs": "hers", "themselves": "herself", "they": "she"},
}
_VERBS = {
    "are": "is", "aren't": "isn't", "have": "has", "haven't": "hasn't", "do": "does", "don't": "doesn't",
    "were": "was", "weren't": "wasn't", "go": "goes",
}  # fmt: skip
_UNCHANGED = frozenset(
    [
        "can",
        "can't",
        "cannot",
        "could",
        "couldn't",
        "will",
        "won't",
        "would",
        "wouldn't",
        "may",
        "might",
        "must",
        "should",
        "shouldn't",
        "did",
        "didn't",
        "had",
        "hadn't",
        "said",
        "saw",
        "heard",
        "told",
        "gave",
        "felt",
        "got",
        "came",
        "went",
        "made",
        "thought",
        "meant",
        "knew",
        "took",
        "left",
        "found",
        "paid",
        "lost",
        "kept",
        "put",
        "let",
        "read",
        "cut",
        "set",
        "sat",
        "ran",
        "began",
        "bought",
        "brought",
        "built",
        "chose",
        "grew",
        "held",
        "led",
        "met",
        "sent",
        "spent",
        "stood",
        "taught",
        "wore",
        "won",
        "wrote",
        "sold",
    ]
)
_ADVERBS = frozenset(
    [
        "never",
        "always",
        "only",
        "still",
        "already",
        "also",
        "often",
        "just",
        "really",
        "both",
        "now",
        "even",
        "not",
        "then",
        "soon",
    ]
)
_CONTRACTIONS = {"they're": "'s", "they've": "'s", "they'll": "'ll", "they'd": "'d"}


def slot_names(raw: str) -> frozenset[str]:
    """Names of the typed slots in a sentence as written."""
    return frozenset(match.group(1) for match in _SLOT.finditer(raw))


def unknown_braces(raw: str) -> list[str]:
    """Braces that are neither a known slot nor a pronoun, in order."""
    known = {m.group(0) for m in _SLOT.finditer(raw) if m.group(1) in SLOT_NAMES}
    known |= {m.group(0) for m in _PRONOUN.finditer(raw)}
    return [found for found in _ANY.findall(raw) if found not in known]


def fill(raw: str, values: Mapping[str, str] | None = None, pronoun: Pronoun = "they") -> str:
    """The sentence as it is read: slots from `values` or at their default, the counterpart as `pronoun`."""
    given = values or {}
    text = _SLOT.sub(lambda m: given.get(m.group(1)) or m.group(2), raw)
    text = _PRONOUN.sub(lambda m: _conjugate(m.group(1), pronoun), text)
    return text[:1].upper() + text[1:] if raw[:1] == "{" else text


def _conjugate(phrase: str, pronoun: Pronoun) -> str:
    if pronoun == "they":
        return phrase
    head, _, rest = phrase.partition(" ")
    lower = head.lower().replace("’", "'")
    forms = _SIMPLE[pronoun]
    subject = forms["they"] + _CONTRACTIONS[lower] if lower in _CONTRACTIONS else forms.get(lower, lower)
    subject = subject.capitalize() if head[0].isupper() else subject
    if not rest:
        return subject
    return f"{subject} {_third_person(rest) if lower == 'they' else rest}"


def _third_person(words: str) -> str:
    """The verb phrase with its first verb in the third person singular."""
    parts = words.split(" ")
    for position, word in enumerate(parts):
        bare = word.lower().replace("’", "'")
        if bare in _ADVERBS or (bare.endswith("ly") and bare not in {"rely", "apply", "reply", "supply"}):
            continue
        parts[position] = _verb(bare) if word.islower() else word
        break
    return " ".join(parts)


def _verb(verb: str) -> str:
    if verb in _VERBS:
        return _VERBS[verb]
    if verb in _UNCHANGED or (
        verb.endswith("ed") and verb not in {"need", "feed", "speed", "exceed", "proceed", "heed"}
    ):
        return verb
    if re.search(r"(s|x|z|ch|sh)$", verb):
        return verb + "es"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + "s"
