"""A chat model words what the coach has composed; what does not pass the check is left out, or the composed words stand.

Retrieval, the reading of the question, the choice of cards and the record stay the coach's. The model gets the passages
of this turn as data, each with a number, and every sentence of its reply that claims something must carry a number
that bears it out.
"""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field

from assistant.advice.answer import Answer, Citation, Made, Sentence
from assistant.advice.check import Check, Floats, Source
from assistant.advice.claims import complete, draft_words, segments
from assistant.advice.fields import Reaches, ReadFields, read_fields, with_fields
from assistant.advice.judged import Frames, Judged, judge_reply, written
from assistant.advice.sources import is_invented
from assistant.advice.told import with_stories, without_stories
from assistant.chat import ChatModel, Prompted, Usage
from assistant.errors import CounterpartError, ModelError
from assistant.pseudonyms import Disguise, Disguised, Pseudonyms, undisguised
from knowledge.cards import Card, Role, passage_name
from prompts import phrase, prompt

Observed = Callable[[], AbstractContextManager[Callable[[Answer], object] | None]]
"""Stands around the making of an answer, and is given it."""
Show = Callable[[str], object]
"""Gets the words of a draft so far, without markers."""
_SECTIONS = ("Do", "Say", "Ask", "Avoid", "Why it matters to them", "What it is", "Formula")
_MOST_PASSAGES = 8
_PROMPTS = ("word", "turn", "repair", "fields")
_LEAST_SECONDS = 1.0
_SHARE_FOR_FIELDS = 0.5
"""Of the time for an answer, at most this for reading what the user said: the words are there already."""
_EARLIER = 4
"""Questions of this conversation that go along."""
_SPEAKERS = {"learning-executive": "learning executive", "sales-vp": "VP of Sales", "coach": "coach"}
_COUNTERPARTS = {
    "learning-executive": "their VP of Sales",
    "sales-vp": "their learning executive",
    "coach": "a VP of Sales and a learning executive",
}


def unseen(_: object) -> None:
    """For a draft that nobody watches, and a part that nobody keeps."""


def reached(_: str) -> bool:
    """For a coach who answers whatever is asked."""
    return True


