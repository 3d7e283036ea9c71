"""What a coach gave somebody, on their first page: a question to ask here, a meeting to rehearse, and “Done”."""

from html import escape

import streamlit as st

from assistant.bootstrap import House
from assistant.errors import CounterpartError
from assistant.home.home import Home
from assistant.pair.coaching import Task
from knowledge.store.access import Viewer
from prompts import phrase
from ui.components.asking import Ask
from ui.components.rehearsal_desk import choose
from ui.session import session


def show_tasks(house: House, viewer: Viewer, found: Home, ask: Ask) -> None:
    """Each until it is done."""
    for task in found.tasks:
        with st.container(key=f"task-{task.kind}-{task.id}", gap="xsmall"):
            st.html(f'<p class="cp-promise" dir="auto">{escape(_words(house, task))}</p>')
            if task.about and task.about != task.words:
                st.html(f'<p class="cp-quiet" dir="auto">About: {escape(task.about)}</p>')
            with st.container(horizontal=True, gap="small"):
                if task.scenario:
                    st.button("Rehearse it", key=f"task-open-{task.id}", on_click=_rehearse, args=(task,))
                else:
                    st.button(
                        "Ask it here",
                        key=f"task-open-{task.id}",
                        on_click=_ask,
                        args=(house, viewer, task, ask),
                    )
                st.button(
                    "Done", key=f"task-done-{task.id}", type="tertiary", on_click=_done, args=(house, viewer, task)
                )  # fmt: skip
    if trouble := session().home.trouble.get("task"):
        st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')


def _words(house: House, task: Task) -> str:
    if task.scenario is None:
        return phrase("home", "task-question", coach=task.coach.name, words=task.words)
    known = {each.id: each.title for each in house.room.scenarios.all()}
    title = known.get(task.scenario, task.scenario)
    return phrase("home", "task-rehearsal", coach=task.coach.name, title=title, words=task.words)


def _rehearse(task: Task) -> None:
    choose(task.scenario)
    session().go_to_rehearsal = True


def _ask(house: House, viewer: Viewer, task: Task, ask: Ask) -> None:
    ask(task.words)
    if session().answering is not None:
        _done(house, viewer, task)


def _done(house: House, viewer: Viewer, task: Task) -> None:
    try:
        house.coaching.done(viewer, task.id)
        session().home.trouble.pop("task", None)
    except CounterpartError as error:
        session().home.trouble["task"] = error.message
