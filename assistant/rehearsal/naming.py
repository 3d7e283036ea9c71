"""What a line puts on the table: which team, which number, from where to where, by when, who does what."""

import re
from collections.abc import Mapping

from assistant.moves.sentences import plain, sentences
from assistant.rehearsal.scenario import Item, Number, Scenario
from assistant.rehearsal.words import figures, says

_UNIT = re.compile(
    r"%|per ?cent|percent|in (?:a|one) hundred|in (?:ten|10|\d+)\b|out of|points?\b|from .{1,40} to "
)
_DATE = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|tomorrow|this (?:week|afternoon|month)|next (?:week|month|quarter)|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|end of|by the|q[1-4]|"
    r"in (?:two|three|four|six|eight|ten|\d+) weeks|weeks|summer|autumn|spring|winter|easter|christmas)\b"
)
_TEAM = re.compile(
    r"\b(?:one|your|the|that|my|[A-Z]\w+(?:'s)?) (?:\w+ )?(?:team|region|group|desk|pod|branch|squad|crew|cohort|office)\b"
)
_STEP = re.compile(
    r"\b(?:i'?ll|i will|i'd like to|can i|could i|may i|might i|let me|shall (?:i|we)|we'?ll|you(?:'ll| will| could| can)?(?= (?:tell|ring|call|introduce|let|give|bring|join))|"
    r"and you|you and i(?: will)?)\b.{0,40}?"
    r"\b(?:sit in|listen|ride|come|join|bring|send|tell|ring|call|talk|speak|meet|introduce|look|watch|be back|visit|count|report|write|book|block|open|check|clear|free|give|share|set)\b"
)
_PLAIN_STEP = re.compile(
    r"\b(?:i|we|you|you each|each of you|they)(?:'m| am|'re| are)? (?:sit|sitting|listen|read|spend|spending|join|joining|go|going|take|taking|ring|ringing|get|getting|begin|start|walk|hear|beside|give|giving|come|coming|bring|bringing|see|tell|ask|send|sending|name|unlock|lend|report|count|open|visit|meet|call|put|free|check|write|do|there)\b"
)
_PARTS: tuple[Item, ...] = ("group", "metric", "from", "to", "when")
_NOUN = re.compile(
    r"\b(certifications?|workshops?|modules?|courses?|e-?learnings?|curricul(?:um|a)|academy|programmes?|programs?|boot ?camps?|webinars?|"
    r"playbooks?|learning (?:path|journey)s?|dashboards?|completion rates?|roll-?outs?|catalogue|training|frameworks?|decks?|slides|role-?plays|"
    r"simulations?|assessments?|quiz(?:zes)?|badges?|battle ?cards?|scripts?|kick-?off)\b"
)

_ASKS: dict[Item, re.Pattern[str]] = {
    "group": re.compile(r"\b(?:which|what|whose)(?: \w+){0,3} (?:team|region|group|desk|pod|branch|crew|floor|office|people)\b|\bwhere would you (?:start|begin)\b|\bwho would you (?:start|begin|pick)\b|\bwhose would it be\b|\bwho has it worst\b"),
    "metric": re.compile(r"\b(?:which|what)(?: \w+){0,2} (?:number|figure|metric|measure|result|outcome)\b|\bwhat (?:are|do) (?:you|they) (?:measured?|count|look at)\b|\bhow (?:would|will|do) (?:you|we) (?:know|measure|tell)\b|\bwhat would you (?:look at|see)\b"),
    "from": re.compile(r"\b(?:where|what|how (?:high|low|much|many|bad)) (?:is|does|are|do|has)(?: \w+){0,4} (?:now|today|stand|at the moment|currently|been)\b|\bfrom (?:what|where)\b|\bwhat is it (?:now|today)\b|\bbaseline\b"),
    "to": re.compile(r"\bhow (?:far|high|low|much better)\b|\bto what\b|\bto where\b|\b(?:have to|need to|would it) (?:be|become|reach|move)\b|\b(?:target|goal|good enough|look like|call it fixed|be fixed|success look)\b"),
    "when": re.compile(r"\bby when\b|\bhow soon\b|\bwhen (?:would|do|does|must|should|will)\b|\bdeadline\b|\bhow long (?:do|have)\b"),
}  # fmt: skip


def asked_for(said: str) -> frozenset[Item]:
    """Parts of the outcome that a question asks for, whatever the scenario calls them."""
    low = plain(said)
    return frozenset(item for item, pattern in _ASKS.items() if pattern.search(low))


def named_in(said: str, scenario: Scenario) -> dict[Item, str]:
    """Parts of the outcome that the line names, each with the words it does so in."""
    number = scenario.number
    found: dict[Item, str] = {}
    for item in _PARTS:
        if hits := says(said, number.words(item)):
            found[item] = hits[0]
    if number.known_by == "learner":
        found |= _loosely(said, found)
    if _STEP.search(plain(said)) or (len(found) >= 2 and _PLAIN_STEP.search(plain(said))):
        found["next_step"] = "next step"
    return found


def wrong_figure(said: str, scenario: Scenario) -> tuple[Item, str] | None:
    """A figure in the place of his number that is not his."""
    number = scenario.number
    if number.known_by == "learner" or not (_UNIT.search(plain(said)) or says(said, number.metric_words)):
        return None
    right = _right(number, scenario)
    for sentence in sentences(said):
        if not _UNIT.search(plain(sentence)):
            continue
        for value in figures(sentence):
            if value > 2 and value not in right:
                return "from", f"{value:g}"
    return None


def _right(number: Number, scenario: Scenario) -> set[float]:
    """Every figure of this meeting."""
    mine = f"{number.from_} {number.to} {number.when} {number.group} {number.next_step} {scenario.brief}"
    words = (*number.from_words, *number.to_words, *number.when_words, mine)
    lines = [line for topic in scenario.facts for line in (*topic.partial, *topic.full, *topic.take_up)]
    lines += [line for aside in scenario.asides for line in aside.say]
    return {value for text in (*words, *lines) for value in figures(text)} | {10.0, 100.0}


def _loosely(said: str, named: Mapping[Item, str]) -> dict[Item, str]:
    """Parts of an outcome in words of the learner's own, where the number is the learner's to choose."""
    found: dict[Item, str] = {}
    values = [each for each in figures(said) if each > 2]
    if "group" not in named and (team := _TEAM.search(said)):
        found["group"] = team[0]
    if "when" not in named and (date := _DATE.search(plain(said))):
        found["when"] = date[0]
    if values and _UNIT.search(plain(said)):
        found |= {} if "to" in named else {"to": f"{values[-1]:g}"}
        found |= {} if "from" in named or len(values) < 2 else {"from": f"{values[0]:g}"}
    return found


def noun_in(said: str) -> str | None:
    """The last word for a product of learning in the line."""
    found = _NOUN.findall(plain(said))
    return found[-1] if found else None
