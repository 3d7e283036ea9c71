"""A conversation made ready to leave the house, and written as Markdown; sources are quoted at its end."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.advice.answer import Answer, Citation, Pilot
from assistant.advice.making import making_line
from assistant.advice.sources import is_invented, principles_line, source_title

_MARKER = re.compile(r"\[(\d{1,2})\]")
BASIS = "What our playbook says: advice from practice, not proof."
BASIS_INVENTED = (
    "An invented example shows what is meant; it did not happen, and is not to be told as if it had."
)
NO_ANSWER = "No answer yet."
BLANK_BEHAVIOURS = "Left blank until the counterpart was asked what sellers should do differently"

Turns = Iterable[tuple[str, Answer | None]]
"""Questions with their answers, None where there is none yet."""


@dataclass(frozen=True, slots=True)
class ExportedTurn:
    """A question and the Markdown of its answer, None where there is none; `[3]` means the third source.

    `pilot` is the one to propose, unless the answer's own words spell it out; `made` says what a chat model had to
    do with it, if any.
    """

    question: str
    answer: str | None
    pilot: Pilot | None = None
    made: str | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """A whole conversation. `sources` are numbered from 1 through the document, the same words only once."""

    title: str
    note: str
    turns: tuple[ExportedTurn, ...]
    sources: tuple[Citation, ...]

    @property
    def basis(self) -> str:
        """What the sources are worth, in a sentence or two."""
        invented = [BASIS_INVENTED] if any(is_invented(source) for source in self.sources) else []
        return " ".join([BASIS, *invented])


def exported(title: str, turns: Turns, *, role_name: str, exported_at: datetime) -> Export:
    """The conversation with its markers counted through."""
    sources: list[Citation] = []
    counted = tuple(_turn(question, answer, sources) for question, answer in turns)
    note = f"Asked as: {role_name}. Exported {exported_at:%d %B %Y, %H:%M}."
    return Export(" ".join(title.split()) or "Conversation", note, counted, tuple(sources))


def conversation_markdown(export: Export) -> str:
    """The whole conversation as one Markdown document."""
    parts = [f"# {_line(export.title)}", export.note]
    for turn in export.turns:
        parts += [
            f"## {_line(turn.question)}",
            f"*{NO_ANSWER}*" if turn.answer is None else _tame(turn.answer),
        ]
        if turn.pilot:
            rows = "\n".join(f"- {name}: {_line(value)}" for name, value in pilot_rows(turn.pilot))
            parts += ["**A pilot to propose**", rows]
        if turn.made:
            parts.append(f"*How this answer was made: {_line(turn.made)}*")
    if export.sources:
        parts += ["## Sources", export.basis]
        parts += [_source(number, citation) for number, citation in enumerate(export.sources, 1)]
    return "\n\n".join(parts) + "\n"


def pilot_rows(pilot: Pilot) -> Sequence[tuple[str, str]]:
    """A pilot as names and values, in the order in which one reads it."""
    return (
        ("Group", pilot.group),
        ("Outcome", pilot.outcome),
        ("Behaviours", pilot.behaviours or BLANK_BEHAVIOURS),
        ("Cadence", pilot.cadence),
        ("Stop rule", pilot.stop_rule),
    )


def _turn(question: str, answer: Answer | None, sources: list[Citation]) -> ExportedTurn:
    if answer is None:
        return ExportedTurn(question, None)
    numbers = {citation.marker: _number(citation, sources) for citation in answer.citations}
    text = _MARKER.sub(lambda m: f"[{numbers.get(int(m.group(1)), m.group(1))}]", answer.answer)
    told = answer.pilot is not None and answer.pilot.stop_rule in answer.answer
    return ExportedTurn(question, text, None if told else answer.pilot, making_line(answer))


def _number(citation: Citation, sources: list[Citation]) -> int:
    for number, known in enumerate(sources, 1):
        if (known.passage_id, known.quote) == (citation.passage_id, citation.quote):
            return number
    sources.append(citation)
    return len(sources)


def _source(number: int, citation: Citation) -> str:
    where = f", {citation.section}" if citation.section else ""
    principles = f" {line}." if (line := principles_line(citation)) else ""
    return f"{number}. {_line(source_title(citation))}{where}: “{_line(citation.quote)}”{principles}"


def _tame(markdown: str) -> str:
    """An answer's own marks stay; an image, a link or HTML that a user's words brought along become text."""
    return re.sub(r"(!(?=\[)|<|(?<=\])[(:])", r"\\\1", markdown)


def _line(text: str) -> str:
    """One line that starts no heading, list, link or HTML of its own."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))
