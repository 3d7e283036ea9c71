"""A chat model words what the coach has composed; what does not pass the check is left out, or the composed words stand.

Retrieval, the reading of the question, the choice of cards and the record stay the coach's. The model gets the passages
of this turn as data, each with a number, and every sentence of its reply that claims something must carry a number
that bears it out.
"""

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.advice.answer import Answer, Citation, Made, Sentence
from assistant.advice.check import Check, Floats, Source, Support
from assistant.advice.claims import Segment, claims, segments
from assistant.advice.sources import is_invented
from assistant.chat import ChatModel, Prompted, Usage
from assistant.errors import ModelError
from knowledge.cards import Card, Role, passage_name
from prompts import prompt

_SECTIONS = ("Do", "Say", "Ask", "Avoid", "Why it matters to them", "What it is", "Formula")
_MOST_PASSAGES = 8
_LEAST_CLAIMS, _LEAST_SHARE = 2, 0.6
_SPEAKERS = {"learning-executive": "learning executive", "sales-vp": "VP of Sales", "coach": "coach"}
_COUNTERPARTS = {
    "learning-executive": "their VP of Sales",
    "sales-vp": "their learning executive",
    "coach": "a VP of Sales and a learning executive",
}
_FOREIGN = re.compile(r"https?:|www\.|!\[|\]\(|<[a-z/!]|data:|javascript:", re.IGNORECASE)


class Wording:
    """Words composed answers with a chat model, each within `seconds`."""

    def __init__(self, model: ChatModel, *, embed: Callable[[Sequence[str]], Floats], seconds: float) -> None:
        self.model, self._embed, self._seconds = model, embed, seconds

    def word(self, composed: Answer, *, cards: Mapping[str, Card], history: Sequence[Answer] = ()) -> Answer:
        """The worded answer, or the composed one with a note that says why it stands."""
        if not composed.citations or composed.abstained or any(is_invented(c) for c in composed.citations):
            return composed
        started = time.perf_counter()
        given = passages(composed, cards)
        try:
            reply, usage = self._ask(composed, given, history)
        except ModelError as error:
            note = f"Composed from the playbook: the chat model was not used, since {error.brief}."
            return composed.model_copy(update={"made": self._made(given, started, note=note)})
        answer, sentences = _checked(reply, composed, given, self._embed)
        made = self._made(given, started, usage=usage, sentences=sentences)
        if answer is None:
            made = made.model_copy(
                update={"note": "Composed from the playbook: the chat model's words did not pass the check."}
            )
            return composed.model_copy(update={"made": made})
        timings = {**composed.timings_ms, "word": made.seconds * 1_000}
        timings["total"] = round(timings.get("total", 0.0) + timings["word"], 3)
        update = {"mode": "model", "made": made, "timings_ms": timings}
        return composed.model_copy(update={**update, "answer": answer[0], "citations": answer[1]})

    def _ask(
        self, composed: Answer, given: Sequence[Citation], history: Sequence[Answer]
    ) -> tuple[str, Usage]:
        words, usage = [], Usage()
        for piece in self.model.stream(_messages(composed, given, history), seconds=self._seconds):
            words.append(piece.text)
            usage = piece.usage or usage
        return "".join(words), usage

    def _made(
        self,
        given: Sequence[Citation],
        started: float,
        *,
        usage: Usage | None = None,
        sentences: Sequence[Sentence] = (),
        note: str | None = None,
    ) -> Made:
        counted = usage or Usage()
        return Made(
            model=self.model.name,
            prompt=f"{prompt('advice', 'word').digest} {prompt('advice', 'turn').digest}",
            passages=tuple(citation.passage_id for citation in given),
            tokens_in=counted.tokens_in,
            tokens_out=counted.tokens_out,
            seconds=round(time.perf_counter() - started, 3),
            sentences=tuple(sentences),
            note=note,
        )


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


def who_is_who(role: Role) -> dict[str, str]:
    """Which names of a person mean one for somebody in this role."""
    same: dict[Role, dict[str, str]] = {
        "learning-executive": {"vp": "they"},
        "sales-vp": {"learning": "they", "vp": "you"},
        "coach": {},
    }
    return same[role]


