"""The coach: a question and the turns before it in, a grounded answer out. No model, no I/O of its own."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.advice.answer import Answer, Corrections, Pilot, Remembered, Trace, Understood
from assistant.advice.choose import Ranked, rank_cards
from assistant.advice.compose import compose, lead, offer_own, say, suggest_pilot
from assistant.advice.decline import hand_off, human_sentence, language_limit, refusal
from assistant.advice.draft import Draft
from assistant.advice.examples import Examples, FindStories
from assistant.advice.facts import one_line
from assistant.advice.followups import OPERATIONS
from assistant.advice.learned import REFUSED, Learned
from assistant.advice.own_documents import FindDocuments, Told, quote_document, told_by
from assistant.advice.shape import is_rhetorical, read_shape
from assistant.advice.understand import Reading, correct, says_something_new, understand
from assistant.stories.find import CLEAR_FLOOR, Candidate, topic_of
from assistant.stories.find import choose as choose_story
from knowledge.cardbook import CardBook
from knowledge.cards import Card, Role
from knowledge.store.access import Viewer
from prompts import digest

Floats = NDArray[np.float32]
_CONTEXT_TURNS = 12
_DOCUMENTED = frozenset({"in", "half", "private", "benchmark"})
_ABOUT_THE_SCOPE = frozenset({"sv-1", "le-1"})
"""Principles of cards whose advice hangs on which team it is."""
_NEAREST_FLOOR = 0.35
OWN_SITUATION_FLOOR = 0.75
"""Similarity from which a question is taken to be the one that the author of an own card wrote down."""
SECOND_QUESTION_PRIOR = 0.3
"""Learned probability from which a second question is answered beside the first."""


@dataclass(frozen=True)
class Found:
    """What the search found: cards with scores from 0 to 1, the path that answered, and how long it took."""

    cards: Mapping[str, float]
    path: Literal["chroma", "exact"]
    milliseconds: float


class Known(Protocol):
    """What was told earlier (`assistant.pair.memory.Memory`)."""

    def applied(self, understood: Understood) -> Understood:
        """The reading with it, where nothing was said now."""
        ...

    def used(self, answer: Answer, cards: Collection[Card]) -> tuple[Remembered, ...]:
        """What an answer drew on."""
        ...


Recall = Callable[[Viewer, str], Known]
"""What somebody told earlier that bears on a question."""


class FindCards(Protocol):
    """Candidate cards for a question's words and vector."""

    def __call__(self, query: str, vector: Floats) -> Found:
        """Cards that may be seen, with scores from 0 to 1."""
        ...


@dataclass
class _Clock:
    """Milliseconds per stage."""

    started: float = field(default_factory=time.perf_counter)
    stages: dict[str, float] = field(default_factory=dict)
    embedding: float = 0.0

    def lap(self, stage: str, since: float) -> float:
        now = time.perf_counter()
        self.stages[stage] = round((now - since) * 1_000, 3)
        return now