class Wording:
    """Words composed answers with a chat model, each within `seconds`."""

    def __init__(
        self,
        model: ChatModel,
        *,
        embed: Callable[[Sequence[str]], Floats],
        seconds: float,
        disguise: Disguise = undisguised,
        observed: Observed = nullcontext,
        show_unsupported: bool = False,
    ) -> None:
        """`show_unsupported` leaves sentences that no passage bears out in the answer, said to be the model's own."""
        self._show_unsupported = show_unsupported
        self.model, self._embed, self._seconds = model, embed, seconds
        self.disguise, self._observed = disguise, observed

    def word(
        self,
        composed: Answer,
        *,
        cards: Mapping[str, Card],
        history: Sequence[Answer] = (),
        show: Show = unseen,
        keep: Callable[[Answer], object] = unseen,
        reaches: Reaches = reached,
    ) -> Answer:
        """The worded answer, or the composed one with a note that says why it stands.

        Either has what the model read of the user's words, and what to ask next if the coach `reaches` it.

        `show` gets the draft so far, and is called a few times a second also while nothing comes. If it raises, the
        request is given up, `keep` gets the part that came and passed the check, if any, and what was raised goes on.
        """
        ours = without_stories(composed)
        if not ours.citations or composed.abstained or any(is_invented(c) for c in composed.citations):
            return composed
        given = passages(ours, cards)
        turn = _Turn(ours, given, _messages(ours, given, history), self._seconds, whole=composed)
        turn.reaches = reaches
        turn.playbook = [
            *(c.text for c in given),
            *(s for card in cards.values() for s in card.about.situations),
        ]
        with self._observed() as note:
            answer = self._answer(turn, history, show, keep)
            if note is not None:
                note(answer)
        return answer

    def _answer(
        self, turn: "_Turn", history: Sequence[Answer], show: Show, keep: Callable[[Answer], object]
    ) -> Answer:
        composed = turn.whole
        try:
            turn.names = self.disguise(_told(turn.composed, turn.given, history))
            turn.reply = self._reply(turn, turn.messages, show)
            judged = self._repaired(turn, self._judged(turn), show)
            fields = self._fields(turn, history, show)
        except CounterpartError as error:
            why = error.brief if isinstance(error, ModelError) else error.what
            note = phrase("advice", "model-not-used", why=why)
            made = self._made(turn, note=note).model_copy(update={"remedy": error.next_step or None})
            return composed.model_copy(update={"made": made})
        except BaseException:  # whoever watches wants no more: a page's stop is no Exception
            if (partial := self._partial(turn)) is not None:
                keep(partial)
            raise
        if not judged.enough:
            note = phrase("advice", "model-not-borne-out")
            answer = composed.model_copy(update={"made": self._made(turn, judged, note=note)})
        else:
            answer = self._worded(turn, judged)
        return with_fields(answer, fields, playbook=turn.playbook, reaches=turn.reaches)

    def _fields(self, turn: "_Turn", history: Sequence[Answer], show: Show) -> ReadFields:
        """What the user said, as the model reads it; nothing where that fails, or would take too much of the time."""
        seconds = min(turn.left, self._seconds * _SHARE_FOR_FIELDS)
        if seconds < _LEAST_SECONDS:
            return ReadFields()
        said = [*(before.question for before in history[-_EARLIER:]), turn.composed.question]
        try:
            fields, usage = read_fields(
                Disguised(self.model, turn.names),
                said,
                answer=_unmarked(turn.composed),
                seconds=seconds,
                waiting=lambda: show(draft_words(turn.reply)),
            )
        except ModelError:
            return ReadFields()
        turn.usage += usage
        return fields

    def _reply(self, turn: "_Turn", messages: Sequence[Prompted], show: Show) -> str:
        """What the model says to this, within what is left of the time; the first time `turn` has it as it grows."""
        first, reply = not turn.reply, ""
        show(draft_words(turn.reply))
        model = Disguised(self.model, turn.names)
        with closing(model.stream(messages, seconds=turn.left)) as pieces:
            for piece in pieces:
                reply += piece.text
                turn.usage += piece.usage or Usage()
                if first:
                    turn.reply = turn.names.restore(reply)
                if piece.ended == "length":
                    reply = reply[: complete(reply)]
                show(draft_words(turn.reply))
        return turn.names.restore(reply)

    def _repaired(self, turn: "_Turn", judged: Judged, show: Show) -> Judged:
        """Has the model put right what failed, once, while there is time; the better of the two replies stands."""
        if not judged.failed or turn.left < _LEAST_SECONDS:
            return judged
        turn.failed = tuple(verdict for verdict in judged.verdicts if not verdict.passed)
        failed = "\n".join(f"- {_data(v.text)} ({phrase('advice', f'why-{v.why}')})" for v in turn.failed)
        messages = [
            *turn.messages,
            Prompted("assistant", turn.reply),
            Prompted("user", prompt("advice", "repair").render(failed=failed)),
        ]
        try:
            second = self._judged(turn, self._reply(turn, messages, show))
        except ModelError:
            return judged  # what passed of the first reply is still there
        return max(judged, second, key=lambda each: (each.enough, each.share, each.cited))

    def _judged(self, turn: "_Turn", reply: str | None = None) -> Judged:
        composed = turn.composed
        check = Check(
            [Source(c.marker, c.text, source_lines(c.text), own_of(composed, c)) for c in turn.given],
            embed=self._embed,
            said=composed.question,
            facts=" ".join(composed.understood.facts.known().values()),
            same=who_is_who(composed.role),
        )
        frames = Frames.of(composed.answer, [c.text for c in turn.given])
        return judge_reply(turn.reply if reply is None else reply, check, frames=frames)

    def _partial(self, turn: "_Turn") -> Answer | None:
        """What had come as whole sentences and passes the check."""
        turn.reply = turn.reply[: complete(turn.reply)]
        judged = self._judged(turn)
        return (
            self._worded(turn, judged, note=phrase("advice", "model-stopped"), stopped=True)
            if judged.cited
            else None
        )

    def _worded(
        self, turn: "_Turn", judged: Judged, *, note: str | None = None, stopped: bool = False
    ) -> Answer:
        made = self._made(turn, judged, note=note, stopped=stopped)
        text, citations = with_stories(
            *written(judged, turn.given, unsupported=self._show_unsupported), turn.whole
        )
        timings = {**turn.composed.timings_ms, "word": made.seconds * 1_000}
        timings["total"] = round(timings.get("total", 0.0) + timings["word"], 3)
        update = {
            "mode": "model",
            "made": made,
            "timings_ms": timings,
            "answer": text,
            "citations": citations,
        }
        return turn.composed.model_copy(update=update)

    def _made(
        self, turn: "_Turn", judged: Judged | None = None, *, note: str | None = None, stopped: bool = False
    ) -> Made:
        return Made(
            model=self.model.name,
            place=self.model.place,
            prompt=" ".join(prompt("advice", name).digest for name in _PROMPTS),
            passages=tuple(citation.passage_id for citation in turn.given),
            tokens_in=turn.usage.tokens_in,
            tokens_out=turn.usage.tokens_out,
            seconds=round(time.perf_counter() - turn.started, 3),
            sentences=judged.verdicts if judged else (),
            repaired=turn.failed,
            names_hidden=len(turn.names),
            note=note,
            stopped=stopped,
        )


