"""Where the talk turned."""

from collections.abc import Sequence

from assistant.review import signals
from assistant.review.marks import Line
from assistant.review.seen import Seen

AFTER = 4


def turned_to_outcome(lines: Sequence[Line]) -> list[Seen]:
    """The first outcome after which both stay with it."""
    for line in lines:
        if not signals.names_outcome(line):
            continue
        after = lines[line.place + 1 : line.place + 1 + AFTER]
        if (
            len({each.speaker for each in after if each.does("outcome_talk", "reflection", "open_question")})
            > 1
        ):
            return [Seen("turned_to_outcome", "gap", (line.place,), ("outcome_talk",))]
    return []


def turned_away(lines: Sequence[Line]) -> list[Seen]:
    """The line after an outcome from which talk goes to projects or becomes an argument."""
    named = next((line.place for line in lines if signals.names_outcome(line)), None)
    if named is None:
        return []
    for line in lines[named + 1 :]:
        after = lines[line.place : line.place + AFTER]
        away = sum(each.does("project_talk", "persuading") for each in after)
        back = any(each.does("outcome_talk", "reflection") for each in after)
        if line.does("project_talk", "persuading") and away >= 3 and not back:
            return [Seen("turned_away", "gap", (line.place,), ("persuading", "project_talk"))]
    return []


MOMENTS = (turned_to_outcome, turned_away)
