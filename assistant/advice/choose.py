"""Choosing the spine: the one card an answer is built on."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.advice.answer import Shape, Understood
from knowledge.cardbook import Entry, Nearness
from knowledge.cards import Card, Role

VERDICT_FLOOR = 0.55
"""Similarity from which a settled question is taken to be the one asked (paraphrases score .40 to .57 with MiniLM)."""
OBJECTION_FLOOR = 0.5

_SITUATION, _SITUATIONS, _SENTENCES, _TITLE, _FOUND = 0.5, 0.2, 0.2, 0.1, 0.1
_ROLE_BONUS, _OTHER_SIDE = 0.10, 0.0
_KIND_FOR: Mapping[Shape, str] = {"metric": "metric", "pilot": "pilot"}
_KIND_BONUS, _KIND_MALUS = 0.12, 0.10
_STAY_BONUS = 0.12
_PRIOR = 0.02


@dataclass(frozen=True)
class Ranked:
    """A card with how well it fits; `verdict` is its settled question nearest to the one asked."""

    card: Card
    score: float
    verdict: tuple[Entry, float] | None = None


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
    that was not there when it was learned counts as average.
    """
    ranked = [
        _rank(
            near.book.cards[name], understood, near, score, prior.get(name, 1 / len(near.book.cards)), stay_on
        )
        for name, score in found.items()
        if name in near.book.cards
    ]
    return sorted(ranked, key=lambda r: (-r.score, r.card.id))


def _rank(
    card: Card, understood: Understood, near: Nearness, found: float, prior: float, stay_on: str | None
) -> Ranked:
    situations = ("situation", "verdict")
    score = (
        _SITUATION * near.mean_top(card.id, *situations)
        + _SITUATIONS * near.mean_top(card.id, *situations, top=3)
        + _SENTENCES * near.mean_top(card.id, "sentence", "objection", top=2)
        + _TITLE * near.mean_top(card.id, "title")
        + _FOUND * found
        + _PRIOR * math.log(max(prior, 1e-6))
        + role_bonus(card, understood.role)
        + _kind_bonus(card, understood.shape)
    )
    verdict = None
    if understood.shape in {"yes-no", "either-or"} and (best := near.best("verdict", cards=[card.id])):
        verdict = best[0]
        score += 0.15 * max(0.0, verdict[1] - VERDICT_FLOOR)
    if understood.shape == "objection" and (objection := near.best("objection", cards=[card.id])):
        score += 0.10 * objection[0][1]
    if card.id == stay_on:
        score += _STAY_BONUS
    return Ranked(card, score, verdict)


def role_bonus(card: Card, role: Role) -> float:
    """A card written for the reader comes before one written for the other side."""
    return _ROLE_BONUS if role in card.about.audience else _OTHER_SIDE


def _kind_bonus(card: Card, shape: Shape) -> float:
    wanted = _KIND_FOR.get(shape)
    if wanted is None:
        return 0.0 if card.kind == "card" else -_KIND_MALUS
    return _KIND_BONUS if card.kind == wanted else 0.0
