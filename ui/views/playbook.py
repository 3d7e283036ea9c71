"""The playbook: find a card by words, principle or audience, read it, and keep cards of one's own."""

import streamlit as st

from assistant.bootstrap import House
from ui.components.card import show_card
from ui.components.card_editor import show_card_editor
from ui.components.card_origin import show_news, show_origin, show_state
from ui.components.card_stories import show_card_stories
from ui.components.reported import show_reported, show_reports
from ui.components.shelf import show_shelf
from ui.house import current_viewer, open_house
from ui.session import write_address


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
        show_news(house, card.id)
        show_card(card)
        show_card_stories(house, current_viewer(house), card)
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
    show_shelf(house)


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


def _back() -> None:
    st.button("All cards", key="all-cards", type="tertiary", icon=":material/arrow_back:", on_click=_close)


def _close() -> None:
    write_address(card=None, edit=None, write=None, reports=None)


def _write() -> None:
    write_address(write="1")


def _reports() -> None:
    write_address(reports="1")


show_playbook()
