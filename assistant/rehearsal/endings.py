"""When a meeting ends, and how: agreed, well in another way, kindly and to no effect, or with a closed door."""

from assistant.rehearsal.scenario import Ending, Item, Level, Needs
from assistant.rehearsal.signals import BROUGHT, SURE, Moment, Signs
from assistant.rehearsal.state import MOST_TRUST, End, State

_HINTED = 0.4
_ORDERS: dict[Level, int] = {"easy": 5, "normal": 4, "hard": 3}
_DEEP = {"deflect": 0, "partial": 1, "full": 2}


def good_ending(
    moment: Moment, state: State, signs: Signs, level: Level, *, more_trust: float = 0.0
) -> Ending | None:
    """The good ending that this line brings about, if its needs are met and nothing he raised was left open."""
    if (
        signs.get("ducked", 0.0) >= SURE
        or signs.get("number_wrong", 0.0) >= SURE
        or signs.get("order_taking", 0.0) >= SURE
    ):
        return None
    if (
        signs.get("broad", 0.0) >= SURE
        or signs.get("persuading", 0.0) >= SURE
        or (state.open and level != "easy")
    ):
        return None
    found = [
        each
        for each in moment.scenario.endings
        if _brought(moment, each, signs)
        and not unmet(each.needs, state, moment, level, more_trust=more_trust)
    ]
    return max(found, key=lambda each: moment.heard.brings.get(each.id, 0.0), default=None)


def _brought(moment: Moment, ending: Ending, signs: Signs) -> bool:
    near = moment.heard.brings.get(ending.id, 0.0)
    if ending.outcome == "agreed":
        return moment.closing
    said = any(_said(signs, moment, name) for name in ending.needs.said)
    return near >= BROUGHT or (said and near >= _HINTED)


def _said(signs: Signs, moment: Moment, name: str) -> bool:
    return max(signs.get(name, 0.0), moment.heard.sure(name) if name == "progress_report" else 0.0) >= SURE


def unmet(needs: Needs, state: State, moment: Moment, level: Level, *, more_trust: float = 0.0) -> list[str]:
    """What an ending still needs: parts of the checklist first, then trust, topics, doubts, the worry."""
    table = set(state.clarity) - {"next_step"}
    if "next_step" in moment.heard.named or "next_step" in state.named:
        table.add("next_step")
    found: list[str] = [item for item in needs.checklist if item not in table]
    if level != "easy" and needs.checklist and len(_own(needs, state)) < min(3, len(needs.checklist)):
        found += [item for item in needs.checklist if item not in state.named and item not in found][:1]
    found += ["trust"] if state.trust < min(MOST_TRUST, needs.trust + more_trust) else []
    found += [
        f"topic:{name}"
        for name, depth in needs.topics.items()
        if _DEEP[state.told.get(name, "deflect")] < _DEEP[depth]
    ]
    found += [f"objection:{name}" for name in needs.eased if name in state.raised and name not in state.eased]
    if needs.concern and state.concern < (1 if needs.concern == "hinted" else 3):
        found.append("concern")
    return found


def _own(needs: Needs, state: State) -> list[Item]:
    """What the learner named: nobody agrees to what only he himself said."""
    return [item for item in needs.checklist if item in state.named]


def bad_end(moment: Moment, state: State, signs: Signs, *, closes: int, level: Level) -> End | None:
    """An end that comes to nothing, if one is due."""
    if state.count("abuse") >= 2:
        return End("walked_out", "abuse", "counterpart")
    ordered = signs.get("order_taking", 0.0) >= SURE and (level != "easy" or state.count("order_taking") >= 2)
    if ordered or state.count("orders") >= _ORDERS[level]:
        return End("no_agreement", "order_end", "counterpart")
    if state.patience <= 0 or state.count("closes") >= closes:
        return _shown_out(state)
    if state.minutes <= 0:
        return End("no_agreement", "time_up", "time")
    near = max(moment.heard.brings.values(), default=0.0) >= _HINTED
    leaving = "leaves" in moment.heard.signs and moment.heard.asks == "none" and not (moment.closing or near)
    return End("no_agreement", "leaving", "learner") if leaving else None


def _shown_out(state: State) -> End:
    """He walks out where two causes were heard for sure; otherwise he ends it kindly."""
    sure = state.count("causes") + (state.count("past") >= 3) + (state.count("abuse") >= 1)
    if state.patience <= 0 and sure >= 2:
        return End("walked_out", "walk_out", "counterpart")
    return End("no_agreement", "polite_death", "counterpart")