class Coach:
    """Advises in one role at a time; holds the playbook and its vectors, and nothing about any user."""

    def __init__(
        self,
        book: CardBook,
        *,
        embed: Callable[[str], Floats],
        find_cards: FindCards,
        learned: Learned,
        examples: Examples,
        own: Collection[str] = (),
        find_stories: FindStories | None = None,
        find_documents: FindDocuments | None = None,
        recall: Recall | None = None,
    ) -> None:
        """`own` are ids of cards that people wrote here: what was learned of reach knows nothing of them."""
        self._find_stories, self._find_documents = find_stories, find_documents
        self._recall = recall
        self._own = tuple(own)
        self.book, self._embed, self._find_cards, self._learned = book, embed, find_cards, learned
        self._examples = examples

    @property
    def cards(self) -> Mapping[str, Card]:
        """The playbook, by card id."""
        return self.book.cards

    def advise(
        self,
        question: str,
        *,
        role: Role,
        history: Sequence[Answer] = (),
        corrections: Corrections | None = None,
        viewer: Viewer | None = None,
    ) -> Answer:
        """Answer `question` as the next turn after `history` (oldest first), read as the user corrected it.

        Stories that were logged come in only where `viewer` says who asks, and may see them.
        """
        clock = _Clock()
        recent = history[-_CONTEXT_TURNS:]
        reading = understand(
            question, role=role, history=recent, embed=self._timed(clock), learned=self._learned
        )
        reading = self._in_reach(reading)
        if corrections is not None:
            reading = correct(reading, corrections)
        known = self._recall(viewer, question) if viewer and self._recall else None
        if known is not None:
            reading = replace(reading, understood=known.applied(reading.understood))
        after = clock.lap("understand", clock.started)
        clock.stages["understand"] = round(clock.stages["understand"] - clock.embedding, 3)
        clock.stages["embed"] = round(clock.embedding, 3)
        found = self._find_cards(reading.text, reading.vector)
        near = (
            self._find_stories(reading.text, reading.vector, viewer) if viewer and self._find_stories else ()
        )
        reading = self._story_wanted(reading, near)
        clock.lap("retrieve", after)
        told = self._told(reading, viewer)
        answer = self._finish(reading, found, recent, clock, near, told=told)
        return answer if known is None else self._with_source(answer, known)

    def reaches(self, question: str, *, role: Role, history: Sequence[Answer] = ()) -> bool:
        """Whether a question, asked next, is one to advise on."""
        read = understand(question, role=role, history=history, embed=self._embed, learned=self._learned)
        return read.understood.scope in {"in", "half"}

    def _with_source(self, answer: Answer, known: Known) -> Answer:
        """The answer, with what it drew on of what was told earlier."""
        if answer.reason is not None:
            return answer
        cited = [card for c in answer.citations if c.card_id and (card := self.cards.get(c.card_id))]
        return answer.model_copy(update={"remembered": known.used(answer, cited)})

    def _told(self, reading: Reading, viewer: Viewer | None) -> Told | None:
        """What a document of the user's own says to the question, if one clearly answers it."""
        if viewer is None or self._find_documents is None or reading.understood.scope not in _DOCUMENTED:
            return None
        passages = self._find_documents(reading.text, reading.vector, viewer)
        return told_by(passages, reading.vector, self._embed)

    def _timed(self, clock: _Clock) -> Callable[[str], Floats]:
        def embed(text: str) -> Floats:
            started = time.perf_counter()
            vector = self._embed(text)
            clock.embedding += (time.perf_counter() - started) * 1_000
            return vector

        return embed

    def _in_reach(self, reading: Reading) -> Reading:
        """A question that is nearly word for word a situation of an own card is in reach, whatever it is about."""
        if reading.understood.scope not in REFUSED or not self._own:
            return reading
        nearest = self.book.near(reading.vector).best("situation", "verdict", cards=self._own)
        if not nearest or nearest[0][1] < OWN_SITUATION_FLOOR:
            return reading
        return replace(reading, understood=reading.understood.model_copy(update={"scope": "in"}))

    @staticmethod
    def _story_wanted(reading: Reading, stories: Sequence[Candidate]) -> Reading:
        """A request for a story that was logged here is in reach, whatever the story is about."""
        understood = reading.understood
        if understood.scope != "out" or understood.shape != "story":
            return reading
        story = choose_story(
            stories,
            today=datetime.now(UTC).date(),
            asked=True,
            topic=topic_of(reading.text),
            floor=CLEAR_FLOOR,
        )
        return (
            reading
            if story is None
            else replace(reading, understood=understood.model_copy(update={"scope": "in"}))
        )

    def _finish(
        self,
        reading: Reading,
        found: Found,
        history: Sequence[Answer],
        clock: _Clock,
        stories: Sequence[Candidate] = (),
        *,
        told: Told | None = None,
    ) -> Answer:
        started = time.perf_counter()
        understood = reading.understood
        before = next((turn for turn in reversed(history) if turn.trace.spine in self.cards), None)
        near = self.book.near(reading.vector)
        prior = self._learned.card_odds(reading.text, reading.vector)
        ranked = rank_cards(
            understood, near, found.cards, prior=prior, stay_on=self._stay_on(understood, before)
        )
        said = frozenset(s for turn in history for s in turn.trace.used)
        draft = Draft(
            understood,
            self.book,
            near,
            example=lambda card: self._examples.nearest(card, reading.vector, said),
            own_story=lambda card, asked: choose_story(
                stories,
                today=datetime.now(UTC).date(),
                card_id=card.id,
                metric=understood.facts.metric,
                told=said,
                asked=asked,
                topic=topic_of(reading.text),
            ),
            said=said,
            just_said=frozenset(before.trace.used) if before else frozenset(),
        )
        reason, spine = self._write(draft, ranked, before, told)
        pilot = self._pilot(draft, spine, reason)
        chips = _chips(draft, spine, pilot) if reason is None and spine else ()
        clock.lap("compose", started)
        clock.lap("total", clock.started)
        return Answer(
            question=understood.question,
            role=understood.role,
            path=found.path,
            abstained=reason in {*REFUSED, "unclear", "language"},
            reason=reason,
            answer=draft.markdown,
            citations=tuple(draft.citations),
            understood=understood,
            pilot=pilot,
            follow_ups=chips,
            timings_ms=clock.stages,
            trace=Trace(
                spine=spine.id if spine else None,
                used=tuple(draft.used),
                phrases=digest("advice"),
                candidates=tuple((r.card.id, round(r.score, 4)) for r in ranked[:5]),
            ),
        )

    @staticmethod
    def _stay_on(understood: Understood, before: Answer | None) -> str | None:
        """The card to stay with, unless the follow-up brings a matter of its own."""
        if before is None or says_something_new(understood.question, understood.follow_up):
            return None
        return before.trace.spine if understood.follow_up else None

    def _write(
        self, draft: Draft, ranked: Sequence[Ranked], before: Answer | None, told: Told | None = None
    ) -> tuple[str | None, Card | None]:
        """Fill the draft; returns why nothing was advised (None if something was) and the spine."""
        if told is not None and draft.understood.scope in REFUSED:
            quote_document(draft, told, frame="document-instead")
            if draft.citations:
                return None, None
        if (reason := self._instead_of_advice(draft, ranked)) is not None:
            return reason, None
        follow_up = draft.understood.follow_up
        operation = OPERATIONS.get(follow_up) if follow_up else None
        if operation and before and before.trace.spine:
            card = self.cards[before.trace.spine]
            operation(draft, card, ranked)
            if draft.citations:
                # an example shows the matter from elsewhere; the matter stays what it was
                return None, card if follow_up == "example" else self._spine_of(draft, card)
        compose(draft, ranked)
        self._other_questions(draft, ranked[0].card)
        _echo(draft)
        offer_own(draft, ranked[0].card)
        if told is not None:
            quote_document(draft, told, frame="document-beside")
        _ask_back(draft, ranked[0].card)
        return None, ranked[0].card

    def _instead_of_advice(self, draft: Draft, ranked: Sequence[Ranked]) -> str | None:
        """Say why there is no advice, and return the reason; otherwise frame it, and return None."""
        understood = draft.understood
        reason: str | None = None
        if understood.scope == "human":
            reason = "human"
            draft.add(human_sentence(understood.question))
        elif understood.scope in REFUSED:
            reason = understood.scope if understood.language == "en" else "language"
            draft.add(refusal(understood, _nearest_help(draft, ranked)))
        elif not ranked:
            reason = "unclear"
            draft.add(say("unclear"))
        else:
            self._frame(draft)
            reason = "hand-off" if understood.hand_off == "harassment" else None
        return reason

    def _spine_of(self, draft: Draft, card: Card) -> Card:
        """The card a follow-up stayed on, or went to."""
        cited = [c.card_id for c in draft.citations if c.card_id is not None]
        return card if card.id in cited or not cited else self.cards[cited[0]]

    def _other_questions(self, draft: Draft, spine: Card) -> None:
        """Of several questions one more is answered, by its decision alone, and the next one is named."""
        others = [q for q in draft.understood.further_questions if not is_rhetorical(q)]
        for position, question in enumerate(others[-2:]):
            if position:
                draft.add(say("third-question", question=one_line(question) or ""))
                return
            understood = draft.understood.model_copy(
                update={"question": question, "shape": read_shape(question)}
            )
            vector = self._embed(question)
            prior = self._learned.card_odds(question, vector)
            near = self.book.near(vector)
            ranked = rank_cards(understood, near, self._find_cards(question, vector).cards, prior=prior)
            if not ranked or ranked[0].card.id in {spine.id, *(c.card_id for c in draft.citations)}:
                return
            if ranked[0].prior >= SECOND_QUESTION_PRIOR and (decision := lead(draft, ranked[0].card, ranked)):
                draft.add(f"{say('second-question')} {decision}")

    @staticmethod
    def _frame(draft: Draft) -> None:
        """What comes before the advice: language, the stake, the part that belongs to somebody else."""
        understood = draft.understood
        if understood.language != "en":
            draft.add(language_limit(understood))
        if (handed := hand_off(understood)) is not None:
            draft.add(handed)
        elif understood.feeling and not understood.follow_up:
            draft.add(say(f"stake-{understood.feeling}"))
        if understood.pronoun_note:
            earlier, now = understood.pronoun_note.split("/")
            name = "pronoun-other-vp" if understood.role == "learning-executive" else "pronoun-other"
            draft.add(say(name, before=earlier, now=now))

    @staticmethod
    def _pilot(draft: Draft, spine: Card | None, reason: str | None) -> Pilot | None:
        """Only when a group or an outcome is on the table, or it was asked for, and nobody ruled it out."""
        understood = draft.understood
        if (
            reason
            or spine is None
            or understood.feeling
            or "pilot" in (*understood.as_said().unwanted, *understood.as_said().tried)
        ):
            return None
        facts = understood.as_said().facts  # what was told earlier alone brings no pilot into every answer
        wanted = understood.shape == "pilot" or (
            facts.group is not None and understood.shape in {"advice", "metric", "plan"}
        )
        wanted = wanted or (facts.outcome is not None and understood.shape in {"advice", "plan"})
        return suggest_pilot(draft, spine) if wanted and not understood.follow_up else None


