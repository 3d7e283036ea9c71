"""A story told to one person in three lines, and what they say they heard."""

import re
from datetime import date

from assistant.stories.draw import sentences
from assistant.stories.story import Story
from prompts import phrase

_LONG = 220


def three_lines(story: Story) -> tuple[str, str, str]:
    """What happened, what was said or done, and what came of it with how far it can be trusted; the story's own words."""
    told = sentences(story.text)
    fields = story.fields
    first = told[0] if told else story.title
    last = fields.came_of or (told[-1] if len(told) > 1 else "")
    middle = _said(fields.buyer_words) or fields.did or next((each for each in told[1:-1]), "")
    if fields.buyer_words and fields.buyer_words in first:
        middle = fields.did or next((each for each in told[1:-1]), "")
    ending = last if last not in {first, middle} else ""
    return _short(first), _short(middle), " ".join(filter(None, [_short(ending), standing(story)]))


def message(story: Story) -> str:
    """The three lines as they are sent, with the request to play them back."""
    lines = [line for line in three_lines(story) if line]
    return "\n".join([*lines, phrase("stories", "play-back")])


def standing(story: Story) -> str:
    """How far it can be trusted, in a sentence."""
    fields = story.fields
    if story.grade == "measured":
        return phrase(
            "stories", "grade-measured", figure=_line(fields.figure), source=_line(fields.figure_source)
        )
    if story.grade == "verified":
        return phrase("stories", "grade-verified", evidence=_line(fields.evidence))
    return phrase("stories", "grade-anecdote")


def said_day(day: date) -> str:
    """3 April 2026."""
    return f"{day:%d %B %Y}".lstrip("0")


def _said(words: str) -> str:
    return f"“{words}”" if words else ""


def _short(text: str, limit: int = _LONG) -> str:
    line = " ".join(text.split())
    line = line if not line or line[-1] in '.!?…”"' else f"{line}."
    return line if len(line) <= limit else f"{line[:limit].rsplit(' ', 1)[0]}…"


def _line(text: str) -> str:
    return re.sub(r"[\s.]+$", "", " ".join(text.split()))
