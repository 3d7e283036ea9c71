"""A paragraph cut into sentences and clauses that know their place, with what is quoted blotted out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BLOT = "¤"
"""Stands for each character of quoted speech: what somebody said is no statement of the teller."""

QUOTED = re.compile(
    r"[“„«]([^”“»]{2,400}?)[”“»]|\"([^\"\n]{2,400}?)\"|(?<![\w])[‘']([^'’‘\n]{2,200}?)[’'](?![\w])"
)
_SENTENCE = re.compile(r"[^.!?\n…]*(?:(?:\.(?=\w)|[.!?…](?=[”»\"'’)]))[^.!?\n…]*)*(?:[.!?…]+[”»\"'’)]*|\n|$)")
_NAME = r"[A-Z][\w'’-]+"
SUBJECT = rf"(?:I|i|me(?= to)|[Ee]ach of us|we|We|he|He|she|She|they|They|you|both of us|the two of us|[Nn]either|[Tt]he (?:\w+ )?(?:managers|leads|heads)|{_NAME})"
_BREAK = re.compile(
    rf"\s*[;:]\s+|\s+[–—-]+\s+|,?\s+(?:and|but|so|then|because|while|although|whereas|since|as|&)\s+(?:then\s+|in turn\s+|so\s+|now\s+)?(?={SUBJECT}\b|if\b)"
    rf"|,\s+so\s+|,\s+(?=(?:by|on|from|before|until|in)\s+[\w ]{{2,20}}?\s+(?:I|i|he|she|we|they)\b)"
    rf"|,\s+(?:in (?:exchange|return|turn)|meanwhile|after that|then)\s+(?={SUBJECT}\b)|,?\s+(?P<relative>which|who|whoever|where)(?:\s+|(?=['’](?:s|ll)\b))|,\s+(?={SUBJECT}['’\s]|(?:his|her|my|their|our)\s+(?:[\w-]+\s+){{1,3}}{_NAME}\s)",
)
_BULLET = re.compile(r"^\s*(?:[-–—*•]+|\d+[.)])\s+")
_HEALTH = re.compile(
    r"\b(?:hospital|surgery|surgeon says|operat(?:ed|ion) on|stroke|cancer|tumou?r|chemo\w*|treatment again|having treatment|scans?|diagnos\w+|"
    r"pregnan\w+|miscarr\w+|depress\w+|anxiety|panic attack\w*|burn(?:t|ed)?[ -]?out|therap(?:y|ist)|rehab|sick leave|signed off sick|off sick|"
    r"ill(?:ness)?|lost so much weight|migraines?|insulin|medication|antidepress\w+|drink(?:ing|s) (?:again|too much)|sober|"
    r"(?:broke|broken) (?:his|her|their) (?:\w+ )?(?:arm|leg|hip|wrist|ankle|foot|hand)|heart attack|dementia|alzheimer\w*|in care|"
    r"divorc\w+|separat(?:ed|ing) from (?:his|her|their)|affair|custody|funeral|died|passed away|bereave\w*|miscarriage|ivf|"
    r"mental health|breakdown|epilep\w+|diabet\w+|wheelchair|biopsy|hospice|lump)\b",
    re.IGNORECASE,
)
_TELLER = re.compile(r"^\s*(?:i|my)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the paragraph. `text` is blotted where something is quoted; `start` is its place.

    `first` says that its sentence begins with it, `relative` that it hangs on the words before ("…, who will …").
    """

    text: str
    start: int
    first: bool
    relative: bool
    mine: bool = False
    """A note behind a colon, in a list that the teller calls their own."""

    @property
    def end(self) -> int:
        """Where it ends in the paragraph."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or a line of notes; `private` where it speaks of somebody's health or private life."""

    text: str
    blotted: str
    start: int
    number: int
    private: bool

    @property
    def end(self) -> int:
        """Where it ends in the paragraph."""
        return self.start + len(self.text)


def blotted(text: str) -> str:
    """The text with every quoted character blotted out; its length stays."""
    return QUOTED.sub(lambda match: match[0][0] + BLOT * (len(match[0]) - 2) + match[0][-1], text)


def sentences(text: str) -> list[Sentence]:
    """The sentences, in order."""
    covered = blotted(text)
    found: list[Sentence] = []
    for match in _SENTENCE.finditer(covered):
        words = match[0]
        begin = match.start() + len(words) - len(words.lstrip())
        begin += len(bullet[0]) if (bullet := _BULLET.match(covered[begin : match.end()])) else 0
        end = match.start() + len(words.rstrip())
        if end > begin:
            plain = text[begin:end]
            found.append(Sentence(plain, covered[begin:end], begin, len(found), is_private(plain)))
    return found


def is_private(sentence: str) -> bool:
    """Whether it speaks of somebody's health, family or private trouble; the teller's own tiredness is none."""
    return _HEALTH.search(sentence) is not None


def clauses(sentence: Sentence) -> Iterator[Clause]:
    """Its clauses: each begins with somebody who does something, or with what leads to that."""
    at, relative = 0, False
    for match in _BREAK.finditer(sentence.blotted):
        if match.start() <= at or _names_a_manager(sentence.blotted, match):
            continue
        yield _clause(sentence, at, match.start(), relative=relative)
        at, relative = match.end(), match["relative"] is not None
    if at < len(sentence.blotted):
        yield _clause(sentence, at, len(sentence.blotted), relative=relative)


def _names_a_manager(text: str, match: re.Match[str]) -> bool:
    """Whether a comma only sets off a name: "her area manager, Stu, tells them"."""
    before, after = text[: match.start()], text[match.end() :]
    if match["relative"] and re.search(rf"\b{_NAME}$", before):
        return re.match(r"[^,]{2,40},\s+(?:will|is|has|[a-z]+s)\b", after) is not None
    named = re.match(rf"{_NAME},\s+[a-z]", after) is not None
    return named and re.search(r"\b(?:his|her|my|their|our)\s+(?:[\w-]+\s*){1,3}$", before, re.I) is not None


def _clause(sentence: Sentence, start: int, end: int, *, relative: bool) -> Clause:
    text = sentence.blotted[start:end]
    lead = len(text) - len(text.lstrip(" ,"))
    mine = re.search(r"\b(?:me|my|I)\b[^:]*:\s*$", sentence.blotted[:start]) is not None
    return Clause(text.strip(" ,"), sentence.start + start + lead, start == 0, relative, mine)
