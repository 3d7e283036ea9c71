"""What a line is in itself, whatever was said before: read once, however often it is said."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from assistant.advice.language import read_language
from assistant.moves.questions import asked, kind
from assistant.moves.sentences import plain, sentences
from assistant.rehearsal.cues import signs
from assistant.rehearsal.naming import asked_for, named_in, noun_in, wrong_figure
from assistant.rehearsal.scenario import Agenda, Item, Objection, Scenario, Topic
from assistant.rehearsal.words import content, says
from knowledge.stopwords import STOP_WORDS

Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]

_ABOUT, _ABOUT_MOST = 0.07, 2
_BACK = re.compile(r"\b(?:that|it|they|them|he|she|him|her|this|there|then|those|these)\b")
_SENTIMENT = re.compile(r"\b(?:sounds?|seems?|must be)\b")
_TELLING = re.compile(
    r"\bwhen did .{0,60}\blast\b|\btell me (?:first |again |please )?(?:about|what|how|more|which|who|where|why)\b|"
    r"\bwalk me through\b|\bwhat happened\b|"
    r"\b(?:when|where|if|after|before|once) (?:a|an|the|you|your|they|it|he|she|somebody|someone)"
    r" .{3,60}?,? (?:what|how)\b"
)
"""Asks for something that happened, whatever the question begins with."""
_ASKING = re.compile(
    r"(?:which|what|who|whose|when|where|why|how|would|could|can|may|do|does|is|are|shall)\b", re.IGNORECASE
)
_SHORT = 12
_ASIDES, _CLAUSE, _BESIDE_ASKED = 3, 4, 0.2
_SALAD_WORDS, _SALAD = 8, 0.3
"""A line of that many words, with fewer words such as “the” and “to” than that share, is no sentence."""


@dataclass(frozen=True)
class Alone:
    """A line without its context. `topics` and `answers` are how near it is to each, `parts` its longer sentences."""

    asks: str
    questions: int
    signs: frozenset[str]
    leans_back: bool
    content: frozenset[str]
    parts: tuple[str, ...]
    named: Mapping[Item, str]
    wrong: tuple[Item, str] | None
    noun: str | None
    asks_for: frozenset[Item]
    topics: Mapping[str, float]
    answers: Mapping[str, tuple[float, int]]
    concern: tuple[float, int]
    brings: Mapping[str, float]
    general: tuple[str, float] = ("", 0.0)
    asides: tuple[tuple[int, float], ...] = ()


class Meanings:
    """Vectors of lines, each worked out once."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._known: dict[str, Floats] = {}

    def of(self, texts: Sequence[str]) -> Floats:
        """Unit rows of `texts`."""
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known.update(zip(new, self._embed(new), strict=True))
        return np.stack([self._known[text] for text in texts])

    def nearest(self, mine: Sequence[str], others: Sequence[str]) -> float:
        """The greatest cosine between any of the ones and any of the others; 0 where there is none."""
        return float((self.of(mine) @ self.of(others).T).max()) if mine and others else 0.0


