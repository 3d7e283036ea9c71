"""From the coach's pilot card to a pilot: what was said in the conversation comes along, and who said it."""

from collections.abc import Callable, Sequence

from assistant.advice.answer import Pilot as Proposed
from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.pilots.fill import from_conversation
from assistant.records import Message
from knowledge.store.access import Viewer
from ui.components.pilots.acts import open_pilot, today
from ui.session import session


def pilot_maker(house: House, viewer: Viewer, messages: Sequence[Message]) -> Callable[[Proposed], None]:
    """What the button on the card does: begins a pilot and goes to its page."""

    def make(proposed: Proposed) -> None:
        name = next((each.name for each in house.people.list() if each.id == viewer.person_id), "Somebody")
        pattern = next(
            (each for each in house.playbook.cards if each.id == proposed.card_id and each.kind == "pilot"),
            None,
        )
        turns = [each.text for each in messages if each.author == "user"]
        try:
            made = from_conversation(turns, by=name, measures=house.measures, today=today(), pattern=pattern)
            record = house.pilots.create(viewer, made, about="Begun from a conversation with the coach")
        except CounterpartError as error:
            session().trouble = error.message
            return
        open_pilot(record.id)
        session().go_to_pilots = True

    return make
