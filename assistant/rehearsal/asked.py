"""What he answers to a question: what he knows of this meeting, what is asked in any, or that he cannot say."""

from __future__ import annotations

import re

from assistant.moves.sentences import plain
from assistant.rehearsal.mind import Mind
from assistant.rehearsal.scenario import Depth, Topic
from assistant.rehearsal.signals import SURE
from assistant.rehearsal.speech import Piece, depth_of

PLAIN, KIND = 0.5, 0.66
"""How near a question must be to a topic, and to a question of any meeting, to be plainly about it."""
_NEARBY, _NEAREST, _BESIDE = 0.42, 0.85, 0.4
_CLEARLY, _ANY_KIND, _YES_OR_NO = 0.05, 0.64, 0.75
"""Nearer to a question of any meeting than to his facts by so much; near enough where none of them answers."""
_ASIDE, _ASIDE_TOLD = 0.56, 0.55
"""How near a question, and a statement, must be to something that the scenario has a reply to."""
_OVER = ("over_what", "over_when", "over_who", "over_which", "over_either", "over_whether")
_MOST_OVER = 5
_ABOUT_IT, _TELLS = 0.58, 0.3
"""A question is plainly about a topic; where it is not, a line must be so near to it to be an answer."""
_WH = frozenset({"who", "whose", "which", "when", "where", "since", "by", "whom"})
_WORD = re.compile(r"\b(?:who|whose|which|when|where|how|what|why)\b")
_WHY = re.compile(r"\b(?:why|what)\b")
_WHICH = re.compile(r"\b(who|whose|which|when|where|how)\b(?!.*\b(?:who|whose|which)\b)")
_BY_WORD = {"who": "no_name", "whose": "no_name", "which": "no_which"}
_OVER_BY = {"no_name": "over_who", "no_which": "over_which"}
_EITHER = re.compile(r"^(?!wh|how).*\bor\b")

_MODAL = re.compile(r"\b(?:could|would|might|may|can|will|shall|should)\b")
_PERSONAL = re.compile(
    r"\b(?:worr\w+|keep\w* you (?:up|awake)|on your mind|matters? (?:most )?to you|bother\w*|afraid|fear|care about|"
    r"do you (?:want|need|wish|hope)|like for you|worth it for you|hard(?:est)?|"
    r"going on|how are (?:you|things)|what'?s (?:wrong|it like|behind))\b"
)


