"""Drawing the fields of a story from its text: suggestions, each of which the teller may change or empty."""

import re
from datetime import date, timedelta

from assistant.stories.speaker import buyer_words
from assistant.stories.story import Fields

_SENTENCE = re.compile(r"(?<=[.!?…])[\s”\"»]+(?=[A-Z“\"«„0-9])|\n+")
_REDRAWN = ("buyer_words", "metric", "stage", "result", "source", "who", "region", "team", "came_of")
_TITLE = 70
_SPEAKER = re.compile(
    r"^[^:“\"]{3,48}:\s+(?=.{20})|^.{3,60}\b(?:said|says?|told (?:me|us|our \w+|him|her)|asked|wrote|answered|replied)[,:]?\s+(?=[“\"].{12})"
)
"""Who speaks, or where it was, before what was said."""
_METRICS = {
    "win-rate": r"win[ -]rate|win (?:more|fewer)|lost (?:the|that|this|to|again)|won (?:the|that|this)|closed[ -]won|competitor",
    "ramp-time": r"ramp(?:ed|ing)?\b|new hires?|new reps?|starters?|first weeks?|week (?:one|two|three|four|five|six|\d+)\b|onboard",
    "sales-cycle": r"sales cycle|took (?:\w+ )?(?:weeks|months)|slipp(?:ed|ing|s)|stalled|dragged|signature|legal (?:review|took)",
    "average-deal-size": r"deal size|order (?:size|value)|bigger (?:deal|order)|upsell|basket",
    "discount-rate": r"discount|per ?cent off|% off|price (?:cut|down)|cheaper|gave away",
    "pipeline-coverage": r"pipeline|coverage|prospecting",
    "quota-attainment": r"quota|target|attainment",
    "stage-conversion": r"conversion|demo to|proposal to|stage",
    "second-meeting-rate": r"second (?:meeting|call|visit)|come back|came back|call(?:ed)? (?:us|me) back|next meeting|follow-up meeting",
    "forecast-accuracy": r"forecast|commit(?:ted)? deal|pulled in",
    "renewal-rate": r"renew(?:al|ed|ing)?|churn|notice\b|cancel(?:led|lation)?",
    "expansion-rate": r"expan(?:sion|ded)|cross-sell|added seats|more sites",
    "activity-to-meeting-rate": r"cold (?:call|mail|email)s?|calls (?:a|per) day|dials|e?-?mails? (?:sent|a day)",
    "manager-coaching-rate": r"coach(?:ed|ing)|one-to-one|1:1|ride-?along|debrief",
}
_STAGES = {
    "prospecting": r"cold (?:call|mail)|prospecting|dials|gatekeeper|voicemail",
    "first-meeting": r"first (?:meeting|call|visit)|met (?:him|her|them) for the first",
    "discovery": r"discovery|asked (?:her|him|them) (?:what|why|how)",
    "demo": r"\bdemo(?:nstration)?\b|showed (?:her|him|them) the",
    "proposal": r"proposal|\bquote[ds]?\b|tender|\brfp\b|offer",
    "negotiation": r"negotiat|discount|procurement|redlin|legal",
    "closed": r"signed|closed|we won|we lost|lost (?:the|it|to)|won (?:the|it)",
    "renewal": r"renew|churn|cancel|notice",
    "onboarding": r"onboard|go-live|kick-?off with the customer|implementation|new hire|first weeks?",
    "coaching": r"coach|ride-?along|one-to-one|debrief|role[ -]play",
}
_WIN = r"\b(?:we won|won (?:it|the)|signed|closed(?: it| the| won)|renewed|said yes|agreed|order came|bought|booked|got the (?:deal|meeting|order)|worked)\b"
_FAILURE = r"\b(?:we lost|lost (?:it|the|to|that)|walked (?:out|away)|said no|cancelled|refused|hung up|never (?:called|came|answered)|dropped us|went with|fail(?:ed|s)?|churned|nobody (?:came|asked|answered)|too late)\b"
_SOURCES = (
    ("manager", r"\b(?:my|our|the|a|one of (?:my|our)) (?:\w+ )?(?:managers?|team leads?|supervisors?)\b.{0,30}\b(?:says?|said|told|tells|thinks?)\b|what managers say"),
    ("on-the-road", r"ride-?along|rode along|on the road|in the car|sat in on|listened in|what i saw|visited|site visit"),
    ("customer", r"\b(?:customer|buyer|client) (?:told|wrote|called|rang|mailed|complained)\b"),
)  # fmt: skip
_ROLES = (
    r"(?:chief \w+ officer|c[efitmo]o|cmo|head of [a-z]+|(?:plant|ward|store|branch|office|account|area|regional|sales|site|fleet|purchasing|"
    r"procurement|it|hr|finance|operations|marketing|quality|export|category) (?:manager|director|lead|head)|procurement|buyer|owner|surgeon|nurse|chef|"
    r"pharmacist|engineer|controller|rep|reps|ae|sdr|bdr|vp)"
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
_COUNTERPART = {
    "learning-executive": r"\b(?:my|our|the) (?:vp|vice president|sales vp|vp of sales|svp|cro|head of sales|sales (?:chief|leader|director))\b",
    "sales-vp": r"\b(?:my|our|the) (?:learning|training|enablement|l&d) (?:executive|exec|lead|leader|partner|manager|head|director|person|woman|man)\b|\bhead of (?:learning|training|enablement|l&d)\b",
    "coach": r"\b(?:the|my) (?:two of them|pair|coachee|client)\b|\bthe vp\b|\bthe learning executive\b",
}
DESCRIBED_REGION = re.compile(
    r"\b[Ii]n (?:the )?((?:[A-Z][\w’'-]+)(?: (?:and |of |de |do )?[A-Z][\w’'-]+){0,2})"
    r"|\b(?:the )?((?:north|south|east|west|central|northern|southern|eastern|western|mid)\w*(?:[- ](?:east|west))?) (?:region|territory|team|pod)\b",
)
_TEAM = re.compile(
    r"\b(?:the|our|my) ([\w-]+(?: [\w-]+)?) (?:team|pod|crew|desk)\b|\b((?:inside|field|enterprise|mid-market|smb|channel|key account) (?:sales|reps|sellers|team))\b",
    re.IGNORECASE,
)


def draw(fields: Fields, *, today: date, told_today: bool = True) -> Fields:
    """`fields` with what its text lets one suggest; what the teller said already stays as it is.

    `told_today` is whether “yesterday” means the day before `today`.
    """
    text = fields.text
    lower = text.lower()
    drawn = {
        "title": suggest_title(text),
        "buyer_words": buyer_words(text),
        "metric": _first(_METRICS, lower),
        "stage": _first(_STAGES, lower),
        "result": _result(lower),
        "source": next((name for name, pattern in _SOURCES if re.search(pattern, lower)), None),
        "who": _who(lower),
        "region": _region(text),
        "team": _team(text),
        "happened_on": said_day(lower, today=today, told_today=told_today),
        "came_of": _came_of(text),
    }
    given = fields.model_dump()
    wanted = {name: value for name, value in drawn.items() if value and not given[name]}
    return fields.changed(**wanted) if wanted else fields


def redrawn(before: Fields, after: Fields, *, today: date) -> Fields:
    """`after`, its text being another one: what was drawn from the text `before` is drawn from the new one instead.

    What somebody said themselves stays, and so does the title, which stands beside the text.
    """
    if after.text == before.text:
        return after
    empty = Fields(text=before.text, title=before.title, teller=before.teller)
    drawn = draw(empty, today=today).model_dump()
    was, now, unsaid = before.model_dump(), after.model_dump(), empty.model_dump()
    stale = {name: unsaid[name] for name in _REDRAWN if drawn[name] and drawn[name] == was[name] == now[name]}
    return draw(after.changed(**stale), today=today) if stale else after


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order."""
    return [each.strip() for each in _SENTENCE.split(text) if each.strip()]


def about_counterpart(text: str, teller: str | None) -> bool:
    """Whether the teller speaks of the person they are paired with."""
    pattern = _COUNTERPART.get(teller or "learning-executive")
    return pattern is not None and re.search(pattern, text, re.IGNORECASE) is not None


def metric_in(text: str) -> str | None:
    """The metric that a text speaks of, by its id; None where it speaks of none."""
    return _first(_METRICS, text.lower()) or None


def suggest_title(text: str) -> str:
    """What the buyer said, if that is short; otherwise the sentence that tells what happened, cut at a clause."""
    said = buyer_words(text)
    if said and len(said) <= _TITLE:
        return said[:1].upper() + said[1:].rstrip(".,;")
    told = sentences(text)
    telling = next((each for each in told if re.search(f"{_WIN}|{_FAILURE}", each, re.IGNORECASE)), told[0])
    telling = re.sub(r"^(?:so|and|but|well|ok|okay|anyway)[, ]+", "", telling, flags=re.IGNORECASE)
    return _shortened(_SPEAKER.sub("", telling, count=1))


def tidy(text: str) -> str:
    """The same words, written out: sentences begin with capitals and end, fillers and doubled blanks are gone."""
    lines = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        words = " ".join(paragraph.split())
        words = re.sub(
            r"\b(?:um+|uh+|erm+|you know|basically|kind of like),?\s", "", words, flags=re.IGNORECASE
        )
        words = re.sub(r"\bi\b(?=['’ ])", "I", words)
        words = re.sub(r"\s+([,.;:!?])", r"\1", words)
        words = re.sub(r"([.!?])\1+", r"\1", words)
        words = re.sub(r"(^|[.!?]\s+)([“\"(]?)([a-z])", lambda m: m[1] + m[2] + m[3].upper(), words)
        lines.append(words if not words or words[-1] in '.!?…”")]:' else f"{words}.")
    return "\n\n".join(filter(None, lines))


def said_day(lower: str, *, today: date, told_today: bool = True) -> date | None:
    """The day that a text names: 2026-03-31, 3 March, and where it was told today yesterday, last Tuesday; never one to come."""
    if found := re.search(r"\b(20\d\d)-(\d\d)-(\d\d)\b", lower):
        return _date(*map(int, found.groups()), today=today)
    months = "|".join(_MONTHS)
    if found := re.search(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({months})(?: (20\d\d))?\b", lower):
        day, month, year = found.groups()
        number = _MONTHS.index(month) + 1
        return _date(int(year or today.year), number, int(day), today=today, slide=year is None)
    if not told_today:
        return None
    for word, days in (("this morning", 0), ("today", 0), ("yesterday", 1), ("last week", 7)):
        if re.search(rf"\b{word}\b", lower):
            return today - timedelta(days=days)
    if found := re.search(rf"\b(?:last|this) ({'|'.join(_WEEKDAYS)})\b", lower):
        back = (today.weekday() - _WEEKDAYS.index(found.group(1))) % 7
        return today - timedelta(days=back or 7)
    return None


def _date(year: int, month: int, day: int, *, today: date, slide: bool = False) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    if found > today:
        return found.replace(year=year - 1) if slide and (month, day) != (2, 29) else None
    return found


def _first(patterns: dict[str, str], lower: str) -> str:
    """The name whose pattern occurs most often; the first one where several do equally."""
    counts = {name: len(re.findall(pattern, lower)) for name, pattern in patterns.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def _result(lower: str) -> str:
    won, lost = (re.search(pattern, lower) is not None for pattern in (_WIN, _FAILURE))
    return "mixed" if won and lost else "win" if won else "failure" if lost else ""


def _who(lower: str) -> str:
    found = dict.fromkeys(m.group(0) for m in re.finditer(rf"\b{_ROLES}\b", lower))
    return ", ".join(list(found)[:5])


def _region(text: str) -> str:
    from assistant.stories.known_words import KNOWN, PLACES
    from assistant.stories.wordlists import folded

    for match in DESCRIBED_REGION.finditer(text):
        name = (match.group(1) or match.group(2)).strip()
        first = folded(name.split()[0])
        if match.group(2) or folded(name) in PLACES or (first not in KNOWN and first in PLACES):
            return name
    return ""


def _team(text: str) -> str:
    for match in _TEAM.finditer(text):
        name = (match.group(1) or match.group(2)).lower()
        if not re.search(r"\b(?:whole|entire|same|new|other|their|buying|project|sales)$", name):
            return name
    return ""


def _came_of(text: str) -> str:
    """The last sentence, where it says how the matter went."""
    told = sentences(text)
    if len(told) < 2:
        return ""
    last = told[-1]
    return last[:1_000] if re.search(f"{_WIN}|{_FAILURE}|since then|now |so far", last, re.IGNORECASE) else ""


def _shortened(sentence: str, limit: int = _TITLE) -> str:
    words = " ".join(sentence.split()).strip("“”\"' ")
    if len(words) > limit:
        clause = re.split(r"(?<=.{25})[,;:—]", words, maxsplit=1)[0]
        words = clause if len(clause) <= limit else words[:limit].rsplit(" ", 1)[0] + "…"
    words = words.rstrip(".,;: ")
    return words[:1].upper() + words[1:]
