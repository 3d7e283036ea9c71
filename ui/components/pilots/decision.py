"""The decision: what the reading suggests, the four choices, and what was learnt."""

from html import escape

import streamlit as st

from assistant.errors import CounterpartError
from assistant.pilots.days import read_date, show_date
from assistant.pilots.decide import CHOICES, choice_of, decide, next_pilot, note, reopened
from assistant.pilots.model import Decision
from assistant.pilots.reading import read_pilot_numbers
from assistant.pilots.report import ask
from assistant.pilots.told import headline
from ui.components.pilots.acts import Desk, desk_state, open_pilot, today
from ui.session import value_of


def show_decision(desk: Desk) -> None:
    """What was decided, or the form for it."""
    if desk.pilot.decision is not None:
        _decided(desk, desk.pilot.decision)
    else:
        _form(desk)
    for each in reversed(desk.pilot.decisions):
        st.html(
            f'<p class="cp-quiet">Earlier: {escape(each.choice)}, {escape(show_date(each.on))}. {escape(each.why or each.change or "")}</p>'
        )


def _form(desk: Desk) -> None:
    reading = read_pilot_numbers(desk.pilot, measures=desk.house.measures, today=today())
    st.html(f'<p class="cp-verdict cp-{reading.verdict.replace(" ", "-")}">{escape(headline(desk.pilot, reading))}</p>'
            f'<p>{escape(ask(desk.pilot, reading, today=today()))}</p>')  # fmt: skip
    if desk.pilot.rules.stop:
        st.html(f'<p class="cp-quiet">Agreed at the start: {escape(desk.pilot.rules.stop)}</p>')
    st.segmented_control("What is decided?", CHOICES, key="pilot-choice", format_func=str.capitalize)
    choice = value_of("pilot-choice")
    if choice is None:
        return
    with st.form("pilot-decide", border=True):
        st.text_input("Why, in a line", key="pilot-why")
        if choice == "scale":
            st.text_input(
                "Which one team next?", key="pilot-next-group", placeholder="The team that asked for it"
            )
        if choice == "change":
            st.text_input("What one thing changes?", key="pilot-what-changes")
        if choice in {"carry on", "change"}:
            st.text_input("Until when?", key="pilot-until", placeholder="End of Q3")
        st.text_area("What was learnt? One a line", key="pilot-learnt", height=110,
                     placeholder="What would you tell the next team that tries it?")  # fmt: skip
        trouble = desk_state().errors.get("decision")
        if trouble:
            st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')
        st.form_submit_button(
            f"Decide: {choice}",
            key="pilot-decide-send",
            type="primary",
            on_click=_decide,
            args=(desk, str(choice)),
        )


def _decide(desk: Desk, choice: str) -> None:
    state = desk_state()
    until = str(value_of("pilot-until") or "").strip()
    try:
        end = read_date(until, today=today()) if until else None
    except CounterpartError as error:
        state.errors["decision"] = error.message
        return
    learnt = tuple(str(value_of("pilot-learnt") or "").splitlines())
    kept = desk.change(
        lambda pilot: decide(pilot, choice_of(choice), on=today(), by=desk.name, why=value_of("pilot-why"),
                             next_group=value_of("pilot-next-group"), change=value_of("pilot-what-changes"), learnt=learnt, until=end),
        f"Decided: {choice}", where="decision",
    )  # fmt: skip
    if kept:
        state.notice = f"Decided: {choice}."
        try:
            desk.house.keep_learnt(desk.viewer, desk.house.pilots.get(desk.viewer, desk.record.id))
        except CounterpartError as error:
            state.errors["page"] = (
                f"The decision is kept; what was learnt is not a story yet: {error.message}"
            )


def _decided(desk: Desk, made: Decision) -> None:
    st.html(f'<p class="cp-verdict">{escape(made.choice.capitalize())}, {escape(show_date(made.on))}</p>')
    facts = [("By", made.by), ("Why", made.why), ("Next team", made.next_group)]
    rows = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
    learnt = "".join(f"<li>{escape(line)}</li>" for line in made.learnt)
    st.html(
        f'<dl class="cp-facts">{rows}</dl>'
        + (f'<p class="cp-label">What was learnt</p><ul class="cp-plain">{learnt}</ul>' if learnt else "")
    )
    if made.stories:
        st.html(
            f'<p class="cp-quiet">Kept as {len(made.stories)} stories, which answers may tell later: {escape(note(desk.pilot))}</p>'
        )
    with st.container(horizontal=True, gap="small"):
        if made.next_group:
            st.button(
                "Begin the next team's pilot",
                key="pilot-next",
                type="primary",
                on_click=_next,
                args=(desk, made.next_group),
            )
        st.button("Open it again", key="pilot-reopen", type="tertiary", on_click=_reopen, args=(desk,))


def _reopen(desk: Desk) -> None:
    desk.change(reopened, "Opened again")


def _next(desk: Desk, group: str) -> None:
    try:
        record = desk.house.pilots.create(
            desk.viewer, next_pilot(desk.pilot, group), about=f"Follows on {desk.pilot.title}"
        )
    except CounterpartError as error:
        desk_state().errors["page"] = error.message
        return
    open_pilot(record.id)
