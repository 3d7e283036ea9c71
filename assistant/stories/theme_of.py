"""Which theme a story belongs to: the one whose signs its words are nearest to, with its words, metric and stage heard."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from assistant.stories.story import Story
from knowledge.field_themes import FieldTheme

_NEAREST = 3
_WORD, _METRIC, _STAGE = 0.08, 0.05, 0.03
_FLOOR = 0.3
"""Least fit; a story below it stays without a theme."""

Floats = npt.NDArray[np.float32]


def themes_of(
    stories: Sequence[Story], kinds: Sequence[FieldTheme], *, vectors: Floats, signs: Floats
) -> dict[str, str]:
    """A theme's id by the id of its story. `vectors` has a row for each story, `signs` one for each sign, in order."""
    if not stories:
        return {}
    owner = np.array([at for at, kind in enumerate(kinds) for _ in kind.signs])
    near = vectors @ signs.T
    fit = np.stack([_nearness(near[:, owner == at]) for at in range(len(kinds))], axis=1)
    fit += np.array([[_heard(story, kind) for kind in kinds] for story in stories])
    best = fit.argmax(axis=1)
    return {
        story.id: kinds[at].id
        for story, at, score in zip(stories, best, fit.max(axis=1), strict=True)
        if score >= _FLOOR
    }


def _nearness(near: Floats) -> Floats:
    """Mean cosine of the nearest few signs of one theme, for each story."""
    return np.asarray(np.sort(near, axis=1)[:, -_NEAREST:].mean(axis=1), dtype=np.float32)


def _heard(story: Story, kind: FieldTheme) -> float:
    words = {
        found.group(0).lower()
        for found in re.finditer(rf"(?<!\w)(?:{kind.words})(?!\w)", story.text, re.IGNORECASE)
    }
    return (
        _WORD * min(len(words), 2)
        + _METRIC * (story.fields.metric in kind.metrics)
        + _STAGE * (story.fields.stage in kind.stages)
    )
