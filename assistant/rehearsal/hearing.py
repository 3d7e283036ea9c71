"""How the counterpart hears a line: what it does, what it is about, whether it answers what he said."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.moves import Recogniser, Utterance
from assistant.moves.sentences import plain, sentences
from assistant.moves.utterance import NAMED, MoveScore
from assistant.rehearsal.alone import NOTHING, Alone, Meanings, Reader
from assistant.rehearsal.scenario import Item, Scenario
from assistant.rehearsal.words import content

LONG_WORDS = 110
"""He interrupts a line that is longer; what comes after is not heard."""
_NEAR, _SAME = 0.45, 0.62
_TOPIC, _SAME_TOPIC = 0.3, 0.6
_ASKED = 0.3
_NOT_PAST, _SOME, _STATEMENT, _BRIEF = 0.39, 0.22, 6, 4
"""A statement that is somewhat near to what he asked has not gone past it, although it may not be the answer."""

_LEADS = re.compile(
    r"(?:so |and |right,? )*(?:what you're saying is|you're saying|it sounds like|sounds like|i hear|"
    r"if i understand|so for you|for you|you feel)"
)


@dataclass(frozen=True)
class Heard:
    """One line as he hears it. Scores are 0..1; `topics`, `answers` and `brings` are ordered or keyed by id.

    `general` is the question of any meeting that it is nearest to, and how near.
    """

    text: str
    moves: Mapping[str, float]
    chosen: tuple[MoveScore, ...]
    signs: frozenset[str]
    asks: str
    questions: int
    takes_up: float
    echo: bool = False
    topics: tuple[tuple[str, float], ...] = ()
    answers: Mapping[str, float] = field(default_factory=dict)
    concern: float = 0.0
    brings: Mapping[str, float] = field(default_factory=dict)
    named: Mapping[Item, str] = field(default_factory=dict)
    wrong: tuple[Item, str] | None = None
    words: int = 0
    interrupted: bool = False
    noun: str | None = None
    general: tuple[str, float] = ("", 0.0)
    asides: tuple[tuple[int, float], ...] = ()

    def sure(self, *moves: str) -> float:
        """How sure it is that the line makes one of these moves."""
        return max((self.moves.get(move, 0.0) for move in moves), default=0.0)


@dataclass(frozen=True)
class Before:
    """What was said before a line: his last lines, the parts of the newest, and what is waiting for an answer."""

    his: tuple[str, ...]
    parts: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    topic: str | None = None
    pending: str | None = None
    asked: str | None = None
    cue: str | None = None


class Ear:
    """Hears lines of one scenario. Whatever is heard twice is worked out once; `meanings` may serve many scenarios."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        recogniser: Recogniser,
        meanings: Meanings,
        asks: Mapping[str, Sequence[str]],
    ) -> None:
        self.meanings = meanings
        self._recogniser = recogniser.embedding_with(self.meanings.of)
        self._moves = lru_cache(maxsize=4096)(self._read)
        self._alone = Reader(scenario, self.meanings, asks)
        self._gives = {each.topic: frozenset(each.gives) for each in scenario.facts}
        self._roles = ("sales-vp", "learning-executive")
        if scenario.seat == "sales-vp":
            self._roles = ("learning-executive", "sales-vp")

    def hear(self, text: str, before: Before) -> Heard:
        """The line, heard after `before`."""
        words = text.split()
        said = " ".join(words[:LONG_WORDS])
        alone = self._alone.read(said) if said else NOTHING
        chosen, moves = self._moves(said, before.parts[-1] if before.parts else "")
        topics = _topics(alone, before, self._gives)
        return Heard(
            text=said,
            moves=_mended(alone, moves),
            chosen=chosen,
            signs=alone.signs,
            asks=alone.asks,
            questions=alone.questions,
            takes_up=self._takes_up(alone, before, topics),
            echo=_echo(alone, before),
            topics=topics,
            answers=self._answers(alone, before),
            concern=_concern(alone, before),
            brings=alone.brings,
            named=alone.named,
            wrong=alone.wrong,
            words=len(words),
            interrupted=len(words) > LONG_WORDS,
            noun=alone.noun,
            general=alone.general,
            asides=alone.asides,
        )

    def _read(self, said: str, last: str) -> tuple[tuple[MoveScore, ...], dict[str, float]]:
        his, mine = self._roles
        both = [Utterance("0", "counterpart", his, last), Utterance("1", "learner", mine, said)]
        row = self._recogniser.probabilities(both).utterances[1]
        return self._recogniser.choose(row), dict(zip(NAMED, map(float, row), strict=True))

    def _takes_up(self, alone: Alone, before: Before, topics: tuple[tuple[str, float], ...]) -> float:
        """How far the line is about what he just said: shared words and figures, meaning, or a plain “and then?”."""
        if not alone.parts or not before.his:
            return 0.0
        shared = len(alone.content & content(before.his[-1]))
        earlier = len(alone.content & content(" ".join(before.his[-3:-1])))
        his = [
            *before.parts,
            *(each for part in before.parts for each in sentences(part) if len(each.split()) >= 3),
        ]
        found = max(
            min(1.0, 0.6 * (shared + 0.5 * earlier)),
            _ramp(self.meanings.nearest(alone.parts, his), _NEAR, _SAME),
        )
        if before.topic and topics and topics[0][0] == before.topic and topics[0][1] >= _SAME_TOPIC:
            found = max(found, 0.7)
        return max(found, 0.6 if alone.leans_back else 0.0)

    def _answers(self, alone: Alone, before: Before) -> dict[str, float]:
        """How far the line deals with each objection and each point of his agenda, if it was waiting."""
        found = {}
        for name, (near, hits) in alone.answers.items():
            score = max(_ramp(near, 0.4, 0.65), 0.35 * min(2, hits))
            if name == before.pending and before.asked:
                shared = len(alone.content & content(before.asked))
                lean = 0.35 if alone.leans_back and before.his[-1].endswith(before.asked) else 0.0
                close = self.meanings.nearest(alone.parts, [before.asked])
                like = max(_ramp(close, 0.35, 0.6), _NOT_PAST * (close >= _SOME and _says(alone)))
                gives = 0.55 if "concedes" in alone.signs and alone.asks == "open" else 0.0
                plainly = 0.55 * (before.asked.rstrip().endswith("?") and _at_once(alone))
                score = max(score, 0.35 * min(2, hits) + 0.45 * shared + lean, like, gives, plainly)
            found[name] = min(1.0, score)
        return found


