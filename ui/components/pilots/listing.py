"""All pilots with their state, and the line that begins a new one."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.pilots.brief import Interview
from assistant.pilots.model import Pilot
from assistant.pilots.reply import short_form
from assistant.pilots.state import at_a_glance
from assistant.records import Person, PilotRecord
from knowledge.store.access import Viewer
from ui.components.pilots.acts import clear, desk_state, open_pilot, today
from ui.components.pilots.words import EMPTY, LEAD, STATES
from ui.components.remembered import show_remembered
from ui.components.richtext import as_label
from ui.session import set_value, value_of


def show_list(house: House, viewer: Viewer, person: Person) -> None:
    """The page without a pilot open."""
    st.title("Pilots", anchor=False)
    st.html(f'<p class="cp-lead">{LEAD}</p>')
    records = house.pilots.list(viewer)
    _begin(house, viewer, person, first=not records)
    _undo(house, viewer)
    if not records:
        st.html(f'<p class="cp-quiet">{EMPTY}</p>')
        return
    measures, day = house.measures, today()
    for record in records:
        with st.container(key=f"pilot-row-{record.id}", border=True):
            glance = at_a_glance(record.pilot, measures=measures, today=day)
            st.button(as_label(record.pilot.title, limit=90), key=f"pilot-open-{record.id}", type="tertiary",
                      on_click=open_pilot, args=(record.id,))  # fmt: skip
            missing = f" · {len(glance['missing'])} check-in missing" if glance["missing"] else ""
            facts = f"{STATES[glance['state']]} · {glance['check_ins']} check-ins{missing}"
            st.html(
                f'<p class="cp-pilot-line" dir="auto">{escape(glance["statement"])}</p>'
                f'<p class="cp-quiet"><span class="cp-state cp-state-{glance["state"]}">{escape(facts)}</span>'
                f"<br>Next: {escape(glance['next'])}</p>"
            )


def _begin(house: House, viewer: Viewer, person: Person, *, first: bool) -> None:
    with st.form("pilot-begin", border=True):
        st.text_input("What should be different?", key="pilot-wish", placeholder="Ramp new hires faster")
        with st.container(horizontal=True, gap="small"):
            st.text_input(
                "Which one team? (if you know)", key="pilot-wish-group", placeholder="The March class"
            )
            st.text_input("By when? (if you know)", key="pilot-wish-by", placeholder="End of June")
        st.form_submit_button("Begin a pilot", key="pilot-wish-send", type="primary" if first else "secondary",
                              on_click=_begun, args=(house, viewer, person))  # fmt: skip
    _from_memory(house, viewer)
    trouble = desk_state().errors.get("begin")
    if trouble:
        st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')


def _from_memory(house: House, viewer: Viewer) -> None:
    """What the pair told already, offered to begin with."""
    memory = house.recall(viewer)
    wanted = next((source for name, _, source in memory.facts if source.kind == "outcome"), None)
    if wanted is None or any(
        wanted.words in (each.pilot.problem or each.pilot.title) for each in house.pilots.list(viewer)
    ):
        return
    show_remembered([wanted])
    st.button(
        "Begin with that",
        key="pilot-wish-known",
        on_click=_use_known,
        args=(wanted.words, memory.value("group")),
    )


def _use_known(wish: str, group: str | None) -> None:
    set_value("pilot-wish", wish)
    set_value("pilot-wish-group", group or "")


def _begun(house: House, viewer: Viewer, person: Person) -> None:
    wish = str(value_of("pilot-wish") or "").strip()
    if not wish:
        desk_state().errors["begin"] = "Say in a line what should be different."
        return
    interview = Interview(house.measures, today(), house.people.role_of(viewer), person.name)
    group, by = str(value_of("pilot-wish-group") or ""), str(value_of("pilot-wish-by") or "")
    wish = wish[:1].upper() + wish[1:]
    title = wish if len(wish) <= 80 else f"{wish[:79].rsplit(' ', 1)[0]}…"
    try:
        made = short_form(Pilot(title=title), outcome=wish, group=group, by=by, interview=interview)
        record = house.pilots.create(viewer, made, about="Begun from a wish")
    except CounterpartError as error:
        desk_state().errors["begin"] = error.message
        return
    clear("pilot-wish", "pilot-wish-group", "pilot-wish-by")
    open_pilot(record.id)


def remove(house: House, viewer: Viewer, record: PilotRecord) -> None:
    """Take a pilot out of sight; the list offers to bring it back."""
    try:
        house.pilots.delete(viewer, record.id)
    except CounterpartError as error:
        desk_state().errors["page"] = error.message
        return
    open_pilot(None)
    desk_state().undo = (record.id, 0, record.pilot, "removed")


def _undo(house: House, viewer: Viewer) -> None:
    gone = desk_state().undo
    if gone is None or gone[3] != "removed":
        return
    with st.container(key="pilot-undo-remove", horizontal=True, vertical_alignment="center"):
        st.caption(f"Removed: {as_label(gone[2].title, limit=60)}")
        st.button(
            "Undo", key="pilot-restore", type="tertiary", on_click=_restore, args=(house, viewer, gone[0])
        )


def _restore(house: House, viewer: Viewer, pilot_id: str) -> None:
    desk_state().undo = None
    try:
        house.pilots.restore(viewer, pilot_id)
    except CounterpartError as error:
        desk_state().errors["begin"] = error.message
