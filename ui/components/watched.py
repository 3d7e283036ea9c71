"""A coach's view of the pairs that asked them in: what is shown, promises kept, the mirror, where it is stuck."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.home.home import Watched
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.pilots.acts import today
from ui.components.richtext import definition_list
from ui.components.words import SHARE_NAMES
from ui.session import session, value_of


def show_watched(house: House, viewer: Viewer) -> bool:
    """Every pair of this coach; without one, how to be asked in."""
    pairs = house.watched(viewer, today=today())
    show_top()
    if not pairs:
        st.html(f'<p class="cp-quiet">{escape(phrase("home", "first-coach-page"))}</p>')
        return False
    st.title("Your pairs", anchor=False)
    st.html(
        '<p class="cp-lead">Only what the two show you. For their work together, never for a judgement of either.</p>'
    )
    for each in pairs:
        with st.container(key=f"watched-{each.pair_id}", border=True):
            _pair(house, viewer, each)
    return True


def show_top() -> None:
    """Where the page begins: one with a chat input would open at its end."""
    st.html('<div class="cp-turn" data-turn="waits"></div>')
    session().newest = "waits"


def _pair(house: House, viewer: Viewer, watched: Watched) -> None:
    st.subheader(" and ".join(name[:1].upper() + name[1:] for name in watched.names), anchor=False)
    shown = ", ".join(SHARE_NAMES[each].lower() for each in watched.sees) or "particular things only"
    st.html(f'<p class="cp-quiet">You are shown: {escape(shown)}.</p>')
    if watched.empty:
        st.html(f'<p class="cp-held">{escape(phrase("home", "shows-nothing"))}</p>')
    else:
        st.html(definition_list(_facts(watched)))
    for at, line in enumerate(watched.lines):
        _line(house, viewer, watched, at, line, stuck=at < len(watched.stuck))
    _given(house, viewer, watched)
    if trouble := session().home.trouble.get(f"assign-{watched.pair_id}"):
        st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')


def _facts(watched: Watched) -> list[tuple[str, str]]:
    counts = phrase(
        "home", "counts-page", kept=str(watched.kept), broken=str(watched.broken), moved=str(watched.moved),
        open=str(len(watched.open)),
    )  # fmt: skip
    facts = [("Promises", counts)] if "promises" in watched.sees else []
    if watched.mirror:
        facts += [
            ("Learning writes", f"“{watched.mirror.learning.words}”"),
            ("The VP writes", f"“{watched.mirror.vp.words}”"),
        ]
    return facts


def _line(house: House, viewer: Viewer, watched: Watched, at: int, line: str, *, stuck: bool) -> None:
    """From any line a question or a meeting to rehearse is given to one of the two."""
    name = f"{watched.pair_id}-{at}"
    with st.container(
        key=f"watched-line-{name}", horizontal=True, gap="small", vertical_alignment="center", wrap=False
    ):
        st.html(f'<p class="{"cp-held" if stuck else "cp-quiet"}" dir="auto">{escape(line)}</p>')
        if watched.people:
            with st.popover("Give", key=f"watched-give-{name}"):
                _give(house, viewer, watched, name, line)


def _give(house: House, viewer: Viewer, watched: Watched, name: str, line: str) -> None:
    people = {each.id: each for each in watched.people}
    st.segmented_control(
        "To", list(people), key=f"watched-to-{name}", default=next(iter(people)), required=True,
        format_func=lambda each: people[each].name,
    )  # fmt: skip
    st.text_area("In your words", key=f"watched-words-{name}", value=line, height=90)
    st.button(
        "As a question", key=f"watched-question-{name}", on_click=_assign,
        args=(house, viewer, watched, (name, line)),
    )  # fmt: skip
    chosen = people.get(str(value_of(f"watched-to-{name}")), watched.people[0])
    meetings = {each.id: each.title for each in house.room.scenarios.all() if each.seat == chosen.role}
    st.selectbox(
        "A meeting to rehearse", list(meetings), key=f"watched-meeting-{name}-{chosen.role}", index=None,
        format_func=lambda each: meetings.get(each, each), placeholder="Choose one",
    )  # fmt: skip
    st.button(
        "To rehearse", key=f"watched-rehearsal-{name}", on_click=_assign,
        args=(house, viewer, watched, (name, line), True),
    )  # fmt: skip


def _assign(
    house: House, viewer: Viewer, watched: Watched, place: tuple[str, str], rehearsal: bool = False
) -> None:
    name, line = place
    trouble, where = session().home.trouble, f"assign-{watched.pair_id}"
    trouble.pop(where, None)
    person = str(value_of(f"watched-to-{name}") or watched.people[0].id)
    role = next(each.role for each in watched.people if each.id == person)
    meeting = value_of(f"watched-meeting-{name}-{role}") if rehearsal else None
    if rehearsal and meeting is None:
        trouble[where] = "Choose first which meeting to rehearse."
        return
    try:
        house.assign(
            viewer, house.pairs.pair(viewer, watched.pair_id), [person],
            str(value_of(f"watched-words-{name}") or ""), scenario=meeting, about=line,
        )  # fmt: skip
    except CounterpartError as error:
        trouble[where] = error.message


def _given(house: House, viewer: Viewer, watched: Watched) -> None:
    """What was given, and whether it is done; what is open can be taken back."""
    if not watched.given:
        return
    titles = {each.id: each.title for each in house.room.scenarios.all()}
    st.html('<p class="cp-label">What you gave them</p>')
    for task in watched.given[:12]:
        with st.container(
            key=f"given-{task.id}", horizontal=True, gap="small", vertical_alignment="center", wrap=False
        ):
            state = "done" if task.done_at else "open"
            what = f"{task.words} (rehearse “{titles.get(task.scenario, task.scenario)}”)" if task.scenario else task.words  # fmt: skip
            st.html(
                f'<p class="cp-quiet" dir="auto">{escape(task.for_person.name)}, {state}: {escape(what)}</p>'
            )
            if not task.done_at:
                st.button(
                    "Take back", key=f"take-back-{task.id}", type="tertiary", on_click=_take_back,
                    args=(house, viewer, watched, task.id),
                )  # fmt: skip


def _take_back(house: House, viewer: Viewer, watched: Watched, task_id: str) -> None:
    try:
        house.coaching.take_back(viewer, task_id)
    except CounterpartError as error:
        session().home.trouble[f"assign-{watched.pair_id}"] = error.message
