"""What the coach gives back, as other programs read it (`counterpart ask --json`)."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.cards import Role
from knowledge.slots import Pronoun

Shape = Literal[
    "advice",
    "words",
    "message",
    "questions",
    "objection",
    "plan",
    "yes-no",
    "either-or",
    "pilot",
    "metric",
    "story",
    "why",
]
FollowUp = Literal[
    "shorter",
    "why",
    "example",
    "objection",
    "tried",
    "say",
    "next",
    "message",
    "questions",
    "pilot",
    "related",
]
Scope = Literal["in", "half", "out", "private", "benchmark", "human"]


_SPOKEN = ("Say", "Ask")


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Facts(_Value):
    """What the user said about the matter; None where nothing was said."""

    group: str | None = None
    metric: str | None = None
    outcome: str | None = None
    region: str | None = None
    size: str | None = None
    date: str | None = None
    deliverable: str | None = None
    symptom: str | None = None
    baseline: str | None = None
    target: str | None = None

    def known(self) -> dict[str, str]:
        """Only what was said."""
        return {name: value for name, value in self.model_dump().items() if value}

    def updated(self, newer: "Facts") -> "Facts":
        """What was said before, overlaid with what was said now."""
        return Facts(**{**self.known(), **newer.known()})


class Remembered(_Value):
    """Something told earlier that an answer may use: the item (an id), its words, its day, and how that is said.

    `fields` are the parts of the reading that come from it: "group", "tried:survey".
    """

    item: str
    kind: str
    words: str
    on: date
    told: str
    fields: tuple[str, ...] = ()

    def of(self, fields: tuple[str, ...]) -> "Remembered":
        """The same as the source of these parts."""
        return self.model_copy(update={"fields": fields})


class Understood(_Value):
    """How a question was read. Shown to the user, who can correct it."""

    role: Role
    question: str
    standalone: str
    shape: Shape
    scope: Scope
    scope_confidence: float = Field(ge=0, le=1)
    follow_up: FollowUp | None = None
    setting: Literal["hallway", "ten-minutes", "thirty-minutes", "email"] | None = None
    minutes: int | None = None
    facts: Facts = Facts()
    pronoun: Pronoun = "they"
    pronoun_note: str | None = None
    tried: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    feeling: str | None = None
    hand_off: str | None = None
    further_questions: tuple[str, ...] = ()
    language: str = "en"
    corrected: bool = False
    remembered: tuple[Remembered, ...] = ()
    """What in this reading was not said now but told earlier."""
    from_model: tuple[str, ...] = ()
    """Parts of the reading that a chat model picked out of the user's words: "group", "tried:survey"."""

    def as_said(self) -> "Understood":
        """Without what was told earlier: that is looked up afresh for each answer."""
        fields = {name for each in self.remembered for name in each.fields}
        if not fields:
            return self
        facts = {name: value for name, value in self.facts.known().items() if name not in fields}
        return self.model_copy(
            update={
                "facts": Facts(**facts),
                "tried": tuple(tag for tag in self.tried if f"tried:{tag}" not in fields),
                "unwanted": tuple(tag for tag in self.unwanted if f"unwanted:{tag}" not in fields),
                "remembered": (),
            }
        )


class Corrections(_Value):
    """What the user said was read wrongly; None leaves the reading as it was, an empty text takes a fact away."""

    shape: Shape | None = None
    pronoun: Pronoun | None = None
    minutes: int | None = Field(None, ge=2, le=240)
    group: str | None = Field(None, max_length=80)
    metric: str | None = Field(None, max_length=80)
    outcome: str | None = Field(None, max_length=200)
    date: str | None = Field(None, max_length=80)


class Citation(_Value):
    """One marker: `quote` is verbatim in `text`, the whole passage, both with slots at their defaults."""

    marker: int = Field(ge=1)
    kind: Literal["playbook", "story", "document"]
    passage_id: str
    card_id: str | None
    title: str
    section: str | None
    principles: tuple[str, ...]
    quote: str
    text: str
    score: float
    grade: str | None = None
    """How far it was checked: of a card its basis (article, extension, research), of a story what it was graded."""


class Pilot(_Value):
    """A scope to propose. Behaviours stay blank until the counterpart was asked for them."""

    group: str
    outcome: str
    cadence: str
    stop_rule: str
    behaviours: str | None = None
    card_id: str


class Sentence(_Value):
    """A sentence of a chat model, and what the check found."""

    text: str
    why: str
    passed: bool


class Made(_Value):
    """What a chat model had to do with an answer; `note` says why the composed words stand, where they do.

    `stopped` says that somebody stopped it, and the answer is the part that had come. `sentences` are those of the
    reply that was kept, `repaired` those that failed at first and that the model was asked to put right.
    `names_hidden` counts what was replaced before the call and put back. `suggested` are the questions to ask next that
    came from it, and `remedy` what whoever set it up can do where it failed.
    """

    model: str
    place: str = ""
    prompt: str
    passages: tuple[str, ...] = ()
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    sentences: tuple[Sentence, ...] = ()
    note: str | None = None
    remedy: str | None = None
    stopped: bool = False
    repaired: tuple[Sentence, ...] = ()
    names_hidden: int = 0
    suggested: tuple[str, ...] = ()


class Answer(_Value):
    """One answer. `trace` holds what the next turn needs and what "how this was made" shows."""

    question: str
    role: Role
    mode: Literal["composed", "model"] = "composed"
    path: Literal["chroma", "exact"]
    abstained: bool
    reason: str | None = None
    answer: str
    citations: tuple[Citation, ...] = ()
    understood: Understood
    pilot: Pilot | None = None
    follow_ups: tuple[str, ...] = ()
    timings_ms: dict[str, float] = Field(default_factory=dict)
    made: Made | None = None
    remembered: tuple[Remembered, ...] = ()
    """What was told earlier and is used here; the answer says so, and each can be corrected and forgotten."""
    trace: "Trace"

    @property
    def rests_on_anecdotes(self) -> bool:
        """Whether all that it shows happened is stories that nobody checked; words to say are no ground."""
        grounds = [c for c in self.citations if c.kind != "playbook" or c.section not in _SPOKEN]
        return bool(grounds) and all(c.kind == "story" and c.grade == "anecdote" for c in grounds)

    def as_contract(self, **extra: Any) -> dict[str, Any]:
        """The JSON object of `counterpart ask --json`, with what the caller adds (conversation, id)."""
        return {**extra, **self.model_dump(mode="json"), "rests_on_anecdotes": self.rests_on_anecdotes}


class Trace(_Value):
    """What an answer was made of: the spine card, the sentences used (as written), the phrases' digest."""

    spine: str | None = None
    insert: str | None = None
    used: tuple[str, ...] = ()
    phrases: str = ""
    candidates: tuple[tuple[str, float], ...] = ()
