"""What an instance reads for its people (drafts, talks), wired; a part of `bootstrap.House`.

What reads is imported when it is first wanted: a command that reads nothing does not wait for it.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, cast

from assistant.advice.language import read_language
from assistant.advice.wording import Wording
from assistant.errors import InputRefusedError
from assistant.moves import Recogniser, Utterance
from assistant.moves.corrections import Example, Taught
from assistant.pair.memory import Memory, memory_of
from assistant.pair.records import PairRecord, PairRecords
from assistant.records import Person, ReviewRecord, ReviewRecords
from assistant.settings import Settings
from assistant.storage.people import People, given_name
from knowledge.cards import Card, Role
from knowledge.embeddings import Embedder, shipped_embedder
from knowledge.progress import Progress, silent
from knowledge.store.access import Viewer

if TYPE_CHECKING:
    from assistant.debrief.read import Debrief
    from assistant.draft.check import Checked
    from assistant.hearing.hear import Hearing
    from assistant.moves.second import SecondReader, SecondReading
    from assistant.moves.trial import Trial
    from assistant.providers.tracing import Tracing
    from assistant.review.findings import Judge
    from assistant.review.leaning import Leaning
    from assistant.review.review import Review
    from assistant.review.roles import Cast
    from assistant.review.topic import Topic
    from assistant.review.transcript import Transcript


@dataclass(frozen=True)
class HouseOfReadings(ABC):
    """Its parts are those of the house."""

    embedder: Embedder
    people: People
    pairs: PairRecords
    reviews: ReviewRecords
    viewer: Viewer
    moves: Recogniser
    settings: Settings
    wording: Wording | None
    tracing: "Tracing | None"

    @property
    @abstractmethod
    def cards(self) -> Mapping[str, Card]:
        """The cards that are in force, by id."""

    def recall(self, viewer: Viewer, about: str = "") -> Memory:
        """What is known between `viewer` and whom `about` names; the first pair where it names nobody."""
        pairs = self.pairs.pairs(viewer)
        if not pairs:
            return Memory()
        named = [pair for pair in pairs if _speaks_of(about, pair.other(viewer.person_id))]
        pair = (named or pairs)[0]
        return memory_of(self.pairs.items(viewer, pair.id), pair, viewer.person_id)

    def read_debrief(self, text: str, *, viewer: Viewer, pair: PairRecord, today: date) -> "Debrief":
        """What `viewer` told of a meeting of this pair, read into items to be confirmed; nothing is kept."""
        from assistant.debrief.read import read_debrief

        teller = next((each.role for each in self.people.list() if each.id == viewer.person_id), "coach")
        named = given_name(pair.other(viewer.person_id)) if teller != "coach" else None
        return read_debrief(text, teller=cast(Role, teller), counterpart=named, today=today)

    def check_draft(self, text: str, *, role: Role) -> "Checked":
        """A mail, an agenda or an outline, read before it is sent."""
        from assistant.draft.check import check

        return check(text, role=role, recogniser=self.reader(), cards=self.cards)

    def hear(self, text: str, *, writer: Role, viewer: Viewer | None = None) -> "Hearing":
        """How a VP and how learning hear what one of them says."""
        from assistant.hearing.hear import hear

        return hear(
            text, writer=writer, recogniser=self.reader(viewer), cards=self.cards, language=read_language
        )

    def reader(self, viewer: Viewer | None = None) -> Taught:
        """Reads moves, as `viewer` corrected them."""
        return Taught(self.moves, self.reviews.examples(viewer or self.viewer))

    def judge(self, viewer: Viewer | None = None) -> "Judge":
        """What the findings of a review rest on, with moves as `viewer` corrected them."""
        from assistant.review.acts import Acts, ActsModel
        from assistant.review.findings import Judge
        from assistant.review.verdicts import Verdicts

        return Judge(Acts(ActsModel.load(), moves=self.reader(viewer)), Verdicts.load())

    @property
    def leaning(self) -> "Leaning":
        """Tells a VP from a learning executive by what they say."""
        from assistant.review.leaning import WEIGHTS, Leaning
        from assistant.textmodel import TextModel

        return Leaning(TextModel.load(WEIGHTS), embed=shipped_embedder(self.embedder).embed)

    @property
    def topic(self) -> "Topic":
        """Tells talks of selling and learning from others."""
        from assistant.review.topic import WEIGHTS, Topic
        from assistant.textmodel import TextModel

        return Topic(TextModel.load(WEIGHTS), embed=shipped_embedder(self.embedder).embed)

    def who_is_who(
        self, transcript: "Transcript", *, me: str | None = None, role: str | None = None
    ) -> "Cast":
        """A first guess at the roles of those who speak."""
        from assistant.review.roles import cast as guess
        from assistant.review.topic import about_it

        about = partial(about_it, near=self.topic)
        return guess(transcript, me=me, role=role, leaning=self.leaning, about=about)

    def review(self, viewer: Viewer, record: ReviewRecord) -> "Review":
        """What a conversation that is kept shows, with what people said of it."""
        from assistant.review.review import review

        return review(
            record.transcript,
            recogniser=self.reader(viewer),
            cards=self.cards,
            roles=record.roles,
            corrected=self.reviews.corrected(viewer, record.id),
            judge=self.judge(viewer),
            second=self._kept_reading(viewer, record),
            topic=self.topic,
        )

    @property
    def second_reader(self) -> "SecondReader | None":
        """Reads moves with the chat model; None without one. Whether it may is another question: see `trial`."""
        from assistant.moves.second import SecondReader

        if self.wording is None:
            return None
        return SecondReader(
            self.wording.model, seconds=self.settings.model_seconds, disguise=self.wording.disguise,
            observed=nullcontext if self.tracing is None else self.tracing.reading,
        )  # fmt: skip

    @property
    def trial(self) -> "Trial | None":
        """How the chat model in use read moves beside the local recogniser; None where that was not measured."""
        from assistant.moves.trial import Trial, shipped_digest

        reader, kept = self.second_reader, Trial.load(self.settings.data_dir)
        if reader is None or kept is None:
            return None
        fits = kept.fits(reader, data=shipped_digest(), weights=self.moves.model.data)
        return kept if fits else None

    def read_again(
        self,
        transcript: "Transcript",
        roles: Mapping[str, str | None],
        *,
        progress: Progress = silent,
        waiting: Callable[[], object] = lambda: None,
    ) -> "SecondReading":
        """What the chat model reads in a conversation. Refused for one that did not win; raises `ModelError` where none
        of it was read, and what `waiting` does."""
        from assistant.moves.again import read_again

        reader, trial = self.second_reader, self.trial
        if reader is None:
            raise InputRefusedError(
                "There is no chat model for a second reading", next_step="Set one up in the settings"
            )
        said = [Utterance(t.id, t.speaker, roles.get(t.speaker), t.text) for t in transcript.turns]
        return read_again(said, reader=reader, trial=trial, progress=progress, waiting=waiting)

    def _kept_reading(self, viewer: Viewer, record: ReviewRecord) -> "SecondReading | None":
        """What a chat model read, for the lines that no correction reached; None once the local reading is another."""
        second = record.second
        if second is None or second.weights != self.moves.model.data:
            return None
        said = [
            Utterance(t.id, t.speaker, record.roles.get(t.speaker), t.text) for t in record.transcript.turns
        ]
        taught = zip(self.reader(viewer).read(said), self.moves.read(said), strict=True)
        reached = {each.id for each, (ours, plain) in zip(said, taught, strict=True) if ours != plain}
        turns = {name: moves for name, moves in second.turns.items() if name not in reached}
        return replace(second, turns=turns)

    def correct(
        self, viewer: Viewer, record: ReviewRecord, turn_id: str, moves: frozenset[str] | None
    ) -> None:
        """Keep what a person says a turn does, with what the machine had thought; None takes it back."""
        turns = record.transcript.turns
        at = next(place for place, turn in enumerate(turns) if turn.id == turn_id)
        around = [
            Utterance(t.id, t.speaker, record.roles.get(t.speaker), t.text)
            for t in turns[max(0, at - 1) : at + 1]
        ]
        read = self.moves.probabilities(around)
        example = Example(
            turns[at].speaker, turns[at].text, moves or frozenset(), read.vectors[-1], read.utterances[-1]
        )
        self.reviews.correct(viewer, record.id, turn_id, None if moves is None else example)


def _speaks_of(text: str, person: Person) -> bool:
    name = given_name(person)
    return (
        name is not None and re.search(rf"\b{re.escape(name.split()[0])}\b", text, re.IGNORECASE) is not None
    )
