"""The signs that rules are about: from what was heard and the moment it was said in, each with how sure it is."""

import re
from dataclasses import dataclass

from assistant.rehearsal.hearing import Heard
from assistant.rehearsal.scenario import Item, Objection, Scenario
from assistant.rehearsal.state import State

Signs = dict[str, float]

SURE = 0.5
"""From here on a sign is spoken about; below it only moves the state by its share."""
BROUGHT = 0.62
"""How near a line must be to one that was written to bring an ending about."""
_FLAT_OVERLAP = 0.5
_MORE = re.compile(r"\b(?:else|another|other|more)\b", re.IGNORECASE)
_YOU_SEE = re.compile(r"\byou (?:\w+ ){0,2}(?:to )?(?:see|hear)\b|\bsee going\b", re.IGNORECASE)
"""It is he who should see or hear something, and not the learner who asks to."""
_LET_ME = re.compile(
    r"\b(?:may|can|could|might) (?:i|we)\b|\blet me\b|\btake me\b|\bi(?:'d| would)\b", re.IGNORECASE
)
_NOT = r"\b(?:not|no|never|without|instead of|rather than|used to|\w+n['’]t|drop|stop|cancel|forget)\b"
_CONTENT: tuple[Item, ...] = ("group", "metric", "from", "to", "when")


@dataclass(frozen=True)
class Moment:
    """A line, the state before it, and the meeting it is said in."""

    heard: Heard
    state: State
    scenario: Scenario

    @property
    def seat(self) -> str:
        """The learner's chair."""
        return self.scenario.seat

    @property
    def closing(self) -> bool:
        """Whether the line moves to close: names several parts of the outcome, or who does what."""
        named = [item for item in _CONTENT if item in self.heard.named]
        step = (
            "next_step" in self.heard.named and self.heard.sure("commitment", "small_start", "approach") > 0.4
        )
        return len(named) >= 3 or (step and len(named) >= 1)

    @property
    def bringing(self) -> bool:
        """Whether the line closes, or is near one that would end the meeting well."""
        return self.closing or max(self.heard.brings.values(), default=0.0) >= BROUGHT


def signs(moment: Moment) -> Signs:
    """All signs of this moment that are there at all."""
    odd = _odd(moment)
    if any(odd[name] for name in ("gibberish", "language", "told", "machine", "abuse", "threat", "silence")):
        return {name: weight for name, weight in odd.items() if weight}
    found = {
        **odd,
        **_listening(moment),
        **_pending(moment),
        **_habits(moment),
        **_own_world(moment),
        **_outcome(moment),
        **_giving(moment),
    }
    if moment.heard.echo:
        found |= dict.fromkeys(_NOT_BY_ECHO, 0.0)
    return {name: min(1.0, weight) for name, weight in found.items() if weight > 0.05}


_NOT_BY_ECHO = (
    "answered", "eased", "candour", "story", "approach", "small_start", "commitment", "ask_field", "access", "open_how",
    "let_go", "number_right", "unheard", "asked_again", "reflection_flat", "reflection_wrong",
)  # fmt: skip
"""What nobody does by repeating the other's words."""


def _odd(moment: Moment) -> Signs:
    """What does not belong to a meeting."""
    heard = moment.heard
    return {
        "silence": float(heard.words == 0),
        "monologue": float(heard.interrupted),
        "gibberish": float("gibberish" in heard.signs),
        "language": float("language" in heard.signs),
        **{name: float(name in heard.signs) for name in ("abuse", "threat", "told", "machine")},
    }


def _listening(moment: Moment) -> Signs:
    heard, state = moment.heard, moment.state
    project = heard.sure("project_talk") if moment.seat == "learning-executive" else 0.0
    pitch = max(_pushes(moment), project)
    plays = heard.sure("reflection")
    sympathy = "sympathy" in heard.signs and heard.takes_up < _FLAT_OVERLAP
    answered = max(heard.answers.values(), default=0.0)
    related = max(heard.takes_up, answered if state.pending else 0.0, 0.8 * heard.concern)
    return {
        "listened": heard.takes_up * (1 - pitch)
        if heard.asks != "closed"
        else 0.4 * heard.takes_up * (1 - pitch),
        "reflection_right": plays * heard.takes_up * (not sympathy),
        "reflection_flat": 0.9 * sympathy,
        "reflection_wrong": plays * ("puts_words" in heard.signs) * (heard.takes_up < 0.2) * (not sympathy),
        "unheard": _unheard(moment, related),
        "asked_again": _asked_again(moment),
        "concern_met": heard.concern
        * max(plays, heard.sure("open_question"))
        * (0.5 if heard.echo else 1.0)
        * (moment.state.concern < 4),
    }


