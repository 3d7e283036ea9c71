"""What a question says about the matter: the group, the number, the date, who the counterpart is, what was tried.

Plain patterns, since each must be explainable to the user who reads "how I read it". What is not said stays unknown.
"""

import re
from collections.abc import Iterable

from assistant.advice.answer import Facts
from knowledge.cards import Role
from knowledge.patterns import Later
from knowledge.places import PLACES
from knowledge.slots import Pronoun

_NUMBER = r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty)"
_PEOPLE = (
    r"(?:reps?|sellers?|salespeople|AEs?|SDRs?|BDRs?|CSMs?|SEs?|account executives|account managers|new[- ]hires?|hires?|"
    r"starters|hunters|farmers|closers|managers|consultants|engineers|agents|advisers|advisors|partners|brokers|"
    r"dealers|crews?|specialists|representatives|field staff|showroom staff|sales staff|callers|bankers)"
)
_FOLK = r"(?:people|folks?|guys|lot|crowd|side)"
"""Words for a group only where a name or a kind of selling stands before them."""
_UNIT = r"(?:team|desk|pod|pods|squad|crew|group|branch|region|district|unit|office|cohort|territory|segment|hub|field team|field sales)"
_WORD = r"[A-Z](?:[\w&-]|\.(?=\w))+"  # no full stop at its end: there a sentence ends
_NAME = rf"(?:(?:St\. )?{_WORD}(?: {_WORD})?)"
_KIND = (
    r"(?:inside sales|enterprise|mid-?market|SMB|commercial|renewals?|expansion|channel|partner|field|outbound|inbound|"
    r"strategic|public sector|telesales|key account|customer success|pre-?sales|corporate|regional)"
)
_DET = r"(?:the|my|our|his|her|their|one|a)"
_GROUP = (
    Later(
        rf"\b{_DET}? ?(?P<size>{_NUMBER}) (?:{_KIND} |new |remote |junior |senior |SDR |BDR |AE )*(?:{_PEOPLE}|{_UNIT}s?)(?: (?:in|from|at) {_NAME})?"
    ),
    Later(
        rf"\b{_DET} (?:{_NAME} |{_KIND} |{_NUMBER}[- ]person |\w+[- ]person )+(?:sales )?(?:{_UNIT}|{_PEOPLE})(?: in {_NAME})?"
    ),
    Later(rf"(?i:\b(?:{_DET} )?(?:{_KIND} )+(?:{_UNIT}|{_PEOPLE}|{_FOLK}))(?: (?:in|from|at) {_NAME})?"),
    Later(rf"(?i:\b(?:the|our|my|his|her|their)) {_NAME} {_FOLK}\b"),
    Later(rf"\b{_DET} (?:small |little |first )?(?:{_UNIT}) in {_NAME}"),
    Later(rf"\b(?P<name>{_NAME}) (?:{_UNIT}|{_PEOPLE})\b"),
    Later(rf"\b(?:{_DET} )?(?:(?:{_KIND} )?(?:{_UNIT}|{_PEOPLE})|{_KIND} {_FOLK}) (?:in|from|at) {_NAME}"),
    Later(rf"(?i:\b{_KIND}),? (?:in )?{_NAME}"),
)
_NOT_GROUPS = Later(
    r"\b(learning|training|L&D|enablement|HR|exec\w*|leadership|my|our|the|a|one|whole|entire|sales|which|what) team\b|\bvp\b",
    re.IGNORECASE,
)
_BOSSES = Later(r"(?<!account )(?<!partner )(?<!success )(?<!territory )(?<!area sales )\bmanagers?\b", re.I)
_NOT_NAMES = Later(
    r"\b(?:VP|CEO|CRO|CFO|HR|QBR|SKO|I|(?:Mon|Tues|Wednes|Thurs|Fri)day|January|February|March|April|June|July|August|September|"
    r"October|November|December)\b|^(?:Most|Those|These|Some|Many|Few|Other|Great|Good|Smart|Certain|Such|Which|What|Only|Even)\b"
)
_PLACE_NAMES = frozenset(place.title() for place in PLACES)
_SELLS_WHAT = Later(rf"(?i:(?P<kind>{_KIND})),? (?:in )?(?P<name>{_NAME})")
_PLACE_WORDS = Later(rf"\b(?:{'|'.join(sorted(map(re.escape, PLACES), key=len, reverse=True))})\b")
"""Places in lower case, as people type them in a hurry."""
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = Later(
    rf"\b(?:by|before|until|till|from) (?:the )?(?:end of |start of |early |mid-?|late )?(?:{_MONTH}|Q[1-4]|spring|summer|autumn|fall|winter|"
    rf"(?:the )?(?:year|month|quarter)[- ]end|year end|next (?:month|quarter|year|week)|(?:the |this )?(?:quarter|month|year)|"
    rf"Monday|Tuesday|Wednesday|Thursday|Friday|kick-?off|SKO|QBR)\b(?: \d{{4}})?",
    re.IGNORECASE,
)
_SIZE = Later(rf"\b(?:all )?({_NUMBER}) (?:{_KIND} )?(?:{_PEOPLE}|people|ppl|folks)\b", re.IGNORECASE)
_REGION = Later(
    r"\b(EMEA|APAC|LATAM|DACH|Nordics?|Benelux|Iberia|Midwest|Northeast|Southeast|Northwest|Southwest|North America|West Coast|East Coast)\b"
)
_DELIVERABLE = Later(
    r"\b((?:[a-z-]+ ){0,2}(?:course|training|workshop|academy|bootcamp|webinar|e-?learning|programme|program|certification|playbook|module|kickoff session))\b",
    re.IGNORECASE,
)
_NOT_DELIVERABLE = Later(
    r"\b(ordered|bought|build|built|want|wants|need|needs|just|me|how|many|did|ran|run|do|another|new|after|last|first|same|been|got|had|ask|asked|as|on|it|we|i|you|he|she|they|no|any|some|client|internal|pilot|good|bad|of|the|a|an|my|our|sales|in|to|for|is|that|this|about|with|and|after|his|her|their|from|by|managers?|reps?|sellers?|people|think|thinks|says?|said|calls?|called|believe|means?|hates?|loves?|your|ignore)\b ",
    re.IGNORECASE,
)
_METRICS: tuple[tuple[str, str], ...] = (
    ("win rate", r"win[- ]rates?|close rates?|closing rate|hit rate"),
    ("ramp time", r"ramp(?:[- ]up)?(?: time)?|time to productivity"),
    ("second-meeting rate", r"second[- ]meetings?(?: rate)?"),
    ("sales cycle", r"sales[- ]cycles?|cycle (?:time|length)|deal velocity"),
    ("average deal size", r"deal sizes?|average (?:deal|order|contract)(?: size| value)?|ACV|ASP"),
    ("pipeline coverage", r"pipeline coverage|pipe coverage|coverage ratio"),
    ("quota attainment", r"quota(?: attainment)?|attainment|hitting (?:the )?number"),
    ("stage conversion", r"stage conversion|conversion(?: rate)?|demos? (?:don't |not )?turn(?:ing)? into"),
    ("forecast accuracy", r"forecast(?:ing)? accuracy|forecast error|sandbagging"),
    ("discount rate", r"discount(?:s|ing| rate)?|margin erosion"),
    ("renewal rate", r"renewals?(?: rate)?|churn|retention"),
    ("expansion rate", r"expansion|upsell(?:ing)?|cross-?sell(?:ing)?"),
)
_METRIC_RES = tuple((name, Later(rf"\b(?:{pattern})\b", re.IGNORECASE)) for name, pattern in _METRICS)
_OUTCOME = Later(
    rf"\b(?:outcome|goal|target|result)(?: is|:)\s+(?P<a>[^.?!;\n]{{8,80}})|"
    rf"\b(?P<b>(?:more|fewer|faster|shorter|higher|lower|better|raise|lift|cut|grow|reduce|increase|double|halve)\b[^.?!;,\n]{{3,50}}"
    rf"(?:{'|'.join(pattern for _, pattern in _METRICS)})[^.?!;,\n]{{0,40}})",
    re.IGNORECASE,
)
_SYMPTOM = Later(
    r"(?:^|[,;:.]\s+|\b(?:and|but|because|where|since|that) )(?P<clause>(?:they|reps|sellers|deals|buyers|we|half (?:of )?(?:them|em))\b"
    r"[^.;:!?\n]{0,50}\b(?:lose|losing|lost|never|hardly|barely|rarely|stalls?|stalling|cancel\w*|slips?|die|dies|drop\w*|fails?|"
    r"go(?:es)? (?:cold|quiet|silent)|give (?:away|up)|discount\w*|leave|walk away|ghost\w*)\b[^.;:!?\n]{0,50})",
    re.IGNORECASE,
)
_VALUE = r"[€$£]?\d+(?:[.,]\d+)*(?: ?(?:%|percent|per cent|months?|weeks?|days?|k|in (?:a|one) hundred))?"
_FROM_TO = Later(rf"\bfrom (?P<a>{_VALUE}) (?:[\w ]{{0,20}})?to (?P<b>{_VALUE})", re.IGNORECASE)
_IS_AND_WANTS = Later(
    rf"\b(?:is|takes?|at|are)(?: at| about| roughly)? (?P<a>{_VALUE})[^?!]{{0,25}}\b(?:wants?|needs?|should be) (?P<b>{_VALUE})",
    re.IGNORECASE,
)
_TODAY = Later(
    rf"\b(?:currently|today|now(?: at)?|at the moment|we're at|stands at|it is at)(?: is| at|:)? (?P<a>{_VALUE})",
    re.IGNORECASE,
)
_TRIED_VERB = Later(
    r"\b(already|(?<!never )(?<!not )(?<!n't )tried|did (?:that|it|a|the|one)|we(?:'ve| have) (?:done|had|run|sent|tried)|i(?:'ve| have) (?:done|sent|tried|asked|been)|"
    r"i sent|we sent|sent (?:it|him|her|them)|didn't (?:work|help)|last (?:year|time) we|was ignored|got a thumbs)\b",
    re.IGNORECASE,
)
_TAGS: tuple[tuple[str, Later], ...] = tuple(
    (tag, Later(pattern, re.IGNORECASE))
    for tag, pattern in (
        ("ride-along", r"ride[- ]?alongs?|rode along|rid(?:den|ing) along|shadow(?:ed|ing)"),
        (
            "call-listening",
            r"(?:listen(?:ed|ing)? (?:to|in on)|heard) (?:\w+ )?calls?|call recordings?|gong|(?:deal|call|buyer|customer)s? (?:that )?i (?:heard|listened to|overheard)",
        ),
        ("survey", r"surveys?|questionnaires?"),
        ("slides", r"decks?|slides?|powerpoint|presentation"),
        ("workshop", r"workshops?"),
        ("course", r"courses?|trainings?|class(?:es)?|bootcamp"),
        ("e-learning", r"e-?learning|modules?|videos?|LMS"),
        ("email", r"e-?mails?|mailed|articles?|white ?papers?|newsletter"),
        ("longer-meeting", r"(?:longer|more) (?:meeting|time|slot)"),
        ("escalation", r"escalat\w+|went over|(?:told|asked|went to) (?:the )?(?:ceo|cro|hr|boss)"),
        ("pilot", r"pilots?|trial"),
        ("report", r"(?:impact )?reports?|dashboards?|scorecards?"),
        ("certification", r"certif\w+"),
        ("manager-briefing", r"brief(?:ed|ing) (?:the |their |his |her |my )?managers?"),
        (
            "asked-outcome",
            r"asked (?:him|her|them|for) (?:\w+ ){0,3}(?:outcome|number|goal|target)|clearer about what|agreed (?:on )?(?:the |an )?(?:outcome|second meetings)",
        ),
        ("stories", r"stories|told (?:him|her|them) (?:a |the )?story"),
        ("one-pager", r"one[- ]pagers?|one page"),
        ("incentive", r"spiffs?|incentives?|contest"),
        ("vendor", r"vendors?|consultants?|agency"),
    )
)
_UNWANTED = Later(
    r"\b(?:no|not|without|don't (?:want|need|send|suggest)|stop|please no)(?: a| an| another| more| any| the)? (?P<what>[a-z-]+(?: [a-z-]+)?)",
    re.IGNORECASE,
)
_HE = Later(r"\b(he|him|his|himself|he's|he'd|he'll)\b", re.IGNORECASE)
_SHE = Later(r"\b(she|her|hers|herself|she's|she'd|she'll)\b", re.IGNORECASE)
_WORD_NUMBERS = {
    "five": 5,
    "ten": 10,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "sixty": 60,
}
_MINUTES = Later(
    r"\b(\d{1,3}|five|ten|fifteen|twenty|thirty|forty-five|forty|sixty)[ -]?(?:min(?:ute)?s?|mins?|')(?![a-z])(?!\s+(?:deal|drive|late))",
    re.IGNORECASE,
)
_HALF_HOUR = Later(r"\bhalf (?:an )?hour\b", re.IGNORECASE)
_HOUR = Later(r"\b(?:an|one|a full|the|our|that) hour\b", re.IGNORECASE)


