"""Where a rehearsal begins: scenario, level and seed put together with lines, rules and ears."""

from functools import cached_property

from assistant.errors import InputRefusedError
from assistant.moves import Recogniser
from assistant.rehearsal.alone import Embed, Meanings
from assistant.rehearsal.bank import shipped_bank
from assistant.rehearsal.counterpart import Counterpart
from assistant.rehearsal.files import Scenarios
from assistant.rehearsal.hearing import Ear
from assistant.rehearsal.rules import Rules, shipped_rules
from assistant.rehearsal.scenario import LEVELS, Level, Scenario
from assistant.rehearsal.session import Session


class Room:
    """Opens sessions; what was prepared for a scenario serves its next session too."""

    def __init__(self, scenarios: Scenarios, *, recogniser: Recogniser, embed: Embed) -> None:
        self.scenarios, self._recogniser, self._meanings = scenarios, recogniser, Meanings(embed)
        self._ears: dict[str, tuple[Scenario, Ear]] = {}

    @cached_property
    def rules(self) -> Rules:
        """The rules in force."""
        return shipped_rules()

    def enter(self, name: str, *, level: str = "normal", seed: int = 1, seat: str | None = None) -> Session:
        """A new session. Raises `NotFoundError` for no such scenario, `InputRefusedError` for another seat or level."""
        return self.enter_with(self.scenarios.get(name), level=level, seed=seed, seat=seat)

    def enter_with(
        self, scenario: Scenario, *, level: str = "normal", seed: int = 1, seat: str | None = None
    ) -> Session:
        """The same, with a scenario that need not be kept."""
        if seat is not None and seat != scenario.seat:
            raise InputRefusedError(
                f"In “{scenario.id}” you sit in the chair of the {scenario.seat}",
                next_step=f"Use --seat {scenario.seat}, or choose another scenario",
            )
        return Session(
            Counterpart(
                scenario, level=level_of(level), seed=seed, rules=self.rules,
                bank=shipped_bank(scenario.counterpart.role), ear=self._ear(scenario),
            )
        )  # fmt: skip

    def _ear(self, scenario: Scenario) -> Ear:
        kept = self._ears.get(scenario.id)
        if kept is None or kept[0] != scenario:
            asks = shipped_bank(scenario.counterpart.role).asks
            kept = scenario, Ear(scenario, recogniser=self._recogniser, meanings=self._meanings, asks=asks)
            self._ears[scenario.id] = kept
        return kept[1]


def level_of(name: str) -> Level:
    """The level of this name. Raises `InputRefusedError` for none."""
    for level in LEVELS:
        if level == name:
            return level
    raise InputRefusedError(f"There is no level “{name[:40]}”", next_step=f"Use one of {', '.join(LEVELS)}")
