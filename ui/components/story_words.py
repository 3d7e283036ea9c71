"""Words that the pages about stories share."""

from dataclasses import dataclass

from assistant.bootstrap import House
from assistant.stories.grade import Grade
from assistant.stories.story import Result, Source, Story, Visibility

WHO: dict[Visibility, str] = {"me": "Only me", "pair": "The two of us", "workspace": "Everyone here"}
GRADES: dict[Grade, str] = {"anecdote": "Anecdote", "verified": "Verified", "measured": "Measured"}
RESULTS: dict[Result, str] = {"win": "Win", "failure": "Failure", "mixed": "Mixed"}

FIELDS = {
    "text": "The story itself", "title": "Title", "team": "Team", "region": "Region", "happened_on": "Date",
    "result": "Win, failure or mixed", "buyer_words": "Buyer’s words", "who": "Who was there", "did": "What we did",
    "came_of": "What came of it", "evidence": "Who else saw it, or the record", "figure": "A number that was measured",
    "figure_source": "Where that number stands", "metric": "Metric", "segment": "Segment", "stage": "Stage",
    "teller": "Teller", "source": "Source", "played_back": "Played back", "consent": "Consent", "tags": "Tags",
    "cards": "Cards", "principles": "Principles", "visibility": "Who may see it", "id": "Number or id",
}  # fmt: skip
"""Fields that a column of a file can hold."""


@dataclass(frozen=True)
class Prompt:
    """A way into a story: the button, the question above the box, and an example of how little is enough."""

    key: str
    name: str
    question: str
    example: str


PROMPTS: dict[Source, Prompt] = {
    "rep": Prompt(
        "win",
        "A win",
        "What happened?",
        "The controller wanted ten years on one page. She found my mistake in a minute, and bought.",
    ),
    "manager": Prompt(
        "managers",
        "What managers say",
        "What did a manager say, and about what?",
        "Our manager in the north says new people drown in the catalogue: 340 pages, no search.",
    ),
    "on-the-road": Prompt(
        "road",
        "What I saw on the road",
        "Where were you, and what did you see?",
        "Rode along in Leeds. The store manager timed our scanner with her phone: three seconds is a queue on Saturday.",
    ),
}


def metric_names(house: House) -> dict[str, str]:
    """The metrics library: id to title."""
    return {card.id: card.title for card in house.coach.cards.values() if card.kind == "metric"}


def facts(story: Story, *, metrics: dict[str, str], mine: bool) -> str:
    """What is known of a story, in one quiet line."""
    fields = story.fields
    day = f"{story.day:%d %b %Y}".lstrip("0")
    parts = [
        GRADES[story.grade],
        RESULTS[fields.result] if fields.result else "",
        metrics.get(fields.metric, fields.metric),
        fields.region or fields.team,
        day,
        WHO[story.visibility] if mine else "Told by somebody else",
    ]
    return " · ".join(filter(None, parts))