@dataclass
class _Turn:
    """One answer being worded: what was composed, what the model may draw on, and what it has said so far.

    `composed` is without the stories of the `whole`.
    """

    composed: Answer
    given: Sequence[Citation]
    messages: Sequence[Prompted]
    seconds: float
    whole: Answer
    reaches: Reaches = reached
    playbook: Sequence[str] = ()
    reply: str = ""
    failed: tuple[Sentence, ...] = ()
    names: Pseudonyms = field(default_factory=lambda: undisguised(()))
    usage: Usage = field(default_factory=Usage)
    started: float = field(default_factory=time.perf_counter)

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return max(0.0, self.seconds - (time.perf_counter() - self.started))


def passages(composed: Answer, cards: Mapping[str, Card]) -> list[Citation]:
    """What the model may draw on, numbered from 1: the passages cited, then more of the card that leads."""
    found = {citation.passage_id: citation for citation in reversed(composed.citations)}
    ordered = {citation.passage_id: found[citation.passage_id] for citation in composed.citations}
    card = cards.get(composed.trace.spine or "")
    for section in card.sections if card else ():
        name = passage_name(card.id, section.heading) if card else ""
        if card and section.heading in _SECTIONS and name not in ordered:
            ordered[name] = Citation(
                marker=1,
                kind="playbook",
                passage_id=name,
                card_id=card.id,
                title=card.title,
                section=section.heading,
                principles=card.about.principles,
                quote=section.text,
                text=section.text,
                score=0.0,
                grade=card.about.basis,
            )
    return [c.model_copy(update={"marker": n}) for n, c in enumerate([*ordered.values()][:_MOST_PASSAGES], 1)]


def source_lines(text: str) -> tuple[str, ...]:
    """What of a passage may be quoted: its lines, and the sentences in a line of several."""
    found: list[str] = []
    for line in text.splitlines():
        found.append(line.strip())
        sentences = re.split(r"(?<=[.!?])[”\"]?\s+", line.strip())
        found += sentences if len(sentences) > 1 else []
    return tuple(dict.fromkeys(line for line in found if line))


def own_of(composed: Answer, given: Citation) -> tuple[tuple[str, str], ...]:
    """What the composed answer says with this passage's markers, each with its quote: it is borne out already."""
    quotes = {c.marker: c.quote for c in composed.citations if c.passage_id == given.passage_id}
    return tuple(
        (segment.text, quotes[number])
        for segment in segments(composed.answer)
        for number in segment.markers
        if number in quotes
    )


def who_is_who(role: Role) -> dict[str, str]:
    """Which names of a person mean one for somebody in this role."""
    same: dict[Role, dict[str, str]] = {
        "learning-executive": {"vp": "they"},
        "sales-vp": {"learning": "they", "vp": "you"},
        "coach": {},
    }
    return same[role]


def _told(composed: Answer, given: Sequence[Citation], history: Sequence[Answer]) -> list[str]:
    """What people said in what is sent: the shipped cards name nobody."""
    turns = [composed, *history[-4:]]
    facts = [value for turn in turns for value in turn.understood.facts.known().values()]
    return [*(turn.question for turn in turns), *facts, *(c.text for c in given if c.kind != "playbook")]


def _messages(composed: Answer, given: Sequence[Citation], history: Sequence[Answer]) -> list[Prompted]:
    role = composed.role
    rules = prompt("advice", "word").render(
        role=_SPEAKERS[role],
        counterpart=_COUNTERPARTS[role],
        shape=composed.understood.shape.replace("-", " "),
    )
    turn = prompt("advice", "turn").render(
        earlier="\n".join(_data(before.question) for before in history[-_EARLIER:]) or "none",
        question=_data(composed.question),
        facts="\n".join(f"{k}: {_data(v)}" for k, v in composed.understood.facts.known().items()) or "none",
        passages="\n".join(
            f'<passage number="{c.marker}" title="{_data(c.title)}">\n{_data(c.text)}\n</passage>'
            for c in given
        ),
        draft=_data(_unmarked(composed)),
    )
    return [Prompted("system", rules), Prompted("user", turn)]


def _unmarked(composed: Answer) -> str:
    return re.sub(r"\s*\[\d+\]", "", composed.answer)


def _data(text: str) -> str:
    """Text that closes no mark of the prompt and begins none of a model's own."""
    return text.replace("<", "‹").replace(">", "›")
