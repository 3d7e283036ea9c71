"""What is under way behind the pages: changed cards that are brought in, an index that is built again."""

import threading
import time
from html import escape

import streamlit as st

from assistant.bootstrap import House
from knowledge.progress import Step, Work

_PATIENCE_S, _LONG_S, _LONGEST_S, _TICK_S = 0.4, 1.0, 8.0, 0.1
_SAYS: dict[Work, str] = {
    "cards": "Changed cards are being read{how_far}. Until then answers come from the cards as they were.",
    "index": "The search index is being brought up to date{how_far}. Answers need no waiting for it.",
    "mending": "The search index was damaged or missing, and is being built again from the database{how_far}. "
    "Nothing was lost, and answers go on meanwhile.",
}


def show_under_way(house: House) -> None:
    """Bring in cards that changed, with how far that is; then a line for what others have under way."""
    if house.live.behind:
        _bring_in(house)
    if house.board.steps(for_seconds=_LONG_S):
        _watch(house)


def _bring_in(house: House) -> None:
    """On a thread of its own, which a redraw does not end.

    For a moment nothing is said; where it takes long, the page goes on with the cards as they were.
    """
    work = threading.Thread(target=lambda: house.coach, name="cards", daemon=True)
    work.start()
    place, since = st.empty(), time.monotonic()
    while work.is_alive() and time.monotonic() - since < _LONGEST_S:
        work.join(_TICK_S)
        steps = house.board.steps()
        if steps and time.monotonic() - since > _PATIENCE_S:
            place.progress(_share(steps[0]), told(steps[0]))
    place.empty()


@st.fragment(run_every=1.0)
def _watch(house: House) -> None:
    """The page is drawn anew once nothing is under way."""
    steps = house.board.steps()
    if not steps:
        st.rerun(scope="app")
    if any(step.work == "mending" for step in steps):
        steps = tuple(step for step in steps if step.work != "index")  # it only waits until that is done
    lines = "<br>".join(escape(line) for line in dict.fromkeys(map(told, steps)))
    st.html(f'<p class="cp-quiet cp-under-way" role="status">{lines}</p>')


def told(step: Step) -> str:
    """One line for a person."""
    how_far = f": {step.done:,} of {step.total:,}" if step.total else ""
    return _SAYS[step.work].format(how_far=how_far)


def _share(step: Step) -> float:
    return min(1.0, step.done / step.total) if step.total else 0.0
