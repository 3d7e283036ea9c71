"""Which stretches of a paragraph undertake something: by the weights, and by plain words where those are nearly sure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.debrief.apart import Apart
from assistant.debrief.units import Unit
from assistant.debrief.weigh import KINDS, Floats, Weights
from assistant.debrief.words import ACTIONS, DONE, EARLIER, SARCASM, TAKEN_BACK, WISHED, plain_verb

_PROMISE = KINDS.index("promise")
_PLAINLY = re.compile(
    r"(?:(?:and|so|then|but|also)\s+)*(?:I|[Hh]e|[Ss]he|[Ww]e|[Tt]hey|[A-ZÀ-Þ][\w-]+)(?:['’]ll|\s+will|\s+owes?"
    r"|(?:['’](?:m|s|re)|\s+(?:am|is|are))\s+going\s+to|\s+(?:promised|agreed|offered|undertook|volunteered)\s+to)\s+(?!be\b|have\b|need\b|never\b|not\b|see\b|think\b|want\b|know\b)"
)
_LONGEST = 600
"""Letters from which on a sentence is none, and its words settle nothing."""
_PLAIN_FROM = 0.35
"""From here on plain words decide; chosen, like the halving, over writers that the weights had not learnt from."""
_TAKES_PLACE = re.compile(
    r"(?:[\w’'-]+\s+){1,4}?(?:flies|closes|opens|leaves|starts|ends|is\s+(?:away|out|off|back|on\s+leave)|begins|lands|moves|falls)\b"
)
_SAYS_YES = r"(?:fine|ok(?:ay)?|yes|sure|deal|done|of\s+course|no\s+(?:problem|bother))(?!\s+but\b)(?=\W|$)"
_SETTLED = (
    re.compile(
        rf"\b(?:he|she|[A-Z][\w-]+)\s+(?:wants|wanted|asked\s+for|asks\s+for|needs)\s+[^.;?]{{3,90}}?(?:,|\band\b|,\s*and\b|,\s*so\b)\s+I\s+(?:just\s+|have\s+)?(?:said|agreed|nodded)\W*{_SAYS_YES}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:I\s+)?asked\s+(?:(?:him|her|[A-Z]\w+)\s+)?(?:if|whether|for|to)\b[^.;?]{{3,90}}?(?:,|\band\b|,\s*and\b)\s+(?:he|she|[A-Z]\w+)\s+(?:just\s+)?(?:said|agreed|nodded)\W*{_SAYS_YES}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:it['’]?s|it\s+is|that['’]?s|now)\s+(?:now\s+)?(?:on|down\s+to|up\s+to)\s+(?:me|him|her|us|[A-Z]\w+)\s+to\s+(?!the\b)\w[^.;]*",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:I|[Hh]e|[Ss]he|[Ww]e|[A-Z]\w+)(?:['’]ve|['’]s)?\s+(?:have\s+|has\s+)?committed\s+(?:(?:myself|himself|herself)\s+)?to\s+[^.;,]+"
    ),
    re.compile(r"\b[A-Z][\w-]+,\s+who['’](?:s|ll)\s+\w+[^.;,]*"),
)
_PRESENT = "|".join(sorted(f"{verb}s" for verb in ACTIONS - {"come", "return", "open"}))
_SETTLED_WITH_A_DAY = (
    re.compile(rf"^(?:[Hh]e|[Ss]he)\s+(?:{_PRESENT})\s+[^.;?]*\bby\s[^.;?]+"),
    re.compile(
        r"(?:^|\bI\s+)(?:told|promised)\s+(?:him|her|them|[A-Z]\w+)\s+(?:that\s+)?I(?:['’](?:d|ll)|\s+would|\s+will)\s+(?!not\b|never\b|think\b|like\b|love\b|rather\b)[^.;?]+",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<=[“\"])(?:You|I|We)(?:['’]ll|\s+will)\s+(?!never\b|not\b|see\b|be\b)[^”\"?]{3,80}?(?=[,.]?[”\"],?\s+(?:he|she|[A-Z]\w+)\s+(?:said|says|promised))"
    ),
    re.compile(
        r"\b(?:the|his|her|my)\s+(?:[\w-]+\s+){1,3}(?:comes?|arrives?|lands)\s+[^.;,?]+(?=,\s+(?:he|she|[A-Z]\w+)\s+(?:said|says|promised))",
        re.IGNORECASE,
    ),
)
_ASKED_IF = re.compile(r"\basked\s+(?:\w+\s+)?(?:if|whether)\b", re.IGNORECASE)
_NO_UNDERTAKING = (
    SARCASM,
    WISHED,
    EARLIER,
    DONE,
    TAKEN_BACK,
    re.compile(r"\b(?:if|unless)\b"),
)
"""What stands around words that only look like an undertaking."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters `start` to `end` of a paragraph."""

    start: int
    end: int

    def places(self, told: Apart) -> list[int]:
        """The units that it touches."""
        return [at for at, unit in enumerate(told.units) if unit.start < self.end and unit.end > self.start]