class Reader:
    """Reads lines in the light of one scenario."""

    def __init__(
        self, scenario: Scenario, meanings: Meanings, asks: Mapping[str, Sequence[str]] = MappingProxyType({})
    ) -> None:
        self.scenario, self.meanings, self._asks = scenario, meanings, asks
        self.waiting: list[Objection | Agenda] = [*scenario.objections, *scenario.agenda]
        self.read = lru_cache(maxsize=4096)(self._read)
        self._prepare()

    def _prepare(self) -> None:
        each = self.scenario
        self.meanings.of(
            [
                *(line for topic in each.facts for line in (*topic.ask, *topic.take_up)),
                *(line for part in self.waiting for line in part.answers),
                *each.concern.pick_up,
                *(line for ending in each.endings for line in ending.brought_by),
                *(line for asked_so in self._asks.values() for line in asked_so),
                *(topic.title for topic in each.facts),
                *(line for aside in each.asides for line in aside.to),
            ]
        )

    def _read(self, said: str) -> Alone:
        """The line, which is not empty."""
        low, scenario = plain(said), self.scenario
        split, asks = sentences(said), "open" if _TELLING.search(low) else asked(said)
        last = next((each for each in reversed(split) if kind(plain(each)) != "none"), said)
        about = _BACK.search(low) and not _SENTIMENT.search(low)
        return Alone(
            asks=asks,
            questions=sum(kind(plain(each)) != "none" for each in split),
            signs=signs(low) | _odd(said),
            leans_back=len(said.split()) <= _SHORT and bool(about) and asks != "none",
            content=content(said),
            parts=(said, *(each for each in split if len(each.split()) >= 4)),
            named=named_in(said, scenario),
            wrong=wrong_figure(said, scenario),
            noun=noun_in(said),
            asks_for=asked_for(said) if asks != "none" else frozenset(),
            topics={each.topic: self._topic(said, last, each) for each in scenario.facts},
            answers={each.id: (self._near(said, each.answers), len(says(said, each.about))) for each in self.waiting},
            concern=(self._near(said, scenario.concern.pick_up), len(says(said, scenario.concern.about))),
            brings={each.id: self._near(said, each.brought_by) for each in scenario.endings},
            general=self._general(last) if asks != "none" else ("", 0.0),
            asides=self._asides(last, split),
        )  # fmt: skip

    def _asides(self, asked_last: str, split: Sequence[str]) -> tuple[tuple[int, float], ...]:
        """The nearest of what else may be said to him: by its place in the scenario, and how near.

        Where the line asks, what it says beside its question counts for less.
        """
        asks = [each for each in split if kind(plain(each)) != "none"]
        says = [each for each in split if each not in asks and len(each.split()) >= _CLAUSE] or split[:1]
        whole = [" ".join(split)]
        near = []
        for each in self.scenario.asides:
            questions = [line for line in each.to if kind(plain(line)) != "none"]
            told = [line for line in each.to if line not in questions]
            asked = self.meanings.nearest([asked_last, *asks, *whole], questions) if asks else 0.0
            stated = self.meanings.nearest([*says, *whole], told) - (_BESIDE_ASKED if asks else 0.0)
            near.append(max(asked, stated))
        best = sorted(range(len(near)), key=lambda at: -near[at])[:_ASIDES]
        return tuple((at, near[at]) for at in best)

    def _general(self, asked_last: str) -> tuple[str, float]:
        """The question of any meeting that the last question in this line is nearest to."""
        near = {name: self.meanings.nearest([asked_last], lines) for name, lines in self._asks.items()}
        return max(near.items(), key=lambda pair: pair[1], default=("", 0.0))

    def _near(self, said: str, lines: Sequence[str]) -> float:
        return self.meanings.nearest([said], lines)

    def _topic(self, said: str, asked_last: str, topic: Topic) -> float:
        """How near the line, or the question that it ends in, is to what is asked about this topic."""
        near = self.meanings.nearest([said, asked_last], (*topic.ask, *topic.take_up, topic.title))
        return near + _ABOUT * min(len(says(said, topic.about)), _ABOUT_MOST)


def _odd(said: str) -> frozenset[str]:
    """Whether it is no language, or not English."""
    if len(re.findall(r"[^\W\d_]", said)) < max(2, len(said) / 3):
        return frozenset() if any(letter.isdigit() for letter in said) else frozenset({"gibberish"})
    words = re.findall(r"[^\W\d_][\w']*", said.lower())
    if (
        len(words) >= _SALAD_WORDS
        and not re.search(r"[.,;:?!] ", said)
        and not _ASKING.match(said)
        and sum(word.partition("'")[0] in STOP_WORDS for word in words) < _SALAD * len(words)
    ):
        return frozenset({"gibberish"})
    return frozenset({"language"}) if read_language(said) != "en" else frozenset()


NOTHING = Alone(
    "none", 0, frozenset(), False, frozenset(), (), {}, None, None, frozenset(), {}, {}, (0.0, 0), {}
)
"""Of a line that says nothing."""
