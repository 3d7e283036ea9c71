"""Which meeting to rehearse: the list, the brief of one, and what was rehearsed before."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

import streamlit as st

from assistant.bootstrap import House
from assistant.records import RehearsalRecord
from assistant.rehearsal.room import level_of
from assistant.rehearsal.scenario import LEVELS, Scenario
from knowledge.store.access import Viewer
from ui.components.rehearsal_desk import begin, choose, delete, open_rehearsal, restore
from ui.components.rehearsal_progress import show_progress
from ui.components.remembered import show_remembered
from ui.components.richtext import as_label
from ui.session import session, set_value, value_of

CHAIRS = {"learning-executive": "Learning executive", "sales-vp": "Sales VP"}
KINDS = {
    "first-meeting": "First meetings", "request": "Requests", "check-in": "Check-ins", "trouble": "Trouble",
    "ending": "Endings", "custom": "Your own",
}  # fmt: skip
OUTCOMES = {"agreed": "agreed", "good_ending": "ended well", "no_agreement": "no agreement"} | {
    "walked_out": "walked out",
    None: "paused",
}
_EARLIER = 12


def show_meetings(house: House, viewer: Viewer) -> None:
    """All meetings of one chair, and what was played before."""
    scenarios = house.room.scenarios.all()
    _show_earlier(house, viewer, {each.id: each for each in scenarios})
    show_progress(house, viewer)
    if value_of("rehearse-chair") is None:
        set_value("rehearse-chair", session().rehearsal.chair or _own_chair(house, viewer))
    st.segmented_control(
        "Your chair",
        tuple(CHAIRS),
        key="rehearse-chair",
        format_func=lambda name: CHAIRS[name],
        required=True,
    )
    chair = value_of("rehearse-chair")
    session().rehearsal.chair = chair
    for kind, meetings in groupby((one for one in scenarios if one.seat == chair), key=lambda one: one.kind):
        st.html(f'<h2 class="cp-kind">{escape(KINDS[kind])}</h2>')
        for each in meetings:
            _show_meeting(each)
    for fault in house.room.scenarios.faults():
        st.html(f'<div class="cp-trouble" role="status">{escape(fault.message)}</div>')


def _show_meeting(each: Scenario) -> None:
    with st.container(key=f"meeting-{each.id}", gap=None):
        st.button(
            as_label(each.title, limit=120), key=f"choose-{each.id}", type="tertiary", on_click=choose,
            args=(each.id,),
        )  # fmt: skip
        about = f"{each.counterpart.name} · {each.minutes} minutes"
        st.html(f'<p class="cp-quiet">{escape(about)}<br>{escape(each.description)}</p>')


def show_brief(house: House, viewer: Viewer, scenario: Scenario) -> None:
    """What the learner knows before the meeting, how hard it shall be, and the way in."""
    st.button(
        "All meetings",
        key="rehearse-back",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=choose,
        args=(None,),
    )
    st.title(scenario.title, anchor=False)
    st.html(f'<p class="cp-lead">{escape(scenario.brief)}</p>')
    st.html(
        '<dl class="cp-facts">'
        f"<dt>For you</dt><dd>{escape(scenario.stakes.learner)}</dd>"
        f"<dt>For {escape(scenario.counterpart.name)}</dt><dd>{escape(scenario.stakes.counterpart)}</dd></dl>"
    )
    show_remembered(house.recall(viewer).in_mind)
    if value_of("rehearse-level") is None:
        set_value("rehearse-level", "normal")
    st.segmented_control("How hard", LEVELS, key="rehearse-level", format_func=str.capitalize, required=True)
    level = level_of(str(value_of("rehearse-level") or "normal"))
    rules = scenario.levels[level]
    st.html(f'<p class="cp-quiet">{escape(rules.what)} {scenario.minutes_at(level)} minutes.</p>')
    st.button(
        "Begin",
        key="rehearse-begin",
        type="primary",
        on_click=begin,
        args=(house, viewer, scenario.id, level),
    )


def _own_chair(house: House, viewer: Viewer) -> str:
    role = next((each.role for each in house.people.list() if each.id == viewer.person_id), None)
    return role if role in CHAIRS else "learning-executive"


def _show_earlier(house: House, viewer: Viewer, scenarios: dict[str, Scenario]) -> None:
    gone = session().rehearsal.gone
    if gone:
        with st.container(key="undo-rehearsal", horizontal=True, vertical_alignment="center"):
            st.caption("Deleted.")
            st.button(
                "Undo", key="rehearsal-undo", type="tertiary", on_click=restore, args=(house, viewer, gone)
            )
    played = [each for each in house.rehearsals.list(viewer) if each.scenario in scenarios and each.lines]
    if not played:
        return
    with st.expander(_summary(played), key="earlier-rehearsals"):
        for each in played[:_EARLIER]:
            _show_row(house, viewer, each, scenarios[each.scenario])


def _summary(played: Sequence[RehearsalRecord]) -> str:
    well = sum(each.outcome in {"agreed", "good_ending"} for each in played)
    paused = sum(each.outcome is None for each in played)
    told = f"Rehearsed before: {len(played)}, {well} of them ended well"
    return told + (f", {paused} paused" if paused else "")


def _show_row(house: House, viewer: Viewer, each: RehearsalRecord, scenario: Scenario) -> None:
    with st.container(
        key=f"held-rehearsal-{each.id}", horizontal=True, vertical_alignment="center", wrap=False
    ):
        st.button(
            as_label(scenario.title, limit=70), key=f"open-rehearsal-{each.id}", type="tertiary", width="stretch",
            on_click=open_rehearsal, args=(each.id,),
        )  # fmt: skip
        day = f"{each.updated_at.astimezone():%d %b}".lstrip("0")
        st.html(
            f'<p class="cp-quiet">{escape(f"{OUTCOMES[each.outcome]} · {each.level} · {day}")}</p>',
            width="content",
        )
        st.button(
            "Delete",
            key=f"delete-rehearsal-{each.id}",
            type="tertiary",
            on_click=delete,
            args=(house, viewer, each.id),
        )