def _pushes(moment: Moment) -> float:
    """How far the line is a pitch, an order, or an order taken: words of his in it are no sign that he was heard."""
    heard = moment.heard
    taken = heard.sure("order_taking") * bool(heard.signs & {"delivers", "accepts"}) * (heard.asks == "none")
    if moment.seat == "learning-executive":
        return max(heard.sure("persuading"), taken)
    shape = heard.asks == "open" or moment.closing
    return max(heard.sure("order"), heard.sure("persuading")) * (not shape)


def _unheard(moment: Moment, related: float) -> float:
    """He left a thread, and the line does not touch it."""
    heard, state = moment.heard, moment.state
    if state.pending or state.turn == 0 or heard.words <= 2 or moment.bringing or related >= 0.3:
        return 0.0
    thread = bool(state.his) and state.his[-1].rstrip().endswith("?")
    partial = state.topic is not None and state.told.get(state.topic) == "partial"
    same = bool(heard.topics) and heard.topics[0][0] == state.topic and heard.topics[0][1] >= 0.45
    weight = (0.48 if state.reacted else 0.9) if thread else 0.7 if partial else 0.35 if state.topic else 0.0
    gives = heard.sure("field_story", "candour")
    return weight * (1 - related / 0.3) * (not same) * (1 - gives if gives >= SURE else 1.0)


def called_for(moment: Moment, found: Signs) -> float:
    """How far something that he said called for this line: it takes that up, meets a doubt, or is asked for."""
    met = max(found.get(name, 0.0) for name in ("eased", "answered", "concern_met"))
    wanted = moment.state.reacted and moment.state.his[-1].rstrip().endswith("?") and moment.heard.named
    return max(min(1.0, 1.5 * moment.heard.takes_up), min(1.0, 1.5 * met), float(bool(wanted)))


def _asked_again(moment: Moment) -> float:
    heard, state = moment.heard, moment.state
    if (
        heard.asks == "none"
        or not heard.topics
        or state.pending
        or moment.closing
        or _MORE.search(heard.text)
    ):
        return 0.0
    name, score = heard.topics[0]
    told = state.told.get(name) == "full" and state.count(f"done:{name}") >= 1
    return score * told * (heard.takes_up < 0.5) * (heard.sure("reflection") < 0.5)


def _pending(moment: Moment) -> Signs:
    """What waits for an answer: dealt with, or passed over."""
    heard, state = moment.heard, moment.state
    if state.pending is None:
        return {}
    pushes = _pushes(moment)
    answer = heard.answers.get(state.pending, 0.0) * (1 - pushes if pushes >= SURE else 1.0)
    objection = objection_of(moment.scenario, state.pending)
    let = _other_half(moment)
    if objection is None:
        answer = max(answer, 0.55 * _gives_way(moment))
        return {"answered": answer, "ducked": (1 - answer / 0.4) * let if answer < 0.4 else 0.0}
    argued = (
        heard.sure("persuading", "solution_proposal")
        if moment.seat == "learning-executive"
        else heard.sure("persuading")
    )
    way = max(
        heard.sure(*objection.eased_by),
        0.75 if heard.asks == "open" else 0.0,
        0.6 * ("admits" in heard.signs),
    )
    eased = answer * max(0.6, way) * (1 - 0.8 * argued)
    return {"eased": eased, "ducked": (1 - eased / 0.4) * let if eased < 0.4 else 0.0}


def _gives_way(moment: Moment) -> float:
    """A question about the two of them is answered by a fault admitted, a door opened, the how left to her."""
    ways = {"admits", "apologises", "concedes"} | (
        {"open_how", "opens_door"} if moment.seat == "sales-vp" else set()
    )
    return float(bool(moment.heard.signs & ways))


def _other_half(moment: Moment) -> float:
    """He said two things, or asked nothing: whoever takes up the first, or asks on, has not ducked it, once."""
    state = moment.state
    two = bool(state.asked) and state.his[-1].endswith(str(state.asked)) and state.his[-1] != state.asked
    first = state.pending is not None and state.raised.get(state.pending, 0) == 1
    if first and moment.heard.asks == "open" and not str(state.asked).rstrip().endswith("?"):
        return 0.45
    return 1 - 0.8 * moment.heard.takes_up if two and first else 1.0


def _habits(moment: Moment) -> Signs:
    """The same again, too much at once."""
    heard, state = moment.heard, moment.state
    technique = technique_of(heard)
    again = technique is not None and state.techniques[-4:].count(technique) >= (
        3 if technique == "question" else 2
    )
    met = state.pending is not None and heard.answers.get(state.pending, 0.0) >= 0.4
    return {
        "technique": 0.9 * again * (technique != "question" or (heard.takes_up < 0.4 and not met)),
        "many_questions": float(heard.questions >= 3),
        "closed_run": float(heard.asks == "closed" and state.count("closed_run") >= 2),
        "flattery": 0.8 * ("flatters" in heard.signs),
        "vague": 0.8 * ("vague" in heard.signs) * (not moment.closing),
    }


