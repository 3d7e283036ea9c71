"""The playbook: find a card by words, principle or audience, read it, and keep cards of one's own."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from knowledge.cards import ROLES, Card
from knowledge.principles import PRINCIPLES
from ui.components.card import one_line, show_card
from ui.components.card_editor import show_card_editor
from ui.components.card_origin import show_origin, show_state
from ui.components.finder import find_cards
from ui.components.reported import show_reported, show_reports
from ui.components.richtext import as_label
from ui.components.words import ROLE_NAMES
from ui.house import current_viewer, open_house
from ui.session import write_address

KINDS = {"card": "Cards", "metric": "Measures", "pilot": "Pilot patterns"}


def show_playbook() -> None:
    """What the address names: a card, a card being written, the reports; otherwise the shelf."""
    house = open_house()
    address = st.query_params
    if "edit" in address or "write" in address:
        _back()
        show_card_editor(house, address.get("edit"))
    elif "reports" in address:
        _back()
        show_reported(house, current_viewer(house))
    elif (card := house.coach.cards.get(address.get("card", ""))) is not None:
        _back()
        show_card(card)
        show_origin(house, card.id)
        show_reports(house, current_viewer(house), card.id)
    else:
        _show_shelf(house, wanted=address.get("card"))


def _show_shelf(house: House, *, wanted: str | None) -> None:
    st.title("Playbook", anchor=False)
    st.html(
        '<p class="cp-lead">What the coach answers from. Describe your situation, or look by principle.</p>'
    )
    if wanted:
        st.info("There is no card of that name any more. Here are all the others.")
    _keeping(house)
    _shelf(*_chosen(house))


def _keeping(house: House) -> None:
    """For whoever keeps the playbook: write a card, and what waits to be looked at."""
    reported = len(house.feedback.reports(current_viewer(house)))
    with st.container(horizontal=True, key="keeping"):
        st.button("Write a card", key="write-card", icon=":material/edit_note:", on_click=_write)
        if reported:
            st.button(
                f"Reported by readers ({reported})",
                key="show-reported",
                icon=":material/flag:",
                on_click=_reports,
            )
    show_state(house)


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


def _back() -> None:
    st.button("All cards", key="all-cards", type="tertiary", icon=":material/arrow_back:", on_click=_close)


def _close() -> None:
    write_address(card=None, edit=None, write=None, reports=None)


def _write() -> None:
    write_address(write="1")


def _reports() -> None:
    write_address(reports="1")


show_playbook()
