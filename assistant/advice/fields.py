"""What a chat model reads out of the user's own words, as a form: facts, a pilot's fields, and what to ask next.

The form is checked against its shape and then against the conversation: a value that the user did not say is left
blank. What was read here without the model stands, and so does what the user put right.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field

from assistant.advice.answer import Answer, Facts, Pilot
from assistant.advice.claims import FOREIGN
from assistant.advice.facts import one_line, read_tags
from assistant.advice.heard import HEARD, said_by_user
from assistant.advice.reading import read
from assistant.chat import ChatModel, Prompted, Usage
from prompts import prompt

_FACTS = {"obstacle": "symptom"}
"""Fields of the form that are called otherwise among the facts."""
_SLOTS = ("group", "outcome")
_PILOT_ONLY = ("cadence", "stop_rule")
_PILOT = (*_SLOTS, *_PILOT_ONLY)
_MOST_CHIPS = 3
_MOST_SUGGESTED = 2
_WORDS_OF_A_QUESTION = range(3, 17)
_QUESTION = re.compile(r"[^?!.<>\[\]“”\"\n]+\?")
Reaches = Callable[[str], bool]
"""Whether a question is one that the coach answers."""


class SaidFields(BaseModel):
    """What somebody said of the matter and of a pilot, None for what was not said; and two questions they may ask."""

    model_config = ConfigDict(frozen=True)

    group: str | None = Field(None, description="The one team or group it is about, in the user's words")
    outcome: str | None = Field(None, description="The result wanted in that group, in the user's words")
    metric: str | None = Field(None, description="The sales number they name, in the user's words")
    baseline: str | None = Field(None, description="That number today")
    target: str | None = Field(None, description="That number as it is wanted")
    size: str | None = Field(None, description="How many people the group has")
    region: str | None = Field(None, description="The place or region")
    date: str | None = Field(None, description="By when, in the user's words")
    obstacle: str | None = Field(None, description="What goes wrong today, one clause in the user's words")
    tried: str | None = Field(None, description="What was tried before, in the user's words")
    cadence: str | None = Field(None, description="How often to look at it together, in the user's words")
    stop_rule: str | None = Field(None, description="When to stop, in the user's words")
    next_1: str | None = Field(None, description="A short question that the user may ask the coach next")
    next_2: str | None = Field(None, description="Another one")


@dataclass(frozen=True)
class ReadFields:
    """What stood the check: facts of this message, tags of what was tried, a pilot's fields; the questions as they came."""

    facts: Facts = field(default_factory=Facts)
    tried: tuple[str, ...] = ()
    pilot: tuple[tuple[str, str], ...] = ()
    questions: tuple[str, ...] = ()


def read_fields(
    model: ChatModel,
    said: Sequence[str],
    *,
    answer: str,
    seconds: float,
    waiting: Callable[[], object] = lambda: None,
) -> tuple[ReadFields, Usage]:
    """What the user's messages hold (oldest first), and what asking took. Raises `ModelError`."""
    text = "\n".join(map(_data, said))
    asked = [Prompted("user", prompt("advice", "fields").render(said=text, answer=_data(answer)))]
    filled = model.fill(asked, SaidFields, seconds=seconds, waiting=waiting)
    return (_borne_out(filled.form, said) if filled.form else ReadFields()), filled.usage


def with_fields(answer: Answer, fields: ReadFields, *, playbook: Sequence[str], reaches: Reaches) -> Answer:
    """The answer with them, where nothing was read without the model. `playbook` is what questions to ask next may say."""
    understood = answer.understood
    if not understood.corrected:
        known = understood.facts.known()
        facts = {name: value for name, value in fields.facts.known().items() if name not in known}
        tried = tuple(tag for tag in fields.tried if tag not in (*understood.tried, *understood.unwanted))
        understood = understood.model_copy(
            update={
                "facts": understood.facts.updated(Facts(**facts)),
                "tried": (*understood.tried, *tried),
                "from_model": (*understood.from_model, *facts, *(f"tried:{tag}" for tag in tried)),
            }
        )
    chips = _suggested(answer, fields, playbook, reaches)
    return answer.model_copy(
        update={
            "understood": understood,
            "pilot": _scope(answer, fields),
            "follow_ups": (*chips, *answer.follow_ups)[:_MOST_CHIPS],
            "made": answer.made and answer.made.model_copy(update={"suggested": chips}),
        }
    )


def _scope(answer: Answer, fields: ReadFields) -> Pilot | None:
    """A worded answer's pilot with what was said in the place of the playbook's lines, where nothing was read before."""
    if answer.pilot is None or answer.mode == "composed":  # whose words spell the pilot out
        return answer.pilot
    known, removed = answer.understood.facts.known(), answer.understood.corrected
    lines = answer.pilot.model_dump()
    said = {
        name: known.get(name, value)
        for name, value in fields.pilot
        if known.get(name, "\n") not in lines[name] and (name in known or name not in _SLOTS or not removed)
    }
    return answer.pilot.model_copy(update=said)


def _borne_out(form: SaidFields, said: Sequence[str]) -> ReadFields:
    given = {
        name: " ".join(value.split())
        for name, value in form.model_dump(exclude_none=True).items()
        if value.strip()
    }
    now = {name: _heard(name, given, said[-1:]) for name in HEARD}
    tried = given.get("tried", "")
    return ReadFields(
        facts=Facts(**{_FACTS.get(name, name): now[name] for name in now if name not in _PILOT_ONLY}),
        tried=read_tags(tried) if said_by_user(tried, said[-1]) else (),
        pilot=tuple((name, value) for name in _PILOT if (value := _heard(name, given, said))),
        questions=tuple(given[name] for name in ("next_1", "next_2") if name in given),
    )


def _heard(name: str, given: Mapping[str, str], said: Sequence[str]) -> str | None:
    """One value as the newest message has it that holds it and does not deny it."""
    value = given.get(name, "")
    found = (
        one_line(HEARD[name](value, message)) for message in reversed(said) if not _denied(value, message)
    )
    return next(filter(None, found), None)


def _denied(value: str, message: str) -> bool:
    meant, heard = read(value), read(message)
    return bool(meant.stems & (heard.denied - heard.affirmed - meant.denied))


def _suggested(
    answer: Answer, fields: ReadFields, playbook: Sequence[str], reaches: Reaches
) -> tuple[str, ...]:
    """Questions whose every word is in the answer, the playbook or the facts, that are new and that the coach answers."""
    if not fields.questions:
        return ()
    sources = [answer.answer, *playbook, *answer.understood.facts.known().values()]
    stems = frozenset[str]().union(*(read(text).stems for text in sources))
    numbers = {number for text in sources for number, _ in read(text).numbers}
    there = {read(text).stems for text in (answer.question, *answer.follow_ups)}
    chosen: list[str] = []
    for question in fields.questions:
        meant = read(question)
        fits = _QUESTION.fullmatch(question) and len(question.split()) in _WORDS_OF_A_QUESTION
        grounded = meant.stems <= stems and {number for number, _ in meant.numbers} <= numbers
        if fits and grounded and meant.stems and meant.stems not in there and not FOREIGN.search(question):
            there.add(meant.stems)
            chosen += [question] if reaches(question) else []
    return tuple(chosen[:_MOST_SUGGESTED])


def _data(text: str) -> str:
    return text.replace("<", "‹").replace(">", "›")
