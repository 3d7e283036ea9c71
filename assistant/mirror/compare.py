"""What one sentence says, and where two sentences differ: who, number, date, group. In plain words, and no score."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant.errors import InputRefusedError
from assistant.pair.item import Item, Source
from assistant.pair.records import PairRecord
from assistant.pilots.days import show_date
from assistant.reply.fields import read_fields
from assistant.reply.own import Part, own_parts
from assistant.reply.promises import find_promises
from prompts import phrase

Field = Literal["number", "group", "day", "who"]
FIELDS: tuple[Field, ...] = ("number", "group", "day", "who")
LEARNING, VP = "learning-executive", "sales-vp"
MOST_CHARACTERS = 800
_WORD = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty)"
_AMOUNT = r"[$€£]?\d[\d.,]*\s?(?:%|percent|per cent|points?|days?|weeks?|months?|k\b|m\b)?"
_FIGURE = re.compile(
    rf"(?:from\s+)?{_AMOUNT}\s*(?:to|→|->|up to|down to)\s*{_AMOUNT}|{_AMOUNT}\s+(?:in|out of|of)\s+\d+|(?:to|under|below|above|over|at least)\s+{_AMOUNT}|\d[\d.,]*\s?(?:%|percent|per cent|points?|days?|weeks?|months?)|{_WORD} (?:days|weeks|months|points)(?: instead of {_WORD})?",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\b(?P<who>I|you|we|[Ll]earning|[Ss]ales|[Tt]he managers?|[Mm]y managers?|[Yy]our managers?|[Mm]anagers|[Tt]he reps|[Mm]y reps|[Rr]eps|[A-ZÀ-Þ][\w’-]+)\s+"
    r"(?:must|should|needs? to|has to|have to|ought to|will|is to|are to|'ll|’ll|has|have)\b"
)

_ROLE_DOES = re.compile(
    r"\b(?:the|my|our) (?P<role>VP|learning executive)\b(?: will| must| has to| should)? \w+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Side:
    """What one sentence names, in its own words; None, or nobody, where it does not say."""

    role: str
    name: str
    words: str
    number: str | None
    group: str | None
    day: date | None
    day_words: str | None
    who: tuple[str, ...]

    def said(self, field: Field) -> str | None:
        """What it says of one thing, for people."""
        if field == "day":
            return show_date(self.day) if self.day else self.day_words
        if field == "who":
            return _and(self.who) if self.who else None
        return self.number if field == "number" else self.group


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on which the two differ, or on which neither says anything, in a sentence."""

    field: Field
    kind: Literal["differs", "one", "neither"]
    text: str


@dataclass(frozen=True, slots=True)
class Mirror:
    """Both sentences, what differs, and what is the same."""

    learning: Side
    vp: Side
    differences: tuple[Difference, ...]
    same: tuple[str, ...]

    @property
    def to_settle(self) -> Difference | None:
        """The first thing that the two have to talk about."""
        return next(iter(self.differences), None)

    def as_contract(self) -> dict[str, Any]:
        """As `counterpart mirror --json` gives it."""
        return {
            "learning": _side(self.learning),
            "vp": _side(self.vp),
            "differs": [
                {"field": each.field, "kind": each.kind, "text": each.text} for each in self.differences
            ],
            "same": list(self.same),
        }


def read_side(words: str, *, role: str, on: date, pair: PairRecord, called: Callable[[str], str]) -> Side:
    """What a sentence names; `called` gives the name of a role."""
    plain = " ".join(words.split())
    part = Part(plain, 0, None)
    promised = find_promises([part], today=on)
    fields = read_fields(plain, [part], today=on, promised=[(each.start, each.end) for each in promised])
    figure = _FIGURE.search(_without(plain, fields.day.words if fields.day else None))
    doers = [match["role"] for match in _ROLE_DOES.finditer(plain)]
    doers += [each.who for each in promised] + [match["who"] for match in _MUST.finditer(plain)]
    who = dict.fromkeys(_doer(each, role, pair, called) for each in doers)
    return Side(
        role,
        called(role),
        plain,
        figure[0].strip() if figure else None,
        fields.group.words if fields.group else None,
        fields.day.day if fields.day else None,
        fields.day_words,
        tuple(each for each in who if each),
    )


