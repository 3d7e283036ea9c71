"""What happens when something is pressed in a rehearsal: it is kept before it is shown."""

from collections.abc import Callable
from random import SystemRandom

from assistant.bootstrap import House
from assistant.records import RehearsalRecord
from assistant.rehearsal.debrief import debrief
from assistant.rehearsal.progress import kept
from assistant.rehearsal.session import Session as Rehearsed
from assistant.rehearsal.voiced import Kept
from knowledge.store.access import Viewer
from ui.session import RehearsalDesk, session, value_of


def open_rehearsal(rehearsal_id: str | None) -> None:
    """Look at this rehearsal, or at the list of meetings."""
    session().rehearsal = RehearsalDesk(fresh=False, open=rehearsal_id, chair=session().rehearsal.chair)


def choose(scenario_id: str | None) -> None:
    """Read the brief of this meeting."""
    session().rehearsal = RehearsalDesk(fresh=False, chosen=scenario_id, chair=session().rehearsal.chair)


def begin(house: House, viewer: Viewer, scenario_id: str, level: str, seed: int | None = None) -> None:
    """A new rehearsal of a meeting."""
    fresh = seed if seed is not None else SystemRandom().randrange(1, 1_000_000)
    open_rehearsal(house.rehearsals.create(viewer, scenario=scenario_id, level=level, seed=fresh).id)


def resumed(house: House, viewer: Viewer) -> Rehearsed | None:
    """The rehearsal that is open, as far as it went: from memory, or played again from what was kept."""
    desk = session().rehearsal
    if desk.open is None:
        return None
    if desk.played is None:
        record = house.rehearsals.get(viewer, desk.open)
        desk.played = house.room.enter(record.scenario, level=record.level, seed=record.seed).say_all(
            record.lines, record.replies, record.voiced
        )
        if record.outcome is not None:
            desk.played.leave()
    return desk.played


def say(house: House, viewer: Viewer, key: str) -> None:
    """One line of the learner's: kept as soon as it is answered."""
    text = str(value_of(key) or "").strip()
    played = resumed(house, viewer)
    if played is not None and played.end is None:
        session().rehearsal.hint = ()
        played.say(text)
        keep(house, viewer, played)
        session().rehearsal.to_word, session().rehearsal.unvoiced = house.voicing is not None, None


def word(house: House, viewer: Viewer, played: Rehearsed, *, show: Callable[[], object]) -> None:
    """Have a chat model word the last answer. It is there and kept already: whatever becomes of the model, it stays.

    `show` is called a few times a second; what it raises ends the waiting.
    """
    desk, voicing = session().rehearsal, house.voicing
    if not desk.to_word or voicing is None or not played.exchanges:
        return
    desk.to_word = False
    desk.unvoiced = voicing.word(played, show).failed
    keep(house, viewer, played)


def keep(house: House, viewer: Viewer, played: Rehearsed) -> RehearsalRecord:
    """Write down how far it went."""
    end = played.end
    return house.rehearsals.save(
        viewer, str(session().rehearsal.open), lines=played.lines, replies=[each.reply for each in played.exchanges],
        outcome=end.outcome if end else None, detail=kept(end, debrief(played)) if end else {},
        voiced=_voiced(played),
    )  # fmt: skip


def _voiced(played: Rehearsed) -> list[Kept | None]:
    return [each.kept() if each else None for each in played.voiced]


def stop(house: House, viewer: Viewer) -> None:
    """End it here."""
    if played := resumed(house, viewer):
        played.leave()
        keep(house, viewer, played)


def hint(house: House, viewer: Viewer) -> None:
    """Ask what could be said now."""
    if played := resumed(house, viewer):
        session().rehearsal.hint = tuple(played.hint())


def branch(house: House, viewer: Viewer, at: int) -> None:
    """Go back to before the line `at` and try another one there; what was played stays."""
    played, parent = resumed(house, viewer), session().rehearsal.open
    if played is None:
        return
    made = house.rehearsals.create(
        viewer, scenario=played.scenario.id, level=played.level, seed=played.counterpart.seed,
        lines=played.lines[:at], replies=[each.reply for each in played.exchanges[:at]],
        voiced=_voiced(played)[:at], parent_id=parent,
    )  # fmt: skip
    open_rehearsal(made.id)


def delete(house: House, viewer: Viewer, rehearsal_id: str) -> None:
    """Take one out of the list; it can be brought back."""
    house.rehearsals.delete(viewer, rehearsal_id)
    open_rehearsal(None)
    session().rehearsal.gone = rehearsal_id


def restore(house: House, viewer: Viewer, rehearsal_id: str) -> None:
    """Bring it back."""
    house.rehearsals.restore(viewer, rehearsal_id)
    session().rehearsal.gone = None


def share(house: House, viewer: Viewer, key: str) -> None:
    """Let the chosen person see how the rehearsals go."""
    if chosen := value_of(key):
        house.rehearsals.share(viewer, str(chosen))


def withdraw(house: House, viewer: Viewer, person_id: str) -> None:
    """No longer let this person see it."""
    house.rehearsals.withdraw(viewer, person_id)
