"""What he says: an answer to the line that was just heard, and sometimes something that he has on his mind."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Literal

from assistant.rehearsal.bank import Bank, fill
from assistant.rehearsal.mirror import matter, question, turned
from assistant.rehearsal.moving import Moved
from assistant.rehearsal.scenario import DEPTHS, Depth, Item, Level, Scenario, Topic
from assistant.rehearsal.signals import SURE, Moment, Signs
from assistant.rehearsal.state import State
from assistant.rehearsal.words import says

MOST_WORDS = 46
_DAY = re.compile(r"\b(?:(?:mon|tues|wednes|thurs|fri)day|tomorrow)\b", re.IGNORECASE)
Kind = Literal[
    "fact", "concern", "objection", "agenda", "settled", "cue", "ending", "opening", "reaction", "aside"
]


@dataclass(frozen=True)
class Piece:
    """A line of his: its text, the line it was made of, and what it is (`about` is a topic, a doubt, an intent)."""

    text: str
    source: str
    kind: Kind
    about: str
    depth: str = ""


@dataclass
class Voice:
    """Finds lines for one turn: none that was used, some order by chance that belongs to seed and turn."""

    scenario: Scenario
    bank: Bank
    state: State
    chance: Random
    slots: Mapping[str, str] = field(default_factory=dict)

    def own(self, lines: Sequence[str], kind: Kind, about: str, depth: str = "") -> Piece | None:
        """One of the scenario's own lines, if one is left."""
        fresh = [line for line in lines if line not in self.state.used]
        if not fresh:
            return None
        line = self.chance.choice(fresh)
        return Piece(line, line, kind, about, depth)

    def react(self, intent: str, saying: str | None = None) -> Piece | None:
        """A reaction from the bank, if one is left; with `saying`, one that has this slot."""
        state = self.state
        found = self.bank.choose(
            intent, mood=state.mood, used=state.used, slots=self.slots, chance=self.chance, saying=saying
        )
        return None if found is None else Piece(found[1], found[0], "reaction", intent)

    def spent(self, intent: str) -> int:
        """How many lines of this reaction he has used in this meeting."""
        return len(self.state.used & self.bank.said(intent))

    def first(self, *intents: str) -> Piece:
        """A reaction of the first of these intents that has a line left."""
        for intent in intents:
            if found := self.react(intent):
                return found
        return self.react("not_understood") or Piece(fill("Go on.", {}), "Go on.", "reaction", "go_on")


def slots_of(moment: Moment, state: State) -> dict[str, str]:
    """What lines may repeat of the conversation."""
    number, heard = moment.scenario.number, moment.heard
    found: dict[str, str] = {}
    if "metric" in state.clarity:
        found["metric"] = number.metric
    if "group" in state.known or says(state.named.get("group", ""), number.group_words):
        found["team"] = number.group
    if "from" in state.known:
        found["number"] = number.from_
    elif number.known_by == "learner" and "to" in state.named:
        found["number"] = state.named["to"]
    if heard.noun:
        found["noun"] = heard.noun
    if yours := turned(heard.text):
        found["yours"] = yours
    if heard.asks != "none" and (about := matter(heard.text)):
        found["matter"] = about
    if asked := question(heard.text):
        found["asked"] = asked
    if day := _DAY.search(heard.text):
        found["day"] = day[0].capitalize()
    if heard.wrong:
        found["said"] = heard.wrong[1]
        found["number"] = number.from_
    for item in ("from", "to"):
        before, now = moment.state.figures.get(item), heard.named.get(item)
        if before is not None and now is not None and f"{before:g}" != now:
            found |= {"before": f"{before:g}", "now": now}
    found["minutes"] = str(max(1, round(state.minutes)))
    return found


def depth_of(topic: Topic, moment: Moment, state: State, signs: Signs, *, harder: float) -> Depth | None:
    """How much he tells of a topic now; None where he has nothing more to tell."""
    guard, told = topic.guard + harder, state.told.get(topic.topic)
    past = max(signs.get("unheard", 0.0), signs.get("ducked", 0.0)) >= SURE
    open_way = moment.heard.asks == "open" or moment.heard.takes_up >= 0.4
    if told == "full":
        return None
    if past or state.trust < guard - 1:
        return "deflect" if told is None else None
    if told == "partial":
        return "full" if state.trust >= guard and (open_way or signs.get("closed_run", 0.0) < SURE) else None
    return "full" if open_way and state.trust >= guard + 1.5 else "partial"


def told_items(piece: Piece, scenario: Scenario) -> frozenset[Item]:
    """Parts of the outcome that his line puts on the table."""
    number = scenario.number
    if number.known_by == "learner":
        return frozenset()
    items: tuple[Item, ...] = ("group", "metric", "from", "to", "when")
    found = {item for item in items if says(piece.text, number.words(item))}
    if piece.kind == "fact" and piece.depth == "full":
        found |= {item for item in items if item in scenario.topic(piece.about).gives}
    return frozenset(found)


def loudest(moved: Sequence[Moved], *, first: bool) -> Moved | None:
    """The rule he speaks about: the surest cost among those that come first, the best gain among the others."""
    spoken = [each for each in moved if each.rule.says and each.weight >= SURE and each.rule.first == first]
    return max(spoken, key=lambda each: each.weight * abs(each.rule.patience + each.rule.trust), default=None)


def joined(pieces: Sequence[Piece]) -> str:
    """What he says, as one text."""
    return " ".join(piece.text for piece in pieces)


def remember(state: State, pieces: Sequence[Piece], scenario: Scenario) -> State:
    """The state after he has spoken."""
    told, known, used = dict(state.told), set(state.known), set(state.used)
    counts = dict(state.counts)
    topic, cue, cues, pending, asked = state.topic, state.cue, state.cues, state.pending, state.asked
    raised, open_ = dict(state.raised), state.open
    for piece in pieces:
        used.add(piece.source)
        known |= told_items(piece, scenario)
        if piece.kind == "fact":
            depth: Depth = next(each for each in DEPTHS if each == piece.depth)
            told[piece.about], topic = depth, piece.about
            counts[f"done:{piece.about}"] = counts.get(f"done:{piece.about}", 0) + (depth == "full")
        elif piece.kind in {"objection", "agenda"}:
            raised[piece.about] = raised.get(piece.about, 0) + 1
            pending, asked = piece.about, piece.text
            open_ = open_ if piece.kind == "agenda" or piece.about in open_ else (*open_, piece.about)
            topic = None
        elif piece.kind == "cue":
            cue, cues = piece.text, cues + 1
    return replace(
        state, told=told, known=frozenset(known), used=frozenset(used), topic=topic, cue=cue, cues=cues,
        pending=pending, asked=asked, raised=raised, open=open_, counts=counts, his=(*state.his[-3:], joined(pieces)),
        parts=tuple(piece.text for piece in pieces), reacted=pieces[-1].kind in {"reaction", "aside"},
        concern=max(state.concern, 1 if cues else 0),
    )  # fmt: skip


def allowed_objections(scenario: Scenario, level: Level) -> list[str]:
    """The doubts he raises at this level."""
    return [each.id for each in scenario.objections if each.id in scenario.levels[level].objections]
