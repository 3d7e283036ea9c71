"""What else a paragraph tells: words that were said, the outcome, what was tried, what was refused, a story, a feeling.

Each find is a verbatim stretch. A pattern that is unsure finds nothing: a person adds in a line what is missing, and is
not made to clear away what was never said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.advice.facts import read_facts
from assistant.debrief.clauses import BLOT, QUOTED, Clause, Sentence, clauses
from assistant.debrief.owners import COUNTERPART, ME

_I = re.IGNORECASE
Kind = Literal["quote", "outcome", "tried", "refused", "story", "felt"]

_MINE_BEFORE = re.compile(
    r"\b(?:I|i)(?:['’]d|\s+had)?\s+(?:also\s+|just\s+|only\s+)?(?:said|told|say|asked|wrote|texted|replied|answered|called it)\b[^.!?]{0,40}$"
)
_MINE_AFTER = re.compile(r"^[,.]?\s*(?:I|i)\s+(?:said|told|asked|wrote|replied|answered)\b")
_NOT_SPOKEN = re.compile(
    r"\b(?:for|called|so-called|the word|about|went to|calendar says|slide said|titled|labelled|the|a|an|of|as)\s+$",
    _I,
)
_GOES = re.compile(
    r"\b(?:he|she|they)\s+(?:then\s+)?(?:goes|was like|went like)[:,]?\s+(?P<what>\S.{6,160})$",
    _I | re.DOTALL,
)
_NAMED = re.compile(
    r"^(?:the\s+|his\s+|her\s+|our\s+|my\s+)?(?:outcome|goal|number|target|result|wants?|wanted|the\s+number|the\s+thing)\b(?:\s+(?:stays?|is|was|stayed)\b[^:]{0,30})?\s*[:=]\s*(?P<what>\S.*)$",
    _I | re.DOTALL,
)
_WHAT_WANTED = re.compile(
    r"\b[Ww]hat\s+(?:he|she|they|I|we|i|[A-Z]\w+)\s+(?:actually\s+|really\s+|told\s+\w+\s+I\s+)?(?:wants?|needs?|is\s+after|am\s+after|wanted|asked\s+for|cares?\s+about|would\s+like|['’]d\s+like(?:\s+to\s+see)?|hopes?\s+for)\b[^:,]{0,30}?\s+is\s+(?:that\s+)?(?P<what>\S.*)$",
    re.DOTALL,
)
_WANTS = re.compile(
    r"(?:\b[Hh]e|\b[Ss]he|\b[Tt]hey|\bI|\bi|\bwe|\bWe|\b[A-Za-z][\w-]+)(?:['’]s\s+after|['’]d\s+like|\s+(?:just\s+|still\s+|really\s+)?(?:wants?|wanted|is\s+after|needs?))\s+(?P<what>\S.*)$",
    re.DOTALL,
)
_CHANGE = re.compile(
    r"\b(?:from\s+\S+(?:\s+\S+){0,8}?\s+to\s+\S+|\d[\d.,]*\s?(?:%|pct|per\s?cent|euro|k\b)|one in \w+|under \d|over \d|below \d|above \d|fewer|shorter|faster|higher|lower|more|less|bigger|"
    r"stop|up|down|instead|before the|(?:two|three|four|five|six|seven|eight|nine|ten)\s+\w+\s+(?:a|per)\s+(?:week|month|day|van|rep))\b",
    _I,
)
_FROM_TO = re.compile(
    r"\bfrom\s+[^,.;]{1,30}?\s+to\s+[\w%.]+|\b\d[\d.,]*\s?(?:%|pct|per\s?cent|months?)?[^,.;]{0,40},?\s+(?:and\s+)?I\s+want\s+(?:it\s+(?:to\s+be\s+|at\s+)?)?\d",
    _I,
)
_MEASURED = re.compile(
    r"\b(?:to|by|under|over|below|above|at|want|wants|back|towards|reach|hit)\b[^.]{0,30}?\b(?:\d[\d.,]*|half|double|twice|one in \w+|a (?:third|quarter|fifth))\b",
    _I,
)
_PASSED = re.compile(r"\b(?:went|was|were|had|came|fell|rose|dropped|has been)\b", _I)
_THING = re.compile(
    r"^(?:the|a|an|some|my|our|his|her|me|us|him|numbers?|slides?|certificates?|more time|to (?:see|know|talk|meet|hear|train|have)|nothing|two more)\b(?!.*\b(?:rate|reps|buyers|deals|team)\b.*\d)",
    _I,
)
_TRIED = re.compile(
    r"^tried\s*[:=]|\b(?:we|I|i|he|she|they)(?:['’]d|['’]ve|\s+had|\s+have)?\s+(?:already\s+|once\s+|even\s+)?tried\b|\bwe\s+(?:ran|did|sent|rolled out|put everybody through)\b.*\b(?:last|ago|before|back)\b|"
    r"\blast (?:one|year['’]s|spring['’]s|autumn['’]s|time we)\b|\b(?:the|our) (?:big one|old|spring|summer|autumn|winter|last) [^.;]{0,40}?\b(?:course|webinar|workshop|academy|newsletter|programme|bootcamp|training|back|campaign|module)\b|"
    r"\b(?:months|weeks|years) (?:later|on|in)\b.*\b(?:same|nothing|still|no change|back to)\b|\b(?:didn['’]t|did not) (?:work|help|stick|change a thing)\b|\bnobody (?:changed|reads|used|opened)\b",
    _I,
)
_REFUSED = re.compile(
    r"(?:\b(?P<who>[Hh]e|[Ss]he|[Tt]hey|[A-Z][\w-]+|[a-z]+)\s+)?(?:said\s+no\b|says\s+no\b|won['’]t\b|will not\b|wouldn['’]t\b(?!\s+it)|refused\b|refuses\b|turned\s+(?:\w+\s+){1,4}down|declined|ruled\s+(?:it\s+)?out|can['’]t\s+(?:spare|give|lend|pull|release|free)|is\s+not\s+(?:giving|having|lending)|isn['’]t\s+(?:giving|having|lending)|shot\s+(?:it|that)\s+down)[^.!?]*",
)
_NO = re.compile(r"^(?:asked\s+(?:\w+\s+)?for\b|asked\s+if\b|could\s+(?:I|we)\b)", _I)
_NOT_TO = re.compile(r"\bI['’]m\s+not\s+to\s+\S[^,.;]*", _I)
_PERSON = (
    r"(?:rep|reps|seller|sellers|buyer|buyers|customer|customers|client|engineer|engineers|estimator|optician|dentist|surgeon|"
    r"woman|man|lad|lads|guy|hire|driver|manager|managers|team lead|owner|purchaser|nurse|graduate|AE|SDR|account manager)"
)
_STORY = re.compile(
    rf"\b(?:about|there['’]s|there was|last week|the other day|yesterday|once)\b.{{0,50}}\b{_PERSON}\b.{{0,40}}\b(?:who|whose|that|had|was|went|told|said|asked|lost|won|rang|bought|hid|hides|walked|talked|called|never)\b"
    rf"|\b(?:a|an|one of the|one of my|one of our|one|two)\s+(?:\w+\s+){{0,2}}{_PERSON}\b.{{0,60}}\b(?:who|rang|told|went|lost|won|said|asked|had|was|bought|walked|never met|do and)\b"
    rf"|\bThe rep (?:had|was|went|said|talked)\b|\b(?:reps|buyers|managers|customers) (?:say|tell|told|ghost|open|close)\b.{{10,}}",
    re.DOTALL,
)
_FEELING = (
    r"(?:relieved|pleased|angry|cross|tired|exhausted|ashamed|proud|hopeful|frustrated|furious|happy|sad|rattled|nervous|anxious|light|"
    r"lighter|heavy|flat|deflated|stupid|small|used|annoyed|annoying|irritated|encouraged|energised|worried|confused|lost|good|better|awful|"
    r"terrible|fine|drained|fed up|embarrassed|humiliated|surprised|touched|moved|uneasy|calm|quietly pleased|gutted|elated|delighted|"
    r"disappointed|bitter|sick|buoyed|wrung out|low|shattered|irritable|thrown|winded|sheepish|guilty|wary|upbeat|cheerful|glad|thrilled|lonely|foolish|humbled|patronised|"
    r"dismissed|ignored|respected|invisible|stung|sore|uncomfortable|odd|strange|weird|pessimistic|resigned|determined|impatient|restless|content|satisfied|jealous|hurt|"
    r"upset|tearful|wobbly|cheered|dreadful|rotten|great|fantastic|miserable|gloomy|spent|wiped|numb|sad|silly|naive|sceptical|skeptical|curious|excited|"
    r"shaken|smug|chuffed|optimistic|grateful|mad|livid|stunned|useless|horrible|knackered)"
)
_FELT = re.compile(
    rf"\b(?:(?:I|i)(?:['’]m|\s+am|\s+was|\s+feel|\s+felt|\s+left|\s+came\s+out|\s+walked\s+out|\s+went\s+home)|[Ff]elt|[Ff]eeling|[Ww]ent\s+home|[Dd]rove\s+(?:home|back)|[Ww]alked\s+(?:back|home|away)|[Cc]ame\s+away|[Mm]ood:|[Ff]eel|[Nn]ow\s+I['’]m|[Ww]alked\s+out|[Cc]ame\s+out|[Ll]eft|[Ss]till)\s+"
    rf"(?P<what>(?:(?:so|a bit|quite|really|almost|pretty|very|rather|quietly|oddly|properly|still|just|feeling|simply)\s+)*{_FEELING}\b(?:\s+(?:and|but|of)\s+\w+(?:\s+\w+)?)?)"
    rf"|(?:^|[.!?]\s+)(?P<alone>{_FEELING}(?:,? (?:a bit|and \w+))?)(?=[.!?,\s]*$)|\b(?P<could>I could (?:cry|scream|sleep|have cried|have hugged|have kissed)[^,.;!?]{{0,30}}|I nearly (?:cried|kissed|walked)[^,.;!?]{{0,20}}|shook for [^,.;]{{3,20}})",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A find: its kind, its place in the paragraph, and whose words or deed it is, where that is somebody."""

    kind: Kind
    start: int
    end: int
    who: str | None = None


