"""A question on its way: written down at once, offered for shortening if it is too long, and stopped."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.advice.conversation import MAX_CHARACTERS, checked
from assistant.bootstrap import House
from assistant.errors import CounterpartError, NotFoundError
from assistant.records import Message
from knowledge.cards import Role
from knowledge.store.access import Viewer
from ui.components.working import worked_on
from ui.house import current_viewer, open_house
from ui.session import session, value_of

Ask = Callable[[str], None]


@dataclass(frozen=True)
class Asker:
    """Takes questions of one person in one role, for the conversation that this tab looks at."""

    house: House
    viewer: Viewer
    role: Role

    def __call__(self, words: str) -> None:
        """Keep these words as a question and have it answered; too long, they wait to be shortened."""
        question = words.strip()
        session().too_long = question if len(question) > MAX_CHARACTERS else None
        if question and session().too_long is None:
            self._take(question)

    def take_value(self, key: str) -> None:
        """Ask what stands in the widget with this key."""
        self(str(value_of(key) or ""))

    def _take(self, question: str) -> None:
        """Nothing between here and the database may be stopped: this runs before anything is drawn."""
        now = session()
        now.source = now.trouble = None
        try:
            message = self._keep(checked(question))
        except CounterpartError as error:
            now.trouble = error.message
            return
        now.conversation_id, now.newest = message.conversation_id, message.id
        now.answer_later(message.id)

    def _keep(self, text: str) -> Message:
        known = session().conversation_id
        if known is not None:
            try:
                return self.house.conversations.ask(self.viewer, known, text)
            except NotFoundError:  # deleted in another tab: a question is not lost with it
                pass
        known = self.house.conversations.create(self.viewer, self.role).id
        return self.house.conversations.ask(self.viewer, known, text)


def stop_answering() -> None:
    """Give up the answer that is worked on. The page goes on at once; its question is kept and says so."""
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
