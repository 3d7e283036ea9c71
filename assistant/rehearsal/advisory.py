"""What a scenario that can be read still lacks: told to whoever writes one, before anybody rehearses it."""

from collections.abc import Iterator

from assistant.rehearsal.scenario import ITEMS, Scenario
from assistant.rehearsal.words import says

SHORT, LONG, FAR_TOO_LONG = 7, 30, 60


def advice_on(scenario: Scenario) -> list[str]:
    """Remarks in plain words; an empty list for a scenario that lacks nothing."""
    return [
        *_untold(scenario),
        *_unsaid(scenario),
        *_unanswerable(scenario),
        *_lengths(scenario),
        *_twice(scenario),
    ]


def _untold(scenario: Scenario) -> Iterator[str]:
    """Parts of the outcome that an ending asks for and no fact gives."""
    if scenario.number.known_by == "learner":
        return
    wanted = {item for each in scenario.endings for item in each.needs.checklist} - {"next_step"}
    given = {item for fact in scenario.facts for item in fact.gives}
    for item in ITEMS:
        if item in wanted - given:
            yield f"endings ask for “{item}”, and no fact gives it"


def _unsaid(scenario: Scenario) -> Iterator[str]:
    """Full lines that do not say what their fact gives."""
    for fact in scenario.facts:
        for item in ITEMS:
            if item in fact.gives and item != "next_step":
                for line in fact.full:
                    if not says(line, scenario.number.words(item)):
                        yield f"facts.{fact.topic}: gives “{item}”, but “{line[:50]}…” does not say it"


def _unanswerable(scenario: Scenario) -> Iterator[str]:
    for ending in scenario.endings:
        for line in ending.brought_by:
            missing = [
                item
                for item in ending.needs.checklist
                if item != "next_step" and not says(line, scenario.number.words(item))
            ]
            if ending.outcome == "agreed" and len(missing) > 2:
                yield f"endings.{ending.id}: “{line[:50]}…” does not say {', '.join(missing)}"


def _lengths(scenario: Scenario) -> Iterator[str]:
    words = [len(line.split()) for line in scenario.spoken()]
    short, long = sum(n <= SHORT for n in words) / len(words), sum(n > LONG for n in words) / len(words)
    if not 0.1 <= short <= 0.4:
        yield f"{short:.0%} of his lines have {SHORT} words or fewer; about a quarter sounds like speech"
    if long > 0.2:
        yield f"{long:.0%} of his lines have more than {LONG} words; about a tenth sounds like speech"
    if max(words) > FAR_TOO_LONG:
        yield f"his longest line has {max(words)} words; nobody listens to more than {FAR_TOO_LONG}"


def _twice(scenario: Scenario) -> Iterator[str]:
    seen: set[str] = set()
    for line in scenario.spoken():
        if line in seen:
            yield f"“{line[:60]}” stands there twice"
        seen.add(line)
