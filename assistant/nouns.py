"""What a line is about, in its own words: the thing proposed, the measure, the team, the words that mean everybody.

Patterns over plain English. What is found stands in the line as it is, so that a sentence built around it speaks of
the writer's own matter; what is not found stays None.
"""

import re
from dataclasses import dataclass

from assistant.advice.facts import read_facts

_HEADS = frozenset(
    ["course", "courses", "training", "trainings", "workshop", "workshops", "academy", "bootcamp", "webinar", "webinars", "programme", "programmes", "program", "programs", "certification", "certifications", "playbook", "playbooks", "module", "modules", "session", "sessions", "curriculum", "e-learning", "elearning", "deck", "decks", "guide", "guides", "one-pager", "roll-out", "rollout", "onboarding", "kick-off", "kickoff", "platform", "tool", "tools", "pilot", "script", "scripts", "refresher", "video", "videos", "series", "content", "pathway", "pathways", "journey", "catalogue", "lms", "app", "framework", "methodology", "model", "initiative", "campaign", "simulation", "simulations", "quiz", "coaching", "enablement", "toolkit", "template", "templates", "card", "cards", "cheat-sheet", "checklist", "newsletter", "portal", "survey", "role-plays", "clinic", "clinics", "masterclass", "path", "paths"]
)  # fmt: skip
_FIELD = frozenset(
    ["rate", "rates", "ramp", "forecast", "pipeline", "discounts", "discounting", "renewals", "objections", "negotiation", "prices", "pricing", "calls", "demos", "deals", "proposal", "proposals", "meetings", "margin", "margins", "churn", "quota", "cycle", "coverage", "team", "region"]
)  # fmt: skip
_STOP = frozenset(
    ["a", "about", "all", "also", "an", "and", "another", "any", "are", "as", "at", "be", "been", "before", "being", "bring", "bringing", "build", "building", "built", "but", "buy", "buying", "by", "can", "could", "create", "creating", "deliver", "delivering", "design", "designing", "develop", "developing", "did", "do", "does", "doing", "each", "every", "everyone", "extend", "extending", "for", "from", "get", "give", "go", "going", "got", "great", "had", "has", "have", "he", "her", "here", "hi", "his", "hold", "holding", "how", "i", "if", "in", "include", "including", "into", "introduce", "introducing", "is", "it", "its", "just", "launch", "launching", "launched", "like", "make", "making", "me", "more", "most", "move", "moving", "my", "need", "needs", "new-to", "next", "no", "not", "now", "of", "offer", "offering", "on", "one", "only", "or", "organise", "organising", "our", "out", "over", "plan", "planning", "please", "propose", "proposing", "put", "putting", "ready", "recommend", "recommending", "run", "running", "said", "see", "send", "sending", "set", "she", "should", "so", "some", "start", "starting", "still", "strongly", "suggest", "suggesting", "take", "taking", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "three", "through", "to", "train", "training-up", "two", "up", "us", "use", "using", "want", "we", "were", "was", "what", "when", "which", "who", "why", "will", "with", "would", "you", "your", "yours", "completed", "complete", "finished", "attended", "rolled", "rolling", "roll", "delivered", "built", "updated", "update", "share", "sharing", "attached", "find", "first", "last", "same", "than", "very", "really", "i'll", "we'll", "i'd", "we'd", "we're", "i'm", "it's", "that's", "let's", "after", "afterwards", "again", "once", "both", "many", "much", "such", "own", "good", "better", "best", "makes", "gives", "helps", "needs", "shows", "takes", "works", "keeps", "gets", "wants", "drives", "builds", "improves", "raises", "covers", "includes", "has", "means", "becomes", "brings", "teaches", "lets", "puts", "runs", "sells", "because", "ever", "right", "must", "cannot"]
)  # fmt: skip
_TOPIC_STOP = _STOP | {"monday", "tuesday", "wednesday", "thursday", "friday", "january", "february", "march", "april", "may", "june",
                       "july", "august", "september", "october", "november", "december", "q1", "q2", "q3", "q4"}  # fmt: skip
_TOKEN = re.compile(r"[A-Za-z][\w'’&-]*")
_MOST_BEFORE, _MOST_AFTER = 4, 3

