"""A second reading of a talk by the chat model, where one has won its trial; asked for, never by itself."""

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.records import ReviewRecord
from knowledge.store.access import Viewer
from ui.components.making import show_rows_made
from ui.components.richtext import as_label
from ui.session import session


def show_second(house: House, viewer: Viewer, record: ReviewRecord) -> None:
    """The button that asks for it, or the one that takes it away; nothing where no model may be asked."""
    if record.second is not None:
        st.button(
            "Back to the local reading", key="second-away", type="tertiary",
            help=as_label(record.second.told), on_click=_away, args=(house, viewer, record),
        )  # fmt: skip
        return
    trial = house.trial
    if trial is None or not trial.won:
        return
    st.button(
        "Second reading",
        key="second-ask",
        type="tertiary",
        help=as_label(
            f"Sends the talk to {trial.model} ({trial.place}), which reads moves better than this machine"
        ),
        on_click=_ask,
        args=(house, viewer, record),
    )


def show_second_made(record: ReviewRecord) -> None:
    """Which model read it, how much of it, and what that took; for whoever asks."""
    rows = record.second.made if record.second else []
    show_rows_made(rows, title="How the second reading was made", key="made-second")


def _ask(house: House, viewer: Viewer, record: ReviewRecord) -> None:
    with st.spinner("Reading again: a minute for an hour of talk, sometimes more"):
        try:
            reading = house.read_again(record.transcript, record.roles)
        except CounterpartError as error:
            session().review.said = f"There is no second reading, and the local one stands. {error.message}"
            return
    house.reviews.read_again(viewer, record.id, reading)


def _away(house: House, viewer: Viewer, record: ReviewRecord) -> None:
    house.reviews.read_again(viewer, record.id, None)
