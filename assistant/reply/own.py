"""What the sender of a mail wrote: without the history below or above it, the signature and the greeting."""

import re
from dataclasses import dataclass

_END = re.compile(
    r"^\s*(?:--\s*$|__+\s*$|sent from|get outlook|von meinem|gesendet von|envoy[ée] (?:de|depuis)|inviato da|verzonden vanaf|enviado desde|"
    r"-----\s?(?:original|urspr)|begin forwarded|(?:from|von|de|da|van)\s?:\s.*@)",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"^\s*>?\s*(?:on|am|le|el|il|op)\b.{4,90}(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef).{0,90}$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|morning|good morning|hallo|bonjour|hola|ciao|beste|liebe[r]?|salut)\b(?:\s+[\w.’'-]+){0,3}\s*(?P<end>[,!.–-]|$)\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\s*(?:(?:(?:best|kind|warm|many)\s+)?(?:regards|wishes|thanks)|best|cheers|thanks|thank you|ta|cordially|gruß|grüße|viele grüße|saludos|groet(?:en)?|un saluto|cordialement|bien à vous)\b[^.?!:]{0,30}$",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\bout of (?:the )?office\b|\b(?:i am|i'm) (?:away|on (?:annual )?leave|on holiday|travelling)\b.{0,120}\b(?:until|return|back)\b|\bautomatic reply\b|\bauto-?reply\b|"
    r"\babwesen\w+|\bnicht im büro\b|\babsent\w* du bureau\b|\blimited access to (?:my )?(?:e-?mail|mail)s?\b|\bwill reply (?:on|upon|when) (?:my|i) return\b",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(r"^\s*(?:q(?:uestion)?\s*)?(\d{1,2})\s*[.):–-]+\s+(?=\S)", re.IGNORECASE)
_LABELLED = re.compile(r"^\s*[*•-]?\s*([A-Za-z][\w '/-]{1,28}?)\s*[:=]\s+(?=\S)")
_ASKS = (
    ("who", re.compile(r"\bwho (?:does|do|will|has|needs)\b|\bwho\b.{0,20}\bwhat\b|^\s*who\b|^\s*(?:actions?|next|owner|tasks?|you and me|steps?)\s*$", re.I)),
    ("date", re.compile(r"\bby when\b|\bwhen\b|\bdate\b|\bdeadline\b|\bday\b|\btiming\b|^\s*by\s*$", re.I)),
    ("group", re.compile(r"\b(?:which|what|in which|whose|one) (?:team|group|region|reps|people|managers?)\b|^\s*(?:team|group|region|where|with whom)\b|\bwhere\b", re.I)),
    ("outcome", re.compile(r"\b(?:result|outcome|number|see (?:first|different)|different|change|what would you|metric|goal|result)\b|^\s*what\b", re.I)),
)  # fmt: skip
_INSIDE = re.compile(r"(?:^|(?<=[.!?;,]\s))((?:by )?[A-Za-z][a-z]{1,10})\s*[:=]\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?;]\s+")
_SIDES = {"me": "me", "mine": "me", "i": "me", "you": "you", "yours": "you"}
"""Labels with which a sender says whose job it is."""
_ORDER = ("outcome", "group", "date", "who")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the mail, verbatim, from `start`; `label` says which question it answers (outcome, group,
    date, who) or whose job it is (me, you), where that is marked."""

    text: str
    start: int
    label: str | None

    @property
    def end(self) -> int:
        """Where it ends in the mail."""
        return self.start + len(self.text)


def is_away(text: str) -> bool:
    """Whether nobody wrote it: an out-of-office note."""
    return _AWAY.search(text) is not None


def own_parts(text: str) -> list[Part]:
    """The sender's own lines, in order; a line under a quoted question answers it."""
    found: list[Part] = []
    label: str | None = None
    at = 0
    for raw in text.splitlines(keepends=True):
        start, line, at = at, raw.rstrip("\r\n"), at + len(raw)
        if line.lstrip().startswith(">"):
            label = asked(line.lstrip("> \t"))
            continue
        if _HISTORY.match(line):
            label = None
            continue
        if _END.match(line) or (_CLOSING.match(line) and _only_names_follow(text[at:])):
            rest = text[at:]
            if ">" not in rest or not _answers_below(rest):
                break
            continue
        part = _part(line, start, label)
        if part is not None:
            found += _labelled_inside(part)
    return _unsigned(found)


def asked(question: str) -> str | None:
    """Which of the four things a question or a label is about: outcome, group, date or who."""
    return next((name for name, pattern in _ASKS if pattern.search(question)), None)


def _part(line: str, start: int, label: str | None) -> Part | None:
    begin = len(line) - len(line.lstrip())
    if (greeting := _GREETING.match(line)) and (greeting["end"] or greeting.end() == len(line)):
        begin = greeting.end()
    if numbered := _NUMBERED.match(line):
        number = int(numbered[1])
        label = _ORDER[number - 1] if 1 <= number <= len(_ORDER) else label
        begin = numbered.end()
    elif (labelled := _LABELLED.match(line)) and (
        known := _SIDES.get(labelled[1].lower()) or asked(labelled[1])
    ):
        label, begin = known, labelled.end()
    words = line[begin:].rstrip()
    return Part(words, start + begin, label) if words.strip() else None


def _labelled_inside(part: Part) -> list[Part]:
    """ "Number: average discount. Team: East." holds two parts, each with its label."""
    marks = [
        (match.start(), match.end(), known)
        for match in _INSIDE.finditer(part.text)
        if (known := _SIDES.get(match[1].lower()) or asked(match[1]))
    ]
    if not marks:
        return [part]
    before = part.text[: marks[0][0]]
    found = [Part(before.rstrip(), part.start, part.label)] if before.strip() else []
    ends = [start for start, _, _ in marks[1:]] + [len(part.text)]
    for (_, begin, known), end in zip(marks, ends, strict=True):
        words = part.text[begin:end].rstrip()
        cut = _SENTENCE_END.search(words) if known in ("outcome", "group", "date") else None
        first = words[: cut.start() + 1] if cut else words
        found += [Part(first, part.start + begin, known)] if first else []
        found += [Part(words[cut.end() :], part.start + begin + cut.end(), None)] if cut else []
    return found


def _only_names_follow(rest: str) -> bool:
    own = [line for line in rest.splitlines() if line.strip() and not line.lstrip().startswith(">")]
    return all(len(line.split()) <= 8 for line in own[:4])


def _answers_below(rest: str) -> bool:
    """Whether own lines stand below the quoted ones."""
    seen = False
    for line in rest.splitlines():
        if line.lstrip().startswith(">"):
            seen = True
        elif seen and len(line.split()) > 3:
            return True
    return False


def _unsigned(parts: list[Part]) -> list[Part]:
    """Without a name alone at the end."""
    last = parts[-1].text if parts else ""
    signed = (
        len(parts) > 1
        and parts[-1].label is None
        and re.fullmatch(r"[-–— ]*[A-ZÀ-Þ][\w.’'-]*\.?(?:\s+[A-ZÀ-Þ][\w.’'-]*)?", last)
    )
    return parts[:-1] if signed else parts