_COUNT = r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|eighty|\w+ hundred)"
_PLACES = (
    r"(?P<places>regions?|offices|countries|branches|sites|stores|territories|markets|districts|locations)"
)
_GROUPS = r"(?P<groups>teams?|pods|desks|squads|units|segments|cohorts)"
_MANAGERS = r"(?P<managers>managers|team leads|leaders)"
_PEOPLE = r"(?:reps?|sellers?|salespeople|people|staff|aes?|sdrs?|bdrs?|account (?:executives|managers)|employees|colleagues|agents|advis[eo]rs|of them)"
_WHO = rf"(?:{_PLACES}|{_MANAGERS}|{_GROUPS}|{_PEOPLE})"
_EVERYONE = re.compile(
    rf"\b(?:all (?:of )?(?:the |our |my |your |its )?(?:{_COUNT} )?(?:[a-z]+ ){{0,2}}?{_WHO}"
    rf"|every (?:single )?(?:[a-z]+ )?(?:rep|seller|salesperson|ae|sdr|bdr|hire|starter|joiner|newcomer|employee|colleague|person|(?P<place1>region|office|branch|country|store|site)|(?P<group1>team|pod)|(?P<manager1>manager))"
    r"|(?:the |our |my |your )?(?:whole|entire|full) (?:sales |commercial |field |selling )?(?:force|team|company|organi[sz]ation|field|floor|department|org)"
    r"|the (?:sales )?force as a whole|everyone|everybody"
    r"|across (?:the )?(?:board|company|organi[sz]ation|field|regions)|(?P<adverb>company-?wide|global(?:ly)?|worldwide|nationwide|org-?wide))\b",
    re.IGNORECASE,
)
_NO_GROUP = re.compile(
    r"(?:(?:the|our|my|your|their) )?(?:reps|sellers|salespeople|people|aes|sdrs|bdrs|managers|staff|teams?|sales teams?|sales reps)",
    re.IGNORECASE,
)
"""Words for sellers at large, which name no group to begin with."""
_MEASURE = re.compile(
    r"\b(?:(?:the |our |your )?(?:(?P<m>(?:win|close|closing|hit|conversion|renewal|discount|second[- ]meeting|no[- ]show|attach|show) rates?|ramp(?:[- ]up)? time|time to (?:first deal|productivity)|"
    r"sales cycles?|cycle time|(?:average )?deal sizes?|pipeline coverage|quota attainment|forecast accuracy|churn|retention|renewals|second meetings|"
    r"stage[- ]\w+ conversion|late[- ]stage losses|discounting|margins?)))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Everyone:
    """The words of a text that mean everybody, where they stand, and what the smallest part of it is called."""

    start: int
    end: int
    words: str
    one: str
    adverb: bool


def topic(text: str) -> str | None:
    """The longest noun phrase of the text that names learning's output, else one of the field: `the negotiation course`."""
    return _phrase(text, _HEADS) or _phrase(text, _FIELD)


def deliverable(text: str) -> str | None:
    """Like `topic`, and only what learning makes."""
    return _phrase(text, _HEADS)


def measure(text: str) -> str | None:
    """A sales measure, as it is called there, without its article: `win rate`."""
    found = _MEASURE.search(text)
    return found["m"].lower() if found else None


def group(text: str) -> str | None:
    """One team or region that is named: `the Leeds team`."""
    said = _EVERYONE.sub("everybody", text)  # "all 240 reps in EMEA" is no group to begin with
    found = read_facts(said).group
    return found if found and not _NO_GROUP.fullmatch(found) else None


def everyone(text: str) -> Everyone | None:
    """The first words that mean everybody."""
    found = _EVERYONE.search(text)
    if found is None:
        return None
    named = found.groupdict()
    one = (
        "one region" if named["places"] in ("regions", "region") or named["place1"] == "region" or named["adverb"]
        else f"one {_singular(named['places'] or named['place1'] or '')}" if named["places"] or named["place1"]
        else "one manager's team" if named["managers"] or named["manager1"]
        else "one team"
    )  # fmt: skip
    return Everyone(found.start(), found.end(), found.group(0), one, bool(named["adverb"]))


def _singular(places: str) -> str:
    return {"countries": "country", "branches": "branch", "territories": "territory"}.get(
        places.lower(), places.lower().removesuffix("s")
    )


def _phrase(text: str, heads: frozenset[str]) -> str | None:
    tokens = list(_TOKEN.finditer(text))
    found = [
        phrase
        for at, each in enumerate(tokens)
        if _is(each, heads) and (phrase := _around(text, tokens, at, heads))
    ]
    best = max(found, key=lambda words: len(words.split()), default=None)
    return f"the {best}" if best else None


def _is(token: re.Match[str], heads: frozenset[str]) -> bool:
    return token.group(0).lower() in heads


def _around(text: str, tokens: list[re.Match[str]], at: int, heads: frozenset[str]) -> str | None:
    """The head with the words before it that belong to it, and `on …` or `about …` after it."""
    first = last = at
    while first > 0 and at - first < _MOST_BEFORE and _belongs(text, tokens[first - 1], tokens[first]):
        first -= 1
    while (
        last + 1 < len(tokens)
        and _is(tokens[last + 1], heads)
        and _next_to(text, tokens[last], tokens[last + 1])
    ):
        last += 1
    tail = last
    if (
        last + 2 < len(tokens)
        and tokens[last + 1].group(0).lower() in ("on", "about")
        and _next_to(text, tokens[last], tokens[last + 1])
    ):
        tail = last + 1
        while (
            tail + 1 < len(tokens)
            and tail - last - 1 < _MOST_AFTER
            and tokens[tail + 1].group(0).lower() not in _TOPIC_STOP
            and _next_to(text, tokens[tail], tokens[tail + 1])
        ):
            tail += 1
        tail = tail if tail > last + 1 else last
    return text[tokens[first].start() : tokens[tail].end()]


def _belongs(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    return before.group(0).lower() not in _STOP and _next_to(text, before, after)


def _next_to(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    return text[before.end() : after.start()] in (" ", "-", "\n")
