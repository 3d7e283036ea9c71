"""A paragraph cut into short stretches, of which each tells one thing: what the model judges, one by one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.debrief.clauses import QUOTED, Sentence
from assistant.debrief.words import ACTIONS, lemma_of, plain_verb

_CUT = re.compile(
    r"(?P<mark>\s*[;:,]\s+|\s+[–—-]+\s+|\s*[()]\s*|\.{2,}\s*|…\s*)(?P<link>(?:and|but|so|then|because|if|unless|when|while|although|though|which|who|or|since|until|once|whether|as|where)\b\s*(?:then\b\s*|that\b\s*)?)?"
    r"|\s+(?P<bare>and|but|so|because|if|unless|when|while|although|though|which|who|since|until|once|whether|then|or|where|after|before)\s+(?=(?P<next>\S+))",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"(?:(?:then|now|also|today|tomorrow|maybe|perhaps|so|even|yes|no)\s+)?(?:(?:I|he|she|they|we|you|it|that|this|there|nobody|somebody|everyone|who|what|both|each|neither|all|me|us|mine|hers|im|hes|shes|theyre)\b(?!\s+of\b)"
    r"|(?:the|my|his|her|our|their|your|a|an|no)\s+(?:[\w-]+\s+){1,3}?(?:is|are|was|were|will|has|have|had|can|gets?|wants?|says?|said|comes?|goes|went|[a-z]+s|[a-z]+ed)\b)"
    r"|(?-i:[A-Z][\w’'-]+(?:\s+(?:from|in|at|of)\s+\w+)?\s+(?!and\b|or\b|on\b|in\b|at\b|by\b|of\b|from\b|for\b|to\b|then\b|team\b|desk\b|branch\b|office\b)[a-z])",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"(?:^|[.;,]\s+|\band\s+)(?:\w+\s+){0,3}?(?:me|mine|my (?:part|side|job|bit|homework)|him|his|hers?|her (?:part|side|job|bit|homework)|us|both|[A-Z][\w-]+)$",
)
_BESIDE = re.compile(
    r"\b[A-Z][\w-]+,?\s+(?:who\s+[^,]{2,40}|(?:his|her|my|our|the|their|a|from)\s+[^,]{2,40}|[A-Z]\w+['’]s\s+[^,]{2,30})$|\b(?:his|her|my|our|the|their)\s+(?:[\w-]+\s+){1,3}[A-Z][\w-]+$|\b(?:his|her|my|our|the|their)\s+(?:[\w-]+\s+){0,2}\w+,\s+[A-Z][\w-]+$"
)
_ADJOINED = (
    "",
    "and",
    "or",
    "after",
    "before",
    "until",
    "since",
    "so",
    "then",
    "where",
    "who",
    "which",
    "as",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch from `start` to `end`; `link` is the word or mark that leads to it, `sentence` the number of its sentence.

    `quoted` is the share of it inside quotation marks.
    """

    text: str
    start: int
    link: str
    sentence: int
    first: bool
    last: bool
    quoted: float

    @property
    def end(self) -> int:
        """Where it ends in the paragraph."""
        return self.start + len(self.text)


def units(parts: Sequence[Sentence]) -> list[Unit]:
    """The stretches of all sentences, in order."""
    return [unit for part in parts for unit in _of(part)]


def _of(sentence: Sentence) -> list[Unit]:
    pieces: list[tuple[int, int, str]] = []
    at, link = 0, ""
    for match in _CUT.finditer(sentence.text):
        if match.start() <= at or not _parts(match, sentence.text):
            continue
        pieces.append((at, match.start(), link))
        bare = match["bare"]
        at = match.end()
        link = (bare or match["link"] or match["mark"]).strip().lower()
    pieces.append((at, len(sentence.text), link))
    return _made(sentence, pieces)


def _made(sentence: Sentence, pieces: Sequence[tuple[int, int, str]]) -> list[Unit]:
    quoted = [match.span() for match in QUOTED.finditer(sentence.text)]
    found: list[Unit] = []
    kept = [(a, b, link) for a, b, link in pieces if re.search(r"\w", sentence.text[a:b])]
    for number, (start, end, link) in enumerate(kept):
        text = sentence.text[start:end]
        lead = len(text) - len(text.lstrip(" ,;:.-–—\"“”'’*"))
        body = text[lead:].rstrip(' ,;:.!?"“”*')
        if not body:
            continue
        begin = start + lead
        inside = sum(max(0, min(begin + len(body), b) - max(begin, a)) for a, b in quoted)
        found.append(
            Unit(
                body, sentence.start + begin, link, sentence.number, number == 0, number == len(kept) - 1,
                inside / len(body),
            )
        )  # fmt: skip
    return found


def _parts(match: re.Match[str], text: str) -> bool:
    """Whether something new begins behind a comma or an "and", not only the next noun of a list, or a day."""
    before, after = text[: match.start()], text[match.end() :]
    if len(before.split()) < 2 and (match["mark"] or "").strip() not in (":", ";"):
        return False
    link = (match["bare"] or match["link"] or "").split()
    if link and link[0].lower() not in _ADJOINED:
        return True
    mark = (match["mark"] or "").strip()
    if mark == ":" and _WHOSE.search(before):
        return False
    if mark in (":", ";"):
        return True
    return not (mark == "," and _BESIDE.search(before)) and _begins(after)


def _begins(text: str) -> bool:
    """Whether somebody who does something, or a deed, stands at the beginning."""
    first = text.split(",", maxsplit=1)[0].split()
    if len(first) < 2:
        return False
    return (
        bool(_SOMEBODY.match(text))
        or lemma_of(first[0]) in ACTIONS
        or (first[0].endswith("ing") and plain_verb(first[0]) != first[0])
    )
