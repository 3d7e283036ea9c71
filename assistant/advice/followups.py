"""Operations on the spine of the answer before: only the new part, never the whole again."""

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.advice.answer import FollowUp
from assistant.advice.choose import OBJECTION_FLOOR, Ranked
from assistant.advice.compose import (
    ASK,
    AVOID,
    DO,
    SAY,
    WHY,
    lead,
    pilot_lines,
    say,
    spoken,
    tell_own,
    with_mail,
)
from assistant.advice.draft import Draft
from assistant.advice.understand import says_something_new
from knowledge.cards import Card, Sentence

Operation = Callable[[Draft, Card, Sequence[Ranked]], None]


def _shorter(draft: Draft, card: Card, _ranked: Sequence[Ranked]) -> None:
    """The decision and the line to say; the line alone where the last answer was no more than both."""
    leads = draft.pick(card, DO, lead=True, again=True) or draft.pick(
        card, card.sections[0].heading, again=True
    )
    lines = (
        draft.pick(card, SAY, setting=draft.understood.setting, spoken_to=True, again=True)
        if card.kind == "card"
        else []
    )
    if not (lines and draft.just_said <= {sentence.raw for sentence in (*leads, *lines)}):
        draft.add(*(draft.cite(card, s) for s in leads))
    draft.add(*spoken(draft, card, lines))


def _why(draft: Draft, card: Card, _ranked: Sequence[Ranked]) -> None:
    heading = WHY if card.kind == "card" else card.sections[0].heading
    reasons = draft.pick(card, heading, 2) or draft.pick(card, AVOID, 2)
    draft.add(" ".join(draft.cite(card, s) for s in reasons))


def _say(draft: Draft, card: Card, _ranked: Sequence[Ranked]) -> None:
    heading = SAY if any(s.heading == SAY for s in card.sections) else ASK
    lines = draft.pick(card, heading, 2, setting=draft.understood.setting, spoken_to=True)
    draft.add(*spoken(draft, card, lines or draft.pick(card, ASK, 2, spoken_to=True)))


def _questions(draft: Draft, card: Card, _ranked: Sequence[Ranked]) -> None:
    if any(s.heading == ASK for s in card.sections):
        draft.add(*spoken(draft, card, draft.pick(card, ASK, 3, spoken_to=True)))


def _message(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    owner, mail = with_mail(draft, card, ranked)
    if mail is not None:
        draft.add(say("message"), "", f"> {draft.cite(owner, mail)}")


def _objection(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    """What to decide and to answer when the other says this, from the card that the objection is about."""
    owner, reply = _reply(draft, card, ranked)
    if reply is None:
        draft.add(lead(draft, owner, ranked))
        if owner.kind == "card":
            draft.add(
                *spoken(
                    draft,
                    owner,
                    draft.pick(owner, SAY, setting=draft.understood.setting, spoken_to=True)
                    or draft.pick(owner, SAY, spoken_to=True)
                    or draft.pick(owner, ASK, spoken_to=True),
                )
            )
        return
    if owner is not card or len(draft.understood.question.split()) > 3:
        draft.add(*(draft.cite(owner, s) for s in draft.pick(owner, DO, lead=True)[:1]))
    draft.add(*spoken(draft, owner, [reply]))


def _bare(text: str) -> str:
    """Words alone, so that an objection is known again however it is quoted."""
    return " ".join(re.findall(r"[\w']+", text.lower().replace("’", "'")))


def _reply(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> tuple[Card, Sentence | None]:
    """The reply to the nearest objection: of the card this turn is about, otherwise of the spine before it."""
    question, follow_up = draft.understood.question, draft.understood.follow_up
    for entry, _ in draft.near.best("objection", cards=[card.id], top=8):
        if entry.sentence is not None and _bare(entry.text) in _bare(question) and draft.fits(entry.sentence):
            return card, entry.sentence
    about = ranked[0].card if ranked and says_something_new(question, follow_up) else card
    for owner in dict.fromkeys([about.id, card.id]):
        for entry, score in draft.near.best("objection", cards=[owner], top=4):
            if entry.sentence is not None and score >= OBJECTION_FLOOR and draft.fits(entry.sentence):
                return draft.book.cards[owner], entry.sentence
        if owner != card.id and draft.book.cards[owner].kind == "card":
            return draft.book.cards[owner], None
    return card, None


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
    """A logged story; without one an invented example, named as one, and how to come by a story of one's own."""
    if tell_own(draft, card):
        return
    example = draft.example(card)
    if example is not None:
        draft.add(say("invented-example"), "", draft.tell(example))
    else:
        draft.add(say("no-example"))
    source = draft.book.cards.get(
        "tell-stories" if draft.understood.role == "sales-vp" else "collecting-field-stories", card
    )
    draft.add(f"{say('own-story')} {lead(draft, source, ranked)}")


def _pilot(draft: Draft, card: Card, ranked: Sequence[Ranked]) -> None:
    """The scope that the spine itself proposes, or the nearest pattern."""
    owner = card if card.kind != "metric" else next((r.card for r in ranked if r.card.kind == "pilot"), card)
    pilot_lines(draft, owner)


OPERATIONS: Mapping[FollowUp, Operation] = {
    "shorter": _shorter, "why": _why, "example": _example, "objection": _objection, "tried": _tried,
    "say": _say, "next": _next, "message": _message, "questions": _questions, "pilot": _pilot,
}  # fmt: skip
