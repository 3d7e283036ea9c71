"""What features know of people's records: frozen copies, and the protocol behind which they are kept."""

import builtins
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from assistant.moves.corrections import Example
from assistant.moves.second import SecondReading
from assistant.pilots.model import Pilot
from assistant.review.transcript import Transcript
from knowledge.store.access import Viewer

Author = Literal["user", "coach"]
Status = Literal["pending", "complete", "stopped", "failed"]
Verdict = Literal["helpful", "unhelpful", "wrong"]
ASKINGS = "askings"
"""Where a question's detail has the askings of it that were set aside."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a workspace; `role` is learning-executive, sales-vp or coach; `only_name` never sits here."""

    id: str
    workspace_id: str
    name: str
    role: str
    only_name: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who need each other, and who coaches them, if anybody; all are ids of people."""

    id: str
    workspace_id: str
    learning_executive_id: str
    sales_vp_id: str
    coach_id: str | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A talk with the coach, in one role. Times are UTC; `updated_at` is when something was last said."""

    id: str
    workspace_id: str
    owner_id: str
    role: str
    title: str
    pinned: bool
    visibility: str
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Message:
    """One turn; `position` counts from 0.

    A question is `pending` until it has an answer, complete or not, and `stopped` where nobody waits for one. Each
    time it is asked anew it has another `turn`, and `corrections` are what its author said was read wrongly in it.
    """

    id: str
    conversation_id: str
    position: int
    author: Author
    text: str
    status: Status
    created_at: datetime
    detail: Mapping[str, Any] = field(default_factory=dict)

    @property
    def turn(self) -> str | None:
        """Which asking of this question it is; None for what is no question, or was kept before there were turns."""
        return self.detail.get("turn") if self.author == "user" else None

    @property
    def corrections(self) -> Mapping[str, Any] | None:
        """How the question is to be read; None where it is read as it stands."""
        return self.detail.get("corrections") if self.author == "user" else None

    @property
    def turns(self) -> tuple[str | None, ...]:
        """Every asking of this question that can stand here, oldest first, `turn` among them."""
        known = [each["turn"] for each in self.detail.get(ASKINGS, [])]
        return tuple(known) if self.turn in known else (*known, self.turn)

    @property
    def before(self) -> str | None:
        """The asking that stood before this one, or stands beside it in `turns`; None where it is the only one."""
        others = [turn for turn in self.turns if turn != self.turn]
        return self.detail.get("before") or (others[-1] if others else None)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody said about an answer; of a passage in it where `passage_id` says so."""

    id: str
    message_id: str | None
    verdict: Verdict
    reason: str
    question: str
    passage_id: str | None
    card_id: str | None
    quote: str | None
    created_at: datetime
    resolved: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """What was asked in a conversation, oldest first, and in which role."""

    role: str
    turns: tuple[str, ...]


class ConversationRecords(Protocol):
    """Where conversations are kept.

    Every method raises `NotFoundError` for what `viewer` may not see, `InputRefusedError` for a change that
    only the owner may make, and `StoreError` where the database fails.
    """

    def create(self, viewer: Viewer, role: str, title: str = "") -> Conversation:
        """An empty conversation that only `viewer` sees."""

    def get(self, viewer: Viewer, conversation_id: str) -> Conversation:
        """One conversation that was not deleted."""

    def list(
        self, viewer: Viewer, query: str = "", include_deleted: bool = False
    ) -> builtins.list[Conversation]:
        """Pinned ones first, then by newest; each word of `query` is in the title or in a message."""

    def messages(self, viewer: Viewer, conversation_id: str) -> builtins.list[Message]:
        """All turns, in order."""

    def ever_answered(self, viewer: Viewer, conversation_id: str) -> builtins.list[Message]:
        """Every answer that was given in it, also those that are set aside; in the order in which they were given."""

    def ask(self, viewer: Viewer, conversation_id: str, text: str) -> Message:
        """Keep a question, at once and for good; the first one becomes the title where there is none."""

    def answer(
        self,
        viewer: Viewer,
        conversation_id: str,
        text: str,
        detail: Mapping[str, Any] | None = None,
        status: Status = "complete",
        *,
        question: Message | None = None,
    ) -> Message:
        """Keep the answer to `question`, or to the oldest one that waits; `detail` must fit JSON.

        Raises `AnsweredError` where that question has its answer, or was asked anew since: one question, one answer.
        """

    def stop(self, viewer: Viewer, message_id: str) -> None:
        """Nobody waits for the answer to this question for now; nothing happens to one that has its answer.

        Asked again in the words of before, it has its earlier answer back.
        """

    def revise(
        self,
        viewer: Viewer,
        conversation_id: str,
        message_id: str,
        text: str,
        *,
        corrections: Mapping[str, Any] | None = None,
    ) -> Message:
        """Ask a question anew, perhaps in other words or read otherwise; what came after it is set aside, and it waits.

        One that waits for its answer to just that goes on waiting: asked in two tabs at once, it is one asking.
        """

    def bring_back(self, viewer: Viewer, conversation_id: str, message_id: str, turn: str) -> Message:
        """Let another asking of a question (one of its `turns`) stand, with all that was said after it; the present one
        is set aside in its place."""

    def unanswered(self, viewer: Viewer, conversation_id: str) -> Message | None:
        """The last question, if it has no answer: the process that worked on it may have died."""

    def rename(self, viewer: Viewer, conversation_id: str, title: str) -> Conversation:
        """Give it another title."""

    def pin(self, viewer: Viewer, conversation_id: str, pinned: bool = True) -> Conversation:
        """Keep it on top, or no longer."""

    def delete(self, viewer: Viewer, conversation_id: str) -> Conversation:
        """Take it out of sight; `restore` brings it back."""

    def restore(self, viewer: Viewer, conversation_id: str) -> Conversation:
        """Bring a deleted one back."""

    def erase(self, viewer: Viewer, conversation_id: str) -> None:
        """Remove it and its messages for good."""


class FeedbackRecords(Protocol):
    """Where remarks about answers are kept. `NotFoundError` for what `viewer` may not see."""

    def rate(self, viewer: Viewer, message_id: str, verdict: Verdict | None) -> None:
        """Say whether an answer helped; None takes it back. The newest rating counts."""

    def report(
        self,
        viewer: Viewer,
        message_id: str,
        *,
        reason: str,
        passage_id: str,
        card_id: str | None = None,
        quote: str | None = None,
    ) -> Feedback:
        """Say that a passage does not fit; whoever keeps the playbook sees it, with the question."""

    def of(self, viewer: Viewer, message_ids: builtins.list[str]) -> builtins.list[Feedback]:
        """What `viewer` said about these answers, oldest first."""

    def reports(self, viewer: Viewer, *, card_id: str | None = None) -> builtins.list[Feedback]:
        """Open reports of wrong passages, oldest first; of one card if given."""

    def resolve(self, viewer: Viewer, feedback_id: str) -> Feedback:
        """Close a report."""

    def talk(self, viewer: Viewer, report: Feedback) -> Talk | None:
        """What was asked up to the reported answer; None where `viewer` may not see it or it is gone."""


class UnsentRecords(Protocol):
    """Where it is kept what somebody types and has not sent; `field` names the place, `showing` one showing of it."""

    def of(self, viewer: Viewer, field: str) -> str | None:
        """The words typed there last; None where there are none."""

    def fields(self, viewer: Viewer) -> frozenset[str]:
        """Where words of `viewer` wait."""

    def keep(
        self,
        viewer: Viewer,
        field: str,
        text: str,
        *,
        showing: str,
        step: int = 0,
        age: timedelta = timedelta(0),
    ) -> bool:
        """Keep what stands there now, or stood there `age` ago.

        False where this showing was dropped, this step or a later one is known, or another showing is newer.
        """

    def drop(self, viewer: Viewer, field: str, *, showing: str) -> None:
        """The words were sent or given up; what this showing of the field still sends is not kept."""


@dataclass(frozen=True, slots=True)
class PilotRecord:
    """A pilot as it is kept. `version` rises with every change; `pair_id` says who may work on it."""

    id: str
    workspace_id: str
    owner_id: str
    pair_id: str | None
    version: int
    pilot: Pilot
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True)
class PilotChange:
    """One change: who made it (an id), when, what it was about, and each field before and after."""

    version: int
    by: str
    at: datetime
    about: str
    changes: Mapping[str, Any]


class PilotRecords(Protocol):
    """Where pilots are kept. `NotFoundError` for what `viewer` may not see."""

    def create(self, viewer: Viewer, pilot: Pilot, *, about: str = "") -> PilotRecord:
        """A new one, shared with the pair of `viewer`, if there is one."""

    def get(self, viewer: Viewer, pilot_id: str) -> PilotRecord:
        """One pilot that was not deleted."""

    def list(self, viewer: Viewer) -> builtins.list[PilotRecord]:
        """All that `viewer` may see, the newest change first."""

    def update(
        self,
        viewer: Viewer,
        pilot_id: str,
        change: Callable[[Pilot], Pilot],
        *,
        about: str,
        version: int | None = None,
    ) -> PilotRecord:
        """Change it, whoever else does at the same time.

        `change` gets the pilot as it is now. With `version`, the one the change was made on, it is refused
        (`InputRefusedError`) where somebody else changed the same field since; other fields of theirs stay.
        """

    def history(self, viewer: Viewer, pilot_id: str) -> builtins.list[PilotChange]:
        """Every change, oldest first."""

    def delete(self, viewer: Viewer, pilot_id: str) -> PilotRecord:
        """Take it out of sight; `restore` brings it back."""

    def restore(self, viewer: Viewer, pilot_id: str) -> PilotRecord:
        """Bring a deleted one back."""


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A draft as it is kept: `choices` are the wordings chosen by change id, `previous` the text before the last one."""

    id: str
    role: str
    text: str
    choices: Mapping[str, int]
    previous: str | None
    updated_at: datetime

    @property
    def title(self) -> str:
        """Its first words."""
        return " ".join(self.text.split())[:80]