def find_told(text: str, parts: Sequence[Sentence]) -> list[Told]:
    """Every find, in order; what is told of somebody's health is none."""
    found: list[Told] = []
    for at, sentence in enumerate(parts):
        if sentence.private:
            continue
        found += _quotes(sentence)
        found += _refused(sentence, parts[at + 1] if at + 1 < len(parts) else None)
        found += _felt(sentence)
        for clause in clauses(sentence):
            found += _outcome(clause, text)
        if _TRIED.search(sentence.blotted) and len(sentence.text.split()) >= 5:
            start = re.match(r"tried\s*[:=]\s*", sentence.text, _I)
            found.append(
                Told("tried", sentence.start + (start.end() if start else 0), _trimmed(text, sentence.end))
            )
        elif _STORY.search(sentence.blotted) and len(sentence.text.split()) >= 8:
            found.append(Told("story", sentence.start, _trimmed(text, sentence.end)))
    return _first_of(found)


def _first_of(found: Sequence[Told]) -> list[Told]:
    """One outcome, one story and one feeling at most: the first; a refusal inside something tried is told once."""
    kept: list[Told] = []
    for each in sorted(found, key=lambda told: (told.start, told.end)):
        if each.kind in ("outcome", "story", "felt") and any(other.kind == each.kind for other in kept):
            continue
        if not any(other.kind == each.kind and each.start < other.end for other in kept):
            kept.append(each)
    return kept


