"""Choosing the spine: the one card an answer is built on."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.advice.answer import Shape, Understood
from knowledge.cardbook import Entry, EntryKind, Nearness
from knowledge.cards import Card, Role

VERDICT_FLOOR = 0.60
"""Similarity from which a settled question is taken to be the one asked (paraphrases score .40 to .57 with MiniLM)."""
OBJECTION_FLOOR = 0.5
SURE_MARGIN = 0.13
"""A spine that leads by less shares its answer with the next card that serves another principle."""

SURE_PRIOR = 0.7
"""A spine that was learned to be the answer with this probability needs no second reading."""

# Similarities were chosen on the labelled lines in `knowledge/scope/` by five-fold cross-validation; what is learnt, the
# margin and the sureness on the lines of one writer that no model had learnt from; the coach's bonus on the dev cases.
_SITUATION, _SITUATIONS, _SENTENCES, _TITLE, _FOUND = 0.23, 0.04, 0.03, 0.02, 0.02
_PRIOR, _PRINCIPLE = 0.05, 0.015
_ROLE_BONUS: Mapping[Role, float] = {"learning-executive": 0.60, "sales-vp": 0.60, "coach": 0.10}
"""A coach draws on both sides' cards, with the words labelled as theirs; an executive hardly on the other side's."""
_SPOKEN = frozenset[Shape]({"words", "message", "objection"})
_KIND_FOR: Mapping[Shape, str] = {"metric": "metric", "pilot": "pilot"}
_KIND_BONUS, _KIND_MALUS, _UNSAID = 0.106, 0.036, 0.4
_NAMED_METRIC = 0.15
_STAY_BONUS = 0.20
_LEAST = 1e-6
_AMONG = 3
"""Place among the likeliest cards that one which was not there at the learning is given."""


@dataclass(frozen=True)
class Ranked:
    """A card with how well it fits; `verdict` is its settled question nearest to the one asked."""

    card: Card
    score: float
    verdict: tuple[Entry, float] | None = None
    prior: float = 0.0


def rank_cards(
    understood: Understood,
    near: Nearness,
    found: Mapping[str, float],
    *,
    prior: Mapping[str, float],
    stay_on: str | None = None,
) -> list[Ranked]:
    """Cards for a question, best first.

    `found` holds the search's candidates with scores from 0 to 1, `prior` the learned probability of each card; a card
    that was not there when it was learned counts as one of the likeliest, so that its words decide.
    """
    cards = [near.book.cards[name] for name in found if name in near.book.cards]
    stranger = sorted(prior.values())[-_AMONG:][0] if prior else 1 / max(1, len(near.book.cards))
    mass = _principle_mass(near.book.cards.values(), prior)
    ranked = []
    for card in cards:
        learned = _PRIOR * math.log(max(prior.get(card.id, stranger), _LEAST))
        learned += _PRINCIPLE * math.log(max(mass.get(card.about.principles[0], 0.0), _LEAST))
        bonus = _STAY_BONUS if card.id == stay_on else 0.0
        one = _rank(card, understood, near, _FOUND * found[card.id] + learned + bonus)
        ranked.append(replace(one, prior=prior.get(card.id, stranger)))
    return sorted(ranked, key=lambda r: (-r.score, r.card.id))


def second_reading(ranked: Sequence[Ranked], understood: Understood) -> Ranked | None:
    """The card that an unsure answer also draws on: near the best, for the same reader, with another principle."""
    best = ranked[0]
    if best.prior > SURE_PRIOR:
        return None
    for other in ranked[1:4]:
        if best.score - other.score > SURE_MARGIN:
            return None
        fits = other.card.kind == "card" and understood.role in {"coach", *other.card.about.audience}
        if fits and other.card.about.principles[0] not in best.card.about.principles:
            return other
    return None


def _principle_mass(cards: Iterable[Card], prior: Mapping[str, float]) -> dict[str, float]:
    """How probable each principle is: the sum over the cards that are about it, half for their second one."""
    mass: dict[str, float] = {}
    for card in cards:
        for position, principle in enumerate(card.about.principles):
            mass[principle] = mass.get(principle, 0.0) + prior.get(card.id, 0.0) / (1 + position)
    return mass


def _rank(card: Card, understood: Understood, near: Nearness, learned: float) -> Ranked:
    situations: tuple[EntryKind, ...] = ("situation", "verdict")
    score = (
        learned
        + _SITUATION * near.mean_top(card.id, *situations)
        + _SITUATIONS * near.mean_top(card.id, *situations, top=3)
        + _SENTENCES * near.mean_top(card.id, "sentence", "objection", top=2)
        + _TITLE * near.mean_top(card.id, "title")
        + role_bonus(card, understood.role)
        + _kind_bonus(card, understood)
    )
    verdict = None
    if understood.shape in {"yes-no", "either-or"} and (best := near.best("verdict", cards=[card.id])):
        verdict = best[0]
        score += 0.15 * max(0.0, verdict[1] - VERDICT_FLOOR)
    if understood.shape == "objection" and (objection := near.best("objection", cards=[card.id])):
        score += 0.10 * objection[0][1]
    return Ranked(card, score, verdict)


def role_bonus(card: Card, role: Role) -> float:
    """A card written for the reader comes before one written for the other side."""
    return _ROLE_BONUS[role] if role in card.about.audience else 0.0


def _kind_bonus(card: Card, understood: Understood) -> float:
    """Where a metric or a pilot is asked for, cards of that kind come first, and first of all the one that was named."""
    wanted = _KIND_FOR.get(understood.shape)
    if wanted is None:
        unsaid = understood.shape in _SPOKEN  # a definition or a plan is nothing to say to anybody
        return 0.0 if card.kind == "card" else -_KIND_MALUS - _UNSAID * unsaid
    named = (understood.facts.metric or "").replace(" ", "-")
    return (_KIND_BONUS if card.kind == wanted else 0.0) + (
        _NAMED_METRIC if card.kind == wanted and named in {card.id, *card.about.metrics} else 0.0
    )