def _messages(composed: Answer, given: Sequence[Citation], history: Sequence[Answer]) -> list[Prompted]:
    role = composed.role
    rules = prompt("advice", "word").render(
        role=_SPEAKERS[role],
        counterpart=_COUNTERPARTS[role],
        shape=composed.understood.shape.replace("-", " "),
    )
    turn = prompt("advice", "turn").render(
        earlier="\n".join(_data(before.question) for before in history[-4:]) or "none",
        question=_data(composed.question),
        facts="\n".join(f"{k}: {_data(v)}" for k, v in composed.understood.facts.known().items()) or "none",
        passages="\n".join(
            f'<passage number="{c.marker}" title="{_data(c.title)}">\n{_data(c.text)}\n</passage>'
            for c in given
        ),
        draft=_data(re.sub(r"\s*\[\d+\]", "", composed.answer)),
    )
    return [Prompted("system", rules), Prompted("user", turn)]


def _data(text: str) -> str:
    """Text that closes no mark of the prompt and begins none of a model's own."""
    return text.replace("<", "‹").replace(">", "›")


def _checked(
    reply: str, composed: Answer, given: Sequence[Citation], embed: Callable[[Sequence[str]], Floats]
) -> tuple[tuple[str, tuple[Citation, ...]] | None, list[Sentence]]:
    """The sentences that passed, with their markers counted from 1, and the verdict on each; None where too few did."""
    check = Check(
        [Source(c.marker, c.text, source_lines(c.text)) for c in given],
        embed=embed,
        said=composed.question,
        same=who_is_who(composed.role),
    )
    frames = {s.text for s in segments(composed.answer) if not s.markers}
    judged = [(segment, _judge(segment, check, frames)) for segment in segments(reply)]
    verdicts = [Sentence(text=s.text, why=v.why, passed=v.passed) for s, v in judged]
    kept = [(s, v) for s, v in judged if v.passed]
    cited = sum(v.number is not None for _, v in kept)
    wanted = sum(claims(s) for s, _ in judged)
    if cited < min(_LEAST_CLAIMS, wanted) or not cited or cited < _LEAST_SHARE * wanted:
        return None, verdicts
    return _written(kept, given), verdicts


def _judge(segment: Segment, check: Check, frames: Iterable[str]) -> Support:
    if _FOREIGN.search(segment.text) or re.search(r"[\[\]<>]", segment.text):
        return Support("foreign", 0.0)
    if not segment.markers and (segment.text in frames or not claims(segment)):
        return Support("supported", 1.0)
    return check.judge_segment(segment.text, segment.markers)


def _written(
    kept: Sequence[tuple[Segment, Support]], given: Sequence[Citation]
) -> tuple[str, tuple[Citation, ...]]:
    """Markdown, and a citation for each line that bears something out; one marker for the same words."""
    by_number = {citation.marker: citation for citation in given}
    citations: list[Citation] = []
    text, place = "", (-1, -1)
    for segment, support in kept:
        mark = ""
        if support.number is not None and support.line is not None:
            mark = f" [{_marker(by_number[support.number], support, citations)}]"
        here = (segment.block, segment.line)
        gap = " " if here == place else "\n\n" if segment.block != place[0] else "\n"
        text += (gap if text else "") + segment.lead + segment.text + mark
        place = here
    return text, tuple(citations)


def _marker(source: Citation, support: Support, citations: list[Citation]) -> int:
    quote = _long_enough(str(support.line), source.text)
    for citation in citations:
        if (citation.passage_id, citation.quote) == (source.passage_id, quote):
            return citation.marker
    number = len(citations) + 1
    citations.append(source.model_copy(update={"marker": number, "quote": quote, "score": support.score}))
    return number


def _long_enough(line: str, text: str) -> str:
    """A quote of four words or more: the whole line where a sentence is shorter, or the whole passage."""
    if len(line.split()) >= 4:
        return line
    whole = next((each for each in text.splitlines() if line in each), text)
    return whole if len(whole.split()) >= 4 else text
