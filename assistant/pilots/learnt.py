"""What a finished pilot leaves behind: a note on its pattern, and stories that answers may tell later."""

from collections.abc import Iterable, Sequence

from assistant.pilots.decide import note
from assistant.pilots.model import Pilot, Side
from assistant.stories.story import Fields


def learnt_stories(pilot: Pilot, *, side: Side) -> list[Fields]:
    """The note as a story, then the newest one that went well and the newest that did not; none without a decision."""
    if pilot.decision is None:
        return []
    cards = (pilot.pattern,) if pilot.pattern else ()
    team = (pilot.group.name or "")[:120]
    found = [
        Fields(
            text=note(pilot),
            title=f"Tried: {pilot.title}"[:100],
            teller=side,
            team=team,
            cards=cards,
            tags=("pilot",),
        )
    ]
    for kind in ("success", "setback"):
        newest = sorted(
            (each for each in pilot.check_ins if each.story), key=lambda each: each.on, reverse=True
        )
        story = next((each for each in newest if (each.story_is or "success") == kind), None)
        if story is not None and story.story:
            found.append(
                Fields(
                    text=story.story,
                    teller=side,
                    team=team,
                    happened_on=story.on,
                    cards=cards,
                    tags=("pilot",),
                )
            )
    return found


def pattern_notes(pilots: Iterable[Pilot], pattern: str | None) -> Sequence[str]:
    """What decided pilots on this pattern say about it."""
    return [
        note(each) for each in pilots if pattern and each.pattern == pattern and each.decision is not None
    ]
