"""What a line does for the findings: as the model of acts reads it, and where none does, as its moves and signs say."""

from assistant.advice.facts import read_facts
from assistant.moves.sentences import plain
from assistant.review.marks import LEARNING, VP, Line
from assistant.review.signs import SIGNS, shows

POSSIBLE = 0.3
"""From this score on an act is believed where the line before makes it likely, or where it would clear somebody."""
SURE = 0.5
"""From this score on a move alone bears a finding that would be unkind if it were wrong."""
_STORY_WORDS = 10


def names_outcome(line: Line) -> bool:
    """Whether a wanted result or change in what sellers do is named, not just wished for in general."""
    if line.acts is not None:
        return line.acted("outcome") or any(_outcome(plain(piece.text), 0.0) for piece in line.pieces)
    return any(_outcome(plain(piece.text), piece.moves.get("outcome_talk", 0.0)) for piece in line.pieces)


def wants_outcome(line: Line) -> bool:
    """Whether an outcome is named as something wanted, not while telling that it is missing."""
    if line.acts is not None:
        return line.acted("outcome")
    return names_outcome(line) and (
        shows(line.text, "wish") or not line.does("candour", "progress_report", least=SURE)
    )


def orders(line: Line) -> bool:
    """Whether something ready-made is asked for, by anybody but learning."""
    if line.role == LEARNING:
        return False
    return line.acted("order") if line.acts is not None else line.does("order", least=SURE)


def accepts(line: Line) -> bool:
    """Whether a request, which was just made, is taken on as it stands."""
    if line.acts is not None:
        return line.acted("accepts", POSSIBLE)
    return line.does("order_taking") or (line.does("commitment") and line.does("project_talk"))


def proposes(line: Line) -> bool:
    """A specific solution, not an order, not a way to find out, not something past or refused."""
    if line.acts is not None:
        return line.acted("solution") and line.acts["solution"] >= max(
            line.acts["order"], line.acts["approach"]
        )
    if not line.does("solution_proposal") or line.does("order_taking"):
        return False
    if line.role == VP and line.does("order"):
        return False
    piece = line.piece("solution_proposal")
    if piece.moves.get("approach", 0.0) >= piece.moves.get("solution_proposal", 0.0):
        return False
    return not shows(piece.text, "past", "refused")


def candid(line: Line) -> bool:
    """Whether it is surely said that progress is missing or that something will not work."""
    return line.acted("candid") if line.acts is not None else line.does("candour", least=SURE)


def argues(line: Line) -> bool:
    """Whether a case is made: as the moves have it, or by the stock phrases of one."""
    if line.acts is not None:
        return line.acted("argues")
    return line.does("persuading") or (shows(line.text, "argues") and not line.does("closed_question"))


def dodges(reply: Line) -> bool:
    """Whether a reply to candour defends, sells or soothes instead of asking, conceding or playing back."""
    if reply.acts is not None:
        away = max(reply.acts["dodges"], reply.acts["argues"] - SURE + POSSIBLE)
        return away >= max(POSSIBLE, reply.acts["meets"])
    if shows(reply.text, "concedes") or reply.does("open_question"):
        return False
    if reply.does("reflection") and not argues(reply):
        return False
    sells = argues(reply) or reply.does("solution_proposal") or shows(reply.text, "smooths")
    return sells or (shows(reply.text, "activity") and not has_question(reply))


def meets(reply: Line) -> bool:
    """Whether a reply to candour asks, concedes, plays back or stops."""
    if reply.acts is not None:
        return reply.acted("meets") and reply.acts["meets"] > reply.acts["dodges"]
    return not dodges(reply) and (
        shows(reply.text, "concedes")
        or reply.does("reflection", "open_question")
        or (has_question(reply) and not reply.does("persuading"))
    )


def plays_back(line: Line) -> bool:
    """Whether the other's words or feelings come back without an own agenda."""
    if line.acts is not None:
        return line.acted("plays_back")
    return line.does("reflection", least=SURE) and not line.does("persuading", "solution_proposal")


def tells_story(line: Line) -> bool:
    """Whether one particular event is told: as the moves have it, or by its time and what somebody did then."""
    if line.acts is not None:
        return line.acted("story")
    if line.does("field_story"):
        return True
    return (
        len(line.text.split()) >= _STORY_WORDS
        and shows(line.text, "once")
        and not line.does("commitment", "order")
    )


def names_reality(line: Line) -> bool:
    """Whether a particular reality of reps, managers or buyers is named or asked for."""
    return line.acted("reality") if line.acts is not None else tells_story(line) or asks_for_story(line)


def finds_out_first(line: Line) -> bool:
    """Whether it is said how to find out, decide and check."""
    return line.acted("approach") if line.acts is not None else line.does("approach")


def has_question(line: Line) -> bool:
    """Whether the line asks something that wants an answer."""
    return line.does("open_question", "closed_question")


def asks_for_outcome(line: Line) -> bool:
    """Whether it is asked what should be different, what is behind a request, or how one would know."""
    if line.acts is not None:
        return line.acted("asks_outcome")
    return has_question(line) and shows(line.text, "for_what")


def asks_for_story(line: Line) -> bool:
    """Whether one particular event is asked for."""
    return shows(line.text, "story_asked") and (has_question(line) or line.text.rstrip().endswith("?"))


def asks_for_progress(line: Line) -> bool:
    """Whether somebody wants to know how far things are."""
    return has_question(line) and shows(line.text, "progress_asked")


def metric_in(text: str) -> bool:
    """Names a sales measure that is not part of a course's title."""
    said = plain(text)
    found = SIGNS["metric"].search(said)
    return found is not None and not _in_a_title(said, found.end())


def one_group(line: Line) -> bool:
    """Whether one group is named as the place to begin or to watch."""
    if line.acted("group") or (line.acts is None and line.does("small_start")):
        return True
    return shows(line.text, "one_group") and read_facts(line.text).group is not None


def substantive(line: Line) -> bool:
    """More than a sign of listening."""
    return len(line.text.split()) > 4 or not line.does("other")


def _outcome(text: str, score: float) -> bool:
    metric = SIGNS["metric"].search(text)
    if metric and _in_a_title(text, metric.end()):
        metric = None
    numbered = SIGNS["numbered"].search(text) and not SIGNS["activity"].search(text)
    if not score:
        return bool(metric and numbered)
    named = metric or SIGNS["behaviour"].search(text) or numbered
    return bool(named) and not (SIGNS["vague"].search(text) and not metric)


def _in_a_title(text: str, end: int) -> bool:
    """ "the win rate accelerator module" names a course."""
    return SIGNS["course"].match(text[end:].lstrip(" -")) is not None
