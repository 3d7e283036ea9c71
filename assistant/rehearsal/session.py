"""One rehearsal: its exchanges in order, from the first words to the end. Going back is keeping fewer of them."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.moves.sentences import plain
from assistant.rehearsal.counterpart import Counterpart, Exchange
from assistant.rehearsal.cues import CUES
from assistant.rehearsal.scenario import Level, Scenario
from assistant.rehearsal.speech import joined, remember
from assistant.rehearsal.state import End, State
from assistant.rehearsal.suggest import better_lines
from assistant.rehearsal.voiced import Kept, Voiced, voiced_from

MOST_LINES = 200
LONGEST = 20_000


class Session:
    """What was said so far, and who sits opposite. The same lines make the same session again."""

    def __init__(self, counterpart: Counterpart) -> None:
        self.counterpart = counterpart
        self.first = counterpart.open()
        self.exchanges: list[Exchange] = []

    @property
    def scenario(self) -> Scenario:
        """The meeting."""
        return self.counterpart.scenario

    @property
    def level(self) -> Level:
        """Its level."""
        return self.counterpart.level

    @property
    def state(self) -> State:
        """How he sees it now."""
        return self.exchanges[-1].after if self.exchanges else self.first

    @property
    def end(self) -> End | None:
        """How it ended, if it has."""
        return self.state.end

    @property
    def lines(self) -> list[str]:
        """What the learner said, in order."""
        return [each.text for each in self.exchanges]

    def say(self, text: str) -> Exchange:
        """One line of the learner's and his answer. Raises ValueError where the meeting is over."""
        said = " ".join(text.split())[:LONGEST]
        if self.exchanges and CUES["misread"].search(plain(said)):
            done = self._take_back(said)
        else:
            done = self.counterpart.answer(self.state, said)
        self.exchanges.append(done)
        return done

    def say_all(
        self, lines: Sequence[str], replies: Sequence[str] = (), voiced: Sequence[Kept | None] = ()
    ) -> "Session":
        """All of `lines`, as far as the meeting goes; where `replies` has other words than his, those stand.

        `voiced` is what was kept of a chat model's part in each.
        """
        for at, line in enumerate(lines[:MOST_LINES]):
            if self.end is not None:
                break
            done = self.say(line)
            if at < len(replies) and replies[at] and replies[at] != done.reply:
                self.reword(replies[at])
            if at < len(voiced):
                self._note(voiced_from(voiced[at], self.exchanges[-1].reply))
        return self

    def voice(self, voiced: Voiced) -> None:
        """What became of his last answer with a chat model, whose words stand where they may."""
        if voiced.by_model:
            self.reword(voiced.text)
        self._note(voiced)

    @property
    def voiced(self) -> list[Voiced | None]:
        """A chat model's part in each of his answers."""
        return [each.voiced for each in self.exchanges]

    def reword(self, text: str) -> None:
        """Other words for his last answer: what it does stays, and the next line is heard after these words."""
        last = self.exchanges[-1]
        asked = text if last.after.asked != last.before.asked else last.after.asked
        cue = text if last.after.cue != last.before.cue else last.after.cue
        after = replace(last.after, his=(*last.after.his[:-1], text), parts=(text,), asked=asked, cue=cue)
        self.exchanges[-1] = replace(last, reply=text, after=after)

    def _note(self, voiced: Voiced | None) -> None:
        self.exchanges[-1] = replace(self.exchanges[-1], voiced=voiced)

    def leave(self) -> State:
        """The learner stops here: no agreement."""
        if self.end is None:
            state = replace(self.state, end=End("no_agreement", "stopped", "learner"))
            if self.exchanges:
                self.exchanges[-1] = replace(self.exchanges[-1], after=state)
            else:
                self.first = state
        return self.state

    def hint(self) -> list[str]:
        """What could be said now."""
        return better_lines(self.scenario, self.state, self.lines)

    def _take_back(self, said: str) -> Exchange:
        """“You misread me”: the last line counts for nothing, and can be said again."""
        last = self.exchanges[-1]
        state = replace(
            last.before, turn=last.after.turn, minutes=last.after.minutes, used=last.after.used, end=None
        )
        voice = self.counterpart.voice(state)
        piece = voice.first("misread", "not_understood")
        return Exchange(
            text=said, heard=self.counterpart.ear.hear("", self.counterpart.before(state)), signs={}, moved=(),
            before=last.after, after=remember(state, [piece], self.scenario), reply=joined([piece]), pieces=(piece,),
        )  # fmt: skip