def technique_of(heard: Heard) -> str | None:
    """The one technique that a line consists of, if it is just one."""
    plays, asks, content = heard.sure("reflection") > SURE, heard.asks != "none", bool(heard.named)
    gives = heard.sure("field_story", "candour", "approach", "small_start", "commitment") > SURE
    if "flatters" in heard.signs:
        return "praise"
    if heard.echo:
        return "reflection"
    if plays and not asks and not gives and not content:
        return "reflection"
    if asks and not plays and not gives and not content:
        return "question"
    return None


def _own_world(moment: Moment) -> Signs:
    """Courses, pitches, orders: what each side falls back on."""
    heard, state = moment.heard, moment.state
    asking = 0.4 if heard.asks == "open" else 1.0
    shape = heard.sure("approach") > 0.6 or "ask_field" in heard.signs or moment.closing
    found = state.told and any(depth == "full" for depth in state.told.values())
    return {
        "solution_early": heard.sure("solution_proposal")
        * (0.3 if shape else 0.5 if found else 1.0)
        * asking,
        "project_talk": heard.sure("project_talk")
        * asking
        * (0.4 if heard.noun is None or _denied(heard) else 1.0),
        "persuading": heard.sure("persuading") * asking,
        "broad": heard.sure("broad_rollout") * asking * (heard.sure("small_start") < 0.5),
        "order": heard.sure("order") * asking * (not moment.closing),
        "order_taking": _order_taking(moment),
    }


def _denied(heard: Heard) -> bool:
    """Whether the course is named to say that there is none, or that it was a mistake."""
    return bool(re.search(rf"{_NOT}[^.?!]{{0,30}}\b{re.escape(heard.noun or '-')}", heard.text.lower()))


def _order_taking(moment: Moment) -> float:
    heard, state = moment.heard, moment.state
    if moment.seat != "learning-executive" or heard.asks != "none" or "asks_field" in heard.signs:
        return 0.0
    ordered = bool(state.his) and ("?" in state.his[-1] or state.pending is not None)
    plain = bool(heard.signs & {"delivers", "accepts"})
    clear = len(state.clarity) >= 3 or moment.closing
    return (
        heard.sure("order_taking")
        * (1.0 if ordered or "delivers" in heard.signs else 0.4)
        * plain
        * (not clear)
    )


def _outcome(moment: Moment) -> Signs:
    heard, state = moment.heard, moment.state
    fresh = [item for item in ("metric", "from", "to") if item in heard.named and item not in state.named]
    wrong = heard.wrong is not None
    before = {item: value for item, value in state.figures.items() if item in new_figures(heard)}
    changed = any(value != new_figures(heard)[item] for item, value in before.items())
    return {
        "number_right": (0.5 + 0.25 * len(fresh)) * bool(fresh) * (not wrong),
        "number_wrong": 0.9 * wrong,
        "team_right": float("group" in heard.named and "group" not in state.named),
        "contradiction": 0.9 * changed * (not wrong),
    }


def new_figures(heard: Heard) -> dict[Item, float]:
    """Figures of the outcome as the learner gives them in this line, where they are the learner's to give."""
    return {
        item: float(value)
        for item, value in heard.named.items()
        if item in {"from", "to"} and value.replace(".", "", 1).isdigit()
    }


def _giving(moment: Moment) -> Signs:
    heard = moment.heard
    accepted = "delivers" in heard.signs and not heard.named
    return {
        "small_start": heard.sure("small_start"),
        "approach": max(heard.sure("approach"), 0.75 * ("finds_out" in heard.signs)),
        "story": heard.sure("field_story"),
        "candour": heard.sure("candour")
        * (heard.sure("persuading") < SURE)
        * (not heard.signs & {"abuse", "threat"}),
        "commitment": heard.sure("commitment") * (not accepted),
        "ask_field": 0.85 * _asks_field(heard),
        "access": 0.85 * ("opens_door" in heard.signs),
        "open_how": 0.85 * ("open_how" in heard.signs),
        "let_go": 0.8 * ("let_go" in heard.signs),
    }


def _asks_field(heard: Heard) -> bool:
    """Whether the learner asks to see it; a question such as “What do you see in it?” asks for something else."""
    wants = heard.asks != "open" or bool(_LET_ME.search(heard.text))
    return "asks_field" in heard.signs and wants and not _YOU_SEE.search(heard.text)


def objection_of(scenario: Scenario, name: str) -> Objection | None:
    """The objection of this id; None where it is a point of his agenda."""
    return next((each for each in scenario.objections if each.id == name), None)
