"""Lines that would do well at one moment of one meeting: for notes, for a hint, and for the partner who listens."""

import re
from calendar import day_name, month_name
from collections.abc import Collection, Iterator
from functools import cache

import yaml

from assistant.rehearsal.files import SHIPPED
from assistant.rehearsal.scenario import ITEMS, Agenda, Ending, Objection, Scenario, Topic
from assistant.rehearsal.state import State
from assistant.rehearsal.words import content, figures

_SURE_OF_IT = {"learning-executive": 1.1, "sales-vp": 2.1}
"""Trust beyond what an ending needs, at the level that asks most."""
_DEEP = {"deflect": 0, "partial": 1, "full": 2}


def better_lines(scenario: Scenario, state: State, said: Collection[str], most: int = 3) -> list[str]:
    """Up to `most` lines for this moment, the fittest first; none that was said already."""
    found: list[str] = []
    known = _known(scenario, state)
    spoken = [_bare(each) for each in said]
    for line in _fitting(scenario, state):
        new = line not in found and not any(_bare(line) in each for each in spoken)
        if new and _marks(line) <= known:
            found.append(line)
        if len(found) == most:
            break
    return found


@cache
def _bare(line: str) -> str:
    """The words alone: "Thank you. Which team?" has said "Which team?"."""
    return f" {' '.join(re.findall(r'[a-z0-9]+', line.lower()))} "


@cache
def _anywhere() -> dict[str, dict[str, list[str]]]:
    """Lines for any meeting, by chair and by what is wanted."""
    loaded: dict[str, dict[str, list[str]]] = yaml.safe_load(
        (SHIPPED / "learners" / "hints.yaml").read_text(encoding="utf-8")
    )
    return loaded


def _known(scenario: Scenario, state: State) -> frozenset[str]:
    """Names and figures that were said in this meeting, or that the learner brings along."""
    number = scenario.number
    own = [scenario.brief, scenario.title, *(number.value(item) for item in state.known)]
    if number.known_by == "learner":
        own += [number.group, number.metric, number.from_, number.to, number.when, number.next_step]
    if number.known_by == "learner" or "group" in state.known:
        own += [f"and {' and '.join(word.title() for word in number.group_words)}", f"and {number.next_step}"]
    return frozenset(mark for line in (*state.used, *own) for mark in _marks(line))


@cache
def _marks(line: str) -> frozenset[str]:
    """Names and figures of a line: what nobody can say who has not heard it."""
    names = (each.lower() for each in re.findall(r"(?<=[a-z,;:] )[\"“]?([A-Z][a-z]{2,})(?!')", line))
    values = (f"{each:g}" for each in figures(line) if each > 2)
    return frozenset([*(name for name in names if name not in _ANYONES), *values])


_ANYONES = frozenset(
    (*(day.lower() for day in day_name), *(month.lower() for month in month_name), "english")
)


def _fitting(scenario: Scenario, state: State) -> Iterator[str]:
    last, general = state.his[-1] if state.his else "", _anywhere()[scenario.seat]
    if state.pending is not None:
        waiting: list[Objection | Agenda] = [*scenario.objections, *scenario.agenda]
        for part in waiting:
            yield from part.answers if part.id == state.pending else ()
        yield from general["pending"]
    if state.concern == 3 and state.cue and state.cue in last:
        yield from general["received"]
    elif (state.cue and state.cue in last) or (state.concern == 2 and state.cue in state.his[-2:]):
        yield from _about(scenario.concern.pick_up, str(state.cue), least=1)
        yield from general["concern"]
    if (
        state.topic is not None
        and state.told.get(state.topic) in {"partial", "full"}
        and not _taken_up(state)
    ):
        half = state.told[state.topic] == "partial"
        yield from _about(scenario.topic(state.topic).take_up, last, least=int(half))
    for ending in ready(scenario, state):
        yield from ending.brought_by
    yield from _next_questions(scenario, state, general)
    for ending in scenario.endings:
        yield from ending.brought_by


def _about(lines: Collection[str], last: str, least: int = 0) -> list[str]:
    """Those that share most with what he said, first; with `least`, only those that share so many words."""
    shared = {line: len(content(line) & content(last)) for line in lines}
    return sorted((line for line in lines if shared[line] >= least), key=lambda line: -shared[line])


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
        and state.trust >= needs.trust + _SURE_OF_IT[scenario.seat]
        and all(
            _DEEP[state.told.get(name, "deflect")] >= _DEEP[depth] for name, depth in needs.topics.items()
        )
        and all(name in state.eased or name not in state.raised for name in needs.eased)
        and (needs.concern is None or state.concern >= (1 if needs.concern == "hinted" else 3))
    )


def _next_questions(scenario: Scenario, state: State, general: dict[str, list[str]]) -> Iterator[str]:
    """Questions on what is not told yet: what an ending needs first, then what he gives freely."""
    needed = {name for each in scenario.endings for name in each.needs.topics}
    asked_for = {item for each in scenario.endings for item in each.needs.checklist}
    missing = [item for item in ITEMS if item in asked_for and item not in state.clarity]
    waiting = [each for each in scenario.facts if state.told.get(each.topic) != "full"]

    def urgent(topic: Topic) -> tuple[bool, float, bool]:
        wanted = topic.topic in needed or bool(set(missing) & set(topic.gives))
        return not wanted, topic.guard, bool(state.told.get(topic.topic))

    waiting.sort(key=urgent)
    for topic in waiting:
        if urgent(topic)[0]:
            yield from (line for item in missing for line in general.get(item, ()))
        yield from topic.ask
    yield from (line for item in missing for line in general.get(item, ()))
