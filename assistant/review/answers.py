"""Whether what was said is answered: an outcome with output, a question about progress with activity, candour openly.

By kinds of answer, from the acts of both lines and a few words; the signs in `signs.py` are the model's, these are not.
"""

import re

from assistant.moves.sentences import plain
from assistant.review import signals
from assistant.review.marks import LEARNING, VP, Line
from assistant.review.signals import POSSIBLE, SURE
from assistant.review.signs import METRIC, shows

_OUTPUT_RE = re.compile(
    r"\b(?:boot ?camps?|vendors?|catalogues?|capstones?|juries|jury|(?:learning|discovery|onboarding) paths?|certificat\w+|"
    r"dashboards?|platforms?|content|facilitators?|simulat\w+|booklets?|binders?|toolkits?|badges?|cohorts?|levels?|"
    r"curricul\w+|(?:completed|finished|through) the \w+|attendance|learners?)\b"
)
_WHERE_RE = re.compile(
    r"\bwhere(?:'s| is) (?:it|that|the [a-z' -]{2,30})\s*\?|"
    r"\b(?:know|tell me|see|hear) where (?:we|it|that|things|they|the \w+) (?:are|is|stand|stands|got)\b|"
    r"\bi asked (?:whether|if|what|where)\b|\b(?:isn't|is not|wasn't) what i asked\b|"
    r"\b(?:is|was) there (?:any|a) (?:sign|result|effect|number|figure)\b"
)
_AND_THE_RE = re.compile(
    r"^(?:(?:uh-huh|mhm|right|okay|ok|good|fine|nice|yes)[,.]? )?and (?:the|our|your) (?:[a-z']+ ){0,2}"
    rf"(?:numbers?|figures?|results?|outcome|{METRIC})\?$"
)
_SELLING_RE = re.compile(
    r"\byou(?:'re| are) (?:selling|pitching|convincing|lecturing)\b|\bthat(?:'s| is) (?:the|a|your) (?:brochure|pitch)\b|"
    r"\bthat won't help me\b|\bisn't what i asked\b|\bthis (?:isn't|is not) (?:working|helping)\b"
)
_INSTEAD = ("plays_back", "meets", "asks_outcome", "approach", "group", "reality", "outcome", "story")
"""Acts of a reply that takes an outcome up, whatever else it says."""


def with_output(line: Line, reply: Line) -> bool:
    """Whether an outcome that the VP wants is answered with what learning makes, and not taken up."""
    if line.role == LEARNING or reply.role == VP or reply.acts is None:
        return False
    if signals.has_question(reply) or "?" in reply.text or shows(reply.text, "concedes"):
        return False
    if max(reply.acts[act] for act in _INSTEAD) >= SURE:
        return False
    output = reply.does("project_talk", least=SURE) or _names_output(reply.text)
    return output and max(reply.acts["accepts"], reply.acts["candid"]) < SURE


def asks_how_far(line: Line) -> bool:
    """Whether somebody asks what has moved, also in words that are no question by their mark."""
    said = plain(line.text)
    if _WHERE_RE.search(said) or _AND_THE_RE.match(said):
        return True
    told = line.does("progress_report", "outcome_talk", "candour") or line.acted("outcome", POSSIBLE)
    return signals.asks_for_progress(line) and told


def with_activity(reply: Line) -> bool:
    """Whether such a question gets attendance, an excuse or a case for the work, and no measure, nor that there is none."""
    if (
        reply.does("candour", least=SURE)
        or shows(reply.text, "concedes")
        or reply.text.rstrip().endswith("?")
    ):
        return False
    if signals.metric_in(reply.text) and shows(reply.text, "numbered"):
        return False
    if (
        reply.acts is not None
        and max(reply.acts[act] for act in ("candid", "meets", "progress", "story")) >= SURE
    ):
        return False
    argues = reply.acted("argues") or reply.acted("dodges") or reply.does("project_talk", "persuading")
    return argues or shows(reply.text, "activity", "smooths") or _names_output(reply.text)


def said_plainly(line: Line) -> bool:
    """Whether candour is said, also of how the other speaks."""
    return signals.candid(line) or _SELLING_RE.search(plain(line.text)) is not None


def openly(reply: Line) -> bool:
    """Whether candour is met: surely, or likely by a reply that asks, gives way or plays back and defends nothing."""
    if signals.meets(reply):
        return True
    if reply.acts is None or reply.acts["dodges"] >= POSSIBLE or reply.acts["argues"] >= SURE:
        return False
    kind = (
        reply.does("open_question", least=SURE) or reply.acted("plays_back") or shows(reply.text, "concedes")
    )
    return kind and reply.acts["meets"] >= POSSIBLE


def _names_output(text: str) -> bool:
    return shows(text, "activity", "course") or _OUTPUT_RE.search(plain(text)) is not None
