"""What the model is told of a stretch: its words, the shape of its verb, who does it, and what stands around it."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.debrief.dates import Named
from assistant.debrief.owners import Cast
from assistant.debrief.units import Unit
from assistant.debrief.words import DONE, EARLIER, SARCASM, TAKEN_BACK, WISHED
from assistant.textmodel import stems

Signs = dict[str, float]
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[?%&+>=]|:$")
_I = re.IGNORECASE
STEM, AROUND = 0.5, 0.35
_SHAPES = {
    "will": re.compile(r"\b(?:will|shall|gonna)\b|['’]ll\b|\b(?:i|she|he|we|they)ll\b(?<!\bill)|\bgoing to\b", _I),
    "would": re.compile(r"\bwould\b|['’]d\b(?!\s+\w+(?:ed|en)\b)|\b(?:he|she|they)d\b", _I),
    "should": re.compile(r"\b(?:should|ought)\b", _I),
    "could": re.compile(r"\b(?:could|can|might|may)\b", _I),
    "must": re.compile(r"\b(?:must|has to|have to|need to|needs to|got to)\b|\b(?:am|is|are|['’]m|['’]s|['’]re) to\b", _I),
    "not": re.compile(r"\b(?:not|never|no|nothing|nobody|none|neither|nor|without)\b|n['’]t\b|\b(?:wont|dont|cant|didnt|isnt|doesnt|wouldnt)\b", _I),
    "if": re.compile(r"\b(?:if|unless|provided|depending|whether|assuming|once|subject to|should (?:the|he|she|they))\b", _I),
    "past": re.compile(r"\b(?:was|were|had|did|went|came|got|gave|took|left|made|sent|brought|wrote|told|asked|\w{3,}ed)\b", _I),
    "ing": re.compile(r"(?:['’](?:m|s|re)|\b(?:am|is|are|im|hes|shes))\s+(?:\w+\s+)?\w{2,}ing\b", _I),
    "has": re.compile(r"\b(?:has|have)\s+\w+(?:ed|en|t)\b|['’]ve\b", _I),
    "undertook": re.compile(r"\b(?:promis|agree|offer|volunteer|undert|commit|pledg|swor|swear|took (?:it|that|the|them|on|away|charge)|takes? (?:it|that|on)|sign(?:ed|s)? up|put (?:his|her|my|their|its) (?:name|hand)|gave (?:me|him|her|us) (?:his|her|my|their) word|said yes|settled|landed|shook|leave (?:it|that) with|left (?:it|that|with|me)|down to|on the hook|owes?\b|in (?:his|her|my|our) court|action|homework|my job|job is|mine\b|hers\b|yours\b)\w*", _I),
}  # fmt: skip
_AROUND = {
    "jibe": SARCASM, "wish": WISHED, "earlier": EARLIER, "done": DONE, "taken back": TAKEN_BACK,
    "nothing": re.compile(r"\b(?:nothing|no one|nobody|none of|not a (?:thing|date|word)|no promises?|neither of)\b", _I),
    "again": re.compile(r"\b(?:again|always|every time|keeps?|still|last (?:time|week|month|year|spring|autumn|summer|winter|quarter|march|june)|since|months? ago|weeks? ago)\b", _I),
}  # fmt: skip
_SUBJECTS = {"i": "me", "im": "me", "ill": "me", "ive": "me", "we": "both", "both": "both", "my": "my", "our": "our", "me": "to me", "us": "to us",
             "he": "they", "she": "they", "hes": "they", "shes": "they", "hell": "they", "shell": "they", "they": "others", "his": "their", "her": "their", "their": "others'", "him": "to them", "you": "you",
             "it": "it", "that": "it", "this": "it", "thats": "it", "its": "it", "nobody": "nobody", "somebody": "nobody", "someone": "nobody", "there": "it", "who": "who"}  # fmt: skip


def signs(found: Sequence[Unit], text: str, days: Sequence[Named], cast: Cast) -> list[Signs]:
    """Named features of every stretch, those of its neighbours among them."""
    own = [_own(each, text, days, cast) for each in found]
    sentences: dict[int, str] = {}
    for each in found:
        sentences[each.sentence] = f"{sentences.get(each.sentence, '')} {each.link} {each.text}"
    around: dict[int, Signs] = {}
    told: list[Signs] = []
    for at, each in enumerate(found):
        signs = dict(own[at])
        for name, place in (("before", at - 1), ("after", at + 1)):
            if 0 <= place < len(found):
                near = AROUND if found[place].sentence == each.sentence else AROUND / 2
                same = "" if found[place].sentence == each.sentence else " apart"
                signs |= {
                    f"{name}{same} {key}": near * value / (STEM if key.startswith("stem") else 1)
                    for key, value in own[place].items()
                    if not key.startswith(("pair", "place"))
                }
            else:
                signs[f"{name} none"] = AROUND
        if each.sentence not in around:
            around[each.sentence] = _around(each.sentence, sentences)
        signs |= around[each.sentence]
        signs["place end"] = at / max(1, len(found) - 1)
        told.append(signs)
    return told


def _around(number: int, sentences: Mapping[int, str]) -> Signs:
    """What a sentence as a whole, and its neighbours, say."""
    whole = sentences[number]
    signs: Signs = {f"sentence {key}": AROUND for key, pattern in _SHAPES.items() if pattern.search(whole)}
    near = " ".join(sentences.get(number + step, "") for step in (-1, 0, 1))
    for key, pattern in _AROUND.items():
        if pattern.search(whole):
            signs[f"sentence {key}"] = 1.0
        elif pattern.search(near):
            signs[f"near {key}"] = 0.5
    return signs


def words_of(unit: Unit, text: str, days: Sequence[Named], cast: Cast) -> list[str]:
    """The words of a stretch, with days, names, numbers and the counterpart made alike."""
    inside = [day for day in days if unit.start <= day.start < unit.end]
    body, at = "", unit.start
    for day in inside:
        body += text[at : day.start] + (" xday " if day.day else " xsometime ")
        at = max(at, day.end)
    body += text[at : unit.end]
    return [_alike(match[0], cast) for match in _WORD.finditer(body)]


def _alike(word: str, cast: Cast) -> str:
    bare, tail = re.match(r"(.*?)((?:['’]\w{1,2})?)$", word).groups()  # type: ignore[union-attr]  # always fits
    if cast.is_counterpart(bare):
        return f"xcounterpart{tail}"
    if bare in cast.names:
        return f"xname{tail}"
    if word.isdigit():
        return "xnumber"
    return word.lower().replace("’", "'")


def _own(unit: Unit, text: str, days: Sequence[Named], cast: Cast) -> Signs:
    words = words_of(unit, text, days, cast)
    stemmed = stems(words)
    signs: Signs = {f"stem {each}": STEM for each in stemmed}
    signs |= {f"pair {one} {two}": STEM for one, two in pairwise(["^", *stemmed, "$"])}
    for key, pattern in _SHAPES.items():
        if pattern.search(unit.text):
            signs[key] = 1.0
    subject = next((s for word in words[:4] if (s := _subject(word))), "none")
    signs[f"subject {subject}"] = 1.0
    signs[f"link {unit.link}"] = 0.5
    inside = [day for day in days if unit.start <= day.start < unit.end]
    signs["day"] = float(any(day.day is not None for day in inside))
    signs["sometime"] = float(any(day.day is None for day in inside))
    signs["asked"] = float(text[unit.end : unit.end + 2].strip(' ”"').startswith("?"))
    signs["quoted"] = unit.quoted
    signs["first"] = float(unit.first)
    signs["last"] = float(unit.last)
    for most in (2, 4, 7, 12):
        if len(words) <= most:
            signs[f"up to {most}"] = 0.5
    for key in ("will", "would", "ing", "must", "past", "undertook"):
        if key in signs:
            signs[f"{key} {subject}"] = 1.0
            if signs["day"]:
                signs[f"{key} day"] = 1.0
    if signs["day"]:
        signs[f"day {subject}"] = 1.0
    return signs


def _subject(word: str) -> str | None:
    bare = re.sub(r"'\w+$", "", word)
    if bare == "xcounterpart":
        return "they"
    if bare == "xname":
        return "name"
    return _SUBJECTS.get(bare)