class Asked(Mind):
    """One answer to one question."""

    def fact(self, least: float = 0.5) -> list[Piece]:
        asking = self.heard.asks != "none" or (
            self.heard.sure("reflection") >= SURE and self.heard.takes_up >= 0.4
        )
        if not asking:
            return []
        harder = self.counterpart.rules.levels[self.counterpart.level].guard
        asked = self.heard.takes_up >= 0.4 or "open_how" in self.signs  # who listens gets an answer
        nearby = self.heard.asks == "open" and asked
        least = min(least, _NEARBY) if nearby else least
        for name, score in self.heard.topics[: 4 if nearby else 2]:
            topic = self.scenario.topic(name)
            depth = (
                depth_of(topic, self.moment, self.state, self.signs, harder=harder)
                if score >= least
                else None
            )
            piece = self._telling(topic, depth) if depth else None
            plainly = (
                score >= _ABOUT_IT or depth == "deflect" or (piece and self.nearness(piece.text) >= _TELLS)
            )
            if piece and plainly:
                return self._beside(piece)
        return []

    def _telling(self, topic: Topic, depth: Depth) -> Piece | None:
        """Of the lines that tell it, the one that is nearest to what was asked."""
        fresh = [line for line in topic.lines(depth) if line not in self.state.used]
        if not fresh:
            return None
        near = max(fresh, key=self.nearness)
        chosen = near if self.voice.chance.random() < _NEAREST else self.voice.chance.choice(fresh)
        return Piece(chosen, chosen, "fact", topic.topic, depth)

    def nearness(self, line: str) -> float:
        return self.counterpart.ear.meanings.nearest([self.heard.text], [line])

    def _beside(self, piece: Piece) -> list[Piece]:
        """A telling that is beside a question on what was just said: he says first that he cannot answer that."""
        topic, nearest = self.scenario.topic(piece.about), self.counterpart.ear.meanings.nearest
        follows = nearest([self.heard.text], topic.take_up) > nearest([self.heard.text], topic.ask)
        if not follows or self.heard.asks != "open" or self.nearness(piece.text) >= _BESIDE:
            return [piece]
        return all_of(self._of_kind(_ANY_KIND)) or [piece]

    def _of_kind(self, least: float) -> Piece | None:
        """What he says to a question of any meeting, where this one is near enough to it."""
        name, score = self.heard.general
        plainly = self.heard.asks == "open" or bool(_WORD.search(plain(self.heard.text)))
        return self.voice.react(name) if score >= (least if plainly else _YES_OR_NO) else None

    def named_kind(self) -> list[Piece]:
        """A question of any meeting that is nearer to that than to what he knows of this one."""
        topics = self.heard.topics
        mine = topics[0][1] if topics else 0.0
        follows = self.state.topic is not None and any(name == self.state.topic for name, _ in topics[:1])
        if self.heard.asks == "none" or follows or self.heard.general[1] < mine + _CLEARLY:
            return []
        return all_of(self._of_kind(KIND))

    def owned(self) -> list[Piece]:
        """To a question that nothing answers: that he cannot, said of that question."""
        return [self.voice.first(*self.unknown(), "not_understood")]

    def aside(self) -> list[Piece]:
        """What the scenario has him say to just this, where no fact of his is nearer to it."""
        topics = [score for name, score in self.heard.topics if self.state.told.get(name) != "full"]
        least = max(_ASIDE if self.heard.asks != "none" else _ASIDE_TOLD, *topics[:1], self._kin())
        for at, near in self.heard.asides:
            fresh = [line for line in self.scenario.asides[at].say if line not in self.state.used]
            if near >= least and fresh:
                line = max(fresh, key=self.nearness)
                return [Piece(line, line, "aside", str(at))]
        return []

    def plainly_aside(self) -> bool:
        """Whether the line is plainly something that the scenario has a reply to."""
        return bool(self.heard.asides) and self.heard.asides[0][1] >= KIND

    def _kin(self) -> float:
        """How near a reply of this meeting must at least be to a line that is plainly asked in any meeting."""
        return 0.0 if self.heard.general[1] < 0.9 else self.heard.general[1] - 0.25

    def any_kind(self) -> list[Piece]:
        return [] if self.heard.asks == "none" else all_of(self._of_kind(_ANY_KIND))

    def invited(self) -> list[Piece]:
        """“Please, you first”: he says what he came for."""
        if "invites" not in self.heard.signs or self.heard.asks != "none":
            return []
        return all_of(self._agenda() or self._cue() or self._due(always=True) or self.voice.react("go_ahead"))

    def unknown(self) -> tuple[str, ...]:
        """What he does not know or will not say, by the word that the question begins with: of that very question."""
        low = plain(self.heard.text)
        asked = plain(self.voice.slots.get("asked", ""))
        begins = "what" if "," in asked else asked.partition(" ")[0].partition("'")[0]
        if begins in {"what", "why", "how"} or (
            not begins and (self.heard.asks == "open" or _WHY.search(low))
        ):
            turns = "matter" in self.voice.slots and bool(self.state.turn % 2)
            return *(("no_matter",) if turns else self._over("over_what")), "no_matter", "no_view", "no_fact"
        if (word := _WHICH.search(low)) and (not begins or begins in _WH):
            known = _BY_WORD.get(word[1], "no_fact")
            return *self._over(_OVER_BY.get(known, "over_when")), known, "no_fact"
        if _EITHER.search(asked):
            return *self._over("over_either"), "no_which", "maybe"
        return *self._over("over_whether"), "maybe" if _MODAL.search(low) else "not_sure", "maybe", "no_fact"

    def _over(self, intent: str) -> tuple[str, ...]:
        """He says a question over to himself before he owns that he cannot answer it; not all the time."""
        often = sum(map(self.voice.spent, _OVER)) >= _MOST_OVER
        return () if often or "asked" not in self.voice.slots else (intent,)

    def nearest_fact(self) -> Piece | None:
        """What he may tell by now that comes nearest to the question, where it comes near at all."""
        harder, lines = self.counterpart.rules.levels[self.counterpart.level].guard, []
        for topic in self.scenario.facts:
            depth = depth_of(topic, self.moment, self.state, self.signs, harder=harder)
            if depth in {"partial", "full"}:
                lines += [(line, topic, depth) for line in topic.lines(depth) if line not in self.state.used]
        best = max(lines, key=lambda each: self.nearness(each[0]), default=None)
        if best is None or self.nearness(best[0]) < _BESIDE:
            return None
        return Piece(best[0], best[0], "fact", best[1].topic, best[2])

    def asked(self) -> Piece | None:
        """An open question about him that no fact of his answers: he says what is on his mind."""
        personal = bool(_PERSONAL.search(plain(self.heard.text)))
        if self.heard.asks != "open" or not personal:
            return None
        return (self._cue() if self.state.turn > 1 else None) or self._agenda() or self._cue()


def all_of(piece: Piece | None) -> list[Piece]:
    """What he says where it is one thing or nothing."""
    return [] if piece is None else [piece]
