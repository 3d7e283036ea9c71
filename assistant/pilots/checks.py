"""What would keep a pilot from giving a plain answer: each check with its principle, the reason, and a fix.

A fix is a set of changes that `edit.edited` takes. It never invents a fact: where one is missing it makes a task with
an owner and a date, and an open task of that kind answers the check.
"""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from assistant.pilots.edit import Changes
from assistant.pilots.measures import Measures
from assistant.pilots.model import Pilot
from assistant.pilots.scope import metric_name, power_contract
from knowledge.cards import Card
from prompts import phrase


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `field` is a dotted name, `change` what taking the fix does."""

    id: str
    field: str
    principle: str
    message: str
    fix: str
    change: Changes = dataclasses.field(default_factory=dict)

    def as_contract(self) -> dict[str, Any]:
        """The object in `counterpart pilot check --json`."""
        return {
            "id": self.id, "field": self.field, "principle": self.principle, "message": self.message,
            "fix": self.fix, "change": _json(self.change),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looked:
    """What a check looks at: the pilot, the library, the pattern it follows, and the day."""

    pilot: Pilot
    measures: Measures
    today: date
    pattern: Card | None = None

    @property
    def metric(self) -> str:
        """The outcome's metric as people call it."""
        return metric_name(self.pilot, self.measures)

    @property
    def owner(self) -> str:
        """Who gets a task that nobody else has: learning, whose craft finding out is."""
        return self.pilot.learning_owner or "Learning"

    @property
    def sponsor(self) -> str:
        """Who decides for sales."""
        return self.pilot.sponsor or "The VP"

    @property
    def due(self) -> date:
        """The day a task is due: in a week, on a working day."""
        return working_day(self.today + timedelta(days=7))

    def tasked(self, name: str) -> bool:
        """Whether somebody is to fill this field by a day."""
        return any(t.field == name and not t.done and t.owner and t.due for t in self.pilot.tasks)

    def task(self, what: str, name: str, owner: str) -> Changes:
        """The change that makes it a task."""
        return {"tasks+": {"what": what, "field": name, "owner": owner, "due": self.due}}


Check = Callable[[Looked], Iterator[Problem]]


def check(pilot: Pilot, *, measures: Measures, today: date, pattern: Card | None = None) -> list[Problem]:
    """Every problem, in the order of the scope: outcome, group, people, behaviours, rules, dates."""
    from assistant.pilots import checks_dates, checks_outcome, checks_people

    looked = Looked(pilot, measures, today, pattern)
    checks = (*checks_outcome.CHECKS, *checks_people.CHECKS, *checks_dates.CHECKS)
    return [problem for each in checks for problem in each(looked)]


def check_contract(
    pilot: Pilot, *, name: str, measures: Measures, today: date, pattern: Card | None = None
) -> dict[str, Any]:
    """The object of `counterpart pilot check --json`; `name` is the id or the file."""
    problems = check(pilot, measures=measures, today=today, pattern=pattern)
    return {
        "pilot": name,
        "title": pilot.title,
        "verdict": "needs work" if problems else "ready",
        "problems": [problem.as_contract() for problem in problems],
        "power": power_contract(pilot),
    }


def say(name: str, /, **values: str) -> str:
    """A phrase of the checks."""
    return phrase("pilots/checks", name, **values)


def working_day(day: date) -> date:
    """This day, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() >= 5 else day


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _json(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_json(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
