"""What he has on his mind: what he wants from the meeting, his doubts, and what he does not say aloud."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.rehearsal.moving import Moved
from assistant.rehearsal.signals import SURE, Moment, Signs, objection_of
from assistant.rehearsal.speech import MOST_WORDS, Piece, Voice, allowed_objections, loudest
from assistant.rehearsal.state import State

if TYPE_CHECKING:
    from assistant.rehearsal.counterpart import Counterpart


class Mind:
    """One counterpart at one moment, with what he may bring up of his own accord."""

    def __init__(
        self,
        moment: Moment,
        state: State,
        signs: Signs,
        moved: list[Moved],
        *,
        voice: Voice,
        counterpart: Counterpart,
    ) -> None:
        self.moment, self.state, self.signs, self.moved = moment, state, signs, moved
        self.voice, self.counterpart = voice, counterpart
        self.scenario, self.heard = moment.scenario, moment.heard

    def _tail(self, pieces: list[Piece]) -> Piece | None:
        if self.state.pending or loudest(self.moved, first=True):
            return None
        self.voice.state = replace(self.state, used=self.state.used | {each.source for each in pieces})
        room = MOST_WORDS - words_of(*pieces)
        if self.state.minutes < self.counterpart.rules.clock.warning and not self.state.warned:
            self.state = replace(self.state, warned=True)
            return self.voice.react("time_warning")
        if self._bought_now():
            self.voice.slots = {**self.voice.slots, "minutes": f"{self.state.bought:.0f}"}
            return self.voice.react("buys_time")
        found = self._triggered() or self._due()
        return found if found and len(found.text.split()) <= room else None

    def _bought_now(self) -> bool:
        return len(self.moment.state.clarity) < 4 <= len(self.state.clarity) and self.state.bought >= 3

    def _triggered(self) -> Piece | None:
        """A doubt that this line provokes."""
        for name in allowed_objections(self.scenario, self.counterpart.level):
            objection = self.scenario.objection(name)
            provoked = any(self._provokes(move) for move in objection.when)
            if (
                provoked
                and name not in self.state.raised
                and self.state.turn >= 2
                and self.voice.chance.random() < 0.6
            ):
                return self._raise(name)
        return None

    def _provokes(self, move: str) -> bool:
        if move == "any":
            return True
        return self.signs.get(move, 0.0) >= SURE if move == "vague" else self.heard.sure(move) >= 0.6

    def _due(self, *, always: bool = False) -> Piece | None:
        """The next thing on his mind whose turn has come; any, where a gap is left."""
        turn = self.state.turn + (2 if always else 0)
        for name, at in sorted(self.counterpart.plan.items(), key=lambda pair: pair[1]):
            if at > turn:
                break
            if name.startswith("cue:"):
                if int(name[4:]) >= self.state.cues and (cue := self._cue()):
                    return cue
            elif name not in self.state.raised and self._provoked(name):
                return self._raise(name)
        waiting = [name for name in self.state.open if name != self.state.pending]
        if not waiting or self.state.turn % 2:
            return None
        again = self._raise(waiting[0])
        if again is None:  # nothing new to say on it: he lets it rest
            self.state = replace(
                self.state, open=tuple(each for each in self.state.open if each != waiting[0])
            )
        return again

    def _provoked(self, name: str) -> bool:
        """Whether the learner gave cause for this doubt by now; what he wants himself needs none."""
        objection = objection_of(self.scenario, name)
        return objection is None or any(
            move == "any" or self.state.count(f"did:{move}") for move in objection.when
        )

    def _raise(self, name: str) -> Piece | None:
        objection = objection_of(self.scenario, name)
        if objection is not None:
            return self.voice.own(objection.lines, "objection", name)
        lines = next(each.raises for each in self.scenario.agenda if each.id == name)
        return self.voice.own(lines, "agenda", name)

    def _agenda(self) -> Piece | None:
        """The next thing that he wants to speak of himself."""
        fresh = [each.id for each in self.scenario.agenda if each.id not in self.state.raised]
        return self._raise(fresh[0]) if fresh else None

    def _cue(self) -> Piece | None:
        """Half a sentence in which his worry shows."""
        if self.state.concern >= 3 or self.state.cues >= len(self.scenario.concern.cues):
            return None
        return self.voice.own(self.scenario.concern.cues, "cue", "concern")


def words_of(*pieces: Piece) -> int:
    """How many words these make together."""
    return sum(len(piece.text.split()) for piece in pieces)
