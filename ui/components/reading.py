"""How a question was read, for whoever wants to know, and a form to put it right."""

from collections.abc import Callable

import streamlit as st

from assistant.advice.answer import Answer, Corrections, Shape, Understood
from assistant.advice.making import FACT_NAMES, tag_words
from assistant.bootstrap import House
from knowledge.slots import Pronoun
from knowledge.store.access import Viewer
from ui.components.richtext import definition_list
from ui.components.unsent import drop_words, keep_words, words_wait
from ui.components.words import ROLE_NAMES
from ui.session import value_of

_SHAPES: dict[Shape, str] = {
    "advice": "advice",
    "words": "words to say",
    "message": "a message to send",
    "questions": "questions to ask",
    "objection": "an answer to something they say",
    "plan": "a plan for a meeting",
    "yes-no": "a yes or a no",
    "either-or": "a choice between two",
    "pilot": "a pilot",
    "metric": "something to measure",
    "story": "a story",
    "why": "the reason behind something",
}
_SETTINGS = {
    "hallway": "in passing",
    "ten-minutes": "a short slot",
    "thirty-minutes": "a meeting",
    "email": "in writing",
}

_PRONOUNS: dict[Pronoun, str] = {"they": "they", "he": "he", "she": "she"}


_TYPED = ("group", "metric", "outcome", "date")


def show_how_read(
    house: House,
    viewer: Viewer,
    answer: Answer,
    *,
    message_id: str,
    correct: Callable[[Corrections], None] | None,
) -> None:
    """What was understood; with `correct`, it can be put right."""
    fields = [f"correct-{name}-{message_id}" for name in _TYPED]
    begun = correct is not None and any(words_wait(house, viewer, field) for field in fields)
    with st.container(key=f"read-{message_id}"), st.expander("How I read it", expanded=begun):
        st.html(definition_list(_reading(answer.understood)))
        if correct is not None:
            facts = answer.understood.facts
            for field, said in zip(
                fields, (facts.group, facts.metric, facts.outcome, facts.date), strict=True
            ):
                keep_words(house, viewer, field, said or "")

            def send(corrections: Corrections) -> None:
                correct(corrections)
                drop_words(house, viewer, *fields)

            _correct(answer.understood, message_id=message_id, correct=send)


def _correct(read: Understood, *, message_id: str, correct: Callable[[Corrections], None]) -> None:
    with st.form(f"correct-{message_id}", border=False):
        st.caption("Read wrongly? Put it right.")
        st.selectbox(
            "You want",
            list(_SHAPES),
            index=list(_SHAPES).index(read.shape),
            format_func=lambda name: _SHAPES[name],
            key=f"correct-shape-{message_id}",
        )
        with st.container(horizontal=True):
            st.text_input("Group", max_chars=80, key=f"correct-group-{message_id}")
            st.text_input("Number", max_chars=80, key=f"correct-metric-{message_id}")
        st.text_input("Outcome", max_chars=200, key=f"correct-outcome-{message_id}")
        with st.container(horizontal=True):
            st.text_input("By when", max_chars=80, key=f"correct-date-{message_id}")
            st.selectbox(
                "Your counterpart is",
                list(_PRONOUNS),
                index=list(_PRONOUNS).index(read.pronoun),
                key=f"correct-pronoun-{message_id}",
            )
        st.form_submit_button(
            "Answer with this",
            key=f"correct-send-{message_id}",
            on_click=lambda: correct(_corrections(read, message_id)),
        )


def _corrections(read: Understood, message_id: str) -> Corrections:
    def said(name: str) -> str:
        return str(value_of(f"correct-{name}-{message_id}") or "")

    return Corrections(
        shape=value_of(f"correct-shape-{message_id}") or read.shape,
        pronoun=value_of(f"correct-pronoun-{message_id}") or read.pronoun,
        group=said("group"),
        metric=said("metric"),
        outcome=said("outcome"),
        date=said("date"),
    )


def _reading(understood: Understood) -> list[tuple[str, str]]:
    rows = [("Asked as", ROLE_NAMES[understood.role]), ("Looking for", _SHAPES[understood.shape])]
    if understood.standalone.strip() != understood.question.strip():
        rows.append(("Taken to mean", understood.standalone))
    if understood.setting:
        minutes = f", {understood.minutes} minutes" if understood.minutes else ""
        rows.append(("For", f"{_SETTINGS[understood.setting]}{minutes}"))
    rows += [
        (FACT_NAMES.get(name, name).capitalize(), _by_whom(value, name, understood))
        for name, value in understood.facts.known().items()
    ]
    if understood.tried:
        tried = (_by_whom(tag_words(tag), f"tried:{tag}", understood) for tag in understood.tried)
        rows.append(("Already tried", ", ".join(tried)))
    if understood.unwanted:
        rows.append(("Not wanted", ", ".join(map(tag_words, understood.unwanted))))
    if understood.pronoun_note:
        before, _, now = understood.pronoun_note.partition("/")
        rows.append(("Your counterpart", f"“{before}” before, taken as “{now}” now"))
    if understood.further_questions:
        rows.append(("Left for later", " ".join(understood.further_questions)))
    return rows


def _by_whom(value: str, part: str, understood: Understood) -> str:
    return f"{value} (read by the chat model)" if part in understood.from_model else value
