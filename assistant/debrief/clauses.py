"""A paragraph cut into sentences that know their place, with what is quoted blotted out."""

import re
from dataclasses import dataclass

BLOT = "¤"
"""Stands for each character of quoted speech: what somebody said is no statement of the teller."""

QUOTED = re.compile(
    r"[“„«]([^”“»]{2,400}?)[”“»]|\"([^\"\n]{2,400}?)\"|(?<![\w])[‘']([^'’‘\n]{2,200}?)[’'](?![\w])"
)
_SENTENCE = re.compile(r"[^.!?\n…]*(?:(?:\.(?=\w)|[.!?…](?=[”»\"'’)]))[^.!?\n…]*)*(?:[.!?…]+[”»\"'’)]*|\n|$)")
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
