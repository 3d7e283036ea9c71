"""How a line moves the state: rules applied as strongly as their signs are sure, and what is remembered of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.rehearsal.hearing import Heard
from assistant.rehearsal.rules import Rule, Rules
from assistant.rehearsal.scenario import Item, Scenario
from assistant.rehearsal.signals import SURE, Moment, Signs, new_figures, objection_of, technique_of
from assistant.rehearsal.state import MOST_PATIENCE, MOST_RISE, MOST_TRUST, State

_MADE = 0.6
_TECHNICAL = frozenset({"listened", "played-back", "worry-met"})
_COUNTED = {
    "project_talk": "projects",
    "solution_early": "projects",
    "order": "orders",
    "abuse": "abuse",
    "order_taking": "order_taking",
}


@dataclass(frozen=True)
class Moved:
    """A rule that applied: how sure its sign was, and what it did to patience and trust."""

    rule: Rule
    weight: float
    patience: float
    trust: float


def applied(signs: Signs, rules: Sequence[Rule], *, repeated: bool, unasked: float = 1.0) -> list[Moved]:
    """The rules that these signs call for. A technique used twice in a row earns nothing.

    `unasked` is the share that a gift counts for.
    """
    found = []
    for rule in rules:
        weight = signs.get(rule.sign, 0.0)
        if weight > 0.05:
            earned = 0.0 if repeated and rule.id in _TECHNICAL else weight * (unasked if rule.gift else 1.0)
            found.append(Moved(rule, weight, rule.patience * earned, rule.trust * earned))
    return found


def move(moment: Moment, signs: Signs, moved: Sequence[Moved]) -> State:
    """The state after the line was heard and before he speaks."""
    state, heard = moment.state, moment.heard
    rise = min(MOST_RISE, sum(each.trust for each in moved))
    patience = state.patience + sum(each.patience for each in moved)
    causes = sum(each.rule.cause and each.weight >= 0.75 for each in moved)
    after = replace(
        state,
        turn=state.turn + 1,
        patience=min(MOST_PATIENCE, max(0.0, patience)),
        trust=min(MOST_TRUST, max(0.0, state.trust + rise)),
        named={**state.named, **_named(moment)},
        figures={**new_figures(heard), **state.figures},
        techniques=(*state.techniques[-4:], technique_of(heard) or "-"),
        counts=_counts(state, heard, signs, causes),
    )
    return _settle(after, signs, moment.scenario)


def _named(moment: Moment) -> dict[Item, str]:
    """What the learner put on the table; a guess that was wrong is not there."""
    heard = moment.heard
    if moment.seat == "sales-vp" or not heard.wrong:
        return dict(heard.named)
    return {item: said for item, said in heard.named.items() if item not in {"from", "to"}}


def _counts(state: State, heard: Heard, signs: Signs, causes: int) -> dict[str, int]:
    counts = dict(state.counts)
    for sign, name in _COUNTED.items():
        if signs.get(sign, 0.0) >= SURE:
            counts[name] = counts.get(name, 0) + 1
    counts["causes"] = counts.get("causes", 0) + causes
    counts["closed_run"] = counts.get("closed_run", 0) + 1 if heard.asks == "closed" else 0
    past = max(signs.get("unheard", 0.0), signs.get("ducked", 0.0)) >= SURE
    counts["past_run"] = counts.get("past_run", 0) + 1 if past else 0
    counts["past"] = counts.get("past", 0) + past
    return counts | _done(heard, signs)


def _done(heard: Heard, signs: Signs) -> dict[str, int]:
    """Moves that the learner has made by now: what may provoke a doubt."""
    made = {f"did:{move}": 1 for move, score in heard.moves.items() if score >= _MADE}
    return made | ({"did:vague": 1} if signs.get("vague", 0.0) >= SURE else {})


def _settle(state: State, signs: Signs, scenario: Scenario) -> State:
    """What waited and was dealt with waits no more."""
    if state.pending is None or max(signs.get("eased", 0.0), signs.get("answered", 0.0)) < 0.4:
        return state
    kind = "objection" if objection_of(scenario, state.pending) else "agenda"
    return replace(
        state,
        eased=state.eased | {state.pending},
        open=tuple(each for each in state.open if each != state.pending),
        pending=None,
        counts={**state.counts, f"settled:{kind}": state.count(f"settled:{kind}") + 1},
    )


def clarity_bought(state: State, before: int, rules: Rules) -> State:
    """Clarity buys minutes: each part of the outcome that is newly on the table, up to a limit."""
    gained = min(
        rules.clock.bought * max(0, len(state.clarity) - before), rules.clock.most_bought - state.bought
    )
    return replace(state, minutes=state.minutes + gained, bought=state.bought + gained)
