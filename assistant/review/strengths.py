"""Good moves that are there: praised where they stand, and never advised to somebody who already made them."""

from collections.abc import Sequence

from assistant.review import answers, signals
from assistant.review.gaps import promised
from assistant.review.marks import LEARNING, VP, Line
from assistant.review.seen import Seen, replies
from assistant.review.signs import shows


def outcome_asked(lines: Sequence[Line]) -> list[Seen]:
    """Learning asks what should be different, or how the VP would know."""
    asked = [
        line
        for line in lines
        if line.role != VP
        and signals.asks_for_outcome(line)
        and (line.acts is not None or line.does("open_question"))
    ]
    return _first("outcome_asked", "le-2", asked, ("open_question",), "asks_outcome")


def outcome_named(lines: Sequence[Line]) -> list[Seen]:
    """The VP names an outcome with a group, a number or a behaviour in it."""
    named = [
        line for line in lines if line.role == VP and signals.wants_outcome(line) and not line.does("order")
    ]
    return _first("outcome_named", "sv-2", named, ("outcome_talk",), "outcome")


def played_back(lines: Sequence[Line]) -> list[Seen]:
    """One plays back what the other said, with no agenda in it."""
    played = [line for line in lines if signals.plays_back(line)]
    return _first("played_back", "le-2", played, ("reflection",), "plays_back")


def reality_named(lines: Sequence[Line]) -> list[Seen]:
    """Learning names a reality of reps, managers or buyers, or asks for one."""
    named = [line for line in lines if line.role == LEARNING and signals.names_reality(line)]
    return _first("reality_named", "le-3", named, ("field_story", "open_question"), "reality")


def approach_first(lines: Sequence[Line]) -> list[Seen]:
    """How to find out, decide and check comes before any answer."""
    found = []
    for line in lines:
        if signals.finds_out_first(line):
            found.append(line)
        elif not found and signals.proposes(line) and not signals.one_group(line):
            return []
    return _first("approach_first", "le-4", found, ("approach",), "approach")


def small_start(lines: Sequence[Line]) -> list[Seen]:
    """One group is proposed, or kept to."""
    kept = [
        line
        for line in lines
        if line.acted("group") or (line.acts is None and line.does("small_start", least=signals.SURE))
    ]
    return _first("small_start", "le-1", kept, ("small_start",), "group")


def story_told(lines: Sequence[Line]) -> list[Seen]:
    """The VP tells of one thing that happened."""
    told = [line for line in lines if line.role == VP and signals.tells_story(line)]
    return _first("story_told", "sv-4", told, ("field_story",), "story")


def candour_said(lines: Sequence[Line]) -> list[Seen]:
    """It is said plainly that progress is missing or that something will not work."""
    return _first(
        "candour_said", "sv-5", [line for line in lines if signals.candid(line)], ("candour",), "candid"
    )


def candour_met(lines: Sequence[Line]) -> list[Seen]:
    """A plain word is met with a question, with the own part, or played back."""
    for line in lines:
        if not answers.said_plainly(line):
            continue
        reply = next(replies(lines, line.place, most=1), None)
        if reply is not None and answers.openly(reply):
            return [Seen("candour_met", "le-5", (reply.place, line.place), ("reflection", "open_question"))]
    return []


def next_step_agreed(lines: Sequence[Line]) -> list[Seen]:
    """Somebody does something by a day."""
    agreed = [
        line
        for line in lines
        if line.does("commitment")
        and shows(line.text, "when")
        and shows(line.text, "who")
        and promised(lines, line)
    ]
    return _first("next_step_agreed", "sv-3", agreed[::-1], ("commitment",), "step")


def door_opened(lines: Sequence[Line]) -> list[Seen]:
    """The VP lends time, authority or access."""
    opened = [
        line
        for line in lines
        if line.role == VP
        and (
            line.acted("door")
            if line.acts is not None
            else line.does("commitment") and shows(line.text, "door")
        )
    ]
    return _first("door_opened", "sv-3", opened, ("commitment",), "door")


def progress_measured(lines: Sequence[Line]) -> list[Seen]:
    """Measured progress against the outcome is reported, also where there is little."""
    told = [
        line
        for line in lines
        if shows(line.text, "numbered")
        and not signals.has_question(line)
        and (
            line.acted("progress")
            if line.acts is not None
            else line.does("progress_report") and (signals.metric_in(line.text) or line.does("outcome_talk"))
        )
    ]
    return _first("progress_measured", "sv-5", told, ("progress_report",), "progress")


STRENGTHS = (
    outcome_asked, outcome_named, small_start, approach_first, played_back, candour_met, candour_said,
    next_step_agreed, reality_named, story_told, door_opened, progress_measured,
)  # fmt: skip


def _first(kind: str, principle: str, lines: Sequence[Line], moves: tuple[str, ...], act: str) -> list[Seen]:
    """The surest three of the lines, or the first three where only moves were read."""
    surest = sorted(lines, key=lambda line: -(line.acts or {}).get(act, 0.0))[:3]
    return [Seen(kind, principle, tuple(line.place for line in surest), moves)] if lines else []
