"""Check-ins: what they say so far, the minute itself, and which were made, late or missing."""

from html import escape

import streamlit as st

from assistant.documents.calendar import MEDIA_TYPE, reminders_ics
from assistant.documents.chart import DARK, Palette, chart, in_a_sentence
from assistant.errors import CounterpartError
from assistant.pilots.checkins import Entered, checked_in, find_check_in, without_check_in
from assistant.pilots.days import read_date, show_date
from assistant.pilots.model import CheckIn, Numbers
from assistant.pilots.reading import Reading, read_pilot_numbers
from assistant.pilots.state import slots
from assistant.pilots.tallies import shown
from assistant.pilots.told import Told, tell
from ui.components.pilots.acts import Desk, clear, desk_state, go, today
from ui.components.richtext import as_label, file_name
from ui.session import set_value, value_of

_MARKS = ("done", "partly", "not done")
_MOODS = {1: "Bad", 2: "Low", 3: "So-so", 4: "Good", 5: "Great"}
_TEXTS = ("numbers", "comparison", "story", "way", "helped", "note", "on")


def show_check_ins(desk: Desk) -> None:
    """The reading, the form, and the days."""
    reading = read_pilot_numbers(desk.pilot, measures=desk.house.measures, today=today())
    if desk.pilot.check_ins:
        show_reading(desk, reading)
    if desk.pilot.decision is None:
        _form(desk)
    _days(desk)


def show_reading(desk: Desk, reading: Reading, *, cannot: bool = True) -> None:
    """The verdict, the picture, and why; application before impact."""
    told: Told = tell(desk.pilot, reading, measures=desk.house.measures)
    name = reading.verdict.replace(" ", "-")
    st.html(f'<p class="cp-verdict cp-{name}" role="status">{escape(told.headline)}</p>')
    dark = st.context.theme.type == "dark"
    drawn = chart(
        desk.pilot,
        reading,
        width="container",
        height=250,
        palette=DARK if dark else Palette(page="transparent"),
    )
    if drawn is not None:
        with st.container(key="pilot-chart"):
            st.altair_chart(drawn, theme=None, width="stretch", key=f"pilot-chart-{desk.record.version}")
        st.html(f'<p class="cp-said">{escape(in_a_sentence(desk.pilot, reading))}</p>')
    st.html(
        _list("What sellers do", told.application)
        + _list("Why it reads so", told.why)
        + _list("What would change it", told.change)
    )
    if told.cannot and cannot:
        with st.expander("What this cannot show", key="pilot-cannot"):
            st.html(_list("", told.cannot))


def _list(title: str, lines: tuple[str, ...]) -> str:
    if not lines:
        return ""
    head = f'<p class="cp-label">{title}</p>' if title else ""
    return head + '<ul class="cp-plain">' + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _form(desk: Desk) -> None:
    state = desk_state()
    editing = state.check_in
    st.subheader(f"Change the check-in {editing}" if editing else "Check in: a minute", anchor=False)
    kind = desk.pilot.outcome.kind
    hint = {"proportion": "12 of 60, or 20% of 60", "time": "120, 95, 180+ (the plus: not there yet)"}.get(
        kind or "", "mean 94 of 8, or a list"
    )
    with st.form("pilot-check-in", border=True):
        st.text_input("Numbers since the last check-in", key="pilot-in-numbers", placeholder=hint)
        if desk.pilot.comparison and desk.pilot.comparison.name:
            st.text_input(
                f"The same in {as_label(desk.pilot.comparison.name)}",
                key="pilot-in-comparison",
                placeholder=hint,
            )
        for at, each in enumerate(desk.pilot.behaviours):
            st.segmented_control(
                as_label(f"Sellers: {each.text}", limit=160), _MARKS, key=f"pilot-in-behaviour-{at}"
            )
        for at, promise in enumerate(desk.pilot.reinforcement):
            st.segmented_control(
                as_label(f"Leaders: {promise.what}", limit=160), _MARKS, key=f"pilot-in-reinforcement-{at}"
            )
        st.text_area("One story", key="pilot-in-story", height=80, placeholder="One call, one rep, one buyer")
        st.segmented_control("It went", ("well", "badly"), key="pilot-in-went")
        st.segmented_control("Mood", list(_MOODS), key="pilot-in-mood", format_func=lambda mood: _MOODS[mood])
        with st.expander("More: a file, what got in the way, another day"):
            st.file_uploader(
                "Numbers as CSV", type=["csv", "txt", "tsv"], key="pilot-in-file", max_upload_size=20
            )
            st.checkbox(
                "These numbers are all since the start, not since the last check-in", key="pilot-in-so-far"
            )
            st.text_input("What got in the way", key="pilot-in-way")
            st.text_input("What helped", key="pilot-in-helped")
            st.text_input("A note", key="pilot-in-note")
            st.text_input("Day, if not today", key="pilot-in-on", placeholder=show_date(today()))
        trouble = state.errors.get("check-in")
        if trouble:
            st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                "Keep the change" if editing else "Check in",
                type="primary",
                key="pilot-in-send",
                on_click=_check_in,
                args=(desk,),
            )
            if editing:
                st.form_submit_button(
                    "Leave it as it was", key="pilot-in-cancel", on_click=_leave, args=(desk,)
                )