def find_stretches(told: Apart, odds: Floats, weights: Weights) -> list[Stretch]:
    """The undertakings of a paragraph, in the order in which they are told."""
    weighed = runs(told, _undertaken(told, odds[:, _PROMISE]), float(weights.thresholds[_PROMISE]))
    plain = list(_plainly_told(told))
    found = [Stretch(told.units[first].start, told.units[last].end) for first, last in weighed]
    found = [
        each for each in found if not any(each.start < one.end and one.start < each.end for one in plain)
    ]
    return sorted([*plain, *found], key=lambda each: each.start)


def _plainly_told(told: Apart) -> Iterator[Stretch]:
    """Stretches whose words alone settle it: an order taken, a request that was granted, "it's on her to …"."""
    for part in told.parts:
        around = _ASKED_IF.sub("asked for", part.text)
        if (
            len(part.text) > _LONGEST
            or part.private
            or "?" in around
            or any(each.search(around) for each in _NO_UNDERTAKING)
        ):
            continue
        dated = any(part.start <= day.start < part.end for day in told.days)
        for pattern in (*_SETTLED, *(_SETTLED_WITH_A_DAY if dated else ())):
            if (match := pattern.search(part.text)) is not None:
                yield Stretch(part.start + match.start(), part.start + match.end())
                break


def _undertaken(told: Apart, odds: Floats) -> Floats:
    """The odds, raised where somebody plainly undertakes it and halved for a jibe or what merely takes place."""
    found = odds.copy()
    for at, unit in enumerate(told.units):
        words = told.text[unit.start : unit.end]
        begins = told.text[: unit.start].rstrip()[-1:] in {"", ".", "!", "?", ";"}
        if begins and odds[at] >= _PLAIN_FROM and _PLAINLY.match(words):
            found[at] = 1.0
        elif _TAKES_PLACE.match(words) or SARCASM.search(told.parts[unit.sentence].text):
            found[at] = odds[at] / 2
    return found


def runs(told: Apart, odds: Floats, threshold: float) -> list[tuple[int, int]]:
    """First and last of the stretches that tell one thing: what goes on without somebody new belongs to what is before."""
    private = {part.number for part in told.parts if part.private}
    found: list[tuple[int, int]] = []
    for at, unit in enumerate(told.units):
        if odds[at] < threshold or unit.sentence in private:
            continue
        last = found[-1][1] if found else -2
        if last == at - 1 and told.units[last].sentence == unit.sentence and not acts(unit):
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found


def acts(unit: Unit) -> bool:
    """Whether a stretch has somebody of its own who does something, or a deed."""
    words = unit.text.split()
    return (
        re.match(r"(?:then\s+)?(?:I|i|he|she|they|we|you|You|YOU|both|[A-Z][\w’'-]+)(?:\b|['’])", unit.text)
        is not None
        or plain_verb(words[0]) in ACTIONS
    )
