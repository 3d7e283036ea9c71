"""Operations on the spine of the answer before: only the new part, never the whole again."""

from collections.abc import Callable, Mapping, Sequence

from assistant.advice.answer import FollowUp
from assistant.advice.choose import OBJECTION_FLOOR, Ranked
from assistant.advice.compose import ASK, AVOID, DO, SAY, WHY, lead, say, spoken, with_mail
from assistant.advice.draft import Draft
from knowledge.cards import OBJECTIONS, Card

Operation = Callable[[Draft, Card, Sequence[Ranked]], None]


def _shorter(draft: Draft, card: Card, _: Sequence[Ranked]) -> None:
    leads = draft.pick(card, DO, lead=True, again=True) or draft.pick(
        card, card.sections[0].heading, again=True
    )
    draft.add(*(draft.cite(card, s) for s in leads))
    if card.kind == "card":
        draft.add(
            *spoken(
                draft,
                card,
                draft.pick(card, SAY, setting=draft.understood.setting, spoken_to=True, again=True),
            )
        )


def _why(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    heading = WHY if card.kind == "card" else card.sections[0].heading
    reasons = draft.pick(card, heading, 2) or draft.pick(card, AVOID, 2)
    draft.add(" ".join(draft.cite(card, s) for s in reasons))


def _say(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    heading = SAY if any(s.heading == SAY for s in card.sections) else ASK
    lines = draft.pick(card, heading, 2, setting=draft.understood.setting, spoken_to=True)
    draft.add(*spoken(draft, card, lines or draft.pick(card, ASK, 2, spoken_to=True)))


def _questions(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    if any(s.heading == ASK for s in card.sections):
        draft.add(*spoken(draft, card, draft.pick(card, ASK, 3, spoken_to=True)))


def _message(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    owner, mail = with_mail(draft, card, ranked)
    if mail is not None:
        draft.add(say("message"), "", f"> {draft.cite(owner, mail)}")


def _objection(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    """The reply to what the other might say: from the spine if it has one near enough, otherwise from another card."""
    cards = [card.id, *(r.card.id for r in ranked[:6])]
    for entry, score in draft.near.best("objection", cards=cards, top=8):
        if entry.sentence is None or not draft.fits(entry.sentence):
            continue
        owner = draft.book.cards[entry.card_id]
        if score >= OBJECTION_FLOOR:
            draft.add(*spoken(draft, owner, [entry.sentence]))
            draft.add(*(draft.cite(owner, s) for s in draft.pick(owner, DO, lead=True)[:1]))
            return
    best = ranked[0].card if ranked else card
    draft.add(lead(draft, best, ranked))
    if best.kind == "card":
        draft.add(*spoken(draft, best, draft.pick(best, OBJECTIONS) or draft.pick(best, SAY, spoken_to=True)))


def _tried(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    """That step is behind them: the next one, from what has not been said yet."""
    owner = (
        card
        if card.kind == "card" and draft.pick(card, DO)
        else next((r.card for r in ranked if r.card.kind == "card"), card)
    )
    if owner.kind != "card":
        _why(draft, owner, ranked)
        return
    steps = draft.pick(owner, DO, lead=False) or draft.pick(owner, DO)
    draft.add(" ".join([say("tried"), *(draft.cite(owner, s) for s in steps)]))
    draft.add(
        *spoken(
            draft, owner, draft.pick(owner, ASK, spoken_to=True) or draft.pick(owner, SAY, spoken_to=True)
        )
    )


def _next(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    owner = card if card.kind == "card" else next((r.card for r in ranked if r.card.kind == "card"), card)
    if owner.kind != "card":
        _why(draft, owner, ranked)
        return
    steps = draft.pick(owner, DO, part="close") or draft.pick(owner, DO)
    draft.add(*(draft.cite(owner, s) for s in steps))
    draft.add(
        *spoken(
            draft,
            owner,
            draft.pick(owner, SAY, part="close", spoken_to=True) or draft.pick(owner, SAY, spoken_to=True),
        )
    )


def _example(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    source = draft.book.cards.get(
        "tell-stories" if draft.understood.role == "sales-vp" else "collecting-field-stories", card
    )
    draft.add(say("no-example"))
    draft.add(lead(draft, source, ranked))
    draft.add(*spoken(draft, source, draft.pick(source, ASK, spoken_to=True)))


OPERATIONS: Mapping[FollowUp, Operation] = {
    "shorter": _shorter, "why": _why, "example": _example, "objection": _objection, "tried": _tried, "say": _say, "next": _next,
    "message": _message, "questions": _questions,
}  # fmt: skip
