"""A conversation on the page: what was said, what is being answered, and where the next question is typed."""

from html import escape

import streamlit as st

from assistant.advice.answer import Answer
from assistant.advice.conversation import answer_of, ask
from assistant.bootstrap import House
from assistant.errors import CounterpartError, NotFoundError
from assistant.records import Conversation, Message
from knowledge.cards import Role
from knowledge.store.access import Viewer
from ui.components.answer import copy_button, show_answer, show_how_read, show_next
from ui.components.menu import show_menu
from ui.components.richtext import text_html
from ui.components.source import show_source
from ui.components.start import show_start
from ui.components.words import OPENINGS
from ui.house import current_viewer, open_house
from ui.session import role_or, session, value_of, write_address

LONGEST_QUESTION = 4000


def show_talk() -> None:
    """The whole page of the coach."""
    house = open_house()
    viewer = current_viewer(house)
    conversation = _conversation(house, viewer)
    role = _role(house, viewer, conversation)
    messages = house.conversations.messages(viewer, conversation.id) if conversation else []
    answers = {m.id: answer for m in messages if (answer := answer_of(m))}
    write_address(c=conversation.id if conversation else None)
    st.chat_input(
        OPENINGS[role].placeholder,
        key="ask",
        max_chars=LONGEST_QUESTION,
        submit_mode="stop",
        on_submit=_typed,
    )
    if conversation is None and session().question is None:
        show_start(role)
    if conversation:
        show_menu(house, viewer, conversation, messages)
        _show_messages(house, viewer, conversation, messages, answers)
    if session().question is not None:
        _answer(house, viewer, conversation, role)
    _show_trouble()
    show_source(answers)


def put_question(question: str) -> None:
    """Have this asked as soon as the page is drawn."""
    session().question = question
    session().source = session().trouble = None


def _typed() -> None:
    question = (value_of("ask") or "").strip()
    if question:
        put_question(question)


def _conversation(house: House, viewer: Viewer) -> Conversation | None:
    wanted = session().conversation_id
    if wanted is None:
        return None
    try:
        return house.conversations.get(viewer, wanted)
    except NotFoundError:
        session().open_conversation(None)
        session().trouble = (
            "That conversation is not here: it was deleted, or it belongs to somebody else. "
            "You can start a new one."
        )
        return None


def _role(house: House, viewer: Viewer, conversation: Conversation | None) -> Role:
    if conversation:
        return role_or(conversation.role, "learning-executive")
    person = next((p for p in house.people.list() if p.id == viewer.person_id), None)
    return session().role or role_or(person.role if person else None, "learning-executive")


def _show_messages(
    house: House,
    viewer: Viewer,
    conversation: Conversation,
    messages: list[Message],
    answers: dict[str, Answer],
) -> None:
    hidden = len(messages) - session().shown
    if hidden > 0 and st.button(f"Show {min(hidden, 40)} earlier messages", key="earlier", type="tertiary"):
        session().shown += 40
        st.rerun()
    shown = messages[-session().shown :]
    for message in shown:
        last = message is messages[-1]
        if message.author == "user":
            _show_question(message)
        else:
            _show_answer(message, answers.get(message.id), last=last)
    if shown and session().question is None:
        _offer_unanswered(house, viewer, conversation)


def _show_question(message: Message) -> None:
    with st.container(key=f"question-{message.id}"):
        st.html(text_html(message.text, css_class="cp-question"))


def _show_answer(message: Message, answer: Answer | None, *, last: bool) -> None:
    with st.container(key=f"answer-{message.id}"):
        if answer is None:
            st.html(text_html(message.text, css_class="cp-answer"))
            return
        show_answer(answer, message_id=message.id)
        with st.container(
            key=f"acts-{message.id}", horizontal=True, vertical_alignment="center", gap="xsmall"
        ):
            st.html(copy_button(answer), width="content")
        show_how_read(answer, message_id=message.id)
        if last:
            show_next(answer, message_id=message.id, ask=put_question)


def _offer_unanswered(house: House, viewer: Viewer, conversation: Conversation) -> None:
    waiting = house.conversations.unanswered(viewer, conversation.id)
    if waiting is None:
        return
    with st.container(key="unanswered", border=True):
        st.write("This question was kept, but it has no answer yet.")
        st.button("Answer it now", key="answer-now", on_click=put_question, args=(waiting.text,))


def _answer(house: House, viewer: Viewer, conversation: Conversation | None, role: Role) -> None:
    question = session().question
    assert question is not None  # noqa: S101  # the caller looked
    st.html(text_html(question, css_class="cp-question"))
    try:
        with st.spinner("Reading the playbook"):
            turn = ask(
                question,
                role=role,
                conversation_id=conversation.id if conversation else None,
                coach=house.coach,
                conversations=house.conversations,
                viewer=viewer,
            )
    except CounterpartError as error:
        session().question = None
        session().trouble = error.message
        st.rerun()
    session().open_conversation(turn.conversation_id)
    st.rerun()


def _show_trouble() -> None:
    if trouble := session().trouble:
        st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')
