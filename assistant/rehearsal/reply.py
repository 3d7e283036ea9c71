"""What he answers now: what he was asked before anything else, then what he has on his mind."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.moves.sentences import plain, sentences
from assistant.rehearsal.asked import KIND, PLAIN, Asked, all_of
from assistant.rehearsal.endings import unmet
from assistant.rehearsal.mind import words_of
from assistant.rehearsal.moving import Moved
from assistant.rehearsal.scenario import Ending, Item
from assistant.rehearsal.signals import BROUGHT, SURE, objection_of
from assistant.rehearsal.speech import MOST_WORDS, Piece, allowed_objections, loudest
from assistant.rehearsal.state import State
from assistant.rehearsal.words import content

_WANTS: dict[str, str] = {
    "group": "wants_group", "metric": "wants_metric", "from": "wants_from_to", "to": "wants_from_to",
    "when": "wants_when", "next_step": "wants_next_step",
}  # fmt: skip
_SMALL = (
    ("thanks", "thanks"), ("apologises", "apology"), ("asks_time", "asks_time"), ("asks_advice", "asks_advice"),
    ("opens_door", "asks_open_door"), ("greets", "greeting"),
)  # fmt: skip
_ALLOWS = (("may_tell", "go_ahead"), ("asks_advice", "asks_advice"))
_WANTED = (("requests", "requested"), ("asks_him", "asked_to"))
_MOST_RAISED, _MOST_TURNED = 2, 3
_TOUCHED, _ELSEWHERE = 0.4, 0.6
_NEEDS = re.compile(r"\bwhat (?:do|would|did) you (?:need|want)\b")
_NO_TIME = re.compile(
    r"\b(?:don't|do not|no|not|without|instead of) (?:\w+ )?(?:want |need )?(?:another|more|an?)\b|\bhour with\b"
)
"""Time is refused here, or asked for with somebody else."""
_PASSED = frozenset({"ducked", "unheard", "technique"})
_MOST_PASSED = 2
_SOFT = frozenset({"persuading", "project_talk", "solution_early", "unheard", "ducked", "asked_again"})
"""What he passes over once the line says just what this meeting has a reply to."""
_DAYS = r"(?:(?:mon|tues|wednes|thurs|fri)day|tomorrow)"
_DAY_ASKED = re.compile(
    rf"^(?:on |next |this )?{_DAYS}\b|\b(?:on|next|this|about|is|does|say|by) {_DAYS}\b|"
    r"\b(?:along|round|over|back|meet|start|come|join) tomorrow\b"
)
_LET_GO = frozenset({"unheard", "reflection_flat"})
_ONLY_HEARD = frozenset({"reflection_right", "number_heard", "small_start_taken"})
"""Reactions that say that something was heard, and leave a question where it is."""
_NOT_THE_ANSWER = frozenset({"candour_taken", "number_heard", "team_heard"})
_AT_THE_END = frozenset({"any", "commitment", "small_start", "approach", "outcome_talk"})
_GREETING, _SPEECH, _MOST_NOTED = 6, 6, 3
_ANSWERED_SO = 0.5
"""How near a line must be to the answers that were written for a doubt, for the words that were written as its end."""


class Reply(Asked):
    """One answer in the making."""

    def count_closes(self) -> State:
        """The state with one more failed attempt to close, where this was one."""
        pushed = self.moment.closing and not self._nearly()
        if pushed:
            self.state = replace(
                self.state, counts=self.state.counted("closes"), patience=max(0.0, self.state.patience - 0.5)
            )
        self.voice.state = self.state
        return self.state

    def last_doubt(self, ending: Ending) -> Piece | None:
        """Nobody agrees without a doubt: where none came up in the whole meeting, one does before he says yes."""
        doubts = {each.id for each in self.scenario.objections}
        if ending.outcome != "agreed" or self.counterpart.level == "easy" or doubts & set(self.state.raised):
            return None
        own = [
            name
            for name in allowed_objections(self.scenario, self.counterpart.level)
            if _AT_THE_END & set(self.scenario.objection(name).when)
        ]
        return self._raise(own[0]) if own else None

    def speak(self) -> tuple[State, list[Piece]]:
        """The state, moved by what he decides to say, and what he says."""
        pieces = self._main()
        loud = any(each.kind in {"objection", "agenda", "cue", "ending"} for each in pieces)
        if not loud and (tail := self._tail(pieces)):
            pieces.append(tail)
        return self.state, pieces

    def _main(self) -> list[Piece]:
        for attempt in (
            self._cost,
            self._worry,
            self._settled,
            self._close,
            self._allowed,
            self.aside,
            self.named_kind,
            self.fact,
            self.any_kind,
            self._requested,
            self._gain,
            self.invited,
            self._small,
        ):
            if pieces := attempt():
                return pieces
        return self._lost()

    # what cost him something, he says first

    def _cost(self) -> list[Piece]:
        cost = loudest(self.moved, first=True)
        if cost is None or (self.signs.get("concern_met", 0.0) > cost.weight):
            return []
        if cost.rule.sign in _LET_GO and self._answerable():
            return []
        return self._all_the_same(cost.rule.sign) or self._reproach(cost)

    def _all_the_same(self, sign: str) -> list[Piece]:
        """His answer, where he passes over what the line cost him."""
        if sign in _SOFT and self.plainly_aside() and (said := self.aside()):
            return said
        if sign == "solution_early" and self.signs.get("ask_field", 0.0) >= SURE:
            return all_of(self.voice.react("asks_field"))
        return self._lets_it_go() if sign in _PASSED else []

    def _reproach(self, cost: Moved) -> list[Piece]:
        if cost.rule.sign == "ducked":
            return self._insist()
        if cost.rule.sign == "number_wrong":
            return self._correct()
        return [self.voice.first(*self._intents(cost))]

    def _lets_it_go(self) -> list[Piece]:
        """Passed over, he answers a question all the same, and takes a statement once, and comes back to his own."""
        asks, earned = self.heard.asks != "none", loudest(self.moved, first=False)
        if self.moment.closing or (self.state.count("past_run") >= _MOST_PASSED and not asks and not earned):
            return []
        said = self._answering() if asks else self._gain() or all_of(self._taken(always=True))
        name = self.state.pending
        again = self._raise(name) if name and self.state.raised.get(name, 0) <= _MOST_RAISED else None
        fits = again is not None and words_of(*said, again) <= MOST_WORDS
        return [*said, again] if again is not None and fits else said

    def _answering(self) -> list[Piece]:
        """Whatever comes nearest to an answer: what he knows, what is asked in any meeting, or that he can't say."""
        for attempt in (self._allowed, self.aside, self.named_kind, self.fact, self.any_kind):
            if pieces := attempt():
                return pieces
        return all_of(self.nearest_fact()) or self.owned()

    def _answerable(self) -> bool:
        """He was passed over, or pitied, with a question on something that he can speak of: once he lets that go."""
        near = self.heard.topics[0][1] if self.heard.topics else 0.0
        beside = self.heard.asides[0][1] if self.heard.asides else 0.0
        able = max(near - PLAIN, self.heard.general[1] - KIND, beside - KIND) >= 0
        return self.heard.asks != "none" and self.state.count("past_run") < 2 and able

    def _intents(self, cost: Moved) -> tuple[str, ...]:
        says = cost.rule.says or ""
        if says == "unheard" and self.heard.asks != "none":
            return "unheard_asking", "unheard"
        if says == "technique":
            return f"technique_{self.state.techniques[-1]}", "impatient"
        if says == "order":
            return f"order_{self.counterpart.level}", "order_normal"
        if says in {"project_talk", "solution_early"} and self.state.count("projects") >= 3:
            return "phone", says
        return says, "impatient"

    def _insist(self) -> list[Piece]:
        """He was passed over: he says so and asks anew in other words, twice at most."""
        name = self.state.pending
        passed = ("ducked", "unheard") if str(self.state.asked).rstrip().endswith("?") else ("unheard",)
        if name is None:
            return [self.voice.first(*passed)]
        again = self._raise(name) if self.state.raised.get(name, 0) <= _MOST_RAISED else None
        if again is None or self.state.count("past_run") >= 3:
            self.state = replace(self.state, pending=None)
            return [self.voice.first(*passed)]
        if self.moment.closing:  # no reproach where he is offered something: only the doubt once more
            return [again]
        said = self.voice.first(*passed)
        return [said, again] if words_of(said, again) <= MOST_WORDS else [again]

    def _correct(self) -> list[Piece]:
        """He does not let a wrong number stand; with some trust he says what it is."""
        self.state = replace(self.state, known=self.state.known | {"metric", "from"})
        said = self.voice.react("number_wrong", saying="number") or self.voice.first("number_wrong")
        return [said]

    # what he does not say

    def _worry(self) -> list[Piece]:
        concern, stage, trust = self.scenario.concern, self.state.concern, self.state.trust
        elsewhere = bool(self.heard.topics) and self.heard.topics[0][1] >= _ELSEWHERE
        if stage == 3 and self._kind() and self.heard.takes_up > 0.2 and not elsewhere:
            self.state = replace(self.state, concern=4)
            return all_of(self.voice.own(concern.heard, "concern", "heard"))
        if stage not in {1, 2} or self.signs.get("concern_met", 0.0) < SURE:
            return []
        guard = concern.guard + self.counterpart.rules.levels[self.counterpart.level].guard
        if trust < guard - 0.75:
            return all_of(self.voice.own(concern.deflect, "concern", "deflect"))
        deep = trust >= guard and (stage == 2 or trust >= guard + 1)
        self.state = replace(self.state, concern=3 if deep else 2)
        lines = concern.full if deep else concern.partial
        self.voice.state = self.state
        piece = self.voice.own(lines, "concern", "full" if deep else "partial")
        self.state = replace(self.state, cue=piece.text if piece else self.state.cue, topic=None)
        return all_of(piece)

    def _kind(self) -> bool:
        worst = max(self.signs.get(name, 0.0) for name in ("persuading", "project_talk", "unheard", "ducked"))
        return worst < SURE

    # what waited was dealt with

    def _settled(self) -> list[Piece]:
        settled = self.state.eased - self.moment.state.eased
        if not settled:
            return []
        name = next(iter(settled))
        objection = objection_of(self.scenario, name)
        lines = (
            objection.settled
            if objection
            else next(each.eased for each in self.scenario.agenda if each.id == name)
        )
        near = self.scenario.answers_to(name)
        asks = self.heard.asks != "none"
        own = self.counterpart.ear.meanings.nearest([self.heard.text], near) >= _ANSWERED_SO
        piece = self.voice.own(lines, "settled", name) if own else None
        if asks and not own:
            return self.aside() or self.fact(least=PLAIN) or self.any_kind() or self.owned()
        more = (self.aside() or self.fact(least=PLAIN) or self.any_kind()) if asks else []
        found = all_of(piece or self.voice.react("settled"))
        more = more or self.invited()
        return [*found, *more] if not found or (more and words_of(*found, *more) <= MOST_WORDS) else found

    # an attempt to close

    def _close(self) -> list[Piece]:
        offers = self.moment.bringing and (self.moment.closing or self.heard.asks != "open")
        if self._only_asks() or (not offers and not (self._wanting() and self.heard.asks == "none")):
            return []
        waiting = [name for name in self.state.open if name != self.state.pending]
        if waiting and (again := self._raise(waiting[0])):
            return [again]
        self.state = replace(self.state, open=tuple(each for each in self.state.open if each not in waiting))
        if self.moment.closing and (missing := self._missing()):
            return [self.voice.first(*("wants_to",) * self._wants_only_to(missing), _WANTS[missing])]
        return self._not_yet(offers=offers)

    def _not_yet(self, *, offers: bool) -> list[Piece]:
        """Nothing is missing from the table, and he does not say yes."""
        if "ask_field" in self.signs and not self.moment.closing:
            return [self.voice.first("asks_field", "not_yet")]
        if self.signs.get("number_right", 0.0) >= SURE and self.moment.seat == "sales-vp":
            return [self.voice.first("number_heard", "asks_field")]
        if offers and not self.moment.closing:
            return self.aside() or all_of(self._taken(always=True))
        if offers:  # all of it is on the table, and something else is in the way
            return [self.voice.first("not_yet", "impatient")]
        return [self.voice.first("commitment_taken", "impatient")]

    def _only_asks(self) -> bool:
        """Figures may stand in a line that ends in a question on something that he knows: then it is no close."""
        topics, near = self.heard.topics, max(self.heard.brings.values(), default=0.0)
        asked = self.heard.asks == "open" and self.heard.text.rstrip().endswith("?")
        return asked and near < BROUGHT and bool(topics) and topics[0][1] >= _TOUCHED

    def _wanting(self) -> bool:
        """He is offered one team or a promise while something of the outcome is still missing."""
        return max(self.signs.get("small_start", 0.0), self.signs.get("commitment", 0.0)) >= SURE and bool(
            self.state.clarity
        )

    def _missing(self) -> Item | None:
        for ending in self.scenario.endings:
            for need in unmet(ending.needs, self.state, self.moment, self.counterpart.level):
                for item in ("group", "metric", "from", "to", "when", "next_step"):
                    if need == item:
                        return item
        return None

    def _wants_only_to(self, missing: str) -> bool:
        return missing == "to" and "from" in self.state.clarity

    def _nearly(self) -> bool:
        """Whether only words of the checklist or an open doubt are missing: then it is no push."""
        return self.state.trust >= min(
            (each.needs.trust for each in self.scenario.endings if each.outcome == "agreed"), default=0
        )

    # what he was asked

    def _allowed(self) -> list[Piece]:
        """“May I tell you …?” is told to go on, “Could I sit in?” is answered before anything else."""
        if self.signs.get("ask_field", 0.0) >= SURE and self.heard.asks == "closed":
            return all_of(self.voice.react("asks_field"))
        if self._names_a_day():
            return all_of(self.voice.react("day_named", saying="day"))
        for sign, intent in _ALLOWS:
            if sign in self.heard.signs and self.heard.asks != "none":
                return all_of(self.voice.react(intent))
        return []

    def _names_a_day(self) -> bool:
        """“Thursday at ten?” asks for that day; “Who shut the Friday door?” asks for something else."""
        asks = [plain(each) for each in sentences(self.heard.text) if each.rstrip().endswith("?")]
        proposes = bool(asks) and bool(_DAY_ASKED.search(asks[-1])) and not self.moment.closing
        return "day" in self.voice.slots and self.heard.asks == "closed" and proposes

    def _requested(self) -> list[Piece]:
        """“Could we ring one of them?” is a request, to be granted or not before the idea in it is praised."""
        if self.heard.asks != "closed" or self.moment.closing:
            return []
        wanted = next((intent for sign, intent in _WANTED if sign in self.heard.signs), None)
        return all_of(self.voice.react(wanted)) if wanted else []

    # what he gained

    def _gain(self) -> list[Piece]:
        gain = loudest(self.moved, first=False)
        if gain and self.heard.asks == "open" and gain.rule.says in _ONLY_HEARD:
            return self.owned() if self.state.turn % 2 else [self.voice.first("heard_and_asked", "no_view")]
        if gain and self.heard.asks != "none" and gain.rule.says in _NOT_THE_ANSWER:
            return []
        if gain and self.heard.asks == "closed" and gain.rule.says == "reflection_right":
            return [self.voice.first("maybe", "reflection_right")]
        if gain and gain.rule.says == "how_is_hers" and _NEEDS.search(plain(self.heard.text)):
            return all_of(self._agenda() or self.voice.react("how_is_hers"))
        found = self.voice.react(gain.rule.says) if gain and gain.rule.says else None
        return [found] if found else []

    def _small(self) -> list[Piece]:
        for sign, intent in _SMALL:
            if intent == "greeting" and self.heard.words > _GREETING:
                continue
            if intent in {"thanks", "apology"} and self.heard.asks != "none":
                continue
            if intent == "asks_time" and (
                self.heard.takes_up >= 0.3 or _NO_TIME.search(plain(self.heard.text))
            ):
                continue
            if sign in self.heard.signs and (found := self.voice.react(intent)):
                return [found]
        if self.heard.asks != "none":
            return all_of(self.asked() or self.nearest_fact()) or self.owned()
        if 0 < self.heard.words <= 2:
            return all_of(self._due(always=True)) or [self.voice.first("short_word")]
        return []

    def _lost(self) -> list[Piece]:
        """Nothing was understood; where he was listened to he goes on, otherwise he asks for it in his terms."""
        taken = self._taken(always=self.heard.takes_up >= 0.5)
        if self.heard.takes_up >= 0.5 and (due := self._due(always=True)):
            return [due] if taken is None or words_of(taken, due) > MOST_WORDS else [taken, due]
        if self.heard.takes_up >= 0.5:
            return [taken or self.voice.first("reflection_right")]
        return [taken or self.voice.first(*self._plain(), "not_understood")]

    def _taken(self, *, always: bool = False) -> Piece | None:
        """What the learner said of his own side, said back to him, now and then; an offer is taken as one."""
        if "offers" in self.heard.signs and (offer := self.voice.react("offer_heard")):
            return offer
        often = self.voice.spent("turned") >= _MOST_TURNED
        found = None if often else self.voice.react("turned", saying="yours")
        return found or (self.voice.react("noted") if always else None)

    def _plain(self) -> tuple[str, ...]:
        """How he takes what moves nothing: it speaks of what this meeting is about, or is plain speech at least."""
        own = content(" ".join((self.scenario.brief, self.scenario.title, *self.state.his[-2:])))
        if self.heard.named or self.heard.takes_up >= 0.2 or content(self.heard.text) & own:
            return ("taken_in",)
        speech = self.heard.words >= _SPEECH and self.voice.spent("noted") < _MOST_NOTED
        return ("noted",) if speech else ()
