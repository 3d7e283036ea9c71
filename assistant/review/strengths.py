"""Good moves that are there: praised where they stand, and never advised to somebody who already made them."""

from collections.abc import Sequence

from assistant.review import signals
from assistant.review.gaps import dodges, promised
from assistant.review.marks import LEARNING, VP, Line
from assistant.review.seen import Seen, replies


def outcome_asked(lines: Sequence[Line]) -> list[Seen]:
    """Learning asks what should be different, or how the VP would know."""
    asked = [
        line
        for line in lines
        if line.role != VP and signals.asks_for_outcome(line) and line.does("open_question")
    ]
    return _first("outcome_asked", "le-2", asked, ("open_question",))


def outcome_named(lines: Sequence[Line]) -> list[Seen]:
    """The VP names an outcome with a group, a number or a behaviour in it."""
    named = [
        line for line in lines if line.role == VP and signals.wants_outcome(line) and not line.does("order")
    ]
    return _first("outcome_named", "sv-2", named, ("outcome_talk",))


def played_back(lines: Sequence[Line]) -> list[Seen]:
    """One plays back what the other said, with no agenda in it."""
    played = [
        line
        for line in lines
        if line.does("reflection", least=signals.SURE) and not line.does("persuading", "solution_proposal")
    ]
    return _first("played_back", "le-2", played, ("reflection",))


def reality_named(lines: Sequence[Line]) -> list[Seen]:
    """Learning names a reality of reps, managers or buyers, or asks for one."""
    named = [
        line
        for line in lines
        if line.role == LEARNING and (signals.tells_story(line) or signals.asks_for_story(line))
    ]
    return _first("reality_named", "le-3", named, ("field_story", "open_question"))


def approach_first(lines: Sequence[Line]) -> list[Seen]:
    """How to find out, decide and check comes before any answer."""
    for line in lines:
        if line.does("approach"):
            return _first("approach_first", "le-4", [line], ("approach",))
        if line.does("solution_proposal") and not line.does("small_start"):
            return []
    return []


def small_start(lines: Sequence[Line]) -> list[Seen]:
    """One group is proposed, or kept to."""
    return _first(
        "small_start",
        "le-1",
        [line for line in lines if line.does("small_start", least=signals.SURE)],
        ("small_start",),
    )


def story_told(lines: Sequence[Line]) -> list[Seen]:
    """The VP tells of one thing that happened."""
    told = [line for line in lines if line.role == VP and signals.tells_story(line)]
    return _first("story_told", "sv-4", told, ("field_story",))


def candour_said(lines: Sequence[Line]) -> list[Seen]:
    """It is said plainly that progress is missing or that something will not work."""
    return _first("candour_said", "sv-5", [line for line in lines if signals.candid(line)], ("candour",))


def candour_met(lines: Sequence[Line]) -> list[Seen]:
    """A plain word is met with a question, with the own part, or played back."""
    for line in lines:
        if not signals.candid(line):
            continue
        reply = next(replies(lines, line.place, most=1), None)
        if reply is not None and not dodges(reply) and _meets(reply):
            return [Seen("candour_met", "le-5", (reply.place, line.place), ("reflection", "open_question"))]
    return []


def next_step_agreed(lines: Sequence[Line]) -> list[Seen]:
    """Somebody does something by a day."""
    agreed = [
        line
        for line in lines
        if line.does("commitment")
        and signals.has_when(line.text)
        and signals.has_who(line.text)
        and promised(lines, line)
    ]
    return _first("next_step_agreed", "sv-3", agreed[::-1], ("commitment",))


def door_opened(lines: Sequence[Line]) -> list[Seen]:
    """The VP lends time, authority or access."""
    opened = [
        line
        for line in lines
        if line.role == VP and line.does("commitment") and signals.opens_door(line.text)
    ]
    return _first("door_opened", "sv-3", opened, ("commitment",))


def progress_measured(lines: Sequence[Line]) -> list[Seen]:
    """Measured progress against the outcome is reported, also where there is little."""
    told = [
        line
        for line in lines
        if line.does("progress_report")
        and signals.numbered(line.text)
        and not signals.has_question(line)
        and (signals.metric_in(line.text) or line.does("outcome_talk"))
    ]
    return _first("progress_measured", "sv-5", told, ("progress_report",))


STRENGTHS = (
    outcome_asked, outcome_named, small_start, approach_first, played_back, candour_met, candour_said,
    next_step_agreed, reality_named, story_told, door_opened, progress_measured,
)  # fmt: skip


def _meets(reply: Line) -> bool:
    return (
        signals.concedes(reply.text)
        or reply.does("reflection", "open_question")
        or (signals.has_question(reply) and not reply.does("persuading"))
    )


def _first(kind: str, principle: str, lines: Sequence[Line], moves: tuple[str, ...]) -> list[Seen]:
    return [Seen(kind, principle, tuple(line.place for line in lines[:3]), moves)] if lines else []
