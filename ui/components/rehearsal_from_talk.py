"""“Practise from here”: a meeting drafted from a line of a talk that was reviewed."""

from assistant.records import ReviewRecord
from assistant.rehearsal.drafting import Spoken, drafted
from assistant.rehearsal.scenario import Seat
from assistant.review.marks import VP
from ui.components.rehearsal_desk import choose
from ui.components.rehearsal_form import open_form
from ui.session import session


def practise_from(record: ReviewRecord, turn_id: str, me: str | None = None) -> None:
    """Draft the meeting as it stood at this turn, to be edited; `me` is a speaker, or else whoever is not opposite."""
    turns = record.transcript.turns
    at = next(place for place, turn in enumerate(turns) if turn.id == turn_id)
    mine = me or _mine(record, turns[at].speaker)
    seat: Seat = "sales-vp" if record.roles.get(mine) == VP else "learning-executive"
    spoken = [Spoken(turn.speaker, turn.text) for turn in turns]
    choose(None)
    open_form(drafted(spoken, at, me=mine, seat=seat, title=record.title))
    session().go_to_rehearsal = True


def _mine(record: ReviewRecord, speaker: str) -> str:
    """The learning executive of the talk, or whoever does not speak there."""
    learning = [name for name, role in record.roles.items() if role == "learning-executive"]
    others = [turn.speaker for turn in record.transcript.turns if turn.speaker != speaker]
    return learning[0] if learning else others[0] if others else ""
