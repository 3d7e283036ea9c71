"""Who is meant: the teller, the counterpart, both, or somebody else by name. What is unclear stays None, and is asked."""

import re
from collections import Counter
from dataclasses import dataclass, field

from assistant.stories.wordlists import common, first_names, folded
from knowledge.cards import Role

ME, COUNTERPART, BOTH = "me", "counterpart", "both"

_RARE, _ORDINARY = 2.8, 5.0
"""Zipf values: below the first a word is hardly an ordinary one, from the second hardly a name."""
_CAPITAL = re.compile(r"(?<![\w.])[A-Z][a-zà-öø-ÿ][\w'’-]*")
_NO_NAMES = frozenset(
    [
        "I",
        "A",
        "An",
        "The",
        "And",
        "But",
        "So",
        "Then",
        "That",
        "This",
        "These",
        "Those",
        "There",
        "It",
        "Its",
        "If",
        "In",
        "On",
        "At",
        "By",
        "For",
        "From",
        "To",
        "With",
        "Of",
        "Or",
        "As",
        "Not",
        "No",
        "Yes",
        "Nor",
        "He",
        "She",
        "They",
        "We",
        "You",
        "My",
        "His",
        "Her",
        "Their",
        "Our",
        "Your",
        "Me",
        "Him",
        "Them",
        "Us",
        "Who",
        "What",
        "When",
        "Where",
        "Why",
        "How",
        "Which",
        "Whoever",
        "Both",
        "Each",
        "Is",
        "Was",
        "Are",
        "Were",
        "Be",
        "Been",
        "Do",
        "Does",
        "Did",
        "Has",
        "Have",
        "Had",
        "Will",
        "Would",
        "Could",
        "Should",
        "Can",
        "May",
        "Might",
        "Must",
        "Let",
        "Asked",
        "Told",
        "Said",
        "Says",
        "Ok",
        "Okay",
        "Right",
        "Well",
        "Oh",
        "Good",
        "Great",
        "Nice",
        "Fine",
        "Sorry",
        "Thanks",
        "Sure",
        "Brilliant",
        "Honestly",
        "Anyway",
        "Also",
        "Still",
        "Now",
        "Once",
        "Only",
        "Just",
        "Today",
        "Tomorrow",
        "Tonight",
        "Yesterday",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
        "Christmas",
        "Easter",
        "Outcome",
        "Goal",
        "Number",
        "Action",
        "Actions",
        "Next",
        "Wants",
        "Tried",
        "Mine",
        "Promise",
        "Promises",
        "Notes",
        "Summary",
        "Felt",
        "Met",
        "Meeting",
        "Teams",
        "Zoom",
        "Finance",
        "Sales",
        "Learning",
        "Marketing",
        "Legal",
        "Procurement",
        "Board",
        "Budget",
        "Everyone",
        "Everybody",
        "Nobody",
        "Somebody",
        "Nothing",
        "Something",
        "Half",
        "One",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "Seven",
        "Eight",
        "Nine",
        "Ten",
        "Fifteen",
        "Twenty",
        "Thirty",
        "Last",
        "First",
        "Second",
        "Third",
        "After",
        "Before",
        "Because",
        "Small",
        "Best",
        "Worst",
        "Short",
        "Long",
        "Quick",
        "Went",
        "Came",
        "Got",
        "Gave",
        "Took",
        "Left",
        "Spent",
        "Ended",
        "Started",
        "Never",
        "Always",
        "Maybe",
        "Perhaps",
        "Apparently",
        "Annoying",
        "Excel",
        "Slack",
        "CRM",
        "Q1",
        "Q2",
        "Q3",
        "Q4",
        "VP",
        "CEO",
        "CFO",
        "CRO",
        "HR",
        "QBR",
        "SKO",
        "EMEA",
        "Typing",
        "Quarter",
    ]
)


@dataclass
class Cast:
    """Who appears in a paragraph. `their` is how the counterpart is spoken of: he, she or they; None where unclear."""

    teller: Role
    counterpart: str | None
    their: str | None = None
    names: frozenset[str] = frozenset()
    recent: str | None = None
    """The person named last who is not the counterpart; "he" is them where the counterpart is "she"."""
    spoken: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, text: str, *, teller: Role, counterpart: str | None) -> "Cast":
        """The people of a paragraph."""
        plain = re.sub(r"[“\"„«][^”\"»“]*[”\"»“]", " ", text)
        first = _spoken_of(plain)
        names = frozenset(
            re.sub(r"['’]s$", "", match[0])
            for match in _CAPITAL.finditer(plain)
            if _may_be_name(match, plain)
        )
        return cls(teller, counterpart, first, names)

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


def _spoken_of(text: str) -> str | None:
    """How the counterpart is spoken of: whichever of he and she the paragraph says more often, or else first."""
    said = [
        word.lower() for word in re.findall(r"\b(he|she|him|his|her|hers)(?=\b|['’])", text, re.IGNORECASE)
    ]
    counted = ["he" if word in ("he", "him", "his") else "she" for word in said]
    he = counted.count("he")
    if counted and he * 2 != len(counted):
        return "he" if he * 2 > len(counted) else "she"
    return counted[0] if counted else ("they" if re.search(r"\bthey\b", text, re.IGNORECASE) else None)


def _may_be_name(match: re.Match[str], text: str) -> bool:
    """Whether a capitalised word is somebody: at a sentence's beginning only where it is known as a name, or rare."""
    if match[0] in _NO_NAMES:
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