def read_facts(text: str) -> Facts:
    """The facts in one message."""
    text = _PLACE_WORDS.sub(lambda match: match.group(0).title(), text)
    size = _SIZE.search(text)
    baseline, target = _from_to(text)
    return Facts(
        group=_group(text),
        symptom=_symptom(text),
        baseline=baseline,
        target=target,
        metric=next((name for name, pattern in _METRIC_RES if pattern.search(text)), None),
        outcome=_outcome(text),
        region=_first(_REGION, text),
        size=size.group(1) if size else None,
        date=one_line(_first(_DATE, text)),
        deliverable=_deliverable(text),
    )


def read_tried(text: str) -> tuple[str, ...]:
    """Tags (see `knowledge.cards.TRIED`) of what the message says was already done."""
    found: list[str] = []
    for sentence in re.split(r"(?<=[.!?;])\s+|,\s+(?:but|and now|what)\b", text):
        if _TRIED_VERB.search(sentence):
            found += [tag for tag, pattern in _TAGS if pattern.search(sentence)]
    return tuple(dict.fromkeys(found))


def read_tags(text: str) -> tuple[str, ...]:
    """Tags of every kind of thing the text names, whoever did it."""
    return tuple(tag for tag, pattern in _TAGS if pattern.search(text))


def read_unwanted(text: str) -> tuple[str, ...]:
    """Tags of what the message rules out ("no pilot please")."""
    found: list[str] = []
    for match in _UNWANTED.finditer(text):
        found += [tag for tag, pattern in _TAGS if pattern.search(match.group("what"))]
    return tuple(dict.fromkeys(found))


