"""After the meeting: how it ended, the scorecard, what was not said, what to practise, and the other tries."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.records import RehearsalRecord
from assistant.rehearsal.debrief import Check, debrief
from assistant.rehearsal.session import Session as Rehearsed
from knowledge.principles import PRINCIPLES
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.rehearsal_choose import OUTCOMES
from ui.components.rehearsal_desk import begin, branch, choose, open_rehearsal
from ui.components.rehearsal_progress import show_since
from ui.session import session

_RESULTS = {"yes": "Yes", "no": "No", "not_seen": "Did not come up"}


def show_outcome(house: House, viewer: Viewer, played: Rehearsed) -> None:
    """What came of the meeting."""
    done = debrief(played)
    st.html(f'<h2 class="cp-outcome" role="status">{escape(done.ended)}</h2>')
    if done.turned_why:
        st.html(f'<p class="cp-quiet">{escape(done.turned_why)}</p>')
    worry = phrase("rehearsal", "worry-found" if done.worry_found else "worry-hidden", worry=done.worry)
    st.html(f"<p>{escape(worry)}</p>")
    st.html(f'<ul class="cp-checks">{"".join(_row(check) for check in done.checks)}</ul>')
    show_since(house.rehearsals.list(viewer))
    st.html(f'<p class="cp-label">Practise next</p><p class="cp-next">{escape(done.practise)}</p>')
    with st.container(key="rehearse-next", horizontal=True, gap="small"):
        if played.exchanges:
            st.button(
                "Start exactly there", key="rehearse-there", type="primary", on_click=branch,
                args=(house, viewer, done.practise_from),
            )  # fmt: skip
        st.button(
            "Play it again", key="rehearse-again", on_click=begin,
            args=(house, viewer, played.scenario.id, played.level),
        )  # fmt: skip
        st.button("Another meeting", key="rehearse-other", type="tertiary", on_click=choose, args=(None,))
    _show_tries(house, viewer)
    st.html('<p class="cp-quiet">For learning, not for employment decisions. Only you see what was said.</p>')


def _row(check: Check) -> str:
    quote = f'<span class="cp-quiet">“{escape(check.quote)}”</span>' if check.quote else ""
    principle = PRINCIPLES[check.principle].name
    return (
        f'<li data-result="{check.result}"><span class="cp-result">{_RESULTS[check.result]}</span>'
        f'<span>{escape(check.text)} <span class="cp-label">{escape(principle)}</span><br>{quote}</span></li>'
    )


def _show_tries(house: House, viewer: Viewer) -> None:
    """The tree of tries: this one, what it was branched off, and what was branched off it."""
    records = house.rehearsals.list(viewer)
    tries = family(records, str(session().rehearsal.open))
    if len(tries) < 2:
        return
    st.html('<p class="cp-label">Your tries of this meeting</p>')
    for depth, each in tries:
        where = f"from line {each.branched_at + 1}" if each.branched_at is not None else "from the start"
        told = f"{'– ' * depth}{where}: {OUTCOMES[each.outcome]}, {len(each.lines)} lines"
        here = each.id == session().rehearsal.open
        st.button(
            f"{told} (this one)" if here else told, key=f"try-{each.id}", type="tertiary", disabled=here,
            on_click=open_rehearsal, args=(each.id,),
        )  # fmt: skip


def family(records: list[RehearsalRecord], rehearsal_id: str) -> list[tuple[int, RehearsalRecord]]:
    """All tries that come from the same first one, each below what it was branched off, with its depth."""
    known = {each.id: each for each in records}
    root = known.get(rehearsal_id)
    while root is not None and root.parent_id in known:
        root = known[str(root.parent_id)]
    return [] if root is None else _below(root, records, 0)


def _below(
    record: RehearsalRecord, records: list[RehearsalRecord], depth: int
) -> list[tuple[int, RehearsalRecord]]:
    found = [(depth, record)]
    for each in sorted(records, key=lambda one: one.created_at):
        if each.parent_id == record.id:
            found += _below(each, records, depth + 1)
    return found
