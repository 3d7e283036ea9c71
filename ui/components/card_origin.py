"""Where a card comes from, and what can be done with it: change it, go back, look at what changed under it."""

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from knowledge.own_cards import Upgrade
from ui.components.richtext import as_label
from ui.session import set_value, value_of, write_address

_SAYS = {
    "changed": "You changed this card. It stands in place of the shipped one.",
    "own": "A card of your own.",
}


def show_origin(house: House, card_id: str) -> None:
    """One quiet line, with the way to change the card and to take the change back."""
    origin = house.own_cards.origin(card_id)
    if origin in _SAYS:
        st.caption(_SAYS[origin])
    with st.container(horizontal=True, key="keeping-acts"):
        st.button("Change this card", key="change-card", on_click=_change, args=(card_id,))
        if origin == "changed":
            with st.popover("Compare with the shipped one", key="compare-card"):
                st.code(_bare(house.own_cards.difference(card_id)), language="diff", wrap_lines=True)
            st.button("Back to the shipped card", key="restore-card", on_click=_remove, args=(house, card_id))
        if origin == "own":
            st.button("Remove this card", key="remove-card", on_click=_remove, args=(house, card_id))


def show_news(house: House, card_id: str) -> None:
    """Above a card: what was done to it just now, and whether the shipped one changed under it."""
    _told()
    if (upgrade := house.own_cards.upgrade(card_id)) is not None:
        _show_upgrade(house, upgrade)


def show_state(house: House) -> None:
    """What whoever keeps the playbook should know: files that cannot be used, shipped cards that changed."""
    _told()
    for error in house.playbook.errors:
        st.warning(as_label(f"{error.what}. The file was left out; the other cards are in use.", limit=400))
    for upgrade in house.own_cards.upgrades():
        st.button(
            f"{upgrade.card_id}: the shipped card changed since you changed yours",
            key=f"upgraded-{upgrade.card_id}",
            type="tertiary",
            icon=":material/difference:",
            on_click=_read,
            args=(upgrade.card_id,),
            wrap=True,
        )


def _show_upgrade(house: House, upgrade: Upgrade) -> None:
    with st.container(key="keeping-upgrade", border=True):
        if upgrade.shipped:
            st.markdown("**The shipped card changed since you changed yours.** Yours is in use.")
        else:
            st.markdown("**This card is shipped no more.** Yours is in use.")
        with st.expander("What changed"):
            st.code(_bare(upgrade.news), language="diff", wrap_lines=True)
        with st.container(horizontal=True):
            if upgrade.shipped:
                st.button(
                    "Take the shipped one",
                    key="take-upgrade",
                    on_click=_remove,
                    args=(house, upgrade.card_id),
                )
            st.button("Stay with ours", key="leave-upgrade", on_click=_stay, args=(house, upgrade.card_id))


def _bare(difference: str) -> str:
    """A unified diff without the lines that are for machines."""
    lines = difference.splitlines()[2:]
    return "\n".join("…" if line.startswith("@@") else line for line in lines)


def _change(card_id: str) -> None:
    write_address(edit=card_id)


def _read(card_id: str) -> None:
    write_address(card=card_id)


def _remove(house: House, card_id: str) -> None:
    try:
        aside = house.own_cards.remove(card_id)
        house.live.refresh()
    except CounterpartError as error:
        set_value("card-told", error.message)
        return
    if card_id in house.own_cards.shipped:
        set_value("card-told", "The shipped card is in use again. What yours said is kept beside the cards.")
    else:
        set_value("card-told", f"The card was removed. What it said is kept as {aside.name}.")
        write_address(card=None)


def _stay(house: House, card_id: str) -> None:
    try:
        house.own_cards.leave(card_id)
    except CounterpartError as error:
        set_value("card-told", error.message)


def _told() -> None:
    if message := value_of("card-told"):
        st.info(as_label(str(message), limit=600))
        set_value("card-told", None)
