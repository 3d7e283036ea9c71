"""How the counterpart hears a line: what it does, what it is about, whether it answers what he said."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.advice.language import read_language
from assistant.moves import Recogniser, Utterance
from assistant.moves.questions import asked, kind
from assistant.moves.sentences import plain, sentences
from assistant.moves.utterance import NAMED, MoveScore
from assistant.rehearsal.cues import signs
from assistant.rehearsal.naming import named_in, noun_in, wrong_figure
from assistant.rehearsal.scenario import Agenda, Item, Objection, Scenario
from assistant.rehearsal.words import content, says

Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]

LONG_WORDS = 110
"""He interrupts a line that is longer; what comes after is not heard."""
SHORT_WORDS = 2
_NEAR, _SAME = 0.45, 0.62
_ABOUT, _ABOUT_MOST = 0.13, 2
_TOPIC = 0.45
_BACK = re.compile(r"\b(?:that|it|they|them|he|she|him|her|this|there|then|those|these)\b")


@dataclass(frozen=True)
class Heard:
    """One line as he hears it. Scores are 0..1; `topics`, `answers` and `brings` are ordered or keyed by id."""

    text: str
    moves: Mapping[str, float]
    chosen: tuple[MoveScore, ...]
    signs: frozenset[str]
    asks: str
    questions: int
    takes_up: float
    topics: tuple[tuple[str, float], ...] = ()
    answers: Mapping[str, float] = field(default_factory=dict)
    concern: float = 0.0
    brings: Mapping[str, float] = field(default_factory=dict)
    named: Mapping[Item, str] = field(default_factory=dict)
    wrong: tuple[Item, str] | None = None
    words: int = 0
    interrupted: bool = False
    noun: str | None = None

    def sure(self, *moves: str) -> float:
        """How sure it is that the line makes one of these moves."""
        return max((self.moves.get(move, 0.0) for move in moves), default=0.0)


@dataclass(frozen=True)
class Before:
    """What was said before a line: his last lines, the newest last, and what is waiting for an answer."""

    his: tuple[str, ...]
    topic: str | None = None
    pending: str | None = None
    asked: str | None = None
    cue: str | None = None


class Ear:
    """Hears lines of one scenario. `embed` gives unit rows; whatever is heard twice is worked out once."""

    def __init__(self, scenario: Scenario, *, recogniser: Recogniser, embed: Embed) -> None:
        self.scenario, self._recogniser, self._embed = scenario, recogniser, embed
        self._vectors: dict[str, Floats] = {}
        self._moves = lru_cache(maxsize=4096)(self._read)
        self._prepare()

    def hear(self, text: str, before: Before) -> Heard:
        """The line, heard after `before`."""
        said = " ".join(text.split())
        words = said.split()
        interrupted = len(words) > LONG_WORDS
        if interrupted:
            said = " ".join(words[:LONG_WORDS])
        chosen, moves = self._moves(said, before.his[-1] if before.his else "", self._role)
        topics = self._topics(said, before)
        return Heard(
            text=said,
            moves=self._mended(said, moves),
            chosen=chosen,
            signs=signs(plain(said)) | _odd(said),
            asks=asked(said) if said else "none",
            questions=sum(kind(plain(each)) != "none" for each in sentences(said)) if said else 0,
            takes_up=self._takes_up(said, before, topics),
            topics=topics,
            answers=self._answers(said, before),
            concern=self._concern(said, before),
            brings={each.id: self._nearest(said, each.brought_by) for each in self.scenario.endings if said},
            named=named_in(said, self.scenario),
            wrong=wrong_figure(said, self.scenario),
            words=len(words),
            interrupted=interrupted,
            noun=noun_in(said),
        )

    @property
    def _role(self) -> str:
        return "learning-executive" if self.scenario.seat == "learning-executive" else "sales-vp"

    @property
    def _waiting(self) -> list[Objection | Agenda]:
        return [*self.scenario.objections, *self.scenario.agenda]

    def _prepare(self) -> None:
        each = self.scenario
        texts = [
            *(line for topic in each.facts for line in (*topic.ask, *topic.take_up)),
            *(line for part in self._waiting for line in part.answers),
            *each.concern.pick_up,
            *(line for ending in each.endings for line in ending.brought_by),
        ]
        self.vectors(texts)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Unit rows of `texts`, from memory where they were asked before."""
        if new := [text for text in dict.fromkeys(texts) if text not in self._vectors]:
            self._vectors.update(zip(new, self._embed(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])

    def near(self, text: str, other: str) -> float:
        """Cosine of two lines."""
        first, second = self.vectors([text, other])
        return float(first @ second)

    def _nearest(self, said: str, lines: Sequence[str]) -> float:
        return float((self.vectors(lines) @ self.vectors([said])[0]).max())

    def _nearest_part(self, said: str, last: str) -> float:
        """Cosine of the nearest of what the learner said and what he said, whole or by sentence."""
        mine = [said, *(each for each in sentences(said) if len(each.split()) >= 4)]
        his = [last, *(each for each in sentences(last) if len(each.split()) >= 3)]
        return float((self.vectors(mine) @ self.vectors(his).T).max())

    def _read(self, said: str, last: str, role: str) -> tuple[tuple[MoveScore, ...], dict[str, float]]:
        other = "sales-vp" if role == "learning-executive" else "learning-executive"
        both = [Utterance("0", "counterpart", other, last), Utterance("1", "learner", role, said)]
        row = self._recogniser.probabilities(both).utterances[1]
        return self._recogniser.read(both)[1], dict(zip(NAMED, map(float, row), strict=True))

    def _mended(self, said: str, moves: Mapping[str, float]) -> dict[str, float]:
        """Where words say it plainly the words win: whether it asks, and whether an order is accepted."""
        ask, found = asked(said) if said else "none", dict(moves)
        found["open_question"] = (
            max(found["open_question"], 0.9) if ask == "open" else found["open_question"] / 3
        )
        found["closed_question"] = max(found["closed_question"], 0.9) if ask == "closed" else 0.0
        seen = signs(plain(said))
        if ask == "none" and "asks_field" not in seen and seen & {"accepts", "delivers"}:
            found["order_taking"] = max(found["order_taking"], 0.8 if "delivers" in seen else 0.55)
        if "everyone" not in seen:
            found["broad_rollout"] *= 0.5
        if "admits" in seen:
            found["candour"] = max(found["candour"], 0.7)
        return found

    def _topics(self, said: str, before: Before) -> tuple[tuple[str, float], ...]:
        if not said:
            return ()
        scores: dict[str, float] = {}
        for topic in self.scenario.facts:
            hits = len(says(said, topic.about))
            score = self._nearest(said, (*topic.ask, *topic.take_up)) + _ABOUT * min(hits, _ABOUT_MOST)
            if topic.topic == before.topic and _leans_back(said):
                score += 0.25
            scores[topic.topic] = min(1.0, score)
        ordered = sorted(scores.items(), key=lambda pair: -pair[1])
        return tuple((name, score) for name, score in ordered if score >= _TOPIC)

    def _takes_up(self, said: str, before: Before, topics: tuple[tuple[str, float], ...]) -> float:
        if not said or not before.his:
            return 0.0
        last, earlier = before.his[-1], " ".join(before.his[-3:-1])
        shared = len(content(said) & content(last)) + 0.5 * len(content(said) & content(earlier))
        found = min(1.0, 0.6 * shared)
        found = max(found, _ramp(self._nearest_part(said, last), _NEAR, _SAME))
        if before.topic and topics and topics[0][0] == before.topic and topics[0][1] >= 0.6:
            found = max(found, 0.7)
        if _leans_back(said):
            found = max(found, 0.6)
        return found

    def _answers(self, said: str, before: Before) -> dict[str, float]:
        """How far the line deals with each objection and each point of his agenda, if it was waiting."""
        if not said:
            return {}
        found = {}
        for part in self._waiting:
            hits = min(2, len(says(said, part.about)))
            score = max(_ramp(self._nearest(said, part.answers), 0.4, 0.65), 0.35 * hits)
            if part.id == before.pending and before.asked:
                shared = len(content(said) & content(before.asked))
                lean = 0.35 if before.his[-1].endswith(before.asked) and _leans_back(said) else 0.0
                near = _ramp(self.near(said, before.asked), 0.3, 0.6)
                score = max(score, min(1.0, 0.35 * hits + 0.45 * shared + lean), near)
            found[part.id] = min(1.0, score)
        return found

    def _concern(self, said: str, before: Before) -> float:
        if not said or before.cue is None:
            return 0.0
        concern = self.scenario.concern
        shared = len(content(said) & content(before.cue))
        fresh = bool(before.his) and before.cue in before.his[-1]
        score = max(
            _ramp(self._nearest(said, concern.pick_up), 0.45, 0.65),
            0.45 * min(2, len(says(said, concern.about))),
            0.5 * min(2, shared),
            0.55 if fresh and _leans_back(said) else 0.0,
        )
        return min(1.0, score)


def _odd(said: str) -> frozenset[str]:
    """Whether it is no language, or not English."""
    if said and len(re.findall(r"[^\W\d_]", said)) < max(2, len(said) / 3):
        return frozenset() if any(letter.isdigit() for letter in said) else frozenset({"gibberish"})
    return frozenset({"language"}) if read_language(said) != "en" else frozenset()


def _leans_back(said: str) -> bool:
    """A short question or playback that can only be about what was just said: “And what happened then?”"""
    low = plain(said)
    about = _BACK.search(low) and not re.search(r"\b(?:sounds?|seems?|must be)\b", low)
    return len(said.split()) <= 12 and bool(about) and asked(said) != "none"


def _ramp(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
