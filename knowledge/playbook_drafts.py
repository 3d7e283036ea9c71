"""A playbook card as it is kept and searched.

A section is one passage and is found as a whole (`section`); the card is found by the situations it is for and the
questions it settles (`situation`), which no citation may quote. Single sentences are no windows: the coach chooses
among them by itself, from the few cards that were found.
"""

import hashlib
from collections.abc import Iterator

from knowledge.cards import Card, Section, passage_name
from knowledge.drafts import DraftDocument, DraftPassage, DraftWindow
from knowledge.windows import windows

SITUATIONS = "Situations"
CARD_FORMAT = "2"  # raised when cards are cut up differently, so that they are read anew


def card_draft(card: Card) -> DraftDocument:
    """The card with all its passages and windows."""
    about = card.about
    return DraftDocument(
        external_id=card.id,
        source=f"playbook/{card.id}",
        title=card.title,
        content_hash=hashlib.sha256(f"{CARD_FORMAT}\n{card.digest_source}".encode()).hexdigest(),
        kind=card.kind,
        detail={
            "audience": list(about.audience),
            "principles": list(about.principles),
            "basis": about.basis,
            "source": about.source,
            "metrics": list(about.metrics),
            "situations": list(about.situations),
        },
        passages=tuple(_passages(card)),
    )


def _passages(card: Card) -> Iterator[DraftPassage]:
    for section in card.sections:
        yield _passage(card, section.heading, section.text, tuple(_section_windows(card, section)))
    questions = [question for sentence in card.sentences() for _, question in sentence.verdicts]
    situations = list(dict.fromkeys([*card.about.situations, *questions]))
    found_by = tuple(DraftWindow(text, "situation", position) for position, text in enumerate(situations))
    yield _passage(card, SITUATIONS, "\n".join(situations), found_by)


def _passage(card: Card, heading: str, text: str, found_by: tuple[DraftWindow, ...]) -> DraftPassage:
    return DraftPassage(
        name=passage_name(card.id, heading),
        section=heading,
        text=text,
        windows=found_by,
        detail={
            "card_id": card.id,
            "heading": heading,
            "audience": list(card.about.audience),
            "principles": list(card.about.principles),
            "citable": heading != SITUATIONS,
        },
    )


def _section_windows(card: Card, section: Section) -> Iterator[DraftWindow]:
    for position, text in enumerate(windows(section.text, head=f"{card.title} › {section.heading}")):
        yield DraftWindow(text, "section", position)
