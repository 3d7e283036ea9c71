"""Stories in a worded answer: they stand as they were told, and a chat model never gets to see them.

What somebody logged may hold anything, instructions to a model included. So it is no material for one, and nothing of
it can come out as the coach's own words.
"""

import re
from collections.abc import Sequence

from assistant.advice.answer import Answer, Citation
from assistant.advice.markup import MARKER


def without_stories(composed: Answer) -> Answer:
    """The composed answer without the paragraphs that tell a story, and without their sources."""
    kept = [citation for citation in composed.citations if citation.kind == "playbook"]
    if len(kept) == len(composed.citations):
        return composed
    told = {citation.marker for citation in composed.citations} - {citation.marker for citation in kept}
    paragraphs = [each for each in _paragraphs(composed.answer) if not _markers(each) & told]
    return composed.model_copy(update={"answer": "\n\n".join(paragraphs), "citations": tuple(kept)})


def with_stories(
    text: str, citations: Sequence[Citation], composed: Answer
) -> tuple[str, tuple[Citation, ...]]:
    """The worded text with the composed answer's stories where they stood: first, or last."""
    told = {c.marker: c for c in composed.citations if c.kind != "playbook"}
    paragraphs = _paragraphs(composed.answer)
    stories = [each for each in paragraphs if _markers(each) & told.keys()]
    if not stories:
        return text, tuple(citations)
    parts = [*stories, text] if paragraphs[0] == stories[0] else [text, *stories]
    before = [told[n] for story in stories for n in sorted(_markers(story)) if n in told]
    ordered = [*before, *citations] if parts[0] == stories[0] else [*citations, *before]
    return _numbered(parts, stories, ordered, first=parts[0] == stories[0], count=len(before))


def _numbered(
    parts: Sequence[str], stories: Sequence[str], ordered: Sequence[Citation], *, first: bool, count: int
) -> tuple[str, tuple[Citation, ...]]:
    """Markers from 1 in the order of appearance, in both the text and its sources."""
    shift = count if first else 0
    told = iter(range(1, count + 1) if first else range(len(ordered) - count + 1, len(ordered) + 1))

    def marked(part: str) -> str:
        if part in stories:
            return MARKER.sub(lambda _: f" [{next(told)}]", part)
        return MARKER.sub(lambda found: f" [{int(found[1]) + shift}]", part)

    shown = [marked(part) for part in parts]
    return "\n\n".join(shown), tuple(c.model_copy(update={"marker": n}) for n, c in enumerate(ordered, 1))


def _paragraphs(text: str) -> list[str]:
    return re.split(r"\n{2,}", text)


def _markers(text: str) -> set[int]:
    return {int(number) for number in MARKER.findall(text)}
