"""A question on its way: written down at once, offered for shortening if it is too long, and stopped."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from assistant.advice.answer import Corrections
from assistant.advice.conversation import MAX_CHARACTERS, checked
from assistant.bootstrap import House
from assistant.errors import CounterpartError, NotFoundError
from assistant.records import Message
from knowledge.cards import Role
from knowledge.store.access import Viewer
from ui.components.unsent import begin_again, drop_words
from ui.components.working import begin_work, worked_on
from ui.house import current_viewer, open_house
from ui.session import session, set_value, value_of

Ask = Callable[[str], None]
SHORTER = "shorter"
_WENT_ON = (
    "This conversation went on in another tab. Here it is as it stands now, and nothing of it was replaced. "
    "Ask again if you still want to."
)


@dataclass(frozen=True)
class Asker:
    """Takes questions of one person in one role, for the conversation that this tab looks at."""

    house: House
    viewer: Viewer
    role: Role

    def __call__(self, words: str) -> None:
        """Keep these words as a question and have it answered; too long, they wait to be shortened."""
        self._took(words)

    def _took(self, words: str) -> bool:
        question = words.strip()
        if len(question) > MAX_CHARACTERS:
            self._set_aside(question)
            return False
        return bool(question) and self._take(question)

    def take_typed(self, key: str) -> None:
        """Ask what was typed into the chat input with this key; if it cannot be kept, it stands there again."""
        words = str(value_of(key) or "")
        if not words.strip():
            return
        if self._took(words) or len(words.strip()) > MAX_CHARACTERS:
            drop_words(self.house, self.viewer, key)
            begin_again(key)
        else:
            set_value(key, words)

    def take_shortened(self) -> None:
        """Ask what is left of a question that was too long."""
        if self._took(str(value_of(SHORTER) or "")):
            self.leave_shortening()

    def leave_shortening(self) -> None:
        """Give up what was too long."""
        session().too_long = None
        drop_words(self.house, self.viewer, SHORTER)

    def _set_aside(self, question: str) -> None:
        session().too_long = question
        set_value(SHORTER, question)
        showing = begin_again(SHORTER)
        with suppress(CounterpartError):  # on a full disk it stands on the page all the same
            self.house.unsent.keep(self.viewer, SHORTER, question, showing=showing)

    def _take(self, question: str) -> bool:
        """Whether it was kept. Nothing between here and the database may be stopped: this runs before anything is drawn."""
        now = session()
        now.source = now.trouble = None
        try:
            message = self._keep(checked(question))
        except CounterpartError as error:
            now.trouble = error.message
            return False
        now.conversation_id, now.newest = message.conversation_id, f"{message.id}/{message.turn}"
        now.deleted = None
        now.await_answer(message.id)
        begin_work(self.house, self.viewer, message, role=self.role)
        return True

    def _keep(self, text: str) -> Message:
        known = session().conversation_id
        if known is not None:
            try:
                if (same := self._under_way(known, text)) is not None:
                    return same
                return self.house.conversations.ask(self.viewer, known, text)
            except NotFoundError:  # deleted in another tab: a question is not lost with it
                pass
        known = self.house.conversations.create(self.viewer, self.role).id
        return self.house.conversations.ask(self.viewer, known, text)

    def _under_way(self, conversation_id: str, text: str) -> Message | None:
        """The last question, if it is this one and its answer is on the way: sent twice, it is asked once."""
        last = self.house.conversations.messages(self.viewer, conversation_id)[-1:]
        return next((each for each in last if each.text == text and worked_on(each.id)), None)


@dataclass(frozen=True)
class Again:
    """Asks a question in its place again, for a tab that has `seen` so many messages of its conversation."""

    house: House
    viewer: Viewer
    role: Role
    seen: int

    def __call__(self, question: Message, text: str, corrections: Corrections | None = None) -> bool:
        """In these words, perhaps read as the user put it right. Whether it was kept; a trouble stands on the page."""
        put_right = corrections.model_dump(mode="json", exclude_none=True) if corrections else None
        now, records = session(), self.house.conversations
        try:
            if len(records.messages(self.viewer, question.conversation_id)) > self.seen:
                now.trouble = _WENT_ON
                return False
            asked = records.revise(
                self.viewer, question.conversation_id, question.id, checked(text), corrections=put_right
            )
        except CounterpartError as error:
            now.trouble = error.message
            return False
        now.editing = now.source = None
        now.await_answer(asked.id)
        begin_work(self.house, self.viewer, asked, role=self.role)
        return True

    def bring_back(self, question: Message, turn: str) -> None:
        """Let an earlier asking of it stand, with all that was said after it; an answer on its way is given up."""
        now = session()
        now.source = now.trouble = None
        if work := worked_on(question.id):
            work.stop()
        try:
            self.house.conversations.bring_back(self.viewer, question.conversation_id, question.id, turn)
        except CounterpartError as error:
            now.trouble = error.message


def stop_answering() -> None:
    """Give up the answer that is worked on. The page goes on at once; its question is kept and says so.

    Asked again in the same words, it has its earlier answer back.
    """
    waiting, session().answering = session().answering, None
    if waiting is None:
        return
    house = open_house()
    if work := worked_on(waiting):
        work.stop()
    try:
        house.conversations.stop(current_viewer(house), waiting)
    except CounterpartError as error:
        session().trouble = error.message