def read_pronoun(texts: Iterable[str], role: Role) -> Pronoun | None:
    """How the user speaks of the counterpart, from the newest text that says; a coach has two, so none is read."""
    if role == "coach":
        return None
    for text in texts:
        he, she = _HE.findall(text), _SHE.findall(text)
        if len(he) != len(she):
            return "he" if len(he) > len(she) else "she"
        if he:
            return "he" if text.index(he[0]) < text.index(she[0]) else "she"
    return None


def read_minutes(text: str) -> int | None:
    """How long the meeting is (or how soon), in minutes."""
    match = _MINUTES.search(text)
    if match:
        word = match.group(1).lower()
        value = _WORD_NUMBERS.get(word) or int(word)
        return value if 2 <= value <= 240 else None
    if _HALF_HOUR.search(text):
        return 30
    return 60 if _HOUR.search(text) else None


def _group(text: str) -> str | None:
    """The group spoken of: one with a name of its own before one that is only counted."""
    found = [
        (group, match.start())
        for pattern in _GROUP
        for match in pattern.finditer(text)
        if (group := one_line(match.group(0))) and _may_be_group(group, text[: match.start()])
    ]
    if not found:
        return None
    named = [group for group, _ in found if re.search(rf"(?:^| )(?!I\b){_NAME}", group)]
    return with_article(named[0] if named else found[0][0])


