"""What the words of a draft give away beside its moves: stock arguments, work that is done, a day that is proposed."""

import re

from assistant.moves.sentences import plain

_NAMES = r"(?:google|microsoft|cisco|amazon|salesforce|ibm|hubspot|(?:other|leading|top|most) companies|our competitors)"
_STOCK = re.compile(
    r"\b(?:(?:the |all the )?research (?:shows|says|suggests|confirms|proves|points|is clear)|"
    r"studies (?:show|have shown|prove|suggest)|(?:it's|its|it is|is|are|been|scientifically|a) proven|"
    r"best[- ]in[- ]class|best practices?|science (?:says|shows|of)|pays? for itself|industry[- ]leading|award[- ]winning|"
    r"cutting[- ]edge|state[- ]of[- ]the[- ]art|(?:excellent|great) references|"
    r"according to (?:mckinsey|gartner|forrester|deloitte|bain|harvard|(?:the )?experts?|(?:the )?research)|"
    r"experts (?:say|speak|agree)|(?:behaviou?r(?:al)? )?change takes time|takes time (?:to|until|before)|"
    rf"{_NAMES}\b[^.?!]{{0,50}}\b(?:use|uses|do|does|did|have|has|swear)|"
    r"companies (?:with|that)\b[^.?!]{3,60}\b(?:grow|outperform|sell|retain|win))\b"
)
_DONE = re.compile(
    r"\b(?:complet(?:ed?|ions?)|completion rates?|attended|attendance|finished|delivered|launched|trained|certified|"
    r"rated|ratings?|csat|participants|scored?|feedback|nps|satisfaction|so far|stands? at|went|ran|held|passed|was|were|"
    r"(?:have|has) (?:now )?(?:been )?\w+ed)\b|\d ?%|\bper ?cent\b"
)
_AHEAD = re.compile(
    r"'ll\b|\b(?:mandatory|required|must|will|would|could|might|plan(?:s|ned|ning)?|sketched|propos\w+|suggest\w*|idea|"
    r"going to|soon|next (?:week|month|quarter|year))\b"
)
_MEANS_TO = re.compile(
    r"\b(?:i|we)(?:'(?:d|ll|m|ve|re)| would| will| can| could| want| plan| hope| am| are)\b|\blet's\b|"
    r"\b(?:could|can|may|shall|would) (?:you|i|we)\b|\b(?:please|pls)\b"
)
_ENROLS = re.compile(r"\b(?:schedul|enrol|invit|train|roll|book|mandat|certif|assign)\w*")
_REQUEST = re.compile(
    r"\b(?:needs?|want|please|pls|(?:can|could|would|will) (?:you|your)|build|create|make|add|prepare|set up|put together|"
    r"(?:get|give|send) (?:me|us)|roll out|i'd like|we should|ha(?:s|ve) to|must|should)\b"
)
_SOMETHING = re.compile(r"\bsomething (?:on|about|for|around) [\w-]+(?: [\w-]+)?", re.IGNORECASE)
_LOOSE = re.compile(r"\blmk\b|\blet me know\b|\bif you have (?:any )?questions\b|\b(?:your|any) thoughts\b")
_MONEY = re.compile(r"\b(?:headcount|budget|ftes?|cost|costs|hire|hiring)\b|[€$£]")
_LOGISTICS = re.compile(
    r"\bhow (?:many|long|much|often)\b|\bwhat (?:time|date|format)\b|\bwhich (?:room|date|day|format)\b"
)
_WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri)day\b|\btomorrow\b|\bnext (?:week|month)\b", re.IGNORECASE
)


def about_logistics(text: str) -> bool:
    """Whether it asks how many, how long or when, and nothing about what it is for."""
    return _LOGISTICS.search(plain(text)) is not None


def argues_by_rote(text: str) -> bool:
    """Whether it argues in one of the ways in which everybody does."""
    return _STOCK.search(plain(text)) is not None


def enrols(text: str) -> bool:
    """Whether people are put into something."""
    return _ENROLS.search(plain(text)) is not None


def requests(text: str) -> bool:
    """Whether it has the form of a request."""
    return _REQUEST.search(plain(text)) is not None


def something(text: str) -> str | None:
    """“something on negotiation”, as it stands there."""
    found = _SOMETHING.search(text)
    return found.group(0) if found else None


def is_done(text: str) -> bool:
    """Whether it tells of something that took place, not of something to come."""
    said = plain(text)
    return _DONE.search(said) is not None and _AHEAD.search(said) is None


def means_to(text: str) -> bool:
    """Whether somebody means to do something, or asks the other to."""
    return _MEANS_TO.search(plain(text)) is not None


def left_open(text: str) -> bool:
    """Whether the next step is left to the reader."""
    return _LOOSE.search(plain(text)) is not None


def about_money(text: str) -> bool:
    """Whether it asks for people or money."""
    return _MONEY.search(plain(text)) is not None


def day_named(text: str) -> str | None:
    """A day of the week, or tomorrow, as it stands there; it takes “on” before it where it is a weekday."""
    found = _WEEKDAY.search(text)
    if found is None:
        return None
    return f"on {found.group(0)}" if found.group(0).lower().endswith("day") else found.group(0)