def _says(alone: Alone) -> bool:
    """Whether the line begins with a statement of some length: an answer of a kind, before anything is asked."""
    first = sentences(alone.parts[0])[0]
    return len(first.split()) >= _STATEMENT and not first.rstrip().endswith("?")


def _at_once(alone: Alone) -> bool:
    """Whether the line begins with a few words that can only answer: “No.”, “Then do.”, “I wouldn't, not yet.”"""
    first = sentences(alone.parts[0])[0]
    brief = len(first.split()) <= _BRIEF and not first.rstrip().endswith("?")
    return brief and not alone.signs & {"accepts", "delivers", "greets", "thanks", "flatters", "sympathy"}


def _echo(alone: Alone, before: Before) -> bool:
    """Whether the line adds nothing to his words but a lead such as “so what you're saying is”."""
    if not before.his or not alone.parts:
        return False
    led = bool(_LEADS.match(plain(alone.parts[0])))
    his = content(before.his[-1])
    return (led or alone.asks == "none") and len(alone.content) >= 1 - led and alone.content <= his


def _mended(alone: Alone, moves: Mapping[str, float]) -> dict[str, float]:
    """Where words say it plainly the words win: whether it asks, and whether an order is accepted."""
    ask, seen, found = alone.asks, alone.signs, dict(moves)
    found["open_question"] = max(found["open_question"], 0.9) if ask == "open" else found["open_question"] / 3
    found["closed_question"] = max(found["closed_question"], 0.9) if ask == "closed" else 0.0
    if ask == "none" and "asks_field" not in seen and seen & {"accepts", "delivers"}:
        found["order_taking"] = max(found["order_taking"], 0.8 if "delivers" in seen else 0.55)
    if "everyone" not in seen:
        found["broad_rollout"] *= 0.5
    if "tells" in seen and ask == "none":
        found["field_story"] = max(found["field_story"], 0.75)
    if seen & {"admits", "apologises"}:
        found["candour"] = max(found["candour"], 0.7)
    return found


def _topics(
    alone: Alone, before: Before, topic_gives: Mapping[str, frozenset[str]]
) -> tuple[tuple[str, float], ...]:
    """What the line is about, the likeliest first; a line that leans back is about what he was speaking of."""
    scores = dict(alone.topics)
    for name, gives in topic_gives.items():
        if alone.asks_for & (gives - before.known):
            scores[name] = max(scores[name] + _ASKED, 0.55)
    if alone.leans_back and before.topic in scores:
        scores[str(before.topic)] += 0.25
    ordered = sorted(scores.items(), key=lambda pair: -pair[1])
    return tuple((name, min(1.0, score)) for name, score in ordered if score >= _TOPIC)


def _concern(alone: Alone, before: Before) -> float:
    """How far the line picks up the half-sentence in which his worry showed."""
    if before.cue is None or not alone.parts:
        return 0.0
    near, hits = alone.concern
    shared = len(alone.content & content(before.cue))
    fresh = bool(before.his) and before.cue in before.his[-1]
    score = max(_ramp(near, 0.45, 0.65), 0.45 * min(2, hits), 0.5 * min(2, shared))
    return min(1.0, max(score, 0.55 if fresh and alone.leans_back else 0.0))


def _ramp(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
