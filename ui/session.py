"""The one door to `st.session_state`, and to the address line, which is what survives a refresh.

What must outlive the browser tab is in the store; here is only what this tab is looking at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assistant.debrief.read import Debrief
from assistant.draft.check import Checked
from assistant.hearing.hear import Hearing
from assistant.pair.records import Forgotten
from assistant.pilots.model import Pilot
from assistant.rehearsal.drafting import Tree
from assistant.rehearsal.scenario import Scenario
from assistant.rehearsal.session import Session as Rehearsed
from assistant.reply.read import Reply
from assistant.review.review import Review
from assistant.storage.uploads import Held, Outcome, Visibility
from assistant.stories.files import Sheet
from assistant.stories.importing import Planned
from assistant.stories.story import Source
from knowledge.cards import ROLES, Role

_KEY = "counterpart"


@dataclass
class DraftDesk:
    """The draft that is looked at: its id, whether it is being typed, and one that can still be brought back.

    `trouble` is why it could not be checked; `read` what the last check of it found, with what it was made of.
    """

    draft_id: str | None = None
    typing: bool = True
    gone: str | None = None
    trouble: str | None = None
    read: tuple[tuple[str, str], Checked] | None = None


@dataclass
class HearingDesk:
    """What was read with both ears last, or why it was not."""

    found: Hearing | None = None
    trouble: str | None = None


@dataclass
class HomeDesk:
    """What was just done on the page that shows what waits.

    `said` is what to say about a promise that was tapped, `tapped` that promise, so that it can be taken back; `message`
    words to send; `reply` a pasted one as it was read, with its day; `kept` what was kept of it.
    """

    said: str | None = None
    tapped: str | None = None
    message: str | None = None
    reply: tuple[Reply, date] | None = None
    kept: str | None = None
    trouble: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StoryFile:
    """A file of stories: its name, its bytes, which field is in which column where that was said, words that stay
    unmasked, and what was found.

    `planned` is None until each row was looked at.
    """

    name: str
    content: bytes
    mapping: Mapping[str, str] | None = None
    visibility: Visibility | None = None
    keep: tuple[str, ...] = ()
    sheet: Sheet | None = None
    planned: tuple[Planned, ...] | None = None
    trouble: str | None = None
    batch: str | None = None


@dataclass
class SettingsDesk:
    """`trying` asks for a test of the chat model; `works` and `found` are what the last one found."""

    trying: bool = False
    works: bool = False
    found: str = ""


@dataclass
class StoryDesk:
    """`text` is a story that was told and is looked over before it is kept, `kept` the one that was kept last.

    `open` is the one that is read, `gone` one (id, title) that can be brought back, `file` one of many.
    """

    text: str = ""
    source: Source | None = None
    trouble: str | None = None
    kept: str | None = None
    open: str | None = None
    gone: tuple[str, str] | None = None
    shown: int = 25
    file: StoryFile | None = None


@dataclass
class RehearsalDesk:
    """`open` is the rehearsal that is played, `played` how far it went, `chosen` a scenario whose brief is read.

    `hint` are lines that were asked for, `gone` a rehearsal that can be brought back, `chair` whose meetings are listed;
    until something is opened or left (`fresh`) the address says what is open. `heard` says that a spoken line waits to
    be looked at, `misheard` why one could not be, `takes` how many were sent; `to_word` that a model may word his answer,
    `unvoiced` why it could not.
    `form` is a meeting that is being written, with what is wrong in it by field, how it looks, which one it is, and the
    part that stands open.
    """

    fresh: bool = True
    open: str | None = None
    played: Rehearsed | None = None
    chosen: str | None = None
    hint: tuple[str, ...] = ()
    gone: str | None = None
    chair: str | None = None
    heard: bool = False
    misheard: str | None = None
    takes: int = 0
    to_word: bool = False
    unvoiced: str | None = None
    form: Tree | None = None
    form_faults: dict[str, str] = field(default_factory=dict)
    form_seen: Scenario | None = None
    form_no: int = 0
    form_part: str = ""


@dataclass
class DebriefDesk:
    """A meeting that was told: what was found, which of it is kept (ids by place) or left out, and what went wrong.

    `logged` are stories that went into the story log: id and masked words, by place; `misheard` why a spoken one could
    not be written down, `takes` how many were.
    """

    read: Debrief | None = None
    on: date | None = None
    kept: dict[int, str] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)
    logged: dict[int, tuple[str, str]] = field(default_factory=dict)
    misheard: str | None = None
    takes: int = 0
    errors: dict[int, str] = field(default_factory=dict)
    trouble: str | None = None


@dataclass
class PairDesk:
    """Which pair is looked at, what could not be done (by item or field), and the item that was just forgotten."""

    pair_id: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    gone: Forgotten | None = None


@dataclass
class PilotDesk:
    """What this tab looks at on the Pilots page.

    `chapter` is the part of the story that is open, `errors` what could not be kept, by field; `drawn` what stood in a
    field when it was last drawn; `undo` the last one-click change (pilot, version it made, pilot before, what it was).
    """

    pilot_id: str | None = None
    chapter: str | None = None
    question: str | None = None
    notice: str | None = None
    check_in: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    drawn: dict[str, str] = field(default_factory=dict)
    undo: tuple[str, int, Pilot, str] | None = None


@dataclass
class ReviewDesk:
    """The conversation that is looked at: its id, which part of it, the line that is open, and from where on it shows.

    `bring` is a line that the page scrolls to; `read` the last review made, with what it was made of; `casting`
    says that who is who is being settled; `trouble` is why a transcript was not taken.
    """

    review_id: str | None = None
    part: str = "matters"
    line: str | None = None
    bring: str | None = None
    first: int = 0
    casting: bool = False
    erasing: bool = False
    trouble: str | None = None
    said: str | None = None
    read: tuple[tuple[str, int, int], Review] | None = None
    compared: dict[tuple[str, int, int], Review] = field(default_factory=dict)


@dataclass
class Session:
    """What one browser tab is looking at.

    `answering` is a question whose answer is watched. `source` is the passage
    that is open, as message id and marker; `editing` a question being changed; `deleted` a conversation
    (id, title) that can still be taken back; `shown` how many of the newest messages are on the page;
    `newest` the question (and which asking of it) that the page scrolls to when it is new; `outcomes` what became of
    the files that were added last, `to_add` files that wait to be added and who may find them, `taken_out` a document
    that can still be brought back; `too_long` words that wait to be shortened; `draft`, `review` and
    `stories` are the pages for drafts, reviews and field stories; `showings` the fields whose words are kept
    while they are typed, each with the name of its showing, `shown_fields` those on the page now, `waiting_words`
    those whose words were
    found when the tab was opened.
    `pilots` is the page of pilots.
    """

    person_id: str | None = None
    conversation_id: str | None = None
    role: Role | None = None
    answering: str | None = None
    source: tuple[str, int] | None = None
    editing: str | None = None
    deleted: tuple[str, str] | None = None
    trouble: str | None = None
    shown: int = 40
    newest: str | None = None
    go_to_coach: bool = False
    outcomes: list[Outcome] = field(default_factory=list)
    to_add: tuple[list[UploadedFile], Visibility] | None = None
    taken_out: Held | None = None
    too_long: str | None = None
    draft: DraftDesk = field(default_factory=DraftDesk)
    hearing: HearingDesk = field(default_factory=HearingDesk)
    home: HomeDesk = field(default_factory=HomeDesk)
    settings: SettingsDesk = field(default_factory=SettingsDesk)
    stories: StoryDesk = field(default_factory=StoryDesk)
    go_to_stories: bool = False
    rehearsal: RehearsalDesk = field(default_factory=RehearsalDesk)
    showings: dict[str, str] = field(default_factory=dict)
    shown_fields: set[str] = field(default_factory=set)
    waiting_words: set[str] | None = None
    pilots: PilotDesk = field(default_factory=PilotDesk)
    go_to_pilots: bool = False
    go_to_rehearsal: bool = False
    review: ReviewDesk = field(default_factory=ReviewDesk)
    debrief: DebriefDesk = field(default_factory=DebriefDesk)
    pair: PairDesk = field(default_factory=PairDesk)

    def open_conversation(self, conversation_id: str | None) -> None:
        """Look at this conversation, or at an empty page."""
        self.conversation_id = conversation_id
        self.source = self.answering = self.editing = self.trouble = None
        self.shown = 40

    def await_answer(self, message_id: str) -> None:
        """Watch the answer to this question from now on."""
        self.answering, self.trouble = message_id, None

    def give_up(self, message_id: str | None) -> None:
        """No longer work on this answer: it is there, or nobody wants it; a newer question goes on waiting."""
        if self.answering == message_id:
            self.answering = None

    def take_go_to_coach(self) -> bool:
        """Whether something beside the page asked for the coach's page; asking is over then."""
        wanted, self.go_to_coach = self.go_to_coach, False
        return wanted

    def take_go_to_stories(self) -> bool:
        """Whether words are to be logged as a story on the page for that; asking is over then."""
        wanted, self.go_to_stories = self.go_to_stories, False
        return wanted

    def take_go_to_pilots(self) -> bool:
        """Whether something beside the page asked for the page of pilots; asking is over then."""
        wanted, self.go_to_pilots = self.go_to_pilots, False
        return wanted

    def take_go_to_rehearsal(self) -> bool:
        """Whether a meeting was drafted on another page; asking is over then."""
        wanted, self.go_to_rehearsal = self.go_to_rehearsal, False
        return wanted

    def toggle_source(self, message_id: str, marker: int) -> None:
        """Open the source behind a marker, or close it if it is the one that is open."""
        chosen = (message_id, marker)
        self.source = None if self.source == chosen else chosen

    def become(self, person_id: str | None) -> None:
        """Another person sits here now: nothing of the one before stays on the page."""
        self.open_conversation(None)
        self.person_id, self.role, self.deleted = person_id, None, None
        self.outcomes, self.to_add, self.taken_out, self.too_long = [], None, None, None
        self.draft, self.stories, self.rehearsal = DraftDesk(), StoryDesk(), RehearsalDesk()
        self.review, self.hearing, self.home = ReviewDesk(), HearingDesk(), HomeDesk()
        self.debrief, self.pair = DebriefDesk(), PairDesk()
        self.showings, self.waiting_words = {}, None
        self.pilots = PilotDesk(pilot_id=self.pilots.pilot_id)


def session() -> Session:
    """This tab's state; on the first run it is taken from the address line."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Session(
            person_id=st.query_params.get("as"),
            conversation_id=st.query_params.get("c"),
            pilots=PilotDesk(pilot_id=st.query_params.get("pilot"), chapter=st.query_params.get("part")),
        )
    return cast(Session, st.session_state[_KEY])


def value_of(key: str) -> Any:
    """The present value of the widget with this key; None if it is not on the page."""
    return st.session_state.get(key)


def set_value(key: str, value: object) -> None:
    """Give a widget its value before it is drawn."""
    st.session_state[key] = value


def write_address(**wanted: str | None) -> None:
    """Make the address line say what this tab looks at, so that a refresh or a second tab finds it again."""
    for name, value in wanted.items():
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value


def role_or(value: str | None, otherwise: Role) -> Role:
    """A role by its id; `otherwise` where there is no such role."""
    return value if value in ROLES else otherwise
