"""Logging a story: the text comes in, its fields are drawn, it is masked, and what is alike is named.

Nothing is kept here: `prepare` gives back what would be kept, and the repository takes that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.stories.draw import about_counterpart, draw, redrawn, suggest_title, tidy
from assistant.stories.redact import NameList, Span, Wishes, find_spans, labels_for, mask, report
from assistant.stories.story import SAID_IN_WORDS, Fields, Visibility
from knowledge.cardbook import Nearness
from knowledge.cards import Card

_METRIC = 0.12
_CARD_FLOOR = 0.3


@dataclass(frozen=True, slots=True)
class Prepared:
    """A story as it would be kept; `originals` says what each placeholder stood for, for whoever asks to keep it."""

    fields: Fields
    visibility: Visibility
    redactions: Mapping[str, int]
    spans: tuple[Span, ...]
    originals: Mapping[str, str]
    private: bool


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the page offers to whoever logs a story; `tidied` is empty where the text is tidy already."""

    prepared: Prepared
    tidied: str


def prepare(
    fields: Fields,
    *,
    names: NameList,
    today: date,
    wishes: Wishes | None = None,
    visibility: Visibility | None = None,
    masking: Literal["on", "off"] = "on",
    told_today: bool = True,
) -> Prepared:
    """Fields drawn and everything masked. A story about the counterpart is for its teller alone unless said otherwise."""
    drawn = draw(fields, today=today, told_today=told_today)
    private = about_counterpart(fields.text, fields.teller)
    spans: tuple[Span, ...] = ()
    originals: dict[str, str] = {}
    if masking == "on":
        drawn, spans, originals = masked(drawn, names=names, wishes=wishes)
    return Prepared(
        fields=drawn if drawn.title else drawn.changed(title=suggest_title(drawn.text)),
        visibility=visibility or ("me" if private else "workspace"),
        redactions=report(spans),
        spans=spans,
        originals=originals,
        private=private,
    )


def masked(
    fields: Fields, *, names: NameList, wishes: Wishes | None = None
) -> tuple[Fields, tuple[Span, ...], dict[str, str]]:
    """Every field in words without names; the spans of its text; and what each placeholder stood for."""
    written = {name: str(getattr(fields, name)) for name in SAID_IN_WORDS}
    spans = {name: find_spans(text, names=names, wishes=wishes) for name, text in written.items()}
    found = [span for name in ("text", *SAID_IN_WORDS) for span in spans[name]]
    labels = labels_for(found)
    values = {name: mask(text, spans[name], labels) for name, text in written.items() if spans[name]}
    tags = tuple(tag for tag in fields.tags if not find_spans(tag, names=names, wishes=wishes))
    stood_for: dict[str, str] = {}
    for span in found:
        stood_for.setdefault(mask(span.text, [_whole(span)], labels), span.text)
    return fields.changed(**values, tags=tags), tuple(spans["text"]), stood_for


def masked_again(
    before: Fields, fields: Fields, *, names: NameList, today: date, wishes: Wishes | None = None
) -> tuple[Fields, tuple[Span, ...]]:
    """`fields`, put in place of `before`, without names, and what was drawn from another text drawn anew.

    What its teller left unmasked then stays, unless it was listed.
    """
    said = wishes or Wishes()
    stood = [
        span.text
        for name in SAID_IN_WORDS
        for span in find_spans(str(getattr(before, name)), names=names)
        if span.why != "listed"
    ]
    fields = redrawn(before, fields, today=today)
    changed, spans, _ = masked(fields, names=names, wishes=replace(said, keep=(*said.keep, *stood)))
    return changed, spans


def with_cards(prepared: Prepared, near: Nearness, cards: Iterable[Card]) -> Prepared:
    """With at most two cards that the story illustrates; what its teller named stays."""
    if prepared.fields.cards:
        return prepared
    scored = sorted(
        (
            (
                near.mean_top(card.id, "situation", "title", "verdict") + _same_metric(card, prepared.fields),
                card,
            )
            for card in cards
            if card.kind == "card"
        ),
        key=lambda pair: -pair[0],
    )
    chosen = [card for score, card in scored[:2] if score >= _CARD_FLOOR]
    principles = tuple(dict.fromkeys(each for card in chosen for each in card.about.principles))[:2]
    fields = prepared.fields.changed(cards=tuple(card.id for card in chosen), principles=principles)
    return replace(prepared, fields=fields)


def _same_metric(card: Card, fields: Fields) -> float:
    """A little for a card that is about the metric the story touches, less where it is one of several."""
    about = card.about.metrics
    return 0.0 if fields.metric not in about else _METRIC if fields.metric == about[0] else _METRIC / 2


def _whole(span: Span) -> Span:
    return Span(0, len(span.text), span.kind, span.text, span.why)


def suggest(
    fields: Fields,
    *,
    names: NameList,
    today: date,
    wishes: Wishes | None = None,
    visibility: Visibility | None = None,
) -> Suggested:
    """What to offer for a text as it was typed."""
    tidied = tidy(fields.text)
    return Suggested(
        prepare(fields, names=names, today=today, wishes=wishes, visibility=visibility),
        tidied if tidied != fields.text.strip() else "",
    )