def _quotes(sentence: Sentence) -> Iterator[Told]:
    for match in QUOTED.finditer(sentence.text):
        words = match[0][1:-1].strip(" ,")
        before, after = sentence.text[: match.start()], sentence.text[match.end() :]
        if _MINE_BEFORE.search(before) or _MINE_AFTER.match(after) or not words:
            continue
        if len(words.split()) < 2 or (_NOT_SPOKEN.search(before) and len(words.split()) < 5):
            continue
        start = sentence.start + match.start() + match[0].index(words)
        yield Told("quote", start, start + len(words), COUNTERPART)
    if (goes := _GOES.search(sentence.blotted)) is not None and BLOT not in goes["what"]:
        words = goes["what"].rstrip(" .!?")
        start = sentence.start + goes.start("what")
        yield Told("quote", start, start + len(words), COUNTERPART)


def _outcome(clause: Clause, text: str) -> Iterator[Told]:
    for pattern, sure in ((_NAMED, True), (_WHAT_WANTED, True), (_WANTS, False)):
        match = pattern.search(clause.text)
        if match is None or BLOT in match["what"]:
            continue
        words = match["what"].strip(" .!?,")
        if len(words.split()) < 3 or not (sure or _is_outcome(words)):
            continue
        start = clause.start + match.start("what")
        yield Told("outcome", start, start + len(words))
        return
    if (
        _MEASURED.search(clause.text)
        and BLOT not in clause.text
        and read_facts(clause.text).metric
        and not _PASSED.search(clause.text)
    ):
        yield Told("outcome", clause.start, _trimmed(text, clause.end))
        return
    if _FROM_TO.search(clause.text) and BLOT not in clause.text and len(clause.text.split()) <= 30:
        yield Told("outcome", clause.start, _trimmed(text, clause.end))


def _is_outcome(words: str) -> bool:
    """A sales result or a changed behaviour, not a thing that is handed over."""
    if _THING.match(words) and not (read_facts(words).metric and _CHANGE.search(words)):
        return False
    return _CHANGE.search(words) is not None


def _refused(sentence: Sentence, after: Sentence | None) -> Iterator[Told]:
    if _NO.match(sentence.text) and after is not None and re.match(r"no\b", after.text, _I):
        yield Told("refused", sentence.start, after.end, COUNTERPART)
        return
    if (match := _REFUSED.search(sentence.blotted)) is not None and (match["who"] or "").lower() not in (
        "i",
        "we",
        "it",
        "that",
        "nobody",
        "this",
    ):
        end = sentence.start + len(sentence.blotted[: match.end()].rstrip(" ,.;"))
        yield Told("refused", sentence.start + match.start(), end, COUNTERPART)
    elif (match := _NOT_TO.search(sentence.blotted)) is not None:
        yield Told("refused", sentence.start + match.start(), sentence.start + match.end(), COUNTERPART)


def _felt(sentence: Sentence) -> Iterator[Told]:
    if (match := _FELT.search(sentence.blotted)) is not None:
        name = next(name for name in ("what", "alone", "could") if match[name])
        yield Told("felt", sentence.start + match.start(name), sentence.start + match.end(name), ME)


def _trimmed(text: str, end: int) -> int:
    """Where a stretch ends without its full stop."""
    return len(text[:end].rstrip(" .!?\n"))
