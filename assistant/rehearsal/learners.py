"""Simulated learners: how realistic a counterpart is shows in who wins him and who does not.

The partner reads his last line and chooses what to say; the deaf partner says the same good lines in a fixed or a
shuffled order. The others have one habit each. None of them sees the state: what they know is what was said.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import yaml

from assistant.rehearsal.bank import fill
from assistant.rehearsal.files import SHIPPED
from assistant.rehearsal.scenario import Agenda, Objection, Scenario
from assistant.rehearsal.session import Session

KINDS = ("partner", "deaf", "blunt", "questioner", "order-taker", "reflector", "salad", "pusher")
PATIENCE = 40
"""Lines after which a simulated learner gives up."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Learner:
    """A kind of learner. `next_line` gets the session and chance; None where there is nothing left to say."""

    kind: str
    next_line: Callable[[Session, Random], str | None]

    def play(self, session: Session, seed: int) -> Session:
        """A whole session."""
        chance = Random(f"{self.kind}:{seed}")  # noqa: S311  # no secret: a seed
        for _ in range(PATIENCE):
            line = self.next_line(session, chance)
            if session.end is not None or line is None:
                break
            session.say(line)
        session.leave()
        return session


@cache
def _habits() -> dict[str, dict[str, list[str]]]:
    """Lines of the learners with one habit, by chair and kind."""
    text = (SHIPPED / "learners" / "habits.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[str]]] = yaml.load(text, Loader=_LOADER)  # noqa: S506  # the safe loader
    return loaded


def learner(kind: str) -> Learner:
    """The learner of this kind. Raises KeyError for none."""
    return Learner(kind, {"partner": _partner, "deaf": _deaf, "blunt": _blunt}.get(kind) or _habit(kind))


def _partner(session: Session, chance: Random) -> str | None:
    """One of the two lines that answer best what he just said."""
    found = session.hint()
    return chance.choice(found[:2]) if found and chance.random() < 0.3 else next(iter(found), None)


def good_lines(scenario: Scenario) -> list[str]:
    """The lines a partner would say in this meeting, in the order of the file; the closing ones last."""
    found = [line for topic in scenario.facts for line in (topic.ask[0], topic.take_up[0])]
    found += [part.answers[0] for part in scenario.objections]
    found += [part.answers[0] for part in scenario.agenda]
    found += scenario.concern.pick_up[:1]
    return [*found, *(ending.brought_by[0] for ending in scenario.endings)]


def _deaf(session: Session, _chance: Random) -> str | None:
    """The partner's lines whatever he says: in the order of the file for even seeds, shuffled for odd ones."""
    lines = good_lines(session.scenario)
    if session.counterpart.seed % 2:
        Random(session.counterpart.seed).shuffle(lines)  # noqa: S311  # no secret: a seed
    at = len(session.exchanges)
    return lines[at] if at < len(lines) else None


def _blunt(session: Session, chance: Random) -> str | None:
    """Concrete and brief: asks for each fact, says each number, answers every second doubt."""
    scenario, at = session.scenario, len(session.exchanges)
    state = session.state
    if state.pending and chance.random() < 0.5:
        waiting: list[Objection | Agenda] = [*scenario.objections, *scenario.agenda]
        for part in waiting:
            if part.id == state.pending:
                return chance.choice(part.answers)
    plan = _blunt_plan(scenario)
    said = set(session.lines)
    left = [line for line in plan if line not in said]
    return left[0] if left and at < PATIENCE else None


def _blunt_plan(scenario: Scenario) -> list[str]:
    slots = _slots(scenario)
    asked = [fill(line, slots) for line in _habits()[scenario.seat]["blunt"]]
    endings = [line for ending in scenario.endings for line in ending.brought_by]
    return [*asked, *endings]


def _slots(scenario: Scenario) -> dict[str, str]:
    number = scenario.number
    return {
        "team": number.group, "metric": number.metric, "from": number.from_, "to": number.to, "when": number.when,
        "topic": scenario.facts[0].about[0], "name": scenario.counterpart.name,
    }  # fmt: skip


def _habit(kind: str) -> Callable[[Session, Random], str | None]:
    def following(session: Session, chance: Random) -> str | None:
        if kind == "reflector":
            return _played_back(session, chance)
        if kind == "salad":
            return _salad(session.scenario, chance)
        lines = [fill(each, _slots(session.scenario)) for each in _habits()[session.scenario.seat][kind]]
        left = [line for line in lines if line not in session.lines]
        return chance.choice(left) if left else None

    return following


def _played_back(session: Session, chance: Random) -> str:
    """His own last sentence, as a reflection."""
    last = session.state.his[-1].rstrip(" .?!")
    part = last.split(". ")[-1].split(", ")[0]
    lead = chance.choice(_habits()[session.scenario.seat]["reflector"])
    return f"{lead} {part[:1].lower()}{part[1:]}."


def _salad(scenario: Scenario, chance: Random) -> str:
    """Every word that might count, and no sentence."""
    number = scenario.number
    words: Sequence[str] = [
        number.group, number.metric, number.from_, number.to, number.when, "one team first", "next step", "outcome",
        "listen", "small start", "I'll", "Tuesday", *(word for topic in scenario.facts for word in topic.about[:4]),
        *scenario.concern.about[:4],
    ]  # fmt: skip
    return " ".join(chance.sample(list(words), min(9, len(words)))) + chance.choice((".", "?"))
