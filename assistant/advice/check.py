"""The check: is a sentence borne out by the passage whose number it carries?

Two questions to each line of the passage. Do the two speak of the same matter (embedding and shared words)? And does nothing
speak against it: another number, a denial, another person, an opposite? An embedding alone is blind to the second. What the
rules say is then weighed with everything the two have in common (`pairs.py`): a sentence that the rules let pass needs some
likelihood, one that they stop for less than a plain reason needs more. The constants were chosen on the tuning half of
the labelled pairs; `counterpart eval citations` reports the other half.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assistant.advice.claims import Segment
from assistant.advice.conflicts import (
    actor_conflict,
    addition,
    negation_conflict,
    number_conflict,
    opposite_conflict,
    order_conflict,
    substitution_conflict,
)
from assistant.advice.pairs import Pair, PairModel, only_known_words, signs, veto
from assistant.advice.reading import Reading, read

Floats = NDArray[np.float32]
Why = Literal[
    "supported",
    "weak",
    "number",
    "negation",
    "person",
    "opposite",
    "order",
    "no-marker",
    "no-passage",
    "foreign",
]
SUPPORT = 0.62
"""Support from which a claim and a line speak of the same matter: `_EMBEDDING` of cosine, the rest of shared words."""
_EMBEDDING = 0.5
_FEW = 3
_NEARER = 0.08
"""A line that speaks against a claim and is nearer to it by this much is the one that the claim is about."""
_NAMED = 2
"""The user's own words that a claim may use beside its source's: the name of a team, not a sentence."""
_VETOES: Mapping[str, Why] = {
    "number": "number",
    "opposite": "opposite",
    "person": "person",
    "negation": "negation",
}
_SIGNS = frozenset(".,;:!?—–“”()")


@dataclass(frozen=True, slots=True)
class Source:
    """One passage of this turn, with its number in the prompt; `lines` are what may be quoted, verbatim in `text`.

    `composed` are sentences that were composed of it here, with the user's own words in their slots, each with its quote.
    """

    number: int
    text: str
    lines: tuple[str, ...]
    composed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """What a claim has for it: the line that bears it out best, or why none does."""

    why: Why
    score: float
    number: int | None = None
    line: str | None = None
    word: str | None = None

    @property
    def passed(self) -> bool:
        """Whether it may stand with this line as its source."""
        return self.why == "supported"


def _verbatim(claim: str, known: Iterable[Source]) -> Support | None:
    """Full support for sentences of a passage that are repeated whole."""
    words = _words(claim)
    for source in known:
        own = [*((line, line) for line in source.lines), *source.composed]
        for line, quote in own if words else ():
            parts = [_words(part) for part in re.split(r"(?<=[.!?;:…])[”\"]?\s+", line)]
            runs = (parts[at:end] for at, end in combinations(range(len(parts) + 1), 2))
            if any(list(chain(*run)) == words for run in runs):
                return Support("supported", 1.0, source.number, quote)
    return None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+(?:['’]\w+)*", text.lower().replace("’", "'"))


class Check:
    """Judges claims of one turn; `said` is what the user said, `facts` what was read off it and fills the slots."""

    def __init__(
        self,
        sources: Iterable[Source],
        *,
        embed: Callable[[Sequence[str]], Floats],
        said: str = "",
        facts: str = "",
        same: Mapping[str, str] | None = None,
        model: PairModel | None = None,
    ) -> None:
        self.sources = {source.number: source for source in sources}
        self._embed, self._same = embed, dict(same or {})
        self._said, self._facts = read(said), read(facts)
        self._own = read(f"{said}. {facts}")
        self.model = model or PairModel.load()
        self._vectors: dict[str, Floats] = {}

    def judge_segment(self, text: str, markers: Sequence[int]) -> Support:
        """What the rules find, weighed with everything that a claim and its nearest line have in common."""
        ruled = self.ruled(text, markers)
        verbatim = ruled.passed and ruled.score == 1.0
        if verbatim or ruled.why in {"no-marker", "no-passage"} or not markers or not read(text).stems:
            return ruled
        pair, support = self._nearest(text, markers)
        if (found := veto(pair)) is not None:
            return ruled if not ruled.passed else replace(support, why=_VETOES[found[0]], word=found[1])
        probability = self.model.probability(signs(pair))
        if ruled.passed:
            return ruled if probability >= self.model.rules else replace(ruled, why="weak")
        sure = probability >= self.model.alone and only_known_words(pair)
        return support if sure else ruled

    def pair(self, text: str, markers: Sequence[int]) -> Pair:
        """A claim beside the line that is nearest to it, of the passages that its markers name."""
        return self._nearest(text, markers)[0]

    def _nearest(self, text: str, markers: Sequence[int]) -> tuple[Pair, Support]:
        known = [self.sources[number] for number in markers]
        claim, lines = read(text), [(source, line) for source in known for line in source.lines]
        scores = self._scores(text, claim, [line for _, line in lines])
        first, *more = np.argsort(-scores, kind="stable")[:2]
        source, line = lines[int(first)]
        pair = Pair(
            claim=claim,
            line=read(line),
            passage=read(source.text),
            own=self._own,
            same=self._same,
            cosine=float(self._vectors[text] @ self._vectors[line]),
            shared=self._shared(claim, read(line)),
            gap=float(scores[first] - scores[more[0]]) if more else 0.0,
            embed=self._looked_up,
        )
        return pair, Support("supported", round(float(scores[first]), 4), source.number, line)

    def _looked_up(self, texts: Sequence[str]) -> Floats:
        self._know(texts)
        return np.stack([self._vectors[text] for text in texts])

    def ruled(self, text: str, markers: Sequence[int]) -> Support:
        """The weakest support of the sentences in a segment; words in quotation marks are judged one by one."""
        parts = Segment(text, tuple(markers)).sentences
        found = [self.judge(part, markers) for part in parts if read(part).words - _SIGNS]
        failed = next((support for support in found if not support.passed), None)
        return failed or max(found, key=lambda s: s.score, default=Support("weak", 0.0))

    def judge(self, claim: str, markers: Sequence[int]) -> Support:
        """The best support for a claim among the passages that its markers name."""
        known = [self.sources[number] for number in markers if number in self.sources]
        if not markers:
            return Support("no-marker", 0.0)
        if len(known) < len(markers):
            return Support("no-passage", 0.0)
        if (said := _verbatim(claim, known)) is not None:
            return said
        whole = self._best(claim, known)
        if whole.passed or whole.why not in {"weak"}:
            return whole
        parts = [part for part in re.split(r"(?<=[;:])\s+|,?\s+and\s+|\s+—\s+", claim) if part.strip()]
        return self._in_parts(parts, known, whole) if len(parts) > 1 else whole

    def _in_parts(self, parts: Sequence[str], known: Sequence[Source], whole: Support) -> Support:
        """A sentence that puts two lines together: each part must be borne out by itself."""
        found = [self._best(part, known) for part in parts if len(read(part).stems) >= _FEW]
        if len(found) < len(parts) or not all(support.passed for support in found):
            return next((support for support in found if support.why not in {"supported", "weak"}), whole)
        return min(found, key=lambda support: support.score)

    def _best(self, claim: str, known: Sequence[Source]) -> Support:
        reading = read(claim)
        lines = [(source.number, line) for source in known for line in source.lines]
        scores = self._scores(claim, reading, [line for _, line in lines])
        order = np.argsort(-scores, kind="stable")[:_FEW]
        nearer = _NEARER if len(reading.stems) > _FEW - 1 else 0.0
        best: Support | None = None
        for row in order:
            (number, line), score = lines[int(row)], round(float(scores[row]), 4)
            why, word = self._against(reading, read(line)) if score >= SUPPORT else ("weak", None)
            support = Support(why, score, number, line, word)
            if support.passed and (best is None or best.why == "weak" or best.score - score < nearer):
                return support
            best = best or support
        return best or Support("weak", 0.0)

    def _scores(self, claim: str, reading: Reading, lines: Sequence[str]) -> Floats:
        """Support of each line `(n,)`, from 0 to 1."""
        self._know([claim, *lines])
        cosine = np.stack([self._vectors[line] for line in lines]) @ self._vectors[claim]
        shared = np.array([self._shared(reading, read(line)) for line in lines], dtype=np.float32)
        mixed: Floats = _EMBEDDING * cosine + (1 - _EMBEDDING) * shared
        return mixed

    def _shared(self, claim: Reading, line: Reading) -> float:
        """How many of the claim's words are the line's; the user's own count neither for nor against it."""
        stems = claim.stems - (self._facts.stems - line.stems)
        named = (stems & self._said.stems) - line.stems - line.denied
        own = stems - named if len(named) <= _NAMED else stems
        return len(own & line.stems) / len(own) if own else 0.0

    def _know(self, texts: Sequence[str]) -> None:
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._embed(new), strict=True))

    def _against(self, claim: Reading, line: Reading) -> tuple[Why, str | None]:  # noqa: PLR0911  # a line for each kind
        filled = {value for value, _ in self._facts.numbers}
        if word := number_conflict(claim, line, self._said.numbers, filled=filled):
            return "number", word
        if word := negation_conflict(claim, line):
            return "negation", word
        if word := actor_conflict(claim, line, self._same):
            return "person", word
        if word := opposite_conflict(claim, line):
            return "opposite", word
        if word := substitution_conflict(claim, line, self._said.words | self._said.stems):
            return "opposite", word
        if word := order_conflict(claim, line):
            return "order", word
        if word := addition(claim, line, self._facts.stems):
            return "weak", word
        return "supported", None
