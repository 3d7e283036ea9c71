"""A chat model words his line. What he says, concedes and tells is decided before; the bank's line stands otherwise."""

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from assistant.chat import ChatModel, Prompted
from assistant.errors import ModelError
from assistant.pseudonyms import Disguise, Disguised, undisguised
from assistant.rehearsal.session import MOST_LINES, Session
from assistant.rehearsal.worded import Embed, Fault, Held, fault_of
from prompts import phrase, prompt

_EARLIER = 3
_SEATS = {"learning-executive": "learning executive", "sales-vp": "VP of Sales"}


@dataclass(frozen=True)
class Voiced:
    """What became of one line: `text` stands, and it is the model's own unless `why` says why not.

    `failed` says it to the learner where the model itself failed, and not its words.
    """

    text: str
    why: Fault | str | None
    seconds: float
    failed: str | None = None

    @property
    def by_model(self) -> bool:
        """Whether the words are the model's."""
        return self.why is None


class Voicing:
    """Words lines with a chat model, each within `seconds`. A model that fails or strays changes nothing."""

    def __init__(
        self, model: ChatModel, *, embed: Embed, seconds: float, disguise: Disguise = undisguised
    ) -> None:
        self.model, self._embed, self._seconds, self._disguise = model, embed, seconds, disguise

    def word(self, session: Session, show: Callable[[], object] = lambda: None) -> Voiced:
        """Word the last line of `session` and put it there if it may stand. `show` is called while the model speaks."""
        exchange, started = session.exchanges[-1], time.monotonic()
        held = Held(session.scenario, session.lines, _his(session)[:-1])
        try:
            text = self._asked(session, show)
        except ModelError as error:
            failed = phrase("rehearsal", "not-voiced", why=error.brief)
            return Voiced(exchange.reply, error.brief, time.monotonic() - started, failed)
        why = fault_of(text, exchange, held, self._embed)
        if why is None:
            session.reword(text)
        return Voiced(text if why is None else exchange.reply, why, time.monotonic() - started)

    def _asked(self, session: Session, show: Callable[[], object]) -> str:
        names = self._disguise([each.text for each in session.exchanges])
        model, reply = Disguised(self.model, names), ""
        with closing(model.stream(_messages(session), seconds=self._seconds)) as pieces:
            for piece in pieces:
                reply += piece.text
                show()
                if piece.ended == "length":
                    reply = ""
        return " ".join(names.restore(reply).split()).strip('"“” ')


def _his(session: Session) -> list[str]:
    return [session.first.his[-1], *(each.reply for each in session.exchanges)]


def _messages(session: Session) -> list[Prompted]:
    scenario, exchange = session.scenario, session.exchanges[-1]
    who = scenario.counterpart
    before = [line for pair in zip(_his(session), session.lines, strict=False) for line in pair][:-1]
    rules = prompt("rehearsal", "voice").render(
        name=who.name, persona=who.persona, manner=who.manner, seat=_SEATS[scenario.seat]
    )
    moment = prompt("rehearsal", "moment").render(
        mood=exchange.after.mood,
        intent=_intent(exchange.pieces[-1].kind),
        earlier="\n".join(f"- {_data(line)}" for line in before[-_EARLIER:]) or "nothing",
        said=_data(exchange.text) or "nothing",
        draft=_data(exchange.reply),
    )
    return [Prompted("system", rules), Prompted("user", moment)]


def _intent(kind: str) -> str:
    return phrase("rehearsal", f"voice-{kind}")


def _data(text: str) -> str:
    """Text that closes no mark of the prompt."""
    return text.replace("<", "‹").replace(">", "›")


def voiced_all(
    session: Session,
    lines: Sequence[str],
    voicing: Voicing | None,
    told: Callable[[str], object] = lambda _: None,
) -> Session:
    """Say all of `lines`, each answer worded where there is a model; `told` gets why one could not be."""
    for line in lines[:MOST_LINES]:
        if session.end is not None:
            break
        session.say(line)
        if voicing is not None and (failed := voicing.word(session).failed):
            told(failed)
    return session
