"""Masking: what in a story names somebody, what the teller decides about it, and the text without it.

Found are names of the workspace's own list, people and companies by recognition, e-mail addresses, links, phone,
account and card numbers, and amounts where they are marked confidential. Nothing here keeps what was masked.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.stories.patterns import amounts, patterned
from assistant.stories.recognise import recognised

Kind = Literal["person", "company", "email", "phone", "link", "account", "amount"]
PLACEHOLDER = re.compile(r"\[(?:person|company|email|phone|link|account|amount)(?: [A-Z]+)?\]")
_COMPANY = "company:"
_FIRST = {"listed": 0, "pattern": 1, "wished": 0, "recognised": 2}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch `start:end` of a text that would be masked; `why` is listed, pattern, wished or recognised."""

    start: int
    end: int
    kind: Kind
    text: str
    why: Literal["listed", "pattern", "wished", "recognised"]


@dataclass(frozen=True, slots=True)
class NameList:
    """Names that a workspace knows are somebody's."""

    people: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the teller decided: words to leave as they are, words to mask as well, and whether amounts are secret."""

    keep: tuple[str, ...] = ()
    mask: tuple[str, ...] = ()
    amounts: bool = False


def read_names(text: str) -> NameList:
    """One name a line; a line may begin with “company:” or “person:”, # begins a remark."""
    people, companies = [], []
    for line in text.splitlines():
        name = line.split("#", 1)[0].strip()
        if name.lower().startswith(_COMPANY):
            companies.append(name[len(_COMPANY) :].strip())
        elif name:
            people.append(name.removeprefix("person:").strip())
    return NameList(tuple(people), tuple(filter(None, companies)))


def find_spans(text: str, *, names: NameList, wishes: Wishes | None = None) -> list[Span]:
    """What would be masked in `text`, in order, none overlapping."""
    wished = wishes or Wishes()
    spans = [
        *(Span(a, b, "person", text[a:b], "listed") for a, b in _occurrences(text, names.people, parts=True)),
        *(Span(a, b, "company", text[a:b], "listed") for a, b in _occurrences(text, names.companies)),
        *(Span(a, b, "person", text[a:b], "wished") for a, b in _occurrences(text, wished.mask)),
        *(Span(a, b, kind, text[a:b], "pattern") for a, b, kind in patterned(text)),
        *(Span(a, b, "amount", text[a:b], "pattern") for a, b in amounts(text, all_of_them=wished.amounts)),
        *(Span(a, b, kind, text[a:b], "recognised") for a, b, kind in recognised(text)),
    ]
    kept = {_folded(word) for word in wished.keep}
    existing = [match.span() for match in PLACEHOLDER.finditer(text)]
    return _apart(
        span
        for span in spans
        if _folded(span.text) not in kept and not any(a < span.end and span.start < b for a, b in existing)
    )


def mask(text: str, spans: Sequence[Span], labels: Mapping[str, str] | None = None) -> str:
    """`text` with a placeholder for each span; see `labels_for`."""
    known = labels if labels is not None else labels_for(spans)
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], known[_key(span)]]
        at = span.end
    return "".join([*parts, text[at:]])


def labels_for(spans: Iterable[Span]) -> dict[str, str]:
    """A placeholder for each thing masked: the same one for the same name, lettered where there are several."""
    groups: dict[Kind, list[list[str]]] = {}
    for span in spans:
        group = groups.setdefault(span.kind, [])
        same = next((names for names in group if _same(names, span)), None)
        if same is None:
            group.append([_folded(span.text)])
        else:
            same.append(_folded(span.text))
    return {
        f"{kind}:{name}": f"[{kind}]" if len(group) == 1 else f"[{kind} {_letter(number)}]"
        for kind, group in groups.items()
        for number, names in enumerate(group)
        for name in names
    }


def _letter(number: int) -> str:
    """A, B … Z, AA …: digits in brackets are what answers cite with."""
    return (_letter(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def report(spans: Iterable[Span]) -> dict[str, int]:
    """How many of each kind."""
    return dict(Counter(span.kind for span in spans))


def _same(names: Collection[str], span: Span) -> bool:
    words = set(_folded(span.text).split())
    wanted = span.kind in {"person", "company"}
    return any(_folded(span.text) == name or (wanted and words & set(name.split())) for name in names)


def _key(span: Span) -> str:
    return f"{span.kind}:{_folded(span.text)}"


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[’']s\b", "", text).lower().split())


def _occurrences(text: str, names: Iterable[str], *, parts: bool = False) -> list[tuple[int, int]]:
    """Where these names stand, whatever their case; with `parts`, a first or last name alone as well, if capitalised."""
    found = []
    for name in names:
        words = name.split()
        if not words:
            continue
        whole = r"[\s.]+".join(re.escape(word) for word in words)
        found += [m.span() for m in re.finditer(rf"(?<!\w){whole}(?!\w)", text, re.IGNORECASE)]
        if parts and len(words) > 1:
            single = "|".join(re.escape(word) for word in words if len(word) > 2)
            found += [m.span() for m in re.finditer(rf"(?<!\w)(?:{single})(?!\w)", text)] if single else []
    return found


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Without overlaps: what somebody listed or wished wins, then patterns, then the longer one."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda each: (_FIRST[each.why], each.start - each.end, each.start)):
        if all(span.end <= other.start or other.end <= span.start for other in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda each: each.start)
