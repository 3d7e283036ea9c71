"""A chat model's reply after the check: the verdict on each sentence, and what is left of it with its markers."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from assistant.advice.answer import Citation, Sentence
from assistant.advice.check import Check, Support
from assistant.advice.claims import FOREIGN, Segment, claims, segments
from assistant.advice.reading import read
from prompts import phrase

_LEAST_CLAIMS, _LEAST_SHARE = 2, 0.6
_ADDED, _LEAST_WORDS = frozenset({"weak", "no-marker"}), 3
"""What may be shown as the model's own: it is no passage's, but none speaks against it."""
_LEAD = re.compile(r"\d+–\d+ min\s+|(?:[^.?!“”]|“[^”]*”){1,120}?:\s+")
_KNOWN = 0.6
"""Share of the words of a question back that the passages or the composed answer use as well."""


@dataclass(frozen=True)
class Judged:
    """The sentences of a reply in order, each with what the check found."""

    sentences: tuple[tuple[Segment, Support], ...]

    @property
    def verdicts(self) -> tuple[Sentence, ...]:
        """As they are kept with the answer."""
        return tuple(Sentence(text=s.text, why=v.why, passed=v.passed) for s, v in self.sentences)

    @property
    def failed(self) -> tuple[tuple[Segment, Support], ...]:
        """What may not be shown."""
        return tuple((s, v) for s, v in self.sentences if not v.passed)

    @property
    def cited(self) -> int:
        """How many sentences a passage bears out."""
        return sum(v.passed and v.number is not None for _, v in self.sentences)

    @cached_property
    def wanted(self) -> int:
        """How many sentences claim something."""
        return sum(claims(s) for s, _ in self.sentences)

    @property
    def share(self) -> float:
        """The part of the claims that a passage bears out, from 0 to 1."""
        return self.cited / max(self.wanted, self.cited, 1)

    @property
    def enough(self) -> bool:
        """Whether what is left is an answer."""
        return self.cited >= max(1, min(_LEAST_CLAIMS, self.wanted), _LEAST_SHARE * self.wanted)


@dataclass(frozen=True)
class Frames:
    """What may be said without a source: the composed answer's own such sentences, and questions in words known here."""

    sentences: frozenset[str]
    words: frozenset[str]
    leads: frozenset[str] = frozenset()

    @classmethod
    def of(cls, composed: str, sources: Iterable[str]) -> Self:
        """From the composed answer and the texts of the passages; what the user wrote or pasted is not among them."""
        own = frozenset(s.text for s in segments(composed) if not s.markers)
        words = frozenset(word for text in (composed, *sources) for word in read(text).stems)
        leads = (_LEAD.match(s.text) for s in segments(composed) if s.markers)
        return cls(own, words, frozenset(lead.group() for lead in leads if lead))

    def bare(self, text: str) -> str:
        """A sentence without what the composed answer leads it in with, such as the minutes of a plan."""
        lead = max((each for each in self.leads if text.startswith(each)), key=len, default="")
        return text[len(lead) :]

    def allow(self, segment: Segment) -> bool:
        """Whether a sentence without a marker may stand."""
        if segment.text in self.sentences:
            return True
        words = read(segment.text).stems
        return not claims(segment) and len(words & self.words) >= _KNOWN * len(words)


def judge_reply(reply: str, check: Check, *, frames: Frames) -> Judged:
    """A verdict on each sentence."""
    return Judged(tuple((segment, _judge(segment, check, frames)) for segment in segments(reply)))


def _judge(segment: Segment, check: Check, frames: Frames) -> Support:
    if FOREIGN.search(segment.text) or re.search(r"[\[\]<>]", segment.text):
        return Support("foreign", 0.0)
    if not segment.markers and frames.allow(segment):
        return Support("supported", 1.0)
    return check.judge_segment(frames.bare(segment.text), segment.markers)


def written(
    judged: Judged, given: Sequence[Citation], *, unsupported: bool = False
) -> tuple[str, tuple[Citation, ...]]:
    """Markdown of what passed, and a citation for each line that bears something out; one marker for the same words.

    With `unsupported`, what nothing speaks for and nothing against follows its paragraph, labelled and without a marker.
    """
    kept = _without_hanging([(s, v) for s, v in judged.sentences if v.passed], judged)
    by_number = {citation.marker: citation for citation in given}
    leads = _leads(kept, judged)
    citations: list[Citation] = []
    text, place = "", (-1, -1)
    for segment, support in kept:
        mark = ""
        if support.number is not None and support.line is not None:
            mark = f" [{_marker(by_number[support.number], support, citations)}]"
        here = (segment.block, segment.line)
        gap = " " if here == place else "\n\n" if segment.block != place[0] else "\n"
        if unsupported and segment.block != place[0]:
            text += _own_words(judged, range(place[0], segment.block))
        text += (gap if text else "") + (leads[here] if here != place else "") + segment.text + mark
        place = here
    if unsupported:
        text += _own_words(
            judged, range(place[0], max((s.block for s, _ in judged.sentences), default=0) + 1)
        )
    return text.strip(), tuple(citations)


def _own_words(judged: Judged, blocks: range) -> str:
    """Of these paragraphs what the model added, as one that says so."""
    added = [s.text for s, v in judged.sentences if s.block in blocks and v.why in _ADDED and _whole(s.text)]
    words = re.sub(r"[*_\\`]", "", " ".join(added))
    return f"\n\n{phrase('advice', 'not-from-the-playbook', words=words)}" if words else ""


def _whole(text: str) -> bool:
    return text.endswith((".", "!")) and not text.startswith(">") and len(text.split()) > _LEAST_WORDS


def _leads(kept: Sequence[tuple[Segment, Support]], judged: Judged) -> dict[tuple[int, int], str]:
    """What each line that is kept begins with; a list goes on counting where a line of it was left out."""
    said = {(s.block, s.line): s.lead for s, _ in judged.sentences if s.lead}
    leads: dict[tuple[int, int], str] = {}
    number = 0
    for place in dict.fromkeys((s.block, s.line) for s, _ in kept):
        lead = said.get(place, "")
        if lead[:1].isdigit():
            number = number + 1 if number else int(lead.partition(".")[0])
            lead = f"{number}. "
        else:
            number = 0
        leads[place] = lead
    return leads


def _without_hanging(
    kept: Sequence[tuple[Segment, Support]], judged: Judged
) -> list[tuple[Segment, Support]]:
    """Without labels (“Then ask:”) whose matter was left out or never came."""
    after = {id(s): following for (s, _), (following, _) in itertools.pairwise(judged.sentences)}
    standing = {id(s) for s, _ in kept}
    return [(s, v) for s, v in kept if not s.text.endswith(":") or id(after.get(id(s))) in standing]


def _marker(source: Citation, support: Support, citations: list[Citation]) -> int:
    quote = _long_enough(str(support.line), source.text)
    for citation in citations:
        if (citation.passage_id, citation.quote) == (source.passage_id, quote):
            return citation.marker
    number = len(citations) + 1
    citations.append(source.model_copy(update={"marker": number, "quote": quote, "score": support.score}))
    return number


def _long_enough(line: str, text: str) -> str:
    """A quote of four words or more: the whole line where a sentence is shorter, or the whole passage."""
    if len(line.split()) >= 4:
        return line
    whole = next((each for each in text.splitlines() if line in each), text)
    return whole if len(whole.split()) >= 4 else text
