"""A playbook card, laid out for reading."""

from html import escape

import streamlit as st

from knowledge.cards import OBJECTIONS, Card, Section, Sentence
from knowledge.principles import PRINCIPLES
from ui.components.richtext import as_label
from ui.components.words import ROLE_NAMES

SPOKEN = ("Say", "Ask")
_BASIS = {
    "article": "From the article this playbook grew out of",
    "extension": "Added from practice",
    "research": "From research",
}
_KINDS = {"card": "Card", "metric": "Measure", "pilot": "Pilot pattern"}
_SETTINGS = {
    "hallway": "in passing",
    "ten-minutes": "ten minutes",
    "thirty-minutes": "a meeting",
    "email": "in writing",
}


def show_card(card: Card) -> None:
    """Title, what it serves, its sections, when it helps and where it comes from."""
    st.title(as_label(card.title), anchor=False)
    st.html(f'<p class="cp-quiet">{escape(_for_whom(card))}</p>{_principles(card)}')
    st.html(f'<div class="cp-card">{"".join(_section(section) for section in card.sections)}</div>')
    with st.expander("When this card helps"):
        items = "".join(f"<li>{escape(situation)}</li>" for situation in card.about.situations)
        st.html(f'<div class="cp-card"><ul>{items}</ul></div>')
    st.html(f'<p class="cp-quiet">{escape(_BASIS[card.about.basis])}: {escape(card.about.source)}.</p>')


def one_line(card: Card) -> str:
    """The card's first decision, or its first sentence: what a list shows below the title."""
    sentences = list(card.sentences())
    return next((s.text for s in sentences if s.lead), sentences[0].text if sentences else "")


def _for_whom(card: Card) -> str:
    return f"{_KINDS[card.kind]} for: {', '.join(ROLE_NAMES[role] for role in card.about.audience)}"


def _principles(card: Card) -> str:
    known = [PRINCIPLES[name] for name in card.about.principles if name in PRINCIPLES]
    items = "".join(f"<p><strong>{escape(p.name)}.</strong> {escape(p.short)}</p>" for p in known)
    return f'<div class="cp-principles">{items}</div>'


def _section(section: Section) -> str:
    spoken = ' class="cp-spoken"' if section.heading in SPOKEN else ""
    items = "".join(f"<li>{_sentence(sentence, section.heading)}</li>" for sentence in section.sentences)
    return f"<h2>{escape(section.heading)}</h2><ul{spoken}>{items}</ul>"


def _sentence(sentence: Sentence, heading: str) -> str:
    text = escape(sentence.text)
    if heading == OBJECTIONS and sentence.objection:
        return f'<span class="cp-they">“{escape(sentence.objection)}”</span><br>{text}'
    where = ", ".join(_SETTINGS[name] for name in sorted(sentence.settings)) if heading == "Say" else ""
    return f'{text}<br><span class="cp-where">{where}</span>' if where else text
