"""What was missed between the two: each detector looks at a whole conversation and names the lines that show it."""

from collections.abc import Iterator, Sequence

from assistant.review import answers, signals
from assistant.review.marks import LEARNING, VP, Line
from assistant.review.seen import Seen, replies
from assistant.review.signs import shows

LONG_ENOUGH = 8
WITH_STORIES = 12
SERIES_REACH = 4
IN_ONE_TURN = 4
SHORT_ANSWER = 15


def solution_before_outcome(lines: Sequence[Line]) -> list[Seen]:
    """The first solution, where no outcome was named before it."""
    for line in lines:
        if signals.names_outcome(line):
            return []
        if signals.proposes(line) and not _takes_on(lines, line):
            return [Seen("solution_before_outcome", "le-4", (line.place,), ("solution_proposal",))]
    return []


def order_taken(lines: Sequence[Line]) -> list[Seen]:
    """A ready-made request is accepted, and nobody asks what it is for."""
    for order in _orders(lines):
        for reply in replies(lines, order.place, most=2):
            if signals.names_outcome(reply) or _looks_behind(reply):
                break
            if signals.accepts(reply):
                places = (reply.place, order.place)
                moves = ("order_taking", "commitment")
                return [Seen("order_taken", "le-2", places, moves, {"order": order.text})]
    return []


