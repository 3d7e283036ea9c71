"""Answers being worked out, each in a thread of its own: a redraw or a refresh of the page finds them and watches on."""

import logging
import threading
from collections.abc import Callable

from assistant.advice.conversation import answer_pending
from assistant.advice.wording import Show
from assistant.bootstrap import House
from assistant.records import Message
from knowledge.cards import Role
from knowledge.store.access import Viewer
from ui.session import session

_TICK_S = 0.12
_STOP_S = 1.0
log = logging.getLogger("counterpart.ui")


class _Stopped(BaseException):
    """Somebody pressed stop: no fault that anything between here and there may handle."""


class Work:
    """One answer on its way; `draft` is what a chat model has said so far."""

    def __init__(self, do: Callable[["Work"], object], *, text: str) -> None:
        self.text, self.draft = text, ""
        self._do = do
        self._fault: Exception | None = None
        self._ended, self._unwanted = threading.Event(), threading.Event()

    @property
    def going_on(self) -> bool:
        """Whether it may still bring an answer."""
        return not (self._ended.is_set() or self._unwanted.is_set())

    def run(self) -> None:
        """To the end, whatever that is; a fault is kept for whoever watches."""
        try:
            self._do(self)
        except _Stopped:
            log.info("an answer was stopped")
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

    def stop(self) -> None:
        """Nobody wants it: what came may be kept, for which a moment is allowed."""
        self._unwanted.set()
        self._ended.wait(_STOP_S)

    def watch(self, draw: Show) -> None:
        """Draw the draft as it grows, until the end. Raises what the work raised, or what drawing raises."""
        while not self._ended.wait(_TICK_S):
            draw(self.draft)
        if self._fault is not None:
            raise self._fault


_works: dict[str, Work] = {}
_lock = threading.Lock()


def work_on(house: House, viewer: Viewer, message: Message, *, role: Role) -> Work:
    """The work on this question's answer: what goes on already, or begun now."""
    corrections = session().corrections

    def do(work: Work) -> object:
        asked = house.conversations.messages(viewer, message.conversation_id)
        if any(each.id == message.id and each.status == "complete" for each in asked):
            return None  # answered since the page read it
        return answer_pending(
            message,
            role=role,
            coach=house.coach,
            conversations=house.conversations,
            viewer=viewer,
            corrections=corrections,
            wording=house.wording,
            before_keeping=work.still_wanted,
            show=work.show,
        )

    with _lock:
        known = _works.get(message.id)
        if known is not None and known.going_on and known.text == message.text:
            return known
        work = _works[message.id] = Work(do, text=message.text)
    threading.Thread(target=_run, args=(message.id, work), name="answer", daemon=True).start()
    return work


def worked_on(message_id: str) -> Work | None:
    """The work on this question's answer, if it goes on."""
    with _lock:
        work = _works.get(message_id)
    return work if work is not None and work.going_on else None


def _run(message_id: str, work: Work) -> None:
    work.run()
    with _lock:
        if _works.get(message_id) is work:
            del _works[message_id]
