"""A chat model words his line. What he says, concedes and tells is decided before; the bank's line stands otherwise."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field

from assistant.chat import Call, ChatModel, Prompted, Usage
from assistant.errors import ModelError
from assistant.pseudonyms import Disguise, Disguised, undisguised
from assistant.rehearsal.added import Embed
from assistant.rehearsal.session import MOST_LINES, Session
from assistant.rehearsal.voiced import Voiced
from assistant.rehearsal.worded import MOST_WORDS, Held, fault_of
from prompts import phrase, prompt

Observed = Callable[[], AbstractContextManager[Callable[[Voiced], object] | None]]
"""Stands around the wording of a line, and is given what became of it."""
_EARLIER = 3
_PROMPTS = ("voice", "moment")
_SEATS = {"learning-executive": "learning executive", "sales-vp": "VP of Sales"}


class Voicing:
    """Words lines with a chat model, each within `seconds`. A model that fails or strays changes nothing."""

    def __init__(
        self,
        model: ChatModel,
        *,
        embed: Embed,
        seconds: float,
        disguise: Disguise = undisguised,
        observed: Observed = nullcontext,
    ) -> None:
        self.model, self._embed, self._seconds = model, embed, seconds
        self._disguise, self._observed = disguise, observed

    def word(self, session: Session, show: Callable[[], object] = lambda: None) -> Voiced:
        """Word the last line of `session` and put it there if it may stand. `show` is called while the model speaks.

        What became of it stays with the line.
        """
        with self._observed() as note:
            voiced = self._voiced(session, show)
            if note is not None:
                note(voiced)
        session.voice(voiced)
        return voiced

    def _voiced(self, session: Session, show: Callable[[], object]) -> Voiced:
        exchange, asked = session.exchanges[-1], _Asked()
        held = Held(session.scenario, session.lines, _his(session)[:-1])
        try:
            self._ask(session, asked, show)
        except ModelError as error:
            failed = phrase("rehearsal", "not-voiced", why=error.brief)
            return Voiced(exchange.reply, error.brief, self._call(asked), failed)
        why = fault_of(asked.text, exchange, held, self._embed)
        return Voiced(asked.text if why is None else exchange.reply, why, self._call(asked))

    def _ask(self, session: Session, asked: "_Asked", show: Callable[[], object]) -> None:
        names = self._disguise([each.text for each in session.exchanges])
        model, reply = Disguised(self.model, names), ""
        with closing(model.stream(_messages(session), seconds=self._seconds)) as pieces:
            for piece in pieces:
                reply += piece.text
                asked.usage += piece.usage or Usage()
                show()
                if piece.ended == "length":
                    reply = ""
                if len(reply.split()) > MOST_WORDS:
                    break  # it may not stand, and nobody waits for the rest
        asked.text = " ".join(names.restore(reply).split()).strip('"“” ')

    def _call(self, asked: "_Asked") -> Call:
        return Call(
            model=self.model.name,
            place=self.model.place,
            prompt=" ".join(prompt("rehearsal", name).digest for name in _PROMPTS),
            tokens_in=asked.usage.tokens_in,
            tokens_out=asked.usage.tokens_out,
            seconds=round(time.monotonic() - asked.started, 3),
        )


@dataclass
class _Asked:
    """One request: what came of it so far."""

    text: str = ""
    usage: Usage = field(default_factory=Usage)
    started: float = field(default_factory=time.monotonic)


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