def no_owner_or_date(lines: Sequence[Line]) -> list[Seen]:
    """The conversation ends without one promise that has both who and when."""
    if len(lines) < LONG_ENOUGH:
        return []
    closing = lines[-max(LONG_ENOUGH, len(lines) // 3) :]
    if any(promised(lines, line) for line in closing):
        return []
    loose = [line for line in closing if shows(line.text, "loose") or line.does("commitment")]
    said = [line for line in closing if len(line.text.split()) > 4]
    if not said:
        return []
    places = [line.place for line in reversed(loose)] or [said[-1].place]
    return [Seen("no_owner_or_date", "sv-3", tuple(places[:3]), ("commitment",))]


def persuading_in_series(lines: Sequence[Line]) -> list[Seen]:
    """One person argues in turn after turn, or in four sentences of one, without asking or giving way."""
    for line in lines:
        if sum("persuading" in piece.moves for piece in line.pieces) >= IN_ONE_TURN:
            return [Seen("persuading_in_series", "le-5", (line.place,), ("persuading",))]
    for speaker in dict.fromkeys(line.speaker for line in lines):
        series = _series([line for line in lines if line.speaker == speaker])
        if len(series) > 1:
            return [
                Seen("persuading_in_series", "le-5", tuple(line.place for line in series), ("persuading",))
            ]
    return []


def candour_dodged(lines: Sequence[Line]) -> list[Seen]:
    """A plain word about missing progress is met with defence, activity, another idea, or soothing."""
    found = []
    for line in lines:
        if not signals.candid(line):
            continue
        reply = next(replies(lines, line.place, most=1), None)
        if reply is not None and signals.dodges(reply):
            places, moves = (reply.place, line.place), ("persuading", "solution_proposal")
            found.append(Seen("candour_dodged", "sv-5", places, moves, {"candour": line.text}))
    return found[:2]


def order_given(lines: Sequence[Line]) -> list[Seen]:
    """The VP asks for something ready-made, and the outcome stays in his head."""
    order = next(_orders(lines), None)
    return [Seen("order_given", "sv-2", (order.place,), ("order",))] if order is not None else []


def no_outcome_named(lines: Sequence[Line]) -> list[Seen]:
    """Nobody names an outcome in the whole conversation."""
    if len(lines) < LONG_ENOUGH or not _about_work(lines):
        return []
    if not _judged(lines) and any(map(signals.names_outcome, lines)):
        return []
    near = [line for line in lines if line.does("outcome_talk")]
    asked = [line for line in lines if line.does("order", "solution_proposal", "project_talk")]
    places = tuple(dict.fromkeys(line.place for line in [*near[:2], *asked[:2]]))
    return (
        [Seen("no_outcome_named", "gap", places, ("outcome_talk", "order", "project_talk"))] if places else []
    )


def no_group_named(lines: Sequence[Line]) -> list[Seen]:
    """Something is to be done, or everybody is meant, and nobody names one group to begin with."""
    if not _judged(lines) and any(map(signals.one_group, lines)):
        return []
    everyone = [line for line in lines if line.does("broad_rollout") or shows(line.text, "everyone")]
    broad = [line for line in everyone if line.does("broad_rollout")] or everyone
    asked = [line for line in lines if signals.orders(line) or signals.proposes(line)]
    if not asked and not any(line.does("broad_rollout") for line in everyone):
        return []
    places = tuple(dict.fromkeys(line.place for line in [*broad[:2], *asked[:2]]))
    return [Seen("no_group_named", "le-1", places, ("broad_rollout", "order", "solution_proposal"))]


def project_answer_to_outcome(lines: Sequence[Line]) -> list[Seen]:
    """An outcome is named, and the next word of the other is about learning's output."""
    found = []
    for line in lines:
        if not signals.wants_outcome(line) or line.does("project_talk", least=signals.SURE):
            continue
        reply = next(replies(lines, line.place, most=1), None)
        if reply is not None and (_only_project(reply) or answers.with_output(line, reply)):
            found.append(
                Seen(
                    "project_answer_to_outcome",
                    "gap",
                    (reply.place, line.place),
                    ("project_talk", "solution_proposal"),
                    {"outcome": line.text},
                )
            )
    return found[:2]


def progress_unanswered(lines: Sequence[Line]) -> list[Seen]:
    """Progress is asked for and answered with activity, an excuse, or nothing."""
    for line in lines:
        if line.role == LEARNING or not answers.asks_how_far(line):
            continue
        reply = next(replies(lines, line.place, most=1), None)
        if reply is not None and answers.with_activity(reply):
            return [
                Seen(
                    "progress_unanswered",
                    "sv-5",
                    (reply.place, line.place),
                    ("project_talk", "persuading"),
                    {"question": line.text},
                )
            ]
    return []


def no_story(lines: Sequence[Line]) -> list[Seen]:
    """Nobody tells of one rep, manager or buyer, and nobody asks."""
    if len(lines) < WITH_STORIES or _has_story(lines):
        return []
    if not _about_work(lines):
        return []
    told = [line for line in lines if line.role == VP and signals.substantive(line)] or list(lines)
    near = [line for line in told if signals.names_outcome(line)] or [
        line for line in told if not line.does("other")
    ]
    return [Seen("no_story", "sv-4", (near[0].place,), ("outcome_talk",))] if near else []


GAPS = (
    solution_before_outcome, order_taken, candour_dodged, persuading_in_series, no_owner_or_date, order_given,
    project_answer_to_outcome, progress_unanswered, no_outcome_named, no_group_named, no_story,
)  # fmt: skip
"""Every gap, the gravest first: the first five decide a meeting."""


def promised(lines: Sequence[Line], line: Line) -> bool:
    """Whether a line leaves a next step with who and when; the day may be the answer of the other."""
    if not (line.does("commitment") or shows(line.text, "who")) or line.does("field_story"):
        return False
    around = [
        lines[place].text for place in (line.place - 1, line.place, line.place + 1) if 0 <= place < len(lines)
    ]
    if shows(line.text, "who") and shows(line.text, "when"):
        return True
    return line.does("commitment") and any(
        shows(text, "when") and len(text.split()) < SHORT_ANSWER for text in around
    )


def _orders(lines: Sequence[Line]) -> Iterator[Line]:
    """The VP's ready-made requests, as long as no outcome has been named."""
    for line in lines:
        if signals.names_outcome(line):
            return
        if signals.orders(line):
            yield line


def _takes_on(lines: Sequence[Line], line: Line) -> bool:
    """Whether a line takes on what was ordered just before, rather than bringing something of its own."""
    before = lines[line.place - 1] if line.place else None
    return before is not None and signals.orders(before) and signals.accepts(line)


def _looks_behind(reply: Line) -> bool:
    """Whether a reply to an order asks what it is for, shrinks it, or says no."""
    if reply.acts is not None:
        asked = ("asks_outcome", "reality", "candid", "group", "approach")
        return max(reply.acts[act] for act in asked) > max(0.5, reply.acts["accepts"])
    return signals.has_question(reply) or reply.does("small_start", "approach", "candour", "reflection")


def _series(own: Sequence[Line]) -> list[Line]:
    """The first run of persuading turns of one person that no question and no giving way interrupts."""
    run: list[Line] = []
    since = 0
    for line in own:
        if signals.argues(line):
            run.append(line)
            since = 0
        elif run:
            since += 1
        if run and (_gives_way(line) or since >= SERIES_REACH):
            if len(run) > 1:
                return run
            run = []
    return run


def _gives_way(line: Line) -> bool:
    if signals.argues(line):
        return False
    return signals.has_question(line) or shows(line.text, "concedes") or line.does("reflection")


def _only_project(reply: Line) -> bool:
    if signals.has_question(reply) or reply.does(
        "reflection", "approach", "small_start", "outcome_talk", "field_story"
    ):
        return False
    if signals.metric_in(reply.text) or shows(reply.text, "concedes"):
        return False
    return reply.does("project_talk", "solution_proposal")


def _judged(lines: Sequence[Line]) -> bool:
    """Whether a verdict on the whole talk decides (`verdicts.py`), and only the lines are wanted."""
    return all(line.acts is not None for line in lines)


def _has_story(lines: Sequence[Line]) -> bool:
    return any(signals.tells_story(line) or signals.asks_for_story(line) for line in lines)


def _about_work(lines: Sequence[Line]) -> bool:
    """Whether the two speak of work together at all."""
    return (
        sum(
            line.does("order", "solution_proposal", "project_talk", "outcome_talk", "progress_report")
            for line in lines
        )
        >= 2
    )
