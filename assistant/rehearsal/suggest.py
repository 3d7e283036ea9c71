"""Lines that would do well at one moment of one meeting: for notes, for a hint, and for the partner who listens."""

from collections.abc import Collection, Iterator

from assistant.rehearsal.scenario import Agenda, Ending, Objection, Scenario
from assistant.rehearsal.state import State

_DEEP = {"deflect": 0, "partial": 1, "full": 2}


def better_lines(scenario: Scenario, state: State, said: Collection[str], most: int = 3) -> list[str]:
    """Up to `most` lines for this moment, the fittest first; none that was said already."""
    found: list[str] = []
    for line in _fitting(scenario, state):
        if line not in said and line not in found:
            found.append(line)
        if len(found) == most:
            break
    return found


def _fitting(scenario: Scenario, state: State) -> Iterator[str]:
    if state.pending is not None:
        waiting: list[Objection | Agenda] = [*scenario.objections, *scenario.agenda]
        for part in waiting:
            if part.id == state.pending:
                yield from part.answers
    last = state.his[-1] if state.his else ""
    if (state.cue and state.cue in last) or state.concern == 2:
        yield from scenario.concern.pick_up
    if (
        state.topic is not None
        and state.told.get(state.topic) in {"partial", "full"}
        and not _taken_up(state)
    ):
        yield from scenario.topic(state.topic).take_up
    for ending in ready(scenario, state):
        yield from ending.brought_by
    yield from _next_questions(scenario, state)
    for ending in scenario.endings:
        yield from ending.brought_by


def _taken_up(state: State) -> bool:
    """A topic told in full and answered to once needs no more of it."""
    return state.topic is not None and state.count(f"done:{state.topic}") > 1


def ready(scenario: Scenario, state: State) -> list[Ending]:
    """Endings that could be brought about now: everything they need is there but the words."""
    return [each for each in scenario.endings if not state.open and _met(each, scenario, state)]


def _met(ending: Ending, scenario: Scenario, state: State) -> bool:
    needs, own = ending.needs, scenario.number.known_by == "learner"
    table = {item for item in needs.checklist if item in state.clarity or own or item == "next_step"}
    return (
        table >= set(needs.checklist)
        and state.trust >= needs.trust
        and all(
            _DEEP[state.told.get(name, "deflect")] >= _DEEP[depth] for name, depth in needs.topics.items()
        )
        and all(name in state.eased or name not in state.raised for name in needs.eased)
        and (needs.concern is None or state.concern >= (1 if needs.concern == "hinted" else 3))
    )


def _next_questions(scenario: Scenario, state: State) -> Iterator[str]:
    """Questions on what is not told yet: what an ending needs first, then what he gives freely."""
    needed = {name for each in scenario.endings for name in each.needs.topics}
    missing = {item for each in scenario.endings for item in each.needs.checklist} - set(state.clarity)
    waiting = [each for each in scenario.facts if state.told.get(each.topic) not in {"full"}]
    waiting.sort(
        key=lambda each: (
            each.topic not in needed and not missing & set(each.gives),
            each.guard,
            bool(state.told.get(each.topic)),
        )
    )
    for topic in waiting:
        yield from (
            topic.take_up
            if state.told.get(topic.topic) == "partial" and state.topic == topic.topic
            else topic.ask
        )
