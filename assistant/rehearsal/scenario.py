"""A scenario: one meeting to rehearse, with what the counterpart knows, fears and says. A coach can write one."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.moves import MOVES

Level = Literal["easy", "normal", "hard"]
Kind = Literal["first-meeting", "request", "check-in", "trouble", "ending", "custom"]
Seat = Literal["learning-executive", "sales-vp"]
Manner = Literal["warm", "sceptical", "hurried", "guarded", "compliant", "hurt"]
Depth = Literal["deflect", "partial", "full"]
Item = Literal["group", "metric", "from", "to", "when", "next_step"]
Said = Literal[
    "small_start", "approach", "commitment", "candour", "ask_field", "let_go", "progress_report", "open_how"
]

CHAIRS: tuple[Seat, ...] = ("learning-executive", "sales-vp")
KINDS: tuple[Kind, ...] = ("first-meeting", "request", "check-in", "trouble", "ending", "custom")
"""In the order in which two people come to know each other."""
_MANNERS: tuple[Manner, ...] = ("warm", "compliant", "hurried", "guarded", "sceptical", "hurt")
LEVELS: tuple[Level, ...] = ("easy", "normal", "hard")
DEPTHS: tuple[Depth, ...] = ("deflect", "partial", "full")
ITEMS: tuple[Item, ...] = ("group", "metric", "from", "to", "when", "next_step")
"""Clarity is this checklist: who, which number, from, to, by when, and who does what."""

TRIGGERS = frozenset(MOVES) | {"vague", "any"}
Line = Annotated[str, Field(min_length=1, max_length=420)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1)]
Words = tuple[str, ...]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Persona(_Part):
    """Who sits opposite."""

    role: Literal["sales-vp", "learning-leader"]
    name: str = Field(min_length=1, max_length=40)
    manner: Manner
    persona: str


class Stakes(_Part):
    """What each of the two has to lose."""

    learner: str
    counterpart: str


class Number(_Part):
    """The number of this meeting, and the words by which each part of it is recognised."""

    known_by: Literal["counterpart", "learner"]
    group: str
    group_words: Words
    metric: str
    metric_words: Words
    from_: str = Field(alias="from")
    from_words: Words
    to: str
    to_words: Words
    when: str
    when_words: Words
    next_step: str

    def words(self, item: Item) -> Words:
        """Any of these in a line names the item; none for the next step, which is recognised otherwise."""
        return {
            "group": self.group_words,
            "metric": self.metric_words,
            "from": self.from_words,
            "to": self.to_words,
            "when": self.when_words,
        }.get(item, ())

    def value(self, item: Item) -> str:
        """The item in his words."""
        return self.from_ if item == "from" else str(getattr(self, item))


class Topic(_Part):
    """Something he knows, at three depths. `guard` is the trust (0-5) that the whole of it needs."""

    topic: str
    title: str
    gives: Words = ()
    guard: float = Field(ge=0, le=4)
    about: Words
    ask: Lines
    deflect: Lines
    partial: Lines
    full: Lines
    take_up: Lines

    def lines(self, depth: Depth) -> Words:
        """What he may say at this depth."""
        return {"deflect": self.deflect, "partial": self.partial, "full": self.full}[depth]


class Agenda(_Part):
    """Something he wants from this meeting; he raises it when a gap is left."""

    id: str
    raises: Lines
    about: Words
    answers: Lines
    eased: Lines


class Objection(_Part):
    """A doubt that stays open until it is dealt with, and comes back in new words."""

    id: str
    when: Words
    about: Words
    eased_by: Words
    lines: Lines
    answers: Lines
    settled: Lines

    @model_validator(mode="after")
    def _known(self) -> Self:
        if unknown := [name for name in (*self.when, *self.eased_by) if name not in TRIGGERS]:
            raise ValueError(f"there is no move {', '.join(unknown)}")
        return self


class Aside(_Part):
    """Something else that may be said to him (`to`, in several wordings), and what he says to that."""

    to: Lines
    say: Lines


class Concern(_Part):
    """What he does not say, and the half-sentences that let it show."""

    text: str
    short: str
    guard: float = Field(ge=0, le=4)
    about: Words
    cues: Lines
    pick_up: Lines
    deflect: Lines
    partial: Lines
    full: Lines
    heard: Lines


class Needs(_Part):
    """What must hold for a good ending."""

    checklist: tuple[Item, ...] = ()
    trust: float = Field(default=0, ge=0, le=4)
    topics: dict[str, Literal["partial", "full"]] = {}
    eased: Words = ()
    concern: Literal["hinted", "told"] | None = None
    said: tuple[Said, ...] = ()


class Ending(_Part):
    """A good way for the meeting to end."""

    id: str
    outcome: Literal["agreed", "good_ending"]
    title: str
    needs: Needs
    brought_by: Lines
    lines: Lines


class BadEndings(_Part):
    """His last words where it came to nothing."""

    polite_death: Lines
    walk_out: Lines
    time_up: Lines


class LevelRules(_Part):
    """What he does differently at one level of difficulty."""

    what: str
    minutes: int | None = Field(default=None, ge=5, le=90)
    objections: Words = ()


class Scenario(_Part):
    """One meeting. `seat` is the learner's chair."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)
    title: str
    kind: Kind
    seat: Seat
    description: str
    principles: Words
    counterpart: Persona
    brief: str
    stakes: Stakes
    minutes: int = Field(ge=5, le=90)
    number: Number
    openings: Lines
    agenda: tuple[Agenda, ...]
    facts: Annotated[tuple[Topic, ...], Field(min_length=2)]
    objections: tuple[Objection, ...]
    asides: tuple[Aside, ...] = ()
    concern: Concern
    endings: Annotated[tuple[Ending, ...], Field(min_length=1)]
    bad_endings: BadEndings
    levels: dict[Level, LevelRules]
    practise: str

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        topics, objections = {each.topic for each in self.facts}, {each.id for each in self.objections}
        for ending in self.endings:
            _refuse("topic", set(ending.needs.topics) - topics, f"ending {ending.id}")
            _refuse("objection", set(ending.needs.eased) - objections, f"ending {ending.id}")
        for name, level in self.levels.items():
            _refuse("objection", set(level.objections) - objections, f"level {name}")
        if missing := [name for name in LEVELS if name not in self.levels]:
            raise ValueError(f"levels: {', '.join(missing)} is missing")
        if (self.seat == "learning-executive") != (self.counterpart.role == "sales-vp"):
            raise ValueError("seat: the counterpart sits in the other chair (sales-vp or learning-leader)")
        return self

    @property
    def place(self) -> tuple[int, int, int, str]:
        """Where it stands in a list: by chair, first meetings first, the warmer counterparts before the colder."""
        chair, kind = CHAIRS.index(self.seat), KINDS.index(self.kind)
        return chair, kind, _MANNERS.index(self.counterpart.manner), self.title

    def minutes_at(self, level: Level) -> int:
        """How long he has at this level."""
        return self.levels[level].minutes or self.minutes

    def topic(self, name: str) -> Topic:
        """The topic of this name. Raises KeyError for none."""
        for each in self.facts:
            if each.topic == name:
                return each
        raise KeyError(name)

    def objection(self, name: str) -> Objection:
        """The objection of this name. Raises KeyError for none."""
        for each in self.objections:
            if each.id == name:
                return each
        raise KeyError(name)

    def answers_to(self, name: str) -> Words:
        """Lines that deal with the doubt or the wish of this id."""
        waiting: tuple[Objection | Agenda, ...] = (*self.objections, *self.agenda)
        return next(each.answers for each in waiting if each.id == name)

    def spoken(self) -> Iterator[str]:
        """Every line that he may say."""
        yield from self.openings
        for agenda in self.agenda:
            yield from (*agenda.raises, *agenda.eased)
        for fact in self.facts:
            yield from (*fact.deflect, *fact.partial, *fact.full)
        for objection in self.objections:
            yield from (*objection.lines, *objection.settled)
        for aside in self.asides:
            yield from aside.say
        concern = self.concern
        yield from (*concern.cues, *concern.deflect, *concern.partial, *concern.full, *concern.heard)
        for ending in self.endings:
            yield from ending.lines
        bad = self.bad_endings
        yield from (*bad.polite_death, *bad.walk_out, *bad.time_up)


def _refuse(what: str, unknown: set[str], where: str) -> None:
    if unknown:
        raise ValueError(f"{where}: there is no {what} {', '.join(sorted(unknown))}")