class DraftRecords(Protocol):
    """Where drafts are kept, seen by their owner alone. `NotFoundError` for what `viewer` may not see."""

    def save(
        self,
        viewer: Viewer,
        text: str,
        *,
        role: str,
        choices: Mapping[str, int] | None = None,
        draft_id: str | None = None,
    ) -> DraftRecord:
        """Keep a draft, a new one without `draft_id`; another text takes the place of the one before, which is kept."""

    def get(self, viewer: Viewer, draft_id: str) -> DraftRecord:
        """One draft that was not deleted."""

    def list(self, viewer: Viewer) -> builtins.list[DraftRecord]:
        """The newest change first."""

    def delete(self, viewer: Viewer, draft_id: str) -> None:
        """Take it out of sight; `restore` brings it back."""

    def restore(self, viewer: Viewer, draft_id: str) -> None:
        """Bring a deleted one back."""


@dataclass(frozen=True, slots=True)
class RehearsalRecord:
    """A rehearsal as it is kept. `parent_id` is the one it was branched off, before its line `branched_at`.

    `voiced` is what a chat model had to do with each reply, None where none was asked.
    """

    id: str
    scenario: str
    level: str
    seed: int
    lines: tuple[str, ...]
    replies: tuple[str, ...]
    detail: Mapping[str, Any]
    parent_id: str | None
    branched_at: int | None
    outcome: str | None
    created_at: datetime
    updated_at: datetime
    voiced: tuple[Mapping[str, Any] | None, ...] = ()


