"""Answers being worked out, each in a thread of its own: a redraw or a refresh of the page finds them and watches on.

Whoever asks begins the work, once for each asking and before anything is drawn; pages only watch. So a refresh at
whatever moment, or a second tab, asks nobody again.
"""

import logging
import threading
from collections.abc import Callable

from assistant.advice.conversation import answer_pending
from assistant.advice.wording import Show
from assistant.bootstrap import House
from assistant.errors import AnsweredError
from assistant.records import Message
from knowledge.cards import Role
from knowledge.store.access import Viewer

_TICK_S = 0.12
_STOP_S = 1.0
log = logging.getLogger("counterpart.ui")


class _Stopped(BaseException):
    """Somebody pressed stop: no fault that anything between here and there may handle."""


class Work:
    """One answer on its way to this asking of a question; `draft` is what a chat model has said so far."""

    def __init__(self, do: Callable[["Work"], object], *, turn: str | None) -> None:
        self.turn, self.draft = turn, ""
        self._do = do
        self._fault: Exception | None = None
        self._ended, self._unwanted = threading.Event(), threading.Event()

    @property
    def going_on(self) -> bool:
        """Whether it may still bring an answer."""
        return not (self._ended.is_set() or self._unwanted.is_set())

    @property
    def fault(self) -> Exception | None:
        """What it came to, if that is no answer; `watch` raises it."""
        return self._fault

    def run(self) -> None:
        """To the end, whatever that is; a fault is kept for whoever watches."""
        try:
            self._do(self)
        except _Stopped:
            log.info("an answer was stopped")
        except AnsweredError:
            log.info("a question was answered or asked anew elsewhere meanwhile")
        except Exception as error:  # noqa: BLE001  # raised again where somebody watches
            self._fault = error
        finally:
            self._ended.set()

    def show(self, words: str) -> None:
        """Take the draft as it is now; raises where nobody wants it any more."""
        self.draft = words
        self.still_wanted()

    def still_wanted(self) -> None:
        """Raises where somebody pressed stop."""
        if self._unwanted.is_set():
            raise _Stopped

    def give_up(self) -> None:
        """Nobody wants it any more."""
        self._unwanted.set()

    def stop(self) -> None:
        """Nobody wants it: what came may be kept, for which a moment is allowed."""
        self.give_up()
        self._ended.wait(_STOP_S)

    def watch(self, draw: Show) -> None:
        """Draw the draft as it grows, until the end. Raises what the work raised, or what drawing raises."""
        while not self._ended.wait(_TICK_S):
            draw(self.draft)
        if self._fault is not None:
            raise self._fault


_works: dict[str, Work] = {}
"""By question: what goes on, and what ended in a fault, until that question is asked again."""
_lock = threading.Lock()


def begin_work(house: House, viewer: Viewer, question: Message, *, role: Role) -> None:
    """Have this question answered, unless that goes on already; an older asking of it is given up."""

    def do(work: Work) -> object:
        return answer_pending(
            question,
            role=role,
            coach=house.coach,
            conversations=house.conversations,
            viewer=viewer,
            wording=house.wording,
            before_keeping=work.still_wanted,
            show=work.show,
        )

    with _lock:
        known = _works.get(question.id)
        if known is not None and known.going_on:
            if known.turn == question.turn:
                return
            known.give_up()
        work = _works[question.id] = Work(do, turn=question.turn)
    threading.Thread(target=_run, args=(question.id, work), name="answer", daemon=True).start()


def work_of(message_id: str) -> Work | None:
    """The work on this question's answer, if it goes on or came to a fault."""
    with _lock:
        return _works.get(message_id)


def worked_on(message_id: str) -> Work | None:
    """The work on this question's answer, if it goes on."""
    work = work_of(message_id)
    return work if work is not None and work.going_on else None


def _run(message_id: str, work: Work) -> None:
    work.run()
    with _lock:
        if _works.get(message_id) is work and work.fault is None:
            del _works[message_id]
