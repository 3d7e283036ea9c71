"""One turn of a conversation that is kept: the question is written down before the answer is worked out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from assistant.advice.answer import Answer, Corrections
from assistant.advice.coach import Coach
from assistant.advice.wording import Show, Wording, unseen
from assistant.chat import Usage
from assistant.errors import InputRefusedError
from assistant.pair.memory import with_line
from assistant.records import ConversationRecords, Message, Status
from knowledge.cards import Role
from knowledge.store.access import Viewer

MAX_CHARACTERS = 8_000
_KEPT = frozenset("\n\t\u200c\u200d")  # emoji and some scripts are written with the two joiners


@dataclass(frozen=True)
class Turn:
    """What was asked and answered, where it is kept, and what a chat model read and wrote for all of its answers."""

    conversation_id: str
    message_id: str
    answer: Answer
    tokens: Usage = Usage()  # noqa: RUF009  # frozen


def checked(question: str) -> str:
    """The question without control characters. Raises `InputRefusedError` if it is empty or too long to be one."""
    text = "".join(_shown(c) for c in question.replace("\r\n", "\n")).strip()
    if not text:
        raise InputRefusedError("The question is empty", next_step="Write what is coming up and with whom")
    if len(text) > MAX_CHARACTERS:
        raise InputRefusedError(
            f"The question has {len(text):,} characters; {MAX_CHARACTERS:,} are the most",
            kept="Nothing was sent",
            next_step="Keep the part that matters; a whole document is better indexed with “counterpart index”",
        )
    return text


def _shown(character: str) -> str:
    """The character itself; a blank for any other kind of blank; nothing for what only controls a machine."""
    if character.isprintable() or character in _KEPT:
        return character
    return " " if character.isspace() else ""


def ask(
    question: str,
    *,
    role: Role,
    conversation_id: str | None,
    coach: Coach,
    conversations: ConversationRecords,
    viewer: Viewer,
    corrections: Corrections | None = None,
    wording: Wording | None = None,
    show: Show = unseen,
) -> Turn:
    """Answer a question as the next turn of a conversation, or of a new one, and keep both.

    `show` gets the draft of a chat model as it grows; if it raises, what had come is kept as a stopped answer.
    """
    text = checked(question)
    known = conversation_id or conversations.create(viewer, role).id
    history = answers(conversations.messages(viewer, known))
    asked = conversations.ask(viewer, known, text)
    return _answer(
        asked,
        known,
        role=role,
        history=history,
        coach=coach,
        conversations=conversations,
        viewer=viewer,
        corrections=corrections,
        wording=wording,
        show=show,
    )


def answer_pending(
    message: Message,
    *,
    role: Role,
    coach: Coach,
    conversations: ConversationRecords,
    viewer: Viewer,
    wording: Wording | None = None,
    before_keeping: Callable[[], object] | None = None,
    show: Show = unseen,
) -> Turn:
    """Answer a question that was kept and waits: the machine stopped in between, or it is asked anew.

    `before_keeping` is called once the answer is there; if it raises, nobody wants the answer any more, and
    the question goes on waiting. It is read as its author put it right when it was asked. Raises `AnsweredError` where
    it has its answer meanwhile.
    """
    before = [
        m for m in conversations.messages(viewer, message.conversation_id) if m.position < message.position
    ]
    return _answer(
        message,
        message.conversation_id,
        role=role,
        history=answers(before),
        coach=coach,
        conversations=conversations,
        viewer=viewer,
        corrections=corrections_of(message),
        wording=wording,
        before_keeping=before_keeping,
        show=show,
    )


def corrections_of(message: Message) -> Corrections | None:
    """How its author wants a question read; None where it is read as it stands."""
    return None if message.corrections is None else Corrections.model_validate(message.corrections)


def answer_of(message: Message) -> Answer | None:
    """The answer kept in a message; None for a question, or for one written by a version that is too old to read."""
    if message.author != "coach":
        return None
    try:
        return Answer.model_validate(message.detail)
    except ValidationError:
        return None


def answers(messages: Sequence[Message]) -> list[Answer]:
    """The answers among messages, oldest first."""
    return [answer for message in messages if (answer := answer_of(message)) is not None]


def tokens_ever(conversations: ConversationRecords, viewer: Viewer, conversation_id: str) -> Usage:
    """What a chat model read and wrote for every answer of this conversation, also for those that were set aside."""
    made = [
        message.detail.get("made") or {} for message in conversations.ever_answered(viewer, conversation_id)
    ]
    return Usage(sum(m.get("tokens_in", 0) for m in made), sum(m.get("tokens_out", 0) for m in made))


def _answer(
    asked: Message,
    conversation_id: str,
    *,
    role: Role,
    history: Sequence[Answer],
    coach: Coach,
    conversations: ConversationRecords,
    viewer: Viewer,
    corrections: Corrections | None = None,
    wording: Wording | None = None,
    before_keeping: Callable[[], object] | None = None,
    show: Show = unseen,
) -> Turn:
    def keep(given: Answer, status: Status = "complete") -> Message:
        detail = given.model_dump(mode="json")
        return conversations.answer(viewer, conversation_id, given.answer, detail, status, question=asked)

    composed = coach.advise(asked.text, role=role, history=history, corrections=corrections, viewer=viewer)
    answer = composed
    if wording is not None:
        answer = wording.word(
            composed,
            cards=coach.cards,
            history=history,
            show=show,
            keep=lambda partial: keep(partial, "stopped"),
            reaches=lambda asked_next: coach.reaches(asked_next, role=role, history=[*history, composed]),
        )
    if before_keeping is not None:
        before_keeping()
    answer = with_line(answer, answer.remembered)
    kept = keep(answer).id
    return Turn(conversation_id, kept, answer, tokens_ever(conversations, viewer, conversation_id))
