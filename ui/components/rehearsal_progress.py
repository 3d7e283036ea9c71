"""How one's rehearsals go, principle by principle, and who else may see it."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.records import RehearsalRecord
from assistant.rehearsal.progress import Step, changes, checks_of, last_time, steps
from knowledge.principles import PRINCIPLES
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.rehearsal_desk import share, withdraw
from ui.components.richtext import as_label
from ui.session import session

_WHOM = "rehearse-share-with"


def show_progress(house: House, viewer: Viewer) -> None:
    """One's own, and that of those who let one see it."""
    names = {each.id: each.name for each in house.people.list()}
    if own := steps(house.rehearsals.list(viewer)):
        with st.expander("How you are getting on", key="rehearse-progress"):
            st.html(_table(own))
            _show_sharing(house, viewer, names)
    for owner, records in house.rehearsals.shown_to(viewer).items():
        with st.expander(
            as_label(f"How {names.get(owner, 'somebody')} is getting on"), key=f"progress-of-{owner}"
        ):
            found = steps(records)
            st.html(_table(found) if found else '<p class="cp-quiet">No rehearsal has ended yet.</p>')
            st.html('<p class="cp-quiet">Shared with you. For learning, not for employment decisions.</p>')


def _table(found: list[Step]) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{escape(PRINCIPLES[step.principle].name)}</th><td>{step.yes} of {step.asked}</td>"
        f"<td>{_marks(step)}</td></tr>"
        for step in found
    )
    head = "<tr><th scope='col'>Principle</th><th scope='col'>Held</th><th scope='col'>Your last rehearsals</th></tr>"
    return f'<table class="cp-progress"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def _marks(step: Step) -> str:
    """A mark for each of the last rehearsals, oldest first; read out as words."""
    told = ", ".join(f"{share:.0%}" for share in step.lately)
    marks = "".join("●" if each >= 1 else "◐" if each > 0 else "○" for each in step.lately)
    return f'<span aria-hidden="true">{marks}</span><span class="cp-unseen">{escape(told)}</span>'


def _show_sharing(house: House, viewer: Viewer, names: dict[str, str]) -> None:
    shared = house.rehearsals.shared_with(viewer)
    st.html('<p class="cp-quiet">Only you see this, unless you share it. What was said is never shared.</p>')
    for person in shared:
        with st.container(key=f"shared-progress-{person}", horizontal=True, vertical_alignment="center"):
            st.caption(as_label(f"{names.get(person, 'Somebody')} can see this table"))
            st.button(
                "Withdraw", key=f"withdraw-progress-{person}", type="tertiary", on_click=withdraw,
                args=(house, viewer, person),
            )  # fmt: skip
    coaches = [
        each.id
        for each in house.people.list()
        if each.role == "coach" and each.id not in {*shared, viewer.person_id}
    ]
    if coaches:
        with st.container(key="share-progress", horizontal=True, vertical_alignment="bottom"):
            st.selectbox(
                "Share this table with", coaches, index=None, key=_WHOM, placeholder="A coach",
                format_func=lambda each: names.get(each, each),
            )  # fmt: skip
            st.button("Share", key="share-progress-now", on_click=share, args=(house, viewer, _WHOM))


def show_since(records: list[RehearsalRecord]) -> None:
    """What turned out otherwise than in the last rehearsal of this meeting."""
    record = next((each for each in records if each.id == session().rehearsal.open), None)
    before = last_time(records, record) if record else None
    if record is None or before is None:
        return
    found = changes(checks_of(before), checks_of(record))
    said = [] if found else [f"<p>{escape(phrase('rehearsal', 'since-same'))}</p>"]
    for better, name in ((True, "since-better"), (False, "since-worse")):
        rows = "".join(f"<li>{escape(each.text)}</li>" for each in found if each.better == better)
        said += [f"<p>{escape(phrase('rehearsal', name))}</p><ul>{rows}</ul>"] if rows else []
    day = f"{before.updated_at.astimezone():%d %B}".lstrip("0")
    st.html(f'<p class="cp-label">Last time, {escape(day)}</p><div class="cp-since">{"".join(said)}</div>')
