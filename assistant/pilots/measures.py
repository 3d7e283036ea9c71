"""The metrics library as pilots need it: kind, unit and direction from the cards, and how long a metric takes to move."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.pilots.amounts import Unit
from assistant.pilots.power import Kind
from knowledge.cards import Card

Waits = Literal["weeks", "part", "cycle", "itself", "quarter"]

CYCLE_DAYS = 90
"""Stands in for a group's sales cycle where nobody said it; wherever it is used, it is called an assumption."""

_WAITS: Mapping[str, Waits] = {
    "activity-to-meeting-rate": "weeks", "manager-coaching-rate": "weeks", "second-meeting-rate": "weeks",
    "stage-conversion": "part", "discount-rate": "part", "pipeline-coverage": "part",
    "ramp-time": "itself", "time-to-first-deal": "itself", "sales-cycle": "itself",
    "quota-attainment": "quarter", "forecast-accuracy": "quarter",
}  # fmt: skip
_EARLIER: Mapping[str, tuple[str, ...]] = {
    "win-rate": ("stage-conversion", "second-meeting-rate"),
    "ramp-time": ("time-to-first-deal", "manager-coaching-rate"),
    "time-to-first-deal": ("second-meeting-rate", "activity-to-meeting-rate"),
    "sales-cycle": ("stage-conversion",),
    "quota-attainment": ("pipeline-coverage", "stage-conversion"),
    "average-deal-size": ("stage-conversion",),
    "renewal-rate": ("manager-coaching-rate",),
    "expansion-rate": ("second-meeting-rate",),
    "forecast-accuracy": ("manager-coaching-rate",),
    "discount-rate": ("manager-coaching-rate",),
    "pipeline-coverage": ("second-meeting-rate",),
    "stage-conversion": ("second-meeting-rate",),
}
_OTHER_NAMES: Mapping[str, str] = {
    "close rate": "win-rate", "hit rate": "win-rate", "win ratio": "win-rate", "wins": "win-rate",
    "ramp": "ramp-time", "ramp up": "ramp-time", "time to productivity": "ramp-time",
    "onboarding time": "ramp-time", "ramping": "ramp-time", "first deal": "time-to-first-deal",
    "deal size": "average-deal-size", "acv": "average-deal-size", "asp": "average-deal-size",
    "cycle": "sales-cycle", "cycle time": "sales-cycle", "time to close": "sales-cycle", "coverage": "pipeline-coverage",
    "pipeline": "pipeline-coverage", "quota": "quota-attainment", "attainment": "quota-attainment",
    "conversion": "stage-conversion", "conversion rate": "stage-conversion", "discount": "discount-rate",
    "discounts": "discount-rate", "discounting": "discount-rate", "renewal": "renewal-rate", "renewals": "renewal-rate",
    "retention": "renewal-rate", "upsell": "expansion-rate", "expansion": "expansion-rate", "forecast": "forecast-accuracy",
    "second meeting": "second-meeting-rate", "second meetings": "second-meeting-rate",
    "coaching rate": "manager-coaching-rate",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric of the library. `earlier` are ids of metrics that move before it."""

    id: str
    title: str
    kind: Kind
    unit: Unit
    direction: Literal["up", "down"]
    waits: Waits
    earlier: tuple[str, ...]


class Measures:
    """The library, found by id, title or a name that people use."""

    def __init__(self, cards: Iterable[Card]) -> None:
        found = (_measure(card) for card in cards)
        self.all = {each.id: each for each in found if each is not None}
        self._names = {each.title.lower(): each for each in self.all.values()}
        self._names |= {_plain(each.id): each for each in self.all.values()}
        self._names |= {name: self.all[of] for name, of in _OTHER_NAMES.items() if of in self.all}

    def find(self, name: str | None) -> Measure | None:
        """The metric of exactly this id or name; None for one of the company's own."""
        return self._names.get(_plain(name)) if name else None

    def within(self, text: str) -> Measure | None:
        """The metric that a sentence names, the longest name first; None where it names none."""
        plain = f" {_plain(text)} "
        for name in sorted(self._names, key=len, reverse=True):
            if f" {name} " in plain:
                return self._names[name]
        return None


def days_to_move(measure: Measure, *, cycle_days: int | None, baseline: float | None) -> int:
    """How many days after the start this metric can show a change, at the earliest."""
    cycle = cycle_days or CYCLE_DAYS
    if measure.waits == "itself":
        return round(baseline) if baseline else cycle
    return {"weeks": 14, "part": max(14, cycle // 3), "cycle": cycle, "quarter": 91}[measure.waits]


def _measure(card: Card) -> Measure | None:
    about = card.about
    if card.kind != "metric" or about.measure is None or about.unit is None or about.direction is None:
        return None
    return Measure(
        id=card.id,
        title=card.title,
        kind=about.measure,
        unit=about.unit,
        direction=about.direction,
        waits=_WAITS.get(card.id, "cycle"),
        earlier=_EARLIER.get(card.id, ()),
    )


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", name.lower()).split())
