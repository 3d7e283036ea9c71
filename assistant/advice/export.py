"""A conversation as a Markdown document, with every source quoted at its end."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from assistant.advice.answer import Answer, Citation
from knowledge.principles import PRINCIPLES

_MARKER = re.compile(r"\[(\d{1,2})\]")


def conversation_markdown(
    title: str, turns: Iterable[tuple[str, Answer | None]], *, role_name: str, exported_at: datetime
) -> str:
    """The whole conversation: `turns` are questions with their answers (None where there is none yet).

    Sources are numbered through the document: a marker in an answer means the entry of that number.
    """
    sources: list[Citation] = []
    parts = [
        f"# {_line(title) or 'Conversation'}",
        f"Asked as: {role_name}. Exported {exported_at:%d %B %Y, %H:%M}.",
    ]
    for question, answer in turns:
        parts += [f"## {_line(question)}", "*No answer yet.*" if answer is None else _answer(answer, sources)]
    if sources:
        parts += ["## Sources", "What our playbook says; advice from practice, not proof."]
        parts += [_source(number, citation) for number, citation in enumerate(sources, 1)]
    return "\n\n".join(parts) + "\n"


def _answer(answer: Answer, sources: list[Citation]) -> str:
    numbers = {citation.marker: _number(citation, sources) for citation in answer.citations}
    text = _MARKER.sub(lambda m: f"[{numbers.get(int(m.group(1)), m.group(1))}]", answer.answer)
    if answer.pilot is None:
        return text
    pilot = answer.pilot
    rows = (
        ("Group", pilot.group),
        ("Outcome", pilot.outcome),
        ("Cadence", pilot.cadence),
        ("Stop rule", pilot.stop_rule),
    )
    return "\n\n".join(
        (text, "**A pilot to propose**", "\n".join(f"- {name}: {value}" for name, value in rows))
    )


def _number(citation: Citation, sources: list[Citation]) -> int:
    for number, known in enumerate(sources, 1):
        if (known.passage_id, known.quote) == (citation.passage_id, citation.quote):
            return number
    sources.append(citation)
    return len(sources)


def _source(number: int, citation: Citation) -> str:
    where = f", {citation.section}" if citation.section else ""
    names: Sequence[str] = [PRINCIPLES[name].name for name in citation.principles if name in PRINCIPLES]
    principle = f" Principle: {', '.join(names)}." if names else ""
    return f"{number}. {_line(citation.title)}{where}: “{_line(citation.quote)}”{principle}"


def _line(text: str) -> str:
    """One line that starts no heading, list, link or HTML of its own."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))
