"""A second reading of a talk by the chat model, where one has won its trial; asked for, never by itself.

It goes on in a thread of its own: the page stays as it is until it is there, and a refresh finds it again.
"""

import threading
from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError, ModelError
from assistant.records import ReviewRecord
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.making import show_rows_made
from ui.components.richtext import as_label
from ui.components.working import Work
from ui.session import session

_readings: dict[str, Work] = {}
"""By review: what goes on, and what ended in a fault that nobody was told yet."""


def show_second(house: House, viewer: Viewer, record: ReviewRecord) -> None:
    """The button that asks for it, or the one that takes it away; nothing where no model may be asked."""
    if record.second is not None:
        st.button(
            "Back to the local reading", key="second-away", type="tertiary",
            help=as_label(record.second.told), on_click=_away, args=(house, viewer, record),
        )  # fmt: skip
        return
    trial = house.trial
    if trial is None or not trial.won or record.id in _readings:
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


def show_second_under_way(record: ReviewRecord) -> None:
    """How far it is, and a way to end it; then a line if nothing came of it."""
    if record.id in _readings:
        with st.container(key="second-under-way"):
            _watch(record.id)


def show_second_made(record: ReviewRecord) -> None:
    """Which model read it, how much of it, and what that took; for whoever asks."""
    rows = record.second.made if record.second else []
    show_rows_made(rows, title="How the second reading was made", key="made-second")


@st.fragment(run_every=1.0)
def _watch(review_id: str) -> None:
    work = _readings.get(review_id)
    if work is None or not work.going_on:
        _readings.pop(review_id, None)
        session().review.said = _why_not(work.fault) if work else None
        st.rerun(scope="app")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="cp-quiet" role="status">{escape(work.draft)}</p>', width="content")
        st.button("Stop", key="second-stop", type="tertiary", on_click=work.give_up)


def _why_not(fault: Exception | None) -> str | None:
    """Why nothing came of it, in a line. Raises what no message is for."""
    if fault is None:
        return None
    if not isinstance(fault, CounterpartError):
        raise fault
    why = fault.brief if isinstance(fault, ModelError) else fault.what
    return phrase("moves", "second-none", why=why)


def _ask(house: House, viewer: Viewer, record: ReviewRecord) -> None:
    def do(work: Work) -> object:
        reading = house.read_again(
            record.transcript,
            record.roles,
            progress=lambda _, done, of: work.show(
                phrase("moves", "second-so-far", done=str(done), of=str(of))
            ),
            waiting=work.still_wanted,
        )
        work.still_wanted()
        if (
            house.reviews.get(viewer, record.id).version == record.version
        ):  # nobody was given another role meanwhile
            house.reviews.read_again(viewer, record.id, reading)
        return reading

    work = Work(do, turn=None)
    if _readings.setdefault(record.id, work) is work:
        session().review.said = None
        threading.Thread(target=work.run, name="second reading", daemon=True).start()


def _away(house: House, viewer: Viewer, record: ReviewRecord) -> None:
    house.reviews.read_again(viewer, record.id, None)
