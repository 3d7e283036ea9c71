"""Sample field stories: invented, marked as such wherever they appear, and removable with one command."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import frontmatter
import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from knowledge.cards import CardId, PrincipleId
from knowledge.drafts import DraftDocument, DraftPassage, DraftWindow
from knowledge.errors import CardError
from knowledge.windows import content_hash, windows

SAMPLES = Path(__file__).parent / "stories"
STORIES_COLLECTION = "stories"

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Story(BaseModel):
    """A field story with what is known about it. `text` is the story as told, in paragraphs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: CardId
    title: Line
    sample: Literal[True]
    teller: Literal["sales-vp", "manager", "rep", "learning-executive"]
    source: Literal["rep", "manager", "on-the-road", "customer"]
    result: Literal["win", "failure", "mixed"]
    industry: Line
    region: Line
    segment: Literal["enterprise", "mid-market", "small-business", "public-sector", "channel"]
    stage: Literal[
        "prospecting", "first-meeting", "discovery", "demo", "proposal", "negotiation", "closed",
        "renewal", "onboarding", "coaching",
    ]  # fmt: skip
    metric: Line
    date: date
    grade: Literal["anecdote", "verified", "measured"]
    evidence: Line
    principles: tuple[PrincipleId, ...]
    cards: tuple[CardId, ...]
    buyer_words: Line
    text: Line


def read_story(path: Path) -> Story:
    """The story in one file. Raises `CardError` naming file and reason."""
    try:
        post = frontmatter.loads(path.read_text(encoding="utf-8-sig"))
        return Story.model_validate({**post.metadata, "text": post.content})
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CardError(f"{path.name} cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise CardError(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def shipped_stories(folder: Path = SAMPLES) -> list[Story]:
    """The sample stories that come with the project, by id. Raises the first `CardError`."""
    return [read_story(path) for path in sorted(folder.glob("*.md"))]


def story_drafts(stories: Iterable[Story]) -> Sequence[DraftDocument]:
    """Stories made ready to be kept; each is one passage."""
    return [_draft(story) for story in stories]


def _draft(story: Story) -> DraftDocument:
    known = story.model_dump(mode="json", exclude={"id", "title", "text"})
    found_by = tuple(
        DraftWindow(text, "story", at) for at, text in enumerate(windows(story.text, head=story.title))
    )
    return DraftDocument(
        external_id=story.id,
        source=f"stories/{story.id}",
        title=story.title,
        content_hash=content_hash(story.model_dump_json()),
        kind="story",
        detail=known,
        passages=(DraftPassage(name=story.id, text=story.text, windows=found_by, detail=known),),
    )
