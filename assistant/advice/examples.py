"""Sample stories as illustrations: the one that fits a card and a question best."""

from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.cards import Card
from knowledge.samples import Story, story_drafts

Floats = NDArray[np.float32]
_TAGGED, _PRINCIPLE = 0.3, 0.2
_FLOOR = 0.35


class Examples:
    """Stories with a vector each; one that illustrates the card comes before one that only sounds alike."""

    def __init__(self, stories: Sequence[Story], embed: Callable[[Sequence[str]], Floats]) -> None:
        self._stories = tuple(stories)
        texts = [next(iter(draft.windows())).text for draft in story_drafts(stories)]
        self._matrix = embed(texts) if texts else np.zeros((0, 0), dtype=np.float32)

    def nearest(self, card: Card, vector: Floats, told: Collection[str] = ()) -> Story | None:
        """The story for this card and question `(d,)`; None where none fits that was not told before (`told`: ids)."""
        if not self._stories:
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
