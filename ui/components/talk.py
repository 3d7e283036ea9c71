"""A conversation on the page: what was said, what is being answered, and where the next question is typed."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from assistant.advice.answer import Answer, Corrections
from assistant.advice.conversation import answer_of, corrections_of
from assistant.bootstrap import House
from assistant.errors import CounterpartError, NotFoundError
from assistant.records import Conversation, Feedback, Message
from knowledge.cards import Role
from knowledge.store.access import Viewer
from ui.components.answer import show_answer, show_next
from ui.components.asking import Again, Asker, stop_answering
from ui.components.home import show_home
from ui.components.making import show_how_made
from ui.components.menu import show_menu, show_undo
from ui.components.pilots.making import pilot_maker
from ui.components.reading import show_how_read
from ui.components.remarks import edit, edit_field, show_acts, show_editor
from ui.components.richtext import draft_html, question_html, text_html
from ui.components.shorten import show_too_long
from ui.components.source import show_source
from ui.components.start import show_start
from ui.components.unsent import keep_chat_words, words_wait
from ui.components.words import OPENINGS
from ui.components.working import Work, work_of, worked_on
from ui.house import current_viewer, open_house
from ui.session import role_or, session, write_address

_PAGEFUL = 40


@dataclass(frozen=True)
class Talk:
    """What the page shows: who sits here, as whom they ask, and the conversation as far as it went."""

    house: House
    viewer: Viewer
    role: Role
    conversation: Conversation | None
    messages: list[Message]
    answers: dict[str, Answer]

    @property
    def ask(self) -> Asker:
        """Takes the next question."""
        return Asker(self.house, self.viewer, self.role)

    @property
    def again(self) -> Again:
        """Takes a question that was asked before."""
        return Again(self.house, self.viewer, self.role, seen=len(self.messages))


def show_talk() -> None:
    """The whole page of the coach."""
    talk = _read()
    write_address(c=talk.conversation.id if talk.conversation else None)
    keep_chat_words(talk.house, talk.viewer, "ask")
    st.chat_input(
        OPENINGS[talk.role].placeholder,
        key="ask",  # no max_chars: the field would drop a longer paste without a word
        submit_mode="stop",
        on_submit=talk.ask.take_typed,
        args=("ask",),
    )
    asked = next((m for m in reversed(talk.messages) if m.author == "user"), None)
    session().newest = f"{asked.id}/{asked.turn}" if asked else None
    _watch_on(talk)
    waits = session().answering is not None
    show_undo(talk.house, talk.viewer)
    opening = st.empty()  # left empty beside a conversation, so that it goes at once
    if talk.conversation:
        show_menu(talk.house, talk.viewer, talk.conversation, talk.messages)
        _show_messages(talk, settled=not waits)
    elif not waits and session().too_long is None:
        with opening.container(key="opening"):
            show_start(talk.role, talk.ask, below=show_home(talk.house, talk.viewer, talk.ask))
    if waits:
        _answer(talk)
    show_too_long(talk.ask)
    _show_trouble()
    show_source(talk.answers)


def _watch_on(talk: Talk) -> None:
    """After a refresh, or back from elsewhere: an answer that is still worked on is watched again."""
    last = talk.messages[-1] if talk.messages else None
    if session().answering is None and last is not None and worked_on(last.id):
        session().await_answer(last.id)


def _read() -> Talk:
    house = open_house()
    viewer = current_viewer(house)
    conversation = _conversation(house, viewer)
    messages = house.conversations.messages(viewer, conversation.id) if conversation else []
    return Talk(
        house=house,
        viewer=viewer,
        role=_role(house, viewer, conversation),
        conversation=conversation,
        messages=messages,
        answers={m.id: answer for m in messages if (answer := answer_of(m))},
    )


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


def _show_messages(talk: Talk, *, settled: bool) -> None:
    hidden = len(talk.messages) - session().shown
    if hidden > 0:
        st.button(
            f"Show {min(hidden, _PAGEFUL)} earlier messages", key="earlier", type="tertiary", on_click=_more
        )
    shown = talk.messages[-session().shown :]
    said = talk.house.feedback.of(talk.viewer, [message.id for message in shown])
    for message in shown:
        last = message is talk.messages[-1]
        if message.author != "user":
            remarks = [remark for remark in said if remark.message_id == message.id]
            _show_answer(talk, message, remarks, last=last and settled)
        elif _edits(talk, message):
            show_editor(talk.house, talk.viewer, message, again=talk.again, followed=not last)
        else:
            st.html(question_html(message.text, message=message.id))
    if settled and talk.conversation:
        _offer_unanswered(talk, talk.conversation)


def _edits(talk: Talk, message: Message) -> bool:
    """Whether this question is being changed, perhaps since before a refresh."""
    if session().editing is None and words_wait(talk.house, talk.viewer, edit_field(message)):
        edit(message)
    return session().editing == message.id


def _more() -> None:
    session().shown += _PAGEFUL


def _show_answer(talk: Talk, message: Message, remarks: list[Feedback], *, last: bool) -> None:
    answer = talk.answers.get(message.id)
    with st.container(key=f"answer-{message.id}"):
        if answer is None:
            st.html(text_html(message.text, css_class="cp-answer"))
            return
        show_answer(
            answer, message_id=message.id, make_pilot=pilot_maker(talk.house, talk.viewer, talk.messages)
        )
        asked = _question_before(talk, message)
        question = asked if last else None
        show_acts(
            talk.house,
            talk.viewer,
            answer,
            message=message,
            question=question,
            asked=asked,
            said=remarks,
            again=talk.again,
        )
        show_how_read(
            talk.house, talk.viewer, answer, message_id=message.id, correct=_corrector(talk, question)
        )
        show_how_made(answer, message_id=message.id, cards=talk.house.coach.cards)
        if last:
            show_next(answer, message_id=message.id, ask=talk.ask)


def _corrector(talk: Talk, question: Message | None) -> Callable[[Corrections], None] | None:
    if question is None:
        return None

    def correct(corrections: Corrections) -> None:
        talk.again(question, question.text, corrections)

    return correct


def _question_before(talk: Talk, message: Message) -> Message | None:
    asked = [m for m in talk.messages if m.author == "user" and m.position < message.position]
    return asked[-1] if asked else None


def _offer_unanswered(talk: Talk, conversation: Conversation) -> None:
    waiting = talk.house.conversations.unanswered(talk.viewer, conversation.id)
    if waiting is None or waiting.id != talk.messages[-1].id or session().editing == waiting.id:
        return
    _offer_answer(talk, waiting)


def _offer_answer(talk: Talk, waiting: Message) -> None:
    stopped = waiting.status == "stopped"
    with st.container(key="unanswered", border=True):
        st.write(
            "Stopped. Your question is kept: ask again when you like."
            if stopped
            else "This question was kept, but it has no answer yet."
        )
        with st.container(horizontal=True):
            st.button(
                "Ask again" if stopped else "Answer it now",
                key="answer-now",
                on_click=_answer_now,
                args=(talk, waiting),
            )
            st.button("Edit question", key="edit-waiting", type="tertiary", on_click=edit, args=(waiting,))
            if len(waiting.turns) > 1:
                st.button(
                    "Back to the earlier answer",
                    key="earlier-answer",
                    type="tertiary",
                    on_click=talk.again.bring_back,
                    args=(waiting, str(waiting.before)),
                )


def _answer_now(talk: Talk, waiting: Message) -> None:
    """Unless it has its answer, from another tab: the page shows that then."""
    still = talk.house.conversations.unanswered(talk.viewer, waiting.conversation_id)
    if still is not None and still.id == waiting.id:
        talk.again(waiting, waiting.text, corrections_of(waiting))


def _answer(talk: Talk) -> None:
    """Watch the answer that is worked on. A redraw or a refresh meanwhile goes on watching; `stop_answering` ends it."""
    now, wanted = session(), session().answering
    message = next((message for message in talk.messages if message.id == wanted), None)
    try:
        if message is not None and (work := work_of(message.id)):
            _watch(talk, message, work)
    except CounterpartError as error:
        now.trouble = error.message
    now.give_up(wanted)
    st.rerun()


def _watch(talk: Talk, message: Message, work: Work) -> None:
    place = st.container(key="at-work")
    with st.container(key="kept"):  # the style sheet shows it once nothing runs: somebody pressed stop
        _offer_answer(talk, message)
    slot = place.empty()
    # The chat field has a stop button only for the run that it began; the style sheet shows this one where it is gone.
    place.button("Stop", key="stop-answer", icon=":material/stop_circle:", on_click=stop_answering)
    with place, st.spinner("Reading the playbook"):
        work.watch(lambda words: slot.html(draft_html(words)))  # drawing ends the run where stop was pressed


def _show_trouble() -> None:
    if trouble := session().trouble:
        st.html(f'<div class="cp-trouble" role="alert">{escape(trouble)}</div>')