def _check_in(desk: Desk) -> None:
    state = desk_state()
    file = value_of("pilot-in-file")
    told = str(value_of("pilot-in-on") or "").strip()
    try:
        day = read_date(told, today=today().replace(month=1, day=1)) if told else today()
    except CounterpartError as error:
        state.errors["check-in"] = error.message
        return
    if state.check_in and not told:
        day = find_check_in(desk.pilot, state.check_in).on
    entered = Entered(
        on=day, by=desk.name, numbers=value_of("pilot-in-numbers"), comparison=value_of("pilot-in-comparison"),
        so_far=bool(value_of("pilot-in-so-far")), file=(file.name, file.getvalue()) if file else None,
        behaviours=_marks("behaviour", len(desk.pilot.behaviours)),
        reinforcement=_marks("reinforcement", len(desk.pilot.reinforcement)),
        story=value_of("pilot-in-story"), story_is="setback" if value_of("pilot-in-went") == "badly" else "success",
        mood=str(value_of("pilot-in-mood") or "") or None, in_the_way=value_of("pilot-in-way"),
        helped=value_of("pilot-in-helped"), note=value_of("pilot-in-note"),
    )  # fmt: skip
    replaces = state.check_in
    change = lambda pilot: checked_in(pilot, entered, today=today(), replaces=replaces)  # noqa: E731  # short
    if desk.change(
        change, f"Changed check-in {replaces}" if replaces else "Checked in", where="check-in", undo=True
    ):
        _leave(desk)
        state.notice = "Kept. Thank you."


def _marks(name: str, count: int) -> dict[str, str]:
    chosen = {str(at + 1): value_of(f"pilot-in-{name}-{at}") for at in range(count)}
    return {at: mark for at, mark in chosen.items() if mark}


def _leave(desk: Desk) -> None:
    """An empty form."""
    desk_state().check_in = None
    desk_state().errors.pop("check-in", None)
    clear(*(f"pilot-in-{name}" for name in _TEXTS))
    set_value("pilot-in-so-far", False)
    for name in ("went", "mood", *(f"behaviour-{at}" for at in range(len(desk.pilot.behaviours))),
                 *(f"reinforcement-{at}" for at in range(len(desk.pilot.reinforcement)))):  # fmt: skip
        set_value(f"pilot-in-{name}", None)


