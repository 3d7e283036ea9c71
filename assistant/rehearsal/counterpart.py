"""The counterpart: hears a line, is moved by it, answers, and leaves when it is time. Same seed and words, same meeting."""

from dataclasses import dataclass, replace
from random import Random

from assistant.rehearsal.bank import Bank
from assistant.rehearsal.endings import bad_end, good_ending
from assistant.rehearsal.hearing import Before, Ear, Heard
from assistant.rehearsal.moving import Moved, applied, clarity_bought, move
from assistant.rehearsal.reply import Reply
from assistant.rehearsal.rules import Rules
from assistant.rehearsal.scenario import Level, Scenario
from assistant.rehearsal.signals import Moment, Signs, called_for, signs, technique_of
from assistant.rehearsal.speech import Piece, Voice, joined, remember, slots_of
from assistant.rehearsal.state import End, State, first_state
from assistant.rehearsal.voiced import Voiced


@dataclass(frozen=True)
class Exchange:
    """One line of the learner's and what came of it: `before` and `after` are the counterpart's states.

    `voiced` is what a chat model had to do with his answer, None where none was asked.
    """

    text: str
    heard: Heard
    signs: Signs
    moved: tuple[Moved, ...]
    before: State
    after: State
    reply: str
    pieces: tuple[Piece, ...]
    voiced: Voiced | None = None


class Counterpart:
    """One counterpart at one level, with one seed."""

    def __init__(
        self, scenario: Scenario, *, level: Level, seed: int, bank: Bank, rules: Rules, ear: Ear
    ) -> None:
        self.scenario, self.level, self.seed = scenario, level, seed
        self.rules, self.ear, self._bank = rules, ear, bank
        self._of_seat = rules.of(scenario.seat)
        self.plan = self._plan()

    def open(self) -> State:
        """His first words are the last of `his` in this state."""
        state = first_state(self.scenario, self.level, self.rules)
        piece = self.voice(state).own(self.scenario.openings, "opening", "opening")
        assert piece is not None  # noqa: S101  # a scenario has an opening, and none was used yet
        return remember(state, [piece], self.scenario)

    def before(self, state: State) -> Before:
        """What a line said now would be heard after."""
        return Before(
            state.his, state.parts, state.known, state.topic, state.pending, asked=state.asked, cue=state.cue
        )

    def answer(self, state: State, text: str) -> Exchange:
        """He hears `text` in `state` and answers. Raises ValueError where the meeting is over."""
        if state.end is not None:
            raise ValueError("the meeting is over")
        heard = self.ear.hear(text, self.before(state))
        moment = Moment(heard, state, self.scenario)
        found = signs(moment)
        least = self.rules.gift.unasked[self.scenario.seat]
        called = called_for(moment, found)
        moved = applied(
            found, self._of_seat, repeated=_repeated(state, heard), unasked=least + (1 - least) * called
        )
        after = clarity_bought(move(moment, found, moved), len(state.clarity), self.rules)
        after = replace(after, minutes=max(0.0, after.minutes - self._minutes(len(heard.text.split()), 0)))
        after, pieces = self._speak(moment, after, found, moved)
        after = clarity_bought(remember(after, pieces, self.scenario), len(after.clarity), self.rules)
        reply = joined(pieces)
        left = max(0.0, after.minutes - self._minutes(0, len(reply.split())))
        return Exchange(
            text, heard, found, tuple(moved), state, replace(after, minutes=left), reply, tuple(pieces)
        )

    def _speak(
        self, moment: Moment, state: State, found: Signs, moved: list[Moved]
    ) -> tuple[State, list[Piece]]:
        voice = self.voice(state, slots_of(moment, state))
        reply = Reply(moment, state, found, moved, voice=voice, counterpart=self)
        figures = self.rules.levels[self.level]
        wary = self.rules.more_trust(self.level, self.scenario.seat, state.count("past"))
        good = good_ending(moment, state, found, self.level, more_trust=wary)
        if good is not None and (doubt := reply.last_doubt(good)):
            return state, [doubt]
        if good is not None:
            piece = voice.own(good.lines, "ending", good.id) or voice.first("agreed")
            return replace(state, end=End(good.outcome, good.id, "counterpart")), [piece]
        state = reply.count_closes()
        end = bad_end(moment, state, found, closes=figures.closes, level=self.level)
        if end is not None:
            return replace(state, end=end), [self._farewell(voice, end)]
        return reply.speak()

    def _farewell(self, voice: Voice, end: End) -> Piece:
        bad = self.scenario.bad_endings
        own = {"polite_death": bad.polite_death, "walk_out": bad.walk_out, "time_up": bad.time_up}
        intent = {"abuse": "abuse_end"}.get(end.ending, end.ending)
        found = voice.own(own[end.ending], "ending", end.ending) if end.ending in own else None
        return found or replace(voice.first(intent, "polite_death"), kind="ending", about=end.ending)

    def voice(self, state: State, slots: dict[str, str] | None = None) -> Voice:
        """Finds his lines in `state`; what it chooses by chance belongs to seed and turn."""
        chance = Random(f"{self.seed}:{self.scenario.id}:{self.level}:{state.turn}")  # noqa: S311  # no secret: a seed
        return Voice(self.scenario, self._bank, state, chance, slots or {})

    def _minutes(self, heard: int, said: int) -> float:
        clock = self.rules.clock
        return clock.turn / 2 + (heard + said) / clock.words

    def _plan(self) -> dict[str, int]:
        """The turn at which each thing on his mind comes up, if nothing brings it up before."""
        chance = Random(f"{self.seed}:{self.scenario.id}:{self.level}:plan")  # noqa: S311  # no secret: a seed
        agenda = [each.id for each in self.scenario.agenda]
        doubts = list(self.scenario.levels[self.level].objections)
        chance.shuffle(doubts)
        waiting = (
            [*agenda[:1], *doubts, *agenda[1:]]
            if chance.random() < 0.5
            else [*doubts[:1], *agenda, *doubts[1:]]
        )
        turn, plan = chance.choice((1, 2, 2, 3)), {}
        for name in waiting:
            plan[name] = turn
            turn += chance.choice((2, 2, 3))
        for at, usual in enumerate(self.rules.levels[self.level].cues):
            plan[f"cue:{at}"] = max(1, usual + chance.choice((-1, 0, 1)))
        return plan


def _repeated(state: State, heard: Heard) -> bool:
    technique = technique_of(heard)
    if technique is None or (technique == "question" and heard.takes_up >= 0.4):
        return False
    return technique in state.techniques[-3:]