class RehearsalRecords(Protocol):
    """Where rehearsals are kept, seen by their owner alone; how they go also by whom the owner named.

    `NotFoundError` for what `viewer` may not see.
    """

    def create(
        self,
        viewer: Viewer,
        *,
        scenario: str,
        level: str,
        seed: int,
        lines: Sequence[str] = (),
        replies: Sequence[str] = (),
        voiced: Sequence[Mapping[str, Any] | None] = (),
        parent_id: str | None = None,
    ) -> RehearsalRecord:
        """A new one; with `parent_id` a branch of another, after the lines that are given."""

    def save(
        self,
        viewer: Viewer,
        rehearsal_id: str,
        *,
        lines: Sequence[str],
        replies: Sequence[str],
        outcome: str | None,
        detail: Mapping[str, Any] | None = None,
        voiced: Sequence[Mapping[str, Any] | None] = (),
    ) -> RehearsalRecord:
        """Keep how far it went."""

    def get(self, viewer: Viewer, rehearsal_id: str) -> RehearsalRecord:
        """One that was not deleted."""

    def list(self, viewer: Viewer) -> builtins.list[RehearsalRecord]:
        """The newest change first."""

    def delete(self, viewer: Viewer, rehearsal_id: str) -> None:
        """Take it out of sight; `restore` brings it back."""

    def restore(self, viewer: Viewer, rehearsal_id: str) -> None:
        """Bring a deleted one back."""

    def share(self, viewer: Viewer, person_id: str) -> None:
        """Let this person see how the rehearsals of `viewer` go, those to come too."""

    def withdraw(self, viewer: Viewer, person_id: str) -> None:
        """No longer."""

    def shared_with(self, viewer: Viewer) -> builtins.list[str]:
        """Ids of those whom `viewer` lets see it."""

    def shown_to(self, viewer: Viewer) -> dict[str, builtins.list[RehearsalRecord]]:
        """Rehearsals that are over, by the owner who lets `viewer` see how they go; without a word of what was said."""


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """A conversation as it is kept. `roles` are by speaker; `cast` says whether a person confirmed them.

    `version` rises with every change that the review must be made anew for; `second` is what a chat model read in it.
    """

    id: str
    owner_id: str
    title: str
    transcript: Transcript
    roles: Mapping[str, str | None]
    cast: bool
    version: int
    created_at: datetime
    second: SecondReading | None = None


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """A remark at a turn. `by` and `shared_with` are ids of people; `quote` is what stands on the line."""

    id: str
    review_id: str
    turn_id: str
    by: str
    quote: str
    text: str
    resolved: bool
    shared_with: str | None
    created_at: datetime


