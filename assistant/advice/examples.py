"""Stories in answers: logged ones, which are somebody's to tell, and samples, which only illustrate."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.advice.markup import MARKER
from assistant.stories.find import Candidate
from assistant.stories.story import Story as FieldStory
from knowledge.cards import Card
from knowledge.samples import Story, story_drafts
from knowledge.store.access import Viewer
from prompts import phrase

Floats = NDArray[np.float32]
_TAGGED, _PRINCIPLE = 0.3, 0.2
_FLOOR = 0.35
_SHORT = 14


class Examples:
    """Stories with a vector each; one that illustrates the card comes before one that only sounds alike."""

    def __init__(
        self,
        stories: Sequence[Story],
        embed: Callable[[Sequence[str]], Floats],
        *,
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """`wanted` tells before each answer whether they may be shown at all."""
        self._stories, self._wanted = tuple(stories), wanted
        texts = [next(iter(draft.windows())).text for draft in story_drafts(stories)]
        self._matrix = embed(texts) if texts else np.zeros((0, 0), dtype=np.float32)

    def nearest(self, card: Card, vector: Floats, told: Collection[str] = ()) -> Story | None:
        """The story for this card and question `(d,)`; None where none fits that was not told before (`told`: ids)."""
        if not self._stories or not self._wanted():
            return None
        scores = self._matrix @ vector
        rated = [
            (float(score) + _fit(card, story), story)
            for score, story in zip(scores, self._stories, strict=True)
            if story.id not in told
        ]
        best = max(rated, key=lambda pair: pair[0], default=(0.0, None))
        return best[1] if best[0] >= _FLOOR else None


def _fit(card: Card, story: Story) -> float:
    if card.id in story.cards:
        return _TAGGED
    return _PRINCIPLE if card.about.principles[0] in story.principles else 0.0


class FindStories(Protocol):
    """Logged stories near a question, its words and its vector, among those that somebody may see."""

    def __call__(self, text: str, vector: Floats, viewer: Viewer) -> Sequence[Candidate]:
        """Nearest first."""
        ...


_QUOTES = str.maketrans({"“": "‘", "”": "’", '"': "’"})


def standing(story: FieldStory) -> str:
    """How far a story can be trusted, in a sentence."""
    fields = story.fields
    if story.grade == "measured":
        return phrase(
            "advice",
            "story-measured",
            figure=in_quotes(fields.figure),
            source=in_quotes(fields.figure_source),
        )
    if story.grade == "verified":
        return phrase("advice", "story-verified", evidence=in_quotes(fields.evidence))
    return phrase("advice", "story-anecdote")


def excerpt(story: FieldStory) -> str:
    """One or two sentences of it, verbatim: around the buyer's words if there are any, otherwise the first ones."""
    sentences = [
        m.group().strip()
        for m in re.finditer(r"[^.!?\n]+(?:[.!?…]+[”\"’]?|\n|$)", story.text)
        if m.group().strip()
    ]
    words = story.fields.buyer_words
    at = next((i for i, each in enumerate(sentences) if words and words[:40] in each), 0)
    chosen = sentences[at]
    if len(chosen.split()) < _SHORT and at + 1 < len(sentences):
        begin = story.text.index(chosen)
        end = story.text.index(sentences[at + 1], begin + len(chosen)) + len(sentences[at + 1])
        chosen = story.text[begin:end]
    return chosen


def in_quotes(text: str) -> str:
    """Somebody's words for a place between quotation marks in a line of ours: one line that ends nothing early."""
    line = " ".join(text.split()).strip(" .")
    return MARKER.sub(r" (\1)", line).translate(_QUOTES)
