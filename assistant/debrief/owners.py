"""Who is meant: the teller, the counterpart, both, or somebody else by name. What is unclear stays None, and is asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.debrief.words import NO_NAMES, WORDS_TOO
from assistant.stories.wordlists import common, first_names, folded
from knowledge.cards import Role

ME, COUNTERPART, BOTH = "me", "counterpart", "both"

_RARE, _ORDINARY = 2.8, 5.0
"""Zipf values: below the first a word is hardly an ordinary one, from the second hardly a name."""
_TYPED_LOW = 5.0
"""Zipf value below which a first name in lower case, with something that people do behind it, is somebody."""
_DOES = re.compile(r"(?:['’](?:s|ll)|\s+(?:will|is|has|says?|said|[a-z]+s))\b")
_PRONOUN = re.compile(r"\b(he|she|him|his|her|hers)(?=\b|['’])", re.IGNORECASE)
_GENDER = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
_CAPITAL = re.compile(r"(?<![\w.])[A-Z][a-zà-öø-ÿ][\w'’-]*")


@dataclass
class Cast:
    """Who appears in a paragraph. `their` is how the counterpart is spoken of: he, she or they; None where unclear."""

    teller: Role
    counterpart: str | None
    their: str | None = None
    names: frozenset[str] = frozenset()
    recent: str | None = None
    """The person named last who is not the counterpart; "he" is them where the counterpart is "she"."""
    addressed: bool = False
    """Whether it is a mail to the counterpart: "you" is the counterpart, and "he" somebody else."""

    @classmethod
    def of(cls, text: str, *, teller: Role, counterpart: str | None, addressed: bool = False) -> "Cast":
        """The people of a paragraph."""
        plain = re.sub(r"[“\"„«][^”\"»“]*[”\"»“]", " ", text)
        first = _spoken_of(plain, counterpart)
        names = frozenset(
            re.sub(r"['’]s$", "", match[0])
            for match in _CAPITAL.finditer(plain)
            if _may_be_name(match, plain)
        )
        return cls(teller, counterpart, first, names, addressed=addressed)

    def is_counterpart(self, word: str) -> bool:
        """Whether a word is the counterpart's name, or the first of their names."""
        if not self.counterpart:
            return False
        return word.casefold() in {self.counterpart.casefold(), self.counterpart.split()[0].casefold()}

    def is_name(self, word: str) -> bool:
        """Whether a word names somebody who appears here."""
        return word in self.names or self.is_counterpart(word)

    def hear(self, text: str) -> None:
        """Remember whom a clause names, for the pronouns that follow."""
        for name in _CAPITAL.findall(text):
            bare = re.sub(r"['’]s$", "", name)
            if bare in self.names and not self.is_counterpart(bare) and not _is_place(text, name):
                self.recent = bare

    def who(self, subject: str) -> str | None:
        """The owner that a subject means."""
        word = subject.strip().lower()
        if word in ("i", "me", "my", "mine"):
            return ME
        if word in ("we", "we both", "both of us", "each of us", "the two of us", "both", "our", "ours"):
            return BOTH
        if word in ("he", "she", "his", "her", "hers", "him"):
            gender = {"his": "he", "him": "he", "her": "she", "hers": "she"}.get(word, word)
            return COUNTERPART if self.their in (None, gender, "they") else self.recent
        if word in ("they", "their", "theirs", "them"):
            if self.teller == "coach":
                return BOTH
            return COUNTERPART if self.their == "they" else None
        if self.is_counterpart(subject.strip()):
            return COUNTERPART
        if word.startswith(("the ", "his ", "her ")):
            return " ".join(word.split())
        return subject.strip() if subject.strip() in self.names else None


def with_capitals(text: str, counterpart: str | None) -> str:
    """The text, as long as it is, with names that were typed in lower case given their capital."""

    def raised(match: re.Match[str]) -> str:
        word = folded(match[0])
        if word in mine or (
            word in first_names()
            and word not in WORDS_TOO
            and common(word) < _TYPED_LOW
            and _DOES.match(text, match.end())
        ):
            return match[0][0].upper() + match[0][1:]
        return match[0]

    mine = {folded(part) for part in (counterpart or "").split()}
    return re.sub(r"(?<![\w'’])[a-zà-öø-ÿ][\wà-öø-ÿ]{2,}(?![\w])", raised, text)


def _spoken_of(text: str, counterpart: str | None = None) -> str | None:
    """How the counterpart is spoken of: as it goes on behind the name, or else whichever is said more often, or first."""
    named = [_GENDER[match["who"].lower()] for match in _behind(text, counterpart)]
    counted = [_GENDER[word.lower()] for word in _PRONOUN.findall(text)]
    for said in (named, counted):
        he = said.count("he")
        if said and he * 2 != len(said):
            return "he" if he * 2 > len(said) else "she"
    return counted[0] if counted else ("they" if re.search(r"\bthey\b", text, re.IGNORECASE) else None)


def _behind(text: str, counterpart: str | None) -> Iterator[re.Match[str]]:
    """The first he or she behind each mention of the counterpart, in its sentence, with nobody else between."""
    if not counterpart:
        return iter(())
    name = re.escape(counterpart.split()[0])
    return re.finditer(
        rf"(?<!\w)(?i:{name})\b(?:[^.!?\nA-Z]|I\b){{0,80}}?\b(?P<who>(?i:he|she|him|his|hers?))\b", text
    )


def _may_be_name(match: re.Match[str], text: str) -> bool:
    """Whether a capitalised word is somebody: at a sentence's beginning only where it is known as a name, or rare."""
    if match[0] in NO_NAMES:
        return _somebody_called(match, text)
    begins = re.search(r"(?:^|[.!?:;\n–—(])[\s\"“*-]*$", text[: match.start()]) is not None
    word = folded(re.sub(r"['’]s$", "", match[0]))
    return not begins or common(word) < _RARE or (word in first_names() and common(word) < _ORDINARY)


def _somebody_called(match: re.Match[str], text: str) -> bool:
    """Whether Jan, April, May or June is a person: no number beside it, and something that people do behind it."""
    if match[0] not in ("Jan", "April", "May", "June", "August"):
        return False
    before, after = text[: match.start()], text[match.end() :]
    dated = re.search(
        r"(?:\d|\b(?:in|by|of|until|end|since|before|from|mid|early|late|next|last))\W*$", before, re.I
    )
    return (
        not dated
        and re.match(r"\s+(?:the\s+\w+|will|is|has|says?|said|[a-z]+s\b)|['’](?:s|ll)\b", after) is not None
    )


def _is_place(text: str, name: str) -> bool:
    """Whether a name stands for a place or a team: "in Leeds", "the Leeds team"."""
    return bool(
        re.search(rf"\b(?:in|at|from|to|the|of|our|near)\s+{re.escape(name)}\b", text)
        and not re.search(
            rf"\b(?:to|from|of)\s+{re.escape(name)}\b(?!\s+(?:team|office|desk|branch|region))", text
        )
    ) or bool(re.search(rf"{re.escape(name)}\s+(?:team|office|desk|branch|region|pilot|reps|people)\b", text))
