"""The shelf of the playbook: cards found by words, principle, audience or kind, each with its first decision."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from knowledge.cards import ROLES, Card
from knowledge.principles import PRINCIPLES
from ui.components.card import one_line
from ui.components.finder import find_cards
from ui.components.richtext import as_label
from ui.components.words import ROLE_NAMES
from ui.session import write_address

KINDS = {"card": "Cards", "metric": "Measures", "pilot": "Pilot patterns"}


def show_shelf(house: House) -> None:
    """The conditions, and the cards that meet them."""
    _shelf(*_chosen(house))


def _chosen(house: House) -> tuple[list[Card], bool]:
    """The cards that fit the words and the conditions, and whether anything was searched."""
    words = st.text_input(
        "Find a card", key="card-words", placeholder="They keep cancelling on me", icon=":material/search:"
    )
    with st.container(horizontal=True, gap="small"):
        principle = st.selectbox(
            "Principle",
            [None, *PRINCIPLES],
            key="card-principle",
            format_func=lambda name: PRINCIPLES[name].name if name else "Any principle",
        )
        role = st.selectbox(
            "For",
            [None, *ROLES],
            key="card-role",
            format_func=lambda name: ROLE_NAMES[name] if name else "Everybody",
        )
        kind = st.selectbox(
            "Kind",
            [None, *KINDS],
            key="card-kind",
            format_func=lambda name: KINDS[name] if name else "Everything",
        )
    chosen = [
        card
        for card in find_cards(house, words)
        if (principle is None or principle in card.about.principles)
        and (role is None or role in card.about.audience)
        and (kind is None or kind == card.kind)
    ]
    return chosen, bool(words.strip())


def _shelf(cards: list[Card], searched: bool) -> None:
    if not cards:
        st.info("No card fits that yet. Try other words, or fewer conditions.")
        return
    st.caption(
        f"{len(cards)} {'card' if len(cards) == 1 else 'cards'}{', the nearest first' if searched else ''}"
    )
    for card in cards:
        with st.container(key=f"card-{card.id}", gap=None):
            st.button(
                as_label(card.title),
                key=f"read-card-{card.id}",
                type="tertiary",
                on_click=_open,
                args=(card.id,),
                wrap=True,
            )
            st.html(f'<p class="cp-quiet">{escape(one_line(card))}</p>')


def _open(card_id: str) -> None:
    write_address(card=card_id)