def _may_be_group(group: str, before: str) -> bool:
    if _NOT_GROUPS.fullmatch(group) or re.match(r"(?i)(all|the whole|the entire)\b", group):
        return False
    if _NOT_NAMES.search(group) or _BOSSES.search(group):
        return False
    if (only := _SELLS_WHAT.fullmatch(group)) and only["name"] not in _PLACE_NAMES:
        return False
    return is_group(group, before)


def is_group(found: str, before: str) -> bool:
    """Not everybody at once, and more than an adjective in front of a common noun."""
    count = re.search(r"\d[\d,]*", found)
    if re.search(r"\b(all|every|each|whole|entire)\W*$", before, re.IGNORECASE) or (
        count and int(count.group(0).replace(",", "")) > 60
    ):
        return False
    return not re.fullmatch(
        r"(?i)(?:the |my |our |a |one )?(?:strong(?:est)?|weak(?:est)?|best|worst|which|this|that|other|right|wrong|good|bad|small|first|sales|same|every|each|any|new) (?:team|group|region|reps?|sellers)",
        found,
    )


def with_article(group: str) -> str:
    """ "my Dallas team" becomes "the Dallas team", which fits in anybody's mouth; "renewals, Cork" a team in Cork."""
    bare = re.sub(r"^(?:the|my|our|his|her|their|one|a)\s+", "", group.strip(), flags=re.IGNORECASE)
    if only := _SELLS_WHAT.fullmatch(bare):
        return f"the {only['kind'].lower()} team in {only['name']}"
    return f"the {bare}"


def _outcome(text: str) -> str | None:
    match = _OUTCOME.search(text)
    return one_line(match.group("a") or match.group("b")) if match else None


def _symptom(text: str) -> str | None:
    """What is seen today, in the user's own words, where it is one short clause."""
    match = _SYMPTOM.search(text)
    return one_line(match.group("clause")) if match else None


def _from_to(text: str) -> tuple[str | None, str | None]:
    """Today's value and the wanted one, as far as they are said."""
    if match := _FROM_TO.search(text) or _IS_AND_WANTS.search(text):
        return match.group("a"), match.group("b")
    match = _TODAY.search(text)
    return (match.group("a"), None) if match else (None, None)


def _deliverable(text: str) -> str | None:
    found = _first(_DELIVERABLE, text)
    if not found:
        return None
    while match := _NOT_DELIVERABLE.search(found):
        found = found[match.end() :]
    return f"the {found.lower()}" if " " in found else None


def _first(pattern: Later, text: str) -> str | None:
    match = pattern.search(text)
    return match.group(match.lastindex or 0) if match else None


def one_line(text: str | None) -> str | None:
    """One line without what could be read as a marker or as markup."""
    if text is None:
        return None
    return " ".join(re.sub(r"[\[\]<>*_`#|{}\\]", " ", text).split())[:80] or None
