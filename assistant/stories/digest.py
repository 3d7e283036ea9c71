"""What was logged since a day, and which of it fits pilots that are open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.stories.find import Candidate
from assistant.stories.story import Story

_NEAR = 0.35


@dataclass(frozen=True, slots=True)
class OpenPilot:
    """A pilot without a decision: its id, title, metric, and what it is about."""

    id: str
    title: str
    metric: str
    about: str


@dataclass(frozen=True, slots=True)
class Digest:
    """Stories logged since a day, the newest first; and those that fit a pilot, by its id."""

    since: date
    stories: tuple[Story, ...]
    pilots: tuple[tuple[OpenPilot, tuple[Story, ...]], ...]


def digest(
    stories: Sequence[Story],
    pilots: Sequence[OpenPilot],
    *,
    since: date,
    near: Callable[[str], Sequence[Candidate]],
) -> Digest:
    """`near` finds stories near some words. A story fits a pilot by its metric, or by what it tells."""
    new = tuple(story for story in stories if story.created_at.date() >= since)
    by_id = {story.id: story for story in new}
    fitting = [(pilot, _fitting(pilot, by_id, near)) for pilot in pilots]
    return Digest(since, new, tuple((pilot, found) for pilot, found in fitting if found))


def _fitting(
    pilot: OpenPilot, stories: Mapping[str, Story], near: Callable[[str], Sequence[Candidate]]
) -> tuple[Story, ...]:
    scores = {each.story.id: each.relevance for each in near(pilot.about)} if pilot.about else {}
    found = [
        story
        for story in stories.values()
        if (pilot.metric and _plain(pilot.metric) == _plain(story.fields.metric))
        or scores.get(story.id, 0.0) >= _NEAR
    ]
    return tuple(sorted(found, key=lambda story: -scores.get(story.id, 0.0)))


def digest_markdown(found: Digest) -> str:
    """As it is read or mailed."""
    lines = [f"# Stories since {found.since.isoformat()}", ""]
    if not found.stories:
        lines.append("Nothing was logged.")
    for story in found.stories:
        place = story.fields.team or story.fields.region
        facts = ", ".join(filter(None, [story.grade, story.fields.result or "", place]))
        lines.append(f"- {_line(story.title)} ({facts}; {story.id})")
    for pilot, stories in found.pilots:
        lines += ["", f"## Fits the pilot “{_line(pilot.title)}”", ""]
        lines += [f"- {_line(story.title)} ({story.id})" for story in stories]
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(metric: str) -> str:
    return " ".join(metric.lower().replace("-", " ").split())
