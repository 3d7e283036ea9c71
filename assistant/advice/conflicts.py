"""What speaks against a claim although it is about the same matter as its source.

Strict on purpose: where the two seem to differ in one of these, the claim does not pass, and the composed words stand.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from assistant.advice.reading import TIMES, Reading, stem

OPPOSITES = (
    ("before", "after"), ("first", "last"), ("more", "less", "fewer"), ("always", "never"), ("early", "late"),
    ("earlier", "later"), ("start", "end"), ("begin", "end", "finish"), ("open", "close"), ("raise", "lower"),
    ("rise", "fall"), ("grow", "shrink"), ("big", "small"), ("biggest", "smallest"), ("largest", "smallest"),
    ("large", "small"), ("bigger", "smaller"),
    ("long", "short"), ("longer", "shorter"), ("high", "low"), ("higher", "lower"), ("best", "worst"),
    ("better", "worse"), ("strong", "weak"), ("star", "struggler", "middling"), ("public", "private"),
    ("openly", "privately", "quietly"), ("alone", "together"), ("separate", "together"), ("win", "lose"),
    ("won", "lost"), ("success", "failure"), ("worked", "failed"), ("succeed", "fail"), ("today", "later", "tomorrow"), ("ask", "tell"), ("question", "answer"),
    ("listen", "talk", "speak"), ("one", "all", "every", "everybody", "everyone", "none"),
    ("single", "all", "every", "everybody", "everyone"), ("single", "several"),
    ("few", "many", "most", "all"), ("some", "all", "none"), ("keep", "drop", "stop", "cancel", "end"), ("accept", "refuse"),
    ("yes", "no"), ("clear", "vague", "unclear"), ("same", "different"), ("now", "later", "wait"), ("slow", "quick", "fast"),
    ("slowly", "quickly"), ("cheap", "expensive", "dear"), ("cheaply", "expensively"), ("plain", "vague"), ("volunteer", "force"),
    ("voluntary", "compulsory", "mandatory"), ("inside", "outside"), ("praise", "blame"), ("credit", "blame"), ("easy", "hard"),
    ("least", "most"), ("up", "down"), ("old", "new"), ("true", "false"), ("right", "wrong"), ("remember", "forget"),
    ("share", "hide", "keep"), ("narrow", "wide", "broad"), ("modest", "bold", "large"), ("agree", "disagree"),
    ("trust", "distrust", "doubt"), ("reward", "punish"), ("give", "take"), ("push", "pull"), ("hire", "fire"),
    ("loud", "quiet"), ("loudest", "quietest"), ("warm", "cold"), ("rare", "frequent"), ("rarely", "often"), ("seldom", "often"),
    ("previous", "next"), ("past", "future"), ("internal", "external"), ("buy", "sell"), ("lend", "borrow"), ("teach", "learn"),
    ("simple", "complicated"), ("success", "fail"), ("attack", "defend"), ("gain", "lose"), ("save", "spend", "waste"),
    ("separately", "together", "jointly"), ("increase", "decrease", "reduce"), ("willing", "reluctant"), ("honest", "evasive"),
    ("harmless", "harmful"), ("useful", "useless"), ("live", "recorded"), ("spoken", "written"), ("aloud", "silently"),
    ("silent", "talkative"), ("friend", "enemy"), ("stay", "leave", "go"), ("arrive", "leave"), ("present", "absent"),
    ("full", "partial"), ("whole", "part"), ("proof", "contribution"), ("outcome", "activity"), ("start", "stop"),
)  # fmt: skip


def number_conflict(claim: Reading, source: Reading, said: Iterable[tuple[str, str]] = ()) -> str | None:
    """A number of the claim that the source does not have, or has otherwise; `said` are the user's own numbers."""
    values = {value for value, _ in source.numbers}
    own = set(said)
    for value, unit in sorted(claim.numbers):
        others = {v for v, u in source.numbers if u == unit and unit}
        if others:
            if value not in others:
                return value
        elif value not in values and value != "1" and not ((value, unit) in own and unit):
            return value
    times, known = claim.stems & TIMES, source.stems & TIMES
    foreign = times - known - {unit for _, unit in own}
    return min(foreign) if foreign and known else None


def negation_conflict(claim: Reading, source: Reading) -> str | None:
    """A word that one denies and the other affirms, or a denial that the source knows nothing of."""
    for word in sorted(claim.stems & source.stems):
        claimed = (word in claim.denied, word in claim.affirmed)
        sourced = (word in source.denied, word in source.affirmed)
        if not any(a and b for a, b in zip(claimed, sourced, strict=True)):
            return word
    unknown = claim.denied - source.stems
    if claim.denied and not claim.denied & source.denied and unknown:
        return min(unknown)
    return None


def actor_conflict(claim: Reading, source: Reading, same: Mapping[str, str]) -> str | None:
    """A word whose doer or owner is another person; `same` says which names mean one, such as they and vp."""
    mine, theirs = _doers(claim, same), _doers(source, same)
    for word in sorted(mine.keys() & theirs.keys()):
        if not mine[word] & theirs[word]:
            return word
    here, there = ({same.get(a, a) for a in reading.named} for reading in (claim, source))
    strangers = here - there
    return min(strangers) if strangers else None


def order_conflict(claim: Reading, source: Reading) -> str | None:
    """Two sides changed about (“A before B”), or words put together that stand in different parts of the source."""
    for sign, left, right in claim.compared:
        for other, first, second in source.compared:
            if sign == other and left & second - first and right & first - second:
                return sign
    together = [set(part) for part in source.clauses]
    for part in claim.clauses:
        for one, two in pairwise([word for word in part if word in source.stems]):
            if one != two and not any({one, two} <= clause for clause in together):
                return f"{one} {two}"
    for degree, word in claim.degrees:
        known = {d for d, w in source.degrees if w == word}
        if known and degree not in known:
            return f"{degree} {word}"
    return None


def opposite_conflict(claim: Reading, source: Reading) -> str | None:
    """A word whose opposite is in the source, while the word itself is not."""
    for group in OPPOSITES:
        here = [word for word in group if word in claim.words or stem(word) in claim.stems]
        there = [word for word in group if word in source.words or stem(word) in source.stems]
        if here and there and not set(here) & set(there):
            return here[0]
    return None


def _doers(reading: Reading, same: Mapping[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for actor, word in reading.actors:
        found.setdefault(word, set()).add(same.get(actor, actor))
    return found