def _days(desk: Desk) -> None:
    """Every check-in that was made, is due or is missing, the newest first."""
    found = slots(desk.pilot, today=today())
    st.subheader("All check-ins", anchor=False)
    missing = [slot for slot in found if slot.state == "missing"]
    if missing:
        st.html(
            f'<p class="cp-problem">Missing: {escape(", ".join(show_date(slot.due) for slot in missing))}</p>'
        )
    late = {slot.check_in.id: slot.due for slot in found if slot.state == "late" and slot.check_in}
    for each in sorted(desk.pilot.check_ins, key=lambda c: (c.on, c.id), reverse=True):
        _made(desk, each, late.get(each.id))
    ahead = next((slot for slot in found if slot.state in {"ahead", "due"}), None)
    if ahead is not None:
        st.html(f'<p class="cp-quiet">Next: {escape(show_date(ahead.due))}</p>')
    try:
        made = reminders_ics(desk.pilot, pilot_id=desk.record.id, today=today())
    except CounterpartError:
        if not desk.pilot.check_ins:
            st.html(
                '<p class="cp-quiet">With a start and an end in the scope, the days stand here and go into a calendar.</p>'
            )
            st.button("To the scope", key="pilot-days-scope", type="tertiary", on_click=go, args=("Scope",))
        return
    st.download_button("Reminders for my calendar", data=lambda: made, mime=MEDIA_TYPE, key="pilot-ics", icon=":material/event:",
                       file_name=file_name(desk.pilot.title, "ics"), on_click="ignore")  # fmt: skip


def _made(desk: Desk, each: CheckIn, late: object) -> None:
    with st.container(key=f"pilot-made-{each.id}", border=True):
        counted = ", ".join(shown(n for n in each.numbers if n.which == "pilot"))
        marks = [f"{name}: {mark}" for name, mark in {**each.behaviours, **each.reinforcement}.items()]
        mood = _MOODS[each.mood].lower() if each.mood else ""
        facts = " · ".join(
            filter(None, (each.by, counted, f"mood: {mood}" if mood else "", "late" if late else ""))
        )
        words = "".join(
            f'<p dir="auto">{escape(text)}</p>'
            for text in (each.story, each.in_the_way, each.helped, each.note)
            if text
        )
        st.html(f'<p class="cp-held">{escape(show_date(each.on))}</p><p class="cp-quiet" dir="auto">{escape(facts)}</p>{words}'
                + (f'<p class="cp-quiet">{escape("; ".join(marks))}</p>' if marks else ""))  # fmt: skip
        if desk.pilot.decision is None:
            with st.container(horizontal=True, gap="small"):
                st.button(
                    "Change", key=f"pilot-edit-{each.id}", type="tertiary", on_click=_edit, args=(desk, each)
                )
                st.button(
                    "Take back",
                    key=f"pilot-drop-{each.id}",
                    type="tertiary",
                    on_click=_drop,
                    args=(desk, each.id),
                )


def _edit(desk: Desk, each: CheckIn) -> None:
    _leave(desk)
    desk_state().check_in = each.id
    for which, name in (("pilot", "numbers"), ("comparison", "comparison")):
        set_value(f"pilot-in-{name}", "; ".join(shown(_of(each.numbers, which))))
    for name, value in (
        ("story", each.story),
        ("way", each.in_the_way),
        ("helped", each.helped),
        ("note", each.note),
    ):
        set_value(f"pilot-in-{name}", value or "")
    set_value("pilot-in-so-far", any(n.so_far for n in each.numbers))
    set_value("pilot-in-went", None if not each.story else "badly" if each.story_is == "setback" else "well")
    set_value("pilot-in-mood", each.mood)
    for at, behaviour in enumerate(desk.pilot.behaviours):
        set_value(f"pilot-in-behaviour-{at}", each.behaviours.get(behaviour.text))
    for at, promise in enumerate(desk.pilot.reinforcement):
        set_value(f"pilot-in-reinforcement-{at}", each.reinforcement.get(promise.what))


def _of(numbers: tuple[Numbers, ...], which: str) -> list[Numbers]:
    return [each for each in numbers if each.which == which]


def _drop(desk: Desk, check_in: str) -> None:
    desk.change(lambda pilot: without_check_in(pilot, check_in), f"Took check-in {check_in} back", undo=True)
