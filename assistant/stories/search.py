"""Finding stories again: by fields and by words together."""

from collections.abc import Mapping, Sequence

from assistant.stories.find import Candidate
from assistant.stories.story import Story

_NEAR = 0.25


def matching(
    stories: Sequence[Story],
    *,
    where: Mapping[str, str] | None = None,
    near: Sequence[Candidate] | None = None,
    words: str = "",
) -> list[Story]:
    """Stories whose fields are as wanted; with `near`, those alone that are near the words or hold them all, best first."""
    fitting = [story for story in stories if all(_has(story, *pair) for pair in (where or {}).items())]
    if near is None:
        return fitting
    scores = {each.story.id: each.relevance for each in near}
    wanted = [word.lower() for word in words.split()]

    def score(story: Story) -> float:
        told = f"{story.title} {story.text} {' '.join(story.fields.tags)}".lower()
        return scores.get(story.id, 0.0) + (0.5 if wanted and all(word in told for word in wanted) else 0.0)

    found = [story for story in fitting if score(story) >= _NEAR]
    return sorted(found, key=lambda story: -score(story))


def _has(story: Story, name: str, wanted: str) -> bool:
    if name in {"grade", "visibility"}:
        return bool(getattr(story, name) == wanted)
    value = getattr(story.fields, name)
    if isinstance(value, tuple):
        return any(wanted.lower() == each.lower() for each in value)
    if name in {"text", "title", "buyer_words", "who", "team", "region"}:
        return wanted.lower() in str(value).lower()
    return str(value or "").lower() == wanted.lower()
