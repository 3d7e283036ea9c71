"""What speaks against a claim although it is about the same matter as its source.

Strict on purpose: where the two seem to differ in one of these, the claim does not pass, and the composed words stand.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.advice.lexicon import TIMES
from assistant.advice.reading import Reading, content, stem, value_of

_AMOUNTS = frozenset(["one", "everi", "all", "most", "some"])
_LEADS_IN = frozenset(["ask", "say", "write", "open", "tri", "answer", "repli"])
_TURNS = frozenset(["before", "after"])
_SHORT, _BESIDE, _VERBATIM = 3, 2, 0.6
"""Words that are changed for others, at most; words right beside them that are the same, at least; and their share."""

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


def number_conflict(
    claim: Reading,
    source: Reading,
    said: Iterable[tuple[str, str]] = (),
    *,
    filled: Collection[str] = (),
) -> str | None:
    """A number of the claim that the source does not have, or has otherwise.

    `said` are the user's own numbers, with what each counts, `filled` those that stand in the slots of this answer.
    """
    values = {value for value, _ in source.numbers} | ({"2"} if "both" in source.words else set())
    own = set(said)
    for value, unit in sorted((value, unit) for value, unit in claim.numbers if value not in filled):
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
        if any(claimed) and any(sourced) and not any(a and b for a, b in zip(claimed, sourced, strict=True)):
            return word
    turned = (claim.affirmed_verbs & source.denied_verbs) - claim.denied_verbs - source.affirmed_verbs
    turned |= (claim.denied_verbs & source.affirmed_verbs) - claim.affirmed_verbs - source.denied_verbs
    if turned:
        return min(turned)
    unknown = claim.denied - source.stems
    if claim.denied and not claim.denied & source.denied and unknown:
        return min(unknown)
    return None


def actor_conflict(claim: Reading, source: Reading, same: Mapping[str, str]) -> str | None:
    """A word whose doer or owner is another person; `same` says which names mean one, such as they and vp."""
    mine, theirs = claim.doers(same), source.doers(same)
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
    if crossed := _crossed(claim, source):
        return crossed
    for degree, word in claim.degrees:
        known = {d for d, w in source.degrees if w == word}
        if known and degree not in known:
            return f"{degree} {word}"
    return None


def substitution_conflict(claim: Reading, source: Reading, said: Collection[str] = ()) -> str | None:
    """Words put in the place of others in what is otherwise the source's own; `said` are the user's words.

    No list of opposites is ever whole. Somebody who repeats a sentence and changes one word of it changes what it says.
    """
    for here in claim.units:
        there = max(source.units, key=lambda unit: len(set(unit) & set(here)), default=())
        if word := _changed(here, there, said):
            return word
    return None


def _changed(here: Sequence[str], there: Sequence[str], said: Collection[str]) -> str | None:
    matcher = SequenceMatcher(None, here, there, autojunk=False)
    steps = matcher.get_opcodes()
    same = sum(end - start for kind, start, end, _, _ in steps if kind == "equal")
    if same < _VERBATIM * len(here):
        return None
    for at, (kind, i1, i2, j1, j2) in enumerate(steps):
        if kind != "replace" or i2 - i1 > _SHORT or j2 - j1 > _SHORT:
            continue
        beside = sum(s[2] - s[1] for s in (*steps[max(0, at - 1) : at], *steps[at + 1 : at + 2]))
        new, old = ({w for w in words if _matters(w)} for words in (here[i1:i2], there[j1:j2]))
        changed = (new - set(there) | new & _AMOUNTS) - set(said)
        if beside >= _BESIDE and changed and (old - set(here) | old & _AMOUNTS):
            return min(changed)
    return None


def _matters(word: str) -> bool:
    return content(word) or word in _AMOUNTS or word in _TURNS or value_of(word) is not None


def addition(claim: Reading, source: Reading, facts: Collection[str] = ()) -> str | None:
    """A part of a claim that shares no word with its source: something put beside what the source says."""
    for part in claim.clauses:
        if not set(part) & source.stems and not set(part) <= _LEADS_IN | set(facts):
            return part[0]
    return None


def _crossed(claim: Reading, source: Reading) -> str | None:
    """Two words put together that the source keeps apart, one of them parted from what it stands with there."""
    together = [set(part) for part in source.clauses]
    for part in claim.clauses:
        elsewhere = {word for other in claim.clauses if other is not part for word in other} - set(part)
        for one, two in pairwise([word for word in part if word in source.stems]):
            if one == two or any({one, two} <= clause for clause in together):
                continue
            if any(({one, two} & clause) and (clause & elsewhere) for clause in together):
                return f"{one} {two}"
    return None


def opposite_conflict(claim: Reading, source: Reading) -> str | None:
    """A word whose opposite is in the source, while the word itself is not."""
    for group in OPPOSITES:
        here = [word for word in group if word in claim.words or stem(word) in claim.stems]
        there = [word for word in group if word in source.words or stem(word) in source.stems]
        if here and there and not set(here) & set(there):
            return here[0]
    return None