def _nearest_help(draft: Draft, ranked: Sequence[Ranked]) -> Card | None:
    """What to offer instead of an answer, if anything is near enough to be worth naming."""
    if not ranked:
        return None
    card = ranked[0].card
    return card if draft.near.mean_top(card.id, "situation", "verdict", "title") >= _NEAREST_FLOOR else None


def _echo(draft: Draft) -> None:
    """One short echo of whom the user spoke of, where the cards' sentences had no place for it."""
    group = draft.understood.as_said().facts.group
    fitting = draft.understood.shape in {"pilot", "metric", "plan", "advice", "questions"}
    if not group or not fitting or draft.understood.follow_up or group.lower() in draft.markdown.lower():
        return
    if draft.lines and f"[{draft.citations[0].marker}]" in draft.lines[0]:
        draft.lines[0] = f"{say('for-group', group=group)} {draft.lines[0]}"


def _ask_back(draft: Draft, spine: Card) -> None:
    """One question at the end, where one thing is missing and matters: on cards about where to begin and what for."""
    understood = draft.understood
    asks = understood.shape in {"plan", "pilot"} or (
        understood.shape == "advice" and spine.about.principles[0] in _ABOUT_THE_SCOPE
    )
    if not asks or understood.follow_up or spine.kind == "metric" or draft.second is not None:
        return
    facts = understood.facts
    if facts.group and (facts.outcome or facts.metric or facts.symptom):
        return
    missing = "outcome" if facts.group else "group"
    side = {"learning-executive": "le", "sales-vp": "vp", "coach": "coach"}[understood.role]
    values = {"they": understood.pronoun} if side == "le" else {}
    variant = 1 + len(understood.question) % 2
    draft.add(say(f"back-{missing}-{side}-{variant}", **values))


def _chips(draft: Draft, spine: Card, pilot: Pilot | None) -> tuple[str, ...]:
    """Up to three things a user may ask next that the answer has not given yet."""
    shape = draft.understood.shape
    given = {c.section for c in draft.citations}
    chips = []
    if (
        spine.kind == "card"
        and shape not in {"words", "message"}
        and draft.pick(spine, "Say", spoken_to=True)
    ):
        chips.append(say("chip-say"))
    objection = next(
        (
            e
            for e, score in draft.near.best("objection", cards=[spine.id], top=3)
            if e.sentence and draft.fits(e.sentence)
        ),
        None,
    )
    if objection is not None and shape != "objection":
        chips.append(say("chip-objection", objection=objection.text.rstrip(".")))
    if (
        spine.kind == "card"
        and shape not in {"message"}
        and draft.pick(spine, "Say", setting="email", spoken_to=True)
    ):
        chips.append(say("chip-message"))
    if "Why it matters to them" not in given and spine.kind == "card":
        chips.append(say("chip-why"))
    if pilot is None and shape in {"advice", "plan"} and draft.understood.facts.group:
        chips.append(say("chip-pilot"))
    return tuple(chips[:3])
