"""Writing a card of one's own, or changing one: its Markdown, what is wrong with it, and how it will read."""

from functools import cache
from pathlib import Path

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError, InputRefusedError
from knowledge import card_check
from knowledge.card_check import Checked, check_card
from knowledge.errors import CardError
from knowledge.store.access import Viewer
from ui.components.card import show_card
from ui.components.richtext import as_label
from ui.components.unsent import begin_again, drop_words, keep_words
from ui.house import current_viewer
from ui.session import set_value, value_of, write_address

_NEW = "a card of your own"
_GUIDE = """
- The front matter names the card's **id** (small letters and hyphens, for ever), its title, who reads it
  (`learning-executive`, `sales-vp`, `coach`), one or two principles, and situations as a tired person types them:
  a question is matched with those.
- Every line under a heading is **one sentence that stands alone**: answers are put together from single lines.
- `<!-- lead -->` behind a line in “Do” lets it open an answer; `<!-- setting: email -->` marks a complete message.
- `{group|one team}` is filled with what the reader said, and reads “one team” otherwise.
"""


def show_card_editor(house: House, card_id: str | None) -> None:
    """The text of a card, or of a new one where `card_id` is None; with a check, a preview and a way to keep it."""
    viewer = current_viewer(house)
    key = f"card-text-{card_id or ''}"
    try:
        began = _begin(house, viewer, card_id, key)
    except InputRefusedError as error:  # no id, or a file that is no text
        st.error(as_label(error.message, limit=400))
        return
    if began is None:
        st.info("There is no card of that name any more. Look at the others in the playbook.")
        return
    st.title("Change a card" if card_id else "Write a card", anchor=False)
    st.html(
        '<p class="cp-quiet">Everybody who can open these pages may keep the playbook, and everybody gets what is '
        "changed here. The shipped card stays; you can go back to it at any time.</p>"
    )
    _trouble()
    writing, preview = st.tabs(["Write", "Preview"])
    with writing:
        source = st.text_area(
            "The card, in Markdown",
            key=key,
            height=520,
            max_chars=card_check.MOST_CHARACTERS,
            persist_state="session",
        )
        with st.expander("How a card is written"):
            st.markdown(_GUIDE)
    checked = _check(source or "", card_id)
    with preview:
        _preview(checked)
    _verdict(house, checked, card_id)
    with st.container(horizontal=True):
        st.button(
            "Keep this card",
            key="keep-card",
            type="primary",
            disabled=isinstance(checked, CardError) or ((source or "") == began and card_id is not None),
            on_click=_keep,
            args=(house, viewer, card_id, key),
        )
        st.button("Leave it", key="leave-card", on_click=_leave, args=(house, viewer, card_id, key))


def _begin(house: House, viewer: Viewer, card_id: str | None, key: str) -> str | None:
    """The text that the author began with, kept beside what is typed: somebody else may change the card meanwhile."""
    began: str | None = value_of(_began(key))
    if began is None:
        began = house.own_cards.source(card_id) if card_id else _template()
        if began is None:
            return None
        if house.unsent.of(viewer, key) is None:
            house.unsent.keep(viewer, _began(key), began, showing=begin_again(_began(key)))
        else:
            began = house.unsent.of(viewer, _began(key)) or began
        set_value(_began(key), began)
    keep_words(house, viewer, key, began)
    return began


def _began(key: str) -> str:
    return f"began-{key}"


@cache
def _template() -> str:
    return (Path(card_check.__file__).parent / "card-template.md").read_text(encoding="utf-8")


def _check(source: str, card_id: str | None) -> Checked | CardError:
    """What the check says; a card that is changed keeps its id."""
    try:
        return check_card(source, name=f"{card_id}.md" if card_id else None)
    except CardError as error:
        return error


def _preview(checked: Checked | CardError) -> None:
    if isinstance(checked, CardError):
        st.caption("The card can be shown once it can be read. What is in the way is said below.")
    else:
        with st.container(key="keeping-preview"):
            show_card(checked.card)


def _verdict(house: House, checked: Checked | CardError, card_id: str | None) -> None:
    if isinstance(checked, CardError):
        st.error(as_label(checked.what, limit=400))
        return
    if card_id is None and (origin := house.own_cards.origin(checked.card.id)):
        st.warning(
            f"The id {checked.card.id} is taken by {'a shipped card' if origin == 'shipped' else _NEW}. "
            "Choose another one, or open that card and change it."
        )
    if checked.remarks:
        st.caption("It can be used. To think about:  \n" + "  \n".join(as_label(r) for r in checked.remarks))
    else:
        st.caption("It can be used as it is.")


def _trouble() -> None:
    if message := value_of("card-trouble"):
        st.error(as_label(str(message), limit=600))
        set_value("card-trouble", None)


def _keep(house: House, viewer: Viewer, card_id: str | None, key: str) -> None:
    source = str(value_of(key) or "")
    try:
        # a new card must not fall upon one that is there: it began with nothing
        over = str(value_of(_began(key))) if card_id else ""
        checked = house.own_cards.save(source, name=f"{card_id}.md" if card_id else None, over=over)
        house.live.refresh()
    except CounterpartError as error:
        set_value("card-trouble", error.message)
        return
    st.toast("Kept. Answers draw on it from now on.")
    _forget(house, viewer, key)
    write_address(card=checked.card.id, edit=None, write=None)


def _leave(house: House, viewer: Viewer, card_id: str | None, key: str) -> None:
    _forget(house, viewer, key)
    write_address(card=card_id, edit=None, write=None)


def _forget(house: House, viewer: Viewer, key: str) -> None:
    drop_words(house, viewer, key, _began(key))
    set_value(_began(key), None)