def mirror_item(words: str, *, role: str, pasted: bool, on: date) -> Item:
    """A sentence to be kept; of a pasted mail what its sender wrote. Raises `InputRefusedError` for none."""
    if pasted:
        words = "\n".join(part.text for part in own_parts(words))
    plain = " ".join(words.split())
    if not plain:
        raise InputRefusedError("There is no sentence in it", next_step="Write one line, or paste the reply")
    if len(plain) > MOST_CHARACTERS:
        raise InputRefusedError(
            f"That is {len(plain):,} characters", next_step=f"One or two sentences, {MOST_CHARACTERS} at most"
        )
    return Item(
        kind="mirror", words=plain, on=on, who=role, source=Source(kind="reply" if pasted else "form")
    )


def compare(learning: Side, vp: Side) -> Mirror:
    """Where the two differ first, then where one is silent, then what neither says."""
    found: list[Difference] = []
    same: list[str] = []
    for field in FIELDS:
        one, two = learning.said(field), vp.said(field)
        if one is None and two is None:
            found.append(Difference(field, "neither", phrase("mirror", f"neither-{field}")))
        elif one is None or two is None:
            sayer, silent = (vp, learning) if one is None else (learning, vp)
            text = phrase("mirror", f"one-{field}", who=sayer.name, said=one or two or "", other=silent.name)
            found.append(Difference(field, "one", text[:1].upper() + text[1:]))
        elif _alike(field, learning, vp):
            same.append(phrase("mirror", f"same-{field}", said=one))
        else:
            text = phrase("mirror", f"differs-{field}", a=learning.name, x=one, b=vp.name, y=two)
            found.append(Difference(field, "differs", text))
    order = ("differs", "one", "neither")
    return Mirror(learning, vp, tuple(sorted(found, key=lambda each: order.index(each.kind))), tuple(same))


def _alike(field: Field, one: Side, two: Side) -> bool:
    if field == "day":
        return one.day == two.day and (one.day is not None or one.day_words == two.day_words)
    if field == "who":
        return set(one.who) == set(two.who)
    first, second = one.said(field) or "", two.said(field) or ""
    if field == "number":
        both = _target(first), _target(second)
        return both[0] == both[1]
    one_words, other_words = _plain(first), _plain(second)
    return one_words <= other_words or other_words <= one_words


def _target(text: str) -> float | None:
    """Where it shall get to: the last number, or the first of "six months instead of nine"."""
    found = _numbers(text)
    return None if not found else found[0] if "instead of" in text else found[-1]


def _numbers(text: str) -> list[float]:
    found = re.findall(rf"\d+(?:[.,]\d+)?|{_WORD}", text.lower())
    return [float(_WORDS[each] if each in _WORDS else each.replace(",", ".")) for each in found]


_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip


def _plain(text: str) -> frozenset[str]:
    """ "the East team" and "East" are one, "North" and "the northern region" too."""
    words = re.findall(r"[^\W_]+", text.lower())
    left = [each for each in words if each not in _FILLERS]
    return frozenset(each[:5] for each in left or words)


_FILLERS = frozenset(
    {"the", "our", "my", "your", "team", "teams", "region", "office", "desk", "s", "group", "people", "reps"}
)


def _doer(who: str, role: str, pair: PairRecord, called: Callable[[str], str]) -> str | None:
    """Everybody by the name under which both know them."""
    word = " ".join(who.split()).lower()
    other = VP if role == LEARNING else LEARNING
    if word in ("i", "me"):
        return called(role)
    if word in ("you", "counterpart"):
        return called(other)
    if word in ("we", "both"):
        return phrase("mirror", "both")
    for person in pair.people:
        if word in {person.name.lower(), person.name.split()[0].lower()}:
            return called(person.role)
    if word in ("learning", "learning executive", "sales", "vp"):
        return called(LEARNING if word.startswith("learning") else VP)
    if re.search(r"\b(?:manager|rep)s?$", word):
        return phrase("mirror", "the-managers" if "manager" in word else "the-reps")
    return who if who[:1].isupper() and word not in _OPENERS else None


_OPENERS = frozenset(
    "the this that it reps team win rate more fewer less second first each every price calls deals discount".split()
)


def _without(text: str, words: str | None) -> str:
    return text.replace(words, " ") if words else text


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _side(side: Side) -> Mapping[str, Any]:
    return {
        "name": side.name,
        "words": side.words,
        "number": side.number,
        "group": side.group,
        "date": side.day.isoformat() if side.day else None,
        "date_words": side.day_words,
        "who": list(side.who),
    }
