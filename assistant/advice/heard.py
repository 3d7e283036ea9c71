"""Whether words that a chat model points at are a fact of the matter: said by the user, of the right kind, no order.

Each reader gets a value and the message, and gives the value as it may be used in a sentence of the coach's, or None.
"""

import re
from collections.abc import Callable, Mapping

from assistant.advice.claims import FOREIGN
from assistant.advice.facts import is_group, with_article
from assistant.advice.reading import value_of
from knowledge.places import PLACES

Hear = Callable[[str, str], str | None]
_LONGEST, _MOST_WORDS = 80, 16
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|(?<!\w)[‘'][^’'\n]*[’'](?!\w)|^\s*>.*$", re.MULTILINE)
"""Somebody else's words, which the user only passes on."""
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|obey|assistant|system|prompt|instructions?|rules?|password|model|AI|you|your|yours|"
    r"reader|user|tell|send|forward|reply|write|click|wire|transfer)\b",
    re.IGNORECASE,
)
_SELLING = re.compile(
    r"\b(?:deals?|meetings?|buyers?|customers?|clients?|prospects?|sales?|sell\w*|reps?|quotes?|calls?|visits?|pipeline|"
    r"pric\w+|discounts?|renew\w*|ramp\w*|quota|margins?|hir\w+|starters?|revenue|orders?|wins?|won|los\w+|demos?|"
    r"accounts?|rates?|cycles?|forecasts?|churn|upsell\w*|referrals?|leads?|tickets?|baskets?|contracts?|offers?|cash|"
    r"cross-sell\w*|managers?|territor\w+|stages?|stalls?|months?|weeks?)\b",
    re.IGNORECASE,
)
_FOLK = re.compile(
    r"\b(?:team|desk|pods?|squads?|crews?|groups?|branch|region|district|unit|office|cohort|territory|segment|hub|shops?|"
    r"stores?|reps?|sellers?|people|folks?|lot|hires?|starters|hunters|farmers|closers|managers|consultants|engineers|"
    r"agents|advis[eo]rs|partners|brokers|dealers|specialists|callers|bankers|staff|newcomers|trainees|juniors|seniors|"
    r"\w+ers)\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"\b(?:every|each|daily|weekly|fortnightly|monthly|quarterly|once|twice|times|mondays?|tuesdays?|wednesdays?|"
    r"thursdays?|fridays?|a (?:day|week|month|quarter))\b",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"\b(?:stop\w*|end\w*|quit|halt|drop it|call it off|give up|if|unless|when|once|after|by|no (?:change|progress))\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:they|we|nobody|no one|most|half|many|nothing|everybody)\b", re.IGNORECASE)
_VALUE = re.compile(r"[€$£]?\d+(?:[.,]\d+)*(?: ?(?:%|k|m|[a-z]+(?: [a-z]+){0,3}))?", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|spring|summer|"
    r"autumn|fall|winter|christmas|easter|quarter|year|month|weeks?|monday|tuesday|wednesday|thursday|friday|kick-?off|"
    r"sko|qbr|\d{4}|\d{1,2}(?:st|nd|rd|th)?)\b",
    re.IGNORECASE,
)


def said_by_user(value: str, message: str) -> bool:
    """Whether the words stand in the message as they are, outside of quotations, and order nothing."""
    spoken = " ".join(_QUOTED.sub(" | ", message).lower().split())
    words = " ".join(value.lower().split())
    whole = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", spoken)
    return bool(words) and whole is not None and _ORDER.search(value) is None


def _heard(kind: Callable[[str], bool], shown: Callable[[str], str] = str.strip) -> Hear:
    def hear(value: str, message: str) -> str | None:
        bare = value.strip(" .,;:!?“”\"'")
        fit = len(bare) <= _LONGEST and len(bare.split()) <= _MOST_WORDS and not FOREIGN.search(bare)
        return shown(bare) if fit and said_by_user(bare, message) and kind(bare) else None

    return hear


def _is_group(value: str) -> bool:
    return _FOLK.search(value) is not None and is_group(value, "")


def _is_place(value: str) -> bool:
    return value.lower() in PLACES or (value[:1].isupper() and len(value.split()) <= 3)


def _is_clause(value: str) -> bool:
    return len(value.split()) > 1 and (_SELLING.search(value) or _WHO.search(value)) is not None


def _is_count(value: str) -> bool:
    return len(value.split()) == 1 and value_of(value.lower()) is not None


HEARD: Mapping[str, Hear] = {
    "group": _heard(_is_group, with_article),
    "outcome": _heard(lambda value: _SELLING.search(value) is not None and len(value.split()) > 1),
    "metric": _heard(lambda value: _SELLING.search(value) is not None and len(value.split()) <= 5),
    "baseline": _heard(lambda value: _VALUE.fullmatch(value) is not None),
    "target": _heard(lambda value: _VALUE.fullmatch(value) is not None),
    "size": _heard(_is_count),
    "region": _heard(_is_place),
    "date": _heard(lambda value: _TIME.search(value) is not None and len(value.split()) <= 7),
    "obstacle": _heard(_is_clause),
    "cadence": _heard(lambda value: _OFTEN.search(value) is not None),
    "stop_rule": _heard(lambda value: _STOPS.search(value) is not None),
}