class ReviewRecords(Protocol):
    """Where conversations and what was drawn from them are kept: their owner's alone, and gone together.

    `NotFoundError` for what `viewer` may not see.
    """

    def add(self, viewer: Viewer, transcript: Transcript, roles: Mapping[str, str | None]) -> ReviewRecord:
        """Keep a conversation, with a first guess at the roles."""

    def get(self, viewer: Viewer, review_id: str) -> ReviewRecord:
        """One conversation."""

    def list(self, viewer: Viewer) -> builtins.list[ReviewRecord]:
        """All of them, the newest first."""

    def cast(
        self,
        viewer: Viewer,
        review_id: str,
        roles: Mapping[str, str | None],
        speakers: Mapping[str, str] | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> ReviewRecord:
        """Say who is who, and by turn id who spoke, where the transcript does not tell, and what, where it misheard."""

    def rename(self, viewer: Viewer, review_id: str, title: str) -> ReviewRecord:
        """Give it another title."""

    def erase(self, viewer: Viewer, review_id: str) -> None:
        """Remove it for good, with its corrections, comments and judgements."""

    def read_again(self, viewer: Viewer, review_id: str, second: SecondReading | None) -> ReviewRecord:
        """Keep what a chat model read; None takes it away. Saying who is who takes it away too."""

    def correct(self, viewer: Viewer, review_id: str, turn_id: str, example: Example | None) -> None:
        """Say what a turn does; None takes that back."""

    def corrected(self, viewer: Viewer, review_id: str) -> Mapping[str, frozenset[str]]:
        """Moves by turn id, as a person named them."""

    def examples(self, viewer: Viewer) -> builtins.list[Example]:
        """All lines that `viewer` corrected, in every conversation."""

    def comment(self, viewer: Viewer, review_id: str, turn_id: str, text: str) -> ReviewComment:
        """Write a remark at a turn."""

    def comments(self, viewer: Viewer, review_id: str) -> builtins.list[ReviewComment]:
        """All remarks of a conversation, oldest first."""

    def shared(self, viewer: Viewer) -> builtins.list[ReviewComment]:
        """Remarks that others shared with `viewer`, and that are not resolved."""

    def settle(
        self, viewer: Viewer, comment_id: str, *, resolved: bool | None = None, shared_with: str | None = ""
    ) -> ReviewComment:
        """Resolve a remark, or share it with one person (None: with nobody)."""

    def uncomment(self, viewer: Viewer, comment_id: str) -> None:
        """Remove a remark."""

    def judge(self, viewer: Viewer, review_id: str, check: str, result: str | None) -> None:
        """Answer a check of the scorecard oneself; None takes that back."""

    def judgements(self, viewer: Viewer, review_id: str) -> Mapping[str, str]:
        """A person's answers, by check."""
